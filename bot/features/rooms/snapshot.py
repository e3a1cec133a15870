"""A room → what each view may see, as one JSON object. What is right is in none before its question is closed. Pure.

A snapshot is put together from two pieces: its body is the same for all who look at one view, and made once for each
change; what is added for one look (the time, the player's own state) is small.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from pydantic_core import to_json

from bot.features.rooms.request_parser import MODES, rule_text
from bot.quiz.contest.scoring import (
    FULL_POINTS,
    Placement,
    Score,
    assign_places,
    is_out,
    scores,
    team_scores,
    without_open_question,
)
from bot.quiz.contest.state import Contest
from bot.quiz.question import Form
from bot.records.rooms import RoomRecord
from bot.wording import Quiz, RoomNotices

View = Literal["player", "wall", "host"]
RoomPhase = Literal["lobby", "question", "reveal", "ended"]
TOP: Final = 10
"""Places that a snapshot has; all of them are in the results."""
_SHOWN_APART: Final = tuple(text.partition("{")[0] for text in (Quiz.EXPLANATION, Quiz.PLACE))
"""How the lines of an explanation begin that have the quote and its place."""
ON_WALL: Final = 40
"""Players whom the wall names, the latest: hundreds may look at it, and all of them are told whenever one comes in."""
_MODE_NAMES: Final = {mode: name for name, mode in MODES.items()}
_KINDS: Final[Mapping[Form, str]] = {"single": "single", "multiple": "multiple", "judged": "true_false"}


@dataclass(frozen=True, slots=True)
class Standings:
    """How it stands after the last question that is closed, counted once for all who look on.

    ``by_member``: the place of everybody who has answered; ``out``: whose run in a challenge has ended.
    """

    places: tuple[Placement[Score], ...]
    by_member: Mapping[str, Placement[Score]]
    teams: Sequence[Mapping[str, Any]]
    out: Collection[str]

    @classmethod
    def of(cls, contest: Contest) -> Standings:
        """The standings of ``contest`` without the question that is open."""
        closed = without_open_question(contest)
        places = assign_places(scores(closed))
        of_teams = assign_places(team_scores(closed), timed=False) if contest.rules.teams else ()
        teams = [
            {"place": place.place, "team": place.score.team, "points": _plain(float(place.score.points))}
            for place in of_teams
        ]
        challenge = contest.rules.mode == "challenge"
        out = frozenset(one for one in closed.progress.teams if is_out(closed, one)) if challenge else frozenset[str]()
        return cls(places, {place.score.member: place for place in places}, teams, out)


def phase_of(contest: Contest) -> RoomPhase:
    """What the room shows."""
    rounds = contest.progress.rounds
    match contest.progress.phase:
        case "finished":
            return "ended"
        case "open":
            return "question"
        case "paused" if contest.is_frozen:
            return "question"
        case _:  # a question on its way is there in a moment
            return "reveal" if shown_round(contest) is not None and rounds[0].closed is not None else "lobby"


def shown_round(contest: Contest) -> int | None:
    """The question that the room shows: the one open, or the last that was closed; None before the first one."""
    rounds = contest.progress.rounds
    shown = [number for number, one in enumerate(rounds) if one.closed is not None or contest.is_frozen]
    if contest.progress.phase == "open":
        return contest.current
    return shown[-1] if shown else None


def closes_at(contest: Contest, number: int, now: datetime) -> datetime:
    """When the time of a question is over; while its clock stands still, as if it went on now."""
    end = contest.deadline(number)
    return end + (now - contest.progress.since) if contest.is_frozen else end


def body(
    room: RoomRecord,
    contest: Contest,
    standings: Standings,
    view: View,
    *,
    now: datetime,
    citations: Sequence[str],
    names: Mapping[str, str],
    here: Collection[str],
    url: str,
) -> bytes:
    """The piece that all of a view share, without its closing brace. ``names`` and ``here``: players by their keys.

    ``citations``: the place of each question's passage, empty for none.
    """
    phase, number = phase_of(contest), shown_round(contest)
    found: dict[str, Any] = {
        "room": {
            "code": room.code,
            "title": room.title,
            "mode": _MODE_NAMES.get(contest.rules.mode, "contest"),
            "rule": rule_text(contest.rules),
            "questions": len(contest.setup.questions),
            "seconds": contest.rules.seconds,
            "locked": room.locked,
            "paused": contest.is_frozen,
            "teams": contest.rules.teams,
            "document": room.document,
            "url": url,
        },
        "phase": phase,
        "people": len(contest.progress.teams),
        "question": _question(contest, number, now) if number is not None and phase != "ended" else None,
        "reveal": _reveal(contest, number, citations) if number is not None and phase == "reveal" else None,
        "standings": standing_rows(contest, standings, names)[:TOP],
        "team_standings": standings.teams if contest.rules.teams else [],
    }
    if view != "player":
        players = list(contest.progress.teams.items())
        found["players"] = [
            ({"id": player_id(member)} if view == "host" else {})
            | {"name": names.get(member, ""), "team": team, "here": member in here, "out": member in standings.out}
            for member, team in (players if view == "host" else players[-ON_WALL:])
        ]
    return to_json(found)[:-1]


def tail(
    contest: Contest,
    standings: Standings,
    *,
    version: int,
    epoch: str,
    now: datetime,
    member: str | None,
    name: str = "",
) -> bytes:
    """What one look adds, with the closing brace; ``member``: a player, None for who only looks on. ``epoch``: versions
    of another one say nothing."""
    added: dict[str, Any] = {"epoch": epoch, "version": version, "now": milliseconds(now)}
    if member is not None:
        added["you"] = _you(contest, standings, member, name)
    return b"," + to_json(added)[1:]


def standing_rows(contest: Contest, standings: Standings, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everybody's place, for a snapshot or the results."""
    return [
        {
            "place": place.place,
            "name": names.get(place.score.member, ""),
            "team": contest.progress.teams.get(place.score.member, ""),
            "points": place.score.points,
            "correct": place.score.right,
        }
        for place in standings.places
    ]


