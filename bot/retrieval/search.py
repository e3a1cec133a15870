"""A question's terms → ``Candidate`` points, each with the features that speak for and against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from bot.retrieval.answertype import answer_types
from bot.retrieval.index import Comparison, Index, Phrasing
from bot.retrieval.postings import Values

MAX_PHRASINGS = 40
MAX_POINTS = 6


class Features(NamedTuple):
    """What speaks for a point, each from 0 (nothing) to 1.

    ``cosine``    of the nearest phrasing: shared terms weighted by inverse document frequency
    ``support``   the same of the second nearest phrasing: one of them may be chance
    ``edit``      of the nearest phrasing: likeness letter by letter (normalised Indel similarity)
    ``explained`` the share of the question, by weight, that the point's phrasings and passage hold
    ``said``      the share of the question that the passage itself holds
    ``passage``   BM25 over the whole point, beside the best of all points
    ``mistyped``  1 where the question asks for a kind of thing that none of the point's phrasings asks for
    ``echo``      likeness of the three nearest phrasings together, near ones counting far more than distant ones
    ``strange``   the share of the question's characters that no point of the knowledge uses
    """

    cosine: float = 0.0
    support: float = 0.0
    edit: float = 0.0
    explained: float = 0.0
    said: float = 0.0
    passage: float = 0.0
    mistyped: float = 0.0
    echo: float = 0.0
    strange: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may answer, its nearest phrasing, and how near the nearest of its gaps is (0–1)."""

    owner: int
    features: Features
    nearest: str
    gap: float
    nearest_gap: str


class Nearness(NamedTuple):
    """How near one phrasing is to the question; ordered by cosine first."""

    cosine: float
    edit: float
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched.

    ``terms`` are the numbers of those of its terms that the index knows; ``total`` and ``norm``, the sum and the length
    of inverse document frequencies, count the unknown ones too. ``strange`` is the share of its characters that the
    index does not know.
    """

    core: str
    terms: list[int]
    total: float
    norm: float
    strange: float


def query(index: Index, core: str) -> Query:
    """``core`` as a Query."""
    terms = index.tokenizer.terms(core)
    weights = [index.idf(term) for term in terms]
    single = [term in index.number_of for term in terms if len(term) == 1 or term[0].isascii()]
    return Query(
        core,
        [index.number_of[term] for term in terms if term in index.number_of],
        total=sum(weights) or 1.0,
        norm=math.sqrt(sum(weight * weight for weight in weights)) or 1.0,
        strange=single.count(False) / max(len(single), 1),
    )


def search(index: Index, question: Query, keep: Sequence[int] = ()) -> list[Candidate]:
    """The points that may answer ``question``, in no particular order; empty where nothing is shared.

    ``keep``: numbers of points that are wanted in any case, with whatever speaks for them.
    """
    if not question.terms and not keep:
        return []
    asked = answer_types(question.core)
    near: dict[int, list[Nearness]] = {}
    gaps: dict[int, tuple[float, str]] = {}
    compared = index.compare(question.terms)
    for phrasing, cosine, edit in _nearest(index, question, compared):
        if phrasing.kind != "gap":
            near.setdefault(phrasing.owner, []).append(Nearness(cosine, edit, phrasing.text))
        elif phrasing.asks == asked:
            gaps[phrasing.owner] = max(gaps.get(phrasing.owner, (0.0, "")), (max(cosine, edit), phrasing.text))
    best = float(compared.points.max(initial=0.0)) or 1.0
    first = sorted(near, key=lambda owner: max(near[owner]), reverse=True)[:MAX_POINTS]
    owners = list(dict.fromkeys([*keep, *_top(compared.points, MAX_POINTS), *first]))
    sums = zip(
        *(family[owners].tolist() for family in (compared.points, compared.explained, compared.said)), strict=True
    )
    found: list[Candidate] = []
    for owner, (passage, explained, said) in zip(owners, sums, strict=True):
        entries = sorted(near.get(owner, ()), reverse=True)
        features = Features(
            cosine=entries[0].cosine if entries else 0.0,
            support=entries[1].cosine if len(entries) > 1 else 0.0,
            edit=max([entry.edit for entry in entries], default=0.0),
            explained=explained / question.total,
            said=said / question.total,
            passage=passage / best,
            mistyped=float(not asked <= index.types_of[owner]),
            echo=sum([max(entry.cosine, entry.edit) ** 3 for entry in entries[:3]]) / 3,
            strange=question.strange,
        )
        gap, nearest_gap = gaps.get(owner, (0.0, ""))
        nearest = entries[0].text if entries else index.points[owner].title
        found.append(Candidate(owner, features, nearest, gap, nearest_gap))
    return found


def _nearest(index: Index, question: Query, compared: Comparison) -> Iterator[tuple[Phrasing, float, float]]:
    """The nearest phrasings by BM25, each with its cosine and its edit likeness to the question."""
    top = _top(compared.phrasings, MAX_PHRASINGS)
    phrasings = [index.phrasings[number] for number in top]
    squares = compared.shared[top].tolist()
    edits = process.cdist([question.core], [phrasing.core for phrasing in phrasings], scorer=fuzz.ratio)[0].tolist()
    for phrasing, square, edit in zip(phrasings, squares, edits, strict=True):
        yield phrasing, square / (question.norm * phrasing.norm), edit / 100


def _top(scores: Values, count: int) -> list[int]:
    """The numbers of the ``count`` highest scores, in no particular order."""
    count = min(count, len(scores))
    top: list[int] = np.argpartition(scores, -count)[-count:].tolist()
    return top
