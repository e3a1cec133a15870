"""Every kind of broken file that an admin may send is told by file, line and mend; the rest of the folder is good."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.import_.upload import extract_text
from bot.knowledge.load import validate_folder
from tests.unit.knowledge.broken import BROKEN, GOOD_QUIZ, Broken
from tests.unit.library import POINTS, SOURCE


def _faults(folder: Path, name: str, data: bytes) -> list[ValidationIssue]:
    """What an admin is told who sends ``data`` as ``name``."""
    (folder / "points.yaml").write_text(POINTS, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "quiz.yaml").write_text(GOOD_QUIZ, encoding="utf-8")
    assert validate_folder(folder).issues == ()
    try:
        text = extract_text(name, data)
    except KnowledgeError as error:
        return list(error.issues)
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return list(validate_folder(folder).issues)


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.kind for broken in BROKEN])
def test_a_broken_file_is_told_by_file_line_and_mend(tmp_path: Path, broken: Broken) -> None:
    issues = _faults(tmp_path, broken.name, broken.data)
    assert issues != []
    first = issues[0]
    assert (Path(first.file).name, first.line) == (broken.told_name, broken.line)
    assert broken.mend in first.message
    assert first.fatal is not broken.minor
    assert [issue for issue in issues if "请" not in issue.message] == []
