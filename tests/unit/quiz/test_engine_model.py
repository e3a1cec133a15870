"""Random events against a book that is kept by hand: state, what is shown, scores, places and times must agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.quiz.contest.effects import (
    AnnouncePause,
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    Effect,
    RevealAnswer,
    SaveAnswer,
    UpdateScores,
)
from bot.quiz.contest.engine import step
from bot.quiz.contest.events import (
    Answered,
    Event,
    MemberForgotten,
    OpeningSent,
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
from bot.quiz.contest.scoring import assign_places, scores, team_scores
from bot.quiz.contest.state import Contest, Mode, Rules, Scoring
from tests.unit.quiz.builders import NOON, question, setup
from tests.unit.quiz.rulebook import Book

MEMBERS = ("ann", "bob", "cem", "dan", "zoe")
SECONDS = 20
members = st.sampled_from(MEMBERS)
# options 1, and 0 with 2, are right in turn: most answers are one of these, so that there is something to score
choices = st.sampled_from([(1,), (0, 2), (2, 0), (1,), (0, 2), (3,), (), (0, 1, 2), (-1,), (4,)])
seldom = st.integers(0, 9).map(lambda lot: lot == 0)


class AnyContest(RuleBasedStateMachine):
    """``contest`` is under test, ``book`` says how it must be."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.contest: Contest | None = None
        self.kept: dict[tuple[int, str], tuple[int, ...]] = {}
        self.receipts = 0

    @initialize(
        count=st.integers(1, 7),
        mode=st.sampled_from(["contest", "daily", "challenge", "buzzer", "teams"]),
        scoring=st.sampled_from(["right", "speed"]),
        freely=st.tuples(st.booleans(), seldom),
        lead_in=st.sampled_from([0, 0, 5, 20]),
    )
    def start(self, count: int, mode: Mode, scoring: Scoring, freely: tuple[bool, bool], lead_in: int) -> None:
        changeable, solo = freely
        teams = ("红队", "蓝队") if mode == "teams" else ()
        rules = Rules(mode, SECONDS, scoring, changeable, solo, teams, lead_in=lead_in)
        questions = [question(number, correct=(1,) if number % 2 else (0, 2)) for number in range(count)]
        self.setup = setup(questions=questions, rules=rules, starter="zoe")
        self.book = Book(self.setup, self.now)
        self.apply_event(Start(self.setup), ["begun"] if lead_in else ["begun", "ask 0"])

    def apply_event(self, event: Event, shown: list[str]) -> None:
        self.contest, effects = step(self.contest, event, self.now)
        assert list(words_of(effects)) == shown
        for effect in effects:
            if isinstance(effect, SaveAnswer):
                self.kept[effect.round, effect.member] = effect.answer.chosen

    @property
    def state(self) -> Contest:
        assert self.contest is not None
        return self.contest

    # ── what may happen ──

    @rule(seconds=st.sampled_from([0.5, 2.5, 3, 3, 7.25, 19, 21, 21, 301, 1700, 4000, -30]))
    def time_passes(self, seconds: float) -> None:
        self.now = self.book.now = self.now + timedelta(seconds=seconds)
        self.apply_event(Tick(), self.book.time())

    @rule()
    def the_alarm_rings(self) -> None:
        self.now = self.book.now = max(self.now, self.book.due or self.now)
        self.apply_event(Tick(), self.book.time())

    @rule()
    def the_opening_arrives(self) -> None:
        self.apply_event(OpeningSent(), self.book.introduced())

    @rule(ahead=st.sampled_from([0, 0, 0, 0, -1, -2, 1]))
    def a_question_arrives(self, ahead: int) -> None:
        number = self.book.current + ahead
        self.apply_event(QuestionSent(number), self.book.arrives(number))

    @rule(ahead=st.integers(-1, 1), closed=st.booleans())
    def a_question_fails_or_closes(self, ahead: int, closed: bool) -> None:
        number = self.book.current + ahead
        if closed:
            self.apply_event(PlatformClosed(number), self.book.platform_closes(number))
        else:
            self.apply_event(SendFailed(number), self.book.fails(number))

    @rule(
        given=st.lists(st.tuples(members, choices, st.sampled_from([0, 0, 0, 0, -1, 1])), min_size=1, max_size=5),
        platform_verified=st.booleans(),
        swapped=seldom,
    )
    def members_answer(
        self, given: list[tuple[str, tuple[int, ...], int]], platform_verified: bool, swapped: bool
    ) -> None:
        receipts = list(range(self.receipts + 1, self.receipts + 1 + len(given)))
        self.receipts += len(given)
        for receipt, (member, chosen, ahead) in zip(receipts[:: -1 if swapped else 1], given, strict=True):
            self.now = self.book.now = self.now + timedelta(seconds=0.25)
            self.deliver(self.book.current + ahead, member, chosen, receipt, platform_verified)

    @precondition(lambda self: self.contest and self.book.phase in {"lead_in", "asking", "between", "paused"})
    @rule(
        members=st.permutations(MEMBERS),
        how_many=st.sampled_from([0, 0, 1, 2, 3]),
        rightly=st.lists(st.sampled_from([True, True, True, False]), min_size=3, max_size=3),
    )
    def a_round_is_played(self, members: list[str], how_many: int, rightly: list[bool]) -> None:
        """As most rounds go: it comes, some answer, its time is over."""
        if self.book.phase in {"lead_in", "between"}:
            self.the_alarm_rings()
        if self.book.phase == "paused":
            self.somebody_goes_on(members[0])
        number = self.book.current
        self.apply_event(QuestionSent(number), self.book.arrives(number))
        for member, well in zip(members[:how_many], rightly, strict=False):
            self.now = self.book.now = self.now + timedelta(seconds=1.5)
            self.receipts += 1
            self.deliver(number, member, self.setup.questions[number].correct if well else (3,), self.receipts, True)
        if self.book.phase == "open":
            self.the_alarm_rings()

    @precondition(lambda self: self.contest and self.book.log)
    @rule(data=st.data())
    def an_answer_is_delivered_again(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.book.log))
        self.deliver(old.round, old.member, tuple(old.chosen), old.receipt, True)

    def deliver(self, number: int, member: str, chosen: tuple[int, ...], receipt: int, platform_verified: bool) -> None:
        shown = self.book.delivered(number, member, chosen, receipt, platform_verified)
        self.apply_event(Answered(number, member, chosen, receipt, platform_verified), shown)

    @rule(member=members, team=st.sampled_from(["", "红队", "蓝队", "绿队"]))
    def a_member_joins(self, member: str, team: str) -> None:
        self.apply_event(TeamJoined(member, team), self.book.joins(member, team))

    @rule(
        member=members,
        privileged=seldom,
        skip=st.sampled_from([True, True, False]),
        earlier=st.sampled_from([0, 0, 1, 3]),
        numbered=st.booleans(),
    )
    def somebody_stops_or_skips(self, member: str, privileged: bool, skip: bool, earlier: int, numbered: bool) -> None:
        self.receipts += 1
        receipt = max(self.receipts - earlier, 1) if numbered else 0
        event = Skip(member, privileged, receipt) if skip else Stop(member, privileged, receipt)
        self.apply_event(event, self.book.interrupted(member, privileged, skip, receipt))

    @rule(member=members)
    def somebody_goes_on(self, member: str) -> None:
        self.apply_event(Resume(member), self.book.goes_on())

    @rule(member=members, really=seldom)
    def somebody_is_forgotten(self, member: str, really: bool) -> None:
        if really:
            self.apply_event(MemberForgotten(member), self.book.forgets(member))
            self.kept = {key: chosen for key, chosen in self.kept.items() if key[1] != member}
            assert member not in repr(self.state)

    @rule()
    def a_second_start_is_tried(self) -> None:
        before = self.contest
        if not self.state.finished:
            self.apply_event(Start(self.setup), [])
            assert self.contest is before

    # ── what must hold ──

    @invariant()
    def it_is_as_far_as_the_book_says(self) -> None:
        if self.contest is None:
            return
        progress, book = self.state.progress, self.book
        assert (progress.phase, progress.since, progress.finish) == (book.phase, book.since, book.finish)
        assert progress.silent == book.silent
        assert [(one.asked, one.opened, one.closed, one.reason) for one in progress.rounds] == [
            (one.asked, one.opened, one.closed, one.reason) for one in book.lines
        ]
        assert self.state.due == book.due
        assert self.state.setup.starter == book.starter
        assert progress.teams == book.teams

    @invariant()
    def the_scores_are_what_a_recount_gives(self) -> None:
        if self.contest is None:
            return
        found = {score.member: (score.points, score.right, score.answered, score.ms) for score in scores(self.state)}
        assert found == {
            member: (tally.points, tally.right, tally.answered, tally.ms)
            for member, tally in self.book.tallies().items()
        }
        asked = len(self.book.lines)
        assert all(0 <= ms <= SECONDS * 1000 * asked for *_, ms in found.values())
        if self.setup.rules.mode == "buzzer" and self.setup.rules.scoring == "right":
            assert sum(points for points, *_ in found.values()) <= asked

    @invariant()
    def the_places_are_what_a_recount_gives(self) -> None:
        if self.contest is None:
            return
        keys = {member: (-tally.points, tally.ms) for member, tally in self.book.tallies().items()}
        expected = {member: 1 + sum(other < key for other in keys.values()) for member, key in keys.items()}
        found = assign_places(scores(self.state))
        assert {place.score.member: place.place for place in found} == expected
        assert [place.place for place in found] == sorted(expected.values())
        medals = {place.score.member: place.medal for place in found}
        assert medals == {
            member: place if place <= 3 and keys[member][0] < 0 else 0 for member, place in expected.items()
        }

    @invariant()
    def the_teams_are_what_a_recount_gives(self) -> None:
        if self.contest is not None:
            found = {team.team: (team.members, team.points, team.ms) for team in team_scores(self.state)}
            assert found == self.book.team_tallies()

    @invariant()
    def what_was_to_be_kept_is_what_the_state_has(self) -> None:
        if self.contest is not None:
            has = {
                (number, member): answer.chosen
                for number, given in enumerate(self.state.answers)
                for member, answer in given.items()
            }
            assert has == self.kept

    def teardown(self) -> None:
        """Whatever happened: with nothing but time it comes to its end."""
        for _ in range(3 * 7 + 3):
            if self.contest is not None:
                self.the_alarm_rings()
        assert self.contest is None or self.contest.finished


def words_of(effects: Iterable[Effect]) -> Iterable[str]:
    """What is to be shown to all, in the book's words."""
    for effect in effects:
        match effect:
            case AnnounceStart():
                yield "begun"
            case AskQuestion(number):
                yield f"ask {number}"
            case CloseQuestion(number):
                yield f"close {number}"
            case RevealAnswer(number):
                yield f"reveal {number}"
            case UpdateScores():
                yield "rescored"
            case AnnouncePause():
                yield "paused"
            case AnnounceResult(reason):
                yield f"finished {reason}"
            case _:
                pass


TestAnyContest = AnyContest.TestCase
pytest.mark.slow(TestAnyContest)
TestAnyContest.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
