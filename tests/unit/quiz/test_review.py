"""Answers beside the day on which a question comes back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.review import LONGEST, MASTERED, Given, ReviewCard, book
from tests.unit.quiz.games import NOON

DAY = timedelta(days=1)


class Learner:
    """Answers one question, each time when it is due."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.at = NOON

    def answers(self, right: bool, late: timedelta = timedelta()) -> ReviewCard:
        if self.given:
            [card] = book(self.given)
            self.at = card.due + late
        self.given.append(Given("q1", right, self.at))
        [card] = book(self.given)
        return card

    def masters_it(self) -> list[timedelta]:
        """Right answers until it is mastered; gives the waits between them."""
        waits: list[timedelta] = []
        card = self.answers(True)
        while not card.mastered:
            card = self.answers(True)
            waits.append(card.due - self.at)
        return waits


def test_right_answers_make_no_card() -> None:
    assert book([Given("q1", True, NOON), Given("q1", True, NOON + DAY)]) == []


def test_a_wrong_answer_comes_back_within_the_hour_and_then_the_next_day() -> None:
    learner = Learner()
    card = learner.answers(False)
    assert (card.question, card.mastered, card.due - NOON) == ("q1", False, timedelta(minutes=10))
    assert learner.answers(True).due - learner.at == DAY


def test_practice_before_it_is_due_moves_nothing_when_right_and_brings_it_back_when_wrong() -> None:
    minute = timedelta(minutes=1)
    given_ = [Given("q1", False, NOON)]
    [card] = book(given_)
    practised = [*given_, *(Given("q1", True, NOON + number * minute, alone=True) for number in range(1, 6))]
    assert book(practised) == [replace(card, answered=NOON + 5 * minute)]
    [missed] = book([*given_, Given("q1", False, NOON + minute, alone=True)])
    assert missed.due == NOON + minute + timedelta(minutes=10)
    [due] = book([*given_, Given("q1", True, card.due, alone=True)])
    [in_contest] = book([*given_, Given("q1", True, NOON + minute)])
    assert due.due > card.due and in_contest.due > card.due


def test_right_answers_let_it_wait_longer_and_longer_until_it_is_mastered() -> None:
    learner = Learner()
    learner.answers(False)
    waits = learner.masters_it()
    assert waits == sorted(waits)
    assert 2 <= len(waits) <= 8
    assert waits[-1] >= MASTERED


def test_a_wrong_answer_brings_even_a_mastered_one_back() -> None:
    learner = Learner()
    learner.answers(False)
    learner.masters_it()
    again = learner.answers(False)
    assert (again.mastered, again.due - learner.at) == (False, timedelta(minutes=10))


def test_a_right_answer_before_the_first_wrong_one_counts_for_nothing() -> None:
    wrong = Given("q1", False, NOON)
    assert book([Given("q1", True, NOON - DAY), wrong]) == book([wrong])


@given(
    st.lists(st.tuples(st.sampled_from(["q1", "q2"]), st.booleans(), st.integers(0, 2000)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_whatever_is_answered_whenever_and_read_in_any_order(
    answers: list[tuple[str, bool, int]], lots: random.Random
) -> None:
    given_ = [Given(question, right, NOON + timedelta(hours=hours)) for question, right, hours in answers]
    cards = book(given_)
    lots.shuffle(given_)
    assert book(given_) == cards
    assert {card.question for card in cards} == {answer.question for answer in given_ if not answer.right}
    assert [card.due for card in cards] == sorted(card.due for card in cards)
    for card in cards:
        last = max(answer.at for answer in given_ if answer.question == card.question)
        assert timedelta() < card.due - last <= LONGEST


def test_any_time_zone_will_do() -> None:
    east: datetime = NOON.astimezone(timezone(timedelta(hours=8)))
    assert book([Given("q1", False, east)]) == book([Given("q1", False, NOON)])


def test_the_longest_due_comes_first() -> None:
    given_ = [Given("b", False, NOON), Given("a", False, NOON - DAY), Given("c", False, NOON + DAY)]
    assert [card.question for card in book(given_)] == ["a", "b", "c"]
