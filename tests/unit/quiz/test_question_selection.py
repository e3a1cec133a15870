"""Which questions are asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.quiz.generation.bank import make_bank
from bot.quiz.question import Question
from bot.quiz.question_selection import select_questions, shuffle_options
from tests.tools.quiz_draws import shares_of_draws
from tests.unit.quiz.builders import question
from tests.unit.quiz.documents import document

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


def _mixed_bank() -> list[Question]:
    """Ninety questions over three parts, of each form, figures among them."""
    made = []
    for number in range(90):
        form = number % 5
        options = ("对", "错") if form == 4 else tuple(f"第{number}问的选项{letter}" for letter in "甲乙丙丁")
        made.append(
            replace(
                question(number, correct=(0, 2) if form == 3 else (1,)),
                kind="figure" if form == 2 else "written",
                options=options,
                quote=f"第{number}处说了什么",
                explanation=f"解析{number}",
                at=number * 100,
                part=str(number // 30),
                core=number % 15 == 0,
                difficulty=(number * 7 % 10) / 10,
            )
        )
    return made


@pytest.mark.parametrize("seed", range(60))
def test_a_draw_of_ten_is_mixed(seed: int) -> None:
    drawn = select_questions(_mixed_bank(), 10, str(seed))
    forms = Counter(found.form for found in drawn)
    assert (forms["multiple"], forms["judged"]) in {(2, 2), (2, 3)}
    assert max(Counter(found.part for found in drawn).values()) <= 5
    assert len({found.part for found in drawn}) == 3
    assert sum(found.kind == "figure" for found in drawn) <= 2
    assert any(found.core for found in drawn)
    assert [found.difficulty for found in drawn] == sorted(found.difficulty for found in drawn)


def test_single_questions_of_many_days_are_mixed_as_well() -> None:
    forms = Counter(select_questions(_mixed_bank(), 1, f"day {day}")[0].form for day in range(200))
    assert all(forms[form] >= 20 for form in ("single", "multiple", "judged"))


def test_two_that_ask_about_one_passage_are_not_asked_together() -> None:
    one = replace(question(1), quote="村道硬化十公里，惠及三个村", point="a")
    part = replace(question(2), quote="惠及三个村", point="b")
    near = [
        replace(question(3), quote="别的话", at=500, point="c"),
        replace(question(4), quote="另外的话", at=510, point="d"),
    ]
    other = replace(question(5), quote="不相干的话", at=900, point="e")
    for seed in range(20):
        found = {asked.id for asked in select_questions([one, part, *near, other], 3, str(seed))}
        assert not {"q1", "q2"} <= found
        assert not {"q3", "q4"} <= found


def test_what_was_measured_takes_the_place_of_the_estimate() -> None:
    bank = [replace(question(number), difficulty=(number + 1) / 10, quote=f"第{number}句") for number in range(5)]
    found = select_questions(bank, 5, "s", measured={"q4": 0.0})
    assert found[0].id == "q4"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["speech", "law", "report"])
def test_draws_of_small_documents_are_mixed_too(name: str) -> None:
    shares = shares_of_draws(make_bank(document(name)), 60, 5)
    assert shares["a multiple choice and one to be judged"] >= 0.98
    assert shares["the core"] >= 0.9
    assert shares["two of one passage"] <= 0.05


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
