"""Every question on the real speech, judged again by a plain reading of its text."""

import re
from collections import Counter
from itertools import combinations

import pytest

from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.number_with_unit import differs_by_one_digit
from bot.wording import Quiz
from tests.unit.quiz.speech import (
    SOURCE,
    bank,
    of_kind,
    plain,
    points,
    rights,
    section_at,
    speech,
    written,
    wrongs,
)

pytestmark = pytest.mark.slow

# The figures of the speech, as a person read them in it; a question asks for one by the words of points.yaml.
FIGURES = {
    "地区生产总值的增长幅度": "18.7%",
    "今年来全区重点项目共完成的投资额": "7.2亿元",
    "新增中央投资项目个数": "32个",
    "新增中央投资项目的投资计划总额": "1700.8万元",
    "投资计划中的中央投资资金": "928.6万元",
    "到目前为止完成的项目个数": "29个",
    "到目前为止完成的投资额": "1305.3万元",
    "到目前为止完成的中央投资额": "778.6万元",
    "规模以上非公企业党组织的组建率": "100%",
    "全省上半年公众测评中我区排名跃升的名次": "29个名次",
    "今年全区新增城镇就业人员": "4047人",
    "城镇零就业家庭动态就业援助率": "100%",
    "援助农村贫困家庭转移就业的人数": "502人",
    "稳定农村劳动力转移就业的人数": "3.6万人",
}


def _sentence(question: str, template: str) -> str:
    """What stands behind ``template`` in a question."""
    return question.removeprefix(template.split("{", 1)[0])


def test_there_are_enough_questions_and_enough_of_them_by_hand() -> None:
    kinds = Counter(question.kind for question in bank())
    assert len(bank()) >= 120
    assert kinds["written"] >= 50
    assert set(kinds) == {"figure", "name", "blank", "member", "true_false", "several", "place", "written"}


def test_every_section_has_questions_of_at_least_two_kinds_or_three_by_hand() -> None:
    kinds: dict[str, Counter[str]] = {section.id: Counter() for section in speech().sections}
    for question in bank():
        kinds[points()[question.point]["section"]][question.kind] += 1
    assert len(kinds) == 13
    assert [id for id, found in kinds.items() if len(found) < 2 and found["written"] < 3] == []


def test_every_figure_of_the_speech_is_asked_for_once_with_its_own_value() -> None:
    asked: dict[str, str] = {}
    for question in of_kind("figure"):
        found = [ask for ask in FIGURES if ask in question.question]
        ask = max(found, key=len)
        assert ask not in asked
        asked[ask] = rights(question)[0]
        assert question.question.startswith("根据原文，" + ask)
    assert asked == FIGURES


def test_wrong_figures_have_the_unit_of_the_right_one_and_are_said_nowhere_of_the_same_thing() -> None:
    for question in of_kind("figure"):
        [right], wrong_figures = rights(question), wrongs(question)
        assert len(wrong_figures) == 3
        unit = re.sub(r"[\d.]", "", right)
        for wrong in wrong_figures:
            assert re.sub(r"[\d.]", "", wrong) == unit
            assert 0.3 < float(wrong[: -len(unit)]) / float(right[: -len(unit)]) < 3.4
            assert question.quote.replace(right, wrong) not in SOURCE


def test_a_name_stands_in_the_passage_and_no_wrong_one_does() -> None:
    for question in of_kind("name"):
        [right], wrong_names = rights(question), wrongs(question)
        assert len(wrong_names) == 3
        assert plain(right) in plain(question.quote)
        passage = plain("".join(speech().excerpt_texts(speech().point(question.point))))
        assert [wrong for wrong in wrong_names if plain(wrong) in plain(question.quote)] == []
        fact = next(fact for fact in points()[question.point]["facts"] if fact["ask"] in question.question)
        assert plain(fact["value"]) == plain(right)
        assert plain(fact["value"]) in passage


def test_a_blank_filled_with_the_right_term_stands_in_the_source_and_with_no_other() -> None:
    for question in of_kind("blank"):
        sentence = _sentence(question.question, Quiz.FILL)
        assert sentence.count("____") == 1
        assert (len(rights(question)), len(wrongs(question))) == (1, 3)
        assert [option for option in question.options if sentence.replace("____", option) in SOURCE] == rights(question)


def test_a_statement_is_right_exactly_where_it_stands_in_the_source() -> None:
    answers: Counter[bool] = Counter()
    for question in of_kind("true_false"):
        stands = _sentence(question.question, Quiz.TRUE_OR_FALSE) in SOURCE
        assert question.options == ("对", "错")
        assert rights(question) == ["对" if stands else "错"]
        answers[stands] += 1
    assert min(answers[True], answers[False]) >= 2


@pytest.mark.parametrize("seed", range(5))
def test_no_option_is_a_slip_of_a_digit_of_the_right_one_and_no_two_are_the_same_number(seed: int) -> None:
    for question in make_bank(speech(), seed):
        if question.kind != "figure":
            continue
        assert [wrong for wrong in wrongs(question) if differs_by_one_digit(rights(question)[0], wrong)] == []
        numbers = [float(re.sub(r"[^\d.]", "", option)) for option in question.options]
        assert len(set(numbers)) == len(numbers)


def test_a_changed_statement_differs_in_one_figure_alone() -> None:
    for question in of_kind("true_false"):
        said = _sentence(question.question, Quiz.TRUE_OR_FALSE)
        pairs = zip(re.findall(r"[\d.]+|\D+", said), re.findall(r"[\d.]+|\D+", question.quote), strict=True)
        changed = [one for one, other in pairs if one != other]
        assert len(changed) == (0 if rights(question) == ["对"] else 1)
        assert all(re.fullmatch(r"[\d.]+", one) for one in changed)


@pytest.mark.parametrize(
    ("kind", "template", "belongs"),
    [
        ("member", Quiz.IN_LIST, True),
        ("member", Quiz.NOT_IN_LIST, False),
        ("several", Quiz.SOME_IN_LIST, True),
    ],
)
def test_what_belongs_to_a_list_stands_where_the_gap_is(kind: str, template: str, belongs: bool) -> None:
    asked = [question for question in of_kind(kind) if question.question.startswith(template.split("{", 1)[0])]
    assert asked
    for question in asked:
        before, after = _sentence(question.question, template).split("____")
        found = re.search(re.escape(before) + "([^,。;]+?)" + (re.escape(after) or "(?=[,。;])"), SOURCE)
        assert found is not None
        listed = found.group(1)
        items = re.split("[、和]", listed) + listed.split("、")
        assert [option for option in question.options if (option in items) is belongs] == rights(question)


def test_a_place_is_where_the_sentence_stands_and_it_stands_once() -> None:
    for question in of_kind("place"):
        sentence = _sentence(question.question, Quiz.WHERE)
        assert SOURCE.count(sentence) == 1
        assert rights(question) == [section_at(SOURCE.index(sentence))]
        assert len(question.options) >= 3


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
    assert 5 <= judged <= 15


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
        quoted, place = question.explanation.split("\n")
        assert quoted.removeprefix("原文：").strip("…") in SOURCE
        assert place == "出处：" + section_at(SOURCE.index(question.quote))
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
