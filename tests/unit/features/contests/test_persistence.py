"""Whatever happens to a contest, the rows kept on the way give it back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings

from bot.contests.persistence import contest_of, rows_of
from bot.quiz.contest.engine import step
from bot.quiz.contest.events import Answered, Event, MemberForgotten, QuestionSent, Start, TeamJoined
from bot.quiz.contest.state import Contest, Rules
from bot.records.contests import AnswerRecord, ContestRecord, ProgressRecord, StoredContest
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.quiz.builders import NOON, RIGHT, Game, setup
from tests.unit.quiz.test_engine_model import AnyContest


class AnyKeptContest(AnyContest):
    """The random contests of the engine's test; after each step it is read back from what was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeQuizStore()

    def apply_event(self, event: Event, shown: list[str]) -> None:
        before = self.contest
        super().apply_event(event, shown)
        _, effects = step(before, event, self.now)
        for row in rows_of(before, self.state, effects, self.now):
            self.store._keep(row)
        if isinstance(event, MemberForgotten):
            self.store.forget(event.member)
        assert self.read() == self.state

    def read(self) -> Contest:
        store = self.store
        [row] = store.contest_rows.values()
        return contest_of(
            StoredContest(row, [*store.players.values()], [*store.answers.values()], [*store.polls.values()])
        )


TestAnyKeptContest = AnyKeptContest.TestCase
pytest.mark.slow(TestAnyKeptContest)
TestAnyKeptContest.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_an_answer_costs_one_small_row_and_a_turn_one_progress() -> None:
    game = Game(setup(3))
    before = game.contest
    assert [type(row) for row in rows_of(None, game.state, game.effects, NOON)] == [ContestRecord]
    game.apply_event(QuestionSent(0))
    assert [type(row) for row in rows_of(before, game.state, game.effects, NOON)] == [ProgressRecord]
    before = game.contest
    game.apply_event(Answered(0, "ann", RIGHT, 1))
    [row] = rows_of(before, game.state, game.effects, NOON)
    assert isinstance(row, AnswerRecord)
    assert (row.member, row.question, row.point, row.right) == ("ann", "q0", "p0", True)


def test_no_member_stands_in_the_json() -> None:
    game = Game(setup(2, rules=Rules("teams", teams=("红队", "蓝队")), starter="zoe"))
    before = game.contest
    game.apply_event(TeamJoined("zoe"))
    rows = [*rows_of(None, game.state, (), NOON), *rows_of(before, game.state, game.effects, NOON)]
    assert [getattr(row, "starter", "") for row in rows] == ["zoe", "", ""]
    assert all("zoe" not in row.setup + row.progress for row in rows if isinstance(row, ContestRecord))


def test_a_new_contest_in_the_place_of_a_finished_one_is_kept_as_a_whole() -> None:
    game = Game(setup(1)).opens().until_due()
    before = game.contest
    game.apply_event(Start(replace(setup(2), id="c2")))
    assert [type(row) for row in rows_of(before, game.state, game.effects, NOON)] == [ContestRecord]
