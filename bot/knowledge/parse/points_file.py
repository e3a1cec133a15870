"""The text of a knowledge file and of its source → ``ParsedPoints``. Opens nothing, reports every issue it sees."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass

import yaml

from bot.errors import ValidationIssue
from bot.knowledge.model import MAX_ID_LENGTH, Fact, Knowledge, Point, Section, is_id
from bot.knowledge.parse.yaml_nodes import IssueCollector, MappingReader, compose_yaml, line_of
from bot.knowledge.quotes import misquote_hint
from bot.knowledge.structure import Span
from bot.wording import Lint

_SECTION_ID = re.compile(r"[0-9A-Za-z.]{1,20}", re.ASCII)
MAX_POINTS = 2000
"""Points of one document: what answers questions on so many is made in less than a minute."""
_TOP = frozenset({"title", "speaker", "source", "sections", "points"})
_SECTION = frozenset({"id", "title", "begins"})
MADE = "made"
"""The key of a point that a program made and no curator has looked at."""
_POINT = frozenset({"id", MADE, "title", "section", "quote", "aliases", "questions", "facts", "gaps"})
_FACT = frozenset({"ask", "value"})


@dataclass(frozen=True, slots=True)
class ParsedPoints:
    """What was understood, with the line of each piece for the linter, and the issues found.

    ``knowledge`` holds only the points that could be read whole. ``lines`` is keyed by paths such as
    ``sanji-lianchuang.questions.3``.
    """

    knowledge: Knowledge
    lines: ReadOnly[str, int]
    issues: tuple[ValidationIssue, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all points that the file has, of those too that could not be read whole."""
        return frozenset(path for path in self.lines if "." not in path)


@dataclass(frozen=True, slots=True)
class PointsHeader:
    """What has to be known of a knowledge file before its source can be opened."""

    source: str
    line: int


def parse_header(text: str, file: str) -> tuple[PointsHeader | None, tuple[ValidationIssue, ...]]:
    """The name of the source file that the knowledge file ``text`` names; None, with issues, if it cannot be had."""
    issues = IssueCollector(file)
    root = compose_yaml(text, issues)
    if root is None:
        return None, tuple(issues.found)
    quiet = IssueCollector(file)  # the same issues are found again, and reported once, by ``parse_points``
    top = MappingReader(root, quiet, file, _TOP)
    return PointsHeader(top.text("source"), top.line_of("source")), ()


def version_of(*texts: str) -> str:
    """A short name that changes whenever one byte of ``texts`` does."""
    return hashlib.sha256(b"\0".join(text.encode() for text in texts)).hexdigest()[:12]


def parse_points(text: str, source: str, file: str) -> ParsedPoints:
    """``text`` of the YAML file named ``file`` and the ``source`` that it quotes → ``ParsedPoints``. Never raises."""
    issues = IssueCollector(file)
    lines: dict[str, int] = {}
    version = version_of(text, source)
    root = compose_yaml(text, issues)
    if root is None:
        return ParsedPoints(Knowledge("", "", source, (), (), version), lines, tuple(issues.found))
    if not isinstance(root, yaml.MappingNode):
        issues.add(line_of(root), Lint.NOT_KNOWLEDGE)
        return ParsedPoints(Knowledge("", "", source, (), (), version), lines, tuple(issues.found))
    top = MappingReader(root, issues, file, _TOP)
    if top.count("points") > MAX_POINTS:  # whatever else is wrong with them would take minutes to find out
        message = Lint.TOO_MANY_POINTS.format(count=top.count("points"), limit=MAX_POINTS)
        issues.add(top.line_of("points"), message)
        return ParsedPoints(Knowledge("", "", source, (), (), version), lines, tuple(issues.found))
    sections = _sections(top, source, issues, lines)
    points = _points(top, source, {section.id for section in sections}, issues, lines)
    knowledge = Knowledge(
        title=top.text("title"),
        speaker=top.text("speaker", required=False),
        source=source,
        sections=tuple(sections),
        points=tuple(points),
        version=version,
    )
    top.text("source")
    return ParsedPoints(knowledge, lines, tuple(issues.found))