def player_id(member: str) -> str:
    """What the host's page calls a player."""
    return member.rpartition(":")[2]


def milliseconds(moment: datetime) -> int:
    """``moment`` as pages count: milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def _question(contest: Contest, number: int, now: datetime) -> dict[str, Any]:
    of, rules = contest.setup.questions[number], contest.rules
    segment = rules.segment(number)
    usual = FULL_POINTS if rules.scoring == "speed" else 1
    return {
        "number": number + 1,
        "of": len(contest.setup.questions),
        "kind": _KINDS[of.form],
        "round": RoomNotices.SEGMENTS[segment.kind] if segment is not None else None,
        "worth": segment.right if segment is not None else usual,
        "penalty": segment.wrong if segment is not None else 0,
        "text": of.question,
        "options": of.options,
        "seconds": rules.seconds,
        "closes_at": milliseconds(closes_at(contest, number, now)),
        "voided": contest.progress.rounds[number].voided,
        "answered": sum(answer.counts for answer in contest.answers[number].values()),
    }


def _reveal(contest: Contest, number: int, citations: Sequence[str]) -> dict[str, Any]:
    of = contest.setup.questions[number]
    given = [answer for answer in contest.answers[number].values() if answer.counts]
    citation = citations[number] if number < len(citations) else ""
    note = "\n".join(line for line in of.explanation.splitlines() if not line.startswith(_SHOWN_APART))
    return {
        "correct": of.correct,
        "counts": [sum(index in answer.chosen for answer in given) for index in range(len(of.options))],
        "explanation": note if of.quote and citation else of.explanation,
        "quote": of.quote if citation else "",
        "citation": citation,
    }


def _you(contest: Contest, standings: Standings, member: str, name: str) -> dict[str, Any]:
    teams, place = contest.progress.teams, standings.by_member.get(member)
    number = shown_round(contest)
    answer = contest.answers[number].get(member) if number is not None else None
    correct = None
    if number is not None and answer is not None and answer.counts:
        closed = contest.progress.rounds[number].closed is not None
        if closed or contest.rules.is_buzzer(number):  # of a buzzer whoever was right has closed it
            correct = contest.is_right(number, answer)
    first = contest.progress.first_rounds.get(member, 0)
    out = member in standings.out
    return {
        "id": player_id(member),
        "name": name,
        "team": teams.get(member, ""),
        "points": place.score.points if place is not None else 0,
        "right": place.score.right if place is not None else 0,
        "place": place.place if place is not None else None,
        "choice": answer.chosen if answer is not None else (),
        "correct": correct,
        "may_answer": not out and member in teams and (number is None or first <= number),
        "out": out,
        "removed": member not in teams,
    }


def _plain(points: float) -> float | int:
    """An average as people write it: two places, whole numbers without any."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded
