"""A document as somebody has it (.docx, .pdf, .xlsx, .md, .txt) → the files of a knowledge, or what is wrong with it.

What other programs wrote is read in a process of its own, with limits of time and of memory: a forged file may make
its reader loop or ask for all memory there is, and then the bot has to go on.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from bot.errors import DocumentError
from bot.knowledge.files import POINTS_FILE
from bot.knowledge.import_.plain_text import decode_text, readable_text
from bot.text import readable, shorten, squash
from bot.wording import Document

MAX_BYTES: Final = 32_000_000
MAX_CHARACTERS: Final = 1_500_000  # a source of so many is read in some seconds, and its passages have short ids
SECONDS: Final = 20  # of computing
PATIENCE: Final = 60.0  # seconds until a process is ended whatever it computes: the machine may be busy
MEMORY: Final = 1_500_000_000  # bytes of address space
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
_OUT_OF_TIME: Final = getattr(signal, "SIGXCPU", 24)
_REFUSED: Final = 3  # the exit status of the reading process if the file is at fault


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
    if ending in _OLD:
        raise DocumentError(_OLD[ending])
    if ending not in DOCUMENT_ENDINGS:
        raise DocumentError(Document.UNKNOWN_DOCUMENT.format(known="、".join(DOCUMENT_ENDINGS)))
    found = ""
    if data.startswith(b"%PDF-"):
        found = ".pdf"
    elif data.startswith(b"PK\x03\x04"):
        found = ".xlsx" if b"xl/workbook.xml" in data and b"word/document.xml" not in data else ".docx"
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        found = ".doc"
    is_other = found and found != ending and not (found == ".doc" and ending in {".docx", ".xlsx"})
    if is_other:
        raise DocumentError(Document.DISGUISED.format(kind=_KINDS[found], ending=found))
    return ending


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
    root = Path(__file__).resolve().parents[3]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG", "TMPDIR"}}
    environment = {**kept, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - this program itself, nothing of the file is in its arguments
            [sys.executable, "-m", "bot.knowledge.import_.document", ending],
            input=json.dumps(stem).encode() + b"\n" + data,
            capture_output=True,
            timeout=PATIENCE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(Document.TOO_SLOW.format(seconds=round(PATIENCE))) from None
    except OSError:
        raise DocumentError(Document.CRASHED) from None
    if done.returncode == _REFUSED:
        raise DocumentError(done.stdout.decode("utf-8", "replace"))
    if done.returncode == -_OUT_OF_TIME:
        raise DocumentError(Document.TOO_SLOW.format(seconds=SECONDS))
    if done.returncode != 0:
        out_of_memory = b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr
        raise DocumentError(Document.TOO_MUCH if out_of_memory else Document.CRASHED)
    found = json.loads(done.stdout)
    return ReadDocument(found["files"], tuple(found["notes"]))


def _main(read_input: Callable[[], bytes], write: Callable[[bytes], object], ending: str) -> int:
    """What the reading process does: gives the files as JSON, or what is wrong with the document."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    stem, _, data = read_input().partition(b"\n")
    try:
        read = read_here(ending, json.loads(stem), data)
    except DocumentError as error:
        write(str(error).encode())
        return _REFUSED
    write(json.dumps({"files": dict(read.files), "notes": read.notes}).encode())
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.stdin.buffer.read, sys.stdout.buffer.write, sys.argv[1]))
