"""The garbage collector and what stays to the end."""

from __future__ import annotations

import gc
from typing import Final

THRESHOLDS: Final = (10_000, 50, 100)
"""New objects after which the collector looks at them, and how often before it looks at older ones: what a question
makes goes with its last reference, so that looking after 700, as is usual, finds nothing time and again."""


def settle() -> None:
    """Let the collector look no more at what is there now: to be called once, when all that is served is loaded.

    The dictionary, the index and the bank are some hundred thousand objects that nobody drops; going through all of
    them again and again is a third of what a vote costs. What is dropped later all the same, such as a knowledge that
    was replaced, is freed as its last reference goes; only a ring of references would stay.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
