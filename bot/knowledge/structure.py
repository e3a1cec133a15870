"""How a source text is built: its sections, articles and items, its paragraphs and sentences, and where a place is.

Plain data; ``parse/source_text`` makes it of a text. Every span is verbatim in the source. Lines that were broken in
mid-sentence, as in text pasted from a PDF, are one paragraph; ``Structure.text`` gives it without the breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final, Literal

from bot.text import shorten, spell_count, unify_characters

Kind = Literal[
    "book", "subbook", "chapter", "section", "article",
    "part", "item", "ordinal", "number", "subnumber", "circled", "decimal2", "decimal3", "heading",
]  # fmt: skip
"""编, 分编, 章, 节, 条; 一、, （一）, 一是, 1., （1）, ①, 1.1, 1.1.1; a heading without a number."""

MAX_TITLE = 24  # characters of a passage's title
NAMED_KINDS: Final[dict[str, int]] = {"book": 0, "subbook": 1, "chapter": 2, "section": 3, "article": 4}
"""The kinds that are numbered with a word of their own (第三章), from the largest."""
ENDS: Final = "。！？；!?;…"
CLOSERS: Final = "”’」』）)》】\"'"
SENTENCE_END: Final = re.compile(rf"[{ENDS}]+[{CLOSERS}]*")
TRAILING: Final = " \t\r\n\u3000\u00a0_*#"
"""What is no part of a title: white space and the marks of markdown."""
_CLAUSE: Final = re.compile("[,，;；:：。！？!?]")
_LETTER: Final = re.compile("[A-Za-z0-9]")
_BRACKETED: Final = re.compile("[（(][〇零一二三四五六七八九十百0-9]{1,4}[）)]")
MIN_SURE_COLUMNS: Final = 2
"""Columns of a table above which its first row is taken for the names of the others' cells."""
_HEADING_MARKS: Final = re.compile(r"^#{1,6}[ \t\u3000]+(?=\S)", re.MULTILINE)
_LABEL: Final = re.compile("第[〇零一二三四五六七八九十百千0-9]{1,9}(?:分编|编|章|节|条|部分)")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: characters ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section, an article or an item of the source, with all that stands in it.

    ``id`` is made of the numbers of the sections around it and its own: ``s2.3``. ``label`` is how the source numbers
    it (第三十九条, 二、), empty for a heading without a number; ``number`` is that number, or which of its siblings a
    heading is. ``title`` is its heading, or the beginning of its text, with the label. ``head`` is the heading, or the
    paragraph it begins with. ``is_heading``: the heading has a line of its own. ``inline``: an item within a paragraph.
    ``parent`` is an id, empty at the top; ``level`` counts from 1.
    """

    id: str
    kind: Kind
    number: int
    label: str
    title: str
    span: Span
    head: Span
    level: int
    parent: str
    is_heading: bool
    inline: bool = False

    @property
    def name(self) -> str:
        """The title without the label."""
        return self.title.removeprefix(self.label).strip(TRAILING + "、.．:：") or self.label


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, without white space around it; ``number`` counts those that are no headings, from 1.

    ``number`` is 0 for a heading. ``is_row``: a row of a table, its cells separated by tabs.
    """

    span: Span
    number: int
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the marks that end it; ``number`` is its place in ``Structure.sentences``."""

    span: Span
    number: int
    is_heading: bool = False


@dataclass(frozen=True)
class Structure:
    """What ``parse_structure`` found. Sections and sentences stand in the order of the source."""

    source: str
    title: str
    sections: tuple[SourceSection, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]

    def section(self, section_id: str) -> SourceSection | None:
        """The section of that id; None if there is none."""
        return self._by_id.get(section_id)

    def children(self, section: SourceSection | None = None) -> tuple[SourceSection, ...]:
        """The sections right below ``section``; without one, those at the top."""
        return self._children.get(section.id if section is not None else "", ())

    def ancestors(self, section: SourceSection) -> tuple[SourceSection, ...]:
        """The sections around ``section`` from the top, and itself as the last."""
        found = [section]
        while found[-1].parent:
            found.append(self._by_id[found[-1].parent])
        return tuple(reversed(found))

    def by_number(self, kind: Kind, number: int) -> tuple[SourceSection, ...]:
        """The sections that the source numbers so: ``article``, 39 is 第三十九条. Those nearest to the top come first.

        ``part`` is what readers call 第二部分: sections marked 二、, else the section of that number at the top.
        """
        found = sorted(self._by_number.get((kind, number), ()), key=lambda section: section.level)
        if kind == "part":
            least = min((section.level for section in self.sections if section.kind == "part"), default=0)
            found = [section for section in found if section.level == least]
            if not least:
                found = list(self.children()[number - 1 : number]) if number > 0 else []
        return tuple(found)

    def section_at(self, position: int) -> SourceSection | None:
        """The innermost section that holds the character at ``position``."""
        number = bisect_right(self._starts, position) - 1
        section = self.sections[number] if number >= 0 else None
        while section is not None and section.span.end <= position:
            section = self._by_id.get(section.parent)
        return section

    def section_of(self, span: Span) -> SourceSection | None:
        """The innermost section that holds all of ``span``."""
        section = self.section_at(span.start)
        while section is not None and section.span.end < span.end:
            section = self._by_id.get(section.parent)
        return section

    def clauses(self, article: SourceSection) -> tuple[Span, ...]:
        """The 款 of an article: its paragraphs, each with the items that stand below it."""
        items = {child.span.start for child in self.children(article)}
        starts = [
            paragraph.span.start
            for paragraph in self._paragraphs_within(article.span)
            if paragraph.span.start not in items
            and not paragraph.is_row
            and not any(child.span.start < paragraph.span.start < child.span.end for child in self.children(article))
        ]
        bounds = [*starts, article.span.end]
        return tuple(trimmed(self.source, start, end) for start, end in pairwise(bounds))

    def paragraph_at(self, position: int) -> Paragraph | None:
        """The paragraph that holds the character at ``position``; in white space, the one before."""
        number = bisect_right(self._paragraph_starts, position) - 1
        return self.paragraphs[number] if number >= 0 else None

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds the character at ``position``; in white space, the one before."""
        number = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[number] if number >= 0 else None

    def sentences_of(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that ``span`` touches."""
        first = max(bisect_right(self._sentence_starts, span.start) - 1, 0)
        last = bisect_right(self._sentence_starts, max(span.end - 1, span.start))
        return tuple(found for found in self.sentences[first:last] if found.span.end > span.start)

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, headings left out."""
        found = (other for other in reversed(self.sentences[: sentence.number]) if not other.is_heading)
        return next(found, None)

    def after(self, sentence: Sentence) -> Sentence | None:
        """The sentence behind, headings left out."""
        found = (other for other in self.sentences[sentence.number + 1 :] if not other.is_heading)
        return next(found, None)

    @cached_property
    def units(self) -> tuple[Span, ...]:
        """What is read as one: articles, items, rows of tables, and paragraphs that belong to none of these.

        They may lie within each other: an item within its article.
        """
        units = [section.span for section in self.sections if not section.is_heading]
        covers = iter(section.span for section in self.sections if section.kind == "article" or section.inline)
        following, covered = next(covers, None), 0
        for paragraph in self.paragraphs:
            start = paragraph.span.start
            while following is not None and following.start <= start:
                covered = max(covered, following.end)
                following = next(covers, None)
            if paragraph.number and (paragraph.is_row or start >= covered):
                units.append(paragraph.span)
        return tuple(sorted(dict.fromkeys(units), key=lambda span: (span.start, -span.end)))

    def named_cells(self, span: Span) -> tuple[tuple[tuple[str, str], ...], ...]:
        """For each row of a table that ``span`` holds, its cells with the names of their columns, in their order.

        Nothing for a row whose table has no header that names all its columns, or whose header is in ``span`` too.
        """
        found: list[tuple[tuple[str, str], ...]] = []
        first = bisect_left(self._paragraph_starts, span.start)
        for number in range(first, bisect_left(self._paragraph_starts, span.end)):
            header = self._headers.get(number)
            row = self.paragraphs[number].span
            if header is None or row.end > span.end or self.paragraphs[header].span.start >= span.start:
                continue
            names, cells = self._cells(header), self._cells(number)
            pairs = zip(names, cells, strict=True)
            found.append(tuple((name, cell) for name, cell in pairs if cell))
        return tuple(found)

    @cached_property
    def _headers(self) -> Mapping[int, int]:
        """The number of the paragraph that is the header, for that of each row below one."""
        found: dict[int, int] = {}
        for is_row, run in groupby(range(len(self.paragraphs)), key=lambda number: self.paragraphs[number].is_row):
            header, *rows = run
            if is_row and rows and self._is_header(header, rows):
                found |= dict.fromkeys(rows, header)
        return found

    def _is_header(self, header: int, rows: Sequence[int]) -> bool:
        """Whether a row names the columns of ``rows``; of two columns, one has to hold figures to be sure."""
        names = self._cells(header)
        body = [self._cells(row) for row in rows]
        if not all(names[1:]) or len({*names}) < len(names) or any(len(cells) != len(names) for cells in body):
            return False
        of_figures = (
            not _has_figure(name) and all(map(_has_figure, column))
            for name, column in zip(names, zip(*body, strict=True), strict=True)
        )
        return len(names) > MIN_SURE_COLUMNS or any(of_figures)

    def _cells(self, number: int) -> list[str]:
        span = self.paragraphs[number].span
        return [cell.strip() for cell in self.source[span.start : span.end].split("\t")]

    def text(self, span: Span) -> str:
        """The text of ``span`` to be read: without the line breaks that stand in mid-sentence."""
        pieces: list[str] = []
        for number in range(max(bisect_right(self._paragraph_starts, span.start) - 1, 0), len(self.paragraphs)):
            within = self.paragraphs[number].span
            if within.start >= span.end:
                break
            start, end = max(within.start, span.start), min(within.end, span.end)
            if start < end:
                pieces.append(joined(self.source[start:end]))
        return "\n".join(pieces) if pieces else self.source[span.start : span.end]

    def place(self, span: Span) -> str:
        """Where ``span`` stands, as a reader says it: 第三十九条第（二）项, 第二部分·二是, 第12段."""
        section = self.section_of(span)
        if section is None:
            return self._paragraph_place(span)
        chain = self.ancestors(section)
        articles = [number for number, one in enumerate(chain) if one.kind == "article"]
        if articles:
            return self._article_place(chain[: articles[-1]], chain[articles[-1] :], span)
        names = [_place_name(one) for one in chain]
        own = [] if self.children(section) else [one for one in self._paragraphs_within(section.span) if one.number]
        if section.is_heading and len(own) > 1:
            names += [f"第{number}段" for number, one in enumerate(own, start=1) if _holds(one.span, span)]
        return "·".join(names)

    def _article_place(self, around: Sequence[SourceSection], chain: Sequence[SourceSection], span: Span) -> str:
        article, *items = chain
        place = article.label
        alike = [one for one in self._by_number[article.kind, article.number] if one.label == article.label]
        if len(alike) > 1 and around:  # the numbers begin anew
            place = f"{_place_name(around[-1])}·{place}"
        clauses = self.clauses(article)
        within = [number for number, one in enumerate(clauses, start=1) if _holds(one, span)]
        if len(clauses) > 1 and within:
            place += f"第{spell_count(within[0])}款"
        for depth, item in enumerate(items):  # an item within an item is a 目
            number = item.label if _BRACKETED.fullmatch(item.label) else spell_count(item.number)
            place += f"第{number}{'项' if depth == 0 else '目'}"
        return place

    def _paragraph_place(self, span: Span) -> str:
        first, last = self.paragraph_at(span.start), self.paragraph_at(max(span.end - 1, span.start))
        if first is None or last is None or not (first.number or last.number):
            return self.title
        if first.number and last.number > first.number:
            return f"第{first.number}—{last.number}段"
        return f"第{first.number or last.number}段"

    def heading_of(self, span: Span) -> str:
        """A short plain title of ``span``: the heading it begins with, or its first words."""
        section = self.section_at(span.start)
        if section is not None and section.is_heading and section.head.start == span.start:
            return shorten(section.name, MAX_TITLE)
        start = span.start
        if section is not None and section.span.start == start:
            start += len(self.source[start : span.end]) - len(_unlabelled(self.source[start : span.end], section.label))
        return first_words(self.text(Span(start, min(span.end, start + 10 * MAX_TITLE))), MAX_TITLE)

    def _paragraphs_within(self, span: Span) -> Iterator[Paragraph]:
        for number in range(max(bisect_right(self._paragraph_starts, span.start) - 1, 0), len(self.paragraphs)):
            paragraph = self.paragraphs[number]
            if paragraph.span.start >= span.end:
                return
            if paragraph.span.start >= span.start:
                yield paragraph

    @cached_property
    def _by_id(self) -> dict[str, SourceSection]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _children(self) -> dict[str, tuple[SourceSection, ...]]:
        found: dict[str, list[SourceSection]] = {}
        for section in self.sections:
            found.setdefault(section.parent, []).append(section)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def _by_number(self) -> dict[tuple[Kind, int], list[SourceSection]]:
        found: dict[tuple[Kind, int], list[SourceSection]] = {}
        for section in self.sections:
            found.setdefault((section.kind, section.number), []).append(section)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]


