"""A question's terms → ``Candidate`` points, each with the features that speak for and against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from bot.retrieval.answertype import answer_types
from bot.retrieval.index import Index

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
    """A question ready to be searched: its core and its terms."""

    core: str
    terms: tuple[str, ...]


def query(index: Index, core: str) -> Query:
    """``core`` as a Query."""
    return Query(core, tuple(index.tokenizer.terms(core)))


def search(index: Index, question: Query, keep: Sequence[int] = ()) -> list[Candidate]:
    """The points that may answer ``question``, in no particular order; empty where nothing is shared.

    ``keep``: numbers of points that are wanted in any case, with whatever speaks for them.
    """
    by_phrasing = index.by_phrasing.scores(question.terms)
    by_point = index.by_point.scores(question.terms)
    best_point = float(by_point.max(initial=0.0))
    if best_point <= 0.0:
        if not keep:
            return []
        best_point = 1.0
    count = min(MAX_PHRASINGS, len(by_phrasing))
    phrasings = [index.phrasings[number] for number in np.argpartition(by_phrasing, -count)[-count:].tolist()]
    cores = [phrasing.core for phrasing in phrasings]
    edits: list[float] = (process.cdist([question.core], cores, scorer=fuzz.ratio)[0] / 100).tolist()

    asked = answer_types(question.core)
    terms = frozenset(question.terms)
    weights = {term: index.idf(term) for term in terms}
    squares = {term: weight * weight for term, weight in weights.items()}
    norm = math.sqrt(sum(squares.values())) or 1.0
    near: dict[int, list[Nearness]] = {}
    gaps: dict[int, tuple[float, str]] = {}
    for phrasing, edit in zip(phrasings, edits, strict=True):
        cosine = sum(map(squares.__getitem__, terms & phrasing.terms)) / (norm * phrasing.norm)
        if phrasing.kind == "gap":
            if phrasing.asks == asked:
                likeness = max(cosine, edit)
                gaps[phrasing.owner] = max(gaps.get(phrasing.owner, (0.0, "")), (likeness, phrasing.text))
        else:
            entry = Nearness(cosine, edit, phrasing.text)
            near.setdefault(phrasing.owner, []).append(entry)
    owners = set(keep)
    count = min(MAX_POINTS, len(by_point))
    owners.update(np.argpartition(by_point, -count)[-count:].tolist())
    owners.update(sorted(near, key=lambda owner: -max(near[owner]).cosine)[:MAX_POINTS])
    total = sum(weights.values()) or 1.0
    characters = [term for term in terms if len(term) == 1 or term[0].isascii()]
    strange = sum(not index.knows(term) for term in characters) / max(len(characters), 1)
    found: list[Candidate] = []
    for owner in owners:
        entries = sorted(near.get(owner, ()), reverse=True)
        features = Features(
            cosine=entries[0].cosine if entries else 0.0,
            support=entries[1].cosine if len(entries) > 1 else 0.0,
            edit=max((entry.edit for entry in entries), default=0.0),
            explained=sum(map(weights.__getitem__, terms & index.terms_of[owner])) / total,
            said=sum(map(weights.__getitem__, terms & index.said_by[owner])) / total,
            passage=float(by_point[owner]) / best_point,
            mistyped=float(not asked <= index.types_of[owner]),
            echo=sum(max(entry.cosine, entry.edit) ** 3 for entry in entries[:3]) / 3,
            strange=strange,
        )
        gap, nearest_gap = gaps.get(owner, (0.0, ""))
        nearest = entries[0].text if entries else index.points[owner].title
        found.append(Candidate(owner, features, nearest, gap, nearest_gap))
    return found
