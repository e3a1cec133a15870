"""The bytes of a PDF with a text layer → its text: lines joined to paragraphs, headers and page numbers left out.

Where a paragraph ends is read off the page: a line that is not full, an indented one behind it, a gap between them.
"""

from __future__ import annotations

import ctypes
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from bot.errors import DocumentError
from bot.knowledge.structure import SENTENCE_END, joined
from bot.wording import Document, Reading

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES: Final = 1_000
MAX_CHARACTERS: Final = 2_000_000
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_HYPHEN: Final = "\x02"  # what PDFium puts for a hyphen at the end of a line
_EDGE: Final = 3  # lines at the top and at the bottom of a page that may be its header or footer
_OFTEN: Final = 0.3  # the share of pages on which a header stands at least
_FULL: Final = 2.6  # characters that may lack at the end of a full line: a mark must not begin the next one
_LEAST_FULL: Final = 15  # characters of a full line: a page of short lines has none
_INDENTED: Final = 1.2
_CELLS_APART: Final = 1.5  # a gap between words that separates cells of a table
_MAX_NAMED: Final = 8
_SAMPLED: Final = 8  # characters of a word whose place is asked for
_PAGE_NUMBER: Final = re.compile(
    r"[\s\-—–·.|/第页共ⅰivx]*\d{1,4}[\s\-—–·.|/页共]*(?:\d{1,4}[\s\-—–·.页]*)?|[ivxlc]{1,6}", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_LAST: Final = re.compile(rf"(?:{SENTENCE_END.pattern}|[：:])\s*$")


_Edges = tuple[float, float, float, float]
"""Left, right, bottom and top of a character."""


@dataclass(slots=True)
class _Line:
    """A line of a page. Coordinates in points, from the lower left corner; ``size`` is the height of its letters."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def is_row(self) -> bool:
        return "\t" in self.text


def read_pdf(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a PDF, a paragraph a line, and what of it could not be read.

    Raises DocumentError for a damaged, protected or scanned one, and for one that is too large.
    """
    import pypdfium2  # noqa: PLC0415 - loads a library of 8 MB that few need

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = getattr(error, "err_code", None) == _PASSWORD
        raise DocumentError(Document.PDF_PASSWORD if protected else Document.NO_PDF) from None
    try:
        if len(document) > MAX_PAGES:
            raise DocumentError(Document.MANY_PAGES.format(limit=MAX_PAGES))
        pages = list(_pages(document))
    finally:
        document.close()
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(empty) == len(pages):
        raise DocumentError(Document.SCANNED)
    notes = []
    if empty:
        named = "、".join(map(str, empty[:_MAX_NAMED])) + ("…" if len(empty) > _MAX_NAMED else "")
        notes.append(Reading.EMPTY_PAGES.format(count=len(empty), pages=named))
    lines = [line for page in _without_margins(pages) for line in page]
    if any(line.is_row for line in lines):
        notes.append(Reading.PDF_TABLE)
    return "\n".join(_paragraphs(lines)), tuple(notes)


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[_Line]]:
    count = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        count += text.count_chars()
        if count > MAX_CHARACTERS:
            raise DocumentError(Document.TOO_LONG)
        yield _rows_only_together(_on_one_line(_lines(text, number)))
        text.close()
        page.close()


def _lines(page: pypdfium2.PdfTextPage, number: int) -> Iterator[_Line]:
    """The lines of a page as PDFium breaks them; a tab where there is a wide gap.

    A place on the page is asked for at the ends of words alone: it takes ten times as long as the character.
    """
    from pypdfium2 import raw  # noqa: PLC0415

    box = raw.FS_RECTF()

    def edges_of(index: int) -> _Edges | None:
        found = raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box))
        return (box.left, box.right, box.bottom, box.top) if found else None

    words: list[tuple[int, int, str]] = []
    begun, said = 0, list[str]()
    for index in range(page.count_chars() + 1):
        char = chr(raw.FPDFText_GetUnicode(page, index)) if index < page.count_chars() else "\n"
        if said and (char.isspace() or char == _HYPHEN):
            words.append((begun, index - 1, "".join(said)))
            said = []
        if char in "\r\n" and words:
            line = _line(words, edges_of, number)
            if line is not None:
                yield line
            words = []
        elif not char.isspace() and char != _HYPHEN:
            begun = begun if said else index
            said.append(char)


