"""What a parser cannot see: claims made twice, figures of a title's own, answers too long.

And how much of the source stands in points: the rest is answered from the source itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.errors import ValidationIssue
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.parse.points_file import ParsedPoints
from bot.text import squash
from bot.wording import Lint

MAX_QUOTE = 320  # with title and citation the reply stays within 400 characters
MAX_TITLE = 60
_FIGURE = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*(?:%|‰|[十百千万亿]+|[\u4e00-\u9fff])")  # with its unit's beginning
_QUOTED = re.compile('[“「『"]([^“”「」『』"]+)[”」』"]')


def lint(parsed: ParsedPoints, file: str) -> list[ValidationIssue]:
    """Every issue of a knowledge that parsed; none of them is fatal, the answers stay verbatim all the same."""
    return [*_claims(parsed, file), *_figures(parsed, file), *_quoted(parsed, file), *_sizes(parsed, file)]


def covered_share(knowledge: Knowledge) -> float:
    """How much of the source stands in points, 0-1; white space and headings do not count."""
    spans = [span for point in knowledge.points for span in point.spans]
    source = [*knowledge.source]
    for paragraph in knowledge.structure.paragraphs:
        if not paragraph.number:
            source[paragraph.span.start : paragraph.span.end] = " " * (paragraph.span.end - paragraph.span.start)
    says = [not char.isspace() for char in source]
    covered = position = 0
    for span in sorted(spans, key=lambda span: span.start):
        covered += sum(says[max(span.start, position) : span.end])
        position = max(position, span.end)
    return covered / max(sum(says), 1)


def _phrasings(point: Point) -> Iterator[tuple[str, str]]:
    """Each phrasing that must belong to one point alone, with the path of its line."""
    for number, question in enumerate(point.questions):
        yield f"{point.id}.questions.{number}", question
    for number, fact in enumerate(point.facts):
        yield f"{point.id}.facts.{number}", fact.ask
    for number, gap in enumerate(point.gaps):
        yield f"{point.id}.gaps.{number}", gap


def _claims(parsed: ParsedPoints, file: str) -> Iterator[ValidationIssue]:
    claimed: dict[str, tuple[str, int]] = {}
    for point in parsed.knowledge.points:
        for path, phrasing in _phrasings(point):
            line = parsed.lines.get(path, 1)
            key = squash(phrasing)
            if not key:
                yield ValidationIssue(file, line, Lint.NOTHING_TO_MATCH.format(text=phrasing), fatal=False)
                continue
            owner, owner_line = claimed.setdefault(key, (path, line))
            if owner != path and (owner.split(".", 1)[0] != point.id or ".gaps." in owner + path):
                message = Lint.CLAIMED_TWICE.format(text=phrasing, id=owner.split(".", 1)[0], line=owner_line)
                yield ValidationIssue(file, line, message, fatal=False)


def _figures(parsed: ParsedPoints, file: str) -> Iterator[ValidationIssue]:
    """A figure in a title is read as the source's own: it must stand in the quote below it."""
    for point in parsed.knowledge.points:
        in_quote = set(_FIGURE.findall(unicodedata.normalize("NFKC", point.quote)))
        for figure in dict.fromkeys(_FIGURE.findall(unicodedata.normalize("NFKC", point.title))):
            if figure not in in_quote:
                line = parsed.lines.get(f"{point.id}.title", 1)
                yield ValidationIssue(
                    file, line, Lint.FIGURE_NOT_IN_QUOTE.format(id=point.id, figure=figure), fatal=False
                )


def _quoted(parsed: ParsedPoints, file: str) -> Iterator[ValidationIssue]:
    """What a title puts in quotation marks is read as the source's own name: it must stand so in the source."""
    named = {squash(term) for term in _QUOTED.findall(parsed.knowledge.source)}
    for point in parsed.knowledge.points:
        for term in dict.fromkeys(_QUOTED.findall(point.title)):
            if squash(term) not in named:
                line = parsed.lines.get(f"{point.id}.title", 1)
                yield ValidationIssue(file, line, Lint.TERM_NOT_QUOTED.format(id=point.id, term=term), fatal=False)


def _sizes(parsed: ParsedPoints, file: str) -> Iterator[ValidationIssue]:
    for point in parsed.knowledge.points:
        line = parsed.lines.get(point.id, 1)
        length = sum(len(quote) for quote in point.quotes)
        if length > MAX_QUOTE and not point.made:  # one that a program made is one long sentence
            yield ValidationIssue(
                file, line, Lint.QUOTE_LONG.format(id=point.id, length=length, limit=MAX_QUOTE), fatal=False
            )
        if len(point.title) > MAX_TITLE:
            yield ValidationIssue(file, line, Lint.TITLE_LONG.format(id=point.id, limit=MAX_TITLE), fatal=False)
