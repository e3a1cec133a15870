"""Every kind of broken file that an admin may send is told by file, line and mend; the rest of the folder is good."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Fault, KnowledgeError
from bot.knowledge.import_.upload import text_of
from bot.knowledge.load import inspect
from tests.unit.knowledge.broken import BROKEN, GOOD_QUIZ, Broken
from tests.unit.library import POINTS, SOURCE


def _faults(folder: Path, name: str, data: bytes) -> list[Fault]:
    """What an admin is told who sends ``data`` as ``name``."""
    (folder / "points.yaml").write_text(POINTS, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "quiz.yaml").write_text(GOOD_QUIZ, encoding="utf-8")
    assert inspect(folder).faults == ()
    try:
        text = text_of(name, data)
    except KnowledgeError as error:
        return list(error.faults)
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return list(inspect(folder).faults)


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.kind for broken in BROKEN])
def test_a_broken_file_is_told_by_file_line_and_mend(tmp_path: Path, broken: Broken) -> None:
    faults = _faults(tmp_path, broken.name, broken.data)
    assert faults != []
    first = faults[0]
    assert (Path(first.file).name, first.line) == (broken.told_name, broken.line)
    assert broken.mend in first.message
    assert first.fatal is not broken.minor
    assert [fault for fault in faults if "请" not in fault.message] == []
