"""The groups that the bot is in, as far as they have let it know."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from cachetools import FIFOCache

from bot.errors import StorageError
from bot.records.chats import GroupRecord
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.chats import GroupRepository


MAX_REMEMBERED = 10_000
_log = logging.getLogger(__name__)


def button_id_of(group: GroupRecord) -> str:
    """What stands for a group in a button, which has no room for its key."""
    return sha256(group.chat.encode()).hexdigest()[:12]


class GroupRegistry:
    """Takes note of groups. A channel calls ``record_seen`` for each message, so the store is only told what is new."""

    def __init__(self, store: GroupRepository, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._titles: FIFOCache[str, str] = FIFOCache(MAX_REMEMBERED)

    async def record_seen(self, chat: str, title: str) -> None:
        """The bot is in ``chat``, which is called ``title`` now. Never raises: the next message tries again."""
        if self._titles.get(chat) != title and await _logged(
            self._store.save_group(GroupRecord(chat, title, self._clock()))
        ):
            self._titles[chat] = title

    async def record_left(self, chat: str) -> None:
        """The bot is not in ``chat`` any more. Never raises."""
        await _logged(self._store.delete_group(chat))
        self._titles.pop(chat, None)  # behind the delete: a message may just have been noted

    async def all_groups(self) -> Sequence[GroupRecord]:
        """All groups, by title. Raises StorageError."""
        return await self._store.list_groups()


async def _logged(write: Awaitable[None]) -> bool:
    """Whether ``write`` went well; if not, that is logged."""
    try:
        await write
    except StorageError as error:
        _log.warning("a group is not noted: %s", error)
        return False
    return True
