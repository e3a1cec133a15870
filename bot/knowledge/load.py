"""The one module of this package that opens files: a folder → ``Files`` → ``Knowledge``."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePath

from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.files import GOLDEN_FILE, JUDGE_FILE, POINTS_FILE, QUIZ_FILE, Files
from bot.knowledge.import_.text_encoding import decode
from bot.knowledge.lint import lint
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.golden_file import lint_golden, parse_golden
from bot.knowledge.parse.points_file import parse_header, parse_points, version_of
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.knowledge.parse.yaml_nodes import limit_issues
from bot.wording import Lint

MAX_BYTES = 32_000_000
_BESIDE = (QUIZ_FILE, GOLDEN_FILE, JUDGE_FILE)  # what a folder may have beside the points and their source


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """A folder as read: the knowledge, if it can be served, and all of its issues.

    ``quiz_file`` names the file of the questions written by hand, in which further issues may be found. ``files`` are
    what was read, as far as it could be.
    """

    knowledge: Knowledge | None
    issues: tuple[ValidationIssue, ...]
    quiz_file: str = QUIZ_FILE
    files: Files = field(default_factory=lambda: Files({}), repr=False)


def load(folder: Path) -> Knowledge:
    """The knowledge in ``folder``. Raises KnowledgeError with every fatal issue if it cannot be served."""
    return require_servable(validate_folder(folder))


def require_servable(loaded: ValidationResult) -> Knowledge:
    """The knowledge that was read. Raises KnowledgeError with every fatal issue if it cannot be served."""
    if loaded.knowledge is None:
        raise KnowledgeError([issue for issue in loaded.issues if issue.fatal])
    return loaded.knowledge


def validate_folder(folder: Path) -> ValidationResult:
    """Read ``folder`` and lint it. Never raises for what the files hold or lack: that is what ``issues`` is for."""
    try:
        folder = find_folder(folder)
        files, issues = read_files(folder)
    except KnowledgeError as error:
        return ValidationResult(None, error.issues)
    loaded = validate_files(files, folder)
    return replace(loaded, issues=limit_issues((*loaded.issues, *issues)))


def read_files(folder: Path) -> tuple[Files, tuple[ValidationIssue, ...]]:
    """The files of a knowledge folder, and the issues of those that could not be read and need not be there.

    Raises KnowledgeError if the points or their source cannot be read.
    """
    points_path = folder / POINTS_FILE
    text = read_text(points_path)
    texts = {POINTS_FILE: text}
    header, issues = parse_header(text, str(points_path))
    if header is None:
        raise KnowledgeError(issues)
    if _is_file_name(header.source) and os.path.lexists(folder / header.source):
        texts[header.source] = read_text(folder / header.source)
    unread: list[ValidationIssue] = []
    for path in (folder / name for name in _BESIDE):
        if os.path.lexists(path):
            try:
                texts[path.name] = read_text(path)
            except KnowledgeError as error:
                unread += [replace(issue, fatal=False) for issue in error.issues]
    return Files(texts), tuple(unread)


def validate_files(files: Files, where: PurePath | None = None) -> ValidationResult:
    """Parse ``files`` and lint them; issues name them as if they lay in the folder ``where``. Never raises."""
    loaded = _inspected(files)
    if where is None:
        return loaded
    issues = tuple(replace(issue, file=str(where / issue.file)) for issue in loaded.issues)
    return replace(loaded, issues=issues, quiz_file=str(where / loaded.quiz_file))


@lru_cache(maxsize=3)  # what is served, and what may take its place, are each looked at several times
def _inspected(files: Files) -> ValidationResult:
    text = files.get(POINTS_FILE)
    if text is None:
        return ValidationResult(None, (ValidationIssue(POINTS_FILE, 1, Lint.FOLDER_EMPTY),), files=files)
    header, issues = parse_header(text, POINTS_FILE)
    if header is None:
        return ValidationResult(None, issues, files=files)
    if not header.source:  # maybe no knowledge file at all
        issues = parse_points(text, "", POINTS_FILE).issues
        return ValidationResult(
            None, issues or (ValidationIssue(POINTS_FILE, header.line, Lint.BAD_SOURCE_NAME),), files=files
        )
    source = files.get(header.source)
    if not _is_file_name(header.source) or source is None:
        # a name with a folder in it could point outside of the knowledge
        message = Lint.SOURCE_MISSING.format(name=header.source) if _is_file_name(header.source) else ""
        issue = ValidationIssue(POINTS_FILE, header.line, message or Lint.BAD_SOURCE_NAME)
        return ValidationResult(None, (issue,), files=files)
    parsed = parse_points(text, source, POINTS_FILE)
    knowledge, quiz_issues = _with_quiz(parsed.knowledge, files.get(QUIZ_FILE))
    knowledge, golden_issues = _with_golden(knowledge, files.get(GOLDEN_FILE), parsed.ids)
    own = lint(parsed, POINTS_FILE, header.source)
    every = (*parsed.issues, *own, *quiz_issues, *golden_issues)
    servable = bool(knowledge.points) and not any(issue.fatal for issue in every)
    return ValidationResult(knowledge if servable else None, limit_issues(every), files=files)


def _is_file_name(name: str) -> bool:
    return bool(name) and PurePath(name).name == name and "\\" not in name


def _with_quiz(knowledge: Knowledge, text: str | None) -> tuple[Knowledge, Sequence[ValidationIssue]]:
    """``knowledge`` with what the quiz file adds, if there is one. Its issues cost questions of the quiz only."""
    if text is None:
        return knowledge, ()
    addition, issues = parse_quiz(text, QUIZ_FILE)
    return replace(knowledge, quiz_additions=addition, version=version_of(knowledge.version, text)), issues


def _with_golden(
    knowledge: Knowledge, text: str | None, ids: Collection[str]
) -> tuple[Knowledge, Sequence[ValidationIssue]]:
    """``knowledge`` with the golden questions that somebody wrote down. They change nothing that a member meets.

    ``ids``: those of all points, of those too that cannot be read.
    """
    if text is None:
        return knowledge, ()
    golden, issues = parse_golden(text, GOLDEN_FILE)
    knowledge = replace(knowledge, golden=golden, version=version_of(knowledge.version, text))
    return knowledge, (*issues, *lint_golden(knowledge, GOLDEN_FILE, ids))


def source_name(files: Files) -> str:
    """The name of the source's file; nothing if the points do not say."""
    header, _ = parse_header(files.get(POINTS_FILE) or "", POINTS_FILE)
    return header.source if header is not None else ""


