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
        0.583,  # share
        -0.292,  # share_best
        0.086,  # margin
        34.342,  # cosine
        0.358,  # cosine_z
        0.036,  # bm25
        2.057,  # covered
        1.715,  # covered_unit
        2.909,  # unknown
        -0.394,  # typed
        -0.677,  # untyped
        -2.467,  # brief
        -0.266,  # asks
        -0.312,  # spread
        0.002,  # size
    ),
    trust_bias=-33.794,
    near=(
        84.980,  # cosine
        -0.510,  # cosine_z
        0.020,  # bm25
        1.020,  # covered
        1.256,  # covered_unit
        -2.369,  # unknown
        0.106,  # margin
        0.298,  # size
    ),
    near_bias=-72.651,
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
        1.994,  # share
        0.119,  # share_best
        0.011,  # margin
        0.000,  # cosine
        0.000,  # cosine_z
        0.035,  # bm25
        3.399,  # covered
        2.963,  # covered_unit
        2.156,  # unknown
        0.084,  # typed
        -1.271,  # untyped
        -5.404,  # brief
        -0.378,  # asks
        -0.088,  # spread
        0.186,  # size
    ),
    trust_bias=-3.608,
    near=(
        0.000,  # cosine
        0.000,  # cosine_z
        0.002,  # bm25
        4.124,  # covered
        2.497,  # covered_unit
        -7.018,  # unknown
        0.028,  # margin
        0.481,  # size
    ),
    near_bias=4.444,
)
DEFAULT: Final = SourceWeightPair(BY_MEANING, BY_WORDS)
