"""The one module of this package that opens files: a folder, or a document alone → ``Files`` → ``Knowledge``.

A knowledge is its source and, if there is a points.yaml, its points: a folder with points.yaml, a folder with one
document and no points.yaml, or the document itself, as text or as another program wrote it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePath

from bot.errors import DocumentError, KnowledgeError, ValidationIssue
from bot.knowledge.files import GOLDEN_FILE, JUDGE_FILE, POINTS_FILE, QUIZ_FILE, Files, is_text_name
from bot.knowledge.import_.document import DOCUMENT_ENDINGS, MAX_BYTES, MAX_CHARACTERS, ReadDocument, read_document
from bot.knowledge.import_.upload import decode
from bot.knowledge.lint import lint
from bot.knowledge.model import WHOLE, Knowledge, Section
from bot.knowledge.parse.golden_file import lint_golden, parse_golden
from bot.knowledge.parse.points_file import parse_header, parse_points, version_of
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.knowledge.parse.source_text import parse_structure
from bot.knowledge.parse.yaml_nodes import limit_issues
from bot.knowledge.structure import Structure
from bot.wording import BEGINNING, Document, Lint

MAX_BEGINS = 40  # characters of the beginning of a section that the source itself gives
SOURCE_STEM = "source"
_BESIDE = (QUIZ_FILE, GOLDEN_FILE, JUDGE_FILE)  # what a folder may have beside the points and their source


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """A folder as read: the knowledge, if it can be served, and all of its issues.

    ``quiz_file`` names the file of the questions written by hand, in which further issues may be found. ``files`` are
    what was read, as far as it could be. ``notes``: what of a document could not be read, a sentence each.
    """

    knowledge: Knowledge | None
    issues: tuple[ValidationIssue, ...]
    quiz_file: str = QUIZ_FILE
    files: Files = field(default_factory=lambda: Files({}), repr=False)
    notes: tuple[str, ...] = ()


def load(folder: Path) -> Knowledge:
    """The knowledge in ``folder``. Raises KnowledgeError with every fatal issue if it cannot be served."""
    return require_servable(validate_folder(folder))


def require_servable(loaded: ValidationResult) -> Knowledge:
    """The knowledge that was read. Raises KnowledgeError with every fatal issue if it cannot be served."""
    if loaded.knowledge is None:
        raise KnowledgeError([issue for issue in loaded.issues if issue.fatal])
    return loaded.knowledge


def validate_folder(folder: Path) -> ValidationResult:
    """Read ``folder``, or a document alone, and lint it.

    Never raises for what the files hold or lack: that is what ``issues`` is for.
    """
    notes: tuple[str, ...] = ()
    issues: tuple[ValidationIssue, ...] = ()
    try:
        found = find_knowledge(folder)
        if found.is_file():
            files, notes = _read_document(found)
        else:
            files, issues = read_files(found)
    except KnowledgeError as error:
        return ValidationResult(None, error.issues)
    loaded = validate_files(files, found.parent if found.is_file() else found)
    return replace(loaded, issues=limit_issues((*loaded.issues, *issues)), notes=notes)


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
    for beside in (folder / name for name in _BESIDE):
        if os.path.lexists(beside):
            try:
                texts[beside.name] = read_text(beside)
            except KnowledgeError as error:
                unread += [replace(issue, fatal=False) for issue in error.issues]
    return Files(texts), tuple(unread)


def _read_document(path: Path) -> tuple[Files, tuple[str, ...]]:
    """A document alone, under its own name, or that of its folder if it is called source and has no title; notes.

    What lies beside a source.txt without points, such as the judge's weights, counts. Raises KnowledgeError.
    """
    read = _read_or_explain(path)
    texts = dict(read.files)
    if POINTS_FILE not in texts:
        stem = path.stem
        if stem.lower() == SOURCE_STEM and not parse_structure(read.text).title:
            stem = path.resolve().parent.name or stem
        texts = {f"{stem}{path.suffix if is_text_name(path.name) else '.txt'}": read.text}
    if path.stem.lower() == SOURCE_STEM:
        for name in _BESIDE:
            if os.path.lexists(path.with_name(name)):
                texts[name] = read_text(path.with_name(name))
    return Files(texts), read.notes


def _read_or_explain(path: Path) -> ReadDocument:
    try:
        return read_document(path.name, _read_or_refuse(path))
    except DocumentError as error:
        raise KnowledgeError([ValidationIssue(str(path), 1, str(error))]) from None


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
        return _from_source(files)
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
    if unfit := _source_issue(source, header.source):
        return ValidationResult(None, (unfit,), files=files)
    parsed = parse_points(text, source, POINTS_FILE)
    if not parsed.knowledge.sections:
        own = replace(parsed.knowledge, sections=sections_of(parsed.knowledge.structure, parsed.knowledge.title))
        parsed = replace(parsed, knowledge=own)
    knowledge, quiz_issues = _with_quiz(parsed.knowledge, files.get(QUIZ_FILE))
    knowledge, golden_issues = _with_golden(knowledge, files.get(GOLDEN_FILE), parsed.ids)
    every = (*parsed.issues, *lint(parsed, POINTS_FILE), *quiz_issues, *golden_issues)
    servable = not any(issue.fatal for issue in every)
    return ValidationResult(knowledge if servable else None, limit_issues(every), files=files)


def _from_source(files: Files) -> ValidationResult:
    """A knowledge without points: its title and sections are those of the source."""
    name = files.document
    source = files.get(name)
    if source is None:
        return ValidationResult(None, (ValidationIssue(POINTS_FILE, 1, Lint.FOLDER_EMPTY),), files=files)
    if issue := _source_issue(source, name):
        return ValidationResult(None, (issue,), files=files)
    structure = parse_structure(source)
    title = structure.title or PurePath(name).stem
    knowledge = Knowledge(title, "", source, sections_of(structure, title), (), version_of(name, source))
    knowledge, quiz_issues = _with_quiz(knowledge, files.get(QUIZ_FILE))
    knowledge, golden_issues = _with_golden(knowledge, files.get(GOLDEN_FILE), ())
    every = (*quiz_issues, *golden_issues)
    servable = not any(issue.fatal for issue in every)
    return ValidationResult(knowledge if servable else None, limit_issues(every), files=files)


def sections_of(structure: Structure, title: str) -> tuple[Section, ...]:
    """The sections at the top of a source that nobody divided; one for all if it has none, or for what comes first."""
    found = [
        Section(one.id, one.title, structure.source[one.head.start : one.head.end].partition("\n")[0][:MAX_BEGINS])
        for one in structure.children()
    ]
    begins = structure.children()[0].span.start if found else len(structure.source)
    if any(paragraph.number and paragraph.span.start < begins for paragraph in structure.paragraphs):
        found.insert(0, Section(WHOLE, BEGINNING if found else title))
    return tuple(found)


def _source_issue(source: str, name: str) -> ValidationIssue | None:
    if not source.strip():
        return ValidationIssue(name, 1, Document.EMPTY)
    if len(source) > MAX_CHARACTERS:
        return ValidationIssue(name, 1, Lint.TOO_LARGE.format(limit=MAX_CHARACTERS))
    return None


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
    if files.get(POINTS_FILE) is None:
        return files.document
    header, _ = parse_header(files.get(POINTS_FILE) or "", POINTS_FILE)
    return header.source if header is not None else ""


def find_knowledge(path: Path) -> Path:
    """The folder with points.yaml, or the document, that ``path`` is or holds. Raises KnowledgeError.

    A folder without points.yaml may have one document, or one called source among others, or one folder that is a
    knowledge.
    """
    found = find_documents(path)
    if len(found) > 1:
        names = "、".join(map(shelf_name, found))
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.SEVERAL_FOLDERS.format(names=names))])
    return found[0]


def find_documents(path: Path) -> tuple[Path, ...]:
    """As ``find_knowledge``; of a folder whose folders are several knowledges, all of them by name.

    A folder in which it is not plain which document is meant is among them as itself, unless there is no other one: it
    cannot be served, and nothing else is to suffer from that.
    """
    if path.is_file():
        if path.name == POINTS_FILE:
            return (path.parent,)
        if _is_document(path):
            return (path,)
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.NO_DOCUMENT.format(name=path.name))])
    if os.path.lexists(path / POINTS_FILE):
        return (path,)
    if not path.is_dir():
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.FOLDER_MISSING)])
    own = _document_in(path)
    if own is not None:
        return (own,)
    folders = sorted(one for one in path.iterdir() if one.is_dir() and not one.name.startswith("."))
    found: list[Path] = []
    issues: list[ValidationIssue] = []
    for one in folders:
        try:
            document = one if os.path.lexists(one / POINTS_FILE) else _document_in(one)
        except KnowledgeError as error:
            issues += error.issues
            document = one
        if document is not None:
            found.append(document)
    if len(found) == len(issues):
        raise KnowledgeError(issues or [ValidationIssue(str(path), 1, Lint.FOLDER_EMPTY)])
    return tuple(found)


def shelf_name(document: Path) -> str:
    """The name of the folder that one of several documents lies in."""
    return document.parent.name if document.is_file() else document.name


def _document_in(folder: Path) -> Path | None:
    """The document of a folder without points.yaml; None if it has none. Raises KnowledgeError if it has several."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and _is_document(path))
    named = [path for path in found if path.stem.lower() == SOURCE_STEM]
    if len(found) > 1 and len(named) != 1:
        names = "、".join(path.name for path in found)
        raise KnowledgeError([ValidationIssue(str(folder), 1, Lint.SEVERAL_DOCUMENTS.format(names=names))])
    return next(iter(named or found), None)


def _is_document(path: Path) -> bool:
    is_about = path.stem.lower() in {"readme", "license", "changelog"}
    return path.suffix.lower() in DOCUMENT_ENDINGS and not is_about and path.name[0] not in ".~"


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, byte for byte except for a byte order mark and Windows' line ends.

    Raises KnowledgeError.
    """
    return decode(_read_or_refuse(path), str(path))


def _read_or_refuse(path: Path) -> bytes:
    try:
        return _read(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnowledgeError([ValidationIssue(str(path), 1, Lint.CANNOT_OPEN.format(reason=reason))]) from None


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
