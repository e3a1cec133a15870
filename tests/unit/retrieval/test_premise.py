"""What a question takes for granted and the document does not carry is told."""

import pytest

from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.premises.document import Premises, figures

PREMISES = Premises("全镇今年种植水稻3200亩,增长18.7%,总投资460万元。湖南", ["2个村修路了吗"])


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("今年种了3200亩水稻吗", ""),
        ("增长18.7%是真的吗", ""),
        ("3000多亩水稻", ""),  # a rounded figure claims nothing exactly
        ("2015年种了多少水稻", "2015年"),
        ("增长20%吗", "20%"),
        ("投资46万了吗", "46万"),
        ("去年种了多少水稻", "去年"),
        ("往年种了多少水稻", "往年"),
        ("水稻跟往年比多不多", ""),  # compared with, not asked for
        ("湖北种了多少水稻", "湖北"),
        ("湖南种了多少水稻", ""),
        ("有3个村吗", ""),  # single digits tell nothing
        ("种了五千亩水稻", "5000"),
        ("种了三千二百亩水稻吗", ""),
        ("百分之十八点七对不对", ""),
        ("投资有没有超过500万", ""),  # what is compared with is asked, not claimed
        ("投资超过五个亿了吗", ""),
        ("我教了三十年书,今年种了多少水稻", ""),  # of the person who asks
        ("我区三十年来种了多少水稻", "30年"),
        ("评了十个能手吗", "10个"),
    ],
)
def test_a_year_a_figure_a_place_or_a_time_that_stands_nowhere_is_named(question: str, missing: str) -> None:
    assert PREMISES.missing(normalize_question(question).core) == missing


@pytest.mark.parametrize(
    ("source", "question"),
    [
        ("过去一年,全镇新修水渠12条。", "去年修了几条水渠"),
        ("水费收缴率比上年提高3个百分点。", "去年水费收得怎么样"),
        ("来年要再修8条水渠。", "明年修几条水渠"),
        ("上月完成清淤。", "上个月清淤了没有"),
    ],
)
def test_a_time_that_the_document_names_otherwise_is_there(source: str, question: str) -> None:
    assert Premises(source, []).missing(normalize_question(question).core) == ""


@pytest.mark.parametrize(
    ("question", "missing"),
    [("文件提到一村一品了吗", "一村一品"), ("有没有讲到水稻种植", ""), ("说到种植面积没有", "")],
)
def test_a_word_is_missing_if_less_than_half_of_it_stands_there(question: str, missing: str) -> None:
    premises = Premises("全镇一村一策,种植水稻3200亩,面积大增。", [])
    assert premises.missing(normalize_question(question).core) == missing


def test_figures_are_read_with_their_units() -> None:
    assert figures("2015年增长18.7%,投资460万元,502人,共3个") == {"2015年", "18.7%", "460万", "502个"}


def test_what_only_counts_is_one_unit_and_ten_is_carried_by_its_name() -> None:
    premises = Premises("新增就业502人,评选“十佳能手”。", [])
    assert [premises.missing(core) for core in ("502名", "502人", "502元", "10个")] == ["", "", "502元", ""]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("BX77的扬程", ""),
        ("bx 77的扬程", ""),
        ("BX78的扬程", "bx78"),
        ("BX7的扬程", "bx7"),
        ("0851-6620418是哪里的", ""),
        ("6620418是哪里的", ""),
        ("6620419是哪里的", "6620419"),
        ("08月21日开什么会", ""),
        ("八月二十一号开什么会", ""),
        ("8月12日开什么会", "八月12日"),
        ("2030年8月21日开什么会", "2030年八月21日"),
        ("期限是45天吗", ""),
        ("期限是54天吗", "54天"),
    ],
)
def test_a_code_a_number_or_a_date_counts_only_as_a_whole(question: str, missing: str) -> None:
    premises = Premises("bx77型水泵扬程32米,电话0851-6620418。2031年8月21日开会,期限45日", [])
    assert premises.missing(normalize_question(question).core) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("婚假几天", "婚假"),
        ("探亲假几天", "探亲假"),
        ("病假几天", ""),
        ("没拿证怎么办", ""),
        ("怎么请假", ""),
        ("工作证能用吗", "工作证"),
        ("怎么保证质量", ""),
        ("假期怎么安排", ""),
        ("卡怎么补办", "补办"),
        ("卡能退吗", "退"),
        ("怎么办卡", ""),
        ("有没有提到加班", "加班"),
        ("提到出入证没有", ""),
        ("说到病假了吗", ""),
    ],
)
def test_another_member_of_a_category_and_a_service_that_nobody_names_are_missing(question: str, missing: str) -> None:
    premises = Premises("员工有病假3天、事假5天,凭出入证或者学生证办卡。", [])
    core = normalize_question(question).core
    assert premises.missing(core, shared_tokenizer().words(core)) == missing
