"""A contest that a host leads: it waits for the host, stops its clock, and counts what a list of the answers counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.features.rooms.request_parser import segments_of
from bot.quiz.contest.effects import AnnounceResult, NotifyMember
from bot.quiz.contest.events import (
    Answered,
    Break,
    Extend,
    MemberForgotten,
    OpeningSent,
    PlatformClosed,
    Resume,
    Skip,
    Stop,
    TeamJoined,
    Tick,
)
from bot.quiz.contest.scoring import scores, team_scores
from bot.quiz.contest.state import HOST_AWAY, Mode, Rules, Scoring
from tests.unit.quiz.builders import RIGHT, WRONG, Game, setup

COUNT = 4
PLAYERS = ("an", "bo", "cy", "di")


def hosted(mode: Mode = "contest", *, teams: tuple[str, ...] = (), count: int = COUNT) -> Game:
    """A contest with a host, in its lobby."""
    segments = segments_of(count) if mode == "rounds" else ()
    rules = Rules(mode, 20, teams=teams, patience=1000, lead_in=1, hosted=True, segments=segments)
    game = Game(setup(count, rules=rules))
    game.apply_event(OpeningSent())
    return game


def joined(game: Game, *names: str, team: str = "") -> Game:
    for name in names:
        game.apply_event(TeamJoined(name, team))
    return game


def goes_on(game: Game) -> Game:
    """The host presses, and the next question is there."""
    game.apply_event(Resume("starter"))
    if game.phase == "asking":
        game.opens()
    return game


def gives(game: Game, name: str, chosen: tuple[int, ...]) -> str:
    """What the member is told."""
    effects = game.apply_event(Answered(game.state.current, name, chosen, next(_RECEIPTS)))
    return next((effect.notice for effect in effects if isinstance(effect, NotifyMember)), "")


_RECEIPTS = iter(range(1, 10**9))


def points(game: Game) -> dict[str, int]:
    return {score.member: score.points for score in scores(game.state)}


def test_nothing_begins_or_goes_on_before_the_host_says_so() -> None:
    game = joined(hosted(), "an")
    game.after(3600).apply_event(Tick())
    assert game.phase == "lead_in"
    goes_on(game)
    game.after(22).apply_event(Tick())
    assert game.phase == "between"
    game.after(3600).apply_event(Tick())
    assert game.phase == "between"
    assert goes_on(game).phase == "open" and game.state.current == 1


def test_a_room_that_its_host_has_left_ends_by_itself() -> None:
    game = hosted()
    game.after(HOST_AWAY.total_seconds()).apply_event(Tick())
    assert game.state.progress.finish == "abandoned"


def test_the_answer_to_the_last_question_is_shown_before_the_end() -> None:
    game = goes_on(joined(hosted(count=1), "an"))
    gives(game, "an", RIGHT)
    game.apply_event(PlatformClosed(0))
    assert game.phase == "between"
    game.apply_event(Resume("starter"))
    assert game.phase == "finished" and AnnounceResult("done") in game.effects


def test_a_pause_stops_the_clock_of_the_question_and_no_answer_is_taken_meanwhile() -> None:
    game = goes_on(joined(hosted(), "an", "bo"))
    game.after(15).apply_event(Break("starter"))
    assert game.state.is_frozen and gives(game, "an", RIGHT) == "not_open"
    game.after(1000).apply_event(Resume("starter"))
    assert game.phase == "open" and game.state.deadline(0) - game.now == timedelta(seconds=5)
    game.after(2)
    assert gives(game, "an", RIGHT) == "taken" and game.state.answers[0]["an"].ms == 17_000
    assert gives(game, "bo", RIGHT) == "taken"


def test_time_that_was_lost_while_the_bot_was_away_is_given_back_and_never_more_than_there_was() -> None:
    game = goes_on(joined(hosted(), "an"))
    game.after(60).apply_event(Extend(15))
    assert game.state.deadline(0) - game.now == timedelta(seconds=15) and gives(game, "an", RIGHT) == "taken"
    game.apply_event(Extend(10))
    assert game.state.deadline(0) - game.now == timedelta(seconds=15)  # enough is left
    game.after(15).apply_event(Extend(100))
    assert game.state.deadline(0) - game.now == timedelta(seconds=20)


def test_only_who_has_joined_before_the_question_answers_it() -> None:
    game = goes_on(joined(hosted(), "an"))
    assert gives(game, "bo", RIGHT) == "not_open"
    joined(game, "bo")
    assert gives(game, "bo", RIGHT) == "not_open"
    game.apply_event(Skip("starter"))
    goes_on(game)
    assert gives(game, "bo", RIGHT) == "taken"


def test_who_joins_a_challenge_late_is_not_out_for_what_was_asked_before() -> None:
    game = goes_on(joined(hosted("challenge"), "an"))
    gives(game, "an", RIGHT)
    joined(game, "bo")
    game.apply_event(PlatformClosed(0))
    goes_on(game)
    assert gives(game, "bo", RIGHT) == "taken"
    assert points(game) == {"an": 1, "bo": 1}


def test_a_wrong_buzz_and_a_lost_risk_take_points_off() -> None:
    game = joined(hosted("rounds"), "an", "bo")
    assert [segment.kind for segment in segments_of(COUNT)] == ["required", "buzzer", "risk"]
    for number in range(COUNT):
        goes_on(game)
        gives(game, "an", WRONG)
        gives(game, "bo", RIGHT)
        if number != 2:  # a right buzz closes its question
            game.apply_event(PlatformClosed(number))
    assert points(game) == {"an": -10 - 20, "bo": 10 + 10 + 10 + 20}


def test_teams_of_any_mode_have_the_average_of_their_members() -> None:
    game = hosted("buzzer", teams=("红", "蓝"))
    joined(game, "an", "bo", team="红")
    joined(game, "cy", team="蓝")
    goes_on(game)
    gives(game, "cy", RIGHT)
    found = {team.team: float(team.points) for team in team_scores(game.state)}
    assert found == {"红": 0, "蓝": 1}


@pytest.mark.parametrize("count", range(1, 12))
def test_the_rounds_of_every_length_begin_with_questions_for_all_and_cover_them(count: int) -> None:
    found = segments_of(count)
    assert found[0].kind == "required" and found[0].first == 0
    firsts = [segment.first for segment in found]
    assert firsts == sorted(set(firsts)) and all(first < count for first in firsts)


@given(
    mode=st.sampled_from(["contest", "buzzer", "challenge"]),
    scoring=st.sampled_from(["right", "speed"]),
    answers=st.lists(
        st.tuples(st.integers(0, COUNT - 1), st.sampled_from(PLAYERS), st.integers(0, 3), st.integers(0, 19)),
        unique_by=lambda answer: answer[:2],
    ),
)
def test_the_same_answers_give_the_same_scores_as_in_a_chat(
    mode: Mode, scoring: Scoring, answers: list[tuple[int, str, int, int]]
) -> None:
    room = Game(setup(COUNT, rules=Rules(mode, 20, scoring, patience=1000, lead_in=1, hosted=True)))
    chat = Game(setup(COUNT, rules=Rules(mode, 20, scoring, patience=1000)))
    room.apply_event(OpeningSent())
    joined(room, *PLAYERS)
    for number in range(COUNT):
        goes_on(room)
        if chat.phase == "between":
            chat.after(3).apply_event(Tick())
        if chat.phase == "asking":
            chat.opens()
        given_now = sorted((answer for answer in answers if answer[0] == number), key=lambda answer: answer[3])
        begun = room.now, chat.now
        for _, name, option, seconds in given_now:
            receipt = next(_RECEIPTS)
            for game, since in zip((room, chat), begun, strict=True):
                game.now = since + timedelta(seconds=seconds)
                game.apply_event(Answered(number, name, (option,), receipt))
        for game, since in zip((room, chat), begun, strict=True):
            game.now = since + timedelta(seconds=21)
            game.apply_event(Tick())
    assert scores(room.state) == scores(chat.state)


@dataclass
class Line:
    """An answer that was taken, as a clerk would write it down."""

    number: int
    member: str
    right: bool


class AnyRoom(RuleBasedStateMachine):
    """Whatever people do in a room: the points are those of the clerk's list."""

    @initialize(
        mode=st.sampled_from(["contest", "buzzer", "challenge", "rounds"]), teams=st.sampled_from([(), ("红", "蓝")])
    )
    def begins(self, mode: Mode, teams: tuple[str, ...]) -> None:
        self.game = hosted(mode, teams=teams)
        self.lines: list[Line] = []
        self.firsts: dict[str, int] = {}
        self.skipped: set[int] = set()

    @rule(name=st.sampled_from(PLAYERS))
    def joins(self, name: str) -> None:
        teams = self.game.state.rules.teams
        before = self.game.state
        joined(self.game, name, team=teams[0] if teams else "")
        if name not in before.progress.teams and not before.finished:
            self.firsts[name] = len(before.progress.rounds)

    @rule(name=st.sampled_from(PLAYERS), option=st.integers(0, 3), back=st.integers(0, 1))
    def answers(self, name: str, option: int, back: int) -> None:
        number = self.game.state.current - back
        effects = self.game.apply_event(Answered(number, name, (option,), next(_RECEIPTS)))
        if any(isinstance(effect, NotifyMember) and effect.notice == "taken" for effect in effects):
            self.lines.append(Line(number, name, (option,) == RIGHT))

    @rule()
    def host_goes_on(self) -> None:
        goes_on(self.game)

    @rule(kind=st.sampled_from([Skip, Break]))
    def host_steers(self, kind: type[Skip | Break]) -> None:
        number, was_open = self.game.state.current, self.game.phase == "open" or self.game.state.is_frozen
        if kind is Skip and self.game.phase == "lead_in":
            return  # the room does not let the host
        self.game.apply_event(kind("starter"))
        if kind is Skip and was_open:
            self.skipped.add(number)

    @rule(seconds=st.sampled_from([1, 10, 30]))
    def time_passes(self, seconds: int) -> None:
        self.game.after(seconds).apply_event(Tick())

    @precondition(lambda self: self.game.state.current >= 2)
    @rule()
    def host_ends(self) -> None:
        if self.game.phase == "open" or self.game.state.is_frozen:
            self.skipped.add(self.game.state.current)
        self.game.apply_event(Stop("starter"))

    @rule(name=st.sampled_from(PLAYERS))
    def is_removed(self, name: str) -> None:
        self.game.apply_event(MemberForgotten(name))
        self.lines = [line for line in self.lines if line.member != name]
        self.firsts.pop(name, None)

    @invariant()
    def points_are_those_of_the_list(self) -> None:
        if hasattr(self, "game"):
            assert points(self.game) == self._recounted()

    def _recounted(self) -> dict[str, int]:
        contest, found = self.game.state, dict.fromkeys((line.member for line in self.lines), 0)
        if contest.rules.mode == "challenge":
            return {member: self._run(member) for member in found}
        buzzed: set[int] = set()
        for line in self.lines:  # in the order in which they were taken
            segment = contest.rules.segment(line.number)
            buzzer = segment.kind == "buzzer" if segment else contest.rules.mode == "buzzer"
            if line.right and not (buzzer and line.number in buzzed):
                found[line.member] += segment.right if segment else 1
                buzzed.add(line.number)
            elif not line.right and segment:
                found[line.member] -= segment.wrong
        return found

    def _run(self, member: str) -> int:
        own = {line.number: line.right for line in self.lines if line.member == member}
        run = 0
        begun = min(line.number for line in self.lines)
        for number, round_ in enumerate(self.game.state.progress.rounds):
            if number < max(begun, self.firsts.get(member, 0)):
                continue
            if number in own and not own[number]:
                return run
            if number in own:
                run += 1
            elif round_.closed is not None and number not in self.skipped:
                return run
        return run


AnyRoom.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyRoom = AnyRoom.TestCase
