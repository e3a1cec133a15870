"""Room codes that were guessed wrong, by address: six digits are soon tried out by a program, and by no person."""

from __future__ import annotations

from typing import Final

from cachetools import TTLCache

from bot.channels.web.ports import Stopwatch

MAX_WRONG: Final = 30
"""Wrong codes of an address in a while: a hall full of people behind one makes fewer errors in typing."""
MAX_WRONG_SHARED: Final = 600
"""The same of a reverse proxy through which everybody comes, where nobody can be told from anybody else."""
WHILE: Final = 600.0
"""Seconds from the first of them."""
_MAX_KEPT: Final = 10_000


class CodeGuesses:
    """Counts in memory only."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self._wrong: TTLCache[str, list[None]] = TTLCache(_MAX_KEPT, WHILE, timer=stopwatch)

    def are_too_many(self, address: str, *, shared: bool) -> bool:
        """Whether ``address`` may not try another code now; ``shared``: many may come from there."""
        return bool(address) and len(self._wrong.get(address, ())) >= (MAX_WRONG_SHARED if shared else MAX_WRONG)

    def add(self, address: str) -> None:
        """A code that ``address`` sent leads nowhere."""
        if address not in self._wrong:
            self._wrong[address] = []
        self._wrong[address].append(None)  # in place: its time runs from the first one
