"""Files that an admin sends one after another and that only fit together: a source and the points that quote it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.records.feedback import Clock

KEEP: Final = timedelta(minutes=30)
MOST = 20  # admins whose files wait


class PendingUploads:
    """What each admin sent lately and nobody has applied or dropped yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_person: dict[str, tuple[datetime, dict[str, str]]] = {}

    def add(self, person: str, file: str, text: str) -> Mapping[str, str]:
        """One more file of ``person``'s; gives all that belong together, the text of each by its name."""
        now = self._clock()
        self._by_person = {one: kept for one, kept in self._by_person.items() if now - kept[0] <= KEEP}
        _, files = self._by_person.pop(person, (now, {}))
        files = {**files, file: text}
        self._by_person[person] = (now, files)
        while len(self._by_person) > MOST:
            self._by_person.pop(next(iter(self._by_person)))
        return files

    def drop(self, person: str) -> bool:
        """What ``person`` sent has been dealt with; False where nothing waited."""
        return self._by_person.pop(person, None) is not None
