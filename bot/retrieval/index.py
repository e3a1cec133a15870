"""Knowledge → ``Index``: every phrasing of every point and every passage, ready to be ranked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import Knowledge, Point
from bot.retrieval.answertype import AnswerType, answer_types
from bot.retrieval.question import read
from bot.retrieval.ranker import Ranker
from bot.retrieval.tokenize import Tokenizer

PhrasingKind = Literal["question", "fact", "alias", "title", "quote", "gap"]
MAX_USER_WORD = 8  # characters; longer aliases are sentences, and jieba would never cut them otherwise

# How much a text's length counts against it in BM25: phrasings are all about as long as the question
B_PHRASING = 0.4
B_PASSAGE = 0.75


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way in which a point is asked for or says it. ``owner`` is the point's number in the index."""

    owner: int
    kind: PhrasingKind
    text: str
    core: str
    terms: frozenset[str]
    norm: float
    asks: frozenset[AnswerType]


class Index:
    """Everything a question is compared with. Immutable; building it is the slow part, a reload makes a new one."""

    def __init__(self, knowledge: Knowledge, tokenizer: Tokenizer) -> None:
        self.knowledge = knowledge
        self.points: tuple[Point, ...] = knowledge.points
        self.tokenizer = tokenizer.with_words(_user_words(knowledge))
        raw = [
            (owner, kind, text, core, self.tokenizer.terms(core))
            for owner, point in enumerate(self.points)
            for kind, text in _phrasings(point)
            for core in (read(text).core or text,)
        ]
        positive = [entry for entry in raw if entry[1] != "gap"]
        by_owner: list[set[str]] = [set() for _ in self.points]
        said: list[set[str]] = [set() for _ in self.points]
        for owner, kind, _, _, terms in positive:
            by_owner[owner].update(terms)
            if kind == "quote":
                said[owner].update(terms)
        exact: dict[str, set[int]] = {}
        for owner, kind, _, core, _ in positive:
            if kind != "quote":
                exact.setdefault(core, set()).add(owner)
        self.exact = {core: tuple(sorted(owners)) for core, owners in exact.items()}
        self.exact_gaps = {core: owner for owner, kind, _, core, _ in raw if kind == "gap"}
        types: list[set[AnswerType]] = [set() for _ in self.points]
        for owner, _, text, _, _ in positive:
            types[owner] |= answer_types(text)
        self.types_of = tuple(map(frozenset, types))
        self.terms_of = tuple(map(frozenset, by_owner))
        self.said_by = tuple(map(frozenset, said))
        frequency = Counter(term for terms in by_owner for term in terms)
        count = len(self.points)
        self._idf = {term: _idf(count, number) for term, number in frequency.items()}
        self.unknown_idf = _idf(count, 0)
        self.phrasings = tuple(
            Phrasing(owner, kind, text, core, frozenset(terms), self.norm(terms), answer_types(core))
            for owner, kind, text, core, terms in raw
        )
        self.by_phrasing = Ranker([entry[4] for entry in raw], B_PHRASING)
        passages: list[list[str]] = [[] for _ in self.points]
        for owner, _, _, _, terms in positive:
            passages[owner] += terms
        self.by_point = Ranker(passages, B_PASSAGE)

    def idf(self, term: str) -> float:
        """How much ``term`` tells points apart: the inverse document frequency over points (Lucene's form)."""
        return self._idf.get(term, self.unknown_idf)

    def knows(self, term: str) -> bool:
        """Whether any point uses ``term``."""
        return term in self._idf

    def norm(self, terms: Iterable[str]) -> float:
        """The length of ``terms`` as a vector of inverse document frequencies; never 0."""
        return math.sqrt(sum(self.idf(term) ** 2 for term in terms)) or 1.0


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
