"""How much of a question is not usual for a point, yet is asked by a gap that is like it?

«Who was chosen as one of the ten best officials» is all about a passage, but for its «who»: and a gap asks just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.retrieval.index.index import Index
from bot.retrieval.index.phrasing import Phrasing
from bot.retrieval.index.postings import Values
from bot.retrieval.ranking.query import Query


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
    if not gaps or not question.terms:
        nothing = np.zeros((len(owners), likeness.shape[1]))
        return GapOverlap(nothing, nothing)
    terms, near = question.terms, np.maximum(likeness, 0.0)
    weights = np.array(question.weights)
    unusual = np.array([[term not in index.usual[owner] for term in terms] for owner in owners]) * weights
    asked = np.array([[term in gap.terms for term in terms] for gap in gaps])
    own = np.array([[term in gap.own for term in terms] for gap in gaps]) / [[gap.own_weight] for gap in gaps]
    return GapOverlap(_worst(unusual @ asked.T / question.total, near), _worst(unusual @ own.T, near))


def _worst(shares: Values, near: Values) -> Values:
    found: Values = (shares[:, :, None] * near[None, :, :]).max(axis=1)
    return found
