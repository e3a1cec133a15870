"""A source → ``SourceIndex``: every sentence of it, ready to be ranked for a question.

A sentence is scored by itself and by the unit and the block that it stands in: by BM25 over words and pairs of
characters (Robertson & Zaragoza 2009), by the share of the question that is covered, and by the cosine of embeddings.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from bot.knowledge.structure import Structure
from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.index.postings import Numbers, Postings, PostingsFamily, Values, bm25, presence_family
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.official_words import official_words
from bot.retrieval.normalize.question import AnswerType, answer_types
from bot.retrieval.source.units import Units, make_units
from bot.text import clean, squash, unify_characters

B_SENTENCE: Final = 0.4
B_UNIT: Final = 0.6
CHARACTERS_SCALE: Final = 3.0  # brings the share of a question's characters to the size of the other features
MIN_SPREAD: Final = 1e-6
MIN_COSINE_SPREAD: Final = 0.02
_EMPTY: Final = frozenset(
    "的了是在有和与及或对为被把将就也都还又而且但不没吗呢吧啊呀么嘛哦个这那哪谁什怎多少几么之其于以由从到会能可应该要得着过们我你他她它"
)

FEATURES: Final = (
    "bm25",
    "bm25_unit",
    "bm25_block",
    "covered",
    "covered_unit",
    "cosine",
    "cosine_unit",
    "cosine_block",
    "cosine_first",
    "typed",
    "untyped",
    "heading",
    "short",
    "characters",
    "characters_unit",
    "characters_z",
)


class SentenceTable(NamedTuple):
    """For each sentence a row of ``FEATURES``, and what is known of the question.

    ``cosine``: of each sentence, if there are embeddings. ``covered``: how much of the question the best unit covers,
    ``unknown``: how much of it the source has nowhere, both by inverse document frequency, 0-1. ``brief``: 1 for a
    question of one character, falling with its length. ``asks``: whether it has a word that asks.
    """

    rows: Values
    cosine: Values | None
    covered: float
    unknown: float
    brief: float
    asks: bool


class SourceIndex:
    """Everything in a source that a question is compared with. Immutable."""

    def __init__(
        self, source: str, structure: Structure, tokenizer: Tokenizer, embeddings: Values | None = None
    ) -> None:
        self.source = source
        self.units: Units = make_units(structure)
        self._tokenizer = tokenizer
        sentences, units = self.units.sentences, self.units.units
        self._cleaned = [_cleaned(source[sentence.start : sentence.end]) for sentence in sentences]
        self._cores = [normalize_numerals(squash(text)) for text in self._cleaned]
        terms = [_telling(tokenizer.terms(core)) for core in self._cores]
        leads = {lead: _telling(tokenizer.terms(_core(lead))) for lead in {s.lead for s in sentences}}
        contexts = {text: _telling(tokenizer.terms(_core(text))) for text in {unit.context for unit in units}}
        with_lead = [[*own, *leads[sentence.lead]] for own, sentence in zip(terms, sentences, strict=True)]
        per_unit = [[t for own in terms[unit.first : unit.last] for t in own] for unit in units]
        per_block: list[list[str]] = [[] for _ in range(self.units.blocks)]
        for unit, own in zip(units, per_unit, strict=True):
            if not per_block[unit.block]:
                per_block[unit.block] += contexts[unit.context]
            per_block[unit.block] += own
        every = (term for group in (with_lead, per_block) for own in group for term in own)
        self._number_of = {term: number for number, term in enumerate(dict.fromkeys(every))}
        vocabulary = len(self._number_of)
        numbered = [[[self._number_of[t] for t in own] for own in group] for group in (terms, per_unit, per_block)]
        frequency = Counter(number for own in numbered[1] for number in set(own))
        self._idf = np.array([_idf(len(units), frequency[number]) for number in range(vocabulary)])
        self._unknown_idf = _idf(len(units), 0)
        lead_numbers = [[self._number_of[t] for t in own] for own in with_lead]
        self._postings = Postings(
            [
                _bm25(lead_numbers, vocabulary, B_SENTENCE),
                _bm25(numbered[1], vocabulary, B_UNIT),
                _bm25(numbered[2], vocabulary, B_UNIT),
                presence_family(numbered[0], self._idf),
                presence_family(numbered[1], self._idf),
            ],
            vocabulary,
        )
        self._add_characters([_core(sentence.lead) for sentence in sentences])
        self._unit_of: Numbers = np.array([sentence.unit for sentence in sentences], dtype=np.intp)
        self.block_of: Numbers = np.array([sentence.block for sentence in sentences], dtype=np.intp)
        first_of_block = np.zeros(self.units.blocks, dtype=np.intp)
        for number in range(len(sentences) - 1, -1, -1):
            first_of_block[sentences[number].block] = number
        self._first_of = first_of_block[self.block_of]
        self._heading = np.array([sentence.heading for sentence in sentences], dtype=float)
        self._short = np.array([1 / math.sqrt(1 + len(core)) for core in self._cores])
        self._types = {kind: np.array([p.search(t) is not None for t in self._cores]) for kind, p in _HOLDS.items()}
        self.embeddings: Values | None = None
        if embeddings is not None:
            self._add_embeddings(embeddings)

    def _add_characters(self, leads: Sequence[str]) -> None:
        """What single characters weigh: people's words often share one with the official ones (工钱, 工资)."""
        owned = [sorted({*lead, *core} - _EMPTY) for lead, core in zip(leads, self._cores, strict=True)]
        units = [sorted({char for own in owned[unit.first : unit.last] for char in own}) for unit in self.units.units]
        frequency = Counter(char for own in units for char in own)
        self._characters = {char: number for number, char in enumerate(frequency)}
        self._character_idf = np.array([_idf(len(units), count) for count in frequency.values()])
        families = [
            presence_family([[self._characters[char] for char in own] for own in group], self._character_idf)
            for group in (owned, units)
        ]
        self._character_postings = Postings(families, len(frequency))

    @property
    def user_words(self) -> tuple[str, ...]:
        """The words that its tokenizer knows beside the dictionary."""
        return self._tokenizer.user_words

    @property
    def texts(self) -> list[str]:
        """The texts whose embeddings are compared: the sentences, short ones with what leads to them."""
        return [
            f"{_cleaned(s.lead)} {text}" if s.lead else text
            for s, text in zip(self.units.sentences, self._cleaned, strict=True)
        ]

    def with_embeddings(self, embeddings: Values) -> SourceIndex:
        """The same index, with questions compared by embedding too; ``embeddings`` has a row for each of ``texts``."""
        other = copy(self)
        other._add_embeddings(embeddings)
        return other

    def _add_embeddings(self, embeddings: Values) -> None:
        self.embeddings = embeddings.astype(np.float32)
        self._unit_means = _means(self.embeddings, self._unit_of, len(self.units.units))
        self._block_means = _means(self.embeddings, self.block_of, self.units.blocks)

    def table(self, core: str, embedding: Values | None = None) -> SentenceTable:
        """The features of every sentence for the question ``core``; ``embedding`` is that of its ``wording``."""
        terms = _telling(self._tokenizer.terms(core))
        official = (term for word in self.official_words(core) for term in self._tokenizer.terms(word))
        terms = list(dict.fromkeys([*terms, *_telling(official)]))
        known = [self._number_of[term] for term in terms if term in self._number_of]
        missing = self._unknown_idf * (len(terms) - len(known))
        total = float(self._idf[known].sum()) + missing or 1.0
        own, unit, block, said, said_unit = self._postings.add_up(known)
        rows = np.zeros((len(FEATURES), len(self.units.sentences)))
        rows[0] = _z(own)
        rows[1] = _z(unit)[self._unit_of]
        rows[2] = _z(block)[self.block_of]
        rows[3] = said / total
        rows[4] = said_unit[self._unit_of] / total
        cosine: Values | None = None
        if self.embeddings is not None and embedding is not None:
            vector = embedding.astype(np.float32)
            cosine = (self.embeddings @ vector).astype(float)
            rows[5] = _z(cosine, MIN_COSINE_SPREAD)
            rows[6] = _z((self._unit_means @ vector).astype(float), MIN_COSINE_SPREAD)[self._unit_of]
            rows[7] = _z((self._block_means @ vector).astype(float), MIN_COSINE_SPREAD)[self.block_of]
            rows[8] = rows[5][self._first_of]
        asked = [self._types[kind] for kind in answer_types(core) if kind in self._types]
        if asked:
            holds = np.any(asked, axis=0)
            rows[9], rows[10] = holds, ~holds
        rows[11], rows[12] = self._heading, self._short
        letters = sorted(set(core) - _EMPTY)
        seen = [self._characters[char] for char in letters if char in self._characters]
        weight = float(self._character_idf[seen].sum()) + self._unknown_idf * (len(letters) - len(seen)) or 1.0
        shared, shared_unit = self._character_postings.add_up(seen)
        rows[13] = CHARACTERS_SCALE * shared / weight
        rows[14] = CHARACTERS_SCALE * shared_unit[self._unit_of] / weight
        rows[15] = _z(shared)
        return SentenceTable(
            rows.T,
            cosine,
            covered=float(said_unit.max(initial=0.0)) / total,
            unknown=missing / total,
            brief=1 / math.sqrt(max(len(core), 1)),
            asks=QUESTION_WORDS.search(core) is not None,
        )

    def wording(self, core: str) -> str:
        """What of the question ``core`` is embedded: it, with the official words for its everyday ones behind it."""
        return " ".join((core, *self.official_words(core)))

    def official_words(self, core: str) -> tuple[str, ...]:
        """The official words for the everyday ones of ``core``, as far as the source has them."""
        found = ((word, _telling(self._tokenizer.terms(word))) for word in official_words(core))
        return tuple(word for word, terms in found if terms and all(term in self._number_of for term in terms))

    def holds(self, term: str) -> bool:
        """Whether the source has ``term`` within a sentence, in whatever spelling."""
        return any(form and form in self._letters for form in (squash(unify_characters(term)), _core(term)))

    @cached_property
    def _letters(self) -> str:
        """Every sentence as it is written and with its numbers in one spelling."""
        return "\n".join([*map(squash, self._cleaned), *self._cores])


