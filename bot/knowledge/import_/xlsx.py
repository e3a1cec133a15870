"""The bytes of an Excel workbook → questions with their answers as points, or its tables as text."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from bot.errors import DocumentError
from bot.knowledge.edit.yaml_emit import item_lines, to_flow_style, to_scalar
from bot.knowledge.import_.office_archive import refuse_harmful_document
from bot.knowledge.parse.points_file import MAX_POINTS
from bot.text import readable, shorten, squash
from bot.wording import Document, Reading

MAX_ROWS: Final = 50_000
MAX_CELLS: Final = 50  # of one row
MAX_TITLE: Final = 24  # characters of a point's title
_ASK_HEADS: Final = frozenset({"问", "问题", "题目", "提问", "常见问题", "标准问", "标准问题", "question", "q", "问法"})
_ANSWER_HEADS: Final = frozenset({"答", "答案", "回答", "答复", "解答", "标准答案", "回复", "answer", "a", "内容"})
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^]]*]|\\.')
_OF_WORD: Final = {
    Document.NO_ZIP: Document.NO_SHEET,
    Document.NO_WORD: Document.NO_SHEET,
    Document.OLD_WORD: Document.OLD_SHEET,
    Document.DECLARATION: Document.NO_SHEET,
}


@dataclass(slots=True)
class Sheet:
    """A sheet: its rows that say something, and the ``numbers`` that the rows have in the program, from 1."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook says: its ``text``, and if it has pairs of question and answer the ``points`` made of them.

    ``points`` is the text of a points.yaml that quotes the source of the name that was asked for, or empty.
    """

    text: str
    points: str
    notes: tuple[str, ...]


def read_xlsx(data: bytes, title: str, source: str) -> Workbook:
    """Read a workbook that is called ``title``; its text will be in the file ``source``. Raises DocumentError."""
    sheets, hidden = read_sheets(data)
    if not any(sheet.rows for sheet in sheets):
        raise DocumentError(Document.EMPTY_SHEET)
    notes = [Reading.HIDDEN_SHEETS.format(count=hidden)] if hidden else []
    columns = {sheet.name: found for sheet in sheets if (found := _pair_columns(sheet.rows)) is not None}
    if not columns:
        return Workbook(_as_tables(sheets), "", (*notes, Reading.ONLY_TABLES))
    text, points, more = _as_points(sheets, columns, title, source)
    return Workbook(text, points, (*notes, *more))


def read_sheets(data: bytes) -> tuple[list[Sheet], int]:
    """The sheets that show, each with the rows that say something, and how many are hidden. Raises DocumentError."""
    try:
        refuse_harmful_document(data)
    except DocumentError as error:
        raise DocumentError(_OF_WORD.get(str(error), str(error))) from None
    import openpyxl  # noqa: PLC0415 - takes 200 ms that only an admin who sends a workbook need wait

    found: list[Sheet] = []
    hidden = count = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it does not know
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    hidden += 1
                    continue
                one = Sheet(sheet.title)
                for number, row in enumerate(sheet.iter_rows(max_col=MAX_CELLS), start=1):
                    cells = [_text_of(cell) for cell in row]
                    if any(cells):
                        count += 1
                        if count > MAX_ROWS:
                            raise DocumentError(Document.TOO_LONG)
                        one.rows.append(cells)
                        one.numbers.append(number)
                found.append(one)
            book.close()
    except DocumentError:
        raise
    except Exception as error:  # a forged workbook makes its reader raise anything
        raise DocumentError(Document.NO_SHEET) from error
    return found, hidden


def _text_of(cell: Any) -> str:
    """A cell as it is read: a share as 50%, a date as it is shown."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        lines = (" ".join(readable(line).split()) for line in value.splitlines())
        return "\n".join(line for line in lines if line)
    if isinstance(value, bool):
        return "是" if value else "否"
    shown_as = _QUOTED.sub("", str(cell.number_format))
    if isinstance(value, (int, float)):
        return (
            f"{value * 100:.10g}%"
            if shown_as.endswith("%")
            else f"{value:.10g}"
            if isinstance(value, float)
            else str(value)
        )
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return _date(value.date(), str(cell.number_format))
    return str(value)


