"""The bytes of a Word document → its text, and what of it could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.errors import DocumentError
from bot.knowledge.import_.office_archive import refuse_harmful_document
from bot.knowledge.import_.word_numbers import ListNumbers, W
from bot.knowledge.parse.source_text import parse_structure
from bot.wording import Document, Reading

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_COLUMNS = 100
MAX_REPEATED = 60  # characters of a cell that spans rows, to be read in each of them
MAX_HEADING_LEVEL = 6
MAX_OUTLINE = 9  # what Word writes for the text itself
_MAX_STYLES = 20  # styles that are based on each other
_PARAGRAPH = f"{W}p"
_SAID = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_OBJECT = f"{W}object"
_DRAWN = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
_UNSAID = frozenset(  # what was taken out or moved away, how a character is read, a copy for old programs
    {f"{W}del", f"{W}moveFrom", f"{W}rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


@dataclass(slots=True)
class _Count:
    """What of a document nobody can read here, counted by what is said of it."""

    pictures: int = 0
    formulas: int = 0
    charts: int = 0
    symbols: int = 0
    comments: int = 0

    def notes(self) -> Iterator[str]:
        told = (
            (Reading.PICTURES, self.pictures),
            (Reading.FORMULAS, self.formulas),
            (Reading.CHARTS, self.charts),
            (Reading.SYMBOLS, self.symbols),
            (Reading.COMMENTS, self.comments),
        )
        return (sentence.format(count=count) for sentence, count in told if count)


def extract_docx_text(data: bytes) -> str:
    """The text of a Word document, as ``read_docx`` gives it. Raises DocumentError."""
    return read_docx(data)[0]


def read_docx(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of a Word document, one a line, in their order, as a reader sees them; and what was not read.

    Numbers that Word counts by itself stand before their paragraphs; bullets do not. A row of a table is a line, its
    cells separated by tabs. Text boxes, footnotes and endnotes stand behind the paragraph that they belong to. Tracked
    changes count as accepted. A heading that only its style tells gets the marks of markdown. Raises DocumentError.
    """
    refuse_harmful_document(data)
    import docx  # noqa: PLC0415 - takes 60 ms that only an admin who sends a document need wait

    try:
        document = docx.Document(BytesIO(data))
        notes = {kind: _notes(document, kind) for kind in ("footnote", "endnote")}
        styles = _part(document, "styles")
        reader = _Reader(ListNumbers(_part(document, "numbering"), styles), _Styles(styles), notes)
        reader.count.comments = len(_all_within(_part(document, "comments"), f"{W}comment"))
        lines = [line for line in reader.lines(document.element.body) if line.text.strip()]
        text = _with_marks(lines)
    except Exception as error:  # a forged document makes its readers raise anything; none of it is ours to tell apart
        raise DocumentError(Document.NO_WORD) from error
    if not text:
        raise DocumentError(Document.NO_TEXT)
    only_rows = all(line.is_row for line in lines)
    return text, (*([Reading.ONLY_TABLES] if only_rows else []), *reader.count.notes())


def _with_marks(lines: Sequence[_TextLine]) -> str:
    """``lines`` as text; headings that nothing but their style tells are marked with #, if there are any."""
    text = "\n".join(line.text for line in lines)
    if not any(line.level for line in lines):
        return text
    found = {section.head.start for section in parse_structure(text).sections if section.is_heading and section.label}
    start, marked = 0, []
    for number, line in enumerate(lines):
        is_plain = 0 < line.level <= MAX_HEADING_LEVEL and start not in found and "\n" not in line.text and number
        marked.append(f"{'#' * line.level} {line.text}" if is_plain else line.text)
        start += len(line.text) + 1
    return "\n".join(marked)


