"""Answers beside their scores and places."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.quiz.contest.events import Skip
from bot.quiz.contest.scoring import assign_places, scores, team_scores, without_open_question
from bot.quiz.contest.state import Rules
from tests.unit.quiz.builders import RIGHT, WRONG, Game, setup


@dataclass(frozen=True)
class Have:
    member: str
    points: int
    ms: int = 0


def test_right_answers_come_first_and_time_only_breaks_ties() -> None:
    game = Game(setup(2)).play({"quick": RIGHT, "slow": RIGHT}, {"quick": WRONG, "slow": RIGHT})
    assert [place.score.member for place in assign_places(scores(game.state))] == ["slow", "quick"]
    tied = Game(setup(1)).play({"first": RIGHT, "second": RIGHT})
    assert [(place.place, place.score.member) for place in assign_places(scores(tied.state))] == [
        (1, "first"),
        (2, "second"),
    ]


def test_a_wrong_answer_costs_no_time() -> None:
    game = Game(setup(2)).play({"guesses": RIGHT}, {"guesses": WRONG})
    [score] = scores(game.state)
    assert (score.points, score.right, score.answered, score.ms) == (1, 1, 2, 1000)


def test_an_open_question_is_left_out_of_what_may_be_shown_and_a_closed_one_is_not() -> None:
    game = Game(setup(3)).play({"ann": RIGHT}, {"ann": RIGHT})
    game.answer("ann")
    assert game.phase == "open"
    shown = without_open_question(game.state)
    assert [len(given) for given in (shown.progress.rounds, shown.answers)] == [2, 2]
    assert [score.points for score in scores(shown)] == [2]
    game.until_due()
    assert without_open_question(game.state) is game.state
    first = Game(setup(1)).opens()
    assert without_open_question(first.state).progress.rounds == ()


def test_speed_points_fall_from_all_to_half_within_the_time() -> None:
    game = Game(setup(1, rules=Rules(seconds=20, scoring="speed"))).opens()
    game.answer("at-once")
    game.after(10).answer("half-way")
    game.after(10).answer("at-last")
    game.answer("wrong", WRONG)
    assert {score.member: score.points for score in scores(game.state)} == {
        "at-once": 1000,
        "half-way": 750,
        "at-last": 500,
        "wrong": 0,
    }


def test_a_team_has_its_members_average() -> None:
    rules = Rules("teams", teams=("红队", "蓝队"))
    game = Game(setup(2, rules=rules)).play(
        {"r1": RIGHT, "b1": RIGHT, "r2": WRONG}, {"r1": RIGHT, "b1": WRONG, "r2": WRONG}
    )
    red, blue = team_scores(game.state)
    assert (red.team, red.members, red.points) == ("红队", 2, Fraction(2, 2))
    assert (blue.team, blue.members, blue.points) == ("蓝队", 1, Fraction(1))
    assert [place.score.team for place in assign_places((red, blue))] == [
        "红队",
        "蓝队",
    ]  # on average half a second each


def test_a_question_that_was_skipped_ends_no_run() -> None:
    game = Game(setup(3, mode="challenge")).play({"ann": RIGHT})
    game.apply_event(Skip("starter"))
    game.until_due().opens().after(1).answer("ann", RIGHT)
    assert scores(game.state)[0].points == 2


def test_the_same_points_and_time_share_a_place_and_the_next_is_left_out() -> None:
    found = assign_places([Have("a", 3, 10), Have("b", 5, 10), Have("c", 3, 10), Have("d", 3, 11), Have("e", 0)])
    assert [(place.place, place.score.member, place.medal) for place in found] == [
        (1, "b", 1),
        (2, "a", 2),
        (2, "c", 2),
        (4, "d", 0),
        (5, "e", 0),
    ]


def test_without_a_point_there_is_no_medal() -> None:
    assert [place.medal for place in assign_places([Have("a", 0), Have("b", 0)])] == [0, 0]
