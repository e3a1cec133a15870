"""A question's core → ``Query``: terms with their weights, embedding → ``Candidate`` points, each with its features.

The features speak for and against a point. One of them is the overlap with a gap: how much of a question is unusual for
a point, yet asked by a gap that is like it. «Who was chosen as one of the ten best officials» is all about a passage,
except for its «who»: a gap asks just that.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Comparison, Index
from bot.retrieval.index.phrasing import Phrasing, example_of
from bot.retrieval.index.postings import Numbers, Values
from bot.retrieval.normalize.question import answer_types


class Features(NamedTuple):
    """What speaks for a point, each about 0 (nothing) to 1.

    ``cosine``, ``cosine2``, ``cosine3``  of the three nearest phrasings: shared terms weighted by inverse document
                    frequency; one of them alone may be chance
    ``edit``        likeness letter by letter of the nearest phrasing (normalised Indel similarity)
    ``near``        the better of cosine and edit, squared: a near miss counts far more than a distant one
    ``echo``        the mean of the three cosines, squared
    ``said``        the share of the question, by weight, that the point itself says
    ``shown``       the same of the sentences shown around it
    ``likely``      how likely the question is, by all phrasings of the point together (log likelihood, beside all else)
    ``meaning``, ``meaning2``, ``meaning3``  likeness in meaning of the three nearest phrasings, beyond the mean
    ``alike``       ``meaning``, squared
    ``about``       likeness in meaning of the passage, beyond the mean
    ``stray``, ``stray_meaning``  the share of the question that is unusual for the point and asked by a gap, times how
                    like that gap is, by letters or terms, and by meaning
    ``hit``, ``hit_meaning``  the same for the share of the gap's own words, which no phrasing of its point has
    ``typed``       likeness of the nearest phrasing that asks for the same kind of thing: a sum, a count, a person …
    ``mistyped``    1 if the question asks for a kind of thing that no phrasing of the point asks for
    """

    cosine: float = 0.0
    cosine2: float = 0.0
    cosine3: float = 0.0
    edit: float = 0.0
    near: float = 0.0
    echo: float = 0.0
    said: float = 0.0
    shown: float = 0.0
    likely: float = 0.0
    meaning: float = 0.0
    meaning2: float = 0.0
    meaning3: float = 0.0
    alike: float = 0.0
    about: float = 0.0
    stray: float = 0.0
    stray_meaning: float = 0.0
    hit: float = 0.0
    hit_meaning: float = 0.0
    typed: float = 0.0
    mistyped: float = 0.0


class QuestionFeatures(NamedTuple):
    """What speaks for or against answering at all, whatever the point.

    ``known``       the share of the question, by weight, that any phrasing uses
    ``documented``  the share that the document itself uses
    ``gap_cosine``, ``gap_edit``  likeness of the nearest question marked as unanswered of whose own words one was asked
    ``gap_meaning``  likeness in meaning of the nearest of all
    ``strange``     the share of its words of two and more characters that nothing here uses
    ``wording``     how much it sounds like what is answered, by its terms (log odds)
    ``sense``       the same by its meaning (about -1 to 1)
    """

    known: float = 0.0
    documented: float = 0.0
    gap_cosine: float = 0.0
    gap_edit: float = 0.0
    gap_meaning: float = 0.0
    strange: float = 0.0
    wording: float = 0.0
    sense: float = 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched.

    ``terms`` are the numbers of those of its terms that the index knows; ``size`` counts all of them, and ``total`` and
    ``norm``, the sum and the length of inverse document frequencies, count the unknown ones too. ``strange`` is the
    share of its words of two and more characters that nothing in the index uses. ``embedding`` is there if the index
    has embeddings.
    """

    core: str
    terms: list[int]
    weights: list[float]
    size: int
    strange: float
    total: float
    norm: float
    embedding: Values | None = None


def make_query(index: Index, core: str, embedder: Embedder | None = None) -> Query:
    """``core`` as a Query."""
    terms = index.tokenizer.terms(core)
    weights = [index.idf(term) for term in terms]
    known = [(index.number_of[t], weight) for t, weight in zip(terms, weights, strict=True) if t in index.number_of]
    return Query(
        core,
        [number for number, _ in known],
        [weight for _, weight in known],
        size=len(terms),
        strange=_strange(index, core),
        total=sum(weights) or 1.0,
        norm=math.sqrt(sum(weight * weight for weight in weights)) or 1.0,
        embedding=embedder.encode([core])[0] if embedder is not None and index.embeddings is not None else None,
    )


def _strange(index: Index, core: str) -> float:
    words = [word for word in index.tokenizer.words(core) if len(word) > 1]
    if not words:
        return 0.0
    return sum(not index.uses(word) for word in words) / len(words)


MAX_PHRASINGS = 60
MAX_POINTS = 12
SPREAD = 5.0  # embeddings of short texts lie close together; this brings their differences to the size of the others


