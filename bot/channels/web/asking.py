"""Puts what came in over HTTP to the conversation, and counts and times it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.channels.web.metrics import WebMetrics
from bot.channels.web.ports import Conversation, Stopwatch
from bot.chat.messages import Incoming, Reply

Channel = Literal["web", "api"]
AT_ONCE: Final = 8
"""Questions that are answered before the event loop looks for anything else that waits: a quiz, an admin, Telegram.

An answer takes a millisecond and waits for nothing, so a thousand that come together would be answered in one go.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and the milliseconds that the conversation took for it."""

    reply: Reply
    ms: float


class Asker:
    """The one way from the web to the conversation."""

    def __init__(self, conversation: Conversation, metrics: WebMetrics, stopwatch: Stopwatch) -> None:
        self._conversation = conversation
        self._metrics = metrics
        self._stopwatch = stopwatch
        # programs hold up no page
        self._turns = {channel: asyncio.Semaphore(AT_ONCE) for channel in get_args(Channel)}

    async def ask(
        self, channel: Channel, who: str, request_id: str, *, text: str = "", action: str = "", passing: bool = False
    ) -> Answer:
        """Say ``text`` or press ``action`` as visitor ``who`` of ``channel`` (``web``; ``api`` has no limits).

        ``passing``: who asks will not be known again by this name.
        """
        key = f"{channel}:{who}"
        incoming = Incoming(
            key, key, text=text, action=action, request_id=request_id, unlimited=channel == "api", passing=passing
        )
        async with self._turns[channel]:
            await asyncio.sleep(0)
        started = self._stopwatch()  # in the same step; what then waits, such as for the store, holds up nobody
        reply = await self._conversation.handle(incoming)
        ms = (self._stopwatch() - started) * 1000
        if reply.verdict is not None:
            self._metrics.asked(reply.verdict.kind, channel)
        return Answer(reply, ms)

    async def greet(self, request_id: str) -> Reply:
        """The greeting with its examples. As a preview, so that a mere look at the page leaves no trace."""
        return await self._conversation.handle(
            Incoming("web:-", "web:-", text="/start", request_id=request_id, preview=True, unlimited=True)
        )
