"""What a document is to the bot: a source text, sections, and points that quote the source word for word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, zip_longest

from bot.errors import UnknownPointError, UnknownSectionError
from bot.knowledge.golden import GoldenQuestion
from bot.knowledge.quiz_additions import QuizAdditions
from bot.wording import UNKNOWN_POINT, UNKNOWN_SECTION

MAX_ID_LENGTH = 40  # an id travels in a button of at most 64 bytes, beside what the button does
MAX_MARKED = 0.6  # the share of what is shown above which marking it would say nothing
MAX_HEADING = 80  # characters of the beginning of a section
MAX_EXCERPT = 220  # characters of whole sentences that are shown around a point; longer ones are a chore on a phone
_ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_ID_LENGTH - 1}}}", re.ASCII)
_CLAUSE_END = re.compile("[,，、:：;；]")
_SENTENCE_END = re.compile(r"[。!?！？;；\n]+")


def is_id(text: str) -> bool:
    """Whether ``text`` may be the id of a point or of a question."""
    return _ID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document, as a citation spells it. ``begins`` is the verbatim text at which it starts."""

    id: str
    title: str
    begins: str = ""

    @property
    def chapter(self) -> str:
        """The id of the part that this section lies in: ``2`` for ``2.3``, and for ``2`` itself."""
        return self.id.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a question may ask for by figure or by name: ``value`` stands verbatim in the point's quote."""

    ask: str
    value: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: characters ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """What one answer says: one or more verbatim spans of the source, and the ways people ask for them.

    ``gaps`` are questions close to this passage that the source does *not* answer; the bot says so.
    """

    id: str
    title: str
    section: str
    quotes: tuple[str, ...]
    spans: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The verbatim spans, one a line."""
        return "\n".join(self.quotes)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of verbatim text, ``marked`` if it belongs to the point itself."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Knowledge:
    """One document and all that is known of it. Immutable: a reload makes a new one.

    ``version`` changes whenever one byte of the files does. ``quiz_additions`` is what quiz.yaml adds, ``golden`` what
    golden.yaml asks.
    """

    title: str
    speaker: str
    source: str
    sections: tuple[Section, ...]
    points: tuple[Point, ...]
    version: str
    quiz_additions: QuizAdditions = field(default_factory=QuizAdditions)
    golden: tuple[GoldenQuestion, ...] = ()
    _by_id: Mapping[str, Point] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {point.id: point for point in self.points})

    @cached_property
    def _sections_by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    def point(self, point_id: str) -> Point:
        """The point of that id. Raises UnknownPointError."""
        try:
            return self._by_id[point_id]
        except KeyError:
            raise UnknownPointError(UNKNOWN_POINT) from None

    def section(self, section_id: str) -> Section:
        """The section of that id. Raises UnknownSectionError."""
        try:
            return self._sections_by_id[section_id]
        except KeyError:
            raise UnknownSectionError(UNKNOWN_SECTION) from None

    def points_of(self, section_id: str) -> tuple[Point, ...]:
        """The points of one section, in the order of the source."""
        found = [point for point in self.points if point.section == section_id]
        return tuple(sorted(found, key=lambda point: point.spans[0].start))

    def heading(self, section_id: str) -> str:
        """How a section begins, word for word: its first sentence, or as many clauses of it as are read at a glance.

        Empty if it is not noted where the section begins. Raises UnknownSectionError.
        """
        start = self._beginnings.get(self.section(section_id).id)
        if start is None:
            return ""
        end = _SENTENCE_END.search(self.source, start)
        text = self.source[start : end.end() if end else len(self.source)].strip()
        if len(text) > MAX_HEADING:
            clauses = [found.end() for found in _CLAUSE_END.finditer(text, 0, MAX_HEADING)]
            text = text[: clauses[-1] if clauses else MAX_HEADING]
        return text

    def section_at(self, position: int) -> Section | None:
        """The section that a position of the source lies in; None if too few sections note where they begin."""
        found: Section | None = None
        for number, (section, following) in enumerate(zip_longest(self.sections, self.sections[1:])):
            start = self._beginnings.get(section.id, position + 1 if number else 0)  # what stands first is of the first
            if start <= position:
                found = section if following is None or following.id in self._beginnings else None
        return found

    @cached_property
    def _beginnings(self) -> Mapping[str, int]:
        """Where each section begins: behind the one before it, as a table of contents may name it earlier."""
        found: dict[str, int] = {}
        last = 0
        for section in self.sections:
            start = self.source.find(section.begins, last) if section.begins else -1
            if start >= 0:
                found[section.id] = last = start
        return found

    def citation(self, point: Point) -> str:
        """Where ``point`` stands, as a reader would say it."""
        return self.section(point.section).title

    def excerpt(self, point: Point) -> tuple[Span, ...]:
        """What is shown of ``point``: the whole sentences that hold it, or its own spans if those are too long."""
        return self._excerpts[point.id]

    def excerpt_texts(self, point: Point) -> tuple[str, ...]:
        """The verbatim texts of ``excerpt``."""
        return tuple(self.source[span.start : span.end] for span in self.excerpt(point))

    def excerpt_marks(self, point: Point) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each text of ``shown``, where in it ``point`` itself stands; nothing where that is most of it."""
        return tuple(self._marks(point, shown) for shown in self.excerpt(point))

    def _marks(self, point: Point, shown: Span) -> tuple[tuple[int, int], ...]:
        own = sorted(
            (span.start, span.end) for span in point.spans if shown.start <= span.start < span.end <= shown.end
        )
        if any(start < end for (_, end), (start, _) in pairwise(own)):
            return ()
        if sum(end - start for start, end in own) > MAX_MARKED * (shown.end - shown.start):
            return ()
        return tuple((start - shown.start, end - shown.start) for start, end in own)

    @cached_property
    def _excerpts(self) -> Mapping[str, tuple[Span, ...]]:
        bounds = [0, *(found.end() for found in _SENTENCE_END.finditer(self.source)), len(self.source)]
        return {point.id: self._sentences(point, bounds) for point in self.points}

    def _sentences(self, point: Point, bounds: Sequence[int]) -> tuple[Span, ...]:
        found: list[Span] = []
        for span in point.spans:
            start = bounds[bisect_right(bounds, span.start) - 1]
            end = bounds[bisect_left(bounds, span.end)]
            text = self.source[start:end]
            start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
            if not any(other.start <= start and end <= other.end for other in found):
                found.append(Span(start, end))
        fits = sum(span.end - span.start for span in found) <= MAX_EXCERPT
        return tuple(found) if fits else point.spans

    def neighbours(self, point: Point, count: int) -> tuple[Point, ...]:
        """The ``count`` points that stand nearest to ``point`` in the source, its own section first.

        Each shows sentences of its own: what is shown already need not be tapped.
        """

        def distance(other: Point) -> tuple[bool, int]:
            return other.section != point.section, abs(other.spans[0].start - point.spans[0].start)

        found = {self.excerpt(point): point}
        for other in sorted(self.points, key=distance):
            found.setdefault(self.excerpt(other), other)
        return tuple(other for other in found.values() if other.id != point.id)[:count]

    def next_point(self, point: Point) -> Point | None:
        """The point that comes next in the source behind all that is shown of ``point``; None at its end."""
        end = max(span.end for span in self.excerpt(point))
        later = [other for other in self.points if other.spans[0].start >= end]
        return min(later, key=lambda other: other.spans[0].start, default=None)

    def paragraphs(self, point: Point) -> tuple[tuple[MarkedText, ...], ...]:
        """The paragraphs of the source that ``point`` stands in, each once, with its spans marked."""
        source = self.source
        found: dict[int, list[MarkedText]] = {}
        ends: dict[int, int] = {}
        for span in sorted(point.spans, key=lambda span: span.start):
            start = source.rfind("\n", 0, span.start) + 1
            pieces = found.setdefault(start, [])
            pieces.append(MarkedText(source[ends.get(start, start) : span.start]))
            pieces.append(MarkedText(source[span.start : span.end], marked=True))
            ends[start] = span.end
        for start, pieces in found.items():
            end = source.find("\n", ends[start])
            pieces.append(MarkedText(source[ends[start] : end if end >= 0 else len(source)]))
        return tuple(tuple(piece for piece in pieces if piece.text) for pieces in found.values())