NO_QUESTION_FEATURES = QuestionFeatures()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may answer, and the phrasing of it that is nearest."""

    owner: int
    features: Features
    nearest: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The points that may answer a question, in no particular order, and the question_features of its answerability."""

    candidates: tuple[Candidate, ...] = ()
    question_features: QuestionFeatures = NO_QUESTION_FEATURES


class _Near(NamedTuple):
    """The nearest phrasings, and for each a row: cosine, likeness letter by letter, likeness in meaning."""

    phrasings: Sequence[Phrasing]
    table: Values


def search(index: Index, question: Query, without: Phrasing | None = None) -> SearchResult:
    """The points that may answer ``question``. ``without``: a phrasing to be left out, as if nobody had written it."""
    if not question.terms and question.embedding is None:
        return SearchResult()
    compared = index.compare(question.terms)
    cosines = compared.shared / (index.norms * question.norm)
    likeness: Values | None = None
    mean = 0.0
    if question.embedding is not None and index.embeddings is not None:
        likeness = index.embeddings @ question.embedding
        mean = float(index.middle @ question.embedding)
    left_out = _same(index, without) if without else []
    for scores in (compared.phrasings, cosines, likeness):
        if scores is not None and left_out:
            scores[left_out] = -1.0
    top = _top(compared.phrasings, MAX_PHRASINGS)
    if likeness is not None:
        top = np.union1d(top, _top(likeness, MAX_PHRASINGS))
    top = top[~np.isin(top, left_out)] if left_out else top
    unasked = [n for n in top[index.is_needing[top]].tolist() if index.phrasings[n].needs not in question.core]
    if unasked:
        top = top[~np.isin(top, unasked)]
    phrasings = [index.phrasings[number] for number in top.tolist()]
    edits = process.cdist([question.core], [phrasing.core for phrasing in phrasings], scorer=fuzz.ratio)[0] / 100
    likenesses = (likeness[top] - mean) * SPREAD if likeness is not None else np.zeros(len(top))
    table = np.stack([cosines[top], edits, likenesses], axis=1)
    gap_meaning = float(table[index.is_gap[top], 2].max(initial=0.0))
    asked = frozenset(question.terms)
    struck = [row for row, phrasing in enumerate(phrasings) if not asked.isdisjoint(phrasing.telling)]
    gap_cosine, gap_edit = table[struck, :2].max(axis=0, initial=0.0).tolist()
    known, documented = _shares(index, question, without)
    wording, sense = _sounds(index, question, without)
    question_features = QuestionFeatures(
        known=known,
        documented=documented,
        gap_cosine=gap_cosine,
        gap_edit=gap_edit,
        gap_meaning=gap_meaning,
        strange=question.strange,
        wording=wording,
        sense=sense,
    )
    likely = index.likelihood.scores(compared.gains, question.size)
    if without is not None and without.owner >= 0 and without.kind != "gap":
        likely[without.owner] = index.likelihood.without(without.owner, without.terms, question.terms, question.size)
    return SearchResult(_candidates(index, question, compared, likely, _Near(phrasings, table)), question_features)


