"""A file that an admin sends → the text of one of the knowledge's files, or what is wrong with it. Pure."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import DocumentError, KnowledgeError, ValidationIssue
from bot.knowledge.files import GOLDEN_FILE, POINTS_FILE, QUIZ_FILE
from bot.knowledge.import_.docx import extract_docx_text
from bot.knowledge.import_.text_encoding import decode
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
    if meant := _meant(original):
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


def _meant(name: str) -> str:
    """The name that is meant by ``name`` if only capitals, the ending or spaces differ; else nothing."""
    stem, _, ending = unicodedata.normalize("NFKC", name).strip().lower().rpartition(".")
    known = {one.rpartition(".")[0]: one for one in ACCEPTED_FILES}
    fits = {"source": ("txt", "text", "md")}.get(stem, ("yaml", "yml", "txt"))
    return known[stem] if stem in known and ending in fits else ""
