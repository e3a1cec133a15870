"""Who wants to know which groups the bot is in."""

from __future__ import annotations

from typing import Protocol


class Groups(Protocol):
    """Takes note of groups; ``bot.chats.group_registry.GroupRegistry`` does. No method raises."""

    async def record_seen(self, chat: str, title: str) -> None:
        """The bot is in ``chat``, which is called ``title`` now."""

    async def record_left(self, chat: str) -> None:
        """The bot is not in ``chat`` any more."""


class NoGroups:
    """Nobody wants to know."""

    async def record_seen(self, chat: str, title: str) -> None:
        """Nothing is noted."""

    async def record_left(self, chat: str) -> None:
        """Nothing is noted."""
