"""A knowledge without a part of its phrasings, and that part, to be asked.

Phrasings are taken out in blocks as they stand in the file: what one person wrote in one go is alike, and a question
that is asked beside its sisters would be found far too easily.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.model import Knowledge

HeldOutKind = Literal["question", "gap", "foreign"]


@dataclass(frozen=True, slots=True)
class HeldOutQuestion:
    """A text that the knowledge of its block does not have; ``owner`` is its point's number, -1 for a foreign one."""

    owner: int
    kind: HeldOutKind
    text: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A ``knowledge`` and ``foreign`` questions without those that are ``held``."""

    number: int
    knowledge: Knowledge
    foreign: tuple[str, ...]
    held: tuple[HeldOutQuestion, ...]


def make_folds(knowledge: Knowledge, foreign: Sequence[str], count: int, *, gaps: bool = True) -> Iterator[Fold]:
    """``count`` blocks, each without another part. ``gaps``: whether the knowledge keeps its other gaps, or none."""
    for number in range(count):
        points = []
        held: list[HeldOutQuestion] = []
        for owner, point in enumerate(knowledge.points):
            asked, questions = _split(point.questions, number, count)
            near, kept = _split(point.gaps, number, count)
            held += [HeldOutQuestion(owner, "question", text) for text in asked] + [
                HeldOutQuestion(owner, "gap", text) for text in near
            ]
            points.append(replace(point, questions=questions, gaps=kept if gaps else ()))
        away = set(foreign[number::count])
        held += [HeldOutQuestion(-1, "foreign", text) for text in foreign if text in away]
        others = tuple(text for text in foreign if text not in away)
        yield Fold(number, replace(knowledge, points=tuple(points)), others, tuple(held))


def _split(texts: Sequence[str], number: int, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ``number``th of ``count`` parts of ``texts``, and the rest."""
    start, end = len(texts) * number // count, len(texts) * (number + 1) // count
    return tuple(texts[start:end]), (*texts[:start], *texts[end:])
