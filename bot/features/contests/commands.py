"""Contests in the conversation: starting one, stopping it, going on, joining a team."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cachetools import FIFOCache

from bot.access.member_names import MemberNameCache
from bot.access.quotas import CONTESTS, VisitorQuota
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.contests.persistence import setup_from_json
from bot.contests.question_source import REMEMBERED, QuestionSource
from bot.contests.request_parser import (
    LEAST_SECONDS,
    MAX_COUNT,
    MOST_SECONDS,
    PLAYABLE,
    TOGETHER,
    QuizRequest,
    again,
    bank_of,
    example_topic,
    points_on,
    wanted_of,
)
from bot.contests.runner import Contests
from bot.contests.session import ContestSession
from bot.contests.start_time import join_time, names_a_time, split_time
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.channel import Channels
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, receipt_of, say
from bot.conversation.wants import AGAIN
from bot.errors import BotError, StorageError
from bot.features.contests import buttons
from bot.features.contests import presenter as replies
from bot.features.contests.appointments import Appointments, Reading, reading_the_same
from bot.features.contests.chat_settings import playable, usual_in
from bot.knowledge.model import Knowledge
from bot.question_bank import QuestionPool
from bot.quiz.contest.events import Break, Pause, Resume, Skip, Start, Stop, TeamJoined, Void
from bot.quiz.contest.state import Rules, Setup
from bot.quiz.question import Question
from bot.records.chats import ScheduleRecord
from bot.records.feedback import Clock
from bot.saved_banks import SavedBanks
from bot.text import clean, shorten
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


LATE = timedelta(minutes=5)  # a message that old starts nothing by itself: the bot was away when it was said
MAX_LATE = 500  # late wishes that wait for a yes
DAILY_SECONDS = 12 * 3600  # a daily question is over before the next one comes
MAX_LABEL = 40  # characters of a question on a button
_RESTORE = "-r"  # ends the button of a question that is void
LEAD_IN = 5  # seconds between the opening of a contest and its first question
TEAM_LEAD_IN = 4  # times as long, where a team is to be chosen first


class ContestCommands:
    """What members do in contests. ``knowledge`` gives what is served now, ``rules`` who may stop what others began.

    ``guard`` tells which questions are open elsewhere: asked here as well, they would give that contest away.

    ``lead_in``: seconds between the opening of a contest of several and its first question, 0 for none. ``zone``: the
    time zone in which set times are meant. ``quiet`` and ``reading`` are for contests at a set time.
    """

    def __init__(
        self,
        contests: Contests,
        store: ContestRepository,
        channels: Channels,
        *,
        names: MemberNameCache,
        bank: QuestionPool,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        new_id: Callable[[], str],
        rules: Callable[[Incoming], Awaitable[bool]],
        guard: AnswerGuard,
        lead_in: int = LEAD_IN,
        zone: str = "Asia/Shanghai",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        saved_banks: SavedBanks | None = None,
        quiet: QuietHoursRepository,
        reading: Reading = reading_the_same,
    ) -> None:
        self._contests = contests
        self._store = store
        self._channels = channels
        self._names = names
        self._bank = bank
        self._knowledge = knowledge
        self._clock = clock
        self._new_id = new_id
        self._rules = rules
        self._guard = guard
        self._lead_in = lead_in
        self._source = QuestionSource(store, bank, knowledge, saved_banks)
        self.appointments = Appointments(
            store,
            channels,
            start=self._start,
            offer_late=self._offer_late,
            rules=rules,
            quiet=quiet,
            reading=reading,
            clock=clock,
            zone=zone,
            new_id=new_id,
            sleep=sleep,
        )
        self._started = VisitorQuota("contests", *CONTESTS)
        self._late: FIFOCache[str, tuple[str, QuizRequest]] = FIFOCache(MAX_LATE)

    async def quiz(self, rest: str, incoming: Incoming) -> Reply:
        """Start what is wanted; with nothing wanted the kinds of contests, to tap. Raises StorageError."""
        usual = await self._usual(incoming)
        if not rest:
            return self._menu(incoming, usual)
        if rest.startswith(AGAIN):
            return await self._start_like_last(rest.removeprefix(AGAIN).strip(), incoming)
        if clean(rest) in Wording.TIME_WORDS:
            return await self.appointments.list(incoming)
        wanted = wanted_of(join_time(rest), usual)
        when, topic = split_time(wanted.topic)
        if names_a_time(when) and not points_on(self._knowledge(), wanted.topic):
            wanted = replace(wanted, topic=topic)
            return self._impossible(wanted, incoming) or await self.appointments.add(when, wanted, incoming)
        old = self._age(incoming)
        return self._offer_late(wanted, incoming.chat, old) if old > LATE else await self._start(wanted, incoming)

    async def press_start(self, rest: str, incoming: Incoming) -> Reply:
        """Start what the button wants. Raises StorageError."""
        wanted = buttons.wanted_by(rest, await self._usual(incoming))
        return await self._start(wanted, incoming) if wanted is not None else Reply(toast=Wording.GONE)

    async def press_late(self, offer: str, incoming: Incoming) -> Reply:
        """Start what somebody wanted long ago. Raises StorageError."""
        chat, wanted = self._late.get(offer, ("", None))
        if wanted is None or chat != incoming.chat:
            return Reply(toast=Wording.GONE)
        return await self._start(wanted, incoming)

    async def press_again(self, contest: str, incoming: Incoming) -> Reply:
        """Start what was played before in this chat, with other questions. Raises StorageError."""
        kept = await self._store.contest(contest)
        if kept is not None and kept.chat == incoming.chat:
            with suppress(ValueError):
                return await self._start(again(setup_from_json(kept.setup, "")), incoming)
        return Reply(toast=Wording.GONE)

    async def _start_like_last(self, count: str, incoming: Incoming) -> Reply:
        """Start what was played last in this chat, with ``count`` other questions if that is a number."""
        for kept in await self._store.last_contests(incoming.chat, REMEMBERED):
            with suppress(ValueError):
                wanted = again(setup_from_json(kept.setup, ""))
                if wanted.mode in PLAYABLE:
                    wanted = replace(wanted, count=int(count)) if count.isdecimal() else wanted
                    return await self._start(wanted, incoming)
        return self._menu(incoming, await self._usual(incoming))

    async def press_sections(self, rest: str, incoming: Incoming) -> Reply:
        """The sections, to tap. Raises StorageError."""
        usual = await self._usual(incoming)
        count = int(rest[:2]) if rest.isdecimal() else buttons.SHORT
        return buttons.sections(self._knowledge(), replace(usual, count=count))

    async def _usual(self, incoming: Incoming) -> QuizRequest:
        """What is usual in this chat, as far as it can be played there."""
        return playable(await usual_in(self._store, incoming.chat), is_private=incoming.is_private)

    def _age(self, incoming: Incoming) -> timedelta:
        """How long ago something was said, where the channel tells."""
        return self._clock() - datetime.fromtimestamp(incoming.sent_at, UTC) if incoming.sent_at else timedelta(0)

    def _offer_late(self, wanted: QuizRequest, chat: str, old: timedelta) -> Reply:
        """Ask whether what was wanted so long ago is wanted still: nobody may be there any more."""
        offer = self._new_id()
        self._late[offer] = (chat, wanted)
        minutes = int(old.total_seconds() // 60)
        ago = Wording.MINUTES.format(count=minutes) if minutes < 60 else Wording.HOURS.format(count=minutes // 60)
        text = Part("text", Wording.START_LATE.format(ago=ago))
        return Reply((text,), (Choice(Wording.START_NOW, Code.QUIZ.to(f"l-{offer}")),))

    def _menu(self, incoming: Incoming, usual: QuizRequest) -> Reply:
        chat = incoming.chat
        running = self._running_at(chat)
        if running is None:
            if not self.has_questions:
                return self.no_questions_yet()
            of = {question.point for question in self._bank.all()}
            points = [point for point in self._knowledge().points if point.id in of]
            paced = incoming.is_private and incoming.channel.self_paced
            topic = example_topic(points)
            return buttons.menu(usual, is_private=incoming.is_private, self_paced=paced, topic=topic)
        if running.contest.progress.phase == "paused":
            return replies.paused(running.contest)
        channel = self._channels.of(chat)
        running_stop = say(Wording.RUNNING_ALONE if running.contest.rules.self_paced else Wording.RUNNING_STOP)
        if channel is None or channel.polls or running.contest.progress.phase != "open":
            return replies.with_next(running_stop, running.contest)
        asked = replies.question(replies.asked_of(running.contest, running.contest.current))
        return replace(asked, parts=(*running_stop.parts, *asked.parts))

    @property
    def has_questions(self) -> bool:
        """Whether there are any questions on what is served: of a source without points none can be made."""
        return bool(self._bank.all())

    def no_questions_yet(self) -> Reply:
        """What is said instead of a contest, or of a question a day."""
        return say(Wording.NO_QUESTIONS_YET.format(title=self._knowledge().title))

    def _none_on(self, topic: str) -> Reply:
        if not self.has_questions:
            return self.no_questions_yet()
        return say(Wording.NO_TOPIC.format(topic=topic) if topic else Wording.NO_QUESTIONS)

    async def take_up(self, running: ContestSession) -> None:
        """A contest was taken up after a restart, where questions are words alone.

        Whoever was answering may be gone: a contest waits. A daily question, which is open for long, is shown again.
        What is self-paced waits anyway, and its question stands where it was shown.
        """
        contest = running.contest
        channel = self._channels.of(contest.setup.chat)
        if channel is None or channel.polls or contest.finished or contest.rules.self_paced:
            return
        if contest.rules.solo:
            await self._contests.apply_event(running, Pause())
        elif contest.rules.mode == "daily" and contest.progress.phase == "open":
            self._contests.ask_again(running)

    def _impossible(self, wanted: QuizRequest, incoming: Incoming) -> Reply | None:
        """Why ``wanted`` cannot be played, whenever; None if it can."""
        if not wanted.is_possible:
            return say(Wording.BAD_NUMBERS.format(count=MAX_COUNT, least=LEAST_SECONDS, most=MOST_SECONDS))
        if incoming.is_private and wanted.mode in TOGETHER:
            return say(Wording.ONLY_TOGETHER.format(mode=Wording.TITLES[wanted.mode]))
        return None

    async def _start(self, wanted: QuizRequest, incoming: Incoming, contest: str = "") -> Reply:
        """Start a contest; that it begins is shown in the chat, so a reply only says why none does."""
        refusal = self._impossible(wanted, incoming)
        if refusal is not None:
            return refusal
        if self._running_at(incoming.chat) is not None:
            return say(Wording.RUNNING_STOP)
        channel = self._channels.of(incoming.chat)
        if channel is None:
            return say(Wording.NOT_HERE)
        knowledge = self._knowledge()
        named = bank_of(wanted.topic)
        fitting: Sequence[Question] = ()
        refusal = None
        try:
            if named is None:
                fitting = await self._source.on_topic(wanted.topic)
            else:
                polls = channel.polls and not incoming.is_private
                fitting = await self._source.saved(named, lambda one: not (polls and one.needs_words))
        except StorageError:
            raise
        except BotError as error:
            refusal = say(str(error))
        contest = contest or self._new_id()
        free = self._guard.without_open(fitting, knowledge, incoming, incoming.chat)
        questions = await self._source.pick(incoming.chat, contest, wanted.count, free)
        if not questions:
            return refusal or (say(Wording.WITHHELD_START) if fitting else self._none_on(wanted.topic))
        if not incoming.is_private:
            await self._guard.load_members(incoming.chat)
        if not self._started.try_acquire(incoming.origin, self._clock().date(), shared=incoming.shared_origin):
            return say(Wording.TOO_MANY_STARTED)
        rules = Rules(
            wanted.mode,
            wanted.seconds,
            wanted.scoring,
            changeable=not channel.polls,
            solo=incoming.is_private,
            teams=Wording.TEAM_NAMES if wanted.mode == "teams" else (),
            # whoever plays alone has just pressed the button, and nobody else has to get ready
            lead_in=0 if incoming.is_private else self._lead_in * (TEAM_LEAD_IN if wanted.mode == "teams" else 1),
            self_paced=incoming.is_private and incoming.channel.self_paced,
        )
        titles = {section.id: section.title for section in knowledge.sections}
        topic = titles.get(wanted.topic, wanted.topic)
        setup = Setup(contest, incoming.chat, incoming.person, rules, questions, topic)
        try:
            effects = await self._contests.start(Start(setup), *self._names.record_seen(incoming.person, incoming.name))
        finally:
            if self._contests.find(contest) is None:  # nothing was kept, not the name either
                self._names.forget(incoming.person)
        return replies.notices(effects, incoming)

    async def start_daily(self, chat: str, contest: str, handled: ScheduleRecord) -> None:
        """Ask the daily question; ``handled`` is kept with it. Raises StorageError."""
        channel = self._channels.of(chat)
        if channel is None:  # of a channel that does not run in this process: another may ask it
            return
        free = self._guard.without_open(await self._bank.askable(), self._knowledge(), None, chat)
        questions = await self._source.pick(chat, contest, 1, free)
        rules = Rules("daily", DAILY_SECONDS, changeable=not channel.polls)
        if questions and self._contests.find(contest) is None:
            await self._contests.start(Start(Setup(contest, chat, "", rules, questions)), handled)
        if self._contests.find(contest) is None:  # nothing began: no questions, or the last one is open still
            await self._store.save_schedule(handled)

    async def stop(self, _: str, incoming: Incoming) -> Reply:
        """Stop the contest, if this person may."""
        return await self._interrupt(Stop, incoming)

    async def skip(self, _: str, incoming: Incoming) -> Reply:
        """Go on to the next question, if this person may."""
        return await self._interrupt(Skip, incoming)

    async def pause(self, _: str, incoming: Incoming) -> Reply:
        """Wait until somebody wants to go on, if this person may say so."""
        running = self._running_at(incoming.chat)
        if running is None:
            return say(Wording.NOT_RUNNING)
        if running.contest.progress.phase == "paused":
            return replies.paused(running.contest)
        if running.contest.rules.self_paced:
            return replies.with_next(say(Wording.RUNNING_ALONE), running.contest)
        by_starter = incoming.person == running.contest.setup.starter
        event = Break(incoming.person, not by_starter and await self._rules(incoming))
        return replies.notices(await self._contests.apply_event(running, event), incoming, running.contest)

    async def void(self, rest: str, incoming: Incoming) -> Reply:
        """Let a question of the last contest here count no more; without a number the questions, to tap."""
        if incoming.is_private:
            return say(Wording.VOID_ALONE)
        running = self._contests.at(incoming.chat)
        closed = (
            [number for number, round in enumerate(running.contest.progress.rounds) if round.closed] if running else []
        )
        if running is None or not closed:
            return say(Wording.VOID_NOTHING)
        restored = Wording.RESTORE_WORD in rest
        wanted = rest.replace(Wording.RESTORE_WORD, "").strip()
        if wanted.isdecimal() and int(wanted[:4]) - 1 in closed:
            return await self._void(running, int(wanted[:4]) - 1, incoming, restored=restored)
        contest = running.contest
        choices = []
        for number in closed:
            voided = contest.progress.rounds[number].voided
            mark = Wording.VOID_MARK if voided else ""
            label = f"{number + 1}. {shorten(contest.setup.questions[number].question, MAX_LABEL)}{mark}"
            # what it does is on the button: two who press the same one want the same
            choices.append(Choice(label, Code.QUIZ.to(f"o-{contest.setup.id}-{number}{_RESTORE if voided else ''}")))
        return Reply((Part("text", Wording.VOID_WHICH),), tuple(choices))

    async def press_void(self, place: str, incoming: Incoming) -> Reply:
        """Let the question of the button ``<contest>-<round>`` count no more; of ``<contest>-<round>-r`` again."""
        if incoming.is_private:
            return Reply(toast=Wording.VOID_ALONE)
        contest, _, number = place.removesuffix(_RESTORE).partition("-")
        running = self._contests.find(contest)
        if running is None or running.contest.setup.chat != incoming.chat or not number.isdecimal():
            return Reply(toast=Wording.GONE)
        return await self._void(running, int(number[:4]), incoming, restored=place.endswith(_RESTORE))

    async def _void(self, running: ContestSession, number: int, incoming: Incoming, *, restored: bool) -> Reply:
        by_starter = incoming.person == running.contest.setup.starter
        privileged = not by_starter and await self._rules(incoming)
        event = Void(incoming.person, number, privileged, restored)
        return replies.notices(await self._contests.apply_event(running, event), incoming, running.contest)

    async def resume(self, _: str, incoming: Incoming) -> Reply:
        """Go on after a pause, or to the next question that whoever plays alone wants."""
        running = self._running_at(incoming.chat)
        if running is None:
            return Reply(toast=Wording.NOT_RUNNING)
        if running.contest.rules.self_paced and running.contest.progress.phase == "open":  # asked for twice
            return Reply(toast=Wording.ANSWER_FIRST)
        effects = await self._contests.apply_event(running, Resume(incoming.person))
        return replies.notices(effects, incoming, running.contest)

    async def join(self, rest: str, incoming: Incoming) -> Reply:
        """Join a team."""
        running = self._running_at(incoming.chat)
        if running is None:
            return Reply(toast=Wording.NOT_RUNNING)
        teams = running.contest.rules.teams
        team = teams[int(rest)] if rest.isdecimal() and int(rest) < len(teams) else Wording.NO_TEAM
        known = self._names.record_seen(incoming.person, incoming.name)
        effects = await self._contests.apply_event(running, TeamJoined(incoming.person, team), *known)
        return replies.notices(effects, incoming, running.contest)

    async def forget(self, member: str) -> None:
        """Take a member out of all contests."""
        await self._contests.forget(member)
        self._names.forget(member)

    async def _interrupt(self, kind: type[Skip | Stop], incoming: Incoming) -> Reply:
        running = self._running_at(incoming.chat)
        if running is None:
            return say(Wording.NOT_RUNNING)
        by_starter = incoming.person == running.contest.setup.starter
        privileged = not by_starter and await self._rules(incoming)
        event = kind(incoming.person, privileged, receipt_of(incoming, self._clock))
        return replies.notices(await self._contests.apply_event(running, event), incoming, running.contest)

    def _running_at(self, chat: str) -> ContestSession | None:
        running = self._contests.at(chat)
        return running if running is not None and not running.contest.finished else None


async def nobody(_: str) -> bool:
    """Whether a member is a quiz host, where there are none."""
    return False
