"""The curator types a few words, the source gives the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.quotes import SpanProblem, find_words, span_to
from bot.knowledge.structure import Span

SOURCE = "一、修好道路。全镇硬化村道12.5公里,总投资460万元。\n二、办好学校。新建教学楼一栋,孩子在家门口上学。全镇种树。"


def cut(span: Span) -> str:
    return SOURCE[span.start : span.end]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("硬化村道", ["硬化村道"]),
        (" 硬化村道 ", ["硬化村道"]),
        ("公里，总投资", ["公里,总投资"]),
        ("道路全镇", ["道路。全镇"]),
        ("新建教學樓", ["新建教学楼"]),
        ("１２．５公里", ["12.5公里"]),
        ("万元二、办好", ["万元。\n二、办好"]),
        ("全镇", ["全镇", "全镇"]),
        ("高速公路", []),
        ("", []),
        ("，。", []),
    ],
)
def test_words_are_found_however_a_phone_writes_them(typed: str, found: list[str]) -> None:
    assert [cut(span) for span in find_words(SOURCE, typed)] == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("硬化", "万元", "硬化村道12.5公里,总投资460万元"),
        ("硬化", "万元。", "硬化村道12.5公里,总投资460万元。"),
        ("孩子", "在家门口上学。", "孩子在家门口上学。"),
        ("新建教学楼", "教学楼一栋", "新建教学楼一栋"),
        ("孩子", "孩子", "孩子"),
    ],
)
def test_a_span_goes_from_its_first_to_its_last_words(first: str, last: str, found: str) -> None:
    span = span_to(SOURCE, find_words(SOURCE, first)[0], last, 40)
    assert isinstance(span, Span) and cut(span) == found


@pytest.mark.parametrize(
    ("first", "last", "trouble"),
    [
        ("硬化", "高速公路", "nowhere"),
        ("孩子", "万元", "nowhere"),  # it stands before
        ("一、修好", "全镇种树", "far"),
        ("一、修好", "好", "several"),
    ],
)
def test_what_cannot_be_told_says_why(first: str, last: str, trouble: SpanProblem) -> None:
    assert span_to(SOURCE, find_words(SOURCE, first)[0], last, 40) == trouble


@given(st.integers(0, len(SOURCE) - 1), st.integers(1, 30), st.integers(1, 8), st.integers(1, 8))
def test_what_is_found_is_verbatim_begins_and_ends_as_typed(start: int, length: int, head: int, tail: int) -> None:
    wanted = SOURCE[start : start + length].strip()
    for first in find_words(SOURCE, wanted[:head]):
        span = span_to(SOURCE, first, wanted[-tail:], 40)
        if isinstance(span, Span):
            assert cut(span).startswith(wanted[:head].strip()) and cut(span).endswith(wanted[-tail:].strip())
            assert len(cut(span)) <= 40
