"""The text of golden.yaml → golden questions and the issues found. Opens nothing.

No issue of this file is fatal: members' questions are answered all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.errors import ValidationIssue
from bot.knowledge.model import GoldenQuestion, Knowledge, Point
from bot.knowledge.parse.yaml_nodes import IssueCollector, MappingReader, compose_yaml
from bot.text import squash
from bot.wording import Lint

_TOP = frozenset({"questions"})
_QUESTION = frozenset({"ask", "point", "several"})


def parse_golden(text: str, file: str) -> tuple[tuple[GoldenQuestion, ...], tuple[ValidationIssue, ...]]:
    """The golden questions of the ``text`` of a file named ``file``. Never raises.

    A question whose points are gone is kept: that it is not answered any more is what it is there to show.
    """
    issues = IssueCollector(file)
    root = compose_yaml(text, issues)
    found = () if root is None else tuple(_questions(MappingReader(root, issues, file, _TOP), issues))
    return found, tuple(replace(issue, fatal=False) for issue in issues.found)


def lint_golden(knowledge: Knowledge, file: str, ids: Collection[str] = ()) -> list[ValidationIssue]:
    """What is wrong with the golden questions of ``knowledge``, read beside its points; no issue is fatal.

    ``ids``: further points that are there, yet cannot be read: that is reported where it is wrong.
    """
    ids = {*ids, *(point.id for point in knowledge.points)}
    phrasings = {squash(phrasing): point.id for point in knowledge.points for phrasing in _phrasings(point)}
    issues = IssueCollector(file)
    for golden in knowledge.golden:
        for point in golden.points:
            if point not in ids:
                issues.add(golden.line, Lint.GOLDEN_POINT_GONE.format(text=golden.ask, id=point), fatal=False)
        if squash(golden.ask) in phrasings:
            message = Lint.GOLDEN_IS_PHRASING.format(text=golden.ask, id=phrasings[squash(golden.ask)])
            issues.add(golden.line, message, fatal=False)
    return issues.found


def golden_of(knowledge: Knowledge) -> tuple[GoldenQuestion, ...]:
    """The golden questions of ``knowledge``; if nobody wrote any, each point's first question."""
    if knowledge.golden:
        return knowledge.golden
    return tuple(GoldenQuestion(point.questions[0], (point.id,)) for point in knowledge.points if point.questions)


def _questions(top: MappingReader, issues: IssueCollector) -> Iterator[GoldenQuestion]:
    asked: dict[str, int] = {}
    for entry in top.mappings("questions", "questions", _QUESTION):
        before = issues.count
        ask = entry.text("ask")
        key = squash(ask)
        points = [id_ for id_, _ in (*entry.texts("point", single=True), *entry.texts("several"))]
        if entry.has("point") and (entry.has("several") or len(points) > 1):
            issues.add(entry.line_of("point"), Lint.GOLDEN_SEVERAL)
        for name in ("point", "several"):  # with nothing behind it, it would read as "the document does not say"
            if entry.has(name) and not points and issues.count == before:
                issues.add(entry.line_of(name), Lint.EMPTY_VALUE.format(key=name))
        if ask and not key:
            issues.add(entry.line_of("ask"), Lint.NOTHING_TO_MATCH.format(text=ask))
        if key and key in asked:
            issues.add(entry.line_of("ask"), Lint.ASKED_TWICE.format(line=asked[key]))
        asked.setdefault(key, entry.line_of("ask"))
        if issues.count == before:
            yield GoldenQuestion(ask, tuple(dict.fromkeys(points)), entry.line)


def _phrasings(point: Point) -> Iterator[str]:
    yield from (point.title, *point.aliases, *point.questions, *point.gaps)
    yield from (fact.ask for fact in point.facts)
