"""A reply as the record that other programs read: the JSON of ``ask`` and of ``POST /api/ask``."""

from __future__ import annotations

from typing import Any, TypedDict

from bot.conversation.messages import Reply
from bot.knowledge.model import Knowledge, Point


class Suggestion(TypedDict):
    """A point that may be meant, or that stands near."""

    point: str
    title: str
    quote: str


class Record(TypedDict):
    """One question and what became of it. ``quote``, ``citation`` and ``point`` are empty unless a passage is shown.

    ``reply`` is the text a member sees, without markup; ``ms`` the time inside the core in milliseconds.
    """

    id: Any  # whatever JSON value the asker chose
    verdict: str
    reply: str
    quote: str
    citation: str
    point: str
    suggestions: list[Suggestion]
    ms: float


def as_record(reply: Reply, *, id: Any, ms: float, knowledge: Knowledge) -> Record:
    """``reply`` as a Record. A passage that was picked counts as an answer, help or an outline as chat."""
    verdict, point = reply.verdict, reply.point
    shown = verdict.points if verdict else ()
    others = [match.point for match in verdict.matches if match.point not in shown] if verdict else []
    quote, citation = _first_passage(reply) if point else ("", "")
    return Record(
        id=id,
        verdict=verdict.kind if verdict else "answer" if point else "chat",
        reply=reply.text,
        quote=quote,
        citation=citation,
        point=point.id if point else "",
        suggestions=[_suggestion(other) for other in others],
        ms=round(ms, 3),
    )


def _first_passage(reply: Reply) -> tuple[str, str]:
    """The words and the place of the first passage; the others of an answer in several places stand in ``reply``."""
    quotes: list[str] = []
    place = ""
    for part in reply.parts:
        if part.kind == "citation":
            place = place or part.text
            if quotes:
                break
        elif part.kind == "quote":
            quotes.append(part.text)
    return "\n".join(quotes), place


def _suggestion(point: Point) -> Suggestion:
    return Suggestion(point=point.id, title=point.title, quote=point.quote)
