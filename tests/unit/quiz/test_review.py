"""Answers beside the day on which a question comes back."""

from __future__ import annotations

from datetime import timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.review import LONGEST, MASTERED, ReviewCard, answered, due_until
from tests.unit.quiz.games import NOON

DAY = timedelta(days=1)


def review(card: ReviewCard | None, right: bool, after: timedelta = timedelta()) -> ReviewCard:
    """The answer is given ``after`` the card was due."""
    now = (card.due if card else NOON) + after
    found = answered(card, member="ann", question="q1", right=right, now=now)
    assert found is not None
    return found


def test_a_right_answer_needs_no_card() -> None:
    assert answered(None, member="ann", question="q1", right=True, now=NOON) is None


def test_a_wrong_answer_comes_back_within_the_hour_and_then_the_next_day() -> None:
    card = review(None, False)
    assert (card.member, card.question, card.mastered) == ("ann", "q1", False)
    assert card.due - NOON == timedelta(minutes=10)
    assert review(card, True).due - card.due == DAY


def test_right_answers_let_it_wait_longer_and_longer_until_it_is_mastered() -> None:
    card = review(None, False)
    waits = []
    while not card.mastered:
        later = review(card, True)
        waits.append(later.due - card.due)
        card = later
    assert waits == sorted(waits)
    assert 3 <= len(waits) <= 8
    assert waits[-1] >= MASTERED


def test_a_wrong_answer_brings_even_a_mastered_one_back() -> None:
    card = review(None, False)
    while not card.mastered:
        card = review(card, True)
    again = review(card, False)
    assert (again.mastered, again.due - card.due) == (False, timedelta(minutes=10))


def test_the_same_answers_give_the_same_dates() -> None:
    assert review(review(None, False), True) == review(review(None, False), True)


def test_any_time_zone_will_do() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=8)))
    assert answered(None, member="ann", question="q1", right=False, now=east) == review(None, False)


@given(st.lists(st.tuples(st.booleans(), st.integers(-400, 400)), max_size=30))
def test_whatever_is_answered_whenever_it_comes_back_within_a_year(answers: list[tuple[bool, int]]) -> None:
    card = review(None, False)
    for right, hours in answers:
        before = card
        now = card.due + timedelta(hours=hours)
        card = review(card, right, timedelta(hours=hours))
        assert card.due > min(now, before.due)
        assert card.due - max(now, before.due) <= LONGEST


def test_the_longest_due_comes_first() -> None:
    cards = [
        ReviewCard("ann", name, NOON + timedelta(hours=hours), False, "")
        for name, hours in (("b", 0), ("a", -2), ("c", 1))
    ]
    assert [card.question for card in due_until(cards, NOON)] == ["a", "b"]
