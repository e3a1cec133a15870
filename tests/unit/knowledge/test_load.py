"""A folder that cannot be served says why, and how to mend it."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.load import load, validate_folder
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE


def _write(folder: Path, points: bytes | None = POINTS.encode(), source: bytes | None = SOURCE.encode()) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if points is not None:
        (folder / "points.yaml").write_bytes(points)
    if source is not None:
        (folder / "source.txt").write_bytes(source)
    return folder


def _faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [(Path(issue.file).name, issue.line, issue.message) for issue in caught.value.issues]


def test_a_folder_is_loaded_and_so_is_the_folder_around_it(tmp_path: Path) -> None:
    folder = _write(tmp_path / "knowledge" / "green-hill")
    assert load(folder) == load(tmp_path / "knowledge")


def test_faults_are_named_where_the_files_lie_also_where_the_same_files_were_seen_elsewhere(tmp_path: Path) -> None:
    broken = POINTS.replace("种植水稻3200亩,比", "种植水稻三千亩,比").encode()
    for folder in (tmp_path / "one", tmp_path / "two"):
        loaded = validate_folder(_write(folder, broken))
        assert {issue.file for issue in loaded.issues} == {str(folder / "points.yaml")}
        assert loaded.quiz_file == str(folder / "quiz.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    folder = _write(tmp_path, b"\xef\xbb\xbf" + POINTS.encode(), b"\xef\xbb\xbf" + SOURCE.encode())
    assert load(folder).source == SOURCE


def test_line_ends_of_windows_load_as_those_of_the_source(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.replace("\n", "\r\n").encode(), SOURCE.replace("\n", "\r\n").encode())
    assert load(folder) == load(_write(tmp_path / "unix"))


@pytest.mark.parametrize("missing", [1, 2])
def test_a_file_that_ends_inside_a_character_was_cut_off(tmp_path: Path, missing: int) -> None:
    folder = _write(tmp_path, POINTS.encode() + "# 结尾".encode()[:-missing])
    assert _faults(folder) == [("points.yaml", POINTS.count("\n") + 1, Lint.CUT_OFF)]


def test_a_missing_folder(tmp_path: Path) -> None:
    assert _faults(tmp_path / "nowhere") == [("nowhere", 1, Lint.FOLDER_MISSING)]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert _faults(tmp_path) == [(tmp_path.name, 1, Lint.FOLDER_EMPTY)]


def test_several_documents_ask_which_one(tmp_path: Path) -> None:
    _write(tmp_path / "a")
    _write(tmp_path / "b")
    assert _faults(tmp_path) == [(tmp_path.name, 1, Lint.SEVERAL_FOLDERS.format(names="a、b"))]


def test_a_file_that_is_not_utf8_is_told_with_the_line_of_the_first_wrong_byte(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.encode() + "# 结尾\n".encode("gb18030"))
    assert _faults(folder) == [("points.yaml", POINTS.count("\n") + 1, Lint.NOT_UTF8)]


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    folder = _write(tmp_path, source=None)
    assert _faults(folder) == [("points.yaml", 3, Lint.SOURCE_MISSING.format(name="source.txt"))]


def test_a_source_outside_of_the_folder_is_not_opened(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.replace("source.txt", "../../etc/passwd").encode())
    assert _faults(folder) == [("points.yaml", 3, Lint.BAD_SOURCE_NAME)]


def test_uncovered_parts_are_told_and_served_all_the_same(tmp_path: Path) -> None:
    folder = _write(tmp_path, source=(SOURCE + "\n这一句没有要点。").encode())
    loaded = validate_folder(folder)
    assert loaded.knowledge is not None
    assert [issue.message for issue in loaded.issues] == [Lint.UNCOVERED.format(text="这一句没有要点")]