def _candidates(
    index: Index, question: Query, compared: Comparison, likely: Values, near: _Near
) -> tuple[Candidate, ...]:
    phrasings, table = near
    rows: dict[int, list[int]] = {}
    for number, phrasing in enumerate(phrasings):
        if phrasing.kind != "gap":
            rows.setdefault(phrasing.owner, []).append(number)
    score: list[float] = (table[:, :2].max(axis=1, initial=0.0) + np.maximum(table[:, 2], 0)).tolist()
    likenesses: list[list[float]] = table.tolist()
    first = sorted(rows, key=lambda owner: -max(score[row] for row in rows[owner]))[:MAX_POINTS]
    asked = answer_types(question.core)
    wide = [*_top(likely, MAX_POINTS // 2).tolist(), *_top(compared.shown, MAX_POINTS // 3).tolist()]
    about = _about(index, question)
    if about is not None:
        wide += _top(about, MAX_POINTS // 2).tolist()
    owners = list(dict.fromkeys([*first, *wide]))
    gaps = [number for number, phrasing in enumerate(phrasings) if phrasing.kind == "gap"]
    likeness = np.stack([table[gaps, :2].max(axis=1, initial=0.0), table[gaps, 2]], axis=1)
    asked_by = [phrasings[number] for number in gaps]
    shares, hits = gap_overlap(index, question, owners, asked_by, likeness)
    found: list[Candidate] = []
    for owner, (stray, stray_meaning), (hit, hit_meaning) in zip(owners, shares.tolist(), hits.tolist(), strict=True):
        own = [likenesses[row] for row in rows.get(owner, ())]
        c1, c2, c3 = _highest(row[0] for row in own)
        e1, _, _ = _highest(row[1] for row in own)
        m1, m2, m3 = _highest(row[2] for row in own)
        features = Features(
            cosine=c1,
            cosine2=c2,
            cosine3=c3,
            edit=e1,
            near=max(c1, e1) ** 2,
            echo=((c1 + c2 + c3) / 3) ** 2,
            said=float(compared.said[owner]) / question.total,
            shown=float(compared.shown[owner]) / question.total,
            likely=float(likely[owner]),
            meaning=m1,
            meaning2=m2,
            meaning3=m3,
            alike=m1 * m1,
            about=float(about[owner]) if about is not None else 0.0,
            stray=stray,
            stray_meaning=stray_meaning,
            hit=hit,
            hit_meaning=hit_meaning,
            typed=max(
                (score[row] for row in rows.get(owner, ()) if asked and asked <= phrasings[row].asks), default=0.0
            ),
            mistyped=float(not asked <= index.types_of[owner]),
        )
        nearest = max(rows.get(owner, ()), key=lambda row: score[row], default=None)
        text = index.points[owner].title if nearest is None else phrasings[nearest].text
        found.append(Candidate(owner, features, text))
    return tuple(found)


def _highest(values: Iterable[float]) -> tuple[float, float, float]:
    """The three highest of ``values``; 0 for each that there is not."""
    first, second, third = (*sorted(values, reverse=True)[:3], 0.0, 0.0, 0.0)[:3]
    return first, second, third


class GapOverlap(NamedTuple):
    """A row for each point and a column for each way to compare a gap with the question.

    ``shares``: the share of the question, by weight, that is unusual for the point and asked by a gap, times how like
    that gap is. ``hits``: the share of the gap's own words that was asked so, times the same.
    """

    shares: Values
    hits: Values


def gap_overlap(
    index: Index, question: Query, owners: Sequence[int], gaps: Sequence[Phrasing], likeness: Values
) -> GapOverlap:
    """How far the question strays from each of the points ``owners`` to the worst of ``gaps``.

    ``likeness`` has a row for each gap and a column for each way to compare (0-1).
    """
    if not gaps or not question.terms or not owners:
        nothing = np.zeros((len(owners), likeness.shape[1]))
        return GapOverlap(nothing, nothing)
    terms, near = question.terms, np.maximum(likeness, 0.0)
    weights = np.array(question.weights)
    unusual = (1.0 - _marked(terms, [index.usual[owner] for owner in owners])) * weights
    asked = _marked(terms, [gap.held for gap in gaps])
    own = _marked(terms, [gap.own for gap in gaps]) / [[gap.own_weight] for gap in gaps]
    return GapOverlap(_worst(unusual @ asked.T / question.total, near), _worst(unusual @ own.T, near))


def _worst(shares: Values, near: Values) -> Values:
    found: Values = (shares[:, :, None] * near[None, :, :]).max(axis=1)
    return found


def _marked(terms: Sequence[int], holders: Sequence[frozenset[int]]) -> Values:
    """A row for each of ``holders`` and a column for each of ``terms``: 1 where it has the term."""
    column = {term: number for number, term in enumerate(terms)}
    asked = frozenset(terms)
    cells = [(row, column[term]) for row, held in enumerate(holders) for term in asked & held]
    table = np.zeros((len(holders), len(terms)))
    if cells:
        table[tuple(zip(*cells, strict=True))] = 1.0
    return table


def _about(index: Index, question: Query) -> Values | None:
    """Likeness in meaning of every passage, beyond the mean of all phrasings."""
    if question.embedding is None:
        return None
    found: Values = (index.passages @ question.embedding - index.middle @ question.embedding) * SPREAD
    return found


def _shares(index: Index, question: Query, without: Phrasing | None) -> tuple[float, float]:
    own: Collection[int] = without.terms if without else ()
    known = documented = 0.0
    for term, weight in zip(question.terms, question.weights, strict=True):
        documented += weight * (term in index.in_document)
        known += weight * (index.holders[term] > (term in own))
    return known / question.total, documented / question.total


def _sounds(index: Index, question: Query, without: Phrasing | None) -> tuple[float, float]:
    left_out = without if without and without.example >= 0 else None
    wording = index.by_terms.score(question.terms, example_of(left_out) if left_out else None)
    if question.embedding is None:
        return wording, 0.0
    return wording, index.by_meaning.score(question.embedding, left_out.example if left_out else None)


def _same(index: Index, phrasing: Phrasing) -> list[int]:
    """The numbers of all phrasings that are ``phrasing`` letter by letter."""
    return [number for number, other in enumerate(index.phrasings) if other.core == phrasing.core]


def _top(scores: Values, count: int) -> Numbers:
    """The numbers of the ``count`` highest scores, in no particular order."""
    count = min(count, len(scores))
    return np.argpartition(scores, -count)[-count:]
