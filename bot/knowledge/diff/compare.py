"""Two versions of a knowledge → what was added, changed and removed, as members meet it. Pure.

Where a thing stands in its file, comments and the order of points make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge.diff.align import MAX_ALIGNED_LINES, align_lines
from bot.knowledge.diff.diff import ChangedItem, Diff, FieldChange, ItemChanges
from bot.knowledge.golden import GoldenQuestion
from bot.knowledge.model import Knowledge
from bot.text import common_head

Fields = Mapping[str, tuple[str, ...]]
"""What a thing is made of, by the names of the file's keys."""


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
        points=_things(_points(old), _points(new), "title"),
        sections=_things(_sections(old), _sections(new), "title"),
        quiz=_things(_quiz(old), _quiz(new), "question"),
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


def _things(old: Mapping[str, Fields], new: Mapping[str, Fields], title: str) -> ItemChanges:
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
