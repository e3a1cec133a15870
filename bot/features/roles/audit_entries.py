"""Rows of the audit log → what they tell, in words: keys and codes only where nothing better is known.

What one person was refused several times in a row is told once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bot.access.members import MemberLabels, from_button, parse_member
from bot.chats.group_registry import button_id_of
from bot.conversation.commands import ADMIN_WORDS
from bot.features.roles.commands import CONFIRM
from bot.records.chats import GroupRecord, group_of
from bot.records.roles import AuditRecord, AuditRow
from bot.text import shorten
from bot.wording import Audits as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


CHINESE = {name: word for word, name in ADMIN_WORDS.items()} | Wording.ACTIONS
MAX_TITLE = 40  # characters of a question or a title
_ALL = "all"
_WORDS = frozenset(ADMIN_WORDS.values()) | {"document", "console"}  # their details are what somebody wrote
_IN_CHATS = frozenset({"quiet", "settings", "daily", "season", "paper"})  # their details begin with the key of a chat
_QUESTIONS = frozenset({"bq", "boff", "bon", "bno"})
_LINKS = frozenset({"ml", "mk", "mc"})

Title = Callable[[str], str]
"""What something is called that has this id; nothing where it is gone."""


def in_chinese(action: str) -> str:
    """What an action in the audit log is called: a command by its word, a button by what it belongs to."""
    known = CHINESE.get(action)
    return known or Wording.BUTTON.format(kind=Wording.KINDS.get(action[:1], Wording.OTHER), name=action)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done or refused, in words; the latest of ``rows`` comes first."""

    rows: tuple[AuditRow, ...]
    who: str
    what: str
    detail: str

    @property
    def row(self) -> AuditRecord:
        """The latest of its rows."""
        return self.rows[0].row

    @property
    def times(self) -> str:
        """How often it was; nothing where it was once."""
        return Wording.TIMES.format(count=len(self.rows)) if len(self.rows) > 1 else ""


def fold(rows: Sequence[AuditRow]) -> list[tuple[AuditRow, ...]]:
    """``rows`` in the same order, those together that are told once."""

    def same(logged: AuditRow) -> tuple[str, str, str, int]:
        row = logged.row
        return row.actor, row.action, row.detail if _is_words(row) else "", logged.number if row.allowed else 0

    return [tuple(together) for _, together in groupby(rows, same)]


def _is_words(row: AuditRecord) -> bool:
    """Whether a detail is what somebody wrote: what a button carries is a code."""
    return row.action in _WORDS or not row.detail.isascii()


async def _no_groups() -> Sequence[GroupRecord]:
    return ()


def _nothing(_: str) -> str:
    return ""


class AuditFormatter:
    """Looks up what rows are about: members, groups, questions of the quiz, points."""

    def __init__(
        self,
        names: ContestRepository,
        *,
        groups: Callable[[], Awaitable[Sequence[GroupRecord]]] = _no_groups,
        question: Title = _nothing,
        point: Title = _nothing,
    ) -> None:
        self._names = names
        self._groups = groups
        self._question = question
        self._point = point

    async def name(self, member: str) -> str:
        """What a member is called. Raises StorageError."""
        return (await MemberLabels.load([member], self._names)).full(member)

    async def format_entries(self, folded: Sequence[tuple[AuditRow, ...]]) -> list[AuditEntry]:
        """An entry for each of what ``fold`` gave. Raises StorageError."""
        rows = [together[0].row for together in folded]
        shown = {key for row in rows for key in (row.actor, _subject(row))} - {""}
        called = await MemberLabels.load(shown, self._names)
        in_groups = any(row.action in _IN_CHATS or row.action == "ysend" for row in rows)
        groups = await self._groups() if in_groups else ()
        return [
            AuditEntry(together, called.full(row.actor), in_chinese(row.action), self._about(row, called, groups))
            for together, row in zip(folded, rows, strict=True)
        ]

    def _about(self, row: AuditRecord, called: MemberLabels, groups: Sequence[GroupRecord]) -> str:
        subject = _subject(row)
        first, _, rest = row.detail.partition(" ")
        found = ""
        if subject:
            return " ".join([called.full(subject), *row.detail.split()[1:]])
        if row.action in _IN_CHATS and ":" in first:
            title = next((group.title for group in groups if group.chat == group_of(first)), "")
            return " ".join(filter(None, [Wording.IN_GROUP.format(title=title) if title else Wording.IN_A_GROUP, rest]))
        if row.action == "ysend":
            return _where(row.detail, groups)
        if row.action in _QUESTIONS:
            found = self._question(row.detail)
        elif row.action in _LINKS:
            found = self._point(row.detail.partition(".")[2])
        elif row.action == "rb" and row.detail.isdecimal():
            return Wording.VERSION.format(number=row.detail)
        elif _is_words(row):
            return row.detail
        return Wording.QUOTED.format(text=shorten(found, MAX_TITLE)) if found else ""


def _where(detail: str, groups: Sequence[GroupRecord]) -> str:
    mark = detail.partition("-")[2]
    if mark == _ALL:
        return Wording.TO_ALL
    title = next((group.title for group in groups if button_id_of(group) == mark), "")
    return Wording.TO_GROUP.format(title=title) if title else ""


def _subject(row: AuditRecord) -> str:
    """The member whose role a row is about; nothing where it is about no role, or names nobody first."""
    first = next(iter(row.detail.split()), "")
    if row.action in {"grant", "revoke"}:
        return parse_member(first, row.actor) or ""
    return (from_button(first) or "") if row.action == CONFIRM else ""