def _date(day: datetime.date, shown_as: str) -> str:
    """A date as Chinese programs show it: 7月1日, 2021年7月; else 2021-07-01."""
    parts = [
        f"{number}{unit}" for number, unit in ((day.year, "年"), (day.month, "月"), (day.day, "日")) if unit in shown_as
    ]
    return "".join(parts) or str(day)


def _pair_columns(rows: Sequence[Sequence[str]]) -> tuple[int, int, bool] | None:
    """The columns of questions and of answers, and whether the first row names them; None if there are none."""
    if not rows:
        return None
    heads = [squash(cell) for cell in rows[0]]
    asks = [number for number, head in enumerate(heads) if head in _ASK_HEADS]
    answers = [number for number, head in enumerate(heads) if head in _ANSWER_HEADS and number not in asks[:1]]
    if asks and answers:
        return asks[0], answers[0], True
    used = sorted({number for row in rows for number, cell in enumerate(row) if cell})
    if len(used) != 2:
        return None
    asked = sum(row[used[0]].endswith(("?", "？", "吗", "呢", "什么", "多少")) for row in rows if len(row) > used[0])
    return (used[0], used[1], False) if asked >= len(rows) / 2 else None


def _as_tables(sheets: Iterable[Sheet]) -> str:
    """The sheets as text: a heading each if there are several, a row a line, its cells separated by tabs."""
    shown = [sheet for sheet in sheets if sheet.rows]
    pieces: list[str] = []
    for sheet in shown:
        used = sorted({number for row in sheet.rows for number, cell in enumerate(row) if cell})
        lines = ("\t".join(" ".join(row[n].split()) if n < len(row) else "" for n in used) for row in sheet.rows)
        head = [f"# {sheet.name}"] if len(shown) > 1 else []
        pieces.append("\n".join([*head, *lines]))
    return "\n\n".join(pieces)


def _as_points(
    sheets: Iterable[Sheet], columns: dict[str, tuple[int, int, bool]], title: str, source: str
) -> tuple[str, str, list[str]]:
    """Text, points.yaml and notes of sheets with pairs: a question is a heading, its answer the text below."""
    said = [f"# {title}"]
    sections: list[str] = []
    points: list[str] = []
    seen: set[str] = set()
    half = twice = 0
    for number, sheet in enumerate((one for one in sheets if one.name in columns), start=1):
        ask, answer, headed = columns[sheet.name]
        sections.append(f"  - {to_flow_style({'id': str(number), 'title': sheet.name})}")
        for question, reply in _pairs(sheet.rows[headed:], ask, answer):
            if not question or not reply or not squash(question):
                half += 1
            elif squash(question) in seen:
                twice += 1
            else:
                seen.add(squash(question))
                said.append(f"## {question}\n{reply}")
                entry = {
                    "id": f"q{len(seen)}",
                    "title": shorten(question.rstrip("？?"), MAX_TITLE),
                    "section": str(number),
                    "quote": reply,
                    "questions": [question],
                }
                if len(points) < MAX_POINTS:
                    points.append("\n".join(item_lines(entry, 2, 2)))
    if not points:
        raise DocumentError(Document.EMPTY_SHEET)
    more = len(seen) - len(points)
    told = (
        (Reading.HALF_PAIRS, half),
        (Reading.SAME_PAIRS, twice),
        (Reading.MORE_PAIRS.replace("{limit}", str(MAX_POINTS)), more),
    )
    header = [f"title: {to_scalar(title)}", f"source: {to_scalar(source)}", "sections:", *sections, "points:"]
    notes = [sentence.format(count=count) for sentence, count in told if count]
    return "\n\n".join(said) + "\n", "\n".join([*header, *points, ""]), notes


def _pairs(rows: Iterable[Sequence[str]], ask: int, answer: int) -> Iterator[tuple[str, str]]:
    for row in rows:
        question = " ".join((row[ask] if ask < len(row) else "").split())
        yield question, row[answer] if answer < len(row) else ""
