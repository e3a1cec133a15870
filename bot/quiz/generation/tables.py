"""Tables: what holds for a case, for a row as a whole, and how the rows and a column go together.

A row whose name is a range of figures (甲以下, 甲至乙, 乙以上) is asked for by a case that falls in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.knowledge.structure import Paragraph, Span
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.material import Material
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.wording import Quiz

MIN_ROWS, MIN_COLUMNS = 2, 2
MAX_ROWS, MAX_CELL = 6, 30
WRONG, LEAST_WRONG = 3, 2
_RANGE = re.compile(
    r"^(?:(?P<least>\d+(?:\.\d+)?)(?P<unit>[万亿千百]?)(?P<of>\D{0,4}?)至)?"
    r"(?P<most>\d+(?:\.\d+)?)(?P<most_unit>[万亿千百]?)(?P<most_of>[^\d至]{1,4}?)(?P<side>以上|以下|以内)?$"
)
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_BELOW, _WITHIN, _ABOVE = (64, 36, 78), (30, 62, 46), (160, 240, 300)
"""Where in its range a case lies, in per cent: of the bound above it, of the range, of the bound below it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``starts`` are where its cells begin in the source."""

    span: Span
    cells: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table below a line ``before`` that says what it is of. All rows have as many cells as the header."""

    before: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def others(self, row: Row, column: int) -> tuple[str, ...]:
        """The other cells of a column."""
        cells = (other.cells[column] for other in self.rows)
        return tuple(dict.fromkeys(cell for cell in cells if cell and cell != row.cells[column]))

    @property
    def matter(self) -> str:
        """What the table is of, without a hint at the table below: 用车按下列权限审批 is 用车."""
        return re.split("[，,]?(?:按照?|依照|如)?(?:下列|以下|如下|下表)", self.before)[0]


def tables_of(material: Material) -> Iterator[Table]:
    """The tables of the source with at least two rows below their header."""
    for before, paragraphs in _runs(material):
        rows = [_row(material, paragraph) for paragraph in paragraphs]
        header, body = rows[0].cells, rows[1:]
        if len(body) >= MIN_ROWS and len(header) >= MIN_COLUMNS and all(len(row.cells) == len(header) for row in body):
            yield Table(before, header, tuple(body))


def table_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """A question for each cell beside the first of its row; the wrong options are the other cells of its column."""
    for table in tables_of(material):
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                wrong = table.others(row, column)[:WRONG]
                if column and cell and len(cell) <= MAX_CELL and len(wrong) >= LEAST_WRONG:
                    case = case_of(row.cells[0], column + seed) or _quoted(row.cells[0])
                    yield _draft(
                        material,
                        row,
                        column,
                        kind="table",
                        question=_said(table, case, column, Quiz.GAP) + "。",
                        right=(cell,),
                        wrong=wrong,
                    )


def table_row_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For each row: which of these hold for it? Some of its cells are those of other rows."""
    for table in tables_of(material):
        columns = [column for column in range(1, len(table.header)) if len(table.others(table.rows[0], column)) > 1]
        for number, row in enumerate(table.rows):
            if len(columns) < MIN_COLUMNS or not all(row.cells[column] for column in columns):
                continue
            turned = columns[seeded_index(len(columns), seed, table.before, number)]
            right = [_holds(table, column, row.cells[column]) for column in columns if column != turned]
            others = seeded_shuffle(table.others(row, turned), seed, number)[:2]
            wrong = [_holds(table, turned, other) for other in others]
            yield QuestionDraft(
                kind="statement",
                point=material.point_at(row.span),
                asked=(table.before, row.cells[0]),
                question=Quiz.TABLE_ROW_ABOUT.format(
                    about=table.matter, key=table.header[0], row=_quoted(row.cells[0])
                ),
                right=tuple(right),
                wrong=tuple(wrong),
                quote=material.source[row.span.start : row.span.end],
                note=Quiz.CELL_IS.format(row=row.cells[0], column=table.header[turned], cell=row.cells[turned]),
                uses=(_cell(row, 0),),
            )


def table_statement_drafts(
    material: Material, seed: int, is_taken: Callable[[Sequence[Span]], bool], wants_true: Callable[[], bool]
) -> Iterator[QuestionDraft]:
    """Do two cells hold for a case? In about half of the statements one of them is that of another row.

    ``is_taken``: whether another statement tells this cell. ``wants_true``: whether the next one should be right.
    """
    for table in tables_of(material):
        for number, row in enumerate(table.rows):
            for first, second in pairwise(range(1, len(row.cells))):
                others = table.others(row, second)
                if not others or not row.cells[first] or is_taken((_cell(row, second),)):
                    continue
                holds = wants_true()
                other = seeded_shuffle(others, seed, number, second)[0]
                case = case_of(row.cells[0], number + second + seed) or _quoted(row.cells[0])
                told = row.cells[second] if holds else other
                said = Quiz.TABLE_TWO.format(
                    said=_said(table, case, first, row.cells[first]), column=table.header[second], cell=told
                )
                right, wrong = (Quiz.TRUE, Quiz.FALSE) if holds else (Quiz.FALSE, Quiz.TRUE)
                yield _draft(
                    material,
                    row,
                    second,
                    kind="true_false",
                    question=Quiz.JUDGE.format(sentence=said),
                    right=(right,),
                    wrong=(wrong,),
                    fixed=(Quiz.TRUE, Quiz.FALSE),
                    note="" if holds else Quiz.CHANGED.format(real=row.cells[second], false=other),
                )


def table_choice_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For each column: which row has its own cell? The cells of the others have changed places."""
    for table in tables_of(material):
        for column in range(1, len(table.header)):
            rows = [row for row in table.rows if row.cells[column]]
            cells = [row.cells[column] for row in rows]
            if not MIN_ROWS < len(rows) <= MAX_ROWS or len(set(cells)) < len(cells):
                continue
            kept = seeded_index(len(rows), seed, table.before, column)
            moved = [cell for number, cell in enumerate(cells) if number != kept]
            moved = [*moved[1:], moved[0]]
            said = [
                Quiz.TABLE_ROW.format(row=row.cells[0], cell=cells[kept] if number == kept else moved.pop(0))
                for number, row in enumerate(rows)
            ]
            yield QuestionDraft(
                kind="statement",
                point=material.point_at(rows[kept].span),
                asked=(table.before, str(column)),
                question=Quiz.TABLE_ABOUT.format(about=table.matter, key=table.header[0], column=table.header[column]),
                right=(said[kept],),
                wrong=tuple(text for text in said if text != said[kept]),
                quote=material.source[rows[kept].span.start : rows[kept].span.end],
                note=Quiz.TABLE_IS.format(
                    rows="；".join(Quiz.TABLE_ROW.format(row=row.cells[0], cell=row.cells[column]) for row in rows)
                ),
                uses=tuple(_cell(row, column) for row in rows),
            )


