"""Many chats at a time, one update at a time in each: nobody waits for a slow group, and order is kept.

An update that waits behind others of its chat takes none of the places for what is in work, so a chat that Telegram
lets wait for minutes keeps nobody else from being answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MAX_AT_ONCE = 1024  # in work, over all chats
MAX_IN_LINE = 60  # of one chat, in work and waiting: more than people ask, less than a flood
_UNBOUNDED = 1_000_000  # the library counts what waits as in work; places are given out below
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Line:
    """The queue before one chat. An asyncio lock lets its waiters in as they came."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class PerChatOrder(BaseUpdateProcessor):
    """Runs updates of different chats together and those of one chat in turn; at most ``limit`` at once.

    What comes while ``in_line`` of its chat are not through yet is dropped, with a line in the log: whoever floods the
    bot gets no answer to that, and takes nobody's place.
    """

    __slots__ = ("_in_line", "_lines", "_places")

    def __init__(self, limit: int = MAX_AT_ONCE, in_line: int = MAX_IN_LINE) -> None:
        super().__init__(_UNBOUNDED)
        self._in_line = in_line
        self._lines: dict[int, _Line] = {}
        self._places = asyncio.Semaphore(limit)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Await ``coroutine`` when all earlier updates of the same chat are through and there is a place."""
        try:
            key = chat_of(update)
            if key is None:
                async with self._places:
                    await coroutine
            else:
                await self._in_turn(key, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # dropped or cancelled while it waited; if it is through, this does nothing

    async def _in_turn(self, key: int, coroutine: Awaitable[object]) -> None:
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
        if line.length >= self._in_line:
            _log.warning("an update was dropped: %d of its chat are waiting already", line.length)
            return
        line.length += 1
        try:
            async with line.lock, self._places:
                await coroutine
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]


def chat_of(update: object) -> int | None:
    """The id of the chat that ``update`` belongs to, or of the person where there is no chat."""
    if not isinstance(update, Update):
        return None
    message = update.message or update.edited_message
    if message is not None:
        return message.chat.id
    press = update.callback_query
    if press is not None:
        return press.message.chat.id if press.message is not None else press.from_user.id
    if update.inline_query is not None:
        return update.inline_query.from_user.id
    return update.my_chat_member.chat.id if update.my_chat_member is not None else None