def _part(document: WordDocument, name: str) -> BaseOxmlElement | None:
    """The root of a part beside the document's text; None if there is none."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - see read_docx

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            element: BaseOxmlElement | None = getattr(relation.target_part, "element", None)
            parsed: BaseOxmlElement = parse_xml(relation.target_part.blob) if element is None else element
            return parsed
    return None


def _notes(document: WordDocument, kind: str) -> dict[str, BaseOxmlElement]:
    """The footnotes or endnotes of a document by their ids, without the lines that separate them from the text."""
    notes = _all_within(_part(document, f"{kind}s"), f"{W}{kind}")
    return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") == "normal"}


def _all_within(node: BaseOxmlElement | None, tag: str) -> list[BaseOxmlElement]:
    return [] if node is None else list(node.findall(tag))


class _Styles:
    """Which paragraphs are headings, and of which level; which are lines of a table of contents."""

    def __init__(self, styles: BaseOxmlElement | None) -> None:
        self._by_id = {style.get(f"{W}styleId", ""): style for style in _all_within(styles, f"{W}style")}

    def level_of(self, paragraph: BaseOxmlElement) -> int:
        """The level of a heading, 1 for the highest; 0 for what is none."""
        properties = paragraph.find(f"{W}pPr")
        for _ in range(_MAX_STYLES):
            if properties is None:
                return 0
            level = _value_of(properties, "outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < MAX_OUTLINE else 0
            style = self._by_id.get(_value_of(properties, "pStyle") or _value_of(properties, "basedOn"))
            if style is None:
                return 0
            properties = _properties_of(style)
        return 0

    def is_contents(self, paragraph: BaseOxmlElement) -> bool:
        """Whether ``paragraph`` is a line of the table of contents, which says nothing of its own."""
        properties = paragraph.find(f"{W}pPr")
        style = self._by_id.get(_value_of(properties, "pStyle")) if properties is not None else None
        return style is not None and _value_of(style, "name").casefold().startswith("toc ")


def _properties_of(style: BaseOxmlElement) -> BaseOxmlElement:
    """What a style says of paragraphs if it says whether they are headings, else the style with what it is based on."""
    properties: BaseOxmlElement | None = style.find(f"{W}pPr")
    if properties is not None and properties.find(f"{W}outlineLvl") is not None:
        return properties
    return style


def _value_of(node: BaseOxmlElement, name: str) -> str:
    found = node.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


@dataclass(frozen=True, slots=True)
class _TextLine:
    """A line of the text; ``level`` of a heading, 0 for others."""

    text: str
    level: int = 0
    is_row: bool = False


class _Reader:
    """Reads the body of a document once, in its order, as its numbers have to be counted.

    ``notes``: the footnotes and the endnotes by their ids.
    """

    def __init__(
        self, numbers: ListNumbers, styles: _Styles, notes: Mapping[str, Mapping[str, BaseOxmlElement]]
    ) -> None:
        self.count = _Count()
        self._numbers = numbers
        self._styles = styles
        self._notes = notes
        self._noted = Counter[str]()
        self._waiting: list[str] = []  # notes of what was read last, to stand behind it
        self._within = 0  # tables and notes around

    def lines(self, node: BaseOxmlElement) -> Iterator[_TextLine]:
        """The text of each paragraph within ``node``; one in another, as in a text box, comes behind the outer one."""
        begun = ""  # a paragraph whose end was deleted: it goes on with the next one
        for child in node:
            if child.tag in _UNSAID:
                continue
            if child.tag == f"{W}tbl":
                self._within += 1
                yield from (_TextLine(row, is_row=True) for row in self._rows(child))
                self._within -= 1
                yield from self._noted_lines()
                continue
            if child.tag == _PARAGRAPH and not self._styles.is_contents(child):
                text = "".join(self._runs(child)).strip("\n")
                if text.strip() or not begun:
                    text = self._numbers.label_of(child) + text if text.strip() and not begun else text
                text, begun = begun + text, ""
                if child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    begun = text
                else:
                    yield _TextLine(text, self._styles.level_of(child))
                yield from self._noted_lines()
            yield from self.lines(child)
        if begun:
            yield _TextLine(begun)

    def _noted_lines(self) -> Iterator[_TextLine]:
        if not self._within:
            waiting, self._waiting = self._waiting, []
            yield from map(_TextLine, waiting)

    def _note(self, reference: BaseOxmlElement) -> None:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        note = self._notes.get(kind, {}).get(reference.get(f"{W}id", ""))
        if note is None or reference.get(f"{W}customMarkFollows") in {"1", "true"}:
            return
        self._noted[kind] += 1
        self._within += 1
        said = " ".join(" ".join(line.text for line in self.lines(note)).split())
        self._within -= 1
        if said:
            self._waiting.append(f"[{self._noted[kind]}] {said}")

    def _runs(self, node: BaseOxmlElement) -> Iterator[str]:
        for child in node:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag == f"{W}br":
                yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
            elif child.tag in _SAID:
                yield _SAID[child.tag]
            elif child.tag in _REFERENCES:
                self._note(child)
            elif child.tag == f"{W}r" and _is_hidden(child):
                continue
            elif child.tag != _PARAGRAPH and child.tag not in _UNSAID:
                self._count_unread(child)
                yield from self._runs(child)

    def _count_unread(self, node: BaseOxmlElement) -> None:
        kind = str(node.tag).rpartition("}")[2]
        self.count.pictures += kind == "blip" or (kind == "imagedata" and node.getparent().getparent().tag != _OBJECT)
        self.count.formulas += kind == "oMath"
        self.count.symbols += node.tag == f"{W}sym"
        self.count.charts += node.tag in _DRAWN or node.tag == _OBJECT

    def _rows(self, table: BaseOxmlElement) -> Iterator[str]:
        above: dict[int, str] = {}
        for row in _within(table, f"{W}tr"):
            texts: list[str] = []
            cells = list(_within(row, f"{W}tc"))
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            if len(cells) == 1 and len(above) <= 1:  # a frame around text, not a table
                yield from (line.text for line in self.lines(cells[0]))
                continue
            column = 0
            for cell in cells:
                text = " ".join(" ".join(line.text for line in self.lines(cell)).split())
                text = above.get(column, "") if not text and _goes_on(cell) else text
                above[column] = text if len(text) <= MAX_REPEATED else ""
                column += _columns_of(cell)
                texts.append(text)
            yield "\t".join(texts)


def _within(node: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """The elements of ``tag`` below ``node``, those in controls and insertions too, but none of a table within it."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in _UNSAID and child.tag != f"{W}tbl":
            yield from _within(child, tag)


def _goes_on(cell: BaseOxmlElement) -> bool:
    """Whether ``cell`` is part of the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _columns_of(cell: BaseOxmlElement) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    width = "" if span is None else span.get(f"{W}val", "")
    return min(int(width), MAX_COLUMNS) if width.isascii() and width.isdigit() and len(width) < 4 else 1


def _is_hidden(run: BaseOxmlElement) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in {"0", "false", "off"}
