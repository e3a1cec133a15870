"""Shows what contests want shown, on the channel that a chat belongs to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import timedelta

from bot.access.member_names import MemberNameCache
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.contests.session import ContestSession
from bot.conversation.channel import Channels, QuizChannel, Refusal, RefusedQuestion, SentQuestion
from bot.conversation.messages import Choice, Code, Part, Reply
from bot.errors import StorageError
from bot.features.contests import presenter as replies
from bot.features.contests.presenter import title_of
from bot.quiz.contest.effects import (
    AnnouncePause,
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    Effect,
    RevealAnswer,
    UpdateScores,
)
from bot.quiz.contest.engine import is_at
from bot.quiz.contest.events import Event, OpeningSent, Pause, QuestionSent, SendFailed, Stop
from bot.quiz.contest.scoring import scores
from bot.quiz.contest.state import PAUSE_TIMEOUT, Contest
from bot.records.contests import ContestRow, PollRecord
from bot.wording import ChatRefusals as Wording
from bot.wording import Contests

Shown = tuple[Event, tuple[ContestRow, ...]] | None
DOUBT = timedelta(seconds=2)
"""For so long after the platform is heard again, an answer may show that a question is in its chat."""
_log = logging.getLogger(__name__)


class ContestDisplay:
    """Implements ``bot.contests.session.Display``. ``on_poll`` gets each poll as soon as it is in its chat.

    ``removed`` gives the ids of the questions that are not to be asked any more, in contests that run neither.
    """

    def __init__(
        self,
        channels: Channels,
        names: MemberNameCache,
        quiet: QuietHoursRepository,
        removed: Callable[[], Awaitable[Collection[str]]],
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._removed = removed
        self._sleep = sleep
        self.on_poll: Callable[[PollRecord], None] = _ignore
        self._channels = channels
        self._names = names
        self._quiet = quiet

    async def show(self, running: ContestSession, effect: Effect) -> Shown:
        """Perform ``effect``; for an opening and for a question, tell what became of it."""
        contest = running.contest
        channel = self._channels.of(contest.setup.chat)
        if channel is None:
            return (SendFailed(effect.round), ()) if isinstance(effect, AskQuestion) else None
        match effect:
            case AnnounceStart() if contest.rules.mode != "daily":
                await channel.post(contest.setup.chat, replies.begins(contest))
                return OpeningSent(), ()
            case AskQuestion(number):
                return await self._ask(channel, running, number)
            case CloseQuestion(number) if number in running.messages:
                await channel.close(contest.setup.chat, running.messages[number])
            case RevealAnswer(number):
                await self._reveal(channel, running, number)
            case UpdateScores() if channel.polls:  # what was said where nothing is edited stands: a member is forgotten
                await self._rescore(channel, running)
            case AnnouncePause() if running.refusal is not None:
                await self._tell_refusal(channel, contest, running.refusal)
            case AnnouncePause():
                await channel.post(contest.setup.chat, replies.paused(contest))
            case AnnounceResult() if contest.rules.mode != "daily":
                await self._end(channel, running)
            case AnnounceResult() if scores(contest):  # nobody is waiting for how a daily question ended
                now = await self._when_not_quiet(running)
                if scores(now):
                    running.board = await channel.post(now.setup.chat, await self._final(now))
            case _:
                pass
        return None

    async def _ask(self, channel: QuizChannel, running: ContestSession, number: int) -> Shown:
        setup = running.contest.setup
        if running.in_doubt == number and not await self._is_missing(channel, running):
            return None
        sent: SentQuestion | RefusedQuestion | None = None
        if not await self._is_removed(setup.questions[number].id):
            asked = replace(replies.asked_of(running.contest, number), again=running.resent_round == number)
            sent = await channel.ask(setup.chat, asked)
        if isinstance(sent, RefusedQuestion):
            return await self._refused(channel, running, sent.reason), ()
        if sent is None:
            return SendFailed(number), ()
        running.refusal = None
        if sent.message:
            running.messages[number] = sent.message
        if not sent.poll:
            return QuestionSent(number), ()
        poll = PollRecord(sent.poll, setup.id, number, sent.message)
        self.on_poll(poll)
        return QuestionSent(number), (poll,)

    async def _is_missing(self, channel: QuizChannel, running: ContestSession) -> bool:
        """Whether no answer shows that a question had reached its chat before the process before this one died."""
        await channel.hears()
        await self._sleep(DOUBT.total_seconds())
        missing = running.in_doubt is not None and is_at(running.contest, running.in_doubt, "asking")
        running.in_doubt = None
        return missing

    async def _refused(self, channel: QuizChannel, running: ContestSession, reason: Refusal) -> Event:
        """The chat takes no question: wait until that is allowed, or end."""
        contest = running.contest
        _log.warning("contest %s stops, its chat takes no question: %s", contest.setup.id, reason)
        running.refusal = reason
        if can_go_on(contest, reason):
            return Pause()
        if contest.rules.mode == "daily":
            await self._tell_refusal(channel, contest, reason)
        return Stop(contest.setup.starter, privileged=True)

    async def _tell_refusal(self, channel: QuizChannel, contest: Contest, reason: Refusal) -> None:
        """Say in the chat what to allow, or to the starter where the chat does not take that either."""
        here = refusal_in_chat(contest, reason)
        if here is not None and await channel.post(contest.setup.chat, here):
            return
        if contest.setup.starter and not contest.rules.solo:
            await channel.post(contest.setup.starter, refusal_to_starter(contest, reason))

    async def _end(self, channel: QuizChannel, running: ContestSession) -> None:
        """Show the final board; where its chat does not take it, to whoever started the contest."""
        contest = running.contest
        board = await self._final(contest)
        if running.final_in_doubt:
            board = replies.again(board)
        reason = running.refusal if running.refusal != "no_polls" else None
        if reason is None:
            running.board = await channel.post(contest.setup.chat, board)
        starter = contest.setup.starter
        if channel.polls and not running.board and starter and not contest.rules.solo:
            await channel.post(starter, board_to_starter(contest, board, reason))

    async def _is_removed(self, question: str) -> bool:
        try:
            return question in await self._removed()
        except StorageError as error:
            _log.warning("a question is asked unseen: %s", error)
            return False

    async def _reveal(self, channel: QuizChannel, running: ContestSession, number: int) -> None:
        contest = running.contest
        told_at_once = contest.rules.solo and contest.progress.rounds[number].reason == "answered"
        is_typed = contest.rules.solo and contest.setup.questions[number].needs_words  # no poll shows its answer
        if is_typed or not channel.polls:
            if not told_at_once:
                await channel.post(contest.setup.chat, replies.reveal(contest, number))
        elif not contest.rules.solo and not contest.finished and contest.rules.mode != "daily":
            await self._put(channel, running, replies.board(contest, await self._names_of(contest)))

    async def _rescore(self, channel: QuizChannel, running: ContestSession) -> None:
        contest = running.contest
        if contest.finished and (running.board or scores(contest)):
            await self._put(channel, running, await self._final(contest))
        elif running.board:
            await self._put(channel, running, replies.board(contest, await self._names_of(contest)))

    async def _put(self, channel: QuizChannel, running: ContestSession, reply: Reply) -> None:
        """One board for each contest: edited, and posted anew only where that is not possible."""
        chat = running.contest.setup.chat
        if not running.board or not await channel.edit(chat, running.board, reply):
            running.board = await channel.post(chat, reply)

    async def _when_not_quiet(self, running: ContestSession) -> Contest:
        """The contest as it is when its chat's quiet hours are over: by then it may be another's, or a member gone."""
        chat = ""
        while chat != running.contest.setup.chat:
            chat = running.contest.setup.chat
            await self._quiet.wait_until_over(chat)
        return running.contest

    async def _final(self, contest: Contest) -> Reply:
        return replies.final(contest, await self._names_of(contest))

    async def _names_of(self, contest: Contest) -> dict[str, str]:
        try:
            return await self._names.names_of(score.member for score in scores(contest))
        except StorageError as error:
            _log.warning("a board goes without names: %s", error)
            return {}


def _ignore(_: PollRecord) -> None:
    """Nobody wants to know."""


_ENDED = {"no_words": Wording.NO_WORDS, "no_topic": Wording.NO_TOPIC, "gone": Wording.GONE}


def can_go_on(contest: Contest, reason: Refusal) -> bool:
    """Whether the contest waits for what an admin of the chat can allow; else nobody there could see it go on."""
    return reason == "no_polls" and contest.rules.mode != "daily"


def refusal_in_chat(contest: Contest, reason: Refusal) -> Reply | None:
    """What the chat itself is told: what to allow, and how to go on then. None where it cannot or need not hear it."""
    if reason != "no_polls":
        return None
    if contest.rules.mode == "daily":
        return Reply((Part("text", Wording.DAILY_NO_POLLS),))
    text = Wording.NO_POLLS.format(
        number=contest.current + 1,
        total=len(contest.setup.questions),
        minutes=int(PAUSE_TIMEOUT.total_seconds() // 60),
    )
    return Reply(
        (Part("text", text),), (Choice(Contests.RESUME, Code.QUIZ.to("c")), Choice(Contests.STOP, Code.QUIZ.to("x")))
    )


def refusal_to_starter(contest: Contest, reason: Refusal) -> Reply:
    """What the starter is told in private where the chat cannot hear it."""
    sentence = _ENDED.get(reason, Wording.NO_POLLS_NOR_WORDS)
    return Reply((Part("text", sentence.format(title=title_of(contest))),))


def board_to_starter(contest: Contest, board: Reply, reason: Refusal | None) -> Reply:
    """The final ``board`` for the starter in private, as its chat does not take it; a new round starts elsewhere."""
    sentence = _ENDED.get(reason or "", Wording.BOARD_NOT_SHOWN)
    return Reply((Part("text", sentence.format(title=title_of(contest))), *board.parts))
