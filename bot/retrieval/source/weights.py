"""The weights of the source's judge, as fitted by ``python -m tests.tools.fit_source``."""

from __future__ import annotations

from typing import Final, NamedTuple


class SourceWeights(NamedTuple):
    """``rank`` and ``rank_covered``: for each of ``source_index.FEATURES``; the second counts by how much of the
    question the best unit covers. ``trust``: for each of ``source_judge.TRUST_FEATURES``, ``near``: for each of
    ``source_judge.NEAR_FEATURES``, both with a bias."""

    rank: tuple[float, ...]
    rank_covered: tuple[float, ...]
    trust: tuple[float, ...]
    trust_bias: float
    near: tuple[float, ...]
    near_bias: float


class SourceWeightPair(NamedTuple):
    """The weights for questions compared by embedding too, and for questions compared by words alone."""

    by_meaning: SourceWeights
    by_words: SourceWeights


BY_MEANING: Final = SourceWeights(
    rank=(
        0.093,  # bm25
        -0.036,  # bm25_unit
        0.018,  # bm25_block
        1.680,  # covered
        0.337,  # covered_unit
        1.820,  # cosine
        -0.092,  # cosine_unit
        -0.039,  # cosine_block
        0.176,  # cosine_first
        0.326,  # typed
        -0.326,  # untyped
        -0.366,  # heading
        -1.257,  # short
        0.676,  # characters
        0.218,  # characters_unit
        0.375,  # characters_z
    ),
    rank_covered=(
        -0.233,  # bm25
        0.177,  # bm25_unit
        0.264,  # bm25_block
        0.750,  # covered
        0.171,  # covered_unit
        -0.380,  # cosine
        0.283,  # cosine_unit
        0.447,  # cosine_block
        0.398,  # cosine_first
        0.041,  # typed
        -0.041,  # untyped
        -0.131,  # heading
        -0.286,  # short
        0.407,  # characters
        0.138,  # characters_unit
        -0.040,  # characters_z
    ),
    trust=(
        1.269,  # share
        -0.134,  # share_best
        0.080,  # margin
        19.056,  # cosine
        0.199,  # cosine_z
        0.026,  # bm25
        0.861,  # covered
        0.837,  # covered_unit
        1.691,  # unknown
        -0.229,  # typed
        -1.122,  # untyped
        -0.865,  # brief
        -0.162,  # asks
        -0.238,  # spread
    ),
    trust_bias=-19.559,
    near=(
        67.469,  # cosine
        -0.701,  # cosine_z
        -0.046,  # bm25
        -0.890,  # covered
        2.268,  # covered_unit
        -1.960,  # unknown
        0.300,  # margin
    ),
    near_bias=-57.008,
)
BY_WORDS: Final = SourceWeights(
    rank=(
        0.087,  # bm25
        0.003,  # bm25_unit
        -0.105,  # bm25_block
        2.290,  # covered
        0.328,  # covered_unit
        0.000,  # cosine
        0.000,  # cosine_unit
        0.000,  # cosine_block
        0.000,  # cosine_first
        0.535,  # typed
        -0.535,  # untyped
        -0.303,  # heading
        -0.554,  # short
        1.197,  # characters
        0.443,  # characters_unit
        0.504,  # characters_z
    ),
    rank_covered=(
        -0.223,  # bm25
        0.139,  # bm25_unit
        0.684,  # bm25_block
        0.990,  # covered
        0.083,  # covered_unit
        0.000,  # cosine
        0.000,  # cosine_unit
        0.000,  # cosine_block
        0.000,  # cosine_first
        0.053,  # typed
        -0.053,  # untyped
        -0.103,  # heading
        -0.032,  # short
        0.558,  # characters
        0.192,  # characters_unit
        -0.047,  # characters_z
    ),
    trust=(
        1.957,  # share
        -0.490,  # share_best
        0.075,  # margin
        0.000,  # cosine
        0.000,  # cosine_z
        0.041,  # bm25
        1.394,  # covered
        1.347,  # covered_unit
        1.010,  # unknown
        0.046,  # typed
        -1.388,  # untyped
        -3.113,  # brief
        -0.268,  # asks
        -0.135,  # spread
    ),
    trust_bias=-1.687,
    near=(
        0.000,  # cosine
        0.000,  # cosine_z
        -0.033,  # bm25
        1.611,  # covered
        0.793,  # covered_unit
        -4.283,  # unknown
        0.107,  # margin
    ),
    near_bias=3.307,
)
DEFAULT: Final = SourceWeightPair(BY_MEANING, BY_WORDS)
