"""A new draft, the draft before it, and what a curator made of that: three texts of points.yaml → one. Pure.

Points are compared as their lines in the file. What the curator left alone becomes what the new draft says; what he
wrote, changed or deleted stays so, as long as its quotes stand in the new source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

import yaml

from bot.drafting.draft import Draft, draft_text, point_text
from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.diff.align import align_lines
from bot.knowledge.edit.yaml_places import read_points
from bot.knowledge.files import POINTS_FILE
from bot.text import squash
from bot.wording import Drafting

ALIKE: Final = 0.5
"""The ratio of what two passages have in common from which one is another edition of the other."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What became of points, as lists of titles or, if there is none, of ids."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Points of a curator whose passage is another by now: his lines, with the new passage."""
    lost: tuple[str, ...] = ()
    """Points of a curator whose passage is gone: his lines stand behind the others as comments."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one point: its id, its title, its quotes, and its text with what stands before the next point."""

    id: str
    title: str
    quotes: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class _File:
    """A points.yaml: what stands before its points, and those."""

    head: str
    blocks: tuple[_Block, ...]

    @cached_property
    def by_id(self) -> dict[str, _Block]:
        return {block.id: block for block in self.blocks}


def keep_ids(draft: Draft, before: str) -> Draft:
    """``draft`` with the ids of the draft ``before`` it, the text of points.yaml, for the same and changed passages."""
    old = _read(before).blocks
    cores_before = [squash("".join(block.quotes)) for block in old]
    cores = [squash(point.passage.quote) for point in draft.points]
    ids: dict[str, str] = {}
    used: set[str] = set()

    def rename(number: int, block: _Block) -> None:
        if block.id not in used:
            ids[draft.points[number].id] = block.id
            used.add(block.id)

    same = {core: block for core, block in reversed([*zip(cores_before, old, strict=True)])}
    for number, core in enumerate(cores):
        if core in same:
            rename(number, same[core])
    for tag, begin, end, begin_now, end_now in align_lines(cores_before, cores):
        if tag == "replace":
            left = [number for number in range(begin, end) if old[number].id not in used]
            for number in range(begin_now, end_now):
                if draft.points[number].id in ids or not left:
                    continue
                likest = max(left, key=lambda one: _ratio(cores_before[one], cores[number]))
                if _ratio(cores_before[likest], cores[number]) >= ALIKE:
                    rename(number, old[likest])
                    left.remove(likest)
    used.update(block.id for block in old)
    for point in draft.points:
        if point.id not in ids:
            ids[point.id] = _free(point.id, used)
    return draft.with_ids(ids)


def merge(draft: Draft, before: str, curated: str) -> tuple[str, MergeReport]:
    """``draft``, whose ids are those of the draft ``before`` it, with what a curator changed in ``curated``.

    Raises KnowledgeError if one of the texts is no points.yaml that can be read point by point.
    """
    return _Merge(draft, _read(before), _read(curated)).merge()


def merge_items(new: str, before: str, curated: str, *, file: str, key: str) -> str:
    """A new golden.yaml or quiz.yaml ``file`` with what a curator changed since the draft ``before`` it.

    Its questions are told apart by ``key``. What he left alone becomes what ``new`` says; what he wrote, changed or
    deleted stays so. Raises KnowledgeError if a text cannot be read question by question.
    """
    fresh, base, theirs = (_read(text, file, "questions", key) for text in (new, before, curated))
    kept: list[str] = []
    for block in theirs.blocks:
        was, now = base.by_id.get(block.id), fresh.by_id.get(block.id)
        if was is None or not _same(block, was):
            kept.append(block.text)
        elif now is not None:
            kept.append(now.text)
    known = {*base.by_id, *theirs.by_id}
    added = [block.text for block in fresh.blocks if block.id not in known]
    return _joined(fresh.head if theirs.head == base.head else theirs.head, [*kept, *added], (), "questions")


