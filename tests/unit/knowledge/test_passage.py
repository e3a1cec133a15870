"""Any stretch of the source is a point of its own, with an id that tells whether its text is still the same."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnknownPointError
from bot.knowledge.model import MAX_ID_LENGTH, WHOLE, Knowledge, Point, Section, is_id
from bot.knowledge.structure import MAX_TITLE, Span

SOURCE = """图书角约定
第一条 每人可借两本。逾期要说明原因。
第二条 有下列情形的，不得外借：
（一）工具书；
（二）孤本。
第三条 每周五整理一次。"""
LONG = Knowledge("长", "", "字" * 1_600_001, (), (), "v")
BARE = Knowledge("图书角约定", "", SOURCE, (), (), "v")


def span_of(text: str, source: str = SOURCE) -> Span:
    return Span(source.index(text), source.index(text) + len(text))


def texts(points: tuple[Point, ...]) -> list[str]:
    return [point.quote for point in points]


def test_a_passage_is_found_again_by_its_id() -> None:
    passage = BARE.passage([span_of("逾期要说明原因。"), span_of("（二）孤本。")])
    assert is_id(passage.id)
    assert BARE.point(passage.id) == passage
    assert passage.quotes == ("逾期要说明原因。", "（二）孤本。")
    assert BARE.citation(passage) == "第一条；第二条第（二）项"
    assert passage.title == "逾期要说明原因"


def test_an_id_is_unknown_when_the_text_there_has_changed() -> None:
    passage = BARE.passage([span_of("每周五")])
    changed = replace(BARE, source=SOURCE.replace("每周五", "每周六"))
    for id_, knowledge in (
        (passage.id, changed),
        (passage.id[:-1], BARE),
        ("at-0-zzzzz-0000", BARE),
        ("at-5-5-0000", BARE),
    ):
        with pytest.raises(UnknownPointError):
            knowledge.point(id_)


def test_a_curated_point_comes_before_a_passage_and_may_be_called_alike() -> None:
    point = Point("at-home", "在家", "1", ("每周五",), (span_of("每周五"),))
    knowledge = replace(BARE, sections=(Section("1", "约定", "第一条"),), points=(point,))
    assert knowledge.point("at-home") is point
    assert knowledge.citation(point) == "约定"
    passage = knowledge.passage([span_of("工具书")])
    assert passage.section == "1"
    assert knowledge.is_passage(passage)
    assert not knowledge.is_passage(point)


def test_a_passage_of_a_structure_without_sections_lies_in_the_whole() -> None:
    knowledge = Knowledge("便条", "", "明天开会。带好材料。", (), (), "v")
    passage = knowledge.passage([Span(5, 10)])
    assert passage.section == WHOLE
    assert knowledge.section(WHOLE).title == "便条"
    assert knowledge.citation(passage) == "第1段"


def test_sections_of_the_structure_are_found_by_their_ids() -> None:
    passage = BARE.passage([span_of("工具书")])
    assert BARE.section(passage.section).title == "（一）工具书"
    assert BARE.heading("s2") == "第二条 有下列情形的，不得外借："


def test_what_is_shown_of_a_passage_is_itself() -> None:
    passage = BARE.passage([span_of("说明原因")])
    assert BARE.excerpt_texts(passage) == ("说明原因",)


def test_around_a_passage_of_a_law_stands_its_article() -> None:
    ((before, own, behind),) = BARE.paragraphs(BARE.passage([span_of("工具书")]))
    assert before.text.startswith("第二条")
    assert own.text == "工具书"
    assert own.marked
    assert behind.text.endswith("（二）孤本。")


def test_around_a_passage_of_any_text_stand_its_paragraphs() -> None:
    knowledge = Knowledge("便条", "", "明天开会。\n带好材料。别迟到。\n散会。", (), (), "v")
    (pieces,) = knowledge.paragraphs(knowledge.passage([Span(11, 15)]))
    assert [piece.text for piece in pieces] == ["带好材料。", "别迟到。"]


def test_without_points_the_passages_before_and_behind_are_neighbours() -> None:
    passage = BARE.passage([span_of("逾期要说明原因。")])
    assert texts(BARE.neighbours(passage, 2)) == ["第二条 有下列情形的，不得外借：", "第一条 每人可借两本。"]
    following = BARE.next_point(passage)
    assert following is not None
    assert following.quote == "第二条 有下列情形的，不得外借："
    assert BARE.next_point(BARE.passage([span_of("整理一次。")])) is None


def test_with_points_the_curated_ones_are_neighbours_of_a_passage() -> None:
    point = Point("books", "能借几本", "1", ("每人可借两本",), (span_of("每人可借两本"),))
    knowledge = replace(BARE, sections=(Section("1", "约定", "第一条"),), points=(point,))
    assert knowledge.neighbours(knowledge.passage([span_of("每周五")]), 2) == (point,)


def test_more_spans_than_an_id_can_hold_are_refused() -> None:
    for spans in ([], [Span(0, 1), Span(2, 3), Span(4, 5), Span(6, 7)], [Span(3, 3)], [Span(0, 10_000)]):
        with pytest.raises(ValueError, match="span"):
            BARE.passage(spans)


@given(st.lists(st.integers(0, 1_600_000), min_size=2, max_size=6, unique=True).map(sorted))
def test_every_id_is_short_and_leads_back(numbers: list[int]) -> None:
    spans = [Span(start, end) for start, end in list(pairwise(numbers))[::2]]
    passage = LONG.passage(spans)
    assert len(passage.id) <= MAX_ID_LENGTH
    assert len(passage.title) <= MAX_TITLE
    assert LONG.point(passage.id) == passage
