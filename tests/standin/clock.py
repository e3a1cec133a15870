"""The server's time: a real clock that a test may set forward."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """Unix time, read from ``base`` and moved by ``advance``."""

    def __init__(self, base: Callable[[], float]) -> None:
        self._base = base
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970, with everything it was set forward."""
        return self._base() + self._ahead

    def date(self) -> int:
        """Whole seconds, as dates go over the wire."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Set the clock forward; it never goes back."""
        if seconds < 0:
            raise ValueError("a clock goes forward only")
        self._ahead += seconds
