"""The weights of the judge's two models, as fitted; ``judge`` says on what."""

from __future__ import annotations

from typing import Final, NamedTuple


class Weights(NamedTuple):
    """``rank``: for each of ``search.Features``. ``trust``: for each of Features, Signs and Standing, and ``bias``."""

    rank: tuple[float, ...]
    trust: tuple[float, ...]
    bias: float


BY_MEANING: Final = Weights(
    rank=(
        6.384,  # cosine
        4.539,  # cosine2
        3.126,  # cosine3
        4.961,  # edit
        1.880,  # near
        -0.184,  # echo
        2.672,  # said
        3.493,  # shown
        4.603,  # meaning
        4.604,  # meaning2
        5.020,  # meaning3
        2.114,  # alike
        2.727,  # about
        1.368,  # typed
        -0.020,  # mistyped
    ),
    trust=(
        -2.838,  # cosine
        -1.656,  # cosine2
        -1.238,  # cosine3
        -2.416,  # edit
        6.735,  # near
        3.315,  # echo
        1.683,  # said
        3.418,  # shown
        -3.010,  # meaning
        -0.126,  # meaning2
        0.935,  # meaning3
        5.197,  # alike
        -0.635,  # about
        0.736,  # typed
        -1.514,  # mistyped
        2.033,  # known
        -5.321,  # documented
        0.265,  # gap_cosine
        -5.527,  # gap_edit
        -0.568,  # gap_meaning
        -4.051,  # gap_hit
        -5.868,  # gap_hit_meaning
        -2.169,  # strange
        0.193,  # wording
        0.791,  # sense
        2.333,  # share
        -5.687,  # second
        2.569,  # gap_lead
        1.215,  # gap_lead_meaning
    ),
    bias=4.729,
)

BY_WORDS: Final = Weights(
    rank=(
        8.534,  # cosine
        7.326,  # cosine2
        6.474,  # cosine3
        7.087,  # edit
        3.379,  # near
        0.110,  # echo
        3.152,  # said
        4.136,  # shown
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        0.996,  # typed
        -0.432,  # mistyped
    ),
    trust=(
        -3.429,  # cosine
        -2.074,  # cosine2
        -0.307,  # cosine3
        -2.451,  # edit
        9.336,  # near
        3.251,  # echo
        1.883,  # said
        2.877,  # shown
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        1.362,  # typed
        -1.265,  # mistyped
        2.208,  # known
        -4.851,  # documented
        0.038,  # gap_cosine
        -6.950,  # gap_edit
        0.000,  # gap_meaning
        -7.733,  # gap_hit
        0.000,  # gap_hit_meaning
        -2.017,  # strange
        0.263,  # wording
        0.000,  # sense
        2.121,  # share
        -4.709,  # second
        3.923,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=4.252,
)
