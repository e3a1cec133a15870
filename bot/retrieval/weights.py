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
        0.938,  # cosine
        2.251,  # cosine2
        -0.022,  # cosine3
        1.780,  # edit
        -0.049,  # near
        -0.844,  # echo
        1.131,  # said
        2.465,  # shown
        3.133,  # likely
        4.435,  # meaning
        4.160,  # meaning2
        3.418,  # meaning3
        1.642,  # alike
        2.116,  # about
        -0.160,  # stray
        -0.196,  # stray_meaning
        0.007,  # hit
        -0.062,  # hit_meaning
        0.756,  # typed
        -0.024,  # mistyped
    ),
    trust=(
        -3.341,  # cosine
        -1.912,  # cosine2
        -2.738,  # cosine3
        -1.211,  # edit
        3.538,  # near
        4.513,  # echo
        1.010,  # said
        0.465,  # shown
        0.340,  # likely
        -0.159,  # meaning
        -0.810,  # meaning2
        0.550,  # meaning3
        3.368,  # alike
        -2.168,  # about
        -7.361,  # stray
        -11.059,  # stray_meaning
        -1.452,  # hit
        -3.559,  # hit_meaning
        -0.294,  # typed
        -1.579,  # mistyped
        1.699,  # known
        -2.904,  # documented
        -0.032,  # gap_cosine
        -2.528,  # gap_edit
        1.646,  # gap_meaning
        -1.883,  # strange
        0.044,  # wording
        0.809,  # sense
        2.281,  # share
        -4.183,  # second
        0.941,  # gap_lead
        1.296,  # gap_lead_meaning
    ),
    bias=3.179,
)

BY_WORDS: Final = Weights(
    rank=(
        1.592,  # cosine
        3.729,  # cosine2
        1.525,  # cosine3
        2.830,  # edit
        1.334,  # near
        -0.711,  # echo
        1.514,  # said
        3.130,  # shown
        3.836,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -0.111,  # stray
        0.000,  # stray_meaning
        0.154,  # hit
        0.000,  # hit_meaning
        0.017,  # typed
        -0.136,  # mistyped
    ),
    trust=(
        -3.174,  # cosine
        -1.801,  # cosine2
        -2.651,  # cosine3
        -0.602,  # edit
        4.100,  # near
        4.420,  # echo
        1.300,  # said
        0.099,  # shown
        0.307,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -12.365,  # stray
        0.000,  # stray_meaning
        -3.498,  # hit
        0.000,  # hit_meaning
        -0.705,  # typed
        -1.637,  # mistyped
        1.911,  # known
        -3.388,  # documented
        -0.268,  # gap_cosine
        -1.668,  # gap_edit
        0.000,  # gap_meaning
        -2.061,  # strange
        0.108,  # wording
        0.000,  # sense
        1.899,  # share
        -4.583,  # second
        1.120,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=2.988,
)

DEFAULT: Final = Fitted(BY_MEANING, BY_WORDS)
