"""What differs between two versions of a knowledge: plain data, its lines for a phone, its JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from bot.text import common_head, shorten
from bot.wording import Difference

MAX_LINES = 12
_TEXT = 24  # characters of one text that changed
_LINE = 120


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What of one ``field`` is gone, and what is new. Neither: the same texts in another order."""

    field: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """One thing that differs: a point, a section, a question of the quiz. ``title`` is its newest one."""

    id: str
    title: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """What differs among things of one kind."""

    removed: tuple[ChangedItem, ...] = ()
    changed: tuple[ChangedItem, ...] = ()
    added: tuple[ChangedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two versions of a knowledge.

    ``header``: title, speaker, golden questions, terms of one sort. ``source_removed`` and ``source_added`` count
    characters. ``rested`` are questions of the quiz that were asked before and are inactive now.
    """

    header: tuple[FieldChange, ...] = ()
    source_removed: int = 0
    source_added: int = 0
    points: ItemChanges = ItemChanges()
    sections: ItemChanges = ItemChanges()
    quiz: ItemChanges = ItemChanges()
    rested: tuple[ChangedItem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether members meet no difference."""
        return self == Diff()

    def lines(self, limit: int = MAX_LINES) -> tuple[str, ...]:
        """This in at most ``limit`` Chinese lines for a phone, one for each thing that differs, losses first.

        The last line says how many are left out.
        """
        found = [shorten(line, _LINE) for line in _lines(self)]
        if not found:
            return (Difference.NOTHING,)
        if len(found) <= limit:
            return tuple(found)
        return (*found[: limit - 1], Difference.MORE.format(count=len(found) - limit + 1))

    def to_json(self) -> str:
        """This, as JSON."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Diff:
        """What ``to_json`` wrote. Raises ValueError if ``text`` is anything else."""
        try:
            return _adapter().validate_json(text)
        except ValidationError as error:
            raise ValueError(f"not a diff: {error}") from None


@cache
def _adapter() -> TypeAdapter[Diff]:
    return TypeAdapter(Diff)


def _lines(diff: Diff) -> Iterator[str]:
    if diff.source_removed or diff.source_added:
        yield Difference.SOURCE.format(removed=diff.source_removed, added=diff.source_added)
    yield from _things(Difference.POINT, diff.points)
    yield from _things(Difference.SECTION, diff.sections)
    for entry in diff.rested:
        yield Difference.RESTED.format(title=shorten(entry.title, _TEXT))
    yield from _things(Difference.QUESTION, diff.quiz)
    for change in diff.header:
        yield Difference.HEADER.format(what=_change(change))


def _things(kind: str, changes: ItemChanges) -> Iterator[str]:
    for entry in changes.removed:
        yield Difference.REMOVED.format(kind=kind, title=shorten(entry.title, _TEXT))
    for entry in changes.changed:
        yield Difference.CHANGED.format(kind=kind, title=shorten(entry.title, _TEXT), what=_what(entry))
    for entry in changes.added:
        yield Difference.ADDED.format(kind=kind, title=shorten(entry.title, _TEXT))


def _what(entry: ChangedItem) -> str:
    return "；".join(_change(change) for change in entry.changes)


def _change(change: FieldChange) -> str:
    field = Difference.FIELDS[change.field]
    if not change.removed and not change.added:
        return Difference.MOVED.format(field=field)
    if len(change.removed) == len(change.added) == 1:
        before, after = _around(change.removed[0], change.added[0])
        return Difference.REPLACED.format(field=field, before=before, after=after)
    parts = []
    if change.added:
        parts.append(Difference.MORE_OF.format(field=field, count=len(change.added), text=_first(change.added)))
    if change.removed:
        parts.append(Difference.LESS_OF.format(field=field, count=len(change.removed), text=_first(change.removed)))
    return "，".join(parts)


def _first(texts: tuple[str, ...]) -> str:
    return shorten(texts[0], _TEXT)


def _around(before: str, after: str) -> tuple[str, str]:
    """Both texts, from a little before the place where they part."""
    start = max(common_head(before, after) - _TEXT // 3, 0)
    lead = "…" if start else ""
    return lead + shorten(before[start:], _TEXT), lead + shorten(after[start:], _TEXT)