def without_heading_marks(text: str) -> str:
    """``text`` as it is read: without the marks of markdown before its headings."""
    return _HEADING_MARKS.sub("", text)


def first_words(text: str, limit: int) -> str:
    """The beginning of ``text`` in at most ``limit`` characters, with an ellipsis if something was left out.

    It ends with a clause if one of some length fits.
    """
    text = " ".join(text.split()).strip(TRAILING)
    end = next((found.start() for found in SENTENCE_END.finditer(text)), len(text))
    if end <= limit:
        cut = text[:end].rstrip("：:")
        return cut if end == len(text) or not text[end:].strip(ENDS + CLOSERS) else shorten(cut + "…", limit + 1)
    clauses = [found.start() for found in _CLAUSE.finditer(text, 0, limit) if found.start() >= limit // 3]
    return text[: clauses[-1]] + "…" if clauses else shorten(text, limit)


def joined(text: str) -> str:
    """``text`` on one line: nothing stands for a line break among Chinese characters, a space among letters."""
    if "\n" not in text:
        return text
    pieces = [piece for piece in (line.strip() for line in text.split("\n")) if piece]
    joined = pieces[0] if pieces else ""
    for before, piece in pairwise(pieces):
        letters = _LETTER.match(before[-1]) and _LETTER.match(piece[0])
        label = _LABEL.fullmatch(unify_characters(before))
        joined += f" {piece}" if letters or label else piece
    return joined


def trimmed(text: str, start: int, end: int) -> Span:
    """The span from ``start`` to ``end`` without the white space at both of its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _unlabelled(text: str, label: str) -> str:
    """``text`` without the label it begins with."""
    folded = unify_characters(text)
    at = folded.find(label) if label else -1
    rest = text[at + len(label) :] if 0 <= at <= 8 else text
    return rest.lstrip(TRAILING + "、.．:：")


def _place_name(section: SourceSection) -> str:
    if section.kind == "part":
        return f"第{spell_count(section.number)}部分"
    if section.kind in NAMED_KINDS or section.kind == "item":
        return section.label.rstrip("、.． ")
    if section.kind == "ordinal":
        return section.label.rstrip("，,、")
    if section.kind == "number":
        return f"第{section.number}点"
    if section.label:
        return section.label.rstrip("、.． ")
    return shorten(section.title, MAX_TITLE)


def _has_figure(cell: str) -> bool:
    return any(char.isdigit() for char in cell)
