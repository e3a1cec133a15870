"""Tables of questions with the headings that people have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from bot.errors import DocumentError
from bot.quiz.banks.formats import Format, read_here, write_bank
from bot.quiz.banks.model import BankQuestion, ReadBank
from bot.wording import Banks, Document

Rows = Sequence[Sequence[object]]


def workbook(*sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(*sheets: Rows) -> ReadBank:
    return read_here(".xlsx", workbook(*sheets))


def told(bank: ReadBank) -> list[tuple[str, str, tuple[str, ...], str]]:
    assert not bank.faults
    return [(one.question.kind, one.question.stem, one.question.options, one.question.answer) for one in bank.questions]


GREEN = ("single", "龙井是什么茶", ("绿茶", "红茶"), "A")


@pytest.mark.parametrize(
    "rows",
    [
        [("题型", "题干", "选项A", "选项B", "答案", "解析"), ("单选题", "龙井是什么茶", "绿茶", "红茶", "A", "")],
        [("序号", "题目", "A", "B", "正确答案"), (1, "龙井是什么茶", "绿茶", "红茶", "a")],
        [("题目内容", "选项1", "选项2", "标准答案"), ("龙井是什么茶", "A.绿茶", "B.红茶", "A")],
        [("题型", "题干", "选项", "答案"), ("单选", "龙井是什么茶", "A. 绿茶$;$B. 红茶", "A")],
        [("题型", "题干", "选项", "答案"), ("单选", "龙井是什么茶", "A. 绿茶\nB. 红茶", "A")],
        [("题型", "题干", "选项", "答案"), ("单选", "龙井是什么茶", "绿茶|红茶", "绿茶")],
        [("试题", "选项A", "选项B", "答案"), ("龙井是什么茶", "绿茶", "红茶", "绿茶")],
        [("问题", "答案A", "答案B", "正确答案"), ("龙井是什么茶", "绿茶", "红茶", "A")],
        [("导入须知：请勿改动表头",), (),
         ("题干（必填）", "题型 （必填）", "选项 A", "选项 B", "选项E\n(勿删)", "正确答案\n（必填）"),
         ("龙井是什么茶", "单选题", "绿茶", "红茶", None, "A")],
        [("题干", "选项A", "选项B", "正确答案H\n（必填）"), ("龙井是什么茶", "绿茶", "红茶", "A")],
        [("目录", "题目类型", "大题题干", "小题题型", "小题题干", "正确答案", "选项数", "选项A", "选项B"),
         ("/茶/一", "单选题", "龙井是什么茶", "", "", "A", 2, "绿茶", "红茶")],
        [("标题",), ("描述",), ("用时",), ("题干", "题型", "选择项1", "选择项2", "选择项3", "解析", "答案1", "答案2"),
         ("龙井是什么茶", "单选题", "绿茶", "红茶", "", "", "A", "")],
        [("题干",), ("1. 龙井是什么茶<br/><br/>A. 绿茶<br/>B. 红茶<br/><br/>答案：A",)],
        [("一、单选题",), ("1. 龙井是什么茶",), ("A. 绿茶",), ("B. 红茶",), ("答案：A",)],
        [("Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
          "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"),
         ("龙井是什么茶", "绿茶", "红茶", 20, 1)],
    ],
)  # fmt: skip
def test_the_same_question_is_read_in_whatever_columns_it_stands(rows: Rows) -> None:
    assert told(read(rows)) == [GREEN]


def test_each_kind_is_read_from_the_columns_of_a_template() -> None:
    head = (
        "题干（必填）",
        "题型 （必填）",
        "选项 A",
        "选项 B",
        "选项 C",
        "正确答案\n（必填）",
        "解析\n（勿删）",
        "章节\n（勿删）",
        "难度",
    )
    bank = read(
        [
            ("导入须知",),
            head,
            ("哪些要发酵", "多选题", "红茶", "绿茶", "黑茶", "AC", "绿茶不发酵", "第一章", "难"),
            ("茶能解渴", "判断题", "对", "错", None, "A", None, None, "易"),
            ("茶长在海里", "判断题", None, None, None, "错误", None, None, None),
            ("茶圣是（ ）", "填空题", None, None, None, "陆羽；陆鸿渐", None, None, None),
            ("茶分（ ）和（ ）", "填空题", "红茶", "绿茶", None, None, None, None, None),
            ("泡茶的先后", "排序题", "注水", "洗杯", "投茶", "BCA", None, None, None),
            ("谈谈茶", "简答题", None, None, None, "略", None, None, None),
        ],
        [("版本号", "20221101")],
    )
    assert [(one.question.kind, one.question.answer) for one in bank.questions] == [
        ("several", "AC"), ("true_false", "正确"), ("true_false", "错误"), ("fill", "陆羽 或 陆鸿渐"),
        ("fill", "红茶；绿茶"), ("order", "BCA"),
    ]  # fmt: skip
    first = bank.questions[0].question
    assert (first.explanation, first.chapter, first.difficulty) == ("绿茶不发酵", "第一章", "难")
    assert [fault.place for fault in bank.faults] == ["工作表“表1”第 9 行"]


def test_shares_numbers_and_dates_in_cells_are_read_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["题干", "选项A", "选项B", "选项C", "答案"])
    sheet.append(["选一个", 0.5, 3, datetime(2024, 7, 1), "A"])
    sheet["B2"].number_format = "0%"
    sheet["D2"].number_format = 'm"月"d"日"'
    out = BytesIO()
    book.save(out)
    assert told(read_here(".xlsx", out.getvalue())) == [("single", "选一个", ("50%", "3", "7月1日"), "A")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(encoding: str, separator: str) -> None:
    rows = [["题型", "题干", "选项A", "选项B", "答案"], ["单选题", "龙井是什么茶", "绿茶", "红茶", "A"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert told(read_here(".csv", text.encode(encoding))) == [GREEN]


def test_the_place_of_a_row_is_its_line_also_behind_a_cell_of_several_lines() -> None:
    bank = read_here(".csv", '题干,选项A,选项B,答案\n"龙井\n是什么茶",绿茶,红茶,A\n滇红,绿茶,红茶,\n'.encode())
    assert [one.place for one in bank.questions] == ["第 2 行"]
    assert [fault.place for fault in bank.faults] == ["第 4 行"]


FORMULAS = tuple(
    BankQuestion("single", f"{sign}1+1等于几", (f"{sign}2", "三"), (0,), (), f"{sign}cmd") for sign in "=+-@"
)


def test_no_cell_that_is_written_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_bank(FORMULAS, "xlsx").data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@")))
    text = write_bank(FORMULAS, "csv").data.decode("utf-8-sig")
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in text.splitlines() for cell in line.split(","))
    forms: tuple[Format, ...] = ("xlsx", "csv")
    for form in forms:
        bank = read_here(f".{form}", write_bank(FORMULAS, form).data)
        assert tuple(one.question for one in bank.questions) == FORMULAS


def test_a_quotation_mark_at_the_beginning_of_a_cell_stays() -> None:
    rows = [("题干", "选项A", "选项B", "答案"), ("'一山二水'指什么", "'山", "水'", "A")]
    assert told(read(rows)) == [("single", "'一山二水'指什么", ("'山", "水'"), "A")]


def test_a_table_without_questions_is_refused() -> None:
    with pytest.raises(DocumentError, match="题干"):
        read([("姓名", "电话"), ("甲", "1")])


def test_endless_tables_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "题,甲,乙,A\n"
    bank = read_here(".csv", ("题干,选项A,选项B,答案\n" + row * 10_001).encode())
    assert [fault.message for fault in bank.faults] == [Banks.MANY_QUESTIONS.format(limit=10_000)]
    monkeypatch.setattr("bot.knowledge.import_.xlsx.MAX_ROWS", 20)
    with pytest.raises(DocumentError) as caught:
        read([("题干", "选项A", "选项B", "答案"), *[("题", "甲", "乙", "A")] * 20])
    assert str(caught.value) == Document.TOO_LONG
