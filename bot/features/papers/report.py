"""The report of a competition as an Excel workbook: persons, branches, questions, who has not taken part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.contests.results_workbook import workbook
from bot.features.papers.paper_service import Board
from bot.features.papers.presenter import decimal, duration, percent
from bot.records.papers import QuestionShare, RosterRecord
from bot.wording import Papers as Wording

Row = list[str | float]


def report(
    board: Board, shares: Sequence[QuestionShare], roster: Sequence[RosterRecord], text_of: Callable[[str], str]
) -> bytes:
    """The workbook; ``text_of`` gives a question by its id, or nothing for one that is not asked any more."""
    persons: list[Row] = []
    for one in board.persons:
        score, entrant = one.score, board.entrants.get(one.score.person)
        name, branch = (entrant.name, entrant.branch) if entrant is not None else (Wording.NAMELESS, "")
        persons.append([one.place, name, branch, score.points, score.total, duration(score.ms), score.tries])
    branches: list[Row] = []
    for placed in board.branches:
        of = placed.score
        place: str | float = placed.place if of.taken_part else Wording.NO_PLACE
        average: str | float = float(decimal(of.points)) if of.taken_part else ""
        branches.append([place, of.branch, average, of.taken_part, of.listed or "", percent(of.rate)])
    hardest = sorted(shares, key=lambda one: one.right / max(one.answered, 1))
    questions: list[Row] = [
        [number, text_of(one.question), one.answered, one.right, round(one.right / one.answered, 3)]
        for number, one in enumerate(hardest, start=1)
    ]
    taken = {(entrant.name, entrant.branch) for entrant in board.entrants.values()}
    missing: list[Row] = [
        [number, one.name, one.branch]
        for number, one in enumerate((one for one in roster if (one.name, one.branch) not in taken), start=1)
    ]
    more = [
        (Wording.SHEET_BRANCHES, Wording.BRANCH_HEADINGS, branches),
        (Wording.SHEET_QUESTIONS, Wording.QUESTION_HEADINGS, questions),
    ]
    if roster:
        more.append((Wording.SHEET_MISSING, Wording.MISSING_HEADINGS, missing))
    return workbook(Wording.SHEET_PERSONS, Wording.PERSON_HEADINGS, persons, *more)
