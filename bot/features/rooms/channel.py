"""A room as the chat that a contest is played in: nothing has to be brought there, its pages look by themselves."""

from __future__ import annotations

from typing import Final

from bot.conversation.channel import AskedQuestion, DeliveryOutcome, SentQuestion
from bot.conversation.messages import Reply


class RoomChannel:
    """A ``QuizChannel`` whose chats are rooms: a question is there as soon as it is asked."""

    polls: Final = False

    async def hears(self) -> None:
        """At once: nothing comes in while the bot is away."""

    async def ask(self, chat: str, asked: AskedQuestion) -> SentQuestion:
        """It is there."""
        return SentQuestion("")

    async def close(self, chat: str, message: str) -> None:
        """There is nothing to close: who answers late is told so."""

    async def post(self, chat: str, reply: Reply) -> str:
        """What a contest says is on the room's pages already."""
        return ""

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        """Nothing was said that could be edited."""
        return False

    async def announce(self, chat: str, reply: Reply) -> DeliveryOutcome:
        """Notices are not for rooms."""
        return "gone"

    async def is_admin(self, chat: str, member: str) -> bool:
        """A room has a host, who has a link."""
        return False

    async def size(self, chat: str) -> int | None:
        """Nobody asks."""
        return None
