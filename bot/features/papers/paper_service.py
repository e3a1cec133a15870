"""Papers: begun, answered, given in, ranked. An answer is acknowledged only when it is durable.

A paper whose time is over needs nothing to be done: it counts as given in at that moment, whenever somebody looks. So
neither a restart nor a missed alarm can lose one.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from cachetools import LRUCache
from pydantic import TypeAdapter

from bot.errors import PaperRefusedError, StorageError
from bot.features.papers.competitions import Competitions, QuestionsOf, phase_of, rules_of
from bot.quiz.contest.scoring import Placement, Score, assign_places
from bot.quiz.paper import (
    BranchScore,
    Paper,
    PersonScore,
    branch_scores,
    draw_questions,
    due_time,
    paper_score,
    person_scores,
)
from bot.quiz.question import Question
from bot.quiz.seeded_random import digest
from bot.records.feedback import Clock
from bot.records.papers import CompetitionRecord, EntrantRecord, PaperAnswerRecord, PaperRecord, QuestionShare
from bot.text import readable
from bot.threads import run_in_thread
from bot.wording import Papers as Wording

if TYPE_CHECKING:
    from bot.storage.papers import PaperRepository

MAX_TYPED: Final = 200  # characters of a typed answer
MAX_HELD: Final = 3_000
"""Papers whose questions and answers are held; those of others are read each time. Drawn questions share the words of
their bank."""
MAX_BOARDS: Final = 20
SMALL_BOARD: Final = 200
"""Persons up to whom a board is counted anew after each paper; a larger one may be some seconds old."""
BOARD_AGE: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as somebody gives it: options, or a text; neither takes an answer back."""

    chosen: tuple[int, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """How a competition stands: persons and branches with their places, and who is who."""

    persons: tuple[Placement[PersonScore], ...]
    branches: tuple[Placement[BranchScore], ...]
    entrants: Mapping[str, EntrantRecord]
    counted_at: datetime

    def placement(self, person: str) -> Placement[PersonScore] | None:
        """The place of ``person``, if a paper of theirs is over."""
        return next((one for one in self.persons if one.score.person == person), None)


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper with its present answers by the number of their question, from 0."""

    paper: Paper
    answers: Mapping[int, PaperAnswerRecord]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(answer.chosen) for answer in self.answers.values())

    @property
    def score(self) -> Score:
        """What it has brought, or would now."""
        return paper_score(self.paper, {number: one.chosen for number, one in self.answers.items()})

    def is_right(self, number: int) -> bool:
        """Whether a question was answered rightly."""
        answer = self.answers.get(number)
        return answer is not None and answer.chosen == self.paper.questions[number].correct

    def next_open(self, after: int = -1) -> int | None:
        """The next question without an answer behind ``after``, else the first such; None if all have one."""
        open_ = [
            number
            for number in range(len(self.paper.questions))
            if not (number in self.answers and self.answers[number].chosen)
        ]
        return next((number for number in open_ if number > after), open_[0] if open_ else None)


class PaperService:
    """Papers of all competitions. ``zone``: a day begins and ends by its clocks. Every method raises StorageError.

    Papers that are being written are held, so that an answer is one write and no read. Where several processes share a
    database, one of them may take an answer to a paper that another has given in: its time tells, and it counts for
    nothing.

    ``person_of`` gives what the person of an account is called in rankings, ``accounts_of`` all accounts of a person.
    """

    def __init__(
        self,
        store: PaperRepository,
        competitions: Competitions,
        questions_of: QuestionsOf,
        accounts_of: Callable[[str], Awaitable[Sequence[str]]],
        person_of: Callable[[str], Awaitable[str]],
        *,
        clock: Clock,
        zone: str,
    ) -> None:
        self.competitions = competitions
        self._store = store
        self._questions_of = questions_of
        self._accounts_of = accounts_of
        self.person_of = person_of
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._questions: LRUCache[str, tuple[Question, ...]] = LRUCache(MAX_HELD)
        self._writing: LRUCache[str, WrittenPaper] = LRUCache(MAX_HELD)
        self._boards: LRUCache[str, Board] = LRUCache(MAX_BOARDS)
        self._deleted: LRUCache[str, bool] = LRUCache(MAX_HELD)
        """Accounts whose papers are deleted, or about to be, until they begin another."""
        self._ended: dict[str, datetime] = {}
        """When competitions were ended by hand: what was read before that may not know of it."""

    async def start(self, competition: CompetitionRecord, entrant: EntrantRecord) -> WrittenPaper:
        """A new paper for ``entrant``; the one that is being written, if there is one. Raises PaperRefusedError."""
        async with self._lock(f"{competition.id} {entrant.member}"):
            now, competition = self._clock(), await self.competitions.find(competition.id)
            papers = await self.papers_of(competition, entrant.member)
            writing = next((one for one in papers if not one.is_over(now)), None)
            if writing is not None:
                return await self._written(writing)
            left = self.tries_left(competition, papers, now)
            self._refuse_start(competition, left, now)
            bank = await self._questions_of(competition.document, competition.bank)
            number = len(papers) + 1
            seed = digest(competition.seed, entrant.member, number)
            recent = [question.id for paper in papers for question in paper.questions]
            questions = await run_in_thread(
                lambda: draw_questions(bank, competition.count, competition=competition.seed, seed=seed, recent=recent)
            )
            if not questions:
                raise PaperRefusedError(Wording.NO_QUESTIONS)
            record = PaperRecord(
                seed[:20],
                competition.id,
                entrant.member,
                number,
                now,
                due_time(now, rules_of(competition), competition.ends_at),
                len(questions),
                await run_in_thread(lambda: zlib.compress(_questions().dump_json(questions))),
            )
            await self._store.start_paper(record)
            current = await self.competitions.find(competition.id)
            if current.ends_at < competition.ends_at:  # it was ended meanwhile, but this paper was not there yet
                await self._store.end_competition(current.id, current.ends_at)
            self._deleted.pop(entrant.member, None)
            self._questions[record.id] = questions
            kept = await self._store.paper(record.id)  # another process may have been first
            if kept is None:
                raise PaperRefusedError(Wording.NOT_YOURS)
            return self._hold(await self._written(self._paper(kept)))

    async def papers_of(self, competition: CompetitionRecord, person: str) -> list[Paper]:
        """All papers of a person, by any account, the oldest first."""
        records = await self._store.papers_of(competition.id, await self._accounts_of(person))
        return [self._paper(record) for record in records]

    async def writing(self, competition: CompetitionRecord, person: str) -> WrittenPaper | None:
        """The paper that a person is writing now, if any."""
        now = self._clock()
        papers = await self.papers_of(competition, person)
        found = next((one for one in papers if not one.is_over(now)), None)
        return await self._written(found) if found is not None else None

    async def read(self, name: str, person: str) -> WrittenPaper:
        """A paper of a person's own. Raises PaperRefusedError."""
        return await self._written(await self._own(name, person))

    async def save(self, name: str, person: str, given: Mapping[int, GivenAnswer], *, receipt: int = 0) -> WrittenPaper:
        """Save answers to questions by their number; durable when it returns. Raises PaperRefusedError.

        ``receipt``: the channel's number of what they came with; one that was saved before changes nothing.
        """
        async with self._lock(name):
            written = await self._open(name, person)
            if receipt and any(one.receipt == receipt for one in written.answers.values()):
                return written
            now = self._clock()
            if now >= self._due_at(written.paper.competition, written.paper.due_at):  # ended while it was read
                raise PaperRefusedError(Wording.LATE)
            rows = self._rows(written.paper, given, receipt, now)
            self._writing.pop(name, None)  # whatever becomes of the write, it is not known until it is done
            await self._store.save_answers(*rows)
            return self._hold(WrittenPaper(written.paper, {**written.answers, **{row.number: row for row in rows}}))

    async def give_in(self, name: str, person: str, given: Mapping[int, GivenAnswer] | None = None) -> WrittenPaper:
        """Save what is ``given`` and give a paper in; one that is over stays as it is. Raises PaperRefusedError."""
        async with self._lock(name):
            paper = await self._own(name, person)
            self._writing.pop(name, None)
            now = self._clock()
            if not paper.is_over(now) and now < self._due_at(paper.competition, paper.due_at):
                await self._store.give_in(name, now, self._rows(paper, given or {}, 0, now))
                board = self._boards.get(paper.competition)
                if board is not None and len(board.persons) <= SMALL_BOARD:
                    self._boards.pop(paper.competition, None)
            return await self._written(await self._own(name, person))

    async def end(self, competition: CompetitionRecord) -> None:
        """End a competition now; papers that are being written count as they are."""
        at = max(self._clock(), competition.starts_at)
        self._ended.setdefault(competition.id, at)  # before it is written: no answer behind that is acknowledged
        try:
            await self._store.end_competition(competition.id, at)
        except StorageError:
            self._ended.pop(competition.id, None)
            raise
        self._boards.pop(competition.id, None)
        for name in [name for name, one in self._writing.items() if one.paper.competition == competition.id]:
            self._writing.pop(name, None)

    async def release(self, entrant: EntrantRecord) -> None:
        """Let a name be free again that somebody took by mistake; papers written under it are deleted."""
        await self.forget(entrant.member)
        await self._store.delete_entrant(entrant.competition, entrant.member)
        self._boards.pop(entrant.competition, None)

    async def forget(self, member: str) -> None:
        """Hold nothing of an account whose papers are about to be deleted, not even what is being saved just now."""
        self._deleted[member] = True
        for name in [name for name, one in self._writing.items() if one.paper.member == member]:
            self._writing.pop(name, None)
            self._questions.pop(name, None)
        self._boards.clear()

    def tries_left(self, competition: CompetitionRecord, papers: Sequence[Paper], now: datetime) -> int:
        """How many papers may still be begun today by who has begun ``papers``."""
        today = now.astimezone(self._zone).date()
        begun = sum(one.started_at.astimezone(self._zone).date() == today for one in papers)
        return max(competition.tries - begun, 0)

    async def board(self, competition: CompetitionRecord) -> Board:
        """How a competition stands; with many taking part, as it did some seconds ago."""
        now = self._clock()
        known = self._boards.get(competition.id)
        if known is not None and now - known.counted_at < BOARD_AGE:
            return known
        async with self._lock(f"board {competition.id}"):
            known = self._boards.get(competition.id)
            if known is not None and now - known.counted_at < BOARD_AGE:
                return known
            results = await self._store.results(competition.id, now)
            entrants = await self._store.entrants_by_person(competition.id)
            listed = await self.competitions.listed(competition)

            def count() -> Board:
                found = person_scores(results, competition.counting)
                branch_of = {person: entrant.branch for person, entrant in entrants.items()}
                return Board(assign_places(found), branch_scores(found, branch_of, listed), entrants, now)

            board = self._boards[competition.id] = await run_in_thread(count)
            return board

    async def questions_of(self, competition: CompetitionRecord) -> Sequence[Question]:
        """What its papers may ask now. Raises PaperRefusedError if its bank is gone."""
        return await self._questions_of(competition.document, competition.bank)

    async def question_shares(self, competition: CompetitionRecord) -> Sequence[QuestionShare]:
        """How each question did in the papers that are over."""
        return await self._store.question_shares(competition.id, self._clock())

    async def being_written(self, *, besides: str) -> Sequence[PaperRecord]:
        """All papers that are being written now, but for those of the channel ``besides``; none is unpacked."""
        return await self._store.open_papers(self._clock(), besides)

    def now(self) -> datetime:
        """The present time, by which all of this goes."""
        return self._clock()

    def today(self) -> date:
        """The present day by the clocks of the zone."""
        return self._clock().astimezone(self._zone).date()

    def _refuse_start(self, competition: CompetitionRecord, left: int, now: datetime) -> None:
        phase = phase_of(competition, now)
        if phase == "coming":
            raise PaperRefusedError(
                Wording.NOT_YET.format(title=competition.title, when=self.when(competition.starts_at))
            )
        if phase == "over":
            raise PaperRefusedError(Wording.OVER.format(title=competition.title))
        if not left:
            midnight = datetime.combine(self.today() + timedelta(days=1), time(), self._zone)
            tomorrow = competition.ends_at > midnight
            sentence = Wording.NO_TRIES_TOMORROW if tomorrow else Wording.NO_TRIES
            raise PaperRefusedError(sentence.format(tries=competition.tries))

    def when(self, moment: datetime) -> str:
        """``moment`` as people read it."""
        local = moment.astimezone(self._zone)
        return Wording.MOMENT.format(month=local.month, day=local.day, time=f"{local:%H:%M}")

    def window(self, competition: CompetitionRecord) -> str:
        """From when until when a competition lasts, as people read it."""
        return self.span(competition.starts_at, competition.ends_at)

    def span(self, start: datetime, end: datetime) -> str:
        """From when until when, as people read it: what ends at midnight ends with the day before."""
        local = end.astimezone(self._zone)
        until = self.when(end)
        if (local.hour, local.minute) == (0, 0):
            day = local - timedelta(minutes=1)
            until = Wording.MOMENT.format(month=day.month, day=day.day, time="24:00")
        return Wording.WINDOW.format(start=self.when(start), end=until)

    async def _own(self, name: str, person: str) -> Paper:
        record = await self._store.paper(name)
        if record is None or (record.member != person and record.member not in await self._accounts_of(person)):
            raise PaperRefusedError(Wording.NOT_YOURS)
        return self._paper(record)

    def _hold(self, written: WrittenPaper) -> WrittenPaper:
        paper = written.paper
        if paper.given_in_at is None and paper.competition not in self._ended and paper.member not in self._deleted:
            self._writing[paper.id] = written
        return written

    async def _open(self, name: str, person: str) -> WrittenPaper:
        held = self._writing.get(name)
        if held is not None and held.paper.member == person and not held.paper.is_over(self._clock()):
            return held
        paper = await self._own(name, person)
        if paper.given_in_at is not None:
            raise PaperRefusedError(Wording.GIVEN_IN)
        if paper.is_over(self._clock()):
            raise PaperRefusedError(Wording.LATE)
        return await self._written(paper)

    async def _written(self, paper: Paper) -> WrittenPaper:
        answers = await self._store.answers(paper.id)
        return WrittenPaper(paper, {answer.number: answer for answer in answers if answer.at <= paper.ended_at})

    def _rows(
        self, paper: Paper, given: Mapping[int, GivenAnswer], receipt: int, now: datetime
    ) -> list[PaperAnswerRecord]:
        rows = []
        for number, answer in given.items():
            if not 0 <= number < len(paper.questions):
                raise PaperRefusedError(Wording.NO_SUCH_QUESTION)
            question = paper.questions[number]
            typed = readable(answer.typed).strip()[:MAX_TYPED] if question.is_typed else ""
            chosen = tuple(sorted(set(answer.chosen)))
            if question.is_typed:
                chosen = question.typed(typed) if typed else ()
            elif not all(0 <= index < len(question.options) for index in chosen):
                raise PaperRefusedError(Wording.NO_SUCH_OPTION)
            right = chosen == question.correct
            rows.append(PaperAnswerRecord(paper.id, number, question.id, chosen, typed, right, receipt, now))
        return rows

    def _paper(self, record: PaperRecord) -> Paper:
        questions = self._questions.get(record.id)
        if questions is None:
            questions = self._questions[record.id] = _questions().validate_json(zlib.decompress(record.questions))
        return Paper(
            record.id,
            record.competition,
            record.member,
            record.number,
            record.started_at,
            self._due_at(record.competition, record.due_at),
            questions,
            record.given_in_at,
        )

    def _due_at(self, competition: str, due_at: datetime) -> datetime:
        return min(due_at, self._ended.get(competition, due_at))

    def _lock(self, name: str) -> asyncio.Lock:
        return self._locks.setdefault(name, asyncio.Lock())


@cache
def _questions() -> TypeAdapter[tuple[Question, ...]]:
    return TypeAdapter(tuple[Question, ...])
