"""Golden questions: what must go on being answered, asked of the knowledge before and after a change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.model import GoldenQuestion
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Changed:
    """A golden question that is answered with other words than before. ``was`` and ``now``: the titles shown, or "".

    ``breaks``: it was answered as it should be, and would not be any more. ``points`` should answer it. ``new``: it was
    no golden question before, and would not be answered as it should be.
    """

    ask: str
    was: str
    now: str
    breaks: bool
    points: tuple[str, ...] = ()
    new: bool = False


def added(before: Iterable[GoldenQuestion], after: Iterable[GoldenQuestion]) -> tuple[GoldenQuestion, ...]:
    """The golden questions of ``after`` that ask for what none ``before`` did."""
    known = {one.ask: one.points for one in before}
    return tuple(one for one in after if known.get(one.ask) != one.points)


def unmet(golden: Iterable[GoldenQuestion], before: Retriever, after: Retriever) -> tuple[Changed, ...]:
    """Those of ``golden``, which are new, that ``after`` does not answer as they should be."""
    found: list[Changed] = []
    for one in golden:
        verdict = after.ask(one.ask)
        if not is_right(one, verdict):
            found.append(Changed(one.ask, _title(before.ask(one.ask)), _title(verdict), True, one.points, new=True))
    return tuple(found)


def changes(golden: Iterable[GoldenQuestion], before: Retriever, after: Retriever) -> tuple[Changed, ...]:
    """Every golden question whose answer would change from ``before`` to ``after``, those that break first."""
    found: list[Changed] = []
    for one in golden:
        was, now = before.ask(one.ask), after.ask(one.ask)
        breaks = is_right(one, was) and not is_right(one, now)
        if breaks or _shown(before, was) != _shown(after, now):
            found.append(Changed(one.ask, _title(was), _title(now), breaks, one.points))
    return tuple(sorted(found, key=lambda change: not change.breaks))


def is_right(golden: GoldenQuestion, verdict: Verdict) -> bool:
    """Whether ``verdict`` shows what ``golden`` asks for; where it asks for nothing, whether it shows nothing."""
    return golden.accepts([point.id for point in verdict.points] if verdict.kind == "answer" else ())


def together(*lists: Sequence[GoldenQuestion]) -> tuple[GoldenQuestion, ...]:
    """All of ``lists``; of two that ask the same the later one counts."""
    return tuple({one.ask: one for each in lists for one in each}.values())


def _shown(retriever: Retriever, verdict: Verdict) -> tuple[str, ...]:
    points = verdict.points if verdict.kind == "answer" else ()
    return tuple(quote for point in points for quote in retriever.knowledge.excerpt_texts(point))


def _title(verdict: Verdict) -> str:
    return verdict.point.title if verdict.kind == "answer" and verdict.point is not None else ""
