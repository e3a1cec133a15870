"""What the page for admins needs from outside, and the rows that it shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.messages import Incoming, Reply
from bot.features.admin_login.login import AdminLogin
from bot.features.papers.competitions import CompetitionPlan
from bot.records.statistics import Figures


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around every page: where one is, where one can go, and how a moment is told."""

    here: str
    tabs: tuple[tuple[str, str], ...]
    moment: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class UnansweredGroup:
    """Questions that are about the same and have no answer: how they are worded, how often, the nearest point.

    ``action`` opens them at the desk, if anything does.
    """

    wordings: tuple[str, ...]
    count: int
    nearest: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class VersionTableRow:
    """An applied version of the knowledge: by whom, why, and what it changed, in words."""

    number: int
    at: datetime
    author: str
    note: str = ""
    changes: str = ""
    action: str = ""
    """What goes back to it at the desk; nothing for the one that is served."""


@dataclass(frozen=True, slots=True)
class AuditTableRow:
    """Who did what, in words; ``allowed`` is False if it was refused."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class CompetitionTableRow:
    """A competition: its phase, its window and its rules in words. ``end`` is the action that ends it before its time,
    nothing for one that is over.
    """

    id: str
    title: str
    phase: str
    window: str
    rules: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSources:
    """What a competition can be on: documents by their keys with their titles, banks by their names."""

    documents: Sequence[tuple[str, str]]
    banks: Sequence[str]


@dataclass(frozen=True, slots=True)
class CompetitionDesk:
    """What the page needs to hold competitions. Each may raise StorageError, and PaperRefusedError with a sentence.

    ``show_plan`` gives a plan of a person to be published with one tap; ``read_names`` a list of names out of a file,
    and may raise DocumentError; ``report`` the title and the workbook of a competition.
    """

    list: Callable[[], Awaitable[Sequence[CompetitionTableRow]]]
    sources: Callable[[], Awaitable[QuestionSources]]
    show_plan: Callable[[CompetitionPlan, str], Awaitable[Reply]]
    read_names: Callable[[bytes], Awaitable[tuple[tuple[str, str], ...]]]
    report: Callable[[str], Awaitable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class AdminPageData:
    """All that the page shows. A part that is None is not offered.

    ``figures`` gives those of the last so many days, points by their titles; the others give rows, the largest or
    latest first. Each may raise StorageError. ``zone``: by whose clocks moments are told.
    ``converse`` takes a document or the press of a button, and checks what the person may do.
    """

    login: AdminLogin
    figures: Callable[[int], Awaitable[Figures]]
    zone: str
    misses: Callable[[], Awaitable[Sequence[UnansweredGroup]]] | None = None
    versions: Callable[[], Awaitable[Sequence[VersionTableRow]]] | None = None
    audits: Callable[[], Awaitable[Sequence[AuditTableRow]]] | None = None
    converse: Callable[[Incoming], Awaitable[Reply]] | None = None
    competitions: CompetitionDesk | None = None