_DIGIT = r"\d|[一二三四五六七八九十百千万亿]"
_HOLDS: Final[dict[AnswerType, re.Pattern[str]]] = {
    "money": re.compile(rf"(?:{_DIGIT})+(?:\.\d+)?(?:多|余)?(?:元|美元|块|亿|万)|费|[资奖]金"),
    "count": re.compile(_DIGIT),
    "share": re.compile(r"%|百分|[一二三四五六七八九十几]成|倍|\d"),
    "rank": re.compile(r"第|首|倒数|最"),
    "time": re.compile(rf"(?:{_DIGIT}|[年月日])+(?:个)?(?:年|月|日|天|小时|时|分|周|世纪|代)|[至到]|期|之前|以前|后"),
    "reason": re.compile("因|由于|为了|导致|使|所以|故|缘"),
}


def _cleaned(text: str) -> str:
    return clean(unify_characters(text))


def _core(text: str) -> str:
    return normalize_numerals(squash(unify_characters(text)))


def _telling(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if len(term) > 1 and not all(char in _EMPTY for char in term)]


def _bm25(documents: Sequence[Sequence[int]], vocabulary: int, b: float) -> PostingsFamily:
    """BM25, also of documents without a term."""
    if any(documents):
        return bm25(documents, vocabulary, b)
    return presence_family(documents, np.zeros(max(vocabulary, 1)))


def _means(rows: Values, owners: Numbers, count: int) -> Values:
    sums = np.zeros((count, rows.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, rows)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    means: Values = sums / np.where(norms > 0, norms, 1)
    return means


def _z(values: Values, least: float = MIN_SPREAD) -> Values:
    if not len(values):
        return values
    spread: Values = (values - values.mean()) / max(float(values.std()), least)
    return spread


def _idf(count: int, frequency: int) -> float:
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))