def _sections(top: MappingReader, source: str, issues: IssueCollector, lines: dict[str, int]) -> list[Section]:
    sections: list[Section] = []
    seen: dict[str, int] = {}
    for entry in top.mappings("sections", "sections", _SECTION):
        section = Section(entry.text("id"), entry.text("title"), entry.text("begins", required=False))
        if not section.id:
            continue
        if not _SECTION_ID.fullmatch(section.id):
            issues.add(entry.line_of("id"), Lint.BAD_SECTION_ID.format(id=section.id))
        if section.id in seen:
            issues.add(entry.line_of("id"), Lint.SECTION_TWICE.format(id=section.id, line=seen[section.id]))
            continue
        if section.begins and section.begins not in source:
            issues.add(entry.line_of("begins"), Lint.BEGINS_NOT_IN_SOURCE.format(id=section.id))
        seen[section.id] = entry.line_of("id")
        lines[f"section.{section.id}"] = entry.line
        sections.append(section)
    return sections


def _points(
    top: MappingReader,
    source: str,
    sections: set[str],
    issues: IssueCollector,
    lines: dict[str, int],
) -> list[Point]:
    points: list[Point] = []
    seen: dict[str, int] = {}
    for entry in top.mappings("points", "points", _POINT):
        point = _point(entry, source, issues, lines)
        if not point.id:
            continue
        if not is_id(point.id):
            issues.add(entry.line_of("id"), Lint.BAD_ID.format(id=point.id, limit=MAX_ID_LENGTH))
        if point.id in seen:
            issues.add(entry.line_of("id"), Lint.ID_TWICE.format(id=point.id, line=seen[point.id]))
            continue
        seen[point.id] = entry.line_of("id")
        if point.section and point.section not in sections:
            issues.add(entry.line_of("section"), Lint.NO_SUCH_SECTION.format(section=point.section))
        if point.spans and point.title and point.section in sections:
            points.append(point)
    return points


def _point(entry: MappingReader, source: str, issues: IssueCollector, lines: dict[str, int]) -> Point:
    name = entry.text("id")
    quotes: list[str] = []
    spans: list[Span] = []
    lines[name] = entry.line
    lines[f"{name}.title"] = entry.line_of("title")
    quoted = entry.texts("quote", single=True)
    if not quoted:
        issues.add(entry.line, Lint.MISSING_KEY.format(key="quote"))
    for quote, line in quoted:
        start = source.find(quote)
        if start < 0:
            hint = "" if issues.is_full else misquote_hint(quote, source)  # nobody reads it, and it takes its time
            issues.add(line, Lint.NOT_VERBATIM.format(id=name, hint=hint))
        else:
            quotes.append(quote)
            spans.append(Span(start, start + len(quote)))
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("aliases", "questions", "gaps"):
        values = entry.texts(key)
        lists[key] = tuple(value for value, _ in values)
        lines.update({f"{name}.{key}.{number}": line for number, (_, line) in enumerate(values)})
    facts: list[Fact] = []
    for number, item in enumerate(entry.mappings("facts", "facts", _FACT)):
        fact = Fact(item.text("ask"), item.text("value"))
        lines[f"{name}.facts.{number}"] = item.line
        facts.append(fact)
        if fact.value and quotes and not any(fact.value in quote for quote in quotes):
            issues.add(item.line_of("value"), Lint.FACT_NOT_IN_QUOTE.format(value=fact.value, id=name))
    return Point(
        id=name,
        title=entry.text("title"),
        section=entry.text("section"),
        quotes=tuple(quotes),
        spans=tuple(spans),
        facts=tuple(facts),
        made=entry.flag(MADE),
        **lists,
    )
