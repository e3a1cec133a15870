"""Telegram's limits, checked with its own error texts.

Texts are as they go over the wire; python-telegram-bot cuts ``Bad Request: `` off and capitalizes the rest.
Poll lengths count characters, message lengths count UTF-16 units.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tests.standin.errors import bad_request
from tests.standin.html import parse_html
from tests.standin.params import Params
from tests.standin.text import Marked, given_entities, trimmed, with_found

MESSAGE_LENGTH = 4096
CAPTION_LENGTH = 1024
CALLBACK_ANSWER_LENGTH = 200
CALLBACK_SECONDS = 15
INLINE_RESULTS = 50
COMMANDS = 100
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
DOWNLOAD_SIZE = 20 * 1024 * 1024
UPLOAD_SIZE = 50 * 1024 * 1024
PHOTO_SIZE = 10 * 1024 * 1024
QUESTION_LENGTH = 300
OPTIONS = 12
OPTION_LENGTH = 100
EXPLANATION_LENGTH = 200
EXPLANATION_LINE_FEEDS = 2
POLL_DESCRIPTION_LENGTH = 1024
OPEN_SECONDS = (5, 2_628_000)
DELETABLE_SECONDS = 48 * 3600

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


def formatted(params: Params, name: str, *, mode: str = "parse_mode", entities: str = "entities") -> Marked:
    """A text parameter after parsing its markup or taking its entities, trimmed, links found."""
    text = params.words(name)
    parse_mode = (params.text(mode) or "").lower()
    if parse_mode == "html":
        marked = parse_html(text)
    elif parse_mode:
        # Markdown is left out on purpose: the bot speaks HTML, and a second parser would need its own proof.
        raise bad_request("unsupported parse_mode")
    else:
        marks = params.children(entities)
        marked = Marked(text, given_entities(text, marks) if marks else [])
    return with_found(trimmed(marked))


def message_text(params: Params) -> Marked:
    """The text of a message: 1 to 4096 units once parsed."""
    marked = formatted(params, "text")
    if not marked.text:
        raise bad_request("message text is empty")
    if marked.length() > MESSAGE_LENGTH:
        raise bad_request("message is too long")
    return marked


def caption(params: Params) -> Marked:
    """The caption of a file, at most 1024 units."""
    marked = formatted(params, "caption", entities="caption_entities")
    if marked.length() > CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return marked


def poll_question(params: Params) -> Marked:
    """The question of a poll, 1 to 300 characters."""
    marked = formatted(params, "question", mode="question_parse_mode", entities="question_entities")
    if not marked.text:
        raise bad_request("text must be non-empty")
    if len(marked.text) > QUESTION_LENGTH:
        raise bad_request(f"poll question length must not exceed {QUESTION_LENGTH}")
    return Marked(marked.text, [mark for mark in marked.entities if mark["type"] == "custom_emoji"])


def poll_options(params: Params) -> list[str]:
    """The options of a poll, 1 to 12 of 1 to 100 characters; plain strings or InputPollOption objects."""
    items = params.items("options")
    if items is None:
        raise bad_request("can't parse options JSON object")
    if not items:
        raise bad_request("poll must have at least one answer option")
    if len(items) > OPTIONS:
        raise bad_request(f"poll can't have more than {OPTIONS} options")
    texts = []
    for item in items:
        option = Params(item if isinstance(item, dict) else {"text": item})
        if not option.has("text"):
            raise bad_request("can't parse InputPollOption: can't find field \"text\"")
        text = formatted(option, "text", mode="text_parse_mode", entities="text_entities").text
        if not text:
            raise bad_request("text must be non-empty")
        if len(text) > OPTION_LENGTH:
            raise bad_request(f"poll options length must not exceed {OPTION_LENGTH}")
        texts.append(text)
    return texts


def poll_explanation(params: Params) -> Marked:
    """The explanation of a quiz, at most 200 characters and 2 line feeds."""
    marked = formatted(params, "explanation", mode="explanation_parse_mode", entities="explanation_entities")
    # Telegram's wording of these two is not published; only the limits are.
    if len(marked.text) > EXPLANATION_LENGTH:
        raise bad_request(f"poll explanation length must not exceed {EXPLANATION_LENGTH}")
    if marked.text.count("\n") > EXPLANATION_LINE_FEEDS:
        raise bad_request(f"poll explanation must not have more than {EXPLANATION_LINE_FEEDS} line feeds")
    return marked


def poll_description(params: Params) -> Marked:
    """What is shown beneath a poll before it is answered, at most 1024 characters."""
    marked = formatted(params, "description", mode="description_parse_mode", entities="description_entities")
    if len(marked.text) > POLL_DESCRIPTION_LENGTH:
        raise bad_request(f"poll description length must not exceed {POLL_DESCRIPTION_LENGTH}")
    return marked


def correct_options(params: Params, count: int) -> list[int]:
    """The right answers of a quiz, in either spelling; increasing and within the options."""
    numbers = params.numbers("correct_option_ids")
    if numbers is None:
        single = params.number("correct_option_id")
        numbers = [] if single is None else [single]
    if not numbers:
        raise bad_request("correct quiz option list must be non-empty")
    if any(left >= right for left, right in pairwise(numbers)):
        raise bad_request("correct quiz option list must be increasing")
    if any(not 0 <= number < count for number in numbers):
        raise bad_request("wrong quiz correct_option_id")
    return numbers


def close_date(params: Params, now: int) -> tuple[int | None, int | None]:
    """A poll's open period and closing date, whichever was given; (None, None) for a poll without end."""
    period, date = params.number("open_period"), params.number("close_date")
    if period is None and date is None:
        return None, None
    seconds = period if period is not None else (date or 0) - now
    shortest, longest = OPEN_SECONDS
    if not shortest <= seconds <= longest:
        raise bad_request(f"poll open period must be between {shortest} and {longest} seconds")
    return seconds, now + seconds
