"""Where in a points.yaml an addition goes, and what the file says with and without it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.edit.amendment import AddPoint, AddQuestion, Amendment
from bot.knowledge.edit.yaml_emit import Value
from bot.knowledge.edit.yaml_insert import Insertion, add_item, add_list, fill_list, find_entry, list_indent
from bot.knowledge.model import MAX_ID_LENGTH, is_id
from bot.knowledge.parse.yaml_nodes import IssueCollector, compose_yaml, line_of
from bot.text import readable, squash
from bot.wording import Amending, Lint

_TOP = ("title", "speaker", "source", "sections", "points")
_POINT = ("id", "title", "section", "quote", "aliases", "questions", "facts", "gaps")
_Plain = Any  # texts in tuples in tuples, as deep as the file has them


def read_points(text: str, file: str) -> yaml.MappingNode:
    """The root of a points.yaml. Raises KnowledgeError if ``text`` is not one."""
    issues = IssueCollector(file)
    root = compose_yaml(text, issues)
    if isinstance(root, yaml.MappingNode):
        return root
    if root is not None:
        issues.add(line_of(root), Lint.NOT_A_MAPPING.format(what=file))
    raise KnowledgeError(issues.found)


def tidy_amendment(amendment: Amendment) -> Amendment:
    """``amendment`` as it is written: what people typed on one line and readable; quotes as they are."""

    def tidy(text: str) -> str:
        return " ".join(readable(text).split())

    if isinstance(amendment, AddQuestion):
        return AddQuestion(amendment.point, tidy(amendment.question))
    by_core = {squash(question): tidy(question) for question in reversed(amendment.questions)}
    return AddPoint(
        id=amendment.id,
        title=tidy(amendment.title),
        section=amendment.section,
        quotes=tuple(quote.strip() for quote in amendment.quotes),
        questions=tuple(reversed(by_core.values())),
    )


class InsertionFinder:
    """Finds the place of an addition in one text."""

    def __init__(self, text: str, root: yaml.MappingNode, file: str) -> None:
        self._text = text
        self._root = root
        self._file = file
        self._offset = list_indent(root)

    def insertion(self, amendment: Amendment) -> Insertion | None:
        """What has to go in; None if it is there already. Raises KnowledgeError."""
        if isinstance(amendment, AddQuestion):
            return self._question(amendment)
        return self._point(amendment)

    def _question(self, amendment: AddQuestion) -> Insertion | None:
        point = next(
            (point for point in _mappings(self._root, "points") if _text(point, "id") == amendment.point), None
        )
        if point is None:
            raise self._error(self._root, Amending.POINT_GONE.format(id=amendment.point))
        core = squash(amendment.question)
        if not core:
            raise self._error(point, Lint.NOTHING_TO_MATCH.format(text=amendment.question))
        if core in {squash(question) for question in _texts(point, "questions")}:
            return None
        return self._into(point, "questions", amendment.question, _POINT)

    def _point(self, amendment: AddPoint) -> Insertion | None:
        self._check(amendment)
        points = _mappings(self._root, "points")
        for point in points:
            if _text(point, "id") == amendment.id:
                if [*map(squash, _texts(point, "quote"))] == [*map(squash, amendment.quotes)]:
                    return None
                raise self._error(point, Amending.ID_TAKEN.format(id=amendment.id))
        if amendment.section not in {_text(section, "id") for section in _mappings(self._root, "sections")}:
            raise self._error(self._root, Amending.SECTION_GONE.format(section=amendment.section))
        beside = [point for point in points if _text(point, "section") == amendment.section]
        return self._into(self._root, "points", _written(amendment), _TOP, after=beside[-1] if beside else None)

    def _check(self, amendment: AddPoint) -> None:
        if not is_id(amendment.id):
            raise self._error(self._root, Lint.BAD_ID.format(id=amendment.id, limit=MAX_ID_LENGTH))
        named = {"title": [amendment.title], "quote": amendment.quotes}
        for key, texts in named.items():
            if not texts or not all(texts):
                raise self._error(self._root, Lint.MISSING_KEY.format(key=key))
        for question in amendment.questions:
            if not squash(question):
                raise self._error(self._root, Lint.NOTHING_TO_MATCH.format(text=question))

    def _into(
        self,
        mapping: yaml.MappingNode,
        key: str,
        value: Value,
        order: tuple[str, ...],
        after: yaml.Node | None = None,
    ) -> Insertion:
        """``value`` as one more item of the list under ``key``, whether the list is there or not."""
        entry = find_entry(mapping, key)
        if entry is None:
            return add_list(self._text, mapping, key, value, self._offset, before=order[: order.index(key)])
        name, node = entry
        if isinstance(node, yaml.SequenceNode):
            return add_item(self._text, node, value, self._offset, after)
        if node.start_mark.index == node.end_mark.index:
            return fill_list(self._text, mapping, name, value, self._offset)
        raise self._error(node, Lint.NOT_A_LIST.format(key=key))

    def _error(self, node: yaml.Node, message: str) -> KnowledgeError:
        return KnowledgeError([ValidationIssue(self._file, line_of(node), message)])


def _written(point: AddPoint) -> Value:
    written: dict[str, str | tuple[str, ...]] = {
        "id": point.id,
        "title": point.title,
        "section": point.section,
        "quote": point.quotes[0] if len(point.quotes) == 1 else point.quotes,
    }
    return {**written, "questions": point.questions} if point.questions else written


def _nodes(mapping: yaml.MappingNode, key: str) -> list[yaml.Node]:
    """What stands under ``key``, in a list or alone."""
    entry = find_entry(mapping, key)
    if entry is None:
        return []
    return list(entry[1].value) if isinstance(entry[1], yaml.SequenceNode) else [entry[1]]


def _mappings(mapping: yaml.MappingNode, key: str) -> list[yaml.MappingNode]:
    return [node for node in _nodes(mapping, key) if isinstance(node, yaml.MappingNode)]


def _texts(mapping: yaml.MappingNode, key: str) -> list[str]:
    return [str(node.value).strip() for node in _nodes(mapping, key) if isinstance(node, yaml.ScalarNode)]


def _text(mapping: yaml.MappingNode, key: str) -> str:
    return next(iter(_texts(mapping, key)), "")


def without_amendment(after: _Plain, amendment: Amendment) -> _Plain:
    """What ``after`` says without ``amendment``."""
    if isinstance(amendment, AddPoint):
        return _drop(after, "points", _values(_written(amendment)))

    def without(point: _Plain) -> _Plain:
        return _drop(point, "questions", amendment.question) if ("id", amendment.point) in point else point

    return tuple((key, tuple(map(without, held)) if key == "points" else held) for key, held in after)


def plain_values(node: yaml.Node) -> _Plain:
    """What ``node`` says, without how it is written: texts, tuples of items, tuples of keys with what they hold.

    A list that may be added to is left out if it holds nothing.
    """
    if isinstance(node, yaml.MappingNode):
        pairs = ((plain_values(key), plain_values(value)) for key, value in node.value)
        return tuple((key, value) for key, value in pairs if value or key not in ("points", "questions"))
    if isinstance(node, yaml.SequenceNode):
        return tuple(plain_values(item) for item in node.value)
    return str(node.value).strip()


def _values(value: Value) -> _Plain:
    if isinstance(value, Mapping):
        return tuple((key, _values(item)) for key, item in value.items())
    return value if isinstance(value, str) else tuple(value)


def _drop(pairs: _Plain, key: str, item: _Plain) -> _Plain:
    """``pairs`` without one ``item`` under ``key``."""
    found: list[_Plain] = []
    for name, held in pairs:
        if name == key and item in held:
            at = held.index(item)
            if len(held) > 1:
                found.append((name, held[:at] + held[at + 1 :]))
        else:
            found.append((name, held))
    return tuple(found)
