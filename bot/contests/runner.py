"""The contests that run: each step is saved first, shown then, and woken when its time is over.

A step itself never waits, so events of a contest need no lock: they are applied in the order they come, and written in
that order. What a step wants shown is shown by one task for each contest, in order, while others go on answering.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.contests.persistence import ContestWriter, all_rows_of, contest_of, end_of, rows_of
from bot.contests.session import ChatSlot, ContestSession, Display
from bot.errors import StorageError
from bot.quiz.contest.effects import (
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    Effect,
    NotifyMember,
    SaveAnswer,
)
from bot.quiz.contest.engine import step
from bot.quiz.contest.events import Event, MemberForgotten, Start, Tick
from bot.records.chats import is_group
from bot.records.contests import BoardRecord, ContestRow, PollRecord, SettingRecord
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


LATE = timedelta(days=1)
"""A contest that is over is held for so long: a platform may deliver answers late."""
HELD_ALONE = timedelta(hours=1)
"""The same of one that was played alone at one's own pace: no platform delivers anything of it later."""
BACKLOG = timedelta(seconds=5)
"""After a restart no question is closed before that: what was answered meanwhile is delivered first."""
_SHOWING: Final = "showing"  # a setting of a chat: the contest whose final board was on its way there last
UNWATCHED = timedelta(hours=1)  # who plays at his own pace and is due later than that has no task that waits for it
LONGEST_NAP = 60.0  # seconds: a clock that is set forward is noticed after that
_log = logging.getLogger(__name__)


