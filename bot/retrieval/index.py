"""Knowledge → ``Index``: every phrasing of every point and every passage, ready to be ranked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from bot.knowledge.model import Knowledge, Point
from bot.retrieval.answertype import AnswerType, answer_types
from bot.retrieval.postings import Postings, Values, holding
from bot.retrieval.question import read
from bot.retrieval.ranker import bm25
from bot.retrieval.tokenize import Tokenizer

PhrasingKind = Literal["question", "fact", "alias", "title", "quote", "gap"]
MAX_USER_WORD = 8  # characters; longer aliases are sentences, and jieba would never cut them otherwise

# How much a text's length counts against it in BM25: phrasings are all about as long as the question
B_PHRASING = 0.4
B_PASSAGE = 0.75


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way in which a point is asked for or says it.

    ``owner`` is the point's number in the index, ``norm`` the length of the terms as a vector of inverse document
    frequencies, ``asks`` the kind of thing that is asked for.
    """

    owner: int
    kind: PhrasingKind
    text: str
    core: str
    norm: float
    asks: frozenset[AnswerType]


class Comparison(NamedTuple):
    """A question beside every phrasing and every point.

    ``phrasings`` and ``points``: BM25. ``shared``: for each phrasing, the squared inverse document frequencies of the
    terms it shares. ``explained`` and ``said``: for each point, the inverse document frequencies of the terms that
    anything of it holds, and that its passage holds.
    """

    phrasings: Values
    shared: Values
    points: Values
    explained: Values
    said: Values


class _Raw(NamedTuple):
    """A phrasing on its way into the index."""

    owner: int
    kind: PhrasingKind
    text: str
    core: str
    terms: list[str]


class Index:
    """Everything a question is compared with. Immutable; building it is the slow part, a reload makes a new one."""

    def __init__(self, knowledge: Knowledge, tokenizer: Tokenizer) -> None:
        self.knowledge = knowledge
        self.points: tuple[Point, ...] = knowledge.points
        self.tokenizer = tokenizer.with_words(_user_words(knowledge))
        raw = [
            _Raw(owner, kind, text, core, self.tokenizer.terms(core))
            for owner, point in enumerate(self.points)
            for kind, text in _phrasings(point)
            for core in (read(text).core or text,)
        ]
        positive = [entry for entry in raw if entry.kind != "gap"]
        self.exact = _by_core(entry for entry in positive if entry.kind != "quote")
        self.exact_gaps = _by_core(entry for entry in raw if entry.kind == "gap")
        self.types_of = tuple(_types(positive, len(self.points)))

        self.number_of = {term: number for number, term in enumerate(dict.fromkeys(t for e in raw for t in e.terms))}
        numbered = [[self.number_of[term] for term in entry.terms] for entry in raw]
        passages: list[list[int]] = [[] for _ in self.points]
        said: list[list[int]] = [[] for _ in self.points]
        for entry, numbers in zip(raw, numbered, strict=True):
            if entry.kind != "gap":
                passages[entry.owner] += numbers
            if entry.kind == "quote":
                said[entry.owner] += numbers
        frequency = Counter(number for passage in passages for number in set(passage))
        self._idf = {term: _idf(len(self.points), frequency[number]) for term, number in self.number_of.items()}
        self.unknown_idf = _idf(len(self.points), 0)
        self.phrasings = tuple(
            Phrasing(entry.owner, entry.kind, entry.text, entry.core, self.norm(entry.terms), answer_types(entry.core))
            for entry in raw
        )
        vocabulary = len(self.number_of)
        idf = np.array([self._idf[term] for term in self.number_of])
        self._postings = Postings(
            [
                bm25(numbered, vocabulary, B_PHRASING),
                holding(numbered, idf**2),
                bm25(passages, vocabulary, B_PASSAGE),
                holding(passages, idf),
                holding(said, idf),
            ],
            vocabulary,
        )

    def compare(self, terms: Sequence[int]) -> Comparison:
        """How the known ``terms`` of a question, given by number, compare with everything here."""
        return Comparison(*self._postings.add_up(terms))

    def idf(self, term: str) -> float:
        """How much ``term`` tells points apart: the inverse document frequency over points (Lucene's form)."""
        return self._idf.get(term, self.unknown_idf)

    def norm(self, terms: Iterable[str]) -> float:
        """The length of ``terms`` as a vector of inverse document frequencies; never 0."""
        return math.sqrt(sum(self.idf(term) ** 2 for term in terms)) or 1.0


def _by_core(entries: Iterable[_Raw]) -> dict[str, tuple[int, ...]]:
    """The points that use each core, letter by letter."""
    owners: dict[str, set[int]] = {}
    for entry in entries:
        owners.setdefault(entry.core, set()).add(entry.owner)
    return {core: tuple(sorted(found)) for core, found in owners.items()}


def _types(entries: Iterable[_Raw], count: int) -> Iterator[frozenset[AnswerType]]:
    """The kinds of thing that each point is asked for."""
    found: list[set[AnswerType]] = [set() for _ in range(count)]
    for entry in entries:
        found[entry.owner] |= answer_types(entry.text)
    return map(frozenset, found)


def _idf(count: int, frequency: int) -> float:
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))


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
    for gap in point.gaps:
        yield "gap", gap


def _user_words(knowledge: Knowledge) -> Iterator[str]:
    for point in knowledge.points:
        for alias in point.aliases:
            word = read(alias).core
            if 2 < len(word) <= MAX_USER_WORD:
                yield word
