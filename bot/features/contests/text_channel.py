"""Quizzes on a channel that only carries text: questions are posted, answers come as messages or presses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from bot.conversation.channel import AskedQuestion, DeliveryOutcome, SentQuestion
from bot.conversation.messages import Reply
from bot.features.contests import presenter as replies


class TextContestChannel:
    """A ``QuizChannel`` on top of ``say``, which gives whether a chat was reached."""

    polls: Final = False

    def __init__(self, say: Callable[[str, Reply], Awaitable[bool]]) -> None:
        self._say = say

    async def hears(self) -> None:
        """At once: nothing comes in while the bot is away."""

    async def ask(self, chat: str, asked: AskedQuestion) -> SentQuestion | None:
        """Post a question."""
        return SentQuestion("") if await self._say(chat, replies.question(asked)) else None

    async def close(self, chat: str, message: str) -> None:
        """There is nothing to close: who answers late is told so."""

    async def post(self, chat: str, reply: Reply) -> str:
        """Say ``reply``; nothing can be edited afterwards."""
        await self._say(chat, reply)
        return ""

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        """What was said stands."""
        return False

    async def announce(self, chat: str, reply: Reply) -> DeliveryOutcome:
        """Say ``reply``; who is not there is gone."""
        return "sent" if await self._say(chat, reply) else "gone"

    async def is_admin(self, chat: str, member: str) -> bool:
        """There are no groups here."""
        return False

    async def size(self, chat: str) -> int | None:
        """Nobody can tell."""
        return None
