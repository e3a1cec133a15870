"""Who plays for which team. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.quiz.contest.effects import Effect, NotifyMember
from bot.quiz.contest.state import Contest, Progress


def join(contest: Contest, member: str, team: str = "") -> tuple[Contest, tuple[Effect, ...]]:
    """``contest`` with ``member`` in ``team``, or in the smallest if no name is given.

    A member who has answered keeps the team.
    """
    if contest.rules.mode != "teams" or (team and team not in contest.rules.teams):
        return contest, (NotifyMember(member, "no_team"),)
    if any(member in given for given in contest.answers):
        return contest, (NotifyMember(member, "team_stands"),)
    progress = contest.progress
    teams = {**progress.teams, member: team or progress.teams.get(member) or smallest_team(contest)}
    return replace(contest, progress=replace(progress, teams=teams)), (NotifyMember(member, "joined"),)


def with_team(contest: Contest, member: str) -> Progress:
    """The progress with ``member`` in a team, if there are teams: an answer without joining joins the smallest."""
    progress = contest.progress
    if contest.rules.mode != "teams" or member in progress.teams:
        return progress
    return replace(progress, teams={**progress.teams, member: smallest_team(contest)})


def smallest_team(contest: Contest) -> str:
    """The team with the fewest members; of several, the one named first."""
    sizes = Counter(contest.progress.teams.values())
    return min(contest.rules.teams, key=lambda team: sizes[team])