class Contests:
    """All contests of this process. ``sleep`` waits until something is due."""

    def __init__(
        self,
        store: ContestRepository,
        clock: Clock,
        display: Display,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._display = display
        self._sleep = sleep
        self._writer = ContestWriter(store, clock, sleep)
        self._save = self._writer.save
        self._by_id: dict[str, ContestSession] = {}
        self._slots: dict[ChatSlot, str] = {}
        self._asking: dict[str, ContestSession] = {}
        self._closed = False
        self.watchers: list[Callable[[ContestSession], None]] = []
        """Called with a contest after each step of it that was saved; what may be shown is its ``saved``."""

    # ── what runs ──

    def find(self, contest: str) -> ContestSession | None:
        """A contest that runs or was over lately."""
        return self._by_id.get(contest)

    def at(self, chat: str, *, daily: bool = False) -> ContestSession | None:
        """The contest that runs in ``chat``, or the last one there."""
        return self._by_id.get(self._slots.get(ChatSlot(chat, daily), ""))

    @property
    def asking(self) -> Collection[ContestSession]:
        """Those whose question is open, or on its way to the chat, as they are at the time of looking."""
        return self._asking.values()

    @property
    def held(self) -> Collection[ContestSession]:
        """All that are held, as they are at the time of looking."""
        return self._by_id.values()

    def all(self) -> tuple[ContestSession, ...]:
        """All that are held."""
        return tuple(self._by_id.values())

    async def restore(self, ours: Callable[[str], bool]) -> list[tuple[ContestSession, list[PollRecord]]]:
        """Take up what was kept in the chats that are ``ours``: running contests go on. Gives each with its polls."""
        now = self._clock()
        found = []
        for stored in await self._store.contests(now - LATE):
            if not ours(stored.contest.chat):
                continue
            try:
                running = ContestSession(contest_of(stored), not_before=now + BACKLOG)
            except ValueError:
                _log.exception("contest %s cannot be read and is left alone", stored.contest.id)
                continue
            running.end_announced = stored.contest.finished is not None
            if running.contest.finished and not running.end_announced:
                shown = await self._store.setting(stored.contest.chat, _SHOWING)
                running.final_in_doubt = shown == stored.contest.id
            running.board = stored.board
            running.messages = {poll.round: poll.message for poll in stored.polls if poll.message}
            self._hold(running)
            found.append((running, list(stored.polls)))
        return found

    def resume(self) -> None:
        """After ``restore``: ask what was about to be asked, announce ends that were not, and let time run."""
        for running in self.all():
            if running.contest.finished and not running.end_announced:
                self._show(running, (AnnounceResult(running.contest.progress.finish),))
            if running.contest.progress.phase == "opening":  # whether it arrived nobody knows: better twice than never
                self._show(running, (AnnounceStart(),))
            if running.contest.progress.phase == "asking":
                running.resent_round = running.in_doubt = running.contest.current
                self._show(running, (AskQuestion(running.contest.current),))
            self._arm(running)

    async def close(self) -> None:
        """Stop: nothing is due any more. What was kept goes on after the next start."""
        self._closed = True
        tasks = [task for running in self.all() for task in (running.alarm, running.showing) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ── events ──

    async def start(self, event: Start, *rows: ContestRow) -> tuple[Effect, ...]:
        """A contest begins where none runs. ``rows`` are kept with it.

        Raises StorageError, and then none begins: who started it is told, instead of waiting for the database.
        """
        slot = ChatSlot(event.setup.chat, event.setup.rules.mode == "daily")
        there = self._by_id.get(self._slots.get(slot, ""))
        now = self._clock()
        contest, effects = step(there.contest if there else None, event, now)
        if contest is None or (there is not None and contest is there.contest):
            return effects
        self._tidy(now)
        running = ContestSession(contest)
        self._hold(running)
        try:
            await self._store.save(*rows_of(None, contest, effects, now), *rows)
        except StorageError:
            self._drop(running)
            if there is not None:
                self._slots[slot] = there.contest.setup.id
            raise
        self._notify(running)
        self._show(running, effects)
        self._arm(running)
        for left in [one for one in self.all() if one.alarm is None and one.contest.due and one.contest.due <= now]:
            await self.apply_event(left, Tick())  # those that nobody came back to have no alarm
        return effects

    async def apply_event(self, running: ContestSession, event: Event, *rows: ContestRow) -> tuple[Effect, ...]:
        """Apply ``event`` to a contest. Returns when what came of it is saved, with ``rows``; gives the effects."""
        if running.dropped:
            return ()
        now = self._clock()
        before = running.contest
        after, effects = step(before, event, now)
        if after is None:  # only where there was no contest
            return effects
        made = running.begin_step(after)
        self._note(running)
        if after.progress is not before.progress:
            self._arm(running)
        kept = [*rows_of(before, after, effects, now), *rows]
        try:
            if kept:
                await self._save(running, kept)
        finally:
            running.end_step(made)
        self._notify(running)
        self._show(running, effects)
        return effects

    def ask_again(self, running: ContestSession) -> None:
        """After ``restore``: bring the question that is open to its chat once more, where nobody sees it any more."""
        self._show(running, (AskQuestion(running.contest.current),))

    async def save(self, running: ContestSession, *rows: ContestRow) -> None:
        """Save what belongs to a contest; returns when it is."""
        await self._save(running, list(rows))

    async def move(self, old: str, new: str) -> None:
        """A chat has got another key: its contests go on there. Returns when what is kept of it is moved too."""
        for daily in (False, True):
            name = self._slots.pop(ChatSlot(old, daily), None)
            if name is not None:
                self._slots.setdefault(ChatSlot(new, daily), name)
        for running in self.all():
            contest = running.contest
            if contest.setup.chat == old:
                running.contest = replace(contest, setup=replace(contest.setup, chat=new))
                await self._save(
                    running, [*all_rows_of(running.contest, self._clock(), end_announced=running.end_announced)]
                )
        await self._writer.move_chat(old, new)

    async def forget(self, member: str) -> None:
        """Take a member out of all contests, and end those played alone. What is kept is erased by the caller."""
        for running in self.all():
            if running.contest.setup.chat == member and not is_group(member):  # a private chat has its member's key
                self._drop(running)
            else:
                await self.apply_event(running, MemberForgotten(member))

    # ── within ──

    def _notify(self, running: ContestSession) -> None:
        for watch in self.watchers:
            watch(running)

    def _hold(self, running: ContestSession) -> None:
        self._by_id[running.contest.setup.id] = running
        if not running.contest.finished or running.slot not in self._slots:
            self._slots[running.slot] = running.contest.setup.id

        self._note(running)

    def _note(self, running: ContestSession) -> None:
        """Take note whether a contest is asking now: also while the clock of its question stands still."""
        if running.contest.progress.phase in {"asking", "open"} or running.contest.is_frozen:
            self._asking[running.contest.setup.id] = running
        else:
            self._asking.pop(running.contest.setup.id, None)

    def _drop(self, running: ContestSession) -> None:
        """A contest ends without a word, and nothing of it is kept any more."""
        running.dropped = True
        self._asking.pop(running.contest.setup.id, None)
        del self._by_id[running.contest.setup.id]
        self._slots = {slot: name for slot, name in self._slots.items() if name in self._by_id}
        if running.alarm is not None:
            running.alarm.cancel()
        running.to_show.clear()
        if running.contest.progress.phase == "open":
            self._show(running, (CloseQuestion(running.contest.current),))

    def _tidy(self, now: datetime) -> None:
        for name, running in list(self._by_id.items()):
            alone = running.contest.rules.self_paced and running.end_announced and running.showing is None
            if running.contest.finished and now - running.contest.progress.since > (HELD_ALONE if alone else LATE):
                del self._by_id[name]
        self._slots = {slot: name for slot, name in self._slots.items() if name in self._by_id}

    def _show(self, running: ContestSession, effects: tuple[Effect, ...]) -> None:
        running.to_show.extend(effect for effect in effects if not isinstance(effect, SaveAnswer | NotifyMember))
        if running.to_show and running.showing is None and not self._closed:
            running.showing = asyncio.create_task(self._perform(running), name="contest-show")

    async def _perform(self, running: ContestSession) -> None:
        try:
            while running.to_show:
                effect = running.to_show.popleft()
                board = running.board
                try:
                    if isinstance(effect, AnnounceResult) and running.contest.rules.mode != "daily":
                        setup = running.contest.setup
                        await self._save(running, [SettingRecord(setup.chat, _SHOWING, setup.id)])
                    come = await self._display.show(running, effect)
                    if come is not None:
                        event, rows = come
                        await self.apply_event(running, event, *rows)
                    await self._save_shown(running, effect, board)
                except Exception:
                    _log.exception("%s could not be shown", effect)
        finally:
            running.showing = None

    async def _save_shown(self, running: ContestSession, effect: Effect, board: str) -> None:
        """An effect was performed: keep that its chat knows the end, and the board's message if it is not ``board``."""
        rows: list[ContestRow] = []
        if isinstance(effect, AnnounceResult):
            running.end_announced = True
            rows.append(end_of(running.contest))
        if running.board != board:
            rows.append(BoardRecord(running.contest.setup.id, running.board))
        if rows and not running.dropped:
            await self._save(running, rows)

    def _arm(self, running: ContestSession) -> None:
        due = running.contest.due
        alarm = running.alarm
        if alarm is not None and alarm is not asyncio.current_task():
            alarm.cancel()
        running.alarm = None
        if due is not None and running.contest.rules.self_paced and due - self._clock() > UNWATCHED:
            return
        if due is not None and not self._closed:
            if running.not_before is not None:
                due = max(due, running.not_before)
            running.alarm = asyncio.create_task(self._wake(running, due), name="contest-alarm")

    async def _wake(self, running: ContestSession, due: datetime) -> None:
        while (left := (due - self._clock()).total_seconds()) > 0:
            await self._sleep(min(left, LONGEST_NAP))
        await self.apply_event(running, Tick())
