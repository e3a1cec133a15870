"""From ranked sentences to what is shown of them: an answer, the nearest passages, or neither."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bot.knowledge.structure import Span
from bot.retrieval.index.postings import Values
from bot.retrieval.source.source_index import FEATURES, SentenceTable, SourceIndex
from bot.retrieval.source.units import Units
from bot.retrieval.source.weights import DEFAULT, SourceWeightPair, SourceWeights

MAX_ANSWER: Final = 280
"""Characters of an answer's spans together: with a title and its places it stays below 300."""
MAX_NEAR: Final = 120
"""Characters of each of the nearest passages."""
NEAR_COUNT: Final = 3
MAX_SPANS: Final = 3
"""A passage has no more."""
CANDIDATES: Final = 30
NEIGHBOUR_BONUS: Final = 3.0
MIN_SHARE: Final = 0.02

ANSWER_THRESHOLD: Final = 0.5
"""Trust from which the best sentences are given as an answer."""
TRUST_FEATURES: Final = (
    "share",
    "share_best",
    "margin",
    "cosine",
    "cosine_z",
    "bm25",
    "covered",
    "covered_unit",
    "unknown",
    "typed",
    "untyped",
    "brief",
    "asks",
)

SourceKind = Literal["answer", "suggest", "decline"]


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """Verbatim ``spans`` of the source in their order, how likely they answer, and the numbers behind that."""

    spans: tuple[Span, ...]
    score: float
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceJudgement:
    """What the source says to a question.

    ``answer``: the first of ``matches`` answers, by a chance of ``trust``. ``suggest``: ``matches`` are the nearest
    passages, at most three. ``decline``: nothing is near; ``matches`` is empty.
    """

    kind: SourceKind
    matches: tuple[SourceMatch, ...]
    trust: float
    features: tuple[tuple[str, float], ...] = ()


def judge(
    index: SourceIndex, core: str, embedding: Values | None = None, fitted: SourceWeightPair = DEFAULT
) -> SourceJudgement:
    """What the source says to the question ``core``; ``embedding`` is that of ``core``, if there is a model."""
    if not index.units.sentences or not core:
        return SourceJudgement("decline", (), 0.0)
    table = index.table(core, embedding)
    weights = fitted.by_words if table.cosine is None else fitted.by_meaning
    scores = rank_scores(weights, table)
    answer = compose_answer(index.units, scores)
    features = trust_features(index.units, table, scores, answer)
    trust = _logistic(float(np.dot(weights.trust, features)) + weights.bias)
    named = tuple(zip(TRUST_FEATURES, features, strict=True))
    if trust >= ANSWER_THRESHOLD:
        return SourceJudgement("answer", (_match(index, table, scores, answer),), trust, named)
    if not _is_near(table):
        return SourceJudgement("decline", (), trust, named)
    near = tuple(_match(index, table, scores, chosen) for chosen in compose_near(index.units, scores))
    return SourceJudgement("suggest", near, trust, named)


def search(
    index: SourceIndex, core: str, embedding: Values | None = None, fitted: SourceWeightPair = DEFAULT
) -> tuple[SourceMatch, ...]:
    """The nearest passages to ``core``, best first, at most three of at most ``MAX_NEAR`` characters."""
    if not index.units.sentences or not core:
        return ()
    table = index.table(core, embedding)
    scores = rank_scores(fitted.by_words if table.cosine is None else fitted.by_meaning, table)
    return tuple(_match(index, table, scores, chosen) for chosen in compose_near(index.units, scores))


def rank_scores(weights: SourceWeights, table: SentenceTable) -> Values:
    """The log odds of every sentence, up to a constant."""
    mixed = np.array(weights.rank) + table.covered * np.array(weights.rank_covered)
    found: Values = table.rows @ mixed
    return found


def trust_features(units: Units, table: SentenceTable, scores: Values, answer: Sequence[int]) -> tuple[float, ...]:
    """For each of ``TRUST_FEATURES``, what speaks for or against ``answer``."""
    chosen = list(answer)
    best = int(np.argmax(scores))
    powers = np.exp(scores - scores[best])
    shares = powers / powers.sum()
    block = units.sentences[best].block
    others = [score for sentence, score in zip(units.sentences, scores, strict=True) if sentence.block != block]
    rows = dict(zip(FEATURES, table.rows[best], strict=True))
    return (
        float(shares[chosen].sum()),
        float(shares[best]),
        min(float(scores[best]) - max(others, default=float(scores.min())), 10.0),
        float(table.cosine[chosen].max()) if table.cosine is not None else 0.0,
        float(rows["cosine"]),
        float(rows["bm25"]),
        float(table.rows[chosen, FEATURES.index("covered")].max()),
        float(rows["covered_unit"]),
        table.unknown,
        float(rows["typed"]),
        float(rows["untyped"]),
        table.brief,
        float(table.asks),
    )


