"""Random events against a model that only writes down what was delivered, and counts it in its own way at the end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.quiz.contest import Contest, Mode, Rules, Scoring
from bot.quiz.effects import Ask, Close, Finished, Keep
from bot.quiz.engine import step
from bot.quiz.events import (
    Answered,
    Event,
    Forgotten,
    Joined,
    Opened,
    PlatformClosed,
    Resume,
    Skip,
    Start,
    Stop,
    Tick,
    Unsent,
)
from bot.quiz.scoring import scores, team_scores
from bot.quiz.standings import placed
from bot.quiz.turns import awaits
from tests.unit.quiz.games import NOON, question, setup

MEMBERS = ("ann", "bob", "cem", "dan", "zoe")
SECONDS = 20
members = st.sampled_from(MEMBERS)
# options 1, and 0 with 2, are right in turn: most answers are one of these, so that there is something to score
choices = st.sampled_from([(1,), (0, 2), (2, 0), (1,), (0, 2), (3,), (), (0, 1, 2), (-1,), (4,)])
seldom = st.integers(0, 9).map(lambda lot: lot == 0)


@dataclass(frozen=True)
class Delivery:
    """An answer that was given while it counted."""

    round: int
    member: str
    chosen: frozenset[int]
    ms: int
    receipt: int


class AnyContest(RuleBasedStateMachine):
    """``contest`` is under test; ``log`` is what the model knows."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.contest: Contest | None = None
        self.log: list[Delivery] = []
        self.opened: dict[int, datetime] = {}
        self.asked: list[int] = []
        self.asked_at: dict[int, datetime] = {}
        self.kept: dict[tuple[int, str], tuple[int, ...]] = {}
        self.ended = 0
        self.receipts = 0

    @initialize(
        count=st.integers(1, 5),
        mode=st.sampled_from(["contest", "daily", "challenge", "buzzer", "teams"]),
        scoring=st.sampled_from(["right", "speed"]),
        changeable=st.booleans(),
        solo=st.booleans(),
    )
    def start(self, count: int, mode: Mode, scoring: Scoring, changeable: bool, solo: bool) -> None:
        teams = ("红队", "蓝队") if mode == "teams" else ()
        rules = Rules(mode, SECONDS, scoring, changeable, solo, teams)
        questions = [question(number, correct=(1,) if number % 2 else (0, 2)) for number in range(count)]
        self.setup = setup(questions=questions, rules=rules, starter="zoe")
        self.happens(Start(self.setup))

    def happens(self, event: Event) -> None:
        self.contest, effects = step(self.contest, event, self.now)
        for effect in effects:
            match effect:
                case Ask(number):
                    self.asked.append(number)
                    self.asked_at[number] = self.now
                case Keep(number, member, answer):
                    self.kept[number, member] = answer.chosen
                case Close(number):
                    assert not awaits(self.state, number, "open")
                case Finished():
                    self.ended += 1
                case _:
                    pass

    @property
    def state(self) -> Contest:
        assert self.contest is not None
        return self.contest

    # ── what may happen ──

    @rule(seconds=st.sampled_from([0.5, 3, 3, 7.25, 19, 21, 21, 400, 4000, -30]))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.happens(Tick())

    @rule(ahead=st.sampled_from([0, 0, 0, 0, -1, -2, 1]))
    def a_question_arrives(self, ahead: int) -> None:
        number = self.state.current + ahead
        if number == self.state.current and self.state.progress.phase == "asking":
            self.opened[number] = self.now
        self.happens(Opened(number))

    @rule(ahead=st.integers(-1, 1), closed=st.booleans())
    def a_question_fails_or_closes(self, ahead: int, closed: bool) -> None:
        number = self.state.current + ahead
        self.happens(PlatformClosed(number) if closed else Unsent(number))

    @rule(
        given=st.lists(st.tuples(members, choices, st.sampled_from([0, 0, 0, 0, -1, 1])), min_size=1, max_size=5),
        vouched=st.booleans(),
        swapped=seldom,
    )
    def members_answer(self, given: list[tuple[str, tuple[int, ...], int]], vouched: bool, swapped: bool) -> None:
        receipts = list(range(self.receipts + 1, self.receipts + 1 + len(given)))
        self.receipts += len(given)
        for receipt, (member, chosen, ahead) in zip(receipts[:: -1 if swapped else 1], given, strict=True):
            self.now += timedelta(seconds=0.25)
            self.deliver(self.state.current + ahead, member, chosen, receipt, vouched)

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def an_answer_is_delivered_again(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.log))
        self.deliver(old.round, old.member, tuple(old.chosen), old.receipt, True)

    def deliver(self, number: int, member: str, chosen: tuple[int, ...], receipt: int, vouched: bool) -> None:
        is_there = number in self.asked_at and all(0 <= option < 4 for option in chosen)
        is_open = (
            number == self.state.current
            and self.state.progress.phase == "open"
            and self.now - self.opened[number] <= timedelta(seconds=SECONDS)
        )
        if is_there and (vouched or is_open):
            since = self.opened.get(number, self.asked_at[number])
            ms = min(max(int((self.now - since).total_seconds() * 1000), 0), SECONDS * 1000)
            self.log.append(Delivery(number, member, frozenset(chosen), ms, receipt))
        self.happens(Answered(number, member, chosen, receipt, vouched))

    @rule(member=members, team=st.sampled_from(["", "红队", "蓝队", "绿队"]))
    def a_member_joins(self, member: str, team: str) -> None:
        self.happens(Joined(member, team))

    @rule(member=members, privileged=seldom, skip=st.sampled_from([True, True, False]))
    def somebody_stops_or_skips(self, member: str, privileged: bool, skip: bool) -> None:
        running = not self.state.finished
        self.happens(Skip(member, privileged) if skip else Stop(member, privileged))
        if not skip and running:
            assert self.state.finished == (privileged or member == self.state.setup.starter)

    @rule(member=members)
    def somebody_goes_on(self, member: str) -> None:
        self.happens(Resume(member))

    @rule(member=members, really=seldom)
    def somebody_is_forgotten(self, member: str, really: bool) -> None:
        if not really:
            return
        self.happens(Forgotten(member))
        self.log = [found for found in self.log if found.member != member]
        self.kept = {key: chosen for key, chosen in self.kept.items() if key[1] != member}
        assert member not in repr(self.state)

    @rule()
    def a_second_start_is_tried(self) -> None:
        before = self.contest
        if not self.state.finished:
            self.happens(Start(self.setup))
            assert self.contest is before

    # ── what must hold ──

    def counted(self) -> dict[tuple[int, str], Delivery]:
        """What counts of all that was delivered: the first, or where changes are allowed the latest by receipt."""
        rules = self.setup.rules
        changes = rules.changeable and not rules.solo and rules.mode in {"contest", "daily", "teams"}
        found: dict[tuple[int, str], Delivery] = {}
        for delivery in self.log:
            key = (delivery.round, delivery.member)
            old = found.get(key)
            if old is None:
                if delivery.chosen:
                    found[key] = delivery
            elif changes and delivery.receipt > old.receipt:
                found[key] = delivery
        return {key: delivery for key, delivery in found.items() if delivery.chosen}

    @invariant()
    def the_scores_are_what_a_recount_gives(self) -> None:
        if self.contest is None:
            return
        counted = self.counted()
        scored: defaultdict[str, list[Delivery]] = defaultdict(list)
        for number, asked in enumerate(self.setup.questions):
            right = [
                delivery
                for delivery in counted.values()
                if delivery.round == number and delivery.chosen == frozenset(asked.correct)
            ]
            if self.setup.rules.mode == "buzzer":
                right = sorted(right, key=lambda delivery: delivery.receipt)[:1]
            for delivery in right:
                scored[delivery.member].append(delivery)
        if self.setup.rules.mode == "challenge":
            scored = self.runs(scored, counted)
        expected = {
            member: (sum(map(self.worth, scored[member])), sum(delivery.ms for delivery in scored[member]))
            for _, member in counted
        }
        found = scores(self.state)
        assert {score.member: (score.points, score.ms) for score in found} == expected
        assert all(0 <= score.ms <= SECONDS * 1000 * len(self.asked) for score in found)
        assert all(0 <= score.right <= score.answered <= len(self.asked) for score in found)

    def worth(self, delivery: Delivery) -> int:
        if self.setup.rules.scoring == "right":
            return 1
        return 500 + (500 * (SECONDS * 1000 - delivery.ms)) // (SECONDS * 1000)

    def runs(
        self, right: dict[str, list[Delivery]], counted: dict[tuple[int, str], Delivery]
    ) -> defaultdict[str, list[Delivery]]:
        """Of the right answers only those before the first wrong or missed one."""
        found: defaultdict[str, list[Delivery]] = defaultdict(list)
        if not counted:
            return found
        first = min(number for number, _ in counted)
        for member in {member for _, member in counted}:
            broken = [
                number
                for number in range(first, len(self.state.progress.rounds))
                if all(delivery.round != number for delivery in right.get(member, []))
                and ((number, member) in counted or self.state.progress.rounds[number].reason in {"time", "answered"})
            ]
            end = min(broken, default=99)
            found[member] = [delivery for delivery in right.get(member, []) if delivery.round < end]
        return found

    @invariant()
    def what_was_to_be_kept_is_what_the_state_has(self) -> None:
        if self.contest is not None:
            has = {
                (number, member): answer.chosen
                for number, given in enumerate(self.state.answers)
                for member, answer in given.items()
            }
            assert has == self.kept

    @invariant()
    def a_buzzer_question_has_one_winner(self) -> None:
        if self.contest is not None and self.setup.rules.mode == "buzzer" and self.setup.rules.scoring == "right":
            assert sum(score.points for score in scores(self.state)) <= len(self.asked)

    @invariant()
    def places_begin_with_one_and_never_fall(self) -> None:
        if self.contest is not None:
            found = placed(scores(self.state))
            places = [place.place for place in found]
            assert places == sorted(places)
            assert not places or places[0] == 1
            keys = [(-place.score.points, place.score.ms) for place in found]
            assert keys == sorted(keys)
            assert len(set(keys)) == len(set(places))

    @invariant()
    def teams_have_their_members_and_no_more(self) -> None:
        if self.contest is not None and self.setup.rules.mode == "teams":
            teams = team_scores(self.state)
            assert sum(team.members for team in teams) == len(self.state.progress.teams)
            assert sum(team.points * team.members for team in teams) == sum(
                score.points for score in scores(self.state)
            )

    @invariant()
    def questions_come_once_and_in_order(self) -> None:
        assert self.asked == list(range(len(self.asked)))
        if self.contest is not None:
            assert len(self.state.progress.rounds) == len(self.state.answers) == len(self.asked)
            assert len(self.asked) <= len(self.setup.questions)

    @invariant()
    def it_ends_once_and_only_then_nothing_is_due(self) -> None:
        if self.contest is not None:
            assert self.ended == self.state.finished
            assert (self.state.due is None) == self.state.finished

    def teardown(self) -> None:
        """Whatever happened: with nothing but time it comes to its end."""
        for _ in range(3 * 5 + 3):
            if self.contest is not None and self.contest.due is not None:
                self.now = max(self.now, self.contest.due)
                self.happens(Tick())
        assert self.contest is None or self.contest.finished


TestAnyContest = AnyContest.TestCase
TestAnyContest.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
