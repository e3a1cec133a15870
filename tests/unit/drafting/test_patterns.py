"""Terms, definitions and figures that are read off a passage's own words."""

from __future__ import annotations

import pytest

from bot.drafting.passages import DraftPassage
from bot.drafting.patterns import find_patterns
from bot.knowledge.structure import Span


def _passage(quote: str) -> DraftPassage:
    return DraftPassage("p", "题目", "s0", Span(0, len(quote)), quote)


@pytest.mark.parametrize(
    ("quote", "ask", "value"),
    [
        ("今年硬化村道12.5公里。", "今年硬化村道多少公里", "12.5公里"),
        ("群众满意率达到98.6%。", "群众满意率达到百分之多少", "98.6%"),
        ("（二）超过借期60日不还的。", "超过借期多少日不还的", "60日"),
        ("丢书按定价的三倍赔偿。", "丢书按定价的多少倍赔偿", "三倍"),
    ],
)
def test_a_figure_is_asked_for_by_its_clause(quote: str, ask: str, value: str) -> None:
    [found] = find_patterns([_passage(quote)])
    assert [(fact.ask, fact.value) for fact in found.facts] == [(ask, value)]


@pytest.mark.parametrize(
    "quote",
    [
        "自2024年1月1日起施行。",
        "按照第三条的规定办理借书手续。",
        "我们要把“三年大变样”抓好抓实。",
        "共借出图书5册和杂志3册。",
        "一级响应由办公室统一发布出去。",
        "60日不还。",
    ],
    ids=["a date", "a reference", "a name", "two figures", "a grade", "nothing that it counts"],
)
def test_what_is_no_figure_with_a_subject_is_no_fact(quote: str) -> None:
    [found] = find_patterns([_passage(quote)])
    assert found.facts == ()


def test_a_figure_that_two_passages_give_is_asked_for_in_none() -> None:
    found = find_patterns([_passage("每人每次可以借书5册。"), _passage("每人每次可以借书8册。")])
    assert [one.facts for one in found] == [(), ()]


def test_what_is_defined_is_asked_for() -> None:
    [found] = find_patterns([_passage("第二条 本办法所称读者，是指办了借书证的职工。")])
    assert found.questions == ("读者是什么", "什么是读者")


def test_a_term_belongs_to_the_passage_that_has_it_first() -> None:
    found = find_patterns([_passage("要办好“流动书箱”和“一书一会”。"), _passage("“流动书箱”要常换常新。")])
    assert [one.aliases for one in found] == [("流动书箱", "一书一会"), ()]
