"""Notices on their way to chats: kept until they are said, held back in quiet hours, never said twice.

What waits for a chat is stored by its key, so that it goes with a group that gets another one. That a notice is
begun is kept before it is said: whoever is killed between the two says it to nobody rather than twice, and the next
process tells its author that nobody knows whether it came through. What became of it stays there until its author
was told of every chat.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeGuard

from bot.chats.group_registry import GroupRegistry
from bot.chats.quiet_hours_repository import LONGEST_NAP, QuietHoursRepository
from bot.conversation.channel import Channels
from bot.conversation.messages import say
from bot.errors import StorageError
from bot.records.announcements import ChatOutbox, Notice, NoticeState, Outcome
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock
from bot.wording import Notices as Wording

if TYPE_CHECKING:
    from bot.storage.outbox import OutboxRepository


LATE: Final = timedelta(hours=36)
"""Longer than any quiet hours: what a bot that was away finds older than this is not said any more."""
AT_ONCE: Final = 3
"""Chats that are spoken to at the same time: a kill loses the notice for so many at most."""
SOON: Final = 2.0  # seconds between two tries while the line is down
TOGETHER: Final = timedelta(minutes=1)
"""After a start an author is told of all chats at once, where the line stands within this time."""
MAX_PAGE: Final = 3500  # characters of one report: one message everywhere
_log = logging.getLogger(__name__)

PENDING: Final[frozenset[Outcome]] = frozenset({"held", "later"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a notice in a chat; ``until``: when the quiet hours are over that hold it back."""

    chat: str
    notice: Notice
    outcome: Outcome
    until: datetime | None = None


Report = Callable[[Sequence[Delivery]], str]
"""Tells an author what became of a notice, a line for each chat or several."""


