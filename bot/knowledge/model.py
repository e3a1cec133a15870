"""What a document is to the bot: a source text, sections, and points that quote the source word for word.

And what a curator adds: golden questions, which must go on being answered as they are, questions for quizzes, and terms
that are of one sort. Plain data.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import islice, pairwise, zip_longest

from bot.errors import UnknownPointError, UnknownSectionError
from bot.knowledge.parse.source_text import parse_structure
from bot.knowledge.structure import Span, Structure, trimmed
from bot.wording import UNKNOWN_POINT, UNKNOWN_SECTION

MAX_ID_LENGTH = 40  # an id travels in a button of at most 64 bytes, beside what the button does
MAX_MARKED = 0.6  # the share of what is shown above which marking it would say nothing
MAX_HEADING = 80  # characters of the beginning of a section
MAX_PASSAGE_SPANS = 3  # more would not fit into an id
MAX_NEXT = 120  # characters of a passage that is offered before or behind another
MAX_CONTEXT = 1_500  # characters of an article that is shown whole around a passage
WHOLE = "s0"
"""The id of the section that is the whole document: what stands in no section of the source is in this one."""
MAX_EXCERPT = 220  # characters of whole sentences that are shown around a point; longer ones are a chore on a phone
_ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_ID_LENGTH - 1}}}", re.ASCII)
_PASSAGE_ID = re.compile("at((?:-[0-9a-z]{1,5}-[0-9a-z]{1,5}){1,3})-([0-9a-f]{4})", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
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
class Point:
    """What one answer says: one or more verbatim spans of the source, and the ways people ask for them.

    ``gaps`` are questions close to this passage that the source does *not* answer; the bot says so. ``made``: by a
    program, and no curator has looked at it.
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
    made: bool = False

    @property
    def quote(self) -> str:
        """The verbatim spans, one a line."""
        return "\n".join(self.quotes)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of verbatim text, ``marked`` if it belongs to the point itself."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the ids of the ``points`` of which any one answers it; none: the document does not say.

    ``line`` is where it begins in golden.yaml, for the person who corrects it; 0 if it was not read from a file.
    """

    ask: str
    points: tuple[str, ...] = ()
    line: int = 0

    def accepts(self, points: Collection[str]) -> bool:
        """Whether an answer that shows ``points`` is right; no points: the question was not answered."""
        if not self.points:
            return not points
        return any(point in points for point in self.points)


@dataclass(frozen=True, slots=True)
class HandwrittenQuestion:
    """A quiz question written by hand, as it stands in quiz.yaml; whether it can be asked is for the quiz to judge.

    ``point`` is the id of the point that answers it. ``quote`` is the verbatim part of that point's passage on which
    the answer rests, empty for the whole of it. ``note``: what the explanation says before the quote, such as how a
    case fits. ``line`` is where it begins in the file, for the person who corrects it.
    """

    id: str
    point: str
    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    quote: str = ""
    line: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuizAdditions:
    """All of quiz.yaml.

    ``term_families`` are lists of terms of one sort: each term can be a wrong option for the others of its list.
    """

    questions: tuple[HandwrittenQuestion, ...] = ()
    term_families: tuple[tuple[str, ...], ...] = ()


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

    @cached_property
    def structure(self) -> Structure:
        """How the source is built."""
        return parse_structure(self.source)

    def point(self, point_id: str) -> Point:
        """The point of that id, or the passage if ``passage`` gave that id to the same text.

        Raises UnknownPointError, also if the source says something else at that place by now.
        """
        found = self._by_id.get(point_id) or self._resolved(point_id)
        if found is None:
            raise UnknownPointError(UNKNOWN_POINT)
        return found

    def passage(self, spans: Sequence[Span]) -> Point:
        """A stretch of the source, or several, as a point of its own, without phrasings.

        Its id names the spans and tells whether the text there is still the same: ``at-<start>-<end>-…-<hash>``, the
        numbers to the base of 36 so that three spans of a source of 1.6 million characters fit into MAX_ID_LENGTH.
        Raises ValueError for no span, for more than MAX_PASSAGE_SPANS, for empty ones and for what lies outside.
        """
        spans = tuple(sorted(dict.fromkeys(spans), key=lambda span: (span.start, span.end)))
        if not 0 < len(spans) <= MAX_PASSAGE_SPANS:
            raise ValueError(f"a passage has 1 to {MAX_PASSAGE_SPANS} spans, not {len(spans)}")
        if any(not 0 <= span.start < span.end <= len(self.source) for span in spans):
            raise ValueError("a span lies outside of the source, or is empty")
        quotes = tuple(self.source[span.start : span.end] for span in spans)
        numbers = "-".join(f"{_base36(span.start)}-{_base36(span.end)}" for span in spans)
        curated, closer = self.section_at(spans[0].start), self.structure.section_at(spans[0].start)
        section = curated.id if curated is not None else WHOLE
        if closer is not None and (curated is None or self.structure.section(curated.id) is not None):
            section = closer.id  # what divides the source is its own headings
        return Point(
            id=f"at-{numbers}-{sha256(chr(0).join(quotes).encode()).hexdigest()[:4]}",
            title=self.structure.heading_of(spans[0]),
            section=section,
            quotes=quotes,
            spans=spans,
        )

    def is_passage(self, point: Point) -> bool:
        """Whether ``point`` is a passage of the source that no curator wrote down."""
        return point.id not in self._by_id

    def _resolved(self, point_id: str) -> Point | None:
        match = _PASSAGE_ID.fullmatch(point_id)
        if match is None:
            return None
        numbers = [int(number, 36) for number in match[1].split("-")[1:]]
        try:
            found = self.passage([Span(start, end) for start, end in zip(numbers[::2], numbers[1::2], strict=True)])
        except ValueError:
            return None
        return found if found.id == point_id else None

    def section(self, section_id: str) -> Section:
        """The section of that id, curated or of the source's structure. Raises UnknownSectionError."""
        if section_id in self._sections_by_id:
            return self._sections_by_id[section_id]
        if section_id == WHOLE:
            return Section(WHOLE, self.title)
        found = self.structure.section(section_id)
        if found is None:
            raise UnknownSectionError(UNKNOWN_SECTION)
        return Section(found.id, found.title, self.source[found.head.start : found.head.end])

    def points_of(self, section_id: str) -> tuple[Point, ...]:
        """The points of one section, in the order of the source."""
        found = [point for point in self.points if point.section == section_id]
        return tuple(sorted(found, key=lambda point: point.spans[0].start))

    @cached_property
    def listed_sections(self) -> tuple[Section, ...]:
        """The sections that an outline lists: those that have points, all if no section has any."""
        with_points = {point.section for point in self.points}
        return tuple(section for section in self.sections if section.id in with_points) or self.sections

    def section_span(self, section_id: str) -> Span | None:
        """Where the text of a section stands, what lies within it too; None if it is not noted where it begins.

        Raises UnknownSectionError.
        """
        own = self.structure.section(section_id)
        if own is not None:
            return own.span
        if section_id == WHOLE:
            end = min((section.span.start for section in self.structure.sections), default=len(self.source))
            begins = (paragraph.span.start for paragraph in self.structure.paragraphs if paragraph.number)
            start = next(begins, 0)
            return _stripped(self.source, start, end) or _stripped(self.source, 0, len(self.source))
        noted = self._beginnings.get(self.section(section_id).id)
        if noted is None:
            return None
        end = min((other for other in self._beginnings.values() if other > noted), default=len(self.source))
        return _stripped(self.source, noted, end)

    def heading(self, section_id: str) -> str:
        """How a section begins, word for word: its first sentence, or as many clauses of it as are read at a glance.

        Empty if it is not noted where the section begins. Raises UnknownSectionError.
        """
        start = self._beginnings.get(self.section(section_id).id)
        if start is None:
            found = self.structure.section(section_id)
            if found is None or section_id in self._sections_by_id:
                return ""
            start = found.span.start
        end = _SENTENCE_END.search(self.source, start)
        text = self.source[start : end.end() if end else len(self.source)].strip()
        if len(text) > MAX_HEADING:
            clauses = [found.end() for found in _CLAUSE_END.finditer(text, 0, MAX_HEADING)]
            text = text[: clauses[-1] if clauses else MAX_HEADING]
        return text

    def section_at(self, position: int) -> Section | None:
        """The section that a position of the source lies in; None if too few sections note where they begin."""
        starts, sections = self._openings
        at = bisect_right(starts, position)
        return sections[at - 1] if at else None

    @cached_property
    def _openings(self) -> tuple[Sequence[int], Sequence[Section | None]]:
        """Where sections begin, ascending, and which; None where it is not known how far that one reaches."""
        starts: list[int] = []
        sections: list[Section | None] = []
        for number, (section, following) in enumerate(zip_longest(self.sections, self.sections[1:])):
            start = self._beginnings.get(section.id, -1 if number else 0)  # what stands first is of the first
            if start >= 0:
                starts.append(start)
                sections.append(section if following is None or following.id in self._beginnings else None)
        return starts, sections

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
        """Where ``point`` stands, as a reader would say it; of a passage as precisely as the structure knows it.

        So of a point too whose section is one of the structure, or which a program made.
        """
        if not (self.is_passage(point) or point.made or self.structure.section(point.section) is not None):
            return self.section(point.section).title
        places = [self._place(span) for span in point.spans]
        return "；".join(dict.fromkeys(places))

    def _place(self, span: Span) -> str:
        curated = self.section_at(span.start)
        if curated is None or curated.id == WHOLE or self.structure.section_at(span.start) is not None:
            return self.structure.place(span)
        return curated.title

    def excerpt(self, point: Point) -> tuple[Span, ...]:
        """What is shown of ``point``: the whole sentences that hold it, or its own spans if those are too long.

        Of a passage, its own spans.
        """
        return self._excerpts.get(point.id, point.spans)

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

        Each shows sentences of its own: what is shown already need not be tapped. Without any points, the passages
        before and behind it.
        """
        if not self.points:
            beside = [self.next_passage(point), self.previous_passage(point)]
            return tuple(other for other in beside if other is not None)[:count]

        def distance(other: Point) -> tuple[bool, int]:
            return other.section != point.section, abs(other.spans[0].start - point.spans[0].start)

        found = {self.excerpt(point): point}
        for other in sorted(self.points, key=distance):
            found.setdefault(self.excerpt(other), other)
        return tuple(other for other in found.values() if other.id != point.id)[:count]

    def next_point(self, point: Point) -> Point | None:
        """The point that comes next in the source behind all that is shown of ``point``; None at its end.

        Without any points, the next passage.
        """
        if not self.points:
            return self.next_passage(point)
        end = max(span.end for span in self.excerpt(point))
        later = [other for other in self.points if other.spans[0].start >= end]
        return min(later, key=lambda other: other.spans[0].start, default=None)

    def next_passage(self, point: Point) -> Point | None:
        """What the source says next behind all that is shown of ``point``; None at its end."""
        end = max(span.end for span in self.excerpt(point))
        sentences = self.structure.sentences
        first = bisect_left(sentences, end, key=lambda sentence: sentence.span.start)
        behind = (sentence.span for sentence in islice(sentences, first, None) if not sentence.is_heading)
        return self._passage_of(list(islice(behind, MAX_NEXT)))

    def previous_passage(self, point: Point) -> Point | None:
        """What the source says right before all that is shown of ``point``; None at its beginning."""
        start = min(span.start for span in self.excerpt(point))
        sentences = self.structure.sentences
        last = bisect_right(sentences, start, key=lambda sentence: sentence.span.end)
        before = (sentences[at].span for at in range(last - 1, -1, -1) if not sentences[at].is_heading)
        return self._passage_of(list(islice(before, MAX_NEXT)))

    def _passage_of(self, sentences: Sequence[Span]) -> Point | None:
        """The first of ``sentences`` with those behind it in its paragraph, as far as they are read at a glance."""
        if not sentences:
            return None
        start, end = sentences[0].start, sentences[0].end
        paragraph = self.structure.paragraph_at(start)
        for span in sentences[1:]:
            least, most = min(start, span.start), max(end, span.end)
            if self.structure.paragraph_at(span.start) != paragraph or most - least > MAX_NEXT:
                break
            start, end = least, most
        return self.passage([Span(start, end)])

    def paragraphs(self, point: Point) -> tuple[tuple[MarkedText, ...], ...]:
        """The paragraphs of the source that ``point`` stands in, each once, with its spans marked.

        Around a passage of a law, the whole article.
        """
        source = self.source
        found: dict[int, list[MarkedText]] = {}
        ends: dict[int, int] = {}
        last: dict[int, int] = {}
        for span in sorted(point.spans, key=lambda span: span.start):
            around = self._around(span)
            start = around.start
            last[start] = max(around.end, last.get(start, 0))
            pieces = found.setdefault(start, [])
            pieces.append(MarkedText(source[ends.get(start, start) : span.start]))
            pieces.append(MarkedText(source[span.start : span.end], marked=True))
            ends[start] = span.end
        for start, pieces in found.items():
            pieces.append(MarkedText(source[ends[start] : max(ends[start], last[start])]))
        return tuple(tuple(piece for piece in pieces if piece.text) for pieces in found.values())

    def _around(self, span: Span) -> Span:
        """The paragraphs that ``span`` stands in, or its article."""
        section = self.structure.section_of(span)
        for article in self.structure.ancestors(section) if section is not None else ():
            if article.kind == "article" and article.span.end - article.span.start <= MAX_CONTEXT:
                return article.span
        first = self.structure.paragraph_at(span.start)
        last = self.structure.paragraph_at(max(span.end - 1, span.start))
        if first is None or last is None:
            return span
        return Span(min(first.span.start, span.start), max(last.span.end, span.end))


def _stripped(source: str, start: int, end: int) -> Span | None:
    span = trimmed(source, start, end)
    return span if span.start < span.end else None


def _base36(number: int) -> str:
    found = ""
    while number or not found:
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found