class _Merge:
    """The draft before, what a curator made of it, and the new draft."""

    def __init__(self, draft: Draft, base: _File, theirs: _File) -> None:
        self._base = base
        self._theirs = theirs
        self._new = _read(draft_text(draft))
        self._source = draft.knowledge.source
        self._points = {point.id: point for point in draft.points}
        self._told: dict[str, list[str]] = {name.name: [] for name in fields(MergeReport)}
        self._lost: list[str] = []

    def merge(self) -> tuple[str, MergeReport]:
        """The text, and what became of points."""
        taken = {block.id: text for block in self._new.blocks if (text := self._of_passage(block))}
        behind = self._without_passage()
        head = self._new.head if self._theirs.head == self._base.head else self._theirs.head
        ordered = [*behind.get("", ())]
        for block in self._new.blocks:
            ordered += [taken[block.id]] if block.id in taken else []
            ordered += behind.get(block.id, ())
        report = MergeReport(**{name: tuple(titles) for name, titles in self._told.items()})
        return _joined(head, ordered, self._lost), report

    def _of_passage(self, block: _Block) -> str:
        """The lines of a point whose passage the new draft has; nothing if the curator deleted it."""
        was, now = self._base.by_id.get(block.id), self._theirs.by_id.get(block.id)
        if now is None:
            if was is None:
                self._told["added"].append(block.title)
            return block.text if was is None else ""
        if was is not None and _same(now, was):
            if not _same(block, was):
                self._told["changed"].append(block.title)
            return block.text
        if self._stands(now):
            self._told["kept"].append(now.title)
            return now.text
        if not any(key == "quote" for key, _ in _entries(now.text)):  # written in braces
            self._lose(now)
            return block.text
        self._told["conflicts"].append(now.title)
        return _with_passage(now, point_text(self._points[block.id]))

    def _without_passage(self) -> dict[str, list[str]]:
        """The curator's own points, by the point that they stand behind; those whose quotes are gone are lost."""
        behind: dict[str, list[str]] = {}
        previous = ""
        for now in self._theirs.blocks:
            was = self._base.by_id.get(now.id)
            if now.id in self._points:
                previous = now.id
            elif was is not None and _same(now, was):
                self._told["gone"].append(now.title)
            elif self._stands(now):
                self._told["kept"].append(now.title)
                behind.setdefault(previous, []).append(now.text)
            else:
                self._lose(now)
        return behind

    def _lose(self, block: _Block) -> None:
        self._told["lost"].append(block.title)
        self._lost.append(block.text)

    def _stands(self, block: _Block) -> bool:
        return all(quote in self._source for quote in block.quotes)


def _joined(head: str, blocks: Sequence[str], lost: Sequence[str], items: str = "points") -> str:
    head = re.sub(rf"{items}:\s*(?:\[\]\s*)?\Z", f"{items}:", head.rstrip())
    lines = [head if blocks else re.sub(rf"{items}:\Z", f"{items}: []", head)]
    lines += [block.rstrip() for block in blocks]
    if lost:
        lines += [f"# {line}" for line in Drafting.LOST_HEAD.splitlines()]
        lines += [f"# {line}".rstrip() for block in lost for line in block.rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def _read(text: str, file: str = POINTS_FILE, items: str = "points", key: str = "id") -> _File:
    """A points.yaml, point by point, or another file by the ``key`` of its ``items``.

    Raises KnowledgeError if they are not written as a list of lines.
    """
    root = read_points(text, file)
    points = next((value for name, value in root.value if name.value == items), None)
    if points is None or not isinstance(points, yaml.SequenceNode) or not points.value:
        return _File(text, ())
    if points.flow_style or not all(isinstance(item, yaml.MappingNode) for item in points.value):
        raise KnowledgeError(
            [ValidationIssue(file, points.start_mark.line + 1, Drafting.NOT_BY_LINES.format(items=items))]
        )
    starts = [text.rfind("\n", 0, item.start_mark.index) + 1 for item in points.value]
    ends = [*starts[1:], len(text)]
    zipped = zip(points.value, starts, ends, strict=True)
    blocks = tuple(_block(item, text[start:end], key) for item, start, end in zipped)
    return _File(text[: starts[0]], blocks)


def _block(node: yaml.MappingNode, text: str, by: str) -> _Block:
    values: dict[str, yaml.Node] = {str(key.value): value for key, value in node.value}
    quote = values.get("quote")
    quotes = [quote] if isinstance(quote, yaml.ScalarNode) else list(quote.value) if quote is not None else []
    name, title = (str(values[key].value) if key in values else "" for key in (by, "title"))
    return _Block(name, title or name, tuple(str(one.value).strip() for one in quotes), text)


def _same(one: _Block, other: _Block) -> bool:
    return one.text.strip() == other.text.strip()


def _with_passage(theirs: _Block, made: str) -> str:
    """The curator's lines, with the section and the quote of the point that a program ``made``."""
    new = dict(_entries(made))
    lines: list[str] = []
    for key, entry in _entries(theirs.text):
        lines.append(new[key] if key in ("quote", "section") and key in new else entry)
    return "".join(lines)


def _entries(block: str) -> Iterator[tuple[str, str]]:
    """The keys of a point with their lines."""
    key, lines = "", ""
    for line in block.splitlines(keepends=True):
        begins = re.match(r"  (?:- |  )([a-z]+):", line)
        if begins:
            if lines:
                yield key, lines
            key, lines = begins[1], ""
        lines += line
    if lines:
        yield key, lines


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _free(name: str, used: set[str]) -> str:
    """``name``, or a form of it that is not ``used`` yet; it is from now on."""
    number, free = 1, name
    while free in used:
        number += 1
        free = f"{name}-n{number}"
    used.add(free)
    return free
