"""The text of points.yaml, with one thing added: every other byte, comments and order too, stays as it is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.errors import Fault, KnowledgeError
from bot.knowledge.amendment import AddPoint, AddQuestion, Amendment
from bot.knowledge.emit import Value
from bot.knowledge.files import POINTS_FILE
from bot.knowledge.insertion import Insertion, add_item, add_list, entry_of, fill_list, habit
from bot.knowledge.model import MAX_ID_LENGTH, is_id
from bot.knowledge.reader import Faults, compose, line_of
from bot.text import readable, squash
from bot.wording import Amending, Lint

_TOP = ("title", "speaker", "source", "sections", "points")
_POINT = ("id", "title", "section", "quote", "aliases", "questions", "facts", "gaps")
_Plain = Any  # texts in tuples in tuples, as deep as the file has them


def amend(text: str, amendment: Amendment, file: str = POINTS_FILE) -> str:
    """``text`` of a points.yaml with ``amendment`` in it; as it is where that stands in it already.

    What comes out is read again and compared: nothing but the addition differs. ``file`` is the name told in faults.
    Raises KnowledgeError, with a sentence that says what to do, where the addition has no place (any more).
    """
    return _amend_apart(text, [amendment], file)[0]


@dataclass(frozen=True, slots=True)
class Amended:
    """A text with additions in it; those that stood there ``already``, and those that have no ``place`` in it."""

    text: str
    already: tuple[Amendment, ...] = ()
    without_place: tuple[Amendment, ...] = ()


def amend_all(text: str, amendments: Sequence[Amendment], file: str = POINTS_FILE) -> Amended:
    """``text`` with all of ``amendments`` in it, in their order, as far as they have a place.

    The same as ``amend`` one after the other, but that the text is read a few times only.
    """
    waiting, already, rest = list(amendments), list[Amendment](), list[Amendment]()
    listed: set[str] = set()  # points that have a list of questions by now
    while waiting:
        round_, waiting = _apart(waiting, listed)
        try:
            text, there = _amend_apart(text, round_, file)
            already += there
        except KnowledgeError:
            for one in round_:
                try:
                    text, there = _amend_apart(text, [one], file)
                    already += there
                except KnowledgeError:
                    rest.append(one)
        listed |= {one.point for one in round_ if isinstance(one, AddQuestion)}
    return Amended(text, tuple(already), tuple(rest))


def _apart(amendments: Sequence[Amendment], listed: Collection[str]) -> tuple[list[Amendment], list[Amendment]]:
    """Those of ``amendments`` that can be put in together, and the others, which need to see them in their place.

    The first question of a point may have to make its list; behind that, and where it is ``listed``, there may be many.
    """
    together: list[Amendment] = []
    later: list[Amendment] = []
    seen: set[tuple[str, str]] = set()  # points with the cores of their questions; with nothing for a new point
    touched: set[str] = set()  # points that anything was about, now or later
    for one in amendments:
        if isinstance(one, AddQuestion):
            point, place = one.point, (one.point, squash(one.question))
            waits = place in seen or (point, "") in seen or (point in touched and point not in listed)
        else:
            point, place = one.id, (one.id, "")
            waits = point in touched
        touched.add(point)
        if waits:
            later.append(one)
        else:
            seen.add(place)
            together.append(one)
    return together, later


def _amend_apart(text: str, amendments: Sequence[Amendment], file: str) -> tuple[str, list[Amendment]]:
    """``text`` with ``amendments`` in it that need not see each other, and those that stood in it already.

    Raises KnowledgeError where one has no place.
    """
    root = _read(text, file)
    places = _Amending(text, root, file)
    found: list[tuple[Insertion, Amendment]] = []
    already: list[Amendment] = []
    for one in amendments:
        tidy = _one_line(one)
        insertion = places.insertion(tidy)
        if insertion is None:
            already.append(one)
        else:
            found.append((insertion, tidy))
    amended = text
    # from the end, so that places stay where they were found; at one place questions go before new points
    ranked = [(one.at, isinstance(added, AddPoint), number, one) for number, (one, added) in enumerate(found)]
    for *_, insertion in sorted(ranked, key=lambda each: each[:3], reverse=True):
        amended = insertion.into(amended)
    after = _plain(_read(amended, file)) if found else _plain(root)
    for _, added in reversed(found):
        after = _taken_back(after, added)
    if after != _plain(root):
        raise KnowledgeError([Fault(file, line_of(root), Amending.UNUSUAL)])
    return amended, already


def _read(text: str, file: str) -> yaml.MappingNode:
    faults = Faults(file)
    root = compose(text, faults)
    if isinstance(root, yaml.MappingNode):
        return root
    if root is not None:
        faults.add(line_of(root), Lint.NOT_A_MAPPING.format(what=file))
    raise KnowledgeError(faults.found)


def _one_line(amendment: Amendment) -> Amendment:
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


class _Amending:
    """Finds the place of an addition in one text."""

    def __init__(self, text: str, root: yaml.MappingNode, file: str) -> None:
        self._text = text
        self._root = root
        self._file = file
        self._offset = habit(root)

    def insertion(self, amendment: Amendment) -> Insertion | None:
        """What has to go in; None where it is there already. Raises KnowledgeError."""
        if isinstance(amendment, AddQuestion):
            return self._question(amendment)
        return self._point(amendment)

    def _question(self, amendment: AddQuestion) -> Insertion | None:
        point = next(
            (point for point in _mappings(self._root, "points") if _text(point, "id") == amendment.point), None
        )
        if point is None:
            raise self._fault(self._root, Amending.POINT_GONE.format(id=amendment.point))
        core = squash(amendment.question)
        if not core:
            raise self._fault(point, Lint.NOTHING_TO_MATCH.format(text=amendment.question))
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
                raise self._fault(point, Amending.ID_TAKEN.format(id=amendment.id))
        if amendment.section not in {_text(section, "id") for section in _mappings(self._root, "sections")}:
            raise self._fault(self._root, Amending.SECTION_GONE.format(section=amendment.section))
        beside = [point for point in points if _text(point, "section") == amendment.section]
        return self._into(self._root, "points", _written(amendment), _TOP, after=beside[-1] if beside else None)

    def _check(self, amendment: AddPoint) -> None:
        if not is_id(amendment.id):
            raise self._fault(self._root, Lint.BAD_ID.format(id=amendment.id, limit=MAX_ID_LENGTH))
        named = {"title": [amendment.title], "quote": amendment.quotes}
        for key, texts in named.items():
            if not texts or not all(texts):
                raise self._fault(self._root, Lint.MISSING_KEY.format(key=key))
        for question in amendment.questions:
            if not squash(question):
                raise self._fault(self._root, Lint.NOTHING_TO_MATCH.format(text=question))

    def _into(
        self,
        mapping: yaml.MappingNode,
        key: str,
        value: Value,
        order: tuple[str, ...],
        after: yaml.Node | None = None,
    ) -> Insertion:
        """``value`` as one more item of the list under ``key``, whether the list is there or not."""
        entry = entry_of(mapping, key)
        if entry is None:
            return add_list(self._text, mapping, key, value, self._offset, before=order[: order.index(key)])
        name, node = entry
        if isinstance(node, yaml.SequenceNode):
            return add_item(self._text, node, value, self._offset, after)
        if node.start_mark.index == node.end_mark.index:
            return fill_list(self._text, mapping, name, value, self._offset)
        raise self._fault(node, Lint.NOT_A_LIST.format(key=key))

    def _fault(self, node: yaml.Node, message: str) -> KnowledgeError:
        return KnowledgeError([Fault(self._file, line_of(node), message)])


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
    entry = entry_of(mapping, key)
    if entry is None:
        return []
    return list(entry[1].value) if isinstance(entry[1], yaml.SequenceNode) else [entry[1]]


def _mappings(mapping: yaml.MappingNode, key: str) -> list[yaml.MappingNode]:
    return [node for node in _nodes(mapping, key) if isinstance(node, yaml.MappingNode)]


def _texts(mapping: yaml.MappingNode, key: str) -> list[str]:
    return [str(node.value).strip() for node in _nodes(mapping, key) if isinstance(node, yaml.ScalarNode)]


def _text(mapping: yaml.MappingNode, key: str) -> str:
    return next(iter(_texts(mapping, key)), "")


def _taken_back(after: _Plain, amendment: Amendment) -> _Plain:
    """What ``after`` says without ``amendment``."""
    if isinstance(amendment, AddPoint):
        return _drop(after, "points", _values(_written(amendment)))

    def without(point: _Plain) -> _Plain:
        return _drop(point, "questions", amendment.question) if ("id", amendment.point) in point else point

    return tuple((key, tuple(map(without, held)) if key == "points" else held) for key, held in after)


def _plain(node: yaml.Node) -> _Plain:
    """What ``node`` says, without how it is written: texts, tuples of items, tuples of keys with what they hold.

    A list that may be added to is left out where it holds nothing.
    """
    if isinstance(node, yaml.MappingNode):
        pairs = ((_plain(key), _plain(value)) for key, value in node.value)
        return tuple((key, value) for key, value in pairs if value or key not in ("points", "questions"))
    if isinstance(node, yaml.SequenceNode):
        return tuple(_plain(item) for item in node.value)
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
