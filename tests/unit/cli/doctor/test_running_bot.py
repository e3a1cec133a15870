"""What is found of a knowledge folder and of a database."""

from __future__ import annotations

from pathlib import Path

from bot.cli.doctor.checks import database, knowledge
from bot.wording import Doctor as Wording
from bot.wording import Lint, Storage
from tests.e2e.bot_process import write_knowledge
from tests.unit.library import POINTS


def test_a_knowledge_without_faults_is_named(tmp_path: Path) -> None:
    found = knowledge(write_knowledge(tmp_path))
    assert (found.mark, found.text) == (
        "✓",
        Wording.KNOWLEDGE_OK.format(title="青山镇春季工作讲话", points=5),
    )


def test_faults_are_told_with_their_lines_and_where_all_of_them_are(tmp_path: Path) -> None:
    write_knowledge(tmp_path)
    (tmp_path / "points.yaml").write_text(POINTS.replace("quote: ", "quote: 不是"), encoding="utf-8")
    found = knowledge(tmp_path)
    assert found.mark == "✗"
    lines = found.text.splitlines()
    assert lines[0].startswith("不能用，有 ")
    assert lines[1].startswith(f"    {tmp_path / 'points.yaml'}:13: ")
    assert lines[4:] == [Wording.KNOWLEDGE_MORE.strip("\n")]


def test_a_knowledge_that_can_be_served_with_a_fault_is_told_so(tmp_path: Path) -> None:
    write_knowledge(tmp_path)
    points = tmp_path / "points.yaml"
    points.write_text(
        points.read_text(encoding="utf-8").replace("title: 种植水稻3200亩", "title: 种植水稻3300亩"), "utf-8"
    )
    found = knowledge(tmp_path)
    assert (found.mark, found.text.splitlines()[0]) == (
        "✗",
        Wording.KNOWLEDGE_FAULTS.format(title="青山镇春季工作讲话", count=1),
    )


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert Lint.FOLDER_MISSING in knowledge(tmp_path / "none").text


async def test_a_database_is_told_by_its_state_or_its_fault(tmp_path: Path) -> None:
    fresh = await database(f"sqlite+aiosqlite:///{tmp_path / 'none.sqlite3'}", timeout_seconds=1)
    assert (fresh.mark, fresh.text) == ("✓", Wording.DATABASE_STATES["missing"])
    lost = await database("sqlite+aiosqlite://", timeout_seconds=1)
    assert (lost.mark, lost.text) == ("–", Wording.DATABASE_STATES["memory"])
    bad = await database("geheim", timeout_seconds=1)
    assert (bad.mark, bad.text) == ("✗", Storage.BAD_URL)
