"""A file that an admin sends → the text of one of the knowledge's files, or what is wrong with it. Pure.

What is wrong with the bytes of a text file is told with its line, and how to correct it.
"""

from __future__ import annotations

import re
import unicodedata

from bot.errors import DocumentError, KnowledgeError, ValidationIssue
from bot.knowledge.files import GOLDEN_FILE, POINTS_FILE, QUIZ_FILE
from bot.knowledge.import_.docx import extract_docx_text
from bot.text import readable, shorten
from bot.wording import Document, Lint

SOURCE_FILE = "source.txt"
ACCEPTED_FILES = (POINTS_FILE, QUIZ_FILE, GOLDEN_FILE, SOURCE_FILE)
MAX_BYTES = 10_000_000
_PATH = re.compile(r"[/\\:\0]|^\.")
# what phones and browsers put into the name of a second download
_COPY = re.compile(r"(?:[ _-]?[(（]\d{1,3}[)）]| - 副本|-\d{1,3})(?=\.[a-z]{3,4}$)")
_WORD = ".docx"
_OLD_WORD = (".doc", ".wps", ".rtf", ".pages", ".odt")
_MAX_NAME = 60
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e“”‘’—…·]")
_SURE = 0.8  # the share of characters beyond ASCII that must be Chinese for what was read as GBK to be GBK


def target_file(name: str, source: str = SOURCE_FILE) -> str:
    """Which of the knowledge's files a file named ``name`` replaces, also as a copy such as ``points (1).yaml``.

    ``source`` is what the file of the source is called there; source.txt and a Word document replace it too.
    Raises KnowledgeError if it is none of them.
    """
    shown = shorten(readable(name).strip(), _MAX_NAME) or "?"
    if _PATH.search(name):
        raise KnowledgeError([ValidationIssue(re.split(r"[/\\:]", shown)[-1] or "?", 1, Document.PATH_IN_NAME)])
    if name.lower().endswith(_OLD_WORD):
        raise KnowledgeError([ValidationIssue(shown, 1, Document.OLD_WORD)])
    original = _COPY.sub("", name)
    if original in {source, SOURCE_FILE} or name.lower().endswith(_WORD):
        return source
    if original in ACCEPTED_FILES:
        return original
    if meant := intended_file(original):
        raise KnowledgeError([ValidationIssue(shown, 1, Document.NEAR_NAME.format(name=meant))])
    raise KnowledgeError([ValidationIssue(shown, 1, Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES)))])


def extract_text(name: str, data: bytes, source: str = SOURCE_FILE) -> str:
    """The text of a file named ``name`` that holds ``data``; ``source`` as for ``target_file``.

    Raises KnowledgeError with the file, the line and the remedy: the name is not known, the file too large, empty, in
    another encoding, or no document that can be read.
    """
    target_file(name, source)
    if len(data) > MAX_BYTES:
        raise KnowledgeError([ValidationIssue(name, 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
    if not name.lower().endswith(_WORD):
        text = decode(data, name)
    else:
        try:
            text = extract_docx_text(data)
        except DocumentError as error:
            raise KnowledgeError([ValidationIssue(name, 1, str(error))]) from None
    if not text.strip():
        raise KnowledgeError([ValidationIssue(name, 1, Document.EMPTY)])
    return text


def intended_file(name: str) -> str:
    """The name that is meant by ``name`` if only capitals, the ending or spaces differ; else nothing."""
    stem, _, ending = unicodedata.normalize("NFKC", name).strip().lower().rpartition(".")
    known = {one.rpartition(".")[0]: one for one in ACCEPTED_FILES}
    fits = {"source": ("txt", "text", "md")}.get(stem, ("yaml", "yml", "txt"))
    return known[stem] if stem in known and ending in fits else ""


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8 file named ``file``, byte for byte but for a byte order mark and Windows' line ends.

    Raises KnowledgeError with the line of the first byte that is wrong.
    """
    if data.startswith(_UTF16):
        raise _error(file, 1, Lint.UTF16)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":  # all before it is UTF-8
            raise _error(file, line, Lint.CUT_OFF) from None
        raise _error(file, line, Lint.GBK if _is_gbk(data) else Lint.NOT_UTF8) from None
    nul = text.find("\0")
    if nul >= 0:
        raise _error(file, text.count("\n", 0, nul) + 1, Lint.NUL)
    return text.replace("\r\n", "\n")


def _is_gbk(data: bytes) -> bool:
    try:
        foreign = [char for char in data.decode("gb18030") if not char.isascii()]
    except UnicodeDecodeError:
        return False
    return len(_CHINESE.findall("".join(foreign))) >= _SURE * len(foreign)


def _error(file: str, line: int, message: str) -> KnowledgeError:
    return KnowledgeError([ValidationIssue(file, line, message)])
