"""Tables: what stands in a row and a column, and statements in which two rows have exchanged a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.structure import Paragraph, Span
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.material import Material
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.wording import Quiz

MIN_ROWS, MIN_COLUMNS = 2, 2
MAX_ROWS, MAX_CELL = 5, 30
WRONG, LEAST_WRONG = 3, 2


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


def tables_of(material: Material) -> Iterator[Table]:
    """The tables of the source with at least two rows below their header."""
    for before, paragraphs in _runs(material):
        rows = [_row(material, paragraph) for paragraph in paragraphs]
        header, body = rows[0].cells, rows[1:]
        if len(body) >= MIN_ROWS and len(header) >= MIN_COLUMNS and all(len(row.cells) == len(header) for row in body):
            yield Table(before, header, tuple(body))


def table_drafts(material: Material) -> Iterator[QuestionDraft]:
    """A question for each cell beside the first of its row; the wrong options are the other cells of its column."""
    for table in tables_of(material):
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                wrong = table.others(row, column)[:WRONG]
                if column and cell and len(cell) <= MAX_CELL and len(wrong) >= LEAST_WRONG:
                    stem = _said(table, row, column, Quiz.GAP)
                    yield _draft(material, row, column, kind="table", question=f"{stem}。", right=(cell,), wrong=wrong)


def table_statement_drafts(
    material: Material, seed: int, is_taken: Callable[[Sequence[Span]], bool], wants_true: Callable[[], bool]
) -> Iterator[QuestionDraft]:
    """Is a cell that of its row? In about half of the statements it is that of another one.

    ``is_taken``: whether another statement tells this cell. ``wants_true``: whether the next one should be right.
    """
    for table in tables_of(material):
        cells = {
            f"{number} {column}": (row, column)
            for number, row in enumerate(table.rows)
            for column in range(1, len(row.cells))
        }
        for key in seeded_shuffle(cells, seed, table.before):
            row, column = cells[key]
            others = table.others(row, column)
            if not others or is_taken((_cell(row, column),)):
                continue
            holds = wants_true()
            other = seeded_shuffle(others, seed, key)[0]
            said = _said(table, row, column, row.cells[column] if holds else other)
            right, wrong = (Quiz.TRUE, Quiz.FALSE) if holds else (Quiz.FALSE, Quiz.TRUE)
            yield _draft(
                material,
                row,
                column,
                kind="true_false",
                question=Quiz.JUDGE.format(sentence=said),
                right=(right,),
                wrong=(wrong,),
                fixed=(Quiz.TRUE, Quiz.FALSE),
                note="" if holds else Quiz.CHANGED.format(real=row.cells[column], false=other),
            )


def table_choice_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For each column: which row has another one's cell; or which two have their own."""
    for table in tables_of(material):
        for column in range(1, len(table.header)):
            rows = [row for row in table.rows if row.cells[column]]
            if len(rows) < MIN_ROWS + 1:
                continue
            odd = seeded_index(len(rows), seed, table.before, column)
            other = seeded_shuffle(table.others(rows[odd], column), seed, column)
            said = [
                Quiz.TABLE_ROW.format(row=row.cells[0], cell=other[0] if number == odd and other else row.cells[column])
                for number, row in enumerate(rows)
            ]
            if not other or len(rows) > MAX_ROWS:
                continue
            about = Quiz.TABLE_ABOUT.format(about=table.before, column=table.header[column])
            changed = Quiz.CHANGED.format(real=rows[odd].cells[column], false=other[0])
            false = column % 2 == 1
            right = (said[odd],) if false else tuple(text for text in said if text != said[odd])
            yield QuestionDraft(
                kind="statement",
                point=material.point_at(rows[odd].span),
                asked=(table.before, str(column)),
                question=about + (Quiz.WHICH_FALSE if false else Quiz.WHICH_SEVERAL),
                right=right,
                wrong=tuple(text for text in said if text not in right),
                quote=material.source[rows[odd].span.start : rows[odd].span.end],
                note=changed,
                uses=(Span(rows[odd].starts[0], rows[odd].starts[0] + 1 + column),),
            )


def _said(table: Table, row: Row, column: int, cell: str) -> str:
    return Quiz.TABLE.format(
        about=table.before, key=table.header[0], row=row.cells[0], column=table.header[column], cell=cell
    )


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
