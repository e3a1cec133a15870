"""From ranked sentences to what is shown of them: an answer, the nearest passages, or neither.

Two logistic regressions decide: ``trust``, how likely the sentences of the answer answer, and ``near``, how likely the
question is about this source at all.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
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
"""Characters of the spans of each of the nearest passages together."""
MAX_SPANS: Final = 3
"""Of what is shown as one: a passage has no more."""
NEAR_COUNT: Final = 3
CANDIDATES: Final = 40
"""Sentences, the likeliest, that are taken into account beside the neighbours of those that are shown."""
MIN_SHARE: Final = 0.05
"""How likely a sentence has to be beside the likeliest to be shown with others that it does not stand next to."""
MIN_NEAR_SHARE: Final = 0.03
"""How likely the best sentence of a nearest passage has to be beside the likeliest of all."""
OTHER_PLACE_SHARE: Final = 0.25
"""How likely a sentence of another place has to be beside the best one of a nearest passage to be shown with it."""
NEIGHBOUR_BONUS: Final = 2.0
"""How much likelier a sentence next to one that is shown counts in a nearest passage: it is easier to read so."""
MAX_MARGIN: Final = 10.0
ANSWER_THRESHOLD: Final = 0.8
"""Trust from which the best sentences are given as an answer …"""
ANSWER_THRESHOLD_BY_WORDS: Final = 0.74
"""… where words alone are compared: their trust hardly rises above it in a source of few sentences."""
NEAR_THRESHOLD: Final = 0.2
"""Nearness below which nothing is shown."""
LEAST_TRUST: Final = 0.05
"""Trust below which nothing is shown either, in a long source …"""
CHANCE_TRUST: Final = 0.12
"""… and how much more it takes where the nearest passages have room for the whole source, whatever is asked."""
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
    "spread",
    "size",
)
NEAR_FEATURES: Final = ("cosine", "cosine_z", "bm25", "covered", "covered_unit", "unknown", "margin", "size")
"""Those of ``TRUST_FEATURES`` that tell whether a question is about the source."""

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

    ``answer``: the only one of ``matches`` answers, by a chance of ``trust``. ``suggest``: ``matches`` are the nearest
    passages, at most ``NEAR_COUNT``. ``decline``: there are none, as nothing is near. ``near``: by what chance the
    question is about this source.
    """

    kind: SourceKind
    matches: tuple[SourceMatch, ...]
    trust: float
    near: float = 0.0
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
    features = trust_features(index, table, scores, answer)
    named = tuple(zip(TRUST_FEATURES, features, strict=True))
    trust = _logistic(float(np.dot(weights.trust, features)) + weights.trust_bias)
    near = _logistic(float(np.dot(weights.near, near_features(features))) + weights.near_bias)
    if trust >= (ANSWER_THRESHOLD_BY_WORDS if table.cosine is None else ANSWER_THRESHOLD):
        return SourceJudgement("answer", _matches(index, table, scores, [answer]), trust, near, named)
    shares_nothing = table.cosine is None and not table.covered  # whatever would be shown stood there by chance
    if near < NEAR_THRESHOLD or trust < _least_trust(index.units) or shares_nothing:
        return SourceJudgement("decline", (), trust, near, named)
    passages = compose_near(index.units, scores)
    return SourceJudgement("suggest", _matches(index, table, scores, passages), trust, near, named)


def search(
    index: SourceIndex, core: str, embedding: Values | None = None, fitted: SourceWeightPair = DEFAULT
) -> tuple[SourceMatch, ...]:
    """The nearest passages to ``core``, best first, at most three of at most ``MAX_NEAR`` characters."""
    if not index.units.sentences or not core:
        return ()
    table = index.table(core, embedding)
    scores = rank_scores(fitted.by_words if table.cosine is None else fitted.by_meaning, table)
    return _matches(index, table, scores, compose_near(index.units, scores))


def rank_scores(weights: SourceWeights, table: SentenceTable) -> Values:
    """The log odds of every sentence, up to a constant."""
    mixed = np.array(weights.rank) + table.covered * np.array(weights.rank_covered)
    found: Values = table.rows @ mixed
    return found


def trust_features(
    index: SourceIndex, table: SentenceTable, scores: Values, answer: Sequence[int]
) -> tuple[float, ...]:
    """For each of ``TRUST_FEATURES``, what speaks for or against the sentences ``answer``."""
    chosen = list(answer)
    best = int(np.argmax(scores))
    shares = np.exp(scores - scores[best])
    shares /= shares.sum()
    others = scores[index.block_of != index.block_of[best]]
    rows = dict(zip(FEATURES, table.rows[best].tolist(), strict=True))
    return (
        float(shares[chosen].sum()),
        float(shares[best]),
        min(float(scores[best]) - float(others.max(initial=-math.inf)), MAX_MARGIN),
        float(table.cosine[chosen].max()) if table.cosine is not None else 0.0,
        rows["cosine"],
        rows["bm25"],
        float(table.rows[chosen, FEATURES.index("covered")].max()),
        rows["covered_unit"],
        table.unknown,
        rows["typed"],
        rows["untyped"],
        table.brief,
        float(table.asks),
        -math.log(float(shares @ shares)),
        math.log(len(scores)),
    )


def near_features(features: Sequence[float]) -> tuple[float, ...]:
    """Those of the trust's ``features`` that ``NEAR_FEATURES`` names."""
    return tuple(features[TRUST_FEATURES.index(name)] for name in NEAR_FEATURES)


