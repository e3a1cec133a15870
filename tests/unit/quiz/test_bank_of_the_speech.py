"""Every question on the real speech, judged again by a plain reading of its text."""

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from bot.knowledge.model import QuizAdditions
from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.number_with_unit import differs_by_one_digit
from tests.tools.quiz_draws import shares_of_draws
from tests.unit.quiz.recount import faults
from tests.unit.quiz.speech import SOURCE, bank, of_kind, plain, rights, speech, written, wrongs

pytestmark = pytest.mark.slow


def test_there_are_enough_questions_and_enough_of_them_by_hand() -> None:
    kinds = Counter(question.kind for question in bank())
    assert len(bank()) >= 120
    assert kinds["written"] >= 50


def test_every_part_has_questions_of_every_form() -> None:
    forms: dict[str, Counter[str]] = {}
    for question in bank():
        forms.setdefault(question.part, Counter())[question.form] += 1
    assert len(forms) == 4
    assert all(
        min(forms[part][form] for form in ("single", "multiple", "judged")) >= 4 for part in forms if part != "0"
    )


def test_every_question_made_without_a_hand_is_true_by_the_source() -> None:
    made = make_bank(replace(speech(), quiz_additions=QuizAdditions()))
    assert len(made) >= 20  # few and good ones: what a setter would strike is not made
    assert [entry for question in made if (entry := (question.question, *faults(question, SOURCE)))[1:]] == []


@pytest.mark.parametrize("seed", range(5))
def test_no_option_is_a_slip_of_a_digit_of_the_right_one_and_no_two_are_the_same_number(seed: int) -> None:
    for question in make_bank(speech(), seed):
        if question.kind != "figure":
            continue
        assert [wrong for wrong in wrongs(question) if differs_by_one_digit(rights(question)[0], wrong)] == []
        numbers = [float(re.sub(r"[^\d.]", "", option)) for option in question.options]
        assert len(set(numbers)) == len(numbers)


def test_a_question_by_hand_is_true_by_the_words_that_it_names() -> None:
    judged = 0
    for question in of_kind("written"):
        raw = written()[question.id]
        words = plain(raw.get("quote") or question.quote)
        assert words in plain(SOURCE)
        if question.options == ("对", "错"):
            judged += 1
            continue
        stands = {option: plain(option) in words for option in question.options}
        assert all(stands[option] for option in rights(question)) != all(stands[option] for option in wrongs(question))
        assert len({stands[option] for option in rights(question)}) == 1
        assert len({stands[option] for option in wrongs(question)}) == 1
    assert 15 <= judged <= 30
    answers = Counter(question.options[question.correct[0]] for question in bank() if question.form == "judged")
    assert abs(answers["对"] - answers["错"]) <= 2


def test_all_questions_by_hand_are_asked_with_their_own_options() -> None:
    asked = {question.id: question for question in of_kind("written")}
    assert sorted(asked) == sorted(written())
    for id, raw in written().items():
        right = raw["right"] if isinstance(raw["right"], list) else [raw["right"]]
        assert sorted(rights(asked[id])) == sorted(right)


def test_limits_of_a_poll_hold() -> None:
    for question in bank():
        assert 1 <= len(question.question) <= 300
        assert 2 <= len(question.options) <= 12
        assert all(1 <= len(option) <= 100 for option in question.options)
        assert len({plain(option) for option in question.options}) == len(question.options)
        assert 1 <= len(question.explanation) <= 200
        assert question.explanation.count("\n") <= 2
        assert list(question.correct) == sorted(set(question.correct))
        assert 0 < len(question.correct) < len(question.options)
        assert len(question.correct) == 1 or "（多选）" in question.question


def test_an_explanation_cites_the_source_word_for_word() -> None:
    for question in bank():
        *_, quoted, place = question.explanation.split("\n")
        assert quoted.startswith("原文是") or quoted.removeprefix("原文：").strip("…") in SOURCE
        assert place.startswith("出处：")
        assert question.quote in SOURCE


def test_an_answer_is_not_seen_in_the_question_nor_in_its_length_or_place() -> None:
    single = [question for question in bank() if len(question.options) == 4 and len(question.correct) == 1]
    for question in single:
        assert plain(rights(question)[0]) not in plain(question.question)
    longest = sum(len(rights(question)[0]) > max(map(len, wrongs(question))) for question in single)
    shortest = sum(len(rights(question)[0]) < min(map(len, wrongs(question))) for question in single)
    assert max(longest, shortest) / len(single) < 0.1
    places = Counter(question.correct[0] for question in single)
    assert all(0.15 < places[place] / len(single) < 0.35 for place in range(4))


def test_draws_of_ten_are_what_a_setter_would_draw() -> None:
    shares = shares_of_draws(bank(), 150)
    assert shares["a multiple choice and one to be judged"] >= 0.98
    assert shares["more than five of one part"] == 0
    assert shares["the core"] >= 0.9
    assert shares["two of one passage"] <= 0.01
    assert shares["more than two figures"] == 0


def test_no_two_questions_are_alike() -> None:
    def pairs(text: str) -> set[str]:
        return {text[at : at + 2] for at in range(len(text) - 1)}

    words = {question.id: pairs(plain(question.question + "".join(rights(question)))) for question in bank()}
    assert len(words) == len(bank())
    alike = [
        (one.id, other.id)
        for one, other in combinations(bank(), 2)
        if len(words[one.id] & words[other.id]) / len(words[one.id] | words[other.id]) > 0.75
    ]
    assert alike == []


def test_the_same_seed_makes_the_same_bank_and_another_one_keeps_the_ids_of_what_is_asked() -> None:
    assert make_bank(speech(), 7) == make_bank(speech(), 7)
    other = {question.id: question for question in make_bank(speech(), 7)}
    shared = [question for question in bank() if question.id in other]
    assert len(shared) > 0.8 * len(bank())
    assert [question.options for question in shared] != [other[question.id].options for question in shared]
    for question in shared:
        if question.options != ("对", "错") and question.kind not in {"member", "several"}:
            assert sorted(rights(question)) == sorted(rights(other[question.id]))
