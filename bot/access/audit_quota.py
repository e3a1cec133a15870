"""What persons without a role try, and what is done if everybody may rule → the audit log, as much as it can bear.

Nothing is ever taken out of that log, and anybody can try what they like, under as many names as a channel gives out.
So each person has room for some rows in an hour, and so have all persons of a channel together: who floods one channel
hides nothing that is done in another. If room ends, one row says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.errors import StorageError
from bot.records.admin import AuditRecord
from bot.wording import Audits as Wording

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
