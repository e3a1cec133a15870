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
        0.236,  # bm25
        -0.055,  # bm25_unit
        0.055,  # bm25_block
        1.573,  # covered
        0.687,  # covered_unit
        2.238,  # cosine
        0.040,  # cosine_unit
        0.085,  # cosine_block
        0.041,  # cosine_first
        0.410,  # typed
        -0.410,  # untyped
        -0.539,  # heading
        -1.903,  # short
    ),
    rank_covered=(
        -0.276,  # bm25
        0.166,  # bm25_unit
        0.373,  # bm25_block
        0.654,  # covered
        0.310,  # covered_unit
        -0.400,  # cosine
        0.380,  # cosine_unit
        0.460,  # cosine_block
        0.360,  # cosine_first
        0.063,  # typed
        -0.063,  # untyped
        -0.174,  # heading
        -0.446,  # short
    ),
    trust=(
        0.938,  # share
        -0.155,  # share_best
        0.067,  # margin
        18.317,  # cosine
        0.183,  # cosine_z
        0.023,  # bm25
        0.973,  # covered
        1.097,  # covered_unit
        1.670,  # unknown
        -0.305,  # typed
        -1.313,  # untyped
        -0.492,  # brief
        -0.214,  # asks
        -0.235,  # spread
    ),
    trust_bias=-18.661,
    near=(
        66.917,  # cosine
        -0.686,  # cosine_z
        -0.073,  # bm25
        0.049,  # covered
        2.397,  # covered_unit
        -2.255,  # unknown
        0.228,  # margin
    ),
    near_bias=-56.091,
)
BY_WORDS: Final = SourceWeights(
    rank=(
        0.313,  # bm25
        -0.055,  # bm25_unit
        -0.033,  # bm25_block
        2.382,  # covered
        0.816,  # covered_unit
        0.000,  # cosine
        0.000,  # cosine_unit
        0.000,  # cosine_block
        0.000,  # cosine_first
        0.675,  # typed
        -0.675,  # untyped
        -0.564,  # heading
        -1.066,  # short
    ),
    rank_covered=(
        -0.292,  # bm25
        0.217,  # bm25_unit
        1.391,  # bm25_block
        1.033,  # covered
        0.261,  # covered_unit
        0.000,  # cosine
        0.000,  # cosine_unit
        0.000,  # cosine_block
        0.000,  # cosine_first
        0.092,  # typed
        -0.092,  # untyped
        -0.073,  # heading
        -0.187,  # short
    ),
    trust=(
        1.555,  # share
        -0.644,  # share_best
        0.006,  # margin
        0.000,  # cosine
        0.000,  # cosine_z
        0.042,  # bm25
        1.770,  # covered
        1.798,  # covered_unit
        0.710,  # unknown
        -0.092,  # typed
        -1.710,  # untyped
        -2.913,  # brief
        -0.174,  # asks
        -0.154,  # spread
    ),
    trust_bias=-1.296,
    near=(
        0.000,  # cosine
        0.000,  # cosine_z
        -0.009,  # bm25
        2.012,  # covered
        1.558,  # covered_unit
        -4.088,  # unknown
        -0.066,  # margin
    ),
    near_bias=3.158,
)
DEFAULT: Final = SourceWeightPair(BY_MEANING, BY_WORDS)
