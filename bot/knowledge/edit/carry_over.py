"""A new edition of the source → the points of the old one that still stand in it, with all that was written for them.

Points are never written anew: those whose words are gone are taken out of the text of points.yaml, and everything else
stays as the curator wrote it. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import yaml

from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.edit.amendment import AddPoint, Amendment
from bot.knowledge.edit.yaml_insert import find_entry
from bot.knowledge.edit.yaml_places import read_points
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.parse.yaml_nodes import line_of
from bot.wording import Amending


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The files of a new edition, and the additions made in chats that still stand in it.

    ``without_points``: no point of the old edition stands.
    """

    files: Files
    amendments: tuple[Amendment, ...]
    without_points: bool = False


def carry_over(files: Files, amendments: Sequence[Amendment], edition: Files, *, source: str, text: str) -> CarriedOver:
    """``files`` with ``text`` in place of the file ``source``, and without the points that no longer stand in it.

    ``edition`` is the new edition as a knowledge of its own: that is what is served if it brings its own points, or
    if none of the old ones stands. Raises KnowledgeError if a points.yaml is written in a way that nothing can be
    taken out of.
    """
    kept = standing_amendments(amendments, text)
    beside = {name: body for name, body in files if name not in {source, POINTS_FILE}}
    points = files.get(POINTS_FILE)
    if points is None or edition.get(POINTS_FILE) is not None:
        return CarriedOver(Files({**beside, **edition.texts}), kept, without_points=points is not None)
    standing = _points_standing_in(points, text)
    if standing is None:
        return CarriedOver(edition, kept, without_points=True)
    return CarriedOver(Files({**beside, source: text, POINTS_FILE: standing}), kept)


def standing_amendments(amendments: Sequence[Amendment], source: str) -> tuple[Amendment, ...]:
    """Those of ``amendments`` that quote nothing which is not in ``source``."""
    return tuple(
        one for one in amendments if not isinstance(one, AddPoint) or all(quote in source for quote in one.quotes)
    )


def _points_standing_in(points: str, source: str) -> str | None:
    """``points`` without those whose quotes are not in ``source``, and without beginnings of sections that are not.

    None if no point is left.
    """
    root = read_points(points, POINTS_FILE)
    cuts: list[tuple[int, int, str]] = []
    entry = find_entry(root, "points")
    if entry is None or not isinstance(entry[1], yaml.SequenceNode) or not entry[1].value:
        return None
    items = entry[1]
    gone = [number for number, point in enumerate(items.value) if not _stands(point, source)]
    if len(gone) == len(items.value):
        return None
    cuts += _items_cut(points, items, gone)
    sections = find_entry(root, "sections")
    if sections is not None and isinstance(sections[1], yaml.SequenceNode):
        for section in sections[1].value:
            if isinstance(section, yaml.MappingNode):
                cuts += _beginning_cut(points, section, source)
    for start, end, instead in sorted(cuts, reverse=True):
        points = points[:start] + instead + points[end:]
    return points


def _stands(point: yaml.Node, source: str) -> bool:
    if not isinstance(point, yaml.MappingNode):
        return False
    entry = find_entry(point, "quote")
    if entry is None:
        return False
    nodes = entry[1].value if isinstance(entry[1], yaml.SequenceNode) else [entry[1]]
    return bool(nodes) and all(isinstance(n, yaml.ScalarNode) and str(n.value).strip() in source for n in nodes)


def _items_cut(text: str, items: yaml.SequenceNode, gone: Collection[int]) -> list[tuple[int, int, str]]:
    """What to put in place of which characters so that the items ``gone`` are no more in a list."""
    if not gone:
        return []
    if items.flow_style:
        kept = [
            text[item.start_mark.index : item.end_mark.index]
            for number, item in enumerate(items.value)
            if number not in gone
        ]
        return [(items.start_mark.index, items.end_mark.index, f"[{', '.join(kept)}]")]
    starts = [_line_start(text, item.start_mark.index) for item in items.value]
    for item, start in zip(items.value, starts, strict=True):
        if text[start : item.start_mark.index].strip() != "-":
            raise KnowledgeError([ValidationIssue(POINTS_FILE, line_of(item), Amending.UNUSUAL)])
    end = items.end_mark.index
    ends = [*starts[1:], end if end >= len(text.rstrip()) else _line_start(text, end)]
    return [(starts[number], ends[number], "") for number in gone]


def _beginning_cut(text: str, section: yaml.MappingNode, source: str) -> list[tuple[int, int, str]]:
    """The same for the key ``begins`` of a section that does not begin so any more."""
    entry = find_entry(section, "begins")
    if entry is None or str(entry[1].value) in source:
        return []
    if section.flow_style:
        kept = [
            text[name.start_mark.index : value.end_mark.index] for name, value in section.value if name is not entry[0]
        ]
        return [(section.start_mark.index, section.end_mark.index, f"{{{', '.join(kept)}}}")]
    start = _line_start(text, entry[0].start_mark.index)
    if text[start : entry[0].start_mark.index].strip() or "\n" in str(entry[1].value):
        raise KnowledgeError([ValidationIssue(POINTS_FILE, line_of(section), Amending.UNUSUAL)])
    end = text.find("\n", entry[1].end_mark.index)
    return [(start, end + 1 if end >= 0 else len(text), "")]


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1
