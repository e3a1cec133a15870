"""Competitions that last for days, who takes part in them, and papers, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.quiz.paper import Counting


@dataclass(frozen=True, slots=True)
class CompetitionRecord:
    """A competition. ``document`` is the key of the document that it is on; ``bank`` the name of a bank, or nothing.

    ``branches`` has one in each line, nothing if a branch may be typed freely; ``has_roster``: there is a list of names
    with their branches. ``seed``: what its papers are drawn with, which nobody is told. ``author`` published it.
    """

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    document: str
    bank: str
    count: int
    minutes: int
    tries: int
    counting: Counting
    branches: str
    has_roster: bool
    author: str
    published_at: datetime
    seed: str


@dataclass(frozen=True, slots=True)
class RosterRecord:
    """A name on the list of a competition, with its branch; the same name may stand there once for each branch."""

    competition: str
    name: str
    branch: str


@dataclass(frozen=True, slots=True)
class EntrantRecord:
    """Under which name and for which branch an account takes part in a competition."""

    competition: str
    member: str
    name: str
    branch: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as it was drawn; it is never written again but for ``given_in_at``.

    ``questions``: JSON, compressed with zlib. ``started_at`` and ``due_at`` bound its time.
    """

    id: str
    competition: str
    member: str
    number: int
    started_at: datetime
    due_at: datetime
    count: int
    questions: bytes
    given_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaperAnswerRecord:
    """The present answer to a question of a paper, ``number`` from 0; it replaces an earlier one.

    ``chosen`` is empty if it was taken back. ``typed``: what was typed, to a question without options. ``receipt``: the
    channel's number of what it came with, by which one that is delivered again is known.
    """

    paper: str
    number: int
    question: str
    chosen: tuple[int, ...]
    typed: str
    right: bool
    receipt: int
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionShare:
    """How a question did in the papers of a competition that are over: so many answers, so many right."""

    question: str
    answered: int
    right: int
