"""The weights of the judge's two models, as fitted on the first document by ``make weights``."""

from __future__ import annotations

from typing import Final, NamedTuple


class Weights(NamedTuple):
    """``rank``: for each of ``Features``. ``trust``: for each of ``standing.ROW``, and ``bias``."""

    rank: tuple[float, ...]
    trust: tuple[float, ...]
    bias: float


class Fitted(NamedTuple):
    """The weights where questions are compared by meaning too, and where they are compared by words alone."""

    by_meaning: Weights
    by_words: Weights


BY_MEANING: Final = Weights(
    rank=(
        0.951,  # cosine
        2.381,  # cosine2
        0.021,  # cosine3
        1.741,  # edit
        -0.040,  # near
        -0.745,  # echo
        1.279,  # said
        2.601,  # shown
        3.120,  # likely
        4.406,  # meaning
        4.037,  # meaning2
        3.480,  # meaning3
        1.713,  # alike
        2.169,  # about
        -0.150,  # stray
        -0.173,  # stray_meaning
        0.004,  # hit
        -0.073,  # hit_meaning
        0.757,  # typed
        -0.041,  # mistyped
    ),
    trust=(
        -3.501,  # cosine
        -1.952,  # cosine2
        -3.007,  # cosine3
        -1.325,  # edit
        3.595,  # near
        4.891,  # echo
        1.316,  # said
        0.545,  # shown
        0.410,  # likely
        -0.254,  # meaning
        -0.779,  # meaning2
        0.143,  # meaning3
        3.641,  # alike
        -2.184,  # about
        -7.282,  # stray
        -11.113,  # stray_meaning
        -2.528,  # hit
        -4.455,  # hit_meaning
        -0.252,  # typed
        -1.571,  # mistyped
        1.632,  # known
        -3.220,  # documented
        0.933,  # gap_cosine
        -2.278,  # gap_edit
        1.562,  # gap_meaning
        -1.766,  # strange
        0.070,  # wording
        0.807,  # sense
        2.449,  # share
        -3.951,  # second
        1.135,  # gap_lead
        1.329,  # gap_lead_meaning
    ),
    bias=3.446,
)

BY_WORDS: Final = Weights(
    rank=(
        1.529,  # cosine
        3.790,  # cosine2
        1.609,  # cosine3
        2.783,  # edit
        1.405,  # near
        -0.586,  # echo
        1.669,  # said
        3.221,  # shown
        3.852,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -0.112,  # stray
        0.000,  # stray_meaning
        0.139,  # hit
        0.000,  # hit_meaning
        0.091,  # typed
        -0.100,  # mistyped
    ),
    trust=(
        -3.125,  # cosine
        -1.882,  # cosine2
        -3.010,  # cosine3
        -0.799,  # edit
        4.198,  # near
        4.757,  # echo
        1.489,  # said
        0.263,  # shown
        0.370,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -12.583,  # stray
        0.000,  # stray_meaning
        -5.217,  # hit
        0.000,  # hit_meaning
        -0.617,  # typed
        -1.623,  # mistyped
        1.868,  # known
        -3.698,  # documented
        0.598,  # gap_cosine
        -1.567,  # gap_edit
        0.000,  # gap_meaning
        -1.864,  # strange
        0.137,  # wording
        0.000,  # sense
        1.917,  # share
        -4.450,  # second
        1.369,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=3.164,
)

DEFAULT: Final = Fitted(BY_MEANING, BY_WORDS)
