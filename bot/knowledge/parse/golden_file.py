"""The text of golden.yaml → golden questions and the faults met on the way. Opens nothing.

No fault of this file is fatal: members' questions are answered all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.errors import Fault
from bot.knowledge.golden import Golden
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.parse.yaml_nodes import Faults, Mapping, compose
from bot.text import squash
from bot.wording import Lint

_TOP = frozenset({"questions"})
_QUESTION = frozenset({"ask", "point", "several"})


def parse_golden(text: str, file: str) -> tuple[tuple[Golden, ...], tuple[Fault, ...]]:
    """The golden questions of the ``text`` of a file named ``file``. Never raises.

    A question whose points are gone is kept: that it is not answered any more is what it is there to show.
    """
    faults = Faults(file)
    root = compose(text, faults)
    found = () if root is None else tuple(_questions(Mapping(root, faults, file, _TOP), faults))
    return found, tuple(replace(fault, fatal=False) for fault in faults.found)


def lint_golden(knowledge: Knowledge, file: str, ids: Collection[str] = ()) -> list[Fault]:
    """What is wrong with the golden questions of ``knowledge``, read beside its points; no fault is fatal.

    ``ids``: further points that are there, yet cannot be read: that is told where it is wrong.
    """
    ids = {*ids, *(point.id for point in knowledge.points)}
    phrasings = {squash(phrasing): point.id for point in knowledge.points for phrasing in _phrasings(point)}
    faults = Faults(file)
    for golden in knowledge.golden:
        for point in golden.points:
            if point not in ids:
                faults.add(golden.line, Lint.GOLDEN_POINT_GONE.format(text=golden.ask, id=point), fatal=False)
        if squash(golden.ask) in phrasings:
            message = Lint.GOLDEN_IS_PHRASING.format(text=golden.ask, id=phrasings[squash(golden.ask)])
            faults.add(golden.line, message, fatal=False)
    return faults.found


def golden_of(knowledge: Knowledge) -> tuple[Golden, ...]:
    """The golden questions of ``knowledge``; where nobody wrote any, each point's first question."""
    if knowledge.golden:
        return knowledge.golden
    return tuple(Golden(point.questions[0], (point.id,)) for point in knowledge.points if point.questions)


def _questions(top: Mapping, faults: Faults) -> Iterator[Golden]:
    asked: dict[str, int] = {}
    for entry in top.mappings("questions", "questions", _QUESTION):
        before = faults.count
        ask = entry.text("ask")
        key = squash(ask)
        points = [id_ for id_, _ in (*entry.texts("point", single=True), *entry.texts("several"))]
        if entry.has("point") and (entry.has("several") or len(points) > 1):
            faults.add(entry.line_of("point"), Lint.GOLDEN_SEVERAL)
        for name in ("point", "several"):  # with nothing behind it, it would read as "the document does not say"
            if entry.has(name) and not points and faults.count == before:
                faults.add(entry.line_of(name), Lint.EMPTY_VALUE.format(key=name))
        if ask and not key:
            faults.add(entry.line_of("ask"), Lint.NOTHING_TO_MATCH.format(text=ask))
        if key and key in asked:
            faults.add(entry.line_of("ask"), Lint.ASKED_TWICE.format(line=asked[key]))
        asked.setdefault(key, entry.line_of("ask"))
        if faults.count == before:
            yield Golden(ask, tuple(dict.fromkeys(points)), entry.line)


def _phrasings(point: Point) -> Iterator[str]:
    yield from (point.title, *point.aliases, *point.questions, *point.gaps)
    yield from (fact.ask for fact in point.facts)
