"""Numbers that Word counts by itself are read as a reader sees them; rows of tables are lines."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.knowledge.import_.docx import extract_docx_text

LAW = """
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/><w:isLgl/></w:lvl>
"""


def list_of(document: Document, levels: str, id_: int = 90, override: str = "") -> None:
    """Add a list of that id to ``document``."""
    numbering = document.part.numbering_part.element
    if levels:
        new = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
        numbering.insert(0, new)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{id_}"><w:abstractNumId w:val="90"/>{override}</w:num>')
    )


def numbered(document: Document, text: str, level: int = 0, id_: int = 90) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{id_}"/></w:numPr>'))


def text_of(document: Document) -> list[str]:
    out = BytesIO()
    document.save(out)
    return extract_docx_text(out.getvalue()).split("\n")


def test_articles_and_items_are_counted_as_a_reader_sees_them() -> None:
    document = docx.Document()
    list_of(document, LAW)
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2)):
        numbered(document, text, level)
    assert text_of(document) == ["第一条 甲", "（一）乙", "（二）丙", "第二条 丁", "（一）戊", "2.1 己"]


def test_a_list_that_is_told_to_begins_anew() -> None:
    document = docx.Document()
    list_of(document, LAW)
    list_of(document, "", 91, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')
    numbered(document, "甲")
    numbered(document, "乙", id_=91)
    numbered(document, "丙", id_=91)
    assert text_of(document) == ["第一条 甲", "第七条 乙", "第八条 丙"]


def test_a_list_goes_on_behind_other_paragraphs() -> None:
    document = docx.Document()
    list_of(document, LAW)
    numbered(document, "甲")
    document.add_paragraph("没有编号。")
    numbered(document, "乙")
    assert text_of(document) == ["第一条 甲", "没有编号。", "第二条 乙"]


def test_the_number_may_come_from_the_style_and_bullets_are_no_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Bullet")
    document.add_paragraph("丙", style="List Number")
    assert text_of(document) == ["1. 甲", "乙", "2. 丙"]


@pytest.mark.parametrize(
    ("kind", "count", "label"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("chineseCounting", 21, "二十一"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 4, "④"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 2, "b"),
        ("upperRoman", 14, "XIV"),
        ("chineseCounting", 99_999_999, "9999"),
    ],
)
def test_every_usual_way_of_counting(kind: str, count: int, label: str) -> None:
    document = docx.Document()
    level = f'<w:start w:val="{count}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%1、"/>'
    list_of(document, f'<w:lvl w:ilvl="0">{level}</w:lvl>')
    numbered(document, "甲")
    assert text_of(document) == [f"{'九千九百九十九' if label == '9999' else label}、甲"]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    document = docx.Document()
    numbered(document, "甲", id_=404)
    numbered(document, "乙", level=8, id_=0)
    assert text_of(document) == ["甲", "乙"]


def test_a_row_of_a_table_is_a_line_and_a_cell_over_two_rows_is_read_in_both() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("档次", "金额", "天数"), ("低", "十元", "1"), ("", "二十元", "2")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 2).text = "一\n天"
    assert text_of(document) == ["档次\t金额\t天数", "低\t十元\t一 天", "低\t二十元\t2"]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "甲。"
    cell.add_paragraph("乙。")
    assert text_of(document) == ["甲。", "乙。"]