def compose_answer(units: Units, scores: Values) -> tuple[int, ...]:
    """The sentences that an answer shows, in their order: the likeliest that fit into ``MAX_ANSWER`` characters."""
    likely = _likeliest(scores)
    shares = _shares(scores)
    return _fill(units, shares, likely[0], likely, used=(), limit=MAX_ANSWER, max_spans=MAX_SPANS, bonus=1.0)


def compose_near(units: Units, scores: Values) -> tuple[tuple[int, ...], ...]:
    """The sentences of each of the nearest passages, the likeliest first, with neighbours as far as they fit.

    A passage is of one place, unless there is another that is nearly as likely as its best sentence.
    """
    likely = _likeliest(scores)
    shares = _shares(scores)
    used: set[int] = set()
    found: list[tuple[int, ...]] = []
    for best in likely:
        if best not in used and len(found) < NEAR_COUNT and shares[best] >= MIN_NEAR_SHARE:
            block, least = units.sentences[best].block, OTHER_PLACE_SHARE * shares[best]
            own = [number for number in likely if units.sentences[number].block == block or shares[number] >= least]
            passage = _fill(
                units, shares, best, own, used=used, limit=MAX_NEAR, max_spans=MAX_SPANS, bonus=NEIGHBOUR_BONUS
            )
            found.append(passage)
            used.update(passage)
    return tuple(sorted(found, key=lambda passage: -float(shares[list(passage)].sum())))


def spans_of(units: Units, chosen: Collection[int]) -> tuple[Span, ...]:
    """The spans of the sentences ``chosen``; adjoining ones of one block are one span."""
    return tuple(Span(units.sentences[run[0]].start, units.sentences[run[-1]].end) for run in _runs(units, chosen))


def _fill(
    units: Units,
    shares: Values,
    best: int,
    likely: Iterable[int],
    *,
    used: Collection[int],
    limit: int,
    max_spans: int,
    bonus: float,
) -> tuple[int, ...]:
    """``best``, and of its neighbours and the ``likely`` sentences, which are in order, the likeliest that fit.

    None of ``used``. Ties go to neighbours.
    """
    sentences = units.sentences
    chosen = {best}
    size = sentences[best].end - sentences[best].start
    near = set(_neighbours(units, best)).difference(used)
    left = [number for number in likely if number != best and number not in used and shares[number] >= MIN_SHARE]
    spans = 1
    while True:
        fitting = [
            (float(shares[number]) * bonus, -number) for number in near if size + _added(units, number, chosen) <= limit
        ]
        other = -1
        if spans < max_spans:
            room = limit - size
            free = (n for n in left if n not in chosen and n not in near)
            other = next((n for n in free if sentences[n].end - sentences[n].start <= room), -1)
        number = -max(fitting)[1] if fitting else other
        if fitting and other >= 0 and float(shares[other]) > max(fitting)[0]:
            number = other
        if number < 0:
            return tuple(sorted(chosen))
        size += _added(units, number, chosen)
        chosen.add(number)
        spans = len(_runs(units, chosen))
        near = (near | set(_neighbours(units, number))).difference(chosen, used)


def _least_trust(units: Units) -> float:
    """Trust below which the nearest passages are no nearer than any: the less there is, the likelier by chance."""
    return LEAST_TRUST + CHANCE_TRUST * min(1.0, NEAR_COUNT * MAX_NEAR / max(units.size, 1))


def _neighbours(units: Units, number: int) -> list[int]:
    """The sentences before and behind, as far as they are of the same block; behind a heading what it is one of."""
    sentences = units.sentences
    found: list[int] = []
    if number > 0 and sentences[number - 1].block == sentences[number].block:
        found.append(number - 1)
    if number + 1 < len(sentences) and _adjoin(units, number):
        found.append(number + 1)
    return found


def _adjoin(units: Units, number: int) -> bool:
    """Whether sentence ``number`` and the next one are read as one."""
    own, following = units.sentences[number], units.sentences[number + 1]
    return own.heading or own.block == following.block


def _added(units: Units, number: int, chosen: Collection[int]) -> int:
    """The characters that sentence ``number`` adds to what is shown, with what stands between it and its neighbours."""
    start, end = units.sentences[number].start, units.sentences[number].end
    if number - 1 in chosen and _adjoin(units, number - 1):
        start = units.sentences[number - 1].end
    if number + 1 in chosen and _adjoin(units, number):
        end = units.sentences[number + 1].start
    return end - start


def _runs(units: Units, chosen: Collection[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(chosen):
        if runs and runs[-1][-1] == number - 1 and _adjoin(units, number - 1):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _matches(
    index: SourceIndex, table: SentenceTable, scores: Values, passages: Sequence[Sequence[int]]
) -> tuple[SourceMatch, ...]:
    shares = _shares(scores)
    shares /= shares.sum()
    found: list[SourceMatch] = []
    for chosen in passages:
        best = max(chosen, key=lambda number: float(scores[number]))
        named = tuple(zip(FEATURES, table.rows[best].tolist(), strict=True))
        found.append(SourceMatch(spans_of(index.units, chosen), float(shares[list(chosen)].sum()), named))
    return tuple(found)


def _shares(scores: Values) -> Values:
    shares: Values = np.exp(scores - scores.max())
    return shares


def _likeliest(scores: Values) -> list[int]:
    """The numbers of the ``CANDIDATES`` highest scores, best first; of equal ones the earlier."""
    numbers = np.arange(len(scores))
    if len(scores) > CANDIDATES:
        numbers = np.flatnonzero(scores >= np.partition(scores, -CANDIDATES)[-CANDIDATES])
    order: list[int] = numbers[np.argsort(-scores[numbers], kind="stable")][:CANDIDATES].tolist()
    return order


def _logistic(value: float) -> float:
    return 0.5 * (1 + math.tanh(value / 2))
