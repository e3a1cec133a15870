"""A paper: one try at a competition that lasts for days. Pure.

A paper is scored by ``bot.quiz.contest.scoring`` itself: its questions and answers are put together as a contest of one
member without speed points, so that the same answers give the same points in a group, in the terminal and here. Time
breaks ties as it does there; but a paper is read back and forth, so that only its whole time can be told, and that is
what counts. Nothing has to happen when the time of a paper is over: whether it is, and when it ended, follows from when
it began, so that no restart can lose it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

from bot.quiz.contest.scoring import Placement, Score, assign_places, scores
from bot.quiz.contest.state import Answer, Contest, Progress, Round, Rules, Setup
from bot.quiz.question import Question
from bot.quiz.question_selection import select_questions, shuffle_options

Counting = Literal["best", "last"]
"""Which of a person's papers counts."""
LEAST_COUNT: Final = 1
MOST_COUNT: Final = 100
LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 600
MOST_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class PaperRules:
    """``count`` questions in ``minutes``, ``tries`` a day; which of them counts."""

    count: int = 20
    minutes: int = 30
    tries: int = 1
    counting: Counting = "best"

    @property
    def is_possible(self) -> bool:
        """Whether the numbers are within what can be held."""
        return (
            LEAST_COUNT <= self.count <= MOST_COUNT
            and LEAST_MINUTES <= self.minutes <= MOST_MINUTES
            and 1 <= self.tries <= MOST_TRIES
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A member's ``number``-th paper (from 1) of a competition, with its questions as they are put to this member.

    ``due_at`` is when its time is over; ``given_in_at`` when it was given in before that.
    """

    id: str
    competition: str
    member: str
    number: int
    started_at: datetime
    due_at: datetime
    questions: tuple[Question, ...]
    given_in_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it was given in, or its time is over."""
        return self.given_in_at is not None or now >= self.due_at

    @property
    def ended_at(self) -> datetime:
        """When it ends, or ended: when it was given in, at the latest when its time is over."""
        return min(self.given_in_at or self.due_at, self.due_at)

    @property
    def ms(self) -> int:
        """The time from its beginning to its end, in milliseconds."""
        return milliseconds(self.ended_at - self.started_at)


def milliseconds(time: timedelta) -> int:
    """``time`` in whole milliseconds."""
    return time // timedelta(milliseconds=1)


def due_time(started_at: datetime, rules: PaperRules, until: datetime) -> datetime:
    """When the time of a paper is over that begins at ``started_at``, of a competition that lasts ``until``."""
    return min(started_at + timedelta(minutes=rules.minutes), until)


def draw_questions(
    bank: Sequence[Question], count: int, *, competition: str, seed: str, recent: Sequence[str] = ()
) -> tuple[Question, ...]:
    """The questions of a paper: other ones for each ``seed``, of the same mix in all papers of a ``competition``.

    ``recent``: ids of what this person was asked in earlier papers, the latest last; they come last.
    """
    drawn = select_questions(bank, count, seed, recent=recent, mix=competition)
    return tuple(shuffle_options(question, seed) for question in drawn)


def paper_score(paper: Paper, answers: Mapping[int, tuple[int, ...]]) -> Score:
    """The score of ``paper`` with ``answers`` (number of the question, from 0 → what was chosen).

    ``ms`` is the time that the paper took.
    """
    rounds = tuple(Round(paper.started_at, paper.started_at, paper.ended_at, "time") for _ in paper.questions)
    given = tuple(
        {paper.member: Answer(answers[number], 0, number)} if number in answers else {}
        for number in range(len(paper.questions))
    )
    setup = Setup(paper.id, paper.competition, paper.member, Rules("contest", scoring="right"), paper.questions)
    contest = Contest(setup, Progress("finished", paper.ended_at, rounds), given)
    counted = next(iter(scores(contest)), Score(paper.member, 0, 0, 0, 0))
    return Score(counted.member, counted.points, counted.right, counted.answered, paper.ms, counted.counted)


@dataclass(frozen=True, slots=True)
class PaperResult:
    """What a paper that is over has brought, of ``total`` questions."""

    paper: str
    person: str
    number: int
    started_at: datetime
    points: int
    total: int
    ms: int


def counted_result(results: Iterable[PaperResult], counting: Counting) -> PaperResult:
    """The one of a person's ``results`` that counts: the best, of equals the quickest, then the first; or the last.

    Raises ValueError if there are none.
    """
    found = sorted(results, key=lambda one: (one.started_at, one.paper))
    if not found:
        raise ValueError("no results")
    return found[-1] if counting == "last" else min(found, key=lambda one: (-one.points, one.ms))


@dataclass(frozen=True, slots=True)
class PersonScore:
    """A person's counted result; ``tries`` papers are over."""

    person: str
    points: int
    ms: int
    total: int
    tries: int


def person_scores(results: Iterable[PaperResult], counting: Counting) -> tuple[PersonScore, ...]:
    """The score of each person with a paper that is over, by person."""
    of_person: defaultdict[str, list[PaperResult]] = defaultdict(list)
    for result in results:
        of_person[result.person].append(result)
    found = []
    for person in sorted(of_person):
        counted = counted_result(of_person[person], counting)
        found.append(PersonScore(person, counted.points, counted.ms, counted.total, len(of_person[person])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class BranchScore:
    """What a branch has: the average of those who took part, so that a larger branch is not ahead for its size.

    ``listed``: so many names of it are on the list of names; 0 if there is no list.
    """

    branch: str
    taken_part: int
    listed: int
    points: Fraction
    ms: Fraction

    @property
    def rate(self) -> Fraction | None:
        """The share of those listed who took part, at most 1; None if nobody is listed."""
        return min(Fraction(self.taken_part, self.listed), Fraction(1)) if self.listed else None


def branch_scores(
    found: Collection[PersonScore], branch_of: Mapping[str, str], listed: Mapping[str, int]
) -> tuple[Placement[BranchScore], ...]:
    """The branches with their places; those of which nobody took part stand last, persons without a branch in none.

    ``branch_of``: the branch by person. ``listed``: how many names of each branch are on the list, all branches.
    """
    members: defaultdict[str, list[PersonScore]] = defaultdict(list)
    for score in found:
        branch = branch_of.get(score.person, "")
        if branch:
            members[branch].append(score)
    branches = []
    for branch in sorted({*members, *listed}):
        own = members[branch]
        size = max(len(own), 1)
        points, ms = sum(one.points for one in own), sum(one.ms for one in own)
        branches.append(
            BranchScore(branch, len(own), listed.get(branch, 0), Fraction(points, size), Fraction(ms, size))
        )
    taking = [one for one in branches if one.taken_part]
    placed = assign_places(taking)
    last = len(placed) + 1
    return (*placed, *(Placement(last, one) for one in branches if not one.taken_part))
