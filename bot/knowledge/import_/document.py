"""A document as somebody has it (.docx, .pdf, .xlsx, .md, .txt) → the files of a knowledge, or what is wrong with it.

What other programs wrote is read in a process of its own (``bounded_process``).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from bot.errors import DocumentError
from bot.knowledge.files import POINTS_FILE
from bot.knowledge.import_.bounded_process import PATIENCE, run_bounded, serve
from bot.knowledge.import_.plain_text import decode_text, readable_text
from bot.text import readable, shorten, squash
from bot.wording import Document

MAX_BYTES: Final = 32_000_000
MAX_CHARACTERS: Final = 1_500_000  # a source of so many is read in some seconds, and its passages have short ids
DOCUMENT_ENDINGS: Final = (".docx", ".pdf", ".xlsx", ".md", ".txt")
_OLD: Final = {
    ".doc": Document.OLD_WORD, ".wps": Document.OLD_WORD, ".rtf": Document.OLD_WORD, ".pages": Document.OLD_WORD,
    ".odt": Document.OLD_WORD, ".docm": Document.MACRO, ".dotm": Document.MACRO, ".xlsm": Document.MACRO,
    ".xls": Document.OLD_SHEET, ".et": Document.OLD_SHEET,
}  # fmt: skip
_KINDS: Final = {".docx": "Word", ".xlsx": "Excel", ".pdf": "PDF", ".doc": "旧版 Word 或加了密码的文件"}
_BOUNDED: Final = frozenset({".docx", ".pdf", ".xlsx"})
_MAX_STEM: Final = 40
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\0]+')


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a document says, as the ``files`` of a knowledge: one text, and points if it is made of pairs.

    ``notes``: what of it could not be read, a sentence each.
    """

    files: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The name of the text among the files."""
        return next(name for name in self.files if name != POINTS_FILE)

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.files[self.source]


def is_document_name(name: str) -> bool:
    """Whether a file of that name may be a document, one too that has to be saved in another form first."""
    ending = PurePath(name).suffix.lower()
    return ending in DOCUMENT_ENDINGS or ending in _OLD


def read_document(name: str, data: bytes) -> ReadDocument:
    """What the document ``data``, in a file called ``name``, says. Waits for another process; bounded in time.

    Raises DocumentError with what to do about it.
    """
    ending = _ending_of(name, data)
    if len(data) > MAX_BYTES:
        raise DocumentError(Document.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))
    stem = shorten(_NOT_IN_NAMES.sub(" ", readable(PurePath(name).stem)).strip(" ."), _MAX_STEM) or "source"
    return _apart(ending, stem, data) if ending in _BOUNDED else read_here(ending, stem, data)


def _ending_of(name: str, data: bytes) -> str:
    """Of which kind a document is. Raises DocumentError if it is none, or another than its name says."""
    ending = PurePath(name).suffix.lower()
    refuse_other_kind(ending, data)
    if ending not in DOCUMENT_ENDINGS:
        raise DocumentError(Document.UNKNOWN_DOCUMENT.format(known="、".join(DOCUMENT_ENDINGS)))
    return ending


def refuse_other_kind(ending: str, data: bytes) -> None:
    """Raise DocumentError if a file with that ``ending`` has to be saved in another form, or is of another kind."""
    if ending in _OLD:
        raise DocumentError(_OLD[ending])
    found = ""
    if data.startswith(b"%PDF-"):
        found = ".pdf"
    elif data.startswith(b"PK\x03\x04") and ending != ".zip":
        found = ".xlsx" if b"xl/workbook.xml" in data and b"word/document.xml" not in data else ".docx"
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        found = ".doc"
    is_other = found and found != ending and not (found == ".doc" and ending in {".docx", ".xlsx"})
    if is_other:
        raise DocumentError(Document.DISGUISED.format(kind=_KINDS[found], ending=found))


def read_here(ending: str, stem: str, data: bytes) -> ReadDocument:
    """What ``data`` says, read in this process; ``stem`` will be the name of its text. Raises DocumentError."""
    source = f"{stem}{'.md' if ending == '.md' else '.txt'}"
    points = ""
    notes: tuple[str, ...] = ()
    if ending == ".docx":
        from bot.knowledge.import_.docx import read_docx  # noqa: PLC0415 - each loads a library that few need

        text, notes = read_docx(data)
    elif ending == ".pdf":
        from bot.knowledge.import_.pdf import read_pdf  # noqa: PLC0415

        text, notes = read_pdf(data)
    elif ending == ".xlsx":
        from bot.knowledge.import_.xlsx import read_xlsx  # noqa: PLC0415

        book = read_xlsx(data, stem, source)
        text, points, notes = book.text, book.points, book.notes
    else:
        text = decode_text(data)
    if not text.strip():
        raise DocumentError(Document.EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(Document.TOO_LONG)
    text, more = readable_text(text)
    if not squash(text):  # marks alone say nothing
        raise DocumentError(Document.EMPTY)
    files = {source: text} | ({POINTS_FILE: points} if points else {})
    return ReadDocument(files, (*notes, *more))


def _apart(ending: str, stem: str, data: bytes) -> ReadDocument:
    """The same as ``read_here``, in a process that is ended when it takes too long or too much."""
    head = json.dumps([ending, stem]).encode()
    found = json.loads(run_bounded("bot.knowledge.import_.document", head + b"\n" + data, patience=PATIENCE))
    return ReadDocument(found["files"], tuple(found["notes"]))


def read_apart(data: bytes) -> bytes:
    """What the reading process gives: the files as JSON. ``data`` begins with a line of the ending and the stem."""
    head, _, content = data.partition(b"\n")
    ending, stem = json.loads(head)
    read = read_here(ending, stem, content)
    return json.dumps({"files": dict(read.files), "notes": read.notes}).encode()


if __name__ == "__main__":
    sys.exit(serve(read_apart, sys.stdin.buffer.read, sys.stdout.buffer.write))
