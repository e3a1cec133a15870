"""Answers → scores, by mode → places. Counted anew whenever they are wanted: no sum is ever kept. Pure.

Equal scores share a place; the next place is skipped then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from bot.quiz.contest.state import Answer, Contest

FULL_POINTS = 1000
"""Points of a right answer given at once, with speed points; one given in the last moment gets half of them."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a member has.

    ``counted`` is the number of answers that brought the points, ``ms`` the time taken for them: it breaks ties only.

    Answers that bring nothing cost no time either: who guesses quickly is not ahead of who lets a question pass.
    """

    member: str
    points: int
    right: int
    answered: int
    ms: int
    counted: int = 0


@dataclass(frozen=True, slots=True)
class TeamScore:
    """What a team has: the average of its members, so that a larger team is not ahead for its size."""

    team: str
    members: int
    points: Fraction
    ms: Fraction


def without_open_question(contest: Contest) -> Contest:
    """``contest`` up to the last question that is closed: what may be shown while others still answer."""
    rounds = contest.progress.rounds
    if not rounds or rounds[-1].closed is not None:
        return contest
    return replace(contest, progress=replace(contest.progress, rounds=rounds[:-1]), answers=contest.answers[:-1])


def scores(contest: Contest) -> tuple[Score, ...]:
    """The score of each member who answered anything, by member."""
    valid = _valid(contest)
    winners = {number: winner(contest, number) for number in valid if contest.rules.is_buzzer(number)}
    return tuple(_score(contest, member, _given(valid, member), winners) for member in _players(valid))


def team_scores(contest: Contest) -> tuple[TeamScore, ...]:
    """The score of each team, in the order of the rules."""
    by_member = {score.member: score for score in scores(contest)}
    found = []
    for team in contest.rules.teams:
        members = [member for member, of in contest.progress.teams.items() if of == team]
        own = [by_member[member] for member in members if member in by_member]
        size = max(len(members), 1)
        points, ms = sum(score.points for score in own), sum(score.ms for score in own)
        found.append(TeamScore(team, len(members), Fraction(points, size), Fraction(ms, size)))
    return tuple(found)


def is_lost(contest: Contest) -> bool:
    """Whether a challenge has begun and nobody is left in it."""
    members = {member for given in contest.answers for member, answer in given.items() if answer.chosen}
    if members and contest.rules.hosted:  # who has joined late may still answer
        members |= set(contest.progress.teams)
    return bool(members) and all(is_out(contest, member) for member in members)


def is_out(contest: Contest, member: str) -> bool:
    """Whether a member's run in a challenge has ended."""
    return not _run(contest, _given(_valid(contest), member), member)[1]


def winner(contest: Contest, number: int) -> str | None:
    """Who gave the first right answer to a question: by the order of deliveries, which no clock can turn round."""
    right = [
        (answer.receipt, member)
        for member, answer in contest.answers[number].items()
        if contest.is_right(number, answer)
    ]
    return min(right)[1] if right else None


def _players(valid: Mapping[int, Mapping[str, Answer]]) -> list[str]:
    return sorted({member for given in valid.values() for member, answer in given.items() if answer.counts})


def _given(valid: Mapping[int, Mapping[str, Answer]], member: str) -> dict[int, Answer]:
    """A member's answers by question, without those taken back or passed."""
    return {number: of[member] for number, of in valid.items() if member in of and of[member].counts}


def _valid(contest: Contest) -> dict[int, Mapping[str, Answer]]:
    """The answers to each question that was not declared void."""
    return {number: of for number, of in enumerate(contest.answers) if not contest.progress.rounds[number].voided}


def _score(contest: Contest, member: str, given: Mapping[int, Answer], winners: Mapping[int, str | None]) -> Score:
    right = {number for number, answer in given.items() if contest.is_right(number, answer)}
    if contest.rules.mode == "challenge":
        counting = set(_run(contest, given, member)[0])
    else:
        counting = {number for number in right if winners.get(number, member) == member}
    wrong = given.keys() - right if contest.rules.segments else set[int]()
    return Score(
        member,
        points=sum(_points(contest, number, given[number]) for number in counting)
        - sum(_penalty(contest, number) for number in wrong),
        right=len(right),
        answered=len(given),
        ms=sum(given[number].ms for number in counting),
        counted=len(counting),
    )


def _points(contest: Contest, number: int, answer: Answer) -> int:
    segment = contest.rules.segment(number)
    if segment is not None:
        return segment.right
    if contest.rules.scoring == "right":
        return 1
    limit = contest.rules.seconds * 1000
    return FULL_POINTS // 2 + FULL_POINTS // 2 * (limit - answer.ms) // limit


def _penalty(contest: Contest, number: int) -> int:
    segment = contest.rules.segment(number)
    return segment.wrong if segment is not None else 0


def _run(contest: Contest, given: Mapping[int, Answer], member: str) -> tuple[list[int], bool]:
    """The questions of a member's run, and whether it still goes on.

    It begins with the first question that anybody answered, or that is open to who joined late, and ends with a wrong
    or a missed one.
    """
    run: list[int] = []
    first = max(_beginning(contest), contest.progress.first_rounds.get(member, 0))
    for number in range(first, len(contest.progress.rounds)):
        if contest.progress.rounds[number].voided:
            continue
        if number not in given:
            if _is_missed(contest, number):
                return run, False
        elif contest.is_right(number, given[number]):
            run.append(number)
        else:
            return run, False
    return run, True


def _beginning(contest: Contest) -> int:
    """A challenge begins with the first question that anybody answered."""
    answered = (number for number, of in _valid(contest).items() if any(answer.chosen for answer in of.values()))
    return next(answered, len(contest.answers))


def _is_missed(contest: Contest, number: int) -> bool:
    """Whether a question that a member did not answer counts as missed: one that was skipped or never sent does not."""
    return contest.progress.rounds[number].reason in {"time", "answered"}


class Scored(Protocol):
    """Anything with points and a time."""

    @property
    def points(self) -> int | Fraction:
        """More is better."""

    @property
    def ms(self) -> int | Fraction:
        """Less is better, among the same points."""


S = TypeVar("S", bound=Scored)


@dataclass(frozen=True, slots=True)
class Placement(Generic[S]):
    """A score and its place, from 1. A ``medal`` is 1, 2 or 3 (gold, silver, bronze), or 0 for none."""

    place: int
    score: S

    @property
    def medal(self) -> int:
        """The medal for the place; none without a point."""
        return self.place if self.place <= 3 and self.score.points > 0 else 0


def assign_places(found: Iterable[S], *, timed: bool = True) -> tuple[Placement[S], ...]:
    """The scores from the first place to the last (1, 2, 2, 4); what shares a place keeps its order.

    ``timed``: among the same points less time is ahead; else the same points share a place.
    """

    def rank(score: S) -> tuple[Fraction, Fraction]:
        return Fraction(-score.points), Fraction(score.ms if timed else 0)

    places: list[Placement[S]] = []
    for position, score in enumerate(sorted(found, key=rank), start=1):
        shared = bool(places) and rank(places[-1].score) == rank(score)
        places.append(Placement(places[-1].place if shared else position, score))
    return tuple(places)
