"""The world that plays now; a reset puts a new one in its place."""

from __future__ import annotations

from tests.standin.clock import Clock
from tests.standin.errors import conflict
from tests.standin.world import Counters, Settings, World


class CurrentWorld:
    """Holds the current world and what outlives it: the clock, the counters, what the bot set up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counters = Counters()
        self._settings = Settings()
        self.world = World(clock, self._counters, self._settings)

    def reset(self) -> None:
        """An empty world; whoever waits in the old one is sent away, and will ask the new one."""
        old = self.world
        self.world = World(self._clock, self._counters, self._settings, old.journal.mark + 1)
        self.world.updates.allowed = old.updates.allowed
        old.updates.interrupt(conflict("terminated by a reset"))