def table_reverse_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For which row does a cell hold? Not for cells that are figures: nobody looks up a table by its result."""
    for table in tables_of(material):
        named = [
            str(column)
            for column in range(1, len(table.header))
            if not all(row.cells[column][:1].isdigit() for row in table.rows)
        ]
        for column in seeded_shuffle(named, seed, table.before):
            for row in table.rows:
                cell, wrong = row.cells[int(column)], table.others(row, 0)[:WRONG]
                holders = [other for other in table.rows if other.cells[int(column)] == cell]
                if cell and len(holders) == 1 and len(wrong) >= LEAST_WRONG:
                    stem = Quiz.TABLE.format(
                        about=table.matter,
                        key=table.header[int(column)],
                        row=_quoted(cell),
                        column=table.header[0],
                        cell=Quiz.GAP,
                    )
                    draft = _draft(
                        material,
                        row,
                        int(column),
                        kind="table",
                        question=f"{stem}。",
                        right=(row.cells[0],),
                        wrong=wrong,
                    )
                    end = row.starts[int(column)] + len(cell)
                    yield replace(draft, asked=("reverse", *draft.asked), uses=(Span(end, end + 1),))


def case_of(cell: str, turn: int) -> str:
    """A figure in the range that ``cell`` names, another one for another ``turn``; empty if it names no range.

    >>> case_of("5000元以下", 0)
    '3200元'
    """
    found = _RANGE.match(cell)
    if found is None or (found["least"] is None) == (found["side"] is None):
        return ""
    most = float(found["most"]) * _TIMES[found["most_unit"]]
    if found["least"] is not None:
        least = float(found["least"]) * _TIMES[found["unit"]]
        if not found["of"] and not found["unit"]:
            least = float(found["least"]) * _TIMES[found["most_unit"]]  # 1至3万元
        value = least + (most - least) * _WITHIN[turn % len(_WITHIN)] / 100
    else:
        parts = _ABOVE if found["side"] == "以上" else _BELOW
        value = most * parts[turn % len(parts)] / 100
    return _spelled(value, found["most_of"])


def _spelled(value: float, unit: str) -> str:
    """``value`` with two digits that count, in 万 or 亿 if it is so large; a whole number below."""
    step = 10 ** max(0, len(str(int(value))) - 2)
    rounded = round(value / step) * step
    for name in ("亿", "万"):
        if rounded >= _TIMES[name]:
            return f"{rounded / _TIMES[name]:g}{name}{unit}"
    return f"{rounded:g}{unit}"


def _quoted(cell: str) -> str:
    return f"“{cell}”"


def _said(table: Table, case: str, column: int, cell: str) -> str:
    return Quiz.TABLE.format(about=table.matter, key=table.header[0], row=case, column=table.header[column], cell=cell)


def _holds(table: Table, column: int, cell: str) -> str:
    return Quiz.CELL.format(column=table.header[column], cell=cell)


def _cell(row: Row, column: int) -> Span:
    return Span(row.starts[column], row.starts[column] + len(row.cells[column]))


def _draft(material: Material, row: Row, column: int, *, question: str, **more: Any) -> QuestionDraft:
    """A draft about a cell; ``more`` are its other fields."""
    return QuestionDraft(
        point=material.point_at(row.span),
        asked=(row.cells[0], str(column), row.cells[column]),
        question=question,
        quote=material.source[row.span.start : row.span.end],
        uses=(_cell(row, column),),
        **more,
    )


def _row(material: Material, paragraph: Paragraph) -> Row:
    text = material.source[paragraph.span.start : paragraph.span.end]
    cells, starts, at = [], [], paragraph.span.start
    for cell in text.split("\t"):
        starts.append(at + len(cell) - len(cell.lstrip()))
        cells.append(cell.strip())
        at += len(cell) + 1
    return Row(paragraph.span, tuple(cells), tuple(starts))


def _runs(material: Material) -> Iterator[tuple[str, list[Paragraph]]]:
    """The rows of each table, with what stands before it, without its number and its colon."""
    rows: list[Paragraph] = []
    before = last = ""
    for paragraph in material.structure.paragraphs:
        if paragraph.is_row:
            before = before if rows else last
            rows.append(paragraph)
            continue
        if rows:
            yield before, rows
            rows = []
        last = material.unlabelled(paragraph.span).rstrip("：:。 ")
    if rows:
        yield before, rows
