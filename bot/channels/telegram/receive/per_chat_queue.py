"""Many chats at a time, one update at a time in each: nobody waits for a slow group, and order is kept.

An update that waits behind others of its chat takes none of the places for what is in work, so a chat that Telegram
lets wait for minutes keeps nobody else from being answered. Within a chat its members take turns: whoever asks eighty
questions at once is answered one by one, and another's single question comes after the next of them. What is done to a
contest has a line of its own, in which it also begins, so that /stop and the buttons wait for no answers.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import NamedTuple

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.telegram.send.sender import GROUPS
from bot.conversation.commands import command_of
from bot.conversation.messages import Code

MAX_AT_ONCE = 1024  # in work, over all chats
MAX_IN_LINE = 80  # of one chat, in work and waiting: less than a fetch brings, so that votes get past them
MAX_OF_ONE = 20  # of one member of a group: its whole limit for a minute
MAX_ALONE = 60  # of a private chat, where nobody else waits
_UNBOUNDED = 1_000_000  # the library counts what waits as in work; places are given out below
_CONTESTS = frozenset({"quiz", "stop", "skip"})  # commands that begin a contest or do something to one
_MENTION = re.compile(r"(?<!\S)@\w+\s*", re.ASCII)
_log = logging.getLogger(__name__)

Full = Callable[[Update], Awaitable[bool]]
"""Tells whoever sent an update that it was dropped, if it was for the bot; returns whether it was."""


class QueueKey(NamedTuple):
    """Which line an update waits in: that of its chat or person, for what is asked or for what is done to a contest."""

    chat: int
    contest: bool


@dataclass(slots=True)
class _ChatQueue:
    """The queue before one chat: one at a time, members in turn, and each member's own in their order.

    Whoever joins gets a ticket: true when it is their turn, false when they made room for another member.
    """

    length: int = 0
    current: int | None = None
    by_member: dict[int | None, int] = field(default_factory=dict)
    """How many of each are in work and waiting."""
    told: dict[int | None, int] = field(default_factory=dict)
    """Who knows that something was dropped, and how many of theirs were in line then; until half of it is through."""
    _busy: bool = False
    _waiting: OrderedDict[int | None, deque[asyncio.Future[bool]]] = field(default_factory=OrderedDict)

    def join(self, member: int | None) -> asyncio.Future[bool]:
        """A ticket of ``member``, to be awaited and then given to ``leave``."""
        self.length += 1
        self.by_member[member] = self.by_member.get(member, 0) + 1
        ticket: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        if self._busy:
            self._waiting.setdefault(member, deque()).append(ticket)
        else:
            self._busy, self.current = True, member
            ticket.set_result(True)
        return ticket

    def leave(self, member: int | None, ticket: asyncio.Future[bool]) -> None:
        """What has ``ticket`` is through, or was given up while it waited."""
        if ticket.cancelled():
            waiting = self._waiting.get(member, deque())
            if ticket in waiting:
                waiting.remove(ticket)
                if not waiting:
                    del self._waiting[member]
            self._part(member)
        elif ticket.result():
            self._pass_on()
            self._part(member)

    def has_room(self, member: int | None, size: int) -> bool:
        """Whether one more of ``member`` may join, if ``size`` are a full line.

        In a full line the latest of whoever has most waiting makes room, if that is more than ``member`` would have;
        whoever has none in line always may.
        """
        if self.length < size:
            return True
        most = max(self._waiting, key=lambda other: len(self._waiting[other]), default=None)
        waiting = self._waiting.get(most, ())
        if len(waiting) > 1 and len(waiting) > len(self._waiting.get(member, ())) + 1:
            ticket = self._waiting[most].pop()
            if not ticket.done():  # else it was cancelled in the same moment, and leaves by itself
                ticket.set_result(False)
                self._part(most)
            return True
        return member not in self.by_member

    def _part(self, member: int | None) -> None:
        self.length -= 1
        self.by_member[member] -= 1
        left = self.by_member[member]
        if not left:
            del self.by_member[member]
        if 2 * left <= self.told.get(member, 0):
            self.told.pop(member, None)

    def _pass_on(self) -> None:
        """The next one: of another member than this one, if another waits."""
        if self.current in self._waiting:
            self._waiting.move_to_end(self.current)
        while self._waiting:
            member, tickets = self._waiting.popitem(last=False)
            ticket = tickets.popleft()
            if tickets:
                self._waiting[member] = tickets  # behind the others
            if not ticket.done():
                self.current = member
                ticket.set_result(True)
                return
        self._busy = False


class PerChatQueue(BaseUpdateProcessor):
    """Runs updates of different chats together and those of one chat in turn; at most ``limit`` at once.

    What comes while ``of_one`` of its member in a group are not through yet is dropped. While ``in_line`` of its chat
    are not, one is dropped of whoever has most waiting, and a member's only one always gets in. A line in the log
    tells of it, and ``on_full`` tells whoever sent what is dropped, once until half of theirs is through.
    """

    __slots__ = ("_in_line", "_lines", "_of_one", "_on_full", "_places")

    def __init__(
        self,
        limit: int = MAX_AT_ONCE,
        in_line: int = MAX_IN_LINE,
        of_one: int = MAX_OF_ONE,
        on_full: Full | None = None,
    ) -> None:
        super().__init__(_UNBOUNDED)
        self._in_line = in_line
        self._of_one = of_one
        self._on_full = on_full
        self._lines: dict[QueueKey, _ChatQueue] = {}
        self._places = asyncio.Semaphore(limit)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Await ``coroutine`` when it is its turn and there is a place."""
        try:
            place = queue_key_of(update)
            if place is None or not isinstance(update, Update):
                async with self._places:
                    await coroutine
            else:
                await self._in_turn(place, update, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # dropped or cancelled while it waited; if it is through, this does nothing

    async def _in_turn(self, place: QueueKey, update: Update, coroutine: Awaitable[object]) -> None:
        line = self._lines.get(place)
        if line is None:
            line = self._lines[place] = _ChatQueue()
        member = member_of(update)
        most = MAX_ALONE if place.chat > 0 else self._of_one
        if line.by_member.get(member, 0) >= min(most, self._in_line) or not line.has_room(member, self._in_line):
            await self._drop(line, member, update)
            return
        ticket = line.join(member)
        try:
            if await ticket:
                async with self._places:
                    await coroutine
        finally:
            line.leave(member, ticket)
            if not line.length:
                self._lines.pop(place, None)
        if not ticket.result():
            await self._drop(line, member, update)

    async def _drop(self, line: _ChatQueue, member: int | None, update: Update) -> None:
        if member in line.told:
            return
        if member in line.by_member:
            line.told[member] = line.by_member[member]
        if self._on_full is not None and not await self._on_full(update):
            line.told.pop(member, None)
            return
        _log.warning("updates are dropped: %d of their chat are waiting already", line.length)


def queue_key_of(update: object) -> QueueKey | None:
    """The line that ``update`` belongs to; None if it belongs to no chat and no person."""
    chat = chat_of(update)
    return None if chat is None or not isinstance(update, Update) else QueueKey(chat, _is_of_contests(update))


def _is_of_contests(update: Update) -> bool:
    press = update.callback_query
    if press is not None:
        return press.message is not None and (press.data or "").startswith(Code.QUIZ.to())
    message = update.message
    text = None if message is None else message.text or message.caption
    if message is None or text is None or message.chat.type not in GROUPS:
        return False
    command = command_of(_MENTION.sub("", text))
    return command is not None and command.name in _CONTESTS


def member_of(update: Update) -> int | None:
    """Whose turn ``update`` takes: a person's or, if a chat speaks, that chat's."""
    message = update.message or update.edited_message
    if message is not None:
        speaker = message.sender_chat or message.from_user
        return None if speaker is None else speaker.id
    user = update.effective_user
    return None if user is None else user.id


def chat_of(update: object) -> int | None:
    """The id of the chat that ``update`` belongs to, or of the person if there is no chat."""
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
