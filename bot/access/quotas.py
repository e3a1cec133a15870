"""How much is saved of what anybody may do as often as they like, so that nobody can flood the log or fill the disk.

Anonymous visitors: anybody may be as many of them as they like, and what they ask must neither crowd out members nor
fill the disk. A quota by address and in all; days come in.

The audit log: what persons without a role try, and what is done if everybody may rule. Nothing is ever taken out of
that log, and anybody can try what they like, under as many names as a channel gives out. So each person has room for
some rows in an hour, and so have all persons of a channel together: who floods one channel hides nothing that is done
in another. If room ends, one row says so.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Protocol

from bot.errors import StorageError
from bot.records.roles import AuditRecord
from bot.wording import Audits as Wording

_log = logging.getLogger(__name__)
MISSES: Final = (50, 1_000)
"""Questions without an answer, of an address and of all visitors in a day."""
FEEDBACK: Final = (100, 2_000)
COUNTED: Final = (2_000, 20_000)
"""Questions that are counted: a row each, of some hundred bytes."""
CONTESTS: Final = (300, 10_000)
"""Contests that visitors begin: a row each, with all of its questions."""
ROOMS: Final = (100, 2_000)
"""Live rooms that visitors open: as a contest, and more people in each."""
NAMES: Final = (200, 5_000)
"""Names that visitors say for the first time."""
PAPERS: Final = (3_000, 30_000)
"""Visitors who begin to take part in a competition: a row each, and one for each of their papers."""


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
        if not self.has_room(origin, day, shared=shared):
            return False
        if origin:
            self._taken[origin] += 1
            self._sum += 1
        return True

    def has_room(self, origin: str, day: date, *, shared: bool = False) -> bool:
        """``try_acquire`` without counting it: that is done if the row was saved."""
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
        return True


PER_PERSON = 30  # rows in an hour by the clock
PER_CHANNEL = 300


class AuditLog(Protocol):
    """The audit log, to be appended to."""

    async def append(self, *rows: AuditRecord) -> None:
        """Append ``rows``. Raises StorageError."""


class AuditQuota:
    """Counts in memory only, as much as the rows of an hour."""

    def __init__(self, audit: AuditLog) -> None:
        self._audit = audit
        self._hour: datetime | None = None
        self._kept: Counter[str] = Counter()
        self._told: set[str] = set()

    async def try_append(self, row: AuditRecord, *, kind: str = "", known: bool = False) -> bool:
        """Append ``row`` if its hour has room; returns whether it did. Raises StorageError.

        ``kind``: what counts for itself instead of among the rows of the person's channel. ``known``: who has a role
        is one of few, and needs no room among those who have none.
        """
        self._begin(row.at)
        channel = kind or row.actor.partition(":")[0]
        person = f"{channel} {row.actor}"
        if self._kept[person] >= PER_PERSON:
            return await self._full(person, replace(row, detail=Wording.FULL.format(limit=PER_PERSON)))
        if not known and self._kept[channel] >= PER_CHANNEL:
            return await self._full(channel, replace(row, actor="", detail=Wording.FULL_ALL.format(limit=PER_CHANNEL)))
        self._kept.update([person] if known else [person, channel])
        await self._audit.append(row)
        return True

    def _begin(self, at: datetime) -> None:
        hour = at.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour = hour
            self._kept.clear()
            self._told.clear()

    async def _full(self, key: str, row: AuditRecord) -> bool:
        if key not in self._told:
            self._told.add(key)
            try:
                await self._audit.append(row)
            except StorageError:
                self._told.discard(key)
                raise
        return False