def _line(words: Sequence[tuple[int, int, str]], edges_of: Callable[[int], _Edges | None], page: int) -> _Line | None:
    """The line of ``words``, each with the numbers of its first and last character; None if none has a place."""
    placed = [[edges_of(index) for index in _some_of(first, last)] for first, last, _ in words]
    edges = [edge for found in placed for edge in found if edge is not None]
    if not edges:
        return None
    text = words[0][2]
    for (*_, before), (after, *_), (_, _, word) in zip(placed, placed[1:], words[1:], strict=False):
        gap = after[0] - before[1] if before is not None and after is not None else 0.0
        size = before[3] - before[2] if before is not None else 0.0
        text += ("\t" if gap > _CELLS_APART * max(size, 1.0) else " ") + word
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    bottom, top = (statistics.median(edge[side] for edge in edges) for side in (2, 3))
    return _Line(text, page, left, right, bottom, top)


def _some_of(first: int, last: int) -> list[int]:
    """Numbers from ``first`` to ``last``, both among them, and few: fonts change within a line."""
    return [*range(first, last, max((last - first) // _SAMPLED, 1)), last]


def _on_one_line(lines: Iterator[_Line]) -> list[_Line]:
    """``lines`` with those put together that stand beside each other: the cells of a table's row."""
    found: list[_Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _are_level(before, line) and line.left >= before.right - 1:
            gap = line.left - before.right
            before.text += ("\t" if gap > _CELLS_APART * line.size else "") + line.text
            before.right = line.right
        else:
            found.append(line)
    return found


def _are_level(one: _Line, other: _Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.6 * min(one.size, other.size)


def _rows_only_together(lines: list[_Line]) -> list[_Line]:
    """``lines`` with tabs only where lines of a table stand together: a gap alone is a blank to fill in, or a space."""
    for together, run in groupby(lines, key=lambda line: line.is_row):
        rows = list(run)
        if together and len(rows) == 1:
            rows[0].text = rows[0].text.replace("\t", " ")
    return lines


def _without_margins(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """``pages`` without headers, footers and page numbers."""
    edges = [[*page[:_EDGE], *page[max(len(page) - _EDGE, _EDGE) :]] for page in pages]
    seen = Counter(key for edge in edges for key in {_margin_key(line) for line in edge})
    least = max(2, _OFTEN * len(pages))
    kept: list[list[_Line]] = []
    for page, edge in zip(pages, edges, strict=True):
        first, last = (page[0], page[-1]) if page else (None, None)
        by_height = sorted(page, key=lambda line: line.bottom)
        ends = [by_height[0], by_height[-1], first, last] if page else []
        dropped = {id(line) for line in edge if seen[_margin_key(line)] >= least}
        dropped |= {id(line) for line in ends if line is not None and _PAGE_NUMBER.fullmatch(line.text)}
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def _margin_key(line: _Line) -> tuple[str, int]:
    """What headers of different pages have in common: their words without numbers, and where they stand."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.bottom / 4)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """The paragraphs of ``lines``, each on one line, rows of tables with their tabs."""
    if not lines:
        return
    plain = [line for line in lines if not line.is_row] or list(lines)
    size = statistics.median(line.size for line in plain)
    body = [line for line in plain if abs(line.size - size) < 0.2 * size] or plain
    right = statistics.quantiles([line.right for line in body], n=20)[-1] if len(body) > 1 else body[0].right
    left = _left_margin(body, size)
    right = max(right, left + _LEAST_FULL * size)
    indented = sum(_INDENTED * size < line.left - left < 3 * size for line in body) >= 0.15 * len(body)
    leading = _leading(body)
    said = [lines[0].text]
    for before, line in pairwise(lines):
        if _goes_on(before, line, left=left, right=right, size=size, indented=indented, leading=leading):
            said.append(line.text)
        else:
            yield joined("\n".join(said))
            said = [line.text]
    yield joined("\n".join(said))


def _left_margin(lines: Sequence[_Line], size: float) -> float:
    """The leftmost edge at which many lines begin."""
    common = Counter(round(line.left / (size / 2)) for line in lines)
    often = [place for place, count in common.items() if count >= 0.1 * len(lines)]
    return min(often or common) * (size / 2)


def _leading(lines: Sequence[_Line]) -> float:
    """From line to line within a paragraph, in points."""
    gaps = [one.bottom - other.bottom for one, other in pairwise(lines) if one.page == other.page]
    gaps = [gap for gap in gaps if gap > 0]
    return statistics.median(gaps) if gaps else 0.0


def _goes_on(
    before: _Line, line: _Line, *, left: float, right: float, size: float, indented: bool, leading: float
) -> bool:
    """Whether ``line`` belongs to the paragraph of the line ``before`` it."""
    if before.is_row or line.is_row or abs(before.size - line.size) > 0.15 * size:
        return False
    is_near = before.page != line.page or 0 < before.bottom - line.bottom <= 1.5 * leading
    if before.size > 1.15 * size:  # a title on several lines
        return is_near and before.page == line.page and not _LAST.search(before.text)
    if not is_near or before.right < right - _FULL * size or line.left - left > _INDENTED * size:
        return False
    return indented or not _LAST.search(before.text)
