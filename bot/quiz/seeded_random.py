"""Random choices from a seed: the same seed and words always give the same result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest(*words: object) -> str:
    """64 hexadecimal digits that hang on ``words`` alone: alike on every machine and in every run."""
    return hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()


def seeded_shuffle(options: Iterable[str], *seed: object) -> list[str]:
    """``options`` in an order that hangs on ``seed``. An option more leaves the order of the others as it was."""
    return sorted(options, key=lambda option: digest(*seed, option))


def seeded_index(count: int, *seed: object) -> int:
    """A number from 0 up to, not including, ``count``."""
    return int(digest(*seed)[:12], 16) % count
