"""Answers beside the day on which a question comes back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.review import MASTERED_INTERVAL, MAX_INTERVAL, PastAnswer, ReviewCard, review_cards
from tests.unit.quiz.builders import NOON

DAY = timedelta(days=1)


class Learner:
    """Answers one question, each time when it is due."""

    def __init__(self) -> None:
        self.given: list[PastAnswer] = []
        self.at = NOON

    def answers(self, right: bool, late: timedelta = timedelta()) -> ReviewCard:
        if self.given:
            [card] = review_cards(self.given)
            self.at = card.due + late
        self.given.append(PastAnswer("q1", right, self.at))
        [card] = review_cards(self.given)
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
    assert review_cards([PastAnswer("q1", True, NOON), PastAnswer("q1", True, NOON + DAY)]) == []


def test_a_wrong_answer_comes_back_within_the_hour_and_then_the_next_day() -> None:
    learner = Learner()
    card = learner.answers(False)
    assert (card.question, card.mastered, card.due - NOON) == ("q1", False, timedelta(minutes=10))
    assert learner.answers(True).due - learner.at == DAY


def test_practice_before_it_is_due_moves_nothing_when_right_and_brings_it_back_when_wrong() -> None:
    minute = timedelta(minutes=1)
    given_ = [PastAnswer("q1", False, NOON)]
    [card] = review_cards(given_)
    practised = [*given_, *(PastAnswer("q1", True, NOON + number * minute, alone=True) for number in range(1, 6))]
    assert review_cards(practised) == [replace(card, answered=NOON + 5 * minute)]
    [missed] = review_cards([*given_, PastAnswer("q1", False, NOON + minute, alone=True)])
    assert missed.due == NOON + minute + timedelta(minutes=10)
    [due] = review_cards([*given_, PastAnswer("q1", True, card.due, alone=True)])
    [in_contest] = review_cards([*given_, PastAnswer("q1", True, NOON + minute)])
    assert due.due > card.due and in_contest.due > card.due


def test_right_answers_let_it_wait_longer_and_longer_until_it_is_mastered() -> None:
    learner = Learner()
    learner.answers(False)
    waits = learner.masters_it()
    assert waits == sorted(waits)
    assert 2 <= len(waits) <= 8
    assert waits[-1] >= MASTERED_INTERVAL


def test_a_wrong_answer_brings_even_a_mastered_one_back() -> None:
    learner = Learner()
    learner.answers(False)
    learner.masters_it()
    again = learner.answers(False)
    assert (again.mastered, again.due - learner.at) == (False, timedelta(minutes=10))


def test_a_right_answer_before_the_first_wrong_one_counts_for_nothing() -> None:
    wrong = PastAnswer("q1", False, NOON)
    assert review_cards([PastAnswer("q1", True, NOON - DAY), wrong]) == review_cards([wrong])


@given(
    st.lists(st.tuples(st.sampled_from(["q1", "q2"]), st.booleans(), st.integers(0, 2000)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_whatever_is_answered_whenever_and_read_in_any_order(
    answers: list[tuple[str, bool, int]], lots: random.Random
) -> None:
    given_ = [PastAnswer(question, right, NOON + timedelta(hours=hours)) for question, right, hours in answers]
    cards = review_cards(given_)
    lots.shuffle(given_)
    assert review_cards(given_) == cards
    assert {card.question for card in cards} == {answer.question for answer in given_ if not answer.right}
    assert [card.due for card in cards] == sorted(card.due for card in cards)
    for card in cards:
        last = max(answer.at for answer in given_ if answer.question == card.question)
        assert timedelta() < card.due - last <= MAX_INTERVAL


def test_any_time_zone_will_do() -> None:
    east: datetime = NOON.astimezone(timezone(timedelta(hours=8)))
    assert review_cards([PastAnswer("q1", False, east)]) == review_cards([PastAnswer("q1", False, NOON)])


def test_the_longest_due_comes_first() -> None:
    given_ = [PastAnswer("b", False, NOON), PastAnswer("a", False, NOON - DAY), PastAnswer("c", False, NOON + DAY)]
    assert [card.question for card in review_cards(given_)] == ["a", "b", "c"]
