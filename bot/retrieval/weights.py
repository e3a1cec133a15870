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
        6.388,  # cosine
        4.536,  # cosine2
        3.136,  # cosine3
        4.963,  # edit
        1.880,  # near
        -0.184,  # echo
        2.673,  # said
        3.493,  # shown
        4.609,  # meaning
        4.607,  # meaning2
        5.012,  # meaning3
        2.113,  # alike
        2.725,  # about
        1.367,  # typed
        -0.020,  # mistyped
    ),
    trust=(
        -2.988,  # cosine
        -1.470,  # cosine2
        -1.251,  # cosine3
        -2.156,  # edit
        6.651,  # near
        3.424,  # echo
        1.541,  # said
        3.512,  # shown
        -3.075,  # meaning
        0.103,  # meaning2
        0.737,  # meaning3
        5.182,  # alike
        -0.501,  # about
        0.855,  # typed
        -1.491,  # mistyped
        2.023,  # known
        -5.300,  # documented
        0.243,  # gap_cosine
        -5.649,  # gap_edit
        -0.578,  # gap_meaning
        -3.999,  # gap_hit
        -5.942,  # gap_hit_meaning
        -2.152,  # strange
        0.193,  # wording
        0.798,  # sense
        2.351,  # share
        -5.608,  # second
        2.698,  # gap_lead
        1.244,  # gap_lead_meaning
    ),
    bias=4.696,
)

BY_WORDS: Final = Weights(
    rank=(
        8.535,  # cosine
        7.323,  # cosine2
        6.482,  # cosine3
        7.088,  # edit
        3.372,  # near
        0.111,  # echo
        3.144,  # said
        4.139,  # shown
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        1.002,  # typed
        -0.432,  # mistyped
    ),
    trust=(
        -3.531,  # cosine
        -1.856,  # cosine2
        -0.294,  # cosine3
        -2.214,  # edit
        9.256,  # near
        3.222,  # echo
        1.837,  # said
        2.951,  # shown
        0.000,  # meaning
        0.000,  # meaning2
        0.000,  # meaning3
        0.000,  # alike
        0.000,  # about
        1.543,  # typed
        -1.242,  # mistyped
        2.200,  # known
        -4.849,  # documented
        -0.013,  # gap_cosine
        -7.080,  # gap_edit
        0.000,  # gap_meaning
        -7.625,  # gap_hit
        0.000,  # gap_hit_meaning
        -2.002,  # strange
        0.262,  # wording
        0.000,  # sense
        2.112,  # share
        -4.662,  # second
        4.041,  # gap_lead
        0.000,  # gap_lead_meaning
    ),
    bias=4.198,
)
