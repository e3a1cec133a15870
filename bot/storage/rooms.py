"""Live rooms. What is played in them is stored as any other contest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.records.rooms import RoomRecord
from bot.storage.repository import Repository
from bot.storage.schema import rooms


class RoomRepository(Repository):
    """Rooms by their contests."""

    async def save(self, room: RoomRecord) -> None:
        """Save ``room``; it replaces an earlier state of the same room."""
        await self._save(room)

    async def list(self) -> Sequence[RoomRecord]:
        """All rooms that are stored, the oldest first."""
        return [RoomRecord(*row) for row in await self._fetch(select(rooms).order_by(rooms.c.opened_at))]
