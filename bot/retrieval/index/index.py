"""Knowledge → ``Index``: every phrasing of every point and every passage, ready to be ranked."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.likelihood import Bag, EmbeddingClassifier, QueryLikelihood, TermClassifier
from bot.retrieval.index.phrasing import NO_OWNER, Phrasing, RawPhrasing, example_of, texts_of
from bot.retrieval.index.postings import Postings, Values, bm25, presence_family
from bot.retrieval.index.tokenizer import Tokenizer, proper_names
from bot.retrieval.normalize.numerals import normalize_numerals, whole_words
from bot.retrieval.normalize.question import AnswerType, DocumentName, answer_types, normalize_question
from bot.retrieval.people.conduct import ConductDetector
from bot.retrieval.people.entities import Entities
from bot.retrieval.premises.document import Premises
from bot.retrieval.spelling.corrector import SpellingCorrector
from bot.retrieval.spelling.pinyin import NamesBySound
from bot.text import clean, squash


def compute_coverage(knowledge: Knowledge) -> tuple[tuple[int, ...], ...]:
    """For each point, the numbers of the points whose words are shown in the same sentences, itself among them."""
    firsts = sorted((point.spans[0].start, number) for number, point in enumerate(knowledge.points))
    found: list[tuple[int, ...]] = []
    for point in knowledge.points:
        excerpt = knowledge.excerpt(point)
        within = {
            number
            for shown in excerpt
            for _, number in firsts[bisect_left(firsts, (shown.start, 0)) : bisect_left(firsts, (shown.end, 0))]
        }
        found.append(tuple(sorted(number for number in within if _lies_in(knowledge.points[number], excerpt))))
    return tuple(found)


def _lies_in(point: Point, excerpt: Sequence[Span]) -> bool:
    return all(any(own.start >= s.start and own.end <= s.end for s in excerpt) for own in point.spans)


B_PHRASING = 0.4  # how much length counts against a text in BM25: phrasings are all about as long as the question

_Reading = tuple[str, list[str]]
"""The core of a text, and the terms of that."""


class Comparison(NamedTuple):
    """A question beside every phrasing and every point.

    ``phrasings``: BM25. ``shared``: for each phrasing, the squared inverse document frequencies of the terms it shares.
    ``said`` and ``shown``: for each point, the inverse document frequencies of the terms that its quote or title
    holds, and that the sentences around it hold. ``gains``: what the terms add to the likelihood of each point.
    """

    phrasings: Values
    shared: Values
    said: Values
    shown: Values
    gains: Values


class Index:
    """Everything a question is compared with. Immutable; building it is the slow part, a reload makes a new one.

    ``foreign``: questions that no document of this kind answers; they count as gaps without an owner. ``like``: an
    index that may have texts in common, which need not be read and cut again.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        tokenizer: Tokenizer,
        embedder: Embedder | None = None,
        foreign: Iterable[str] = (),
        like: Index | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.points: tuple[Point, ...] = knowledge.points
        self.document_name = DocumentName(knowledge.title)
        self.tokenizer = tokenizer.with_words(user_words(knowledge))
        known = like.readings(self.tokenizer) if like is not None and like.document_name == self.document_name else {}
        raw = [
            RawPhrasing(owner, kind, text, core, terms)
            for owner, kind, text in texts_of(knowledge, foreign)
            for core, terms in (known.get(text) or self._read(text),)
        ]
        positive = [entry for entry in raw if entry.kind != "gap"]
        self.exact = _by_core(entry for entry in positive if entry.kind != "quote")
        self.exact_gaps = _by_core(entry for entry in raw if entry.kind == "gap" and entry.owner != NO_OWNER)
        self.coverage = compute_coverage(knowledge)

        shown = [self.tokenizer.terms(self.core("".join(knowledge.excerpt_texts(point)))) for point in self.points]
        said = [self._terms_of(point) for point in self.points]
        every = (terms for group in ([entry.terms for entry in raw], said, shown) for terms in group)
        self.number_of = {term: number for number, term in enumerate(dict.fromkeys(t for ts in every for t in ts))}
        per_point: list[set[str]] = [set(terms) for terms in said]
        for entry in positive:
            per_point[entry.owner].update(entry.terms)
        frequency = Counter(term for terms in per_point for term in terms)
        self._idf = {term: _idf(len(self.points), frequency[term]) for term in self.number_of}
        self.unknown_idf = _idf(len(self.points), 0)
        numbered = [tuple(self.number_of[term] for term in entry.terms) for entry in raw]
        self.holders = Counter(number for numbers in numbered for number in numbers)
        self.in_document = frozenset(self.number_of[term] for terms in (*said, *shown) for term in terms)
        vocabulary = len(self.number_of)
        self.idfs = [self._idf[term] for term in self.number_of]
        idf = np.array(self.idfs)
        self.types_of = tuple(_types(positive, len(self.points)))
        letters = [*(entry.core for entry in positive), normalize_numerals(squash(knowledge.source))]
        self._letters = "\n".join(letters)
        self._whole_words = frozenset(whole_words(self._letters))
        self.quotes = tuple(normalize_numerals(squash(point.quote)) for point in self.points)
        self.named = frozenset(normalize_question(name).core for name in names(knowledge))
        self.names_by_sound = NamesBySound(self.named)
        self.corrector = SpellingCorrector(
            [*letters, *(entry.core for entry in raw if entry.kind == "gap")],
            self.tokenizer.frequencies,
            [entry.core for entry in positive if entry.kind == "alias"],
        )
        self.premises = Premises(clean(knowledge.source), (clean(entry.text) for entry in positive))
        self.entities, self.conduct = self._people(knowledge)
        self._single = [len(term) == 1 or term.isascii() for term in self.number_of]
        bags = _bags(raw, numbered, len(self.points))
        self.likelihood = QueryLikelihood(bags[:-1], bags[NO_OWNER], vocabulary)
        self._postings = Postings(
            [
                bm25(numbered, vocabulary, B_PHRASING),
                presence_family(numbered, idf**2),
                *(
                    presence_family([[self.number_of[t] for t in terms] for terms in group], idf)
                    for group in (said, shown)
                ),
                self.likelihood.family,
            ],
            vocabulary,
        )
        self.usual = [self._usual([*said[owner], *shown[owner]], bags[owner]) for owner in range(len(said))]
        self.phrasings = self._number(raw, numbered)
        self.norms = np.array([phrasing.norm for phrasing in self.phrasings])
        self.is_needing = np.array([bool(phrasing.needs) for phrasing in self.phrasings], dtype=bool)
        self.is_gap = np.array([phrasing.kind == "gap" for phrasing in self.phrasings])
        examples = [phrasing for phrasing in self.phrasings if phrasing.example >= 0]
        self.by_terms = TermClassifier([example_of(phrasing) for phrasing in examples], vocabulary)
        self.embeddings: Values | None = None
        if embedder is not None:
            self._add_embeddings(embedder.encode(self.texts))

    @property
    def texts(self) -> list[str]:
        """The texts whose embeddings are compared: every phrasing, then every passage."""
        return [*(phrasing.core for phrasing in self.phrasings), *(self.core(point.quote) for point in self.points)]

    def with_embeddings(self, embeddings: Values) -> Index:
        """The same index, with questions compared by embedding too; ``embeddings`` has a row for each of ``texts``."""
        other = copy(self)
        other._add_embeddings(embeddings)
        return other

    def _add_embeddings(self, embeddings: Values) -> None:
        self.embeddings, self.passages = embeddings[: len(self.phrasings)], embeddings[len(self.phrasings) :]
        answered_rows = self.embeddings[~self.is_gap]
        self.middle = answered_rows.mean(axis=0) if len(answered_rows) else np.zeros(self.embeddings.shape[1])
        examples = [phrasing.example >= 0 for phrasing in self.phrasings]
        answered = [phrasing.kind != "gap" for phrasing in self.phrasings if phrasing.example >= 0]
        self.by_meaning = EmbeddingClassifier(self.embeddings[examples], answered)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The ids of the points that present a person of the document."""
        return self.entities.presenting(self.points)

    def core(self, text: str) -> str:
        """What ``text`` asks of this document, for comparing."""
        return self.document_name.without(normalize_question(text).core)

    def _people(self, knowledge: Knowledge) -> tuple[Entities, ConductDetector]:
        entities = Entities(knowledge, self.uses, self.tokenizer.frequencies, proper_names())
        return entities, ConductDetector(entities.persons, self.uses)

    def _read(self, text: str) -> _Reading:
        """The core of a phrasing, and the terms of that."""
        core = self.core(text) or text
        return core, self.tokenizer.terms(core)

    def readings(self, tokenizer: Tokenizer) -> dict[str, _Reading]:
        """The phrasings here that ``tokenizer`` cuts the same way, each with its core and the terms of that."""
        term = list(self.number_of)
        same = tokenizer.cuts_like(self.tokenizer)
        alike = (phrasing for phrasing in self.phrasings if same(phrasing.core))
        return {phrasing.text: (phrasing.core, [term[n] for n in phrasing.terms]) for phrasing in alike}

    def compare(self, terms: Sequence[int]) -> Comparison:
        """How the known ``terms`` of a question, given by number, compare with everything here."""
        return Comparison(*self._postings.add_up(terms))

    def idf(self, term: str) -> float:
        """How much ``term`` tells points apart: the inverse document frequency over points (Lucene's form)."""
        return self._idf.get(term, self.unknown_idf)

    def norm(self, terms: Iterable[str]) -> float:
        """The length of ``terms`` as a vector of inverse document frequencies; never 0."""
        return math.sqrt(sum(self.idf(term) ** 2 for term in terms)) or 1.0

    def _usual(self, document: Iterable[str], bags: Iterable[Bag]) -> frozenset[int]:
        """The terms that a point's passage or at least two of its phrasings have."""
        counts = Counter(term for bag in bags for term in bag)
        return frozenset(
            [*(self.number_of[term] for term in document), *(term for term, count in counts.items() if count > 1)]
        )

    def uses(self, word: str) -> bool:
        """Whether the document or any phrasing of it has ``word``; Latin letters and digits only as a whole word."""
        if word.isascii() and word.isalnum() and not word.isalpha():
            return word in self._whole_words
        return word in self._letters

    def _terms_of(self, point: Point) -> list[str]:
        """The terms that a point itself says."""
        texts = (point.title, *point.quotes)
        return list(dict.fromkeys(term for text in texts for term in self.tokenizer.terms(self.core(text))))

    def _number(self, raw: Sequence[RawPhrasing], numbered: Sequence[tuple[int, ...]]) -> tuple[Phrasing, ...]:
        found: list[Phrasing] = []
        examples = 0
        for entry, numbers in zip(raw, numbered, strict=True):
            counts = entry.kind in {"question", "fact", "gap"}
            example = examples if counts else -1
            examples += counts
            norm = self.norm(entry.terms)
            own: frozenset[int] = frozenset()
            if entry.kind == "gap":
                usual = self.usual[entry.owner] if entry.owner != NO_OWNER else frozenset()
                own = frozenset(numbers) - usual or frozenset(numbers)
            found.append(
                Phrasing(
                    entry.owner,
                    entry.kind,
                    entry.text,
                    entry.core,
                    numbers,
                    frozenset(numbers) if entry.kind == "gap" else frozenset(),
                    norm,
                    example,
                    answer_types(entry.core),
                    own,
                    frozenset(number for number in own if self._single[number]) or own,
                    sum(self.idfs[number] for number in own) or 1.0,
                    self.premises.missing(entry.core) if entry.kind == "gap" else "",
                )
            )
        return tuple(found)


MAX_USER_WORD = 8  # characters; longer aliases are sentences, and jieba would never cut them otherwise
_QUOTED = re.compile("[“「『《]([^“”「」『』《》]{2,12})[”」』》]")


def names(knowledge: Knowledge) -> Iterator[str]:
    """The aliases of its points, and what it puts in quotation marks."""
    for point in knowledge.points:
        yield from point.aliases
    yield from _QUOTED.findall(knowledge.source)


def user_words(knowledge: Knowledge) -> tuple[str, ...]:
    """The aliases that are words, as they are read in a question: for a dictionary."""
    aliases = (normalize_question(alias).core for point in knowledge.points for alias in point.aliases)
    return tuple(word for word in aliases if 2 < len(word) <= MAX_USER_WORD)


def _bags(raw: Sequence[RawPhrasing], numbered: Sequence[Bag], count: int) -> list[list[Bag]]:
    """The terms of each phrasing of each of ``count`` points; behind them, as the last list, those of all gaps."""
    bags: list[list[Bag]] = [[] for _ in range(count + 1)]
    for entry, numbers in zip(raw, numbered, strict=True):
        bags[NO_OWNER if entry.kind == "gap" else entry.owner].append(numbers)
    return bags


def _by_core(entries: Iterable[RawPhrasing]) -> dict[str, tuple[int, ...]]:
    """The points that use each core, letter by letter."""
    owners: dict[str, set[int]] = {}
    for entry in entries:
        owners.setdefault(entry.core, set()).add(entry.owner)
    return {core: tuple(sorted(found)) for core, found in owners.items()}


def _types(entries: Iterable[RawPhrasing], count: int) -> Iterator[frozenset[AnswerType]]:
    """The kinds of thing that each point is asked for."""
    found: list[set[AnswerType]] = [set() for _ in range(count)]
    for entry in entries:
        found[entry.owner] |= answer_types(entry.text)
    return map(frozenset, found)


def _idf(count: int, frequency: int) -> float:
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))
