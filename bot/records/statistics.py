"""What is counted for admins: a row for each question, which is appended; the figures made of such rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A day by the clocks of a time zone: from ``start`` until before ``end``."""

    date: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The questions of one day by what became of them, and how many members asked them."""

    date: date
    answered: int = 0
    suggested: int = 0
    declined: int = 0
    active: int = 0

    @property
    def asked(self) -> int:
        """All questions of the day."""
        return self.answered + self.suggested + self.declined


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often questions on a point were answered in quizzes, and how often rightly."""

    point: str
    right: int
    answered: int

    @property
    def share(self) -> float:
        """The right ones among all, 0–1."""
        return self.right / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it over some days, oldest first. ``active``: members who asked on any of them.

    ``top`` are the points that answered most questions, with how many; ``weakest`` those with wrong answers in quizzes,
    the worst first, out of ``quiz`` answers of which ``quiz_right`` were right; reviews do not count. ``misses``:
    questions without an answer of which no suggestion was tapped. ``documents``: how much was asked of each document,
    and answered, by their keys (the main one's is empty), most first; ``top`` are points of the main one.
    """

    days: tuple[DayFigures, ...]
    active: int = 0
    top: tuple[tuple[str, int], ...] = ()
    weakest: tuple[Accuracy, ...] = ()
    quiz: int = 0
    quiz_right: int = 0
    helpful: int = 0
    unhelpful: int = 0
    misses: int = 0
    documents: tuple[tuple[str, int, int], ...] = ()

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return sum(day.answered for day in self.days)

    @property
    def suggested(self) -> int:
        """Questions that were met with suggestions."""
        return sum(day.suggested for day in self.days)

    @property
    def declined(self) -> int:
        """Questions that were declined."""
        return sum(day.declined for day in self.days)

    @property
    def asked(self) -> int:
        """All questions."""
        return self.answered + self.suggested + self.declined


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """A question was asked: by whom (nobody's name; nothing where nobody can be told apart), and what became of it.

    ``document``: the key of the document that it belongs to; nothing for the main one.
    """

    at: datetime
    who: str
    verdict: str
    point: str
    document: str = ""
