"""Archives of office programs (.docx, .xlsx): what could harm is refused before it is unpacked.

Of the archive only sizes and names are believed, and no more is ever unpacked than they say: ``zipfile`` stops there.
"""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from bot.errors import DocumentError
from bot.wording import Document

MAX_UNPACKED = 50_000_000  # bytes, of all entries together
MAX_XML = 20_000_000  # bytes of one entry that is parsed
MAX_TAGS = 2_000_000  # in all that is parsed: each element of a tree takes some hundred bytes
MAX_RATIO = 100  # a text shrinks to a tenth; only what says nothing shrinks to a hundredth
MAX_ENTRIES = 2_000
MAX_TYPED = 3 * MAX_ENTRIES  # tags that say of what type the entries are
_SMALL = 1_000_000  # bytes that harm nobody, however well they shrink
_OLE: Final = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password
_TYPES: Final = "[Content_Types].xml"
_XML_NAMES: Final = (".xml", ".rels")
_MAX_PROLOG = 1_000  # bytes in which an XML declaration is over
_ENCODING = re.compile(r"\ufeff?<\?xml\b(?:(?!\?>).)*?\bencoding\s*=\s*[\"']([^\"']*)", re.DOTALL)
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii"})
_DECLARATIONS = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_MACROS: Final = "vbaproject.bin"


def refuse_harmful_document(data: bytes) -> None:
    """Raise DocumentError with what is wrong with ``data`` if it is no Word document that can be read without harm."""
    if data.startswith(_OLE):
        raise DocumentError(Document.OLD_WORD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse_harmful_entries(archive.infolist())
            if _TYPES not in archive.namelist():
                raise DocumentError(Document.NO_WORD)
            tags = 0
            for entry in archive.infolist():
                if entry.filename.lower().endswith(_XML_NAMES):
                    tags += count_tags(archive.read(entry))
                    if tags > MAX_TAGS:
                        raise DocumentError(Document.TOO_LARGE)
            _refuse_types(archive.read(_TYPES))
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds for a forged archive
        raise DocumentError(Document.NO_ZIP) from error


def refuse_harmful_entries(entries: Sequence[zipfile.ZipInfo], most: int = MAX_ENTRIES) -> None:
    """Raise DocumentError if an archive of these ``entries``, at most so many, must not be unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    large_xml = any(entry.file_size > MAX_XML and not _is_media(entry) for entry in entries)
    if len(entries) > most or unpacked > MAX_UNPACKED or large_xml:
        raise DocumentError(Document.TOO_LARGE)
    if unpacked > max(_SMALL, MAX_RATIO * packed):
        raise DocumentError(Document.TOO_LARGE)
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise DocumentError(Document.PATH)
        if name.lower().endswith(_MACROS):
            raise DocumentError(Document.MACRO)
        if entry.flag_bits & 0x1:
            raise DocumentError(Document.OLD_WORD)


def _is_media(entry: zipfile.ZipInfo) -> bool:
    return "/media/" in entry.filename or "/embeddings/" in entry.filename


def count_tags(xml: bytes) -> int:
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
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - loading it takes a while; and no other parser may read it otherwise

    for typed in parse_xml(xml):
        type_ = typed.get("ContentType", "").casefold()
        name = typed.get("PartName") or f".{typed.get('Extension', '')}"
        if type_.endswith("xml") and not type_.startswith("image/") and not name.casefold().endswith(_XML_NAMES):
            raise DocumentError(Document.NO_WORD)
