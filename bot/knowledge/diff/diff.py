"""What differs between two versions of a knowledge, as members meet it: its lines for a phone, its JSON. Pure.

Where a thing stands in its file, comments and the order of points make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from bot.knowledge.diff.align import MAX_ALIGNED_LINES, align_lines
from bot.knowledge.model import GoldenQuestion, Knowledge
from bot.text import common_head, shorten
from bot.wording import Difference

MAX_LINES = 12
_TEXT = 24  # characters of one text that changed
_LINE = 120
Fields = Mapping[str, tuple[str, ...]]
"""What a thing is made of, by the names of the file's keys."""


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


def compare(
    old: Knowledge, new: Knowledge, *, inactive_before: Iterable[str] = (), inactive_now: Iterable[str] = ()
) -> Diff:
    """What differs between ``old`` and ``new``.

    ``inactive_before`` and ``inactive_now`` are the ids of the quiz questions that cannot be asked in each; which they
    are is for the quiz to say.
    """
    removed, added = _characters(old.source, new.source)
    questions = {written.id: written.question for written in new.quiz_additions.questions}
    woken = {*inactive_now} - {*inactive_before}
    return Diff(
        header=_fields(_header(old), _header(new)),
        source_removed=removed,
        source_added=added,
        points=_items(_points(old), _points(new), "title"),
        sections=_items(_sections(old), _sections(new), "title"),
        quiz=_items(_quiz(old), _quiz(new), "question"),
        rested=tuple(ChangedItem(id_, question) for id_, question in questions.items() if id_ in woken),
    )


def _header(knowledge: Knowledge) -> Fields:
    return {
        "title": (knowledge.title,),
        "speaker": (knowledge.speaker,) if knowledge.speaker else (),
        "golden": tuple(_asked(golden) for golden in knowledge.golden),
        "alike": tuple("、".join(family) for family in knowledge.quiz_additions.term_families),
    }


def _asked(golden: GoldenQuestion) -> str:
    return f"{golden.ask}（{'、'.join(golden.points)}）" if golden.points else golden.ask


def _points(knowledge: Knowledge) -> dict[str, Fields]:
    return {
        point.id: {
            "title": (point.title,),
            "section": (point.section,),
            "quote": point.quotes,
            "aliases": point.aliases,
            "questions": point.questions,
            "facts": tuple(f"{fact.ask}：{fact.value}" for fact in point.facts),
            "gaps": point.gaps,
        }
        for point in knowledge.points
    }


def _sections(knowledge: Knowledge) -> dict[str, Fields]:
    return {
        section.id: {"title": (section.title,), "begins": (section.begins,) if section.begins else ()}
        for section in knowledge.sections
    }


def _quiz(knowledge: Knowledge) -> dict[str, Fields]:
    return {
        written.id: {
            "point": (written.point,),
            "question": (written.question,),
            "right": written.right,
            "wrong": written.wrong,
            "quote": (written.quote,) if written.quote else (),
        }
        for written in knowledge.quiz_additions.questions
    }


def _items(old: Mapping[str, Fields], new: Mapping[str, Fields], title: str) -> ItemChanges:
    """What differs between things by their ids; ``title`` is the field by which a person knows one."""
    changed = (ChangedItem(id_, new[id_][title][0], _fields(old[id_], new[id_])) for id_ in new if id_ in old)
    return ItemChanges(
        removed=tuple(ChangedItem(id_, fields[title][0]) for id_, fields in old.items() if id_ not in new),
        changed=tuple(entry for entry in changed if entry.changes),
        added=tuple(ChangedItem(id_, fields[title][0]) for id_, fields in new.items() if id_ not in old),
    )


def _fields(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field, _without(old[field], new[field]), _without(new[field], old[field]))
        for field in new
        if old[field] != new[field]
    )


def _without(texts: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    taken = {*others}
    return tuple(text for text in texts if text not in taken)


def _characters(old: str, new: str) -> tuple[int, int]:
    """How many characters of ``old`` are gone and how many of ``new`` were not there, counted by line."""
    if old == new:
        return 0, 0
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) + len(after) > MAX_ALIGNED_LINES:
        return _ends_off(old, new)
    removed = added = 0
    for _, start, end, new_start, new_end in align_lines(before, after):
        gone, come = _ends_off("".join(before[start:end]), "".join(after[new_start:new_end]))
        removed, added = removed + gone, added + come
    return removed, added


def _ends_off(old: str, new: str) -> tuple[int, int]:
    """The lengths of both without what they have in common at either end."""
    head = common_head(old, new)
    tail = common_head(old[head:][::-1], new[head:][::-1])
    return len(old) - head - tail, len(new) - head - tail
