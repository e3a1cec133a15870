"""What is too much is told soon and in one sentence; what is no regular file is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import count_issues
from bot.features.knowledge_versions.presenter import SHOWN_ISSUES, refused
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files, validate_folder
from bot.knowledge.parse.points_file import MAX_POINTS
from bot.knowledge.parse.yaml_nodes import MAX_ENTRIES, MAX_ISSUES
from bot.wording import Lint, Versions
from tests.unit.knowledge.changes import line_of
from tests.unit.library import POINTS, SOURCE


def folder(at: Path) -> Path:
    (at / "points.yaml").write_text(POINTS, encoding="utf-8")
    (at / "source.txt").write_text(SOURCE, encoding="utf-8")
    return at


def test_millions_of_empty_entries_are_one_fault() -> None:
    text = POINTS + "  - {}\n" * 1_000_000  # seven megabytes
    loaded = validate_files(Files({"points.yaml": text, "source.txt": SOURCE}))
    assert loaded.knowledge is None
    [issue] = loaded.issues
    assert issue.message == Lint.TOO_MANY_ENTRIES.format(limit=MAX_ENTRIES)


@pytest.mark.slow
def test_twenty_thousand_points_are_one_fault_with_their_number_and_the_limit() -> None:
    points = "".join(f'  - {{id: p-{number}, title: 甲, section: "1", quote: 种植}}\n' for number in range(20_000))
    loaded = validate_files(Files({"points.yaml": POINTS + points, "source.txt": SOURCE}))
    message = Lint.TOO_MANY_POINTS.format(count=POINTS.count("- id:") + 20_000, limit=MAX_POINTS)
    assert [(issue.line, issue.message) for issue in loaded.issues] == [(line_of("- id: speaker"), message)]


def test_of_very_many_faults_the_first_are_told_and_how_many_more_there_are() -> None:
    text = POINTS + "  - {}\n" * 1000  # an id, a title, a section and a quote are missing in each
    issues = validate_files(Files({"points.yaml": text, "source.txt": SOURCE})).issues
    assert len(issues) == MAX_ISSUES + 1
    assert count_issues(issues) == 4000
    assert issues[-1].message == Lint.MORE_FAULTS.format(count=4000 - MAX_ISSUES)
    told = refused(issues)
    assert Versions.REFUSED.format(count=4000) in told.text
    assert Versions.MORE.format(count=4000 - SHOWN_ISSUES) in told.text
    assert len(told.files[0].data.decode().splitlines()) == MAX_ISSUES + 1


def test_faults_that_keep_it_from_being_served_are_among_those_that_are_told() -> None:
    questions = ", ".join(["镇长是谁"] * 500)
    text = POINTS.replace("[今年种了多少亩水稻", f"[{questions}", 1).replace("id: school", "id: School", 1)
    issues = validate_files(Files({"points.yaml": text, "source.txt": SOURCE})).issues
    assert len(issues) == MAX_ISSUES + 1
    assert [issue.message.partition("”")[0] for issue in issues if issue.fatal] == ["id“School"]


@pytest.mark.parametrize("name", ["quiz.yaml", "golden.yaml", "judge.json", "points.yaml", "source.txt"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_regular_file_is_named_and_not_read(tmp_path: Path, name: str, kind: str) -> None:
    path = folder(tmp_path) / name
    path.unlink(missing_ok=True)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to("/dev/zero")
    loaded = validate_folder(tmp_path)
    needed = name in {"points.yaml", "source.txt"}
    message = Lint.NOT_A_FILE.format(name=name, kind=Lint.FILE_KINDS[kind])
    assert [(issue.file, issue.message, issue.fatal) for issue in loaded.issues] == [(str(path), message, needed)]
    assert (loaded.knowledge is None) is needed


def test_a_link_to_a_regular_file_is_read_and_one_to_nothing_is_told(tmp_path: Path) -> None:
    (folder(tmp_path) / "source.txt").rename(tmp_path / "elsewhere.txt")
    (tmp_path / "source.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert validate_folder(tmp_path).issues == ()
    (tmp_path / "golden.yaml").symlink_to(tmp_path / "nowhere")
    assert [issue.line for issue in validate_folder(tmp_path).issues] == [1]
