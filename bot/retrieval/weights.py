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
        1.025,  # cosine
        2.348,  # cosine2
        0.083,  # cosine3
        1.667,  # edit
        -0.072,  # near
        -0.717,  # echo
        1.370,  # said
        2.734,  # shown
        3.102,  # likely
        4.431,  # meaning
        4.308,  # meaning2
        3.472,  # meaning3
        1.682,  # alike
        2.075,  # about
        -0.148,  # stray
        -0.156,  # stray_meaning
        -0.016,  # hit
        -0.089,  # hit_meaning
        0.714,  # typed
        0.038,  # mistyped
    ),
    trust=(
        -3.349,  # cosine
        -1.975,  # cosine2
        -3.169,  # cosine3
        -1.431,  # edit
        3.653,  # near
        4.742,  # echo
        1.442,  # said
        0.518,  # shown
        0.401,  # likely
        -0.395,  # meaning
        -0.592,  # meaning2
        0.158,  # meaning3
        3.556,  # alike
        -2.228,  # about
        -8.016,  # stray
        -11.345,  # stray_meaning
        -3.152,  # hit
        -4.692,  # hit_meaning
        -0.242,  # typed
        -1.610,  # mistyped
        1.526,  # known
        -3.312,  # documented
        2.280,  # gap_cosine
        -2.277,  # gap_edit
        1.183,  # gap_meaning
        -1.740,  # strange
        0.087,  # wording
        0.791,  # sense
        2.406,  # share
        -3.998,  # second
        1.161,  # gap_lead
        1.102,  # gap_lead_meaning
    ),
    bias=3.456,
)

BY_WORDS: Final = Weights(
    rank=(
        1.578,  # cosine
        3.755,  # cosine2
        1.679,  # cosine3
        2.770,  # edit
        1.343,  # near
        -0.566,  # echo
        1.761,  # said
        3.172,  # shown
        3.842,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -0.067,  # stray
        0.000,  # stray_meaning
        0.154,  # hit
        0.000,  # hit_meaning
        0.047,  # typed
        -0.075,  # mistyped
    ),
    trust=(
        -2.901,  # cosine
        -1.903,  # cosine2
        -3.271,  # cosine3
        -0.866,  # edit
        4.136,  # near
        4.621,  # echo
        1.479,  # said
        0.211,  # shown
        0.379,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -13.855,  # stray
        0.000,  # stray_meaning
        -6.238,  # hit
        0.000,  # hit_meaning
        -0.655,  # typed
        -1.607,  # mistyped
        1.723,  # known
        -3.626,  # documented
        1.872,  # gap_cosine
        -1.506,  # gap_edit
        0.000,  # gap_meaning
        -1.757,  # strange
        0.157,  # wording
        0.000,  # sense
        1.976,  # share
        -4.255,  # second
        1.377,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=3.136,
)

DEFAULT: Final = Fitted(BY_MEANING, BY_WORDS)
