"""How questions have done in play."""

from __future__ import annotations

import pytest

from bot.quiz.item_analysis import ENOUGH_ANSWERS, PlayedAnswer, analyse, measured_difficulty


def _played(question: str, right: dict[int, bool], contest: str = "c") -> list[PlayedAnswer]:
    return [PlayedAnswer(contest, question, f"m{member}", is_right) for member, is_right in right.items()]


def _ladder(members: int) -> list[PlayedAnswer]:
    """Five questions of which each member answers the more rightly, the higher the number of the member."""
    return [
        PlayedAnswer("c", f"other{number}", f"m{member}", member * 5 > number * members)
        for number in range(5)
        for member in range(members)
    ]


def test_the_share_right_and_the_answers_are_counted() -> None:
    found = analyse(_played("q", {1: True, 2: True, 3: False}))["q"]
    assert (found.answered, found.right) == (3, 2)
    assert found.share == pytest.approx(2 / 3)
    assert found.discrimination is None
    assert found.verdict == ""


def test_who_played_a_contest_and_gave_no_answer_has_skipped() -> None:
    answers = [*_played("q", {1: True}), *_played("p", {1: True, 2: False, 3: True}), *_played("p", {9: True}, "other")]
    assert analyse(answers)["q"].skipped == 2
    assert analyse(answers)["p"].skipped == 0


def test_a_question_that_good_players_answer_tells_them_from_weak_ones() -> None:
    members = 30
    good = _played("q", {member: member >= 15 for member in range(members)})
    turned = _played("t", {member: member < 15 for member in range(members)})
    found = analyse([*_ladder(members), *good])
    assert found["q"].discrimination is not None
    assert found["q"].discrimination > 0.5
    assert found["q"].verdict == ""
    assert analyse([*_ladder(members), *turned])["t"].verdict == "misleading"


@pytest.mark.parametrize(("right", "verdict"), [(40, "easy"), (39, "easy"), (30, ""), (8, "hard"), (0, "hard")])
def test_what_nearly_all_or_hardly_any_answer_rightly_is_proposed_for_rest(right: int, verdict: str) -> None:
    found = analyse(_played("q", {member: member < right for member in range(40)}))["q"]
    assert found.verdict == verdict


def test_few_answers_prove_nothing() -> None:
    assert analyse(_played("q", dict.fromkeys(range(ENOUGH_ANSWERS - 1), False)))["q"].verdict == ""
    assert measured_difficulty({"a": (ENOUGH_ANSWERS, 5), "b": (ENOUGH_ANSWERS - 1, 5)}) == {"a": 0.75}