def _is_near(table: SentenceTable) -> bool:
    return table.covered > 0.15


def _match(index: SourceIndex, table: SentenceTable, scores: Values, chosen: Sequence[int]) -> SourceMatch:
    best = max(chosen, key=lambda number: scores[number])
    powers = np.exp(scores - scores.max())
    named = tuple((name, float(value)) for name, value in zip(FEATURES, table.rows[best], strict=True))
    return SourceMatch(spans_of(index.units, chosen), float(powers[list(chosen)].sum() / powers.sum()), named)


def _logistic(value: float) -> float:
    return 0.5 * (1 + math.tanh(value / 2))


def compose_answer(units: Units, scores: Values) -> tuple[int, ...]:
    """The sentences that an answer shows, in their order: the best one, its neighbours and others nearly as good.

    ``scores`` are log odds. The answer has at most ``MAX_ANSWER`` characters in at most ``MAX_SPANS`` spans.
    """
    sentences = units.sentences
    order = _best(scores, CANDIDATES)
    shares = np.exp(scores - scores[order[0]])
    chosen = {order[0]}
    size = sentences[order[0]].end - sentences[order[0]].start
    while True:
        near = {
            other
            for number in chosen
            for other in (number - 1, number + 1)
            if 0 <= other < len(sentences) and sentences[other].block == sentences[number].block
        } - chosen
        full = len(_runs(units, chosen)) >= MAX_SPANS
        others = set() if full else {number for number in order if shares[number] >= MIN_SHARE} - chosen - near
        fitting = [
            (shares[number] * (NEIGHBOUR_BONUS if number in near else 1.0), -number)
            for number in near | others
            if size + _added(units, number, chosen) <= MAX_ANSWER
        ]
        if not fitting:
            return tuple(sorted(chosen))
        number = -max(fitting)[1]
        size += _added(units, number, chosen)
        chosen.add(number)


def compose_near(units: Units, scores: Values, count: int = NEAR_COUNT) -> tuple[tuple[int, ...], ...]:
    """The sentences of each of the ``count`` nearest passages: a good sentence, with neighbours as far as they fit."""
    sentences = units.sentences
    used: set[int] = set()
    found: list[tuple[int, ...]] = []
    for best in _best(scores, CANDIDATES):
        if best in used or len(found) == count:
            continue
        first = last = best
        while True:
            fitting = [
                number
                for number in (first - 1, last + 1)
                if 0 <= number < len(sentences)
                and number not in used
                and sentences[number].block == sentences[best].block
                and sentences[max(number, last)].end - sentences[min(number, first)].start <= MAX_NEAR
            ]
            if not fitting:
                break
            number = max(fitting, key=lambda each: scores[each])
            first, last = min(first, number), max(last, number)
        used.update(range(first, last + 1))
        found.append(tuple(range(first, last + 1)))
    return tuple(found)


def _added(units: Units, number: int, chosen: set[int]) -> int:
    """The characters that sentence ``number`` adds to what is shown, with what stands between it and its neighbours."""
    sentences = units.sentences
    own = sentences[number]
    start, end = own.start, own.end
    if number - 1 in chosen and sentences[number - 1].block == own.block:
        start = sentences[number - 1].end
    if number + 1 in chosen and sentences[number + 1].block == own.block:
        end = sentences[number + 1].start
    return end - start


def spans_of(units: Units, chosen: Sequence[int]) -> tuple[Span, ...]:
    """The spans of the sentences ``chosen``; adjoining ones of one block are one span."""
    return tuple(Span(units.sentences[run[0]].start, units.sentences[run[-1]].end) for run in _runs(units, chosen))


def _runs(units: Units, chosen: Sequence[int] | set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(chosen):
        sentence = units.sentences[number]
        if runs and runs[-1][-1] == number - 1 and units.sentences[number - 1].block == sentence.block:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _best(scores: Values, count: int) -> list[int]:
    """The numbers of the highest scores, best first; of equal ones the earlier."""
    if len(scores) > count:
        some = np.argpartition(-scores, count - 1)[:count]
        least = scores[some].min()
        some = np.flatnonzero(scores >= least)
    else:
        some = np.arange(len(scores))
    return [int(number) for number in some[np.argsort(-scores[some], kind="stable")][:count]]
