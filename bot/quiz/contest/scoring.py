"""Answers → scores, by mode. Counted anew whenever they are wanted: no sum is ever kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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


def scores(contest: Contest) -> tuple[Score, ...]:
    """The score of each member who answered anything, by member."""
    return tuple(_score(contest, member) for member in _players(contest))


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
    members = _players(contest)
    return bool(members) and all(is_out(contest, member) for member in members)


def is_out(contest: Contest, member: str) -> bool:
    """Whether a member's run in a challenge has ended."""
    return not _run(contest, _given(contest, member))[1]


def winner(contest: Contest, number: int) -> str | None:
    """Who gave the first right answer to a question: by the order of deliveries, which no clock can turn round."""
    right = [
        (answer.receipt, member)
        for member, answer in contest.answers[number].items()
        if contest.is_right(number, answer)
    ]
    return min(right)[1] if right else None


def _players(contest: Contest) -> list[str]:
    return sorted({member for given in contest.answers for member, answer in given.items() if answer.chosen})


def _given(contest: Contest, member: str) -> dict[int, Answer]:
    """A member's answers by question, without those taken back."""
    return {number: of[member] for number, of in enumerate(contest.answers) if member in of and of[member].chosen}


def _score(contest: Contest, member: str) -> Score:
    given = _given(contest, member)
    right = {number for number, answer in given.items() if contest.is_right(number, answer)}
    match contest.rules.mode:
        case "buzzer":
            counting = {number for number in right if winner(contest, number) == member}
        case "challenge":
            counting = set(_run(contest, given)[0])
        case _:
            counting = right
    return Score(
        member,
        points=sum(_points(contest, given[number]) for number in counting),
        right=len(right),
        answered=len(given),
        ms=sum(given[number].ms for number in counting),
        counted=len(counting),
    )


def _points(contest: Contest, answer: Answer) -> int:
    if contest.rules.scoring == "right":
        return 1
    limit = contest.rules.seconds * 1000
    return FULL_POINTS // 2 + FULL_POINTS // 2 * (limit - answer.ms) // limit


def _run(contest: Contest, given: Mapping[int, Answer]) -> tuple[list[int], bool]:
    """The questions of a member's run, and whether it still goes on.

    It begins with the first question that anybody answered, and ends with a wrong or a missed one.
    """
    run: list[int] = []
    for number in range(_beginning(contest), len(contest.progress.rounds)):
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
    answered = (number for number, of in enumerate(contest.answers) if any(answer.chosen for answer in of.values()))
    return next(answered, len(contest.answers))


def _is_missed(contest: Contest, number: int) -> bool:
    """Whether a question that a member did not answer counts as missed: one that was skipped or never sent does not."""
    return contest.progress.rounds[number].reason in {"time", "answered"}