def find_folder(folder: Path) -> Path:
    """``folder`` itself if it holds a knowledge, else the one folder in it that does. Raises KnowledgeError."""
    if os.path.lexists(folder / POINTS_FILE):
        return folder
    if not folder.is_dir():
        raise KnowledgeError([ValidationIssue(str(folder), 1, Lint.FOLDER_MISSING)])
    found = sorted(path.parent for path in folder.glob(f"*/{POINTS_FILE}"))
    if not found:
        raise KnowledgeError([ValidationIssue(str(folder), 1, Lint.FOLDER_EMPTY)])
    if len(found) > 1:
        names = "、".join(path.name for path in found)
        raise KnowledgeError([ValidationIssue(str(folder), 1, Lint.SEVERAL_FOLDERS.format(names=names))])
    return found[0]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, byte for byte except for a byte order mark and Windows' line ends.

    Raises KnowledgeError.
    """
    try:
        data = _read(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.CANNOT_OPEN.format(reason=reason))]) from None
    return decode(data, str(path))


def _read(path: Path) -> bytes:
    """The bytes of a regular file, whatever its name leads to; never waits for a pipe, never reads without end.

    Raises KnowledgeError and OSError.
    """
    # without blocking: to open a pipe that nobody writes to waits for ever
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(number).st_mode
        if not stat.S_ISREG(mode):
            raise KnowledgeError(
                [ValidationIssue(str(path), 1, Lint.NOT_A_FILE.format(name=path.name, kind=_kind(mode)))]
            )
        with open(number, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(number)
    if len(data) > MAX_BYTES:
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
    return data


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return Lint.FILE_KINDS["folder"]
    return Lint.FILE_KINDS["device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "pipe"]
