"""Notices on their way to chats: kept until they are said, held back in quiet hours, never said twice.

What waits for a chat is a setting of that chat, so that it goes with a group that gets another key. A notice is taken
out before it is said: whoever is killed between the two says it to nobody rather than twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass as plain_dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.chat.groups import KnownGroups
from bot.chat.ports import Clock
from bot.chat.quiet import LONGEST_NAP, Quiet, SettingStore
from bot.chat.quiz_channel import Announced
from bot.chat.quiz_ports import KeptSetting
from bot.chat.replies import say
from bot.chat.stage import Channels
from bot.errors import StorageError

NAME: Final = "notices"
LATE: Final = timedelta(hours=36)
"""Longer than any quiet hours: what a bot that was away finds older than this is not said any more."""
AT_ONCE: Final = 3
"""Chats that are spoken to at the same time: a kill loses the notice for so many at most."""
SOON: Final = 2.0  # seconds between two tries while the line is down
_log = logging.getLogger(__name__)

Outcome = Announced | Literal["held", "late"]
PENDING: Final[frozenset[Outcome]] = frozenset({"held", "later"})


@dataclass(frozen=True)
class Notice:
    """Something to be said. ``about``: what its author knows it by; ``tell``: who wants to hear what became of it."""

    id: str
    text: str
    at: datetime
    about: str = ""
    tell: str = ""


@plain_dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a notice in a chat; ``until``: when the quiet hours are over that hold it back."""

    chat: str
    notice: Notice
    outcome: Outcome
    until: datetime | None = None


Report = Callable[[Sequence[Delivery], Mapping[str, str]], str]
"""Tells an author what became of a notice, with the titles of groups."""
_NOTICES: Final = TypeAdapter(tuple[Notice, ...])


class Outbox:
    """Delivers notices. ``report`` makes what is told of those that went out later than their author saw."""

    def __init__(
        self,
        store: SettingStore,
        channels: Channels,
        quiet: Quiet,
        groups: KnownGroups,
        *,
        clock: Clock,
        report: Report,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._channels = channels
        self._quiet = quiet
        self._groups = groups
        self._clock = clock
        self._report = report
        self._sleep = sleep
        self._saying = asyncio.Semaphore(AT_ONCE)
        self._turn = asyncio.Lock()  # what waits is read, changed and kept by one at a time

    async def post(self, notice: Notice, chats: Sequence[str], *rows: KeptSetting) -> Sequence[Delivery]:
        """Say ``notice`` in ``chats``, now or when their quiet hours are over. ``rows`` are kept with it, or nothing.

        Raises StorageError, and then nothing is said.
        """
        async with self._turn:
            await self._put(notice, chats, *rows)
            found = await self._send_all(chats)
        return [delivery for delivery in found if delivery.notice.id == notice.id]

    async def withdraw(self, notice: str, author: str) -> Sequence[str]:
        """Say the notice of that id, which ``author`` hears about, nowhere any more; gives the chats it waited for.

        Raises StorageError, and then it still waits.
        """
        async with self._turn:
            rows = []
            for owner in [row.owner for row in await self._store.settings(NAME)]:
                waiting = await self._waiting(owner)
                others = [one for one in waiting if (one.id, one.tell) != (notice, author)]
                if len(others) < len(waiting):
                    rows.append(_row(owner, others))
            if rows:
                await self._store.keep(*rows)
        return [row.owner for row in rows]

    async def run(self) -> None:
        """Say what was held back when it is time, until cancelled."""
        while True:
            wait = LONGEST_NAP
            try:
                async with self._turn:
                    wait = min(wait, await self._look())
            except StorageError as error:
                _log.warning("notices cannot be looked up: %s", error)
            except Exception:
                _log.exception("notices failed")
            await self._sleep(max(wait, 1.0))

    async def _look(self) -> float:
        """Say what can be said; gives the seconds until the next may be. Raises StorageError."""
        waiting = [row.owner for row in await self._store.settings(NAME)]
        if not waiting:
            return LONGEST_NAP
        titles = {group.chat: group.title for group in await self._groups.known()}
        found = await self._send_all(waiting)
        for notice in dict.fromkeys(delivery.notice for delivery in found if delivery.notice.tell):
            ended = [one for one in found if one.notice == notice and one.outcome not in PENDING]
            if ended:
                text = self._report(ended, titles)
                told = Notice(f"{notice.id}-{int(self._clock().timestamp())}", text, self._clock())
                await self._put(told, [notice.tell])
                await self._send_all([notice.tell])
        now = self._clock()
        waits = [(one.until - now).total_seconds() if one.until else SOON for one in found if one.outcome in PENDING]
        return min(waits, default=LONGEST_NAP)

    async def _send_all(self, chats: Sequence[str]) -> list[Delivery]:
        return [one for some in await asyncio.gather(*map(self._send, chats)) for one in some]

    async def _send(self, chat: str) -> list[Delivery]:
        """Say what waits for ``chat`` in its order, as far as it may be said now."""
        done: list[Delivery] = []
        waiting: tuple[Notice, ...] = ()
        try:
            waiting = await self._waiting(chat)
            while waiting:
                until = await self._quiet.until(chat)
                outcome: Outcome = "held" if until is not None else await self._say(chat, waiting)
                if outcome in PENDING:
                    return [*done, *(Delivery(chat, notice, outcome, until) for notice in waiting)]
                done.append(Delivery(chat, waiting[0], outcome))
                waiting = waiting[1:]
        except StorageError as error:
            _log.warning("a notice waits for the database: %s", error)
            done += [Delivery(chat, notice, "later") for notice in waiting]
        return done

    async def _say(self, chat: str, waiting: tuple[Notice, ...]) -> Outcome:
        """Say the first of what waits. Raises StorageError where nothing was said."""
        async with self._saying:
            return await self._take_out(chat, waiting)

    async def _take_out(self, chat: str, waiting: tuple[Notice, ...]) -> Outcome:
        notice, *others = waiting
        channel = self._channels.of(chat)
        late = self._clock() - notice.at > LATE
        if channel is None and not late:
            return "later"
        await self._store.keep(_row(chat, others))
        if late or channel is None:
            return "late"
        outcome = await channel.announce(chat, say(notice.text))
        _log.info("a notice: %s", outcome, extra={"chat": chat, "notice": notice.id})
        if outcome == "later":
            await self._store.keep(_row(chat, waiting))
        if outcome == "gone":
            await self._groups.left(chat)
        return outcome

    async def _put(self, notice: Notice, chats: Sequence[str], *rows: KeptSetting) -> None:
        ours = [_row(chat, (*await self._waiting(chat), notice)) for chat in chats]
        await self._store.keep(*ours, *rows)

    async def _waiting(self, chat: str) -> tuple[Notice, ...]:
        value = await self._store.setting(chat, NAME)
        try:
            return _NOTICES.validate_json(value) if value else ()
        except ValueError:
            _log.warning("what waits for a chat cannot be read and is left out")
            return ()


def _row(chat: str, waiting: Sequence[Notice]) -> KeptSetting:
    return KeptSetting(chat, NAME, _NOTICES.dump_json(tuple(waiting)).decode() if waiting else "")
