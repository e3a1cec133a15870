"""The bytes of a Word document → its text. What could harm is refused before it is unpacked.

Of the archive only sizes and names are believed, and no more is ever unpacked than they say: ``zipfile`` stops there.
"""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.errors import DocumentError
from bot.knowledge.import_.word_numbers import ListNumbers, W
from bot.wording import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_UNPACKED = 50_000_000  # bytes, of all entries together
MAX_XML = 20_000_000  # bytes of one entry that is parsed
MAX_TAGS = 2_000_000  # in all that is parsed: each element of a tree takes some hundred bytes
MAX_RATIO = 100  # a text shrinks to a tenth; only what says nothing shrinks to a hundredth
MAX_ENTRIES = 2_000
MAX_TYPED = 3 * MAX_ENTRIES  # tags that say of what type the entries are
MAX_COLUMNS = 100
MAX_REPEATED = 60  # characters of a cell that spans rows, to be read in each of them
_SMALL = 1_000_000  # bytes that harm nobody, however well they shrink
_OLE: Final = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password
_TYPES: Final = "[Content_Types].xml"
_XML_NAMES: Final = (".xml", ".rels")
_MAX_PROLOG = 1_000  # bytes in which an XML declaration is over
_ENCODING = re.compile(r"\ufeff?<\?xml\b(?:(?!\?>).)*?\bencoding\s*=\s*[\"']([^\"']*)", re.DOTALL)
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii"})
_DECLARATIONS = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_PARAGRAPH = f"{W}p"
_SAID = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_UNSAID = frozenset(  # what was taken out or moved away, how a character is read, a copy for old programs
    {f"{W}del", f"{W}moveFrom", f"{W}rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


def extract_docx_text(data: bytes) -> str:
    """The paragraphs of a Word document, those of text boxes too, one a line, in their order, as a reader sees them.

    Numbers that Word counts by itself stand before their paragraphs; bullets do not. A row of a table is a line, its
    cells separated by tabs. Raises DocumentError.
    """
    _refuse_harm(data)
    import docx  # noqa: PLC0415 - takes 60 ms that only an admin who sends a document need wait

    try:
        document = docx.Document(BytesIO(data))
        reader = _Reader(ListNumbers(_part(document, "numbering"), _part(document, "styles")))
        text = "\n".join(line for line in reader.lines(document.element.body) if line.strip())
    except Exception as error:  # a forged document makes its readers raise anything; none of it is ours to tell apart
        raise DocumentError(Document.NO_WORD) from error
    if not text:
        raise DocumentError(Document.NO_TEXT)
    return text


def _refuse_harm(data: bytes) -> None:
    if data.startswith(_OLE):
        raise DocumentError(Document.OLD_WORD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_entries(archive.infolist())
            if _TYPES not in archive.namelist():
                raise DocumentError(Document.NO_WORD)
            tags = 0
            for entry in archive.infolist():
                if entry.filename.lower().endswith(_XML_NAMES):
                    tags += _tags_of(archive.read(entry))
                    if tags > MAX_TAGS:
                        raise DocumentError(Document.TOO_LARGE)
            _refuse_types(archive.read(_TYPES))
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds for a forged archive
        raise DocumentError(Document.NO_ZIP) from error


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    large_xml = any(entry.file_size > MAX_XML and not _is_media(entry) for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or large_xml:
        raise DocumentError(Document.TOO_LARGE)
    if unpacked > max(_SMALL, MAX_RATIO * packed):
        raise DocumentError(Document.TOO_LARGE)
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise DocumentError(Document.PATH)
        if entry.flag_bits & 0x1:
            raise DocumentError(Document.OLD_WORD)


def _is_media(entry: zipfile.ZipInfo) -> bool:
    return "/media/" in entry.filename or "/embeddings/" in entry.filename


def _tags_of(xml: bytes) -> int:
    """How many tags there are in ``xml``, at most. Raises DocumentError for what could harm whatever its size."""
    if any(declaration in xml for declaration in _DECLARATIONS):  # bombs of entities must have one, Word never has
        raise DocumentError(Document.DECLARATION)
    if not _is_spelled_plainly(xml[:_MAX_PROLOG]):
        raise DocumentError(Document.NO_WORD)
    return xml.count(b"<")


def _is_spelled_plainly(prolog: bytes) -> bool:
    """Whether tags are spelled with the byte «<». Parsers read encodings in which they are not: UTF-7, EBCDIC."""
    wide = prolog.startswith((BOM_UTF16_LE, BOM_UTF16_BE, b"<\0?\0", b"\0<\0?"))
    if not wide and (b"\0" in prolog[:4] or prolog.removeprefix(BOM_UTF8).lstrip()[:1] not in {b"<", b""}):
        return False
    big = prolog.startswith((BOM_UTF16_BE, b"\0<"))
    text = prolog.decode(("utf-16-be" if big else "utf-16-le") if wide else "utf-8", "ignore")
    if text.lstrip("\ufeff").startswith("<?xml") and "?>" not in text:
        return False
    named = _ENCODING.match(text)
    return named is None or named[1].casefold() in _ENCODINGS


def _refuse_types(xml: bytes) -> None:
    """Refuse XML by other names: readers go by the types of entries, we by their names."""
    if xml.count(b"<") > MAX_TYPED:
        raise DocumentError(Document.TOO_LARGE)
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - see text_of_docx; and no other parser may read it otherwise

    for typed in parse_xml(xml):
        type_ = typed.get("ContentType", "").casefold()
        name = typed.get("PartName") or f".{typed.get('Extension', '')}"
        if type_.endswith("xml") and not type_.startswith("image/") and not name.casefold().endswith(_XML_NAMES):
            raise DocumentError(Document.NO_WORD)


def _part(document: WordDocument, name: str) -> BaseOxmlElement | None:
    """The root of a part beside the document's text; None if there is none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return getattr(relation.target_part, "element", None)
    return None


class _Reader:
    """Reads the body of a document once, in its order, as its numbers have to be counted."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers

    def lines(self, node: BaseOxmlElement) -> Iterator[str]:
        """The text of each paragraph within ``node``; one in another, as in a text box, comes behind the outer one."""
        for child in node:
            if child.tag in _UNSAID:
                continue
            if child.tag == f"{W}tbl":
                yield from self._rows(child)
                continue
            if child.tag == _PARAGRAPH:
                text = "".join(_runs(child)).strip("\n")
                yield self._numbers.label_of(child) + text if text.strip() else text
            yield from self.lines(child)

    def _rows(self, table: BaseOxmlElement) -> Iterator[str]:
        above: dict[int, str] = {}
        for row in _within(table, f"{W}tr"):
            texts: list[str] = []
            cells = list(_within(row, f"{W}tc"))
            if len(cells) == 1 and len(above) <= 1:  # a frame around text, not a table
                yield from self.lines(cells[0])
                continue
            column = 0
            for cell in cells:
                text = " ".join(" ".join(self.lines(cell)).split())
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


def _runs(node: BaseOxmlElement) -> Iterator[str]:
    for child in node:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]
        elif child.tag != _PARAGRAPH and child.tag not in _UNSAID:
            yield from _runs(child)
