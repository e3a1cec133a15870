"""Every question of a knowledge, asked of the knowledge without it.

Phrasings are taken out in blocks as they stand in the file: what one person wrote in one go is alike, and a question
that is asked beside its sisters would be found far too easily.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.model import Knowledge
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Index
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.candidates import SearchResult, make_query, search
from bot.retrieval.ranking.ranking_model import Coverage

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


@dataclass(frozen=True, slots=True)
class HeldOutResult:
    """A question that was asked in ``block``, and what was found.

    ``wanted`` are the points that show the answer, by number: none for what is not answered.
    """

    block: int
    kind: HeldOutKind
    wanted: frozenset[int]
    found: SearchResult


def search_held_out(
    blocks: Iterable[Fold], covered: Coverage, tokenizer: Tokenizer, embedder: Embedder | None
) -> Iterator[HeldOutResult]:
    """Ask everything that is held back of the knowledge without it."""
    showing = [
        frozenset(owner for owner, shown in enumerate(covered) if wanted in shown) for wanted in range(len(covered))
    ]
    for block in blocks:
        index = Index(block.knowledge, tokenizer, embedder, block.foreign)
        cores = [(held, index.core(held.text)) for held in block.held]
        if embedder is not None:
            embedder.encode([core for _, core in cores])  # all at once is faster than one by one, and is kept
        for held, core in cores:
            found = search(index, make_query(index, core, embedder)) if core else SearchResult()
            wanted = showing[held.owner] if held.kind == "question" else frozenset()
            yield HeldOutResult(block.number, held.kind, wanted, found)
