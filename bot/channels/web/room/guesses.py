"""Room codes that were guessed wrong, by address: six digits are soon tried out by a program, and by no person."""

from __future__ import annotations

from typing import Final

from cachetools import TTLCache

from bot.channels.web.ports import Stopwatch

MAX_WRONG: Final = 100
"""Different wrong codes of an address in a while: a hall full of people behind one makes fewer errors in typing."""
MAX_WRONG_SHARED: Final = 600
"""The same of a reverse proxy through which everybody comes, where nobody can be told from anybody else."""
WHILE: Final = 600.0
"""Seconds from the first of them."""
_MAX_KEPT: Final = 10_000
_LONGEST: Final = 8
"""Characters of a code that tell it from others."""


class CodeGuesses:
    """Counts in memory only. A code counts once, however often it is sent: forgotten pages of a room that is gone go on
    asking for it, and guess nothing."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self._wrong: TTLCache[str, set[str]] = TTLCache(_MAX_KEPT, WHILE, timer=stopwatch)

    def are_too_many(self, address: str, *, shared: bool) -> bool:
        """Whether ``address`` may not try another code now; ``shared``: many may come from there."""
        return bool(address) and len(self._wrong.get(address, ())) >= (MAX_WRONG_SHARED if shared else MAX_WRONG)

    def add(self, address: str, code: str) -> None:
        """The ``code`` that ``address`` sent leads nowhere."""
        if not address:
            return
        if address not in self._wrong:
            self._wrong[address] = set()
        codes = self._wrong[address]
        if len(codes) < MAX_WRONG_SHARED:
            codes.add(code[:_LONGEST])  # in place: its time runs from the first one
