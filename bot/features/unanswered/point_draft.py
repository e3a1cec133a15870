"""New points on their way: one for each person and chat, until it is idle for long.

The latest of each person is kept across restarts: whoever is asked for the next words must not have them taken for a
question.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from pydantic import TypeAdapter

from bot.conversation.dialogue import IDLE
from bot.errors import StorageError
from bot.features.unanswered.cases import Case
from bot.knowledge.edit.amendment import AddPoint
from bot.knowledge.lint import MAX_TITLE
from bot.knowledge.structure import Span
from bot.records.contests import SettingRecord
from bot.retrieval.clustering import question_core
from bot.retrieval.normalize.question import MAX_LENGTH
from bot.text import shorten, squash

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


MAX_QUESTIONS = 20
Step = Literal["section", "first", "last", "title", "questions", "preview"]
_CLAUSE = re.compile(r"[^,，。;；:：!！?？\n]+")


@dataclass(slots=True)
class PointDraft:
    """A new point as far as it is known. ``cores`` are those of the case that it was begun for."""

    id: str
    last_at: datetime
    cores: tuple[str, ...]
    questions: list[str]
    step: Step = "section"
    section: str = ""
    first: Span | None = None
    opening: str = ""
    quote: str = ""
    title: str = ""

    @property
    def suggested_title(self) -> str:
        """The first clause of the quote."""
        clause = _CLAUSE.search(self.quote)
        return shorten(clause[0].strip() if clause else self.quote, MAX_TITLE)

    @property
    def point(self) -> AddPoint:
        """The point as it would be added. Its id is never given twice."""
        return AddPoint(f"p-{self.id}", self.title, self.section, (self.quote,), tuple(self.questions))

    def name(self, title: str) -> bool:
        """Take ``title``; False where it cannot be one."""
        title = " ".join(title.split())
        if not squash(title) or len(title) > MAX_TITLE:
            return False
        self.title = title
        return True

    def ask(self, question: str) -> bool:
        """Take one more way to ask for it; False where nothing can be matched by it. What is there already stays."""
        core = question_core(question)
        if not core or len(question) > MAX_LENGTH:
            return False
        if core not in map(question_core, self.questions):
            self.questions.append(question)
        return True


_NAME: Final = "new point"
_KEPT: Final = TypeAdapter(tuple[str, PointDraft])
_log = logging.getLogger(__name__)


class PointDrafts:
    """The drafts of all admins. ``store`` keeps them across restarts."""

    def __init__(self, store: ContestRepository) -> None:
        self._store = store
        self._loaded = False
        self._loading = asyncio.Lock()
        self._drafts: dict[tuple[str, str], PointDraft] = {}

    async def load(self, now: datetime) -> bool:
        """Take up, once, what was begun before the start, as far as it is not idle for long. Never raises.

        False where it cannot be read: it is tried again with the next call.
        """
        async with self._loading:  # one at a time: a later one would bring back what was dropped since
            if not self._loaded:
                await self._load(now)
            return self._loaded

    async def _load(self, now: datetime) -> None:
        try:
            rows = await self._store.settings(_NAME)
        except StorageError as error:
            _log.warning("new points that were begun cannot be read: %s", error)
            return
        self._loaded = True
        for row in rows:
            try:
                chat, draft = _KEPT.validate_json(row.value)
            except ValueError:
                _log.warning("a new point that was begun cannot be read and is left out")
                continue
            if now - draft.last_at <= IDLE:
                self._drafts.setdefault((row.owner, chat), draft)

    async def save(self, person: str) -> None:
        """Save how far that person is, where that was last. Never raises: a restart then forgets it."""
        own = [(chat, draft) for (owner, chat), draft in self._drafts.items() if owner == person]
        latest = max(own, key=lambda kept: kept[1].last_at, default=None)
        value = _KEPT.dump_json(latest).decode() if latest is not None else ""
        try:
            await self._store.save(SettingRecord(person, _NAME, value))
        except StorageError as error:
            _log.warning("a new point that was begun is not kept: %s", error)

    @property
    def all(self) -> Collection[object]:
        """Which persons have begun one in which chats, at any time."""
        return self._drafts.keys()

    def has(self, person: str) -> bool:
        """Whether that person has begun one anywhere."""
        return any(owner == person for owner, _ in self._drafts)

    def begin(self, person: str, chat: str, case: Case, draft_id: str, now: datetime) -> PointDraft:
        """A fresh draft for ``case``; what that person had begun in that chat is dropped."""
        for key in [key for key, draft in self._drafts.items() if now - draft.last_at > IDLE]:
            del self._drafts[key]
        phrases = [wording.phrase for wording in case.standing]
        draft = self._drafts[person, chat] = PointDraft(draft_id, now, case.group.cores, phrases)
        return draft

    def get(self, person: str, chat: str, now: datetime) -> PointDraft | None:
        """The draft of that person in that chat; None where there is none, or it has been idle for long."""
        draft = self._drafts.get((person, chat))
        if draft is None or now - draft.last_at > IDLE:
            self.drop(person, chat)
            return None
        draft.last_at = now
        return draft

    def drop(self, person: str, chat: str) -> None:
        """Forget the draft of that person in that chat."""
        self._drafts.pop((person, chat), None)
