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
        0.850,  # cosine
        2.426,  # cosine2
        0.178,  # cosine3
        1.937,  # edit
        0.095,  # near
        -0.711,  # echo
        1.460,  # said
        2.818,  # shown
        3.070,  # likely
        4.343,  # meaning
        4.545,  # meaning2
        3.381,  # meaning3
        1.715,  # alike
        2.023,  # about
        -0.161,  # stray
        -0.154,  # stray_meaning
        -0.003,  # hit
        -0.076,  # hit_meaning
        1.093,  # typed
        0.269,  # mistyped
    ),
    trust=(
        -3.656,  # cosine
        -2.039,  # cosine2
        -2.948,  # cosine3
        -1.465,  # edit
        3.592,  # near
        4.715,  # echo
        1.362,  # said
        0.671,  # shown
        0.385,  # likely
        -0.122,  # meaning
        -0.685,  # meaning2
        -0.027,  # meaning3
        3.695,  # alike
        -2.420,  # about
        -7.814,  # stray
        -11.083,  # stray_meaning
        -3.363,  # hit
        -5.031,  # hit_meaning
        -0.189,  # typed
        -1.661,  # mistyped
        1.689,  # known
        -3.185,  # documented
        2.207,  # gap_cosine
        -2.066,  # gap_edit
        1.160,  # gap_meaning
        -1.614,  # strange
        0.098,  # wording
        0.779,  # sense
        2.489,  # share
        -4.052,  # second
        1.155,  # gap_lead
        0.963,  # gap_lead_meaning
    ),
    bias=3.305,
)

BY_WORDS: Final = Weights(
    rank=(
        1.271,  # cosine
        3.727,  # cosine2
        1.987,  # cosine3
        3.227,  # edit
        1.359,  # near
        -0.537,  # echo
        1.696,  # said
        3.261,  # shown
        3.810,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -0.098,  # stray
        0.000,  # stray_meaning
        0.123,  # hit
        0.000,  # hit_meaning
        0.329,  # typed
        0.016,  # mistyped
    ),
    trust=(
        -2.908,  # cosine
        -1.809,  # cosine2
        -3.075,  # cosine3
        -1.063,  # edit
        4.121,  # near
        4.429,  # echo
        1.395,  # said
        0.299,  # shown
        0.377,  # likely
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        -13.830,  # stray
        0.000,  # stray_meaning
        -6.669,  # hit
        0.000,  # hit_meaning
        -0.678,  # typed
        -1.707,  # mistyped
        1.948,  # known
        -3.568,  # documented
        1.732,  # gap_cosine
        -1.451,  # gap_edit
        0.000,  # gap_meaning
        -1.615,  # strange
        0.170,  # wording
        0.000,  # sense
        1.898,  # share
        -4.544,  # second
        1.378,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=3.009,
)

DEFAULT: Final = Fitted(BY_MEANING, BY_WORDS)
