"""Puts what came in over HTTP to the conversation, and counts and times it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from bot.channels.web.error_pages import request_id_of
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.ports import Stopwatch
from bot.channels.web.request_log import mark_question_logged
from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.wording import Offers

Channel = Literal["web", "api"]
CAPABILITIES: Final[dict[Channel, Capabilities]] = {
    "web": Capabilities(Offers.WEB, buttons=True, dialogue=True, quizzes=True, posts=True, pages=True, self_paced=True),
    "api": Capabilities(Offers.API, dialogue=True),
}
_EPHEMERAL: Final = {channel: replace(has, dialogue=False) for channel, has in CAPABILITIES.items()}
AT_ONCE: Final = 8
"""Questions that are answered before the event loop looks for anything else that waits: a quiz, an admin, Telegram.

An answer that is remembered takes a part of a millisecond and waits for nothing, so a thousand that come together
would be answered in one go.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and the milliseconds that the conversation took for it."""

    reply: Reply
    ms: float


class ClientDisconnectWatch:
    """Returns, when called, as soon as the client of ``receive`` is ``disconnected`` or the server is ``stopping``.

    The body of the request has to be read before.
    """

    def __init__(self, receive: Receive, stopping: asyncio.Event) -> None:
        self._receive = receive
        self._stopping = stopping
        self.disconnected = False

    async def __call__(self) -> None:
        """Wait for that."""
        waits = (asyncio.ensure_future(self._disconnects()), asyncio.ensure_future(self._stopping.wait()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _disconnects(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.disconnected = True


class ConversationClient:
    """The one way from the web to the conversation. What still waits for its turn when ``stopping`` is set is told."""

    def __init__(
        self, conversation: Router, metrics: WebMetrics, stopwatch: Stopwatch, stopping: asyncio.Event
    ) -> None:
        self._stopping = stopping
        self._conversation = conversation
        self._metrics = metrics
        self._stopwatch = stopwatch
        # programs hold up no page
        self._turns = {channel: asyncio.Semaphore(AT_ONCE) for channel in get_args(Channel)}

    async def ask(
        self,
        channel: Channel,
        who: str,
        request: Request,
        *,
        text: str = "",
        action: str = "",
        ephemeral: bool = False,
        name: str = "",
        origin: str = "",
        shared_origin: bool = False,
        document_key: str = "",
    ) -> Answer:
        """Say ``text`` or press ``action`` as visitor ``who`` of ``channel`` (``web``; ``api`` is limited by address
        alone).

        ``ephemeral``: who asks will not be known again by this name. ``name``: what a member is called, nothing for a
        guest. The body of ``request`` was read before; raises
        ClientDisconnect if its client is gone before its turn came. ``origin``: the address it came from,
        ``shared_origin``: with many others. ``document_key``: which of several documents is asked.
        """
        key = f"{channel}:{who}"
        departure = ClientDisconnectWatch(request.receive, self._stopping)
        incoming = Incoming(
            key,
            key,
            text=text,
            action=action,
            request_id=request_id_of(request.scope),
            skip_rate_limit=channel == "api",
            ephemeral=ephemeral,
            name=name,
            guest=channel == "web" and not name,
            departure=departure,
            channel=(_EPHEMERAL if ephemeral else CAPABILITIES)[channel],
            origin=origin,
            shared_origin=shared_origin,
            document_key=document_key,
        )
        async with self._turns[channel]:
            await asyncio.sleep(0)
        started = self._stopwatch()  # in the same step; what then waits, such as for the store, holds up nobody
        reply = await self._conversation.handle(incoming)
        ms = (self._stopwatch() - started) * 1000
        if reply.busy and departure.disconnected:
            raise ClientDisconnect
        if reply.verdict is not None:
            self._metrics.count_question(reply.verdict.kind, channel)
            mark_question_logged(request.scope)
        return Answer(reply, ms)

    async def greet(self, request_id: str) -> Reply:
        """The greeting with its examples. As a preview, so that a mere look at the page leaves no trace."""
        return await self._conversation.handle(
            Incoming(
                "web:-",
                "web:-",
                text="/start",
                request_id=request_id,
                is_inline=True,
                skip_rate_limit=True,
                channel=CAPABILITIES["web"],
            )
        )
