"""Reply markup: which keyboards a bot may send, and which of a message's buttons a user can press."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.standin.errors import Json, bad_request
from tests.standin.params import Params

BUTTONS = 100
DATA_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "pay",
)
OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")


def reply_markup(params: Params, *, only_inline: bool = False) -> Json | None:
    """The inline keyboard of a call, checked; None for none, for an empty one and for other keyboards."""
    markup = params.child("reply_markup")
    if markup is None or not markup.values:
        return None
    rows = markup.items("inline_keyboard")
    if rows is None:
        if only_inline:
            raise bad_request("inline keyboard expected")
        if not any(markup.has(kind) for kind in OTHER_KEYBOARDS):
            raise bad_request("can't parse reply keyboard markup JSON object")
        return None
    checked: list[list[Json]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request("can't parse inline keyboard: expected an Array of Array of InlineKeyboardButton")
        buttons = [_button(button) for button in row]
        if buttons:
            checked.append(buttons)
    if sum(map(len, checked)) > BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def buttons(markup: Json | None) -> Iterator[Json]:
    """All buttons of a keyboard, row by row."""
    rows = markup["inline_keyboard"] if markup else []
    if isinstance(rows, list):
        for row in rows:
            yield from row


def _button(value: object) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    button = Params(value)
    if not button.has("text"):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if not button.words("text").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    given = [action for action in ACTIONS if button.has(action)]
    if not given:
        raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if button.has("callback_data"):
        size = len(button.words("callback_data").encode())
        if not 1 <= size <= DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if button.has("url"):
        _check_url(button.words("url"))
    return dict(button.values)


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    wrong = f"inline keyboard button URL '{url}' is invalid: "
    if parts.scheme not in {"http", "https", "tg"}:
        raise bad_request(f"{wrong}Unsupported URL protocol")
    if parts.scheme != "tg" and "." not in (parts.hostname or ""):
        # The server takes an address of numbers, but no bare name such as localhost.
        raise bad_request(f"{wrong}Wrong HTTP URL")
