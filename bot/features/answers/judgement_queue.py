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
from typing import Any, Final, Protocol

from bot.errors import BusyError, DepartedError
from bot.records.feedback import InThread
from bot.retrieval.message.followup import may_be_followup
from bot.retrieval.normalize.question import MAX_LENGTH, normalize_question
from bot.retrieval.verdict import Verdict

MAX_WAITING: Final = 10_000
"""Characters of all questions that wait: some ten seconds of the model. More are refused, which is told."""
SHORT: Final = 60
"""Characters of a question that is soon judged: one worker is for those alone, so that none waits for a long one."""
LANES: Final = (SHORT, MAX_LENGTH)
"""The longest question that each worker takes, the choosiest first."""

Departure = Callable[[], Awaitable[object]]
"""Returns when whoever asked is gone; never raises."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a question takes: all ``person`` of one ``origin`` share what the origin gets."""

    origin: str
    person: str


class Judge(Protocol):
    """What answers questions: a ``Retriever``, or a document that is compared with others."""

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        """The verdict on ``text``, asked after the questions of ``history``."""


_Key = tuple[Judge, str, tuple[str, ...]]


@dataclass(eq=False, slots=True)
class Job:
    """A question that waits or is being judged. ``size`` in characters; ``turns`` are of those who wait for it."""

    turns: Counter[Turn]
    size: int
    key: _Key
    done: asyncio.Future[Verdict]


@dataclass(slots=True)
class FairQueue:
    """Jobs that wait, at most ``limit`` characters of them. Each origin has its turn, and in it each person.

    Round robin: whoever was served goes behind all others that wait, and so does whoever is new. A job of several
    askers is taken when it is the turn of the first of them, and counts for who has the fewest.
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
        for turn in job.turns:
            self._enter(turn)
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
        job = min(fitting, key=lambda job: min((self._turns[turn.origin], self._turns[turn]) for turn in job.turns))
        last = self._next()
        for turn in job.turns:
            self._turns[turn.origin] = self._turns[turn] = last
        self.remove(job)
        return job

    def join(self, job: Job, turn: Turn) -> None:
        """Somebody else waits for ``job`` too, wherever it is."""
        job.turns[turn] += 1
        if job in self:
            self._enter(turn)

    def leave(self, job: Job, turn: Turn) -> None:
        """Somebody waits for ``job`` no more, nor does it itself where nobody else waits for it."""
        job.turns[turn] -= 1
        if job.turns[turn]:
            return
        del job.turns[turn]
        if job in self:
            self._tidy(turn)
            if not job.turns:
                self.remove(job)

    def remove(self, job: Job) -> None:
        """``job`` waits no more."""
        self._waiting.remove(job)
        for turn in job.turns:
            self._tidy(turn)

    def _enter(self, turn: Turn) -> None:
        for key in (turn.origin, turn):
            if key not in self._turns:
                self._turns[key] = self._next()

    def _tidy(self, turn: Turn) -> None:
        """Nothing is known of who has nothing that waits."""
        waiting = [other for job in self._waiting for other in job.turns]
        if turn not in waiting:
            self._turns.pop(turn, None)
        if all(other.origin != turn.origin for other in waiting):
            self._turns.pop(turn.origin, None)

    def _loser(self) -> Job:
        origins = Counter(origin for job in self._waiting for origin in {turn.origin for turn in job.turns})
        persons = Counter(turn for job in self._waiting for turn in job.turns)

        def claim(job: Job) -> tuple[int, int, int]:
            origin, person = min((origins[turn.origin], persons[turn]) for turn in job.turns)
            return origin, person, -len({turn.origin for turn in job.turns})

        return max(reversed(self._waiting), key=claim)

    def _next(self) -> int:
        self._count += 1
        return self._count


class JudgementQueue:
    """Asks judges in worker threads, which ``in_thread`` starts: one for each of ``lanes``."""

    def __init__(self, in_thread: InThread, *, lanes: Sequence[int] = LANES, limit: int = MAX_WAITING) -> None:
        self._in_thread = in_thread
        self._idle = list(lanes)
        self._queue = FairQueue(limit)
        self._jobs: dict[_Key, Job] = {}
        self._working: set[asyncio.Task[None]] = set()  # the event loop itself keeps no task alive

    def __len__(self) -> int:
        return len(self._queue)

    async def ask(
        self, judge: Judge, text: str, history: Sequence[str], turn: Turn, departure: Departure | None = None
    ) -> Verdict:
        """What ``judge.ask`` gives, when it is the ``turn`` of whoever asks.

        The same question asked meanwhile is judged once. Raises BusyError where too much waits already, DepartedError
        where ``departure`` returns first.
        """
        key = (judge, text, tuple(history))
        job = self._jobs.get(key)
        if job is None:
            job = self._put(key, turn)
        else:
            self._queue.join(job, turn)
        try:
            return await _unless(departure, job.done)
        finally:
            self._leave(job, turn)

    def _put(self, key: _Key, turn: Turn) -> Job:
        _, text, history = key
        job = Job(Counter([turn]), _size(text, history), key, asyncio.get_running_loop().create_future())
        self._jobs[key] = job
        for dropped in self._queue.put(job):
            del self._jobs[dropped.key]
            if dropped is job:
                raise BusyError
            dropped.done.set_exception(BusyError())
        self._start()
        return job

    def _leave(self, job: Job, turn: Turn) -> None:
        """Whose ``turn`` it is waits for ``job`` no more.

        Where nobody does, it is not judged; what a thread has begun it ends, and it is remembered for the next.
        """
        self._queue.leave(job, turn)
        if not job.turns and self._jobs.get(job.key) is job and not job.done.done():
            del self._jobs[job.key]

    def _start(self) -> None:
        for longest in tuple(self._idle):
            job = self._queue.take(longest)
            if job is not None:
                self._idle.remove(longest)
                task = asyncio.create_task(self._work(job, longest), name="judging")
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _work(self, job: Job, longest: int) -> None:
        judge, text, history = job.key
        try:
            verdict = await self._in_thread(partial(judge.ask, text, history))
        except Exception as error:
            if job.turns:
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


def _size(text: str, history: Sequence[str]) -> int:
    """The characters that are read: of a question, and of the one before it where it may lean on that."""
    before = history[-1] if history and may_be_followup(normalize_question(text).core) else ""
    return min(len(text) + len(before), MAX_LENGTH)
