"""A contest from start to end: what happens stands beside what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.quiz.contest.effects import (
    AnnouncePause,
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    NotifyMember,
    RevealAnswer,
    SaveAnswer,
    UpdateScores,
)
from bot.quiz.contest.engine import answerable_round, answerable_since, step
from bot.quiz.contest.events import (
    Answered,
    MemberForgotten,
    OpeningSent,
    Pause,
    PlatformClosed,
    QuestionSent,
    Resume,
    SendFailed,
    Skip,
    Start,
    Stop,
    TeamJoined,
    Tick,
)
from bot.quiz.contest.scoring import scores
from bot.quiz.contest.state import ANSWER_GRACE, PAUSE_TIMEOUT, SEND_TIMEOUT, Rules
from tests.unit.quiz.builders import NOON, RIGHT, WRONG, Game, question, setup


def points(game: Game) -> dict[str, int]:
    return {score.member: score.points for score in scores(game.state)}


def test_a_start_asks_the_first_question() -> None:
    game = Game()
    assert game.apply_event(Start(setup(3))) == (AnnounceStart(), AskQuestion(0))
    assert game.phase == "asking"


def test_without_questions_nothing_starts() -> None:
    found = step(None, Start(setup(0)), NOON)
    assert found == (None, (NotifyMember("starter", "no_questions"),))


def test_a_second_start_is_refused_and_changes_nothing() -> None:
    game = Game(setup(3)).opens()
    before = game.contest
    assert game.apply_event(Start(setup(2, starter="other"))) == (NotifyMember("other", "running"),)
    assert game.contest is before


def test_after_the_end_another_may_start() -> None:
    game = Game(setup(1)).opens().until_due()
    assert game.phase == "finished"
    assert game.apply_event(Start(setup(2))) == (AnnounceStart(), AskQuestion(0))


def test_a_question_is_over_with_its_time_and_a_little_grace() -> None:
    game = Game(setup(2, rules=Rules(seconds=20))).opens()
    game.answer("ann")
    assert game.state.due == game.now + timedelta(seconds=20) + ANSWER_GRACE
    assert game.after(20.9).apply_event(Tick()) == ()
    assert game.after(0.2).apply_event(Tick()) == (RevealAnswer(0),)
    assert game.until_due().effects == (AskQuestion(1),)


def test_the_last_question_ends_it() -> None:
    game = Game(setup(1)).opens()
    game.answer("ann")
    assert game.until_due().effects == (RevealAnswer(0), AnnounceResult("done"))
    assert game.state.due is None


def test_a_platform_that_closes_its_poll_ends_the_question_once() -> None:
    game = Game(setup(2)).opens()
    assert game.apply_event(PlatformClosed(0)) == (RevealAnswer(0),)
    assert game.apply_event(PlatformClosed(0)) == ()
    game.until_due().opens()
    assert game.apply_event(PlatformClosed(0)) == ()
    assert game.phase == "open"


def test_an_answer_counts_once_however_often_it_is_delivered() -> None:
    game = Game(setup(2)).opens().after(4)
    assert game.answer("ann", RIGHT, receipt=7) == "taken"
    kept = game.state.answers
    assert game.answer("ann", RIGHT, receipt=7) == ""
    assert game.answer("ann", WRONG, receipt=8) == "stands"
    assert game.state.answers == kept
    assert points(game) == {"ann": 1}


def test_an_answer_may_be_changed_where_the_rules_say_so() -> None:
    game = Game(setup(2, rules=Rules(changeable=True))).opens()
    game.after(3).answer("ann", WRONG, receipt=1)
    assert game.after(3).answer("ann", RIGHT, receipt=2) == "changed"
    assert scores(game.state)[0].ms == 6000
    assert game.answer("ann", WRONG, receipt=1) == ""  # an old delivery, again
    assert points(game) == {"ann": 1}
    assert game.answer("ann", (), receipt=3) == "withdrawn"
    assert points(game) == {}


@pytest.mark.parametrize("mode", ["buzzer", "challenge"])
def test_in_some_modes_the_first_answer_stands_whatever_the_rules(mode: str) -> None:
    rules = Rules("buzzer" if mode == "buzzer" else "challenge", changeable=True)
    game = Game(setup(2, rules=rules)).opens()
    game.answer("ann", WRONG)
    assert game.answer("ann", RIGHT) == "stands"


def test_an_answer_after_the_time_is_too_late() -> None:
    game = Game(setup(2)).opens().after(20.1)
    assert game.answer("ann") == "late"
    game.until_due()
    assert game.answer("ann", to=0) == "late"
    assert points(game) == {}


def test_what_a_platform_delivers_late_was_given_in_time() -> None:
    game = Game(setup(1)).opens().after(5)
    game.answer("ann")
    game.until_due()
    assert game.answer("bob", to=0, platform_verified=True) == "taken"
    assert UpdateScores() in game.effects
    assert [(score.member, score.points, score.ms) for score in scores(game.state)] == [
        ("ann", 1, 5000),
        ("bob", 1, 20_000),
    ]


def test_an_answer_that_comes_before_its_question_is_known_to_be_there_counts_from_asking() -> None:
    game = Game(setup(2)).after(1)
    assert game.answer("ann") == "not_open"
    assert game.answer("ann", platform_verified=True) == "taken"
    game.after(1).opens()
    assert points(game) == {"ann": 1}


@pytest.mark.parametrize(("chosen", "told"), [((4,), "no_option"), ((-1,), "no_option"), ((0, 9), "no_option")])
def test_an_option_that_is_not_there_is_no_answer(chosen: tuple[int, ...], told: str) -> None:
    game = Game(setup(2)).opens()
    assert game.answer("ann", chosen) == told
    assert game.answer("ann", RIGHT, to=1) == "not_open"
    assert game.answer("ann", RIGHT, to=-1) == "not_open"
    assert points(game) == {}


@pytest.mark.parametrize(
    ("chosen", "right"),
    [((0, 2), 1), ((2, 0), 1), ((0, 2, 2), 1), ((0,), 0), ((0, 1, 2), 0), ((1, 3), 0)],
)
def test_several_right_answers_score_only_as_exactly_that_set(chosen: tuple[int, ...], right: int) -> None:
    game = Game(setup(questions=[question(0, correct=(0, 2))])).opens()
    game.answer("ann", chosen)
    assert points(game) == {"ann": right}


def test_time_taken_is_never_negative_though_the_clock_is_set_back() -> None:
    game = Game(setup(2)).opens().after(-3600)
    game.answer("ann")
    assert scores(game.state)[0].ms == 0


def test_two_questions_in_a_row_without_an_answer_pause_it() -> None:
    game = Game(setup(4)).opens().next_question()
    assert game.phase == "open"
    game.until_due()
    assert game.effects == (RevealAnswer(1), AnnouncePause())
    assert game.apply_event(Resume("anybody")) == (AskQuestion(2),)
    game.opens().next_question()
    assert game.phase == "open"  # it counts anew


def test_an_answer_in_between_keeps_it_going() -> None:
    game = Game(setup(4)).opens().next_question()
    game.answer("ann")
    game.next_question().next_question()
    assert game.phase == "open"


def test_a_pause_that_nobody_ends_ends_the_contest() -> None:
    game = Game(setup(4)).opens().next_question().until_due()
    paused = game.now
    assert game.until_due().effects == (AnnounceResult("abandoned"),)
    assert game.now - paused == PAUSE_TIMEOUT


def test_a_question_that_cannot_be_sent_does_not_end_the_contest() -> None:
    game = Game(setup(3))
    assert game.apply_event(SendFailed(0)) == (AskQuestion(1),)
    game.opens().answer("ann")
    assert game.next_question().phase == "open"
    assert points(game) == {"ann": 1}
    assert game.apply_event(SendFailed(2)) == ()  # it was sent


def test_nothing_that_can_be_sent_comes_to_an_end() -> None:
    game = Game(setup(3))
    game.apply_event(SendFailed(0))
    game.apply_event(SendFailed(1))
    assert game.apply_event(SendFailed(2)) == (AnnounceResult("done"),)


def test_a_channel_that_says_nothing_is_waited_for_and_its_late_poll_closed() -> None:
    game = Game(setup(3)).until_due()
    assert game.now - NOON == SEND_TIMEOUT
    assert game.effects == (AskQuestion(1),)
    assert game.apply_event(QuestionSent(0)) == (CloseQuestion(0),)
    assert game.opens().phase == "open"


def test_the_starter_and_admins_may_stop_it_and_nobody_else() -> None:
    for by, privileged, phase in (("starter", False, "finished"), ("boss", True, "finished"), ("ann", False, "open")):
        game = Game(setup(3)).opens()
        game.answer("ann")
        effects = game.apply_event(Stop(by, privileged))
        assert game.phase == phase
        assert effects == (
            (CloseQuestion(0), RevealAnswer(0), AnnounceResult("stopped"))
            if phase == "finished"
            else (NotifyMember("ann", "not_yours"),)
        )
        assert points(game) == {"ann": 1}


def test_stop_works_between_questions_and_in_a_pause() -> None:
    between = Game(setup(3)).opens().until_due()
    assert between.apply_event(Stop("starter")) == (AnnounceResult("stopped"),)
    paused = Game(setup(3)).opens().next_question().until_due()
    assert paused.apply_event(Stop("starter")) == (AnnounceResult("stopped"),)
    assert paused.apply_event(Stop("starter")) == (NotifyMember("starter", "not_running"),)


def test_a_poll_that_arrives_after_the_stop_is_closed() -> None:
    game = Game(setup(3))
    game.apply_event(Stop("starter"))
    assert game.apply_event(QuestionSent(0)) == (CloseQuestion(0),)


def test_skip_goes_on_to_the_next_question() -> None:
    game = Game(setup(3)).opens()
    assert game.apply_event(Skip("ann")) == (NotifyMember("ann", "not_yours"),)
    assert game.apply_event(Skip("starter")) == (CloseQuestion(0), RevealAnswer(0))
    assert game.apply_event(Skip("starter")) == (NotifyMember("starter", "not_open"),)
    assert game.until_due().effects == (AskQuestion(1),)


def test_alone_a_question_closes_with_its_answer() -> None:
    game = Game(setup(2, rules=Rules(solo=True))).opens()
    game.answer("ann", WRONG)
    assert game.effects[-2:] == (CloseQuestion(0), RevealAnswer(0))


def test_the_first_right_answer_takes_a_buzzer_question() -> None:
    game = Game(setup(2, mode="buzzer")).opens()
    game.answer("ann", WRONG)
    assert game.phase == "open"
    game.answer("bob", RIGHT)
    assert (game.phase, game.effects[-2:]) == ("between", (CloseQuestion(0), RevealAnswer(0)))
    assert game.answer("cem", RIGHT) == "late"
    assert points(game) == {"ann": 0, "bob": 1}


def test_a_buzzer_question_may_be_won_before_it_is_known_to_be_open() -> None:
    game = Game(setup(2, mode="buzzer"))
    game.answer("ann", RIGHT, platform_verified=True)
    assert game.phase == "asking"
    game.opens()
    assert game.phase == "between"


def test_a_challenge_ends_with_the_last_run() -> None:
    game = Game(setup(5, mode="challenge")).play(
        {"ann": RIGHT, "bob": RIGHT, "cem": WRONG},
        {"ann": RIGHT, "bob": WRONG, "cem": RIGHT},
        {"bob": RIGHT},  # ann misses it
    )
    assert (game.phase, game.effects[-1]) == ("finished", AnnounceResult("over"))
    assert points(game) == {"ann": 2, "bob": 1, "cem": 0}


def test_a_challenge_waits_for_somebody_to_begin() -> None:
    game = Game(setup(5, mode="challenge")).play({}, {"ann": RIGHT}, {"ann": WRONG})
    assert game.state.progress.finish == "over"
    assert points(game) == {"ann": 1}


def test_who_comes_late_plays_from_then_on() -> None:
    game = Game(setup(3)).play({"ann": RIGHT}, {"ann": WRONG, "late": RIGHT}, {"late": RIGHT})
    assert points(game) == {"ann": 1, "late": 2}


def test_teams_fill_evenly_and_a_late_member_joins_the_smaller() -> None:
    rules = Rules("teams", teams=("红队", "蓝队"))
    game = Game(setup(3, rules=rules)).opens()
    game.apply_event(TeamJoined("ann"))
    assert game.apply_event(TeamJoined("bob", "红队")) == (NotifyMember("bob", "joined"),)
    game.answer("cem")
    assert dict(game.state.progress.teams) == {"ann": "红队", "bob": "红队", "cem": "蓝队"}
    assert game.apply_event(TeamJoined("cem", "红队")) == (NotifyMember("cem", "team_stands"),)
    assert game.apply_event(TeamJoined("dan", "绿队")) == (NotifyMember("dan", "no_team"),)


def test_a_lead_in_runs_from_when_the_opening_is_there_to_the_first_question() -> None:
    game = Game()
    assert game.apply_event(Start(setup(3, rules=Rules(lead_in=5)))) == (AnnounceStart(),)
    game.after(3).apply_event(OpeningSent())
    assert game.phase == "lead_in"
    assert game.after(4.9).apply_event(Tick()) == ()
    assert game.after(0.1).apply_event(Tick()) == (AskQuestion(0),)
    assert game.apply_event(OpeningSent()) == ()
    assert game.opens().phase == "open"


def test_an_opening_that_never_arrives_holds_no_contest_up_for_ever() -> None:
    game = Game(setup(3, rules=Rules(lead_in=5)))
    assert game.until_due().effects == (AskQuestion(0),)
    assert game.now - NOON == SEND_TIMEOUT


def test_in_the_lead_in_a_contest_is_stopped_skipped_and_joined_but_not_answered() -> None:
    rules = Rules("teams", teams=("红队", "蓝队"), lead_in=20)
    game = Game(setup(3, rules=rules))
    game.apply_event(OpeningSent())
    assert game.answer("ann", to=0) == "not_open"
    assert [game.apply_event(TeamJoined("ann", team)) for team in ("红队", "蓝队")] == [
        (NotifyMember("ann", "joined"),)
    ] * 2
    assert game.apply_event(Skip("ann")) == (NotifyMember("ann", "not_yours"),)
    stopped = step(game.contest, Stop("starter"), game.now)
    assert stopped.effects == (AnnounceResult("stopped"),)
    assert stopped.contest is not None and stopped.contest.finished
    assert game.apply_event(Skip("starter")) == (AskQuestion(0),)
    game.opens()
    assert game.apply_event(TeamJoined("ann", "红队")) == (NotifyMember("ann", "joined"),)
    game.answer("ann")
    assert game.apply_event(TeamJoined("ann", "蓝队")) == (NotifyMember("ann", "team_stands"),)
    assert dict(game.state.progress.teams) == {"ann": "红队"}


def test_who_is_forgotten_leaves_nothing_behind() -> None:
    game = Game(setup(2, starter="ann")).opens()
    game.answer("ann")
    game.answer("bob")
    assert game.apply_event(MemberForgotten("ann")) == (UpdateScores(),)
    assert "ann" not in repr(game.state)
    assert points(game) == {"bob": 1}
    assert game.apply_event(MemberForgotten("nobody")) == ()


def test_an_answer_is_to_be_kept_as_it_counts() -> None:
    game = Game(setup(2)).opens().after(2.5)
    game.answer("ann", (1,), receipt=42)
    [keep] = [effect for effect in game.effects if isinstance(effect, SaveAnswer)]
    assert (keep.round, keep.member, keep.answer.chosen, keep.answer.ms, keep.answer.receipt) == (
        0,
        "ann",
        (1,),
        2500,
        42,
    )


@pytest.mark.parametrize("kind", [Skip, Stop])
def test_a_vote_counts_if_it_came_before_what_ended_its_question(kind: type[Skip | Stop]) -> None:
    game = Game(setup(2)).opens()
    game.answer("ann", receipt=7)
    game.apply_event(kind("starter", receipt=9))
    assert game.answer("bob", to=0, platform_verified=True, receipt=10) == "late"  # the platform was still taking votes
    assert game.answer("cem", to=0, platform_verified=True, receipt=8) == "taken"  # delivered late, given before
    assert game.effects[-1] == UpdateScores()
    assert points(game) == {"ann": 1, "cem": 1}


def test_before_a_start_there_is_nothing_to_stop_or_to_answer() -> None:
    assert step(None, Stop("ann"), NOON).effects == (NotifyMember("ann", "not_running"),)
    assert step(None, TeamJoined("ann"), NOON).effects == (NotifyMember("ann", "not_running"),)
    assert step(None, Tick(), NOON) == (None, ())


def test_a_pause_takes_the_open_question_back_and_it_is_asked_again_in_full() -> None:
    game = Game(setup(2, rules=Rules(solo=True))).opens().after(15)
    assert game.apply_event(Pause()) == (AnnouncePause(),)
    assert game.answer("ann") == "not_open"
    game.after(600)
    assert game.apply_event(Resume("ann")) == (AskQuestion(0),)
    game.opens().after(19).answer("ann")
    assert game.state.answers[0]["ann"].ms == 19_000
    game.apply_event(Pause())
    assert game.apply_event(Resume("ann")) == (AskQuestion(1),)


def test_a_paused_contest_waits_anew_and_a_finished_one_does_not_pause() -> None:
    game = Game(setup(1, rules=Rules(solo=True)))
    game.apply_event(Pause())
    game.after(PAUSE_TIMEOUT.total_seconds() - 1)
    assert game.apply_event(Pause()) == (AnnouncePause(),)
    game.after(2).apply_event(Tick())
    assert game.phase == "paused"
    game.apply_event(Stop("starter"))
    assert game.apply_event(Pause()) == ()
    assert game.phase == "finished"


def test_a_self_paced_question_waits_for_its_answer_and_the_next_one_for_being_wanted() -> None:
    rules = Rules(solo=True, self_paced=True, seconds=20)
    contest, _ = step(None, Start(setup(2, rules=rules)), NOON)
    contest, _ = step(contest, QuestionSent(0), NOON)
    later = NOON + timedelta(days=6)
    contest, effects = step(contest, Tick(), later)
    assert contest is not None and contest.progress.phase == "open" and effects == ()
    contest, _ = step(contest, Answered(0, "starter", RIGHT, 1), later)
    assert contest is not None and contest.waits_for_member
    assert contest.answers[0]["starter"].ms == 20_000  # no more than a question's time counts
    contest, effects = step(contest, Tick(), later + timedelta(hours=1))
    assert contest is not None and contest.waits_for_member and effects == ()
    contest, effects = step(contest, Resume("starter"), later + timedelta(hours=1))
    assert effects == (AskQuestion(1),)


def test_a_self_paced_contest_that_nobody_comes_back_to_ends_by_itself() -> None:
    contest, _ = step(None, Start(setup(2, rules=Rules(solo=True, self_paced=True))), NOON)
    contest, _ = step(contest, QuestionSent(0), NOON)
    assert contest is not None and contest.due is not None
    contest, _ = step(contest, Tick(), contest.due)
    assert contest is not None and contest.finished and contest.progress.finish == "abandoned"


def test_words_are_meant_for_the_question_that_is_open_or_was_just_closed_since_then() -> None:
    game = Game(setup(2))
    assert (answerable_round(game.state), answerable_since(game.state)) == (None, None)
    game.after(2).opens()
    opened = game.now
    game.after(3)
    assert (answerable_round(game.state), answerable_since(game.state)) == (0, opened)
    game.until_due()
    closed = game.now
    assert game.phase == "between" and closed > opened
    assert (answerable_round(game.state), answerable_since(game.state)) == (0, closed)
    game.until_due().after(1).opens()
    assert (answerable_round(game.state), answerable_since(game.state)) == (1, game.now)
