"""The one module of this package that opens files: a folder → ``Knowledge``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import Fault, KnowledgeError
from bot.knowledge.lint import lint
from bot.knowledge.model import Knowledge
from bot.knowledge.parse import parse, parse_header, version_of
from bot.knowledge.quizfile import parse_quiz
from bot.wording import Lint

POINTS_FILE = "points.yaml"
QUIZ_FILE = "quiz.yaml"
MAX_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A folder as read: the knowledge, where it can be served, and all of its faults.

    ``quiz_file`` names the file of the questions written by hand, in which further faults may be found.
    """

    knowledge: Knowledge | None
    faults: tuple[Fault, ...]
    quiz_file: str = QUIZ_FILE


def load(folder: Path) -> Knowledge:
    """The knowledge in ``folder``. Raises KnowledgeError with every fatal fault where it cannot be served."""
    loaded = inspect(folder)
    if loaded.knowledge is None:
        raise KnowledgeError([fault for fault in loaded.faults if fault.fatal])
    return loaded.knowledge


def inspect(folder: Path) -> Loaded:
    """Read ``folder`` and lint it. Never raises for what the files hold or lack: that is what ``faults`` is for."""
    try:
        folder = find_folder(folder)
        points_path = folder / POINTS_FILE
        text = read_text(points_path)
        header, faults = parse_header(text, str(points_path))
        if header is None:
            return Loaded(None, faults)
        if not header.source or Path(header.source).name != header.source:
            # a name with a folder in it could point outside of the knowledge
            return Loaded(None, (Fault(str(points_path), header.line, Lint.BAD_SOURCE_NAME),))
        source_path = folder / header.source
        if not source_path.is_file():
            fault = Fault(str(points_path), header.line, Lint.SOURCE_MISSING.format(name=header.source))
            return Loaded(None, (fault,))
        source = read_text(source_path)
    except KnowledgeError as error:
        return Loaded(None, error.faults)
    parsed = parse(text, source, str(points_path))
    knowledge, quiz_faults = _with_quiz(parsed.knowledge, folder / QUIZ_FILE)
    all_faults = (*parsed.faults, *lint(parsed, str(points_path), str(source_path)), *quiz_faults)
    all_faults = tuple(sorted(all_faults, key=lambda fault: (fault.file, fault.line)))
    servable = bool(knowledge.points) and not any(fault.fatal for fault in all_faults)
    return Loaded(knowledge if servable else None, all_faults, str(folder / QUIZ_FILE))


def _with_quiz(knowledge: Knowledge, path: Path) -> tuple[Knowledge, Sequence[Fault]]:
    """``knowledge`` with what the quiz file adds, where there is one. Its faults cost questions of the quiz only."""
    if not path.exists():
        return knowledge, ()
    try:
        text = read_text(path)
    except KnowledgeError as error:
        return knowledge, [replace(fault, fatal=False) for fault in error.faults]
    addition, faults = parse_quiz(text, str(path))
    return replace(knowledge, addition=addition, version=version_of(knowledge.version, text)), faults


def find_folder(folder: Path) -> Path:
    """``folder`` itself where it holds a knowledge, else the one folder in it that does. Raises KnowledgeError."""
    if (folder / POINTS_FILE).is_file():
        return folder
    if not folder.is_dir():
        raise KnowledgeError([Fault(str(folder), 1, Lint.FOLDER_MISSING)])
    found = sorted(path.parent for path in folder.glob(f"*/{POINTS_FILE}"))
    if not found:
        raise KnowledgeError([Fault(str(folder), 1, Lint.FOLDER_EMPTY)])
    if len(found) > 1:
        names = "、".join(path.name for path in found)
        raise KnowledgeError([Fault(str(folder), 1, Lint.SEVERAL_FOLDERS.format(names=names))])
    return found[0]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, byte for byte except for a byte order mark and Windows' line ends.

    Raises KnowledgeError.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KnowledgeError([Fault(str(path), 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnowledgeError([Fault(str(path), 1, Lint.CANNOT_OPEN.format(reason=reason))]) from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cut_off = error.reason == "unexpected end of data"  # all before it is UTF-8
        raise KnowledgeError([Fault(str(path), line, Lint.CUT_OFF if cut_off else Lint.NOT_UTF8)]) from None
