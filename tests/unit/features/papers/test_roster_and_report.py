"""A list of names comes in, a report goes out, as workbooks that people make and read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.errors import DocumentError
from bot.features.papers.competitions import CompetitionPlan
from bot.features.papers.report import report
from bot.features.papers.roster import names_in, read_apart, read_roster
from bot.wording import Papers as Wording
from tests.unit.features.papers.fixtures import BANK, hall
from tests.unit.knowledge.test_xlsx import workbook


def test_names_stand_below_their_headings_wherever_these_are() -> None:
    head = [["职工名单", "", ""], ["序号", "所在党支部", "姓 名"]]
    rows = [*head, ["1", "一支部", "张三"], ["2", "", "李四"], ["3", "二支部", "王五"]]
    assert names_in(rows) == [("张三", "一支部"), ("王五", "二支部")]
    assert names_in([["张三", "一支部"], ["李四", "二支部"]]) == [("张三", "一支部"), ("李四", "二支部")]


def test_a_workbook_and_a_csv_are_read_in_a_process_of_their_own() -> None:
    found = (("张三", "一支部"), ("李四", "二支部"))
    assert read_roster(workbook([["姓名", "支部"], *found])) == found
    assert read_roster("姓名,单位\n张三,一支部\n李四,二支部\n".encode("gbk")) == found


def test_a_file_without_names_is_told() -> None:
    with pytest.raises(DocumentError, match="没有读到"):
        read_apart(workbook([["一列"], ["没有支部"]]))


async def test_the_report_has_persons_branches_questions_and_who_is_missing(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        plan = there.plan()
        names = (("姓名a", "一支部"), ("姓名b", "一支部"), ("=1+1", "二支部"))
        of = await there.publish(CompetitionPlan(plan.title, plan.starts_at, plan.ends_at, plan.rules, names=names))
        await there.write(of, "web:a", 3)
        texts = {one.id: one.question for one in BANK}
        board, shares = await there.papers.board(of), await there.papers.question_shares(of)
        roster = await there.competitions.roster(of)
        made = report(board, shares, roster, lambda name: texts.get(name, ""))
    book: Any = openpyxl.load_workbook(BytesIO(made))
    rows = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    assert rows[Wording.SHEET_PERSONS][1][:5] == [1, "姓名a", "一支部", 3, 5]
    assert rows[Wording.SHEET_BRANCHES][1] == [1, "一支部", 3, 1, 2, "50.0%"]
    assert len(rows[Wording.SHEET_QUESTIONS]) == 6
    assert [row[1] for row in rows[Wording.SHEET_MISSING][1:]] == ["姓名b", "=1+1"]
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
