"""The weights of the source's judge, as fitted by ``tests/tools/fit_source.py``."""

from __future__ import annotations

from typing import Final, NamedTuple


class SourceWeights(NamedTuple):
    """``rank`` and ``rank_covered``: for each of ``source_index.FEATURES``; the second counts by how much of the
    question the best unit covers. ``trust``: for each of ``source_judge.TRUST_FEATURES``, and ``bias``."""

    rank: tuple[float, ...]
    rank_covered: tuple[float, ...]
    trust: tuple[float, ...]
    bias: float


class SourceWeightPair(NamedTuple):
    """The weights for questions compared by embedding too, and for questions compared by words alone."""

    by_meaning: SourceWeights
    by_words: SourceWeights


_BY_MEANING: Final = SourceWeights(
    rank=(0.26, -0.04, -0.06, 1.13, 0.33, 2.59, -0.26, -0.29, 0.13, 0.38, -0.38, -0.89, -1.2),
    rank_covered=(-0.8, 0.9, 0.72, 0.24, 0.15, -0.21, 0.28, 0.3, 0.11, 0.15, -0.15, -0.26, -0.16),
    trust=(2.0, 0.0, 0.3, 0.0, 0.0, 0.0, 2.0, 0.0, -2.0, 0.0, -0.5, 0.0, 0.0),
    bias=-2.5,
)
_BY_WORDS: Final = SourceWeights(
    rank=(0.6, 0.4, 0.3, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.4, -0.4, -1.0, -1.2),
    rank_covered=(0.2, 0.4, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    trust=(2.0, 0.0, 0.3, 0.0, 0.0, 0.0, 2.0, 0.0, -2.0, 0.0, -0.5, 0.0, 0.0),
    bias=-3.0,
)
DEFAULT: Final = SourceWeightPair(_BY_MEANING, _BY_WORDS)
