"""The groups that the bot is in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.admin import GroupRecord
from bot.storage.repository import Repository
from bot.storage.schema import chats


class GroupRepository(Repository):
    """Groups by their keys."""

    async def list_groups(self) -> Sequence[GroupRecord]:
        """All groups, by title."""
        return [GroupRecord(*row) for row in await self._fetch(select(chats).order_by(chats.c.title, chats.c.chat))]

    async def save_group(self, group: GroupRecord) -> None:
        """Save ``group``, instead of an earlier one of the same key."""
        await self._save(group)

    async def delete_group(self, chat: str) -> None:
        """Delete the group of that key, if there is one."""
        await self._execute(delete(chats).where(chats.c.chat == chat))
