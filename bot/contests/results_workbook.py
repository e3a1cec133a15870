"""Rankings and the results of a contest as Excel workbooks; no cell of them is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from bot.access.member_names import told_apart
from bot.quiz.banks.workbook import put_text
from bot.quiz.contest.scoring import assign_places, scores
from bot.quiz.contest.state import Contest
from bot.wording import Contests as Wording

_WIDEST_NAME = 24  # characters


Sheet = tuple[str, Sequence[str], Iterable[Sequence[str | float]]]
"""A title, a row of headings, and rows."""


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | float]], *more: Sheet) -> bytes:
    """A sheet of that title with a row of headings, and ``more``; names are texts, whatever they begin with."""
    import openpyxl  # noqa: PLC0415 - takes 200 ms that only an export need wait
    from openpyxl.styles import Font  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title_of, headings_of, rows_of in ((title, headings, rows), *more):
        sheet = book.create_sheet(title_of)
        for number, row in enumerate((headings_of, *rows_of), start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    put_text(cell, value)
                else:
                    cell.value = value
                if number == 1:
                    cell.font = Font(bold=True)
        sheet.column_dimensions["B"].width = _WIDEST_NAME
        sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def contest_workbook(contest: Contest, names: Mapping[str, str], *more: Sheet) -> bytes:
    """Everybody's place, points and answers: for each question what was chosen, and whether it was right; ``more``
    sheets behind that. Behind them who came in and never answered, where a host has let everybody in."""
    placed = assign_places(scores(contest))
    known = {place.score.member for place in placed}
    absent = [one for one in contest.progress.teams if one not in known] if contest.rules.hosted else []
    members = (*(place.score.member for place in placed), *absent)
    shown = told_apart({member: names.get(member, "") for member in members}, Wording.NAMELESS)
    questions = [
        Wording.ROUND_QUESTION.format(number=number) + (Wording.VOID_MARK if round_.voided else "")
        for number, round_ in enumerate(contest.progress.rounds, start=1)
    ]
    rows = []
    for place in placed:
        score = place.score
        row: list[str | float] = [place.place, shown[score.member], contest.progress.teams.get(score.member, "")]
        row += [score.points, score.right, score.answered, round(score.ms / 1000, 1)]
        rows.append([*row, *(_given(contest, number, score.member) for number in range(len(contest.answers)))])
    rows += [["", shown[member], contest.progress.teams[member], 0, 0, 0, 0] for member in absent]
    return workbook(Wording.RANK_FILE, (*Wording.ROUND_HEADINGS, *questions), rows, *more)


def _given(contest: Contest, number: int, member: str) -> str:
    answer = contest.answers[number].get(member)
    if answer is None or not answer.counts:
        return ""
    letters = "".join("ABCDEFGHIJKL"[index] for index in answer.chosen)
    return f"{letters} {'✓' if contest.is_right(number, answer) else '✗'}"
