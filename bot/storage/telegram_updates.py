"""Which Telegram updates were dealt with, and which are still to be, although Telegram will not send them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.engine import for_reading, storage_errors, upsert
from bot.storage.schema import telegram_updates

_TABLE: Table = telegram_updates


@dataclass(frozen=True, slots=True)
class Parked:
    """An update that is still to be dealt with."""

    bot: int
    id: int
    body: str


@dataclass(frozen=True, slots=True)
class HandledUpdate:
    """Updates that have been dealt with: rows without a body."""

    bot: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeleteHandledUpdates:
    """No row, but an order to the writer: forget what was dealt with below an id."""

    bot: int
    below: int


LedgerEntry = Parked | HandledUpdate | DeleteHandledUpdates


class UpdateLogRepository:
    """The updates of ``bot``, kept across restarts.

    ``write`` returns when an entry is durable; entries are written in the order they came. Every method raises
    StorageError when it could not do what it says.
    """

    def __init__(self, engine: AsyncEngine, write: Callable[[LedgerEntry], Awaitable[None]], bot: int) -> None:
        self._reading = for_reading(engine)
        self._write = write
        self._bot = bot

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        """Keep that updates were dealt with; their texts, if they were parked, are forgotten. All of them or none."""
        await self._write(HandledUpdate(self._bot, tuple(update_ids)))

    async def park(self, update_id: int, body: str) -> None:
        """Keep an update that is still to be dealt with."""
        await self._write(Parked(self._bot, update_id, body))

    async def forget_handled(self, below: int) -> None:
        """Forget which updates with a smaller id were dealt with; those still to be dealt with stay."""
        await self._write(DeleteHandledUpdates(self._bot, below))

    async def handled_ids(self) -> frozenset[int]:
        """The ids of those that were dealt with."""
        return frozenset(await self._values(_TABLE.c.id, _TABLE.c.body.is_(None)))

    async def parked(self) -> list[str]:
        """The bodies of those that are still to be dealt with, oldest first."""
        return await self._values(_TABLE.c.body, _TABLE.c.body.is_not(None))

    async def _values(self, column: Column[Any], which: ColumnElement[bool]) -> list[Any]:
        query = select(column).where(_TABLE.c.bot == self._bot, which).order_by(_TABLE.c.id)
        with storage_errors():
            async with self._reading.connect() as connection:
                return list(await connection.scalars(query))


async def write_entries(connection: AsyncConnection, entries: list[LedgerEntry]) -> None:
    """Write ``entries``; of several for the same update the last counts."""
    rows: dict[tuple[int, int], str | None] = {}
    for entry in entries:
        if isinstance(entry, Parked):
            rows[entry.bot, entry.id] = entry.body
        elif isinstance(entry, HandledUpdate):
            rows |= dict.fromkeys(((entry.bot, update_id) for update_id in entry.ids), None)
    if rows:
        values = [{"bot": bot, "id": update_id, "body": body} for (bot, update_id), body in rows.items()]
        await connection.execute(upsert(connection.dialect.name, _TABLE), values)
    for entry in entries:
        if isinstance(entry, DeleteHandledUpdates):
            old = (_TABLE.c.bot == entry.bot, _TABLE.c.id < entry.below, _TABLE.c.body.is_(None))
            await connection.execute(delete(_TABLE).where(*old))
