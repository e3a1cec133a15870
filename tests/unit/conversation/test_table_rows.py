"""A row of a table is shown with what its cells are called, and its quote stays word for word."""

from __future__ import annotations

import pytest

from bot.conversation.messages import Part, passage_parts
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.load import require_servable, validate_files
from bot.knowledge.model import Knowledge
from bot.knowledge.structure import Span
from bot.wording import TABLE_ROW
from tests.unit.drafting.documents import knowledge_of

FEES = "收费办法\n第一条 收费如下：\n种类\t押金\t有效期\n职工证\t20元\t两年\n家属证\t\t一年\n第二条 押金可以退。\n"


def _notes(knowledge: Knowledge, begin: str, end: str) -> list[str]:
    """What is noted below a passage from ``begin`` to the end of ``end``, whose quote is checked."""
    start = knowledge.source.index(begin)
    point = knowledge.passage([Span(start, knowledge.source.index(end, start) + len(end))])
    parts = passage_parts(knowledge, point)
    assert [part.text for part in parts if part.kind == "quote"] == list(point.quotes)
    assert parts[-1].kind == "citation"
    return [part.text for part in parts if part.kind == "note"]


def test_a_row_is_shown_with_the_names_of_its_columns() -> None:
    assert _notes(knowledge_of(FEES), "职工证", "两年") == [
        TABLE_ROW.format(cells="种类：职工证；押金：20元；有效期：两年")
    ]


def test_an_empty_cell_is_left_out_and_each_row_has_its_own_line() -> None:
    found = _notes(knowledge_of(FEES), "职工证", "一年")
    assert found[1:] == [TABLE_ROW.format(cells="种类：家属证；有效期：一年")]


def test_the_head_itself_and_rows_shown_below_it_need_no_names() -> None:
    assert _notes(knowledge_of(FEES), "种类", "有效期") == []
    assert _notes(knowledge_of(FEES), "种类", "两年") == []


def test_a_point_that_a_curator_wrote_names_the_columns_as_well() -> None:
    points = (
        'title: 收费\nsource: source.txt\nsections:\n  - {id: "0", title: 表}\npoints:\n  - id: family\n'
        '    title: 家属证\n    section: "0"\n    quote: "家属证\\t\\t一年"\n    questions: [家属证管多久]\n'
    )
    knowledge = require_servable(validate_files(Files({POINTS_FILE: points, "source.txt": FEES})))
    parts = passage_parts(knowledge, knowledge.point("family"))
    assert Part("note", TABLE_ROW.format(cells="种类：家属证；有效期：一年")) in parts


@pytest.mark.parametrize(
    "table",
    [
        "电话\t阅览室前台\n地址\t办公楼二层",  # no row names anything
        "种类\t押金\t有效期\n职工证\t20元",  # a row of other cells than the head
        "种类\t\t有效期\n职工证\t20元\t两年",
        "费\t费\t费\n职工证\t20元\t两年",
    ],
)
def test_nothing_is_named_by_a_row_that_is_no_head(table: str) -> None:
    row = table.split("\n")[1]
    assert _notes(knowledge_of(f"收费办法\n收费如下。\n{table}\n以上。\n"), row, row) == []


def test_of_two_columns_the_head_is_known_by_the_figures_below_it() -> None:
    knowledge = knowledge_of("收费办法\n收费如下。\n种类\t押金\n职工证\t20元\n家属证\t30元\n")
    assert _notes(knowledge, "家属证", "30元") == [TABLE_ROW.format(cells="种类：家属证；押金：30元")]
