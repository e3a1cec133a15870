"""A reply as the record that other programs read: the JSON of ``ask`` and of ``POST /api/ask``."""

from __future__ import annotations

from typing import Any, TypedDict

from bot.conversation.messages import Reply
from bot.knowledge.model import Knowledge, Point
from bot.retrieval.verdict import Verdict


class Suggestion(TypedDict):
    """A point that may be meant, or that stands near."""

    point: str
    title: str
    quote: str


class PartRecord(TypedDict):
    """What became of one question of a message; several spans of its ``quote`` are joined by a line feed."""

    asked: str
    verdict: str
    point: str
    title: str
    quote: str
    citation: str
    document: str


class Record(TypedDict):
    """One message and what became of it. ``quote``, ``citation`` and ``point`` are empty unless a passage is shown.

    ``answers`` has an entry for each question in it; ``quote``, ``citation`` and ``point`` are those of the first that
    is answered.

    ``reply`` is the text a member sees, without markup; ``ms`` the time inside the core in milliseconds.
    """

    id: Any  # whatever JSON value the asker chose
    verdict: str
    reply: str
    quote: str
    citation: str
    point: str
    suggestions: list[Suggestion]
    answers: list[PartRecord]
    ms: float


def as_record(reply: Reply, *, id: Any, ms: float, knowledge: Knowledge) -> Record:
    """``reply`` as a Record. A passage that was picked counts as an answer, help or an outline as chat."""
    verdict, point = reply.verdict, reply.point
    shown = verdict.points if verdict else ()
    others = [match.point for match in verdict.matches if match.point not in shown] if verdict else []
    quote, citation = _first_passage(reply) if point else ("", "")
    if point and knowledge.is_passage(point) and not (verdict and verdict.sections):  # maybe in several places
        quote, citation = "\n".join(knowledge.excerpt_texts(point)), knowledge.citation(point)
    if verdict is not None and verdict.lookup is not None:
        quote = "\n".join(part.text for part in reply.parts if part.kind == "quote")
    return Record(
        id=id,
        verdict=verdict.kind if verdict else "answer" if point else "chat",
        reply=reply.text,
        quote=quote,
        citation=citation,
        point=point.id if point else "",
        suggestions=[_suggestion(other) for other in others],
        answers=[_part(part, knowledge) for part in _questions(verdict)],
        ms=round(ms, 3),
    )


def _questions(verdict: Verdict | None) -> tuple[Verdict, ...]:
    """The verdicts on each question of a message; none on what asks nothing."""
    if verdict is None or verdict.kind == "chat":
        return ()
    return verdict.parts or (verdict,)


def _part(verdict: Verdict, knowledge: Knowledge) -> PartRecord:
    point = verdict.point
    texts = [text for one in _whole(verdict) for text in knowledge.excerpt_texts(one)]
    return PartRecord(
        asked=verdict.asked or verdict.question,
        verdict=verdict.kind,
        point=point.id if point is not None else "",
        title=point.title if point is not None else "",
        quote="\n".join(texts),
        citation=knowledge.citation(point) if point is not None else "",
        document=knowledge.title,
    )


def _whole(verdict: Verdict) -> tuple[Point, ...]:
    """The points whose words are the answer: what was looked up stands in several places, all of which belong to it."""
    return verdict.points if verdict.lookup is not None else verdict.points[:1]


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
