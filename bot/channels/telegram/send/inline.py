"""``@bot words`` typed in any chat → results that send the passage there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from bot.channels.telegram.send.formatting import render_pages
from bot.conversation.messages import Part, Reply, tagged
from bot.errors import BotError
from bot.knowledge.model import Knowledge, Point
from bot.text import shorten
from bot.wording import Telegram as Wording

MAX_RESULTS = 10
CACHE = 30  # seconds that Telegram may give the same results to the same person who types the same
DESCRIPTION = 120  # characters
START = "ask"  # what the way into the private chat carries; means nothing there but hello


def points_for(reply: Reply) -> tuple[Point, ...]:
    """The points that ``reply`` found: nothing if it had to decline."""
    verdict = reply.verdict
    if verdict is None or verdict.kind not in {"answer", "suggest"}:
        return ()
    found = dict.fromkeys(match.point.id for match in verdict.matches)
    by_id = {match.point.id: match.point for match in reversed(verdict.matches)}
    return tuple(by_id[point_id] for point_id in list(found)[:MAX_RESULTS])


def points_to_begin_with(knowledge: Knowledge) -> tuple[Point, ...]:
    """What is offered before anything is typed: the first point of each section."""
    first: dict[str, Point] = {}
    for point in sorted(knowledge.points, key=lambda point: point.spans[0].start):
        first.setdefault(point.section, point)
    return tuple(first.values())[:MAX_RESULTS]


def inline_results(
    points: Iterable[Point], knowledge: Knowledge, username: str, document: str = ""
) -> list[dict[str, Any]]:
    """Articles, one for each point: its title, the beginning of its quote, and the passage to be sent.

    ``document``: the key of the document, if there are several.
    """
    return [_article(point, knowledge, username, document) for point in points]


def inline_answer(query_id: str, results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The data of answerInlineQuery; without results it shows the way into the private chat."""
    data: dict[str, Any] = {
        "inline_query_id": query_id,
        "results": results,
        "cache_time": CACHE,
        "is_personal": True,  # whoever plays in a contest is not given what others are
    }
    if not results:
        data["button"] = {"text": Wording.ASK_IN_PRIVATE, "start_parameter": START}
    return data


def _article(point: Point, knowledge: Knowledge, username: str, document: str) -> dict[str, Any]:
    parts = [Part("title", point.title), *(Part("quote", quote) for quote in point.quotes)]
    with suppress(BotError):  # the knowledge was replaced in between; the words still stand
        parts.append(Part("citation", knowledge.citation(point)))
    link = f"https://t.me/{username}?start={tagged(f'p-{point.id}', document)}"
    return {
        "type": "article",
        "id": point.id,
        "title": point.title,
        "description": shorten(point.quote.replace("\n", " "), DESCRIPTION),
        "input_message_content": {
            "message_text": render_pages(Reply(tuple(parts)))[0],
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": {"inline_keyboard": [[{"text": Wording.OPEN_IN_PRIVATE, "url": link}]]},
    }
