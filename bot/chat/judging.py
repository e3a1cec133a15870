"""Long judgements beside the event loop: in fair turns, in worker threads, and never more of them than can wait.

A question that has to be searched for takes up to half a second of the embedding model, which lets go of the
interpreter's lock meanwhile: threads are enough, and they share the one index that a question is asked of.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from bot.chat.ports import InThread
from bot.errors import BotError
from bot.retrieval.question import MAX_LENGTH
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from bot.wording import BUSY, STOPPING

MAX_WAITING: Final = 10_000
"""Characters of all questions that wait: some ten seconds of the model. More are refused, which is told."""
SHORT: Final = 60
"""Characters of a question that is soon judged: one worker is for those alone, so that none waits for a long one."""
LANES: Final = (SHORT, MAX_LENGTH)
"""The longest question that each worker takes, the choosiest first."""

Departure = Callable[[], Awaitable[object]]
"""Returns when whoever asked is gone; never raises."""


class BusyError(BotError):
    """More questions wait than can be answered soon."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class DepartedError(BotError):
    """Whoever asked is gone, or the bot is about to stop: there is nobody to be answered."""

    def __init__(self) -> None:
        super().__init__(STOPPING)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a question takes: all ``person`` of one ``origin`` share what the origin gets."""

    origin: str
    person: str


_Key = tuple[Retriever, str, tuple[str, ...]]


@dataclass(eq=False, slots=True)
class Job:
    """A question that waits or is being judged. ``size`` in characters; ``askers`` are those who wait for it."""

    turn: Turn
    size: int
    key: _Key
    done: asyncio.Future[Verdict]
    askers: int = 0


@dataclass(slots=True)
class FairQueue:
    """Jobs that wait, at most ``limit`` characters of them. Each origin has its turn, and in it each person.

    Round robin: whoever was served goes behind all others that wait, and so does whoever is new.
    """

    limit: int = MAX_WAITING
    _waiting: list[Job] = field(default_factory=list)
    _turns: dict[str | Turn, int] = field(default_factory=dict)
    _count: int = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, job: Job) -> bool:
        return job in self._waiting

    @property
    def size(self) -> int:
        """The characters of all that waits."""
        return sum(job.size for job in self._waiting)

    def put(self, job: Job) -> Sequence[Job]:
        """Let ``job`` wait; gives those that have to go for it, or itself: the latest of whoever has the most."""
        self._waiting.append(job)
        for key in (job.turn.origin, job.turn):
            if key not in self._turns:
                self._turns[key] = self._next()
        dropped: list[Job] = []
        while self.size > self.limit:
            loser = self._loser()
            self.remove(loser)
            dropped.append(loser)
        return dropped

    def take(self, longest: int) -> Job | None:
        """The job whose turn it is among those of at most ``longest`` characters; None where there is none."""
        fitting = [job for job in self._waiting if job.size <= longest]
        if not fitting:
            return None
        job = min(fitting, key=lambda job: (self._turns[job.turn.origin], self._turns[job.turn]))
        self._turns[job.turn.origin] = self._turns[job.turn] = self._next()
        self.remove(job)
        return job

    def remove(self, job: Job) -> None:
        """``job`` waits no more."""
        self._waiting.remove(job)
        if all(other.turn != job.turn for other in self._waiting):
            del self._turns[job.turn]
        if all(other.turn.origin != job.turn.origin for other in self._waiting):
            del self._turns[job.turn.origin]

    def _loser(self) -> Job:
        origins = Counter(job.turn.origin for job in self._waiting)
        persons = Counter(job.turn for job in self._waiting)
        return max(reversed(self._waiting), key=lambda job: (origins[job.turn.origin], persons[job.turn]))

    def _next(self) -> int:
        self._count += 1
        return self._count


class Judging:
    """Asks retrievers in worker threads, which ``in_thread`` starts: one for each of ``lanes``."""

    def __init__(self, in_thread: InThread, *, lanes: Sequence[int] = LANES, limit: int = MAX_WAITING) -> None:
        self._in_thread = in_thread
        self._idle = list(lanes)
        self._queue = FairQueue(limit)
        self._jobs: dict[_Key, Job] = {}
        self._working: set[asyncio.Task[None]] = set()  # the event loop itself keeps no task alive

    def __len__(self) -> int:
        return len(self._queue)

    async def ask(
        self, retriever: Retriever, text: str, history: Sequence[str], turn: Turn, departure: Departure | None = None
    ) -> Verdict:
        """What ``retriever.ask`` gives, when it is the ``turn`` of whoever asks.

        The same question asked meanwhile is judged once. Raises BusyError where too much waits already, DepartedError
        where ``departure`` returns first.
        """
        key = (retriever, text, tuple(history))
        job = self._jobs.get(key) or self._put(key, turn)
        job.askers += 1
        try:
            return await _unless(departure, job.done)
        finally:
            job.askers -= 1
            if not job.askers and self._jobs.get(key) is job and not job.done.done():
                self._drop(job)

    def _put(self, key: _Key, turn: Turn) -> Job:
        job = Job(turn, min(len(key[1]), MAX_LENGTH), key, asyncio.get_running_loop().create_future())
        self._jobs[key] = job
        for dropped in self._queue.put(job):
            del self._jobs[dropped.key]
            if dropped is job:
                raise BusyError
            dropped.done.set_exception(BusyError())
        self._start()
        return job

    def _drop(self, job: Job) -> None:
        """Nobody waits for ``job`` any more. What a thread has begun it ends, and it is remembered for the next."""
        del self._jobs[job.key]
        if job in self._queue:
            self._queue.remove(job)

    def _start(self) -> None:
        for longest in tuple(self._idle):
            job = self._queue.take(longest)
            if job is not None:
                self._idle.remove(longest)
                task = asyncio.create_task(self._work(job, longest), name="judging")
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _work(self, job: Job, longest: int) -> None:
        retriever, text, history = job.key
        try:
            verdict = await self._in_thread(partial(retriever.ask, text, history))
        except Exception as error:
            if job.askers:
                job.done.set_exception(error)
        else:
            if not job.done.done():
                job.done.set_result(verdict)
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        self._idle.append(longest)
        self._idle.sort()
        self._start()


async def _unless(departure: Departure | None, done: asyncio.Future[Verdict]) -> Verdict:
    """What ``done`` gives, unless ``departure`` returns first."""
    if departure is None:
        return await asyncio.shield(done)
    leaving = asyncio.ensure_future(departure())
    waits: set[asyncio.Future[Any]] = {done, leaving}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
    if not done.done():
        raise DepartedError
    return done.result()