class Outbox:
    """Delivers notices. ``report`` makes what is told of those that went out later than their author saw."""

    def __init__(
        self,
        store: OutboxRepository,
        channels: Channels,
        quiet: QuietHoursRepository,
        groups: GroupRegistry,
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
        self._known: dict[tuple[str, str], NoticeState] = {}  # by ``posted_to`` and id: what could not be kept
        self._since: datetime | None = None

    async def post(
        self,
        notice: Notice,
        chats: Mapping[str, str],
        begun: SettingRecord,
        ended: Callable[[Sequence[Delivery]], SettingRecord],
    ) -> Sequence[Delivery]:
        """Say ``notice`` in ``chats``, now or when their quiet hours are over: what they are called, by their keys.

        ``begun`` is kept with it, or nothing; what ``ended`` gives when it went out as far as it may. Raises
        StorageError, and then nothing is said.
        """
        async with self._turn:
            await self._put([(chat, replace(notice, chat_name=name)) for chat, name in chats.items()], begun)
            found = [one for one in await self._send_all(list(chats)) if one.notice.id == notice.id]
            try:
                await self._store.save_outboxes(*await self._without_told(found), ended(found))
            except StorageError as error:  # then it is told once more
                _log.warning("it is not kept that an author was told: %s", error)
        return found

    async def is_going_out(self, notice: str, author: str) -> bool:
        """Whether the notice of that id is on its way, so that ``author`` will be told of it. Raises StorageError."""
        found = (await self._store.list_outboxes()).values()
        return any((one.id, one.author) == (notice, author) for entries in found for one in entries)

    async def size(self, chat: str) -> int | None:
        """How many members ``chat`` has; None where nobody can tell."""
        channel = self._channels.of(chat)
        return None if channel is None else await channel.size(chat)

    async def withdraw(self, notice: str, author: str) -> Sequence[str]:
        """Say the notice of that id, which ``author`` hears about, nowhere any more; gives the names of the chats that
        it waited for.

        Raises StorageError, and then it still waits.
        """
        async with self._turn:
            rows, names = [], []
            for chat, entries in (await self._store.list_outboxes()).items():
                gone = [one for one in entries if (one.id, one.author, one.state) == (notice, author, "waiting")]
                if gone:
                    rows.append(ChatOutbox(chat, tuple(one for one in entries if one not in gone)))
                    names += [one.chat_name or chat for one in gone]
            if rows:
                await self._store.save_outboxes(*rows)
        return names

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
        self._since = self._since or self._clock()
        waiting = list(await self._store.list_outboxes())
        if not waiting:
            self._known.clear()
            return LONGEST_NAP
        found = await self._send_all(waiting)
        for name in dict.fromkeys(delivery.notice.id for delivery in found if delivery.notice.author):
            await self._tell([one for one in found if one.notice.id == name])
        now = self._clock()
        waits = [(one.until - now).total_seconds() if one.until else SOON for one in found if one.outcome in PENDING]
        return min(waits, default=LONGEST_NAP)

    async def _tell(self, found: Sequence[Delivery]) -> None:
        """Tell the author of a notice what became of it, as far as that is new. Raises StorageError."""
        new = [one for one in found if one.outcome not in PENDING or not one.notice.author_told]
        soon = self._since is None or self._clock() - self._since < TOGETHER
        if not new or (soon and any(one.outcome == "later" and not one.notice.author_told for one in new)):
            return
        notice, now = new[0].notice, self._clock()
        pages = _pages(self._report(new))
        told = [Notice(f"{notice.id}-{int(now.timestamp())}-{number}", text, now) for number, text in enumerate(pages)]
        await self._put([(notice.author, one) for one in told], *await self._without_told(new))
        await self._send_all([notice.author])

    async def _without_told(self, found: Sequence[Delivery]) -> list[ChatOutbox]:
        """The rows of what was ``found``, when its author knows: what ended goes, what waits is known to wait."""
        rows = []
        for one in found:
            chat, entries = one.chat, await self._entries(one.chat)
            if not any(_is_same(entry, one.notice) for entry in entries):
                chat = await self._elsewhere(chat, one.notice) or chat
                entries = await self._entries(chat)
            others = [entry for entry in entries if entry.id != one.notice.id]
            if one.outcome in PENDING:
                others = [replace(entry, author_told=True) if entry.id == one.notice.id else entry for entry in entries]
            rows.append(ChatOutbox(chat, tuple(others)))
        return rows

    async def _send_all(self, chats: Sequence[str]) -> list[Delivery]:
        return [one for some in await asyncio.gather(*map(self._send, chats)) for one in some]

    async def _send(self, chat: str) -> list[Delivery]:
        """Say what waits for ``chat`` in its order, as far as it may be said now; gives what became of all of it."""
        done: list[Delivery] = []
        entries: list[Notice] = []
        try:
            entries += [self._found(chat, entry) for entry in await self._entries(chat)]
            for place, notice in enumerate(entries):
                if notice.state != "waiting":
                    continue
                until = await self._quiet.ends_at(chat)
                outcome: Outcome = "held"
                if until is None:
                    outcome, chat = await self._say(chat, entries, place)
                if outcome in PENDING:
                    waiting = [one for one in entries if one.state == "waiting"]
                    done += [Delivery(chat, one, outcome, until) for one in waiting]
                    break
        except StorageError as error:
            _log.warning("a notice waits for the database: %s", error)
            done += [Delivery(chat, one, "later") for one in entries if one.state == "waiting"]
        return [*(Delivery(chat, one, one.state) for one in entries if _has_ended(one.state)), *done]

    def _found(self, chat: str, notice: Notice) -> Notice:
        """``notice`` as it was kept for ``chat``; one that was begun was not ended by who began it."""
        if notice.state != "begun":
            return notice
        known = self._known.get((notice.posted_to or chat, notice.id))
        if known or notice.author:
            return replace(notice, state=known or "unsure")
        return replace(notice, state="waiting", repeated=True)  # a report: better twice than never

    async def _say(self, chat: str, entries: list[Notice], place: int) -> tuple[Outcome, str]:
        """Say one of ``entries``, and note there what became of it; gives that and the key that the chat has now.

        Raises StorageError where nothing was said.
        """
        async with self._saying:
            return await self._begin(chat, entries, place)

    async def _begin(self, chat: str, entries: list[Notice], place: int) -> tuple[Outcome, str]:
        notice = entries[place]
        channel = self._channels.of(chat)
        late = self._clock() - notice.posted_at > LATE
        if channel is None and not late:
            return "later", chat
        if late or channel is None:
            return "late", await self._note(chat, entries, place, "late")
        entries[place] = replace(notice, state="begun")
        try:
            chat = await self._replace(chat, notice, entries)
        except StorageError:
            entries[place] = notice
            self._known[notice.posted_to or chat, notice.id] = "waiting"  # it may be kept as begun
            raise
        text = Wording.AGAIN.format(text=notice.text) if notice.repeated else notice.text
        outcome = await channel.announce(chat, say(text))
        _log.info("a notice: %s", outcome, extra={"chat": chat, "notice": notice.id})
        chat = await self._note(chat, entries, place, "waiting" if outcome == "later" else outcome)
        if outcome == "gone":
            await self._groups.record_left(chat)
        return outcome, chat

    async def _note(self, chat: str, entries: list[Notice], place: int, state: NoticeState) -> str:
        """Note what became of one of ``entries``; it stays among them as long as somebody wants to hear of it.

        Gives the key that the chat has now.
        """
        notice = entries[place] = replace(entries[place], state=state)
        key = (notice.posted_to or chat, notice.id)
        self._known[key] = state
        try:
            chat = await self._replace(chat, notice, [one for one in entries if one.author or one.state == "waiting"])
        except StorageError as error:
            _log.warning("what became of a notice is not kept: %s", error)
        else:
            self._known.pop(key, None)
        return chat

    async def _put(self, notices: Sequence[tuple[str, Notice]], *rows: ChatOutbox | SettingRecord) -> None:
        """Keep ``notices``, each with its chat, behind what waits there."""
        by_chat: dict[str, list[Notice]] = {}
        for chat, notice in notices:
            by_chat.setdefault(chat, []).append(replace(notice, posted_to=chat))
        ours = [ChatOutbox(chat, (*await self._entries(chat), *some)) for chat, some in by_chat.items()]
        await self._store.save_outboxes(*ours, *rows)

    async def _elsewhere(self, chat: str, notice: Notice) -> str:
        """The key that ``chat`` has got since ``notice`` was read in its row: it is in that of another now."""
        if not notice.posted_to:  # kept by an earlier version: the same notice to another chat cannot be told apart
            return ""
        for other, entries in (await self._store.list_outboxes()).items():
            if other != chat and any(_is_same(one, notice) for one in entries):
                return other
        return ""

    async def _replace(self, chat: str, notice: Notice, entries: Sequence[Notice]) -> str:
        """Keep ``entries``, read with ``notice`` for ``chat``; gives the key that this has now. Raises StorageError.

        A chat may get another key at any moment, also between reading and keeping: what goes on is noted there.
        """
        await self._store.save_outboxes(ChatOutbox(chat, tuple(entries)))
        moved = await self._elsewhere(chat, notice)
        if moved:
            await self._store.save_outboxes(ChatOutbox(chat, ()), ChatOutbox(moved, tuple(entries)))
        return moved or chat

    async def _entries(self, chat: str) -> tuple[Notice, ...]:
        return await self._store.find_outbox(chat)


def _has_ended(state: NoticeState) -> TypeGuard[Outcome]:
    return state not in {"waiting", "begun"}


def _is_same(one: Notice, other: Notice) -> bool:
    return (one.id, one.posted_to) == (other.id, other.posted_to)


def _pages(text: str) -> list[str]:
    """``text`` in pieces of one message, cut between lines."""
    pages = [""]
    for line in text.split("\n"):
        if pages[-1] and len(pages[-1]) + len(line) >= MAX_PAGE:
            pages.append("")
        pages[-1] += f"\n{line}" if pages[-1] else line
    return pages
