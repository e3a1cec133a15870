"""How a room ended: as a workbook, as a picture, and question by question for the page that is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any, Final

from bot.contests.results_workbook import contest_workbook
from bot.features.rooms.room import Room
from bot.features.rooms.snapshot import standing_rows
from bot.quiz.contest.scoring import assign_places, team_scores, without_open_question
from bot.quiz.contest.state import Contest
from bot.wording import RoomNotices as Wording

Ranking = tuple[str, tuple[str, str], Sequence[tuple[str, float, str]]]
"""A title, what stands over names and numbers, and for each name its share of the most and its number as text."""
DrawRankings = Callable[[str, str, Sequence[tuple[str, str]], Sequence[Ranking]], bytes]
"""A heading, a line below it, tiles (what, and how many) and rankings → a PNG."""
IN_PICTURE: Final = 10
"""Places in the picture: one that is too high is shown small."""


def results_workbook(room: Room) -> bytes:
    """Everybody's place, points and answers as an Excel workbook, with a sheet of the teams if there are any."""
    contest = without_open_question(room.shown)
    if not contest.rules.teams:
        return contest_workbook(contest, room.names)
    teams: list[Sequence[str | float]] = [
        (place.place, place.score.team, place.score.members, round(float(place.score.points), 2))
        for place in assign_places(team_scores(contest), timed=False)
    ]
    return contest_workbook(contest, room.names, (Wording.TEAMS_SHEET, Wording.TEAM_COLUMNS, teams))


def day_of(room: Room, zone: tzinfo) -> str:
    """The day on which ``room`` was opened, in ``zone``."""
    return f"{room.record.opened_at.astimezone(zone):%Y-%m-%d}"


def results_picture(room: Room, draw: DrawRankings, zone: tzinfo) -> bytes:
    """The first places and the teams, to be sent to a group; with the day that it was in ``zone``."""
    contest = without_open_question(room.shown)
    rows = standing_rows(contest, room.standings, room.names)
    tiles = (
        (Wording.TILE_PLAYERS, str(len(contest.progress.teams))),
        (Wording.TILE_QUESTIONS, str(sum(one.closed is not None for one in contest.progress.rounds))),
        (Wording.TILE_RIGHT, _percent(sum(row["correct"] for row in rows), _answers(contest))),
    )
    rankings = [_ranking(Wording.RANKING, [(row["name"], row["points"]) for row in rows[:IN_PICTURE]])]
    if contest.rules.teams:
        teams = [(row["team"], row["points"]) for row in room.standings.teams[:IN_PICTURE]]
        rankings.append(_ranking(Wording.TEAM_RANKING, teams))
    below = f"{day_of(room, zone)} · {room.record.document}"
    return draw(room.record.title, below, tiles, [one for one in rankings if one[2]])


def results_rows(room: Room) -> list[dict[str, Any]]:
    """Everybody's place; behind them, without one, who came in and never answered."""
    contest = room.shown
    rows = standing_rows(contest, room.standings, room.names)
    absent = [member for member in contest.progress.teams if member not in room.standings.by_member]
    without = {"place": Wording.NO_PLACE, "points": 0, "correct": 0}
    return rows + [
        {"name": room.names.get(member, ""), "team": contest.progress.teams[member], **without} for member in absent
    ]


def results_questions(room: Room) -> list[dict[str, Any]]:
    """Each question that was asked, with what was right and how many knew it."""
    contest = room.shown
    found = []
    for number, (round_, given) in enumerate(zip(contest.progress.rounds, contest.answers, strict=True)):
        if round_.closed is None:
            continue
        of = contest.setup.questions[number]
        counted = [answer for answer in given.values() if answer.counts]
        found.append(
            {
                "number": number + 1,
                "text": of.question,
                "options": of.options,
                "correct": of.correct,
                "citation": room.citations[number],
                "voided": round_.voided,
                "right": sum(contest.is_right(number, answer) for answer in counted),
                "answered": len(counted),
            }
        )
    return found


def _ranking(title: str, rows: Sequence[tuple[str, float]]) -> Ranking:
    most = max((points for _, points in rows), default=0)
    shown = [
        (name, max(points, 0) / most if most > 0 else 0.0, Wording.POINTS.format(points=points))
        for name, points in rows
    ]
    return title, (Wording.NAME_HEADING, Wording.POINTS_HEADING), shown


def _answers(contest: Contest) -> int:
    """How many answers there are to questions that count."""
    valid = (given for of, given in zip(contest.progress.rounds, contest.answers, strict=True) if not of.voided)
    return sum(answer.counts for given in valid for answer in given.values())


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "–"
