"""Deals with cases: gives them to a point, makes a point of them, leaves them alone; and undoes each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import StorageError, UnknownPointError
from bot.features.unanswered.cases import Case, Cases, digest_of
from bot.knowledge.edit.amendment import AddPoint, AddQuestion, Amendment
from bot.knowledge.model import Knowledge, Point
from bot.library import ChangeResult, KnowledgeEditor
from bot.records.feedback import Clock
from bot.records.unanswered import SettledRecord, Settlement
from bot.retrieval.clustering import question_core
from bot.wording import Misses as Wording

if TYPE_CHECKING:
    from bot.storage.unanswered import UnansweredRepository

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a case. ``undo``: by which name it is undone; nothing where it was refused.

    ``edited`` is None where the knowledge needed no change. ``unnoted``: the change is live, yet it could not be kept
    that the case was dealt with.
    """

    undo: str = ""
    edited: ChangeResult | None = None
    unnoted: bool = False


class CaseResolver:
    """One at a time: nothing is done, or undone, twice."""

    def __init__(
        self,
        cases: Cases,
        store: UnansweredRepository,
        editing: KnowledgeEditor,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._store = store
        self._editing = editing
        self._knowledge = knowledge
        self._clock = clock
        self._turn = asyncio.Lock()

    async def ignore(self, digest: str, author: str) -> Resolution | None:
        """Leave a case alone for good; None where it is open no more. Raises StorageError."""
        async with self._turn:
            case = await self._open(digest)
            if case is None:
                return None
            rows = self._rows(case.group.cores, "ignored", author, "", ())
            await self._store.save_settled(*rows)
            return Resolution(digest_of(case.group.cores))

    async def link(self, digest: str, point_id: str, author: str, *, confirmed: bool) -> Resolution | None:
        """Make the wordings of a case questions of a point; None where it is open no more.

        Raises StorageError, and UnknownPointError where the point is gone.
        """
        async with self._turn:
            case = await self._open(digest)
            if case is None:
                return None
            point = self._knowledge().point(point_id)
            new = new_phrases(case, point)
            edited = None
            if new:
                note = Wording.NOTE_LINKED.format(title=point.title, questions=Wording.AND.join(new.values()))
                amendments = [AddQuestion(point_id, phrase) for phrase in new.values()]
                edited = await self._editing.amend(amendments, author=author, note=note, confirmed=confirmed)
                if not edited.number:
                    return Resolution("", edited)
            return await self._note(self._rows(case.group.cores, "linked", author, point_id, new), edited)

    async def add(
        self, point: AddPoint, cores: Sequence[str], author: str, *, confirmed: bool
    ) -> tuple[ChangeResult, Resolution]:
        """Add a point that answers questions of these ``cores``. Raises StorageError."""
        async with self._turn:
            note = Wording.NOTE_ADDED.format(title=point.title)
            edited = await self._editing.amend([point], author=author, note=note, confirmed=confirmed)
            if not edited.number:
                return edited, Resolution("", edited)
            return edited, await self._note(self._rows(cores, "added", author, point.id, cores), edited)

    async def undo(self, name: str, author: str, *, confirmed: bool = False) -> Resolution | None:
        """Undo what was done under that name; None where that was undone before. Raises StorageError."""
        async with self._turn:
            rows = await self._cases.settled(name)
            if not rows:
                return None
            amendments, further = await self._made(rows)
            edited = None
            if amendments:
                edited = await self._editing.retract(
                    amendments, author=author, note=Wording.NOTE_UNDONE, confirmed=confirmed
                )
                if not edited.number:
                    return Resolution("", edited)
            await self._store.delete_settled((*(row.core for row in rows), *further))
            return Resolution(name, edited)

    async def _open(self, digest: str) -> Case | None:
        return next((case for case in await self._cases.open() if case.digest == digest), None)

    def _rows(
        self, cores: Sequence[str], how: Settlement, author: str, point: str, made: Iterable[str]
    ) -> list[SettledRecord]:
        """Rows for ``cores``; the point stands in those of which something was ``made``, so that it can be undone."""
        now, own = self._clock(), set(made)
        return [SettledRecord(core, how, point if core in own else "", author, now) for core in cores]

    async def _note(self, rows: Sequence[SettledRecord], edited: ChangeResult | None) -> Resolution:
        try:
            await self._store.save_settled(*rows)
        except StorageError as error:
            if edited is None:
                raise
            _log.warning("a case that was dealt with could not be kept as such: %s", error)
            return Resolution("", edited, unnoted=True)
        return Resolution(digest_of(row.core for row in rows), edited)

    async def _made(self, rows: Sequence[SettledRecord]) -> tuple[list[Amendment], tuple[str, ...]]:
        """What was added to the knowledge by these ``rows``, as far as it is there still; and the cores of questions
        that were given later to a point that goes."""
        own = {row.core for row in rows if row.point}
        try:
            point = self._knowledge().point(next((row.point for row in rows if row.point), ""))
        except UnknownPointError:
            return [], ()
        if rows[0].how == "linked":
            return [*_questions(point, own)], ()
        later = await self._cases.linked_to(point.id)
        given = _questions(point, {row.core for row in later if row.point})
        own_questions = tuple(q for q in point.questions if AddQuestion(point.id, q) not in given)
        added = AddPoint(point.id, point.title, point.section, point.quotes, own_questions)
        return [*given, added], tuple(row.core for row in later)


def new_phrases(case: Case, point: Point) -> dict[str, str]:
    """The wordings of ``case`` that would become questions of ``point``, by their cores."""
    known = set(map(question_core, point.questions))
    return {wording.core: wording.phrase for wording in case.standing if wording.core not in known}


def _questions(point: Point, cores: set[str]) -> list[AddQuestion]:
    return [AddQuestion(point.id, question) for question in point.questions if question_core(question) in cores]
