"""Contests as a feature: its commands, buttons and typed answers; contests go on by themselves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.access.member_names import MemberNameCache
from bot.access.quotas import AuditLog
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.chats.scheduler import Due, keep_appointments
from bot.contests.runner import Contests
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.commands import CommandName
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, told
from bot.conversation.router import Claim, Feature, Handle, Handler, Typed, for_everybody
from bot.errors import StorageError
from bot.features.contests import buttons
from bot.features.contests.appointments import Reading, reading_the_same
from bot.features.contests.chat_settings import ChatQuizSettings
from bot.features.contests.commands import LEAD_IN, ContestCommands, nobody
from bot.features.contests.daily_question import DailyQuestion
from bot.features.contests.display import ContestDisplay
from bot.features.contests.leaderboard import Leaderboard
from bot.features.contests.member_answers import MemberAnswers
from bot.features.contests.polls import Polls
from bot.features.contests.question_reports import QuestionReporting
from bot.features.contests.seasons import Seasons
from bot.knowledge.model import Knowledge
from bot.question_bank import QuestionPool
from bot.quiz.question import Question
from bot.records.chats import ScheduleKind, group_of
from bot.records.feedback import Clock
from bot.saved_banks import SavedBanks
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


_log = logging.getLogger(__name__)
_NO = "no"  # forget me? no
LONGEST_SHOWING = 5.0  # seconds that a page waits for what is to be shown on it
LONGEST_WAIT = 60.0  # seconds between two tries to read a database that cannot be read


class ContestsFeature:
    """All of quizzes that a conversation needs.

    ``channels``, ``polls`` and ``quiet`` are for those who wire channels, ``questions`` for those who take questions
    out; ``guard`` is to be asked before a passage is shown.

    ``bank`` and ``knowledge`` give what is served now, ``new_id`` a short id that was never given before. ``is_host``
    tells whether a member rules over contests and settings everywhere, asked at each action; ``zone`` is the time zone
    where nobody named another. ``also_forget`` erases what is kept of a member elsewhere; raises StorageError.
    ``audit`` keeps who set what in a group. ``lead_in``: seconds between the opening of a contest of several and its
    first question. ``reading``: within, ``bank`` and ``knowledge`` give the document that a chat reads.
    """

    def __init__(
        self,
        store: ContestRepository,
        bank: Callable[[], Sequence[Question]],
        knowledge: Callable[[], Knowledge],
        *,
        audit: AuditLog,
        clock: Clock,
        new_id: Callable[[], str],
        is_host: Callable[[str], Awaitable[bool]] = nobody,
        zone: str = "Asia/Shanghai",
        also_forget: Callable[[str], Awaitable[None]] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        lead_in: int = LEAD_IN,
        saved_banks: SavedBanks | None = None,
        reading: Reading = reading_the_same,
    ) -> None:
        names = MemberNameCache(store)
        self.channels = Channels()
        self.quiet = QuietHoursRepository(store, clock, zone, sleep=sleep)
        self.questions = QuestionPool(store, bank)
        display = ContestDisplay(self.channels, names, self.quiet, self.questions.removed, sleep=sleep)
        self.contests = Contests(store, clock, display, sleep=sleep)
        self.guard = AnswerGuard(self.contests.asking, self.contests.held, store)
        self.polls = Polls(self.contests, names, self.guard, sleep=sleep)
        display.on_poll = self.polls.add
        permissions = self.permissions = ChatPermissions(self.channels, is_host, audit, clock)
        playing = ContestCommands(
            self.contests,
            store,
            self.channels,
            names=names,
            bank=self.questions,
            knowledge=knowledge,
            clock=clock,
            new_id=new_id,
            rules=permissions.is_moderator,
            guard=self.guard,
            lead_in=lead_in,
            zone=zone,
            sleep=sleep,
            saved_banks=saved_banks,
            quiet=self.quiet,
            reading=reading,
        )
        responding = MemberAnswers(self.contests, self.channels, names, clock, knowledge=knowledge, commands=playing)
        daily = DailyQuestion(store, playing=playing, permissions=permissions, clock=clock, zone=zone)
        seasons = Seasons(store, permissions, clock, zone)
        ranking = Leaderboard(store, clock, zone, contests=self.contests, seasons=seasons, permissions=permissions)
        habits = ChatQuizSettings(store, permissions)
        reporting = QuestionReporting(store, self.questions, clock)
        self._taken_up = asyncio.Event()
        self.paused = False
        """Whether the database cannot be read, so that contests which were running are not taken up yet."""
        self.due: dict[ScheduleKind, Due] = {"daily": daily.ask}
        """What to do when it is time, by what it is; other features add theirs before ``run``."""
        self._commands: Mapping[CommandName, Handle] = {
            "quiz": playing.quiz,
            "skip": playing.skip,
            "stop": playing.stop,
            "pause": playing.pause,
            "void": playing.void,
            "rank": ranking.rank,
            "season": seasons.season,
            "daily": daily.daily,
            "settings": habits.settings,
            "report": reporting.report,
        }
        self._buttons: Mapping[str, Handle] = {
            "m": playing.quiz,
            "s": playing.press_start,
            "l": playing.press_late,
            "r": playing.press_again,
            "t": playing.press_sections,
            "a": responding.press_answer,
            "c": playing.resume,
            "j": playing.join,
            "x": playing.stop,
            "k": ranking.press,
            "i": ranking.press_own,
            "o": playing.press_void,
            "z": playing.appointments.press_cancel,
            "d": daily.press_daily,
            "q": seasons.press_begin,
            "p": habits.press,
            "b": reporting.press_contest,
            "e": reporting.press_question,
        }
        self._responding = responding
        self._playing = playing
        self._reporting = reporting
        self._store = store
        self.also_forget = [also_forget] if also_forget is not None else []
        """Erase what is kept of a member elsewhere; other features add theirs."""
        self.also_restore: list[Callable[[], Awaitable[None]]] = []
        """Take up what hangs on contests that were taken up; raises StorageError."""
        self._clock = clock
        self._sleep = sleep

    def feature(self) -> Feature:
        """Everything that can be typed or pressed."""
        return Feature(
            commands={name: self.guarded(handle) for name, handle in self._commands.items()}
            | {"forget": self.guarded(_ask_to_forget, needs_channel=False)},
            code=Code.QUIZ,
            buttons={name: self.guarded(handle) for name, handle in self._buttons.items()}
            | {"f": self.guarded(self._forget, needs_channel=False)},
            claim=Claim(
                self.contests.held,
                self._responding.asked_at,
                self.claiming(self._responding.typed),
                unread=self._responding.unread,
            ),
            unlimited=True,
            jobs={"quizzes": self.run},
        )

    def guarded(self, handle: Handle, *, needs_channel: bool = True) -> Handler:
        """``handle`` for everybody, if quizzes go on just now and, unless not needed, questions can be brought there.

        What the store cannot do is told.
        """

        async def handled(rest: str, incoming: Incoming) -> Reply:
            if needs_channel and self.channels.of(incoming.chat) is None:  # nothing is offered where nothing can come
                return say(Wording.NOT_HERE)
            if needs_channel and incoming.guest:
                return replace(say(Wording.NAME_FIRST), needs_name=True)
            if self.paused:
                return say(Wording.UNREAD)
            try:
                return await handle(rest, incoming)
            except StorageError as error:
                return _not_kept(error, incoming)

        return for_everybody(handled)

    def claiming(self, typed: Typed) -> Typed:
        """``typed``, which tells what the store cannot do."""

        async def handled(incoming: Incoming) -> Reply | None:
            try:
                return await typed(incoming)
            except StorageError as error:
                return _not_kept(error, incoming)

        return handled

    async def settled(self, chat: str) -> None:
        """Return when what runs in ``chat`` has shown what it has to show just now, or could not for a while."""
        for daily in (False, True):
            running = self.contests.at(chat, daily=daily)
            if running is not None and running.showing is not None:
                await asyncio.wait({running.showing}, timeout=LONGEST_SHOWING)

    def points_in_use(self) -> set[str]:
        """The ids of the points that contests which run ask about."""
        running = [one.contest for one in self.contests.held if not one.contest.finished]
        return {question.point for contest in running for question in contest.setup.questions}

    async def run(self) -> None:
        """Let time go on from ``restore`` on, until cancelled."""
        await self._taken_up.wait()
        try:
            await self._restore_later()
            async with asyncio.TaskGroup() as running:
                running.create_task(self._playing.appointments.run())
                running.create_task(
                    keep_appointments(self._store, self._clock, self.due, self.quiet, sleep=self._sleep)
                )
        finally:
            await self.contests.close()

    async def restore(self) -> None:
        """Take up the contests that were running; where the database cannot be read, ``run`` goes on trying.

        To be called when the channels are added and nothing has come from them yet: a vote needs its contest, and
        waits for it where it cannot be read. Until then no quiz begins, as another may be running there.
        """
        self._taken_up.set()
        try:
            self.guard.linked = await self._store.linked_accounts()
            restored = await self.contests.restore(lambda chat: self.channels.of(chat) is not None)
            for restore in self.also_restore:
                await restore()
        except (StorageError, ValueError) as error:  # ValueError: what is read makes no sense
            self._unread(error)
            return
        for running, polls in restored:
            for poll in polls:
                self.polls.add(poll)
            await self._playing.take_up(running)
            if not (running.contest.finished or running.contest.rules.solo):
                with suppress(StorageError):  # those who are met from now on are known all the same
                    await self.guard.load_members(running.contest.setup.chat)
        self.contests.resume()
        if self.paused:
            _log.info("the database can be read again, quizzes go on")
        self.paused = False
        self.polls.open()

    def _unread(self, error: Exception) -> None:
        if not self.paused:  # once: it may last for days
            _log.warning("quizzes are paused, members' questions are answered: %s", error)
        self.paused = True
        self.polls.shut()

    async def _restore_later(self) -> None:
        """Try again, ever less often, until contests are taken up."""
        wait = 1.0
        while self.paused:
            await self._sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
            await self.restore()

    async def _forget(self, rest: str, incoming: Incoming) -> Reply:
        if _speaks_as_group(incoming):
            return told(Wording.FORGET_AS_ONESELF, incoming)
        print_, _, answer = rest.partition("-")
        if print_ != buttons.fingerprint(incoming.person):
            return Reply(toast=Wording.NOT_FOR_YOU)
        if answer == _NO:
            return replace(say(Wording.FORGET_NOTHING), edits_message=True)
        for account in await self._store.accounts_of(incoming.person):
            await self._playing.forget(account)
            self.guard.forget(account)
            for forget in self.also_forget:
                await forget(account)
            await self._store.delete_member(account, await self._reporting.keys_of(account))
        self.guard.linked = await self._store.linked_accounts()
        return replace(say(Wording.FORGOTTEN), transient=True)


def _not_kept(error: StorageError, incoming: Incoming) -> Reply:
    _log.warning("not kept or not read: %s", error, extra={"request_id": incoming.request_id})
    return say(Wording.NOT_KEPT)


def _speaks_as_group(incoming: Incoming) -> bool:
    """Whether a hidden admin speaks, by the key of the group: what is kept by it is no single person's."""
    return not incoming.is_private and incoming.person == group_of(incoming.chat)


async def _ask_to_forget(_: str, incoming: Incoming) -> Reply:
    if _speaks_as_group(incoming):
        return say(Wording.FORGET_AS_ONESELF)
    press = Code.QUIZ.to(f"f-{buttons.fingerprint(incoming.person)}")
    choices = (Choice(Wording.FORGET_YES, press), Choice(Wording.FORGET_NO, f"{press}-{_NO}"))
    return Reply((Part("text", Wording.FORGET),), choices)
