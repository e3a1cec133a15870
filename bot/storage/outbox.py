"""Notices on their way to chats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot.records.announcements import ChatOutbox, Notice
from bot.records.contests import SettingRecord
from bot.storage.repository import Repository
from bot.storage.schema import outbox

_NOTICE = (
    outbox.c.notice,
    outbox.c.text,
    outbox.c.posted_at,
    outbox.c.about,
    outbox.c.author,
    outbox.c.chat_name,
    outbox.c.state,
    outbox.c.author_told,
    outbox.c.repeated,
    outbox.c.posted_to,
)


class OutboxRepository(Repository):
    """What waits for each chat is read and saved as a whole, in its order."""

    async def find_outbox(self, chat: str) -> tuple[Notice, ...]:
        """The notices of ``chat`` in their order."""
        query = select(*_NOTICE).where(outbox.c.chat == chat).order_by(outbox.c.id)
        return tuple(Notice(*row) for row in await self._fetch(query))

    async def list_outboxes(self) -> Mapping[str, Sequence[Notice]]:
        """The notices of all chats that have some, by chat."""
        found: dict[str, list[Notice]] = {}
        for chat, *notice in await self._fetch(select(outbox.c.chat, *_NOTICE).order_by(outbox.c.chat, outbox.c.id)):
            found.setdefault(chat, []).append(Notice(*notice))
        return found

    async def save_outboxes(self, *records: ChatOutbox | SettingRecord) -> None:
        """Save all of ``records`` or none; a chat has those notices then, and no others."""
        await self._save(*records)
