"""How much is kept of visitors whom no platform knows. Anybody may be as many of them as he likes: what they ask must
neither crowd out members nor fill the disk. Pure: days come in."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date
from typing import Final

_log = logging.getLogger(__name__)
MISSES: Final = (50, 1_000)
"""Questions without an answer, of an address and of all visitors in a day."""
FEEDBACK: Final = (100, 2_000)
COUNTED: Final = (2_000, 20_000)
"""Questions that are counted: a row each, of some hundred bytes."""


class VisitorQuota:
    """So many rows of ``what`` a day, ``by_address`` and in ``total``."""

    def __init__(self, what: str, by_address: int, total: int) -> None:
        self._what = what
        self._by_address = by_address
        self._total = total
        self._day: date | None = None
        self._taken: Counter[str] = Counter()  # no more addresses than the total
        self._sum = 0
        self._told = False

    def try_acquire(self, origin: str, day: date, *, shared: bool = False) -> bool:
        """Whether a row of a visitor from ``origin`` may be kept on ``day``, and count it; always for nobody's.

        ``shared``: so many may come from there that only the total bounds them.
        """
        if not origin:
            return True
        if day != self._day:
            self._day, self._told = day, False
            self._taken.clear()
            self._sum = 0
        if (not shared and self._taken[origin] >= self._by_address) or self._sum >= self._total:
            if not self._told:
                self._told = True
                _log.warning("visitors: no more of their %s are kept today, of one address or at all", self._what)
            return False
        self._taken[origin] += 1
        self._sum += 1
        return True
