"""Many chats at a time, one update at a time in each: nobody waits for a slow group, and order is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MAX_AT_ONCE = 65_536  # those that wait for their chat count too: one slow chat must not use up what others need


@dataclass(slots=True)
class _Line:
    """The queue before one chat. An asyncio lock lets its waiters in as they came."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class PerChatOrder(BaseUpdateProcessor):
    """Runs updates of different chats together and those of one chat in turn; at most ``limit`` at once."""

    __slots__ = ("_lines",)

    def __init__(self, limit: int = MAX_AT_ONCE) -> None:
        super().__init__(limit)
        self._lines: dict[int, _Line] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Await ``coroutine`` when all earlier updates of the same chat are through."""
        key = chat_of(update)
        if key is None:
            await coroutine
            return
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
        line.length += 1
        try:
            async with line.lock:
                await coroutine
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # cancelled while it waited; otherwise it is through and this does nothing


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
