"""The phrasings that a question is compared with: how points are asked for, what they say, and what has no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.knowledge.model import Knowledge, Point
from bot.retrieval.index.likelihood import TrainingExample
from bot.retrieval.normalize.question import AnswerType

PhrasingKind = Literal["question", "fact", "alias", "title", "quote", "gap"]
QUESTION_WORDS = re.compile("[几谁吗呢?？]|多少|什么|哪|怎")
"""Found in most questions, and in few other texts."""
_FIGURE = re.compile(r"\d")
NO_OWNER = -1  # the owner of foreign questions


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way in which a point is asked for or says it.

    ``owner`` is the point's number in the index, ``norm`` the length of the terms as a vector of inverse document
    frequencies. ``example`` is its number among the examples of what is answered, or -1; ``asks`` the kind of thing
    that is asked for. Of a gap, ``held`` are the terms as a set, ``own`` those that its point hardly has otherwise,
    ``telling`` the single characters, figures and Latin words of them, ``own_weight`` the sum of their inverse document
    frequencies, never 0, and ``needs`` what it takes for granted and the document does not carry, such as a year: a
    question that does not ask for that is another question.
    """

    owner: int
    kind: PhrasingKind
    text: str
    core: str
    terms: tuple[int, ...]
    held: frozenset[int]
    norm: float
    example: int
    asks: frozenset[AnswerType] = frozenset()
    own: frozenset[int] = frozenset()
    telling: frozenset[int] = frozenset()
    own_weight: float = 1.0
    needs: str = ""


class RawPhrasing(NamedTuple):
    """A phrasing on its way into the index."""

    owner: int
    kind: PhrasingKind
    text: str
    core: str
    terms: list[str]


def example_of(phrasing: Phrasing) -> TrainingExample:
    """``phrasing`` as an example of what the document answers, or does not."""
    return TrainingExample(phrasing.terms, phrasing.kind != "gap")


def texts_of(knowledge: Knowledge, foreign: Iterable[str]) -> Iterator[tuple[int, PhrasingKind, str]]:
    """Every text that is compared with a question: whose it is, what it is, and how it reads."""
    for owner, point in enumerate(knowledge.points):
        for kind, text in _phrasings(point):
            yield owner, kind, text
    for text in foreign:
        yield NO_OWNER, "gap", text


def _phrasings(point: Point) -> Iterator[tuple[PhrasingKind, str]]:
    yield "title", point.title
    for quote in point.quotes:
        yield "quote", quote
    for alias in point.aliases:
        yield "alias", alias
    for question in point.questions:
        yield "question", question
    for fact in point.facts:
        yield "fact", fact.ask
        if not QUESTION_WORDS.search(fact.ask):
            for ending in _endings(fact.value):
                yield "fact", fact.ask + ending
    for gap in point.gaps:
        yield "gap", gap


def _endings(value: str) -> tuple[str, ...]:
    """How a question for ``value`` ends."""
    if not _FIGURE.search(value):
        return ("是什么",)
    asked = {"%": "是百分之几", "元": "是多少钱", "人": "有多少人", "个": "有几个"}.get(value[-1], "有多少")
    return ("是多少", asked)
