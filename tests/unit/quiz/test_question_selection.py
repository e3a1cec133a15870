"""Which questions are asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.question_selection import select_questions, shuffle_options
from tests.unit.quiz.builders import question

BANK = [question(number, point=f"p{number // 3}") for number in range(30)]


def ids(*args: object, **more: object) -> list[str]:
    return [found.id for found in select_questions(BANK, *args, **more)]  # type: ignore[arg-type]


def test_a_seed_gives_the_same_questions_whatever_the_order_of_the_bank() -> None:
    assert ids(10, "s") == [found.id for found in select_questions(BANK[::-1], 10, "s")]
    assert ids(10, "s") != ids(10, "t")
    assert len({tuple(ids(3, str(seed))) for seed in range(50)}) > 40


def test_no_question_comes_twice() -> None:
    assert len(set(ids(30, "s"))) == 30
    assert len(select_questions([*BANK, *BANK], 99, "s")) == 30


def test_each_point_has_its_turn_before_one_comes_again() -> None:
    first = select_questions(BANK, 10, "s")
    assert len({found.point for found in first}) == 10


def test_a_topic_leaves_only_its_points() -> None:
    assert {found.point for found in select_questions(BANK, 30, "s", points={"p1", "p2"})} == {"p1", "p2"}
    assert select_questions(BANK, 5, "s", points=()) == ()


def test_of_each_point_what_was_not_asked_lately_comes_first_and_then_the_longest_ago() -> None:
    recent = [f"q{number}" for number in range(25)]
    found = ids(10, "s", recent=recent)
    assert set(found[:2]) < {f"q{number}" for number in range(25, 30)}
    assert found[2:] == [f"q{number}" for number in range(0, 24, 3)]
    assert ids(0, "s") == []


@pytest.mark.parametrize("seed", range(20))
def test_a_question_whose_answer_an_earlier_explanation_tells_comes_after_the_others(seed: int) -> None:
    telling = replace(question(1), explanation="原文：完成29个项目、创建示范村")
    told = replace(question(2), options=("19个", "29个"), quote="另一句话")
    true = replace(question(3), options=("对", "错"), quote="创建示范村", correct=(0,))
    other = replace(question(4), quote="别处的话")
    found = [asked.id for asked in select_questions([telling, told, true, other], 4, str(seed))]
    for given_away in ("q2", "q3"):
        assert found.index(given_away) < found.index("q1") or found[-2:].count(given_away)


def test_what_an_explanation_tells_is_asked_when_there_is_nothing_else() -> None:
    telling = replace(question(1), explanation="完成29个项目")
    told = replace(question(2), options=("19个", "29个"), quote="另一句话")
    assert len(select_questions([telling, told], 2, "s")) == 2


def test_shuffling_keeps_what_is_right() -> None:
    asked = question(1, correct=(0, 2))
    found = {shuffle_options(asked, str(seed)).options for seed in range(60)}
    assert len(found) > 10
    for seed in range(60):
        mixed = shuffle_options(asked, str(seed))
        assert sorted(mixed.options) == sorted(asked.options)
        assert {mixed.options[index] for index in mixed.correct} == {"甲", "丙"}
        assert list(mixed.correct) == sorted(mixed.correct)
    assert shuffle_options(asked, "s") == shuffle_options(asked, "s")


def test_right_and_wrong_stay_in_their_order() -> None:
    judged = replace(question(1), options=("对", "错"))
    assert all(shuffle_options(judged, str(seed)) == judged for seed in range(20))
