"""Which questions are asked."""

from __future__ import annotations

from dataclasses import replace

from bot.quiz.picking import pick, shuffled
from tests.unit.quiz.games import question

BANK = [question(number, point=f"p{number // 3}") for number in range(30)]


def ids(*args: object, **more: object) -> list[str]:
    return [found.id for found in pick(BANK, *args, **more)]  # type: ignore[arg-type]


def test_a_seed_gives_the_same_questions_whatever_the_order_of_the_bank() -> None:
    assert ids(10, "s") == [found.id for found in pick(BANK[::-1], 10, "s")]
    assert ids(10, "s") != ids(10, "t")
    assert len({tuple(ids(3, str(seed))) for seed in range(50)}) > 40


def test_no_question_comes_twice() -> None:
    assert len(set(ids(30, "s"))) == 30
    assert len(pick([*BANK, *BANK], 99, "s")) == 30


def test_each_point_has_its_turn_before_one_comes_again() -> None:
    first = pick(BANK, 10, "s")
    assert len({found.point for found in first}) == 10


def test_a_topic_leaves_only_its_points() -> None:
    assert {found.point for found in pick(BANK, 30, "s", points={"p1", "p2"})} == {"p1", "p2"}
    assert pick(BANK, 5, "s", points=()) == ()


def test_what_was_asked_lately_comes_last_and_the_longest_ago_first() -> None:
    recent = [f"q{number}" for number in range(25)]
    found = ids(10, "s", recent=recent)
    assert set(found[:5]) == {f"q{number}" for number in range(25, 30)}
    assert found[5] == "q0"
    assert ids(0, "s") == []


def test_shuffling_keeps_what_is_right() -> None:
    asked = question(1, correct=(0, 2))
    found = {shuffled(asked, str(seed)).options for seed in range(60)}
    assert len(found) > 10
    for seed in range(60):
        mixed = shuffled(asked, str(seed))
        assert sorted(mixed.options) == sorted(asked.options)
        assert {mixed.options[index] for index in mixed.correct} == {"甲", "丙"}
        assert list(mixed.correct) == sorted(mixed.correct)
    assert shuffled(asked, "s") == shuffled(asked, "s")


def test_right_and_wrong_stay_in_their_order() -> None:
    judged = replace(question(1), options=("对", "错"))
    assert all(shuffled(judged, str(seed)) == judged for seed in range(20))
