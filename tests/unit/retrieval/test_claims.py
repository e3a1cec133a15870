"""What a question claims wrongly is found in it, if the passage has the right thing of the same kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.premises.claims import term_to_confirm
from bot.retrieval.premises.document import Premises
from bot.retrieval.premises.figures import read_figures
from bot.retrieval.premises.passage import Premise, as_written, check_premise

PASSAGE = "全县种植水稻3200亩,增长12.4%,亩产居全市第三,总投资460万元,惠及农户1250户。"
RULE = "租期满3年不满6年的,押金减半;租期满6年的,免押金。最多续租2次,营业时间8:30至19:00,8月21日休息。"
NAMES = "实施“六个到位”,开展“四季有花”行动,推进五大连通工程。"
SOURCE = f"{PASSAGE}\n{RULE}\n{NAMES}"
PREMISES = Premises(SOURCE, [])
TERMS = {"六个到位", "四季有花"}


def checked(question: str, passage: str, *, answers: bool = True) -> tuple[str, str]:
    core = normalize_question(question).core
    found = check_premise(PREMISES, TERMS, core, passage, answers=answers)
    return found.kind, as_written(question, found.text)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("水稻增长是21.4%吗", "21.4%"),
        ("水稻增长百分之二十对吧", "百分之二十"),
        ("百分之二十是水稻的增长吧", "百分之二十"),
        ("总投资640万元是吧", "640万元"),
        ("总投资46个亿吧", "46个亿"),
        ("不是惠及2000多户吗", "2000多户"),
        ("亩产全省第三对吧", "全省第三"),
        ("亩产全市第一是不是", "第一"),
        ("全国增长12.4%吗", "全国"),
    ],
)
def test_a_wrong_claim_is_put_right_in_the_words_of_the_question(question: str, wrong: str) -> None:
    assert checked(question, PASSAGE) == ("corrected", wrong)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("七大连通工程是哪些", "七大连通工程"),
        ("八个到位是什么意思", "八个到位"),
        ("五季有花行动怎么搞", "五季有花行动"),
        ("最多续租3次对吗", ""),
    ],
)
def test_another_number_in_a_name_is_put_right_however_it_is_asked(question: str, wrong: str) -> None:
    assert checked(question, NAMES) == (("corrected", wrong) if wrong else ("", ""))


@pytest.mark.parametrize("passage", ["落实十六个到位。", "这是第六个到位的事。"])
def test_a_part_of_a_larger_number_is_no_other_number_in_a_name(passage: str) -> None:
    assert checked("八个到位是什么意思", passage) == ("", "")
    assert checked("八个到位是什么意思", f"{passage}也叫六个到位。") == ("corrected", "八个到位")


def test_a_name_that_begins_the_passage_is_compared_too() -> None:
    assert checked("八个到位是什么意思", "六个到位都要落实。") == ("corrected", "八个到位")


@pytest.mark.parametrize(
    ("question", "wrong", "asked"),
    [
        ("“四个到位”是吧", "四个到位", "六个到位"),
        ("镇长是不是说把养鱼当作第一件大事", "养鱼", "第一件大事是什么"),
        ("第一件大事不是养鱼吗", "养鱼", "第一件大事是什么"),
        ("养鱼是第一件大事对吧", "养鱼", "第一件大事是什么"),
    ],
)
def test_a_name_or_a_role_to_be_confirmed_is_asked_for_as_the_document_has_it(
    question: str, wrong: str, asked: str
) -> None:
    document = f"{PREMISES.text}\n始终把水稻作为第一件大事"
    claim = term_to_confirm(normalize_question(question).core, document, TERMS)
    assert claim is not None
    assert (claim.text, claim.asked) == (wrong, asked)
    assert claim.holds(document.split("\n")) is False


@pytest.mark.parametrize("question", ["“六个到位”是吧", "第一件大事是什么", "水稻好种吗", "把养鱼当作副业吗"])
def test_what_the_document_does_not_say_otherwise_is_no_claim_to_confirm(question: str) -> None:
    assert term_to_confirm(normalize_question(question).core, f"{PREMISES.text}\n把水稻作为第一件大事", TERMS) is None


def test_a_role_that_is_claimed_rightly_holds() -> None:
    claim = term_to_confirm("第一件大事是种水稻吧", "始终把水稻作为第一件大事", TERMS)
    assert claim is not None
    assert claim.holds(["始终把水稻作为第一件大事"]) is True
    assert claim.holds(["别的话"]) is None


@pytest.mark.parametrize(
    "question",
    [
        "水稻增长12.4%对吗",
        "增长百分之12.4是吧",
        "投资460万是吗",
        "投资大概450万吧",
        "惠及1000多户吧",
        "亩产全市第三吗",
        "水稻增长多少",
        "有没有超过400万",
    ],
)
def test_what_is_right_or_near_enough_or_not_claimed_is_left_alone(question: str) -> None:
    assert checked(question, PASSAGE) == ("", "")


@pytest.mark.parametrize(
    "question", ["租期4年押金多少", "租期五年能减押金吗", "9:15能去吗", "7点关门吗", "租期15年要押金吗"]
)
def test_a_case_that_lies_in_a_range_of_the_passage_is_no_claim(question: str) -> None:
    assert checked(question, RULE) == ("", "")


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("续租3次对吗", "3次"),
        ("20:00关门吗", "20:00"),
        ("8月22日休息吧", "8月22日"),
        ("休息是八月二十二号吧", "八月二十二号"),
    ],
)
def test_a_count_a_time_and_a_date_are_put_right_too(question: str, wrong: str) -> None:
    assert checked(question, RULE) == ("corrected", wrong)


def test_nothing_is_put_right_by_a_passage_that_is_not_trusted_or_has_nothing_of_the_kind() -> None:
    assert checked("水稻增长是21.4%吗", PASSAGE, answers=False) == ("missing", "21.4%")
    assert checked("水稻增长是21.4%吗", NAMES) == ("missing", "21.4%")
    assert checked("投资50亿的项目有几个", PASSAGE) == ("missing", "50亿")


@given(st.integers(1, 10**6), st.sampled_from(["对吗", "是吧", "吗", "", "吧", "对不对", "没错吧"]))
def test_a_wrong_figure_never_passes(number: int, ending: str) -> None:
    for asked, right, unit in (("水稻种植", 3200, "亩"), ("惠及农户", 1250, "户"), ("总投资", 460, "万元")):
        if number != right:
            assert checked(f"{asked}{number}{unit}{ending}", PASSAGE)[0] in {"corrected", "missing"}


def test_figures_are_read_with_what_they_measure() -> None:
    read = [
        (figure.value, figure.unit) for figure in read_figures("2031年8:30种3200亩,460万元,两次,12.4%,三个百分点,bx77")
    ]
    assert read == [(2031, "年份"), (8.5, ":"), (3200, "亩"), (4_600_000, "元"), (2, "次"), (12.4, "%"), (3, "%")]


@given(st.text(alphabet="零一二两三百万亿第全国市是吗吧多0129.:%人个次年月日大 、", max_size=30))
def test_whatever_is_asked_what_is_found_stands_in_it(question: str) -> None:
    core = normalize_question(question).core
    found = check_premise(PREMISES, TERMS, core, PASSAGE, answers=True)
    assert found == Premise() or found.text in core
    assert as_written(question, found.text)[:1] in question or as_written(question, found.text) == found.text
