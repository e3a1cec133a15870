"""The garbage collector and what stays to the end."""

from __future__ import annotations

import gc


def settle() -> None:
    """Let the collector look no more at what is there now: to be called once, when all that is served is loaded.

    The dictionary, the index and the bank are some hundred thousand objects that nobody drops; going through all of
    them again and again is a third of what a vote costs. What is dropped later all the same, such as a knowledge that
    was replaced, is freed as its last reference goes; only a ring of references would stay.
    """
    gc.collect()
    gc.freeze()
