"""A document with many offices: each may be asked for by its short form, and none stands for another."""

from functools import cache

import pytest

from bot.knowledge.parse.points_file import parse_points
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever

DUTIES = (
    "区人大常委会主任负责联系代表工作。",
    "乡镇长是安全生产第一责任人。",
    "项目部经理负责工地的消防检查。",
    "区纪委书记负责查处违纪案件,党员违纪的一律处分。",
    "村党支部书记负责组织三会一课。",
    "县教育局局长负责校园安全。",
    "学校校长负责学生接送。",
    "派出所所长负责夜间巡逻。",
    "区政协主席负责收集提案。",
    "乡镇党委书记负责防汛值班。",
    "县(区)长负责信访接待。",
)
SPEAKER = "青山市市长 张远"


def _document() -> str:
    head = f"title: 岗位职责\nspeaker: {SPEAKER}\nsource: source.txt\nsections: [{{id: '0', title: 全文}}]\npoints:\n"
    speaker = (
        f"  - {{id: speaker, title: 讲话人, section: '0', quote: {SPEAKER}, questions: [讲话人是谁, 一把手是谁]}}\n"
    )
    points = (
        f"  - {{id: duty-{number}, title: '{duty[:9]}', section: '0', quote: '{duty}', questions: ['{duty[:7]}']}}\n"
        for number, duty in enumerate(DUTIES)
    )
    return head + speaker + "".join(points)


@cache
def retriever() -> Retriever:
    parsed = parse_points(_document(), "\n".join((SPEAKER, *DUTIES)), "points.yaml")
    assert parsed.issues == ()
    return Retriever(parsed.knowledge, shared_tokenizer())


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("人大主任负责什么", "duty-0"),
        ("区人大主任负责什么工作", "duty-0"),
        ("乡长是什么责任人", "duty-1"),
        ("镇长是什么责任人", "duty-1"),
        ("项目经理负责什么", "duty-2"),
        ("村支书负责组织什么", "duty-4"),
        ("村支部书记负责组织什么", "duty-4"),
        ("局长负责什么安全", "duty-5"),
        ("校长负责什么", "duty-6"),
        ("所长负责什么", "duty-7"),
        ("政协主席负责什么", "duty-8"),
        ("乡党委书记负责什么值班", "duty-9"),
        ("镇党委书记负责什么值班", "duty-9"),
        ("县长负责什么接待", "duty-10"),
        ("区长负责什么接待", "duty-10"),
    ],
)
def test_a_short_form_of_an_office_is_that_office(question: str, point: str) -> None:
    verdict = retriever().ask(question)
    assert (verdict.kind, verdict.missing) == ("answer", "")
    assert verdict.point is not None
    assert verdict.point.id == point


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("区委书记负责什么", "区委书记"),
        ("县委书记是谁", "县委书记"),
        ("市纪委书记负责什么", "市纪委书记"),
        ("公安局局长负责什么", "公安局局长"),
        ("法院院长负责什么", "法院院长"),
        ("副乡长负责什么", "副乡长"),
        ("省长负责什么", "省长"),
        ("州长是谁", "州长"),
        ("村长负责什么", "村长"),
        ("人大主席负责什么", "人大主席"),
    ],
)
def test_another_office_is_missing_however_like_it_is(question: str, missing: str) -> None:
    verdict = retriever().ask(question)
    assert (verdict.kind, verdict.reason, verdict.missing) == ("decline", "premise", missing)


def test_under_a_no_to_a_duty_stand_the_duties_of_like_offices_and_nobodys_name() -> None:
    verdict = retriever().ask("区委书记负责什么值班")
    assert verdict.missing == "区委书记"
    assert "duty-9" in [match.point.id for match in verdict.matches]
    assert "speaker" not in [match.point.id for match in verdict.matches]


@pytest.mark.parametrize("question", ["一把手要做什么", "一把手负责什么", "张远该抓哪些工作", "一把手有哪些职责"])
def test_who_somebody_is_does_not_tell_what_he_has_to_do(question: str) -> None:
    verdict = retriever().ask(question)
    assert "speaker" not in [match.point.id for match in verdict.matches]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("各单位一把手负责什么", "各单位一把手"),
        ("各部门主要负责人要做什么", "各部门主要负责人"),
        ("公司负责人是谁", "公司负责人"),
        ("请问各科室的头头是谁", "各科室的头头"),
    ],
)
def test_the_head_of_any_unit_is_not_the_one_who_speaks(question: str, missing: str) -> None:
    verdict = retriever().ask(question)
    assert (verdict.kind, verdict.missing) == ("decline", missing)
    assert "speaker" not in [match.point.id for match in verdict.matches]


def test_the_head_of_the_level_is_the_one_who_speaks() -> None:
    verdict = retriever().ask("一把手叫什么")
    assert verdict.point is not None
    assert verdict.point.id == "speaker"


def test_heads_of_units_that_the_document_names_are_there_by_every_word_for_them() -> None:
    line = "各单位、各部门主要负责人负责本单位的值班。"
    parsed = parse_points(_document(), "\n".join((SPEAKER, *DUTIES, line)), "points.yaml")
    one = Retriever(parsed.knowledge, shared_tokenizer())
    assert one.ask("各单位一把手负责什么").missing == ""
    assert one.ask("部门领导负责什么").missing == ""
