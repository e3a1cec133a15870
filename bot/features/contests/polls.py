"""Polls of a platform, which tell a poll's id and neither chat nor question: whose they are, and what they bring."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.access.member_names import MemberNameCache
from bot.contests.runner import Contests
from bot.contests.session import ContestSession
from bot.conversation.answer_guard import AnswerGuard
from bot.quiz.contest.events import Answered, PlatformClosed, QuestionSent
from bot.records.contests import PollRecord

PATIENCE = 10.0  # seconds that a vote waits for its poll to be known: it may come before the receipt of sending it
_log = logging.getLogger(__name__)


class Polls:
    """The polls of all contests that are held."""

    def __init__(
        self,
        contests: Contests,
        names: MemberNameCache,
        guard: AnswerGuard,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._contests = contests
        self._guard = guard
        self._names = names
        self._sleep = sleep
        self._known: dict[str, PollRecord] = {}
        self._strays: dict[str, asyncio.Event] = {}
        self._open = asyncio.Event()
        self._open.set()

    def shut(self) -> None:
        """Contests cannot be read: until ``open`` nothing is taken, and a platform that is not told brings it again."""
        self._open.clear()

    def open(self) -> None:
        """Contests are taken up."""
        self._open.set()

    def add(self, poll: PollRecord) -> None:
        """A poll is in its chat. Votes that waited for it are counted now."""
        self._known[poll.poll] = poll
        if len(self._known) > 2 * len(self._contests.all()) + 1000:
            self._known = {name: old for name, old in self._known.items() if self._contests.find(old.contest)}
        waiting = self._strays.pop(poll.poll, None)
        if waiting is not None:
            waiting.set()

    async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
        """A member voted, or took a vote back. Returns when that is kept."""
        await self._open.wait()
        known = self._known.get(poll) or await self._wait(poll)
        running = self._contests.find(known.contest) if known is not None else None
        if known is None or running is None:
            _log.warning("a vote in an unknown poll was left out")
            return
        # a copy without a message is timed from when it may have come, where a later copy opened the round
        to_earlier_copy = not known.message and running.messages.get(known.round, "") != ""
        vote = Answered(
            known.round, member, tuple(chosen), receipt, platform_verified=True, to_earlier_copy=to_earlier_copy
        )
        await self._contests.apply_event(running, vote, *self._names.record_seen(member, name))

    async def seen(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        """The platform tells how a poll stands."""
        await self._open.wait()
        known = self._known.get(poll)
        if known is None:
            await self._adopt(poll, question, options, closed=closed)
            return
        running = self._contests.find(known.contest)
        if closed and running is not None:
            await self._contests.apply_event(running, PlatformClosed(known.round))

    async def moved(self, old: str, new: str) -> None:
        """The platform has given a chat another key; its polls go on there. Returns when that is kept."""
        await self._open.wait()
        self._guard.move(old, new)
        await self._contests.move(old, new)

    async def _wait(self, poll: str) -> PollRecord | None:
        if not any(_unsure(running) for running in self._contests.all()):
            return None
        waiting = self._strays.setdefault(poll, asyncio.Event())
        either = asyncio.ensure_future(waiting.wait()), asyncio.ensure_future(self._sleep(PATIENCE))
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in either:
                task.cancel()
        if not waiting.is_set():
            self._strays.pop(poll, None)
        return self._known.get(poll)

    async def _adopt(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        """A poll whose receipt was lost, in a kill or on the line. Its message is not known, so nobody can close it.

        Where its question has not been asked again since, it need not be: this is the one that is open.
        """
        owners = [
            (running, number)
            for running in self._contests.all()
            for number in _unsure(running)
            if _is_asked(running, number, question, options)
        ]
        if len(owners) != 1:
            return
        running, number = owners[0]
        adopted = PollRecord(poll, running.contest.setup.id, number, "")
        self.add(adopted)
        if running.in_doubt == number:
            running.in_doubt = None
            await self._contests.apply_event(running, QuestionSent(number), adopted)
            if closed:
                await self._contests.apply_event(running, PlatformClosed(number))
        else:
            await self._contests.save(running, adopted)


def _unsure(running: ContestSession) -> set[int]:
    """The rounds of a contest that may have a poll that is not known: the present one, one asked anew."""
    contest = running.contest
    rounds = set() if contest.finished or not contest.progress.rounds else {contest.current}
    return rounds if running.resent_round is None else {*rounds, running.resent_round}


def _is_asked(running: ContestSession, number: int, question: str, options: Sequence[str]) -> bool:
    asked = running.contest.setup.questions[number]
    return tuple(options) == asked.options and asked.question[:100] in question
