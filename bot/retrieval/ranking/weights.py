"""The weights of the judge's two models, as fitted on the first document by ``make weights``."""

from __future__ import annotations

from typing import Final, NamedTuple


class Weights(NamedTuple):
    """``rank``: for each of ``Features``. ``trust``: for each of ``ranking_model.TRUST_FEATURES``, and ``bias``."""

    rank: tuple[float, ...]
    trust: tuple[float, ...]
    bias: float


class WeightPair(NamedTuple):
    """The weights for questions compared by embedding too, and for questions compared by words alone."""

    by_meaning: Weights
    by_words: Weights


BY_MEANING: Final = Weights(
    rank=(
        0.944,  # cosine
        2.254,  # cosine2
        -0.019,  # cosine3
        1.717,  # edit
        -0.013,  # near
        -0.839,  # echo
        1.113,  # said
        2.496,  # shown
        3.115,  # likely
        4.385,  # meaning
        4.110,  # meaning2
        3.426,  # meaning3
        1.683,  # alike
        2.124,  # about
        -0.162,  # stray
        -0.198,  # stray_meaning
        0.002,  # hit
        -0.064,  # hit_meaning
        0.763,  # typed
        -0.022,  # mistyped
    ),
    trust=(
        -3.381,  # cosine
        -1.944,  # cosine2
        -2.710,  # cosine3
        -1.230,  # edit
        3.570,  # near
        4.552,  # echo
        1.015,  # said
        0.467,  # shown
        0.337,  # likely
        -0.143,  # meaning
        -0.806,  # meaning2
        0.511,  # meaning3
        3.342,  # alike
        -2.184,  # about
        -7.376,  # stray
        -11.054,  # stray_meaning
        -1.461,  # hit
        -3.575,  # hit_meaning
        -0.291,  # typed
        -1.576,  # mistyped
        1.701,  # known
        -2.917,  # documented
        -0.040,  # gap_cosine
        -2.513,  # gap_edit
        1.657,  # gap_meaning
        -1.889,  # strange
        0.043,  # wording
        0.810,  # sense
        2.283,  # share
        -4.192,  # second
        0.926,  # gap_lead
        1.297,  # gap_lead_meaning
    ),
    bias=3.205,
)

BY_WORDS: Final = Weights(
    rank=(
        1.590,  # cosine
        3.728,  # cosine2
        1.536,  # cosine3
        2.806,  # edit
        1.341,  # near
        -0.708,  # echo
        1.495,  # said
        3.158,  # shown
        3.815,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -0.114,  # stray
        0.000,  # stray_meaning
        0.151,  # hit
        0.000,  # hit_meaning
        0.019,  # typed
        -0.147,  # mistyped
    ),
    trust=(
        -3.172,  # cosine
        -1.832,  # cosine2
        -2.618,  # cosine3
        -0.637,  # edit
        4.130,  # near
        4.424,  # echo
        1.280,  # said
        0.107,  # shown
        0.303,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -12.368,  # stray
        0.000,  # stray_meaning
        -3.500,  # hit
        0.000,  # hit_meaning
        -0.704,  # typed
        -1.645,  # mistyped
        1.887,  # known
        -3.385,  # documented
        -0.276,  # gap_cosine
        -1.674,  # gap_edit
        0.000,  # gap_meaning
        -2.079,  # strange
        0.107,  # wording
        0.000,  # sense
        1.910,  # share
        -4.537,  # second
        1.112,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=3.025,
)

DEFAULT: Final = WeightPair(BY_MEANING, BY_WORDS)
