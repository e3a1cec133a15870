"""A workbook of questions and answers becomes points; any other is read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest

from bot.errors import DocumentError
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.import_.xlsx import read_xlsx
from bot.knowledge.load import validate_files
from bot.wording import Document, Reading
from tests.unit.knowledge.word import paragraphs


def workbook(*sheets: Sequence[Sequence[object]], hidden: Sequence[int] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
        if number in hidden:
            sheet.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


PAIRS = [
    ("问题", "答案", "备注"),
    ("浴室几点开？", "每天下午四点到八点。", "甲"),
    ("能带狗吗", "不能带狗: 请在门口登记。\n导盲犬除外。", None),
    ("浴室几点开", "晚上。", None),
    ("没有答案的", None, None),
]


def test_pairs_become_points_that_are_asked_as_they_are_written() -> None:
    book = read_xlsx(workbook(PAIRS), "浴室问答", "浴室问答.txt")
    loaded = validate_files(Files({"浴室问答.txt": book.text, POINTS_FILE: book.points}))
    assert loaded.issues == ()
    assert loaded.knowledge is not None
    points = loaded.knowledge.points
    assert [(point.questions, point.quote) for point in points] == [
        (("浴室几点开？",), "每天下午四点到八点。"),
        (("能带狗吗",), "不能带狗: 请在门口登记。\n导盲犬除外。"),
    ]
    assert loaded.knowledge.title == "浴室问答"
    assert book.notes == (Reading.HALF_PAIRS.format(count=1), Reading.SAME_PAIRS.format(count=1))


def test_two_columns_of_questions_need_no_heads() -> None:
    book = read_xlsx(workbook([row[:2] for row in PAIRS[1:3]]), "问答", "问答.txt")
    assert book.points.count("- id:") == 2


def test_any_other_table_is_read_row_by_row_and_hidden_sheets_are_not() -> None:
    rows = [("房间", "面积", "人数"), ("一号", 12.5, 3), ("二号", 8, None)]
    book = read_xlsx(workbook(rows, PAIRS, hidden=[2]), "房间", "房间.txt")
    assert book.text == "房间\t面积\t人数\n一号\t12.5\t3\n二号\t8\t"
    assert book.points == ""
    assert book.notes == (Reading.HIDDEN_SHEETS.format(count=1), Reading.ONLY_TABLES)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (workbook([]), Document.EMPTY_SHEET),
        (workbook(PAIRS)[:-200], Document.NO_SHEET),
        (paragraphs("甲"), Document.NO_SHEET),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, Document.OLD_SHEET),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_xlsx(data, "甲", "甲.txt")
    assert str(caught.value) == message
