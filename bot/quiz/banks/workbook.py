"""A bank as an Excel workbook, with the headings that 考试宝 and others read; no cell of it is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from bot.quiz.banks.model import BankQuestion
from bot.quiz.banks.table import rows_of
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.wording import Banks

CAPACITY: Final = Capacity()
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS: Final = {"题型": 9, "题干": 60, "答案": 12, "解析": 40}
_MOST_CELL: Final = 32_767  # characters that Excel takes


def write_xlsx(questions: Sequence[BankQuestion]) -> WrittenBank:
    """``questions`` as a workbook, a row each."""
    import openpyxl  # noqa: PLC0415 - takes 200 ms that only an export need wait
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = Banks.SHEET
    for number, row in enumerate(rows_of(questions), start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column)
                put_text(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
                    sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(text, 18)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return WrittenBank(out.getvalue(), len(questions), CAPACITY.losses(questions))


def put_text(cell: Any, text: str) -> None:
    """Put ``text`` in a cell as text: what begins like a formula is marked as quoted, as Excel itself does it."""
    cell.value = text[:_MOST_CELL]
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
