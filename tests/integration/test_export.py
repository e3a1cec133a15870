"""``python -m bot export``: what is served, given back as files."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.config import ROOT
from bot.features.knowledge_versions.candidate import Content
from bot.knowledge.edit.amendment import AddQuestion
from bot.knowledge.files import Files
from bot.records.knowledge_versions import VersionRecord
from bot.storage.store import SqlStore
from bot.wording import Versions as Wording
from tests.unit.library import POINTS, SOURCE


async def _keep(path: Path) -> None:
    """Two versions, the second with a question that was added in a chat."""
    store = await SqlStore.open(f"sqlite+aiosqlite:///{path}")
    base = Files({"points.yaml": POINTS, "source.txt": SOURCE})
    for number, content in enumerate((Content(base), Content(base, (AddQuestion("road", "路有多长"),))), start=1):
        names, amendments, blobs = content.rows()
        at = datetime(2026, 11, 25, number, tzinfo=UTC)
        await store.versions.save(*blobs, VersionRecord(number, at, "-", "chat", "", names, amendments, "", ""))
    await store.close()


def _bot(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "DATA_DIR": str(folder / "data"),
    }
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=folder, timeout=60
    )


def test_export_gives_the_files_back_with_what_was_added_and_check_passes_on_them(tmp_path: Path) -> None:
    asyncio.run(_keep(tmp_path / "data" / "bot.sqlite3"))
    done = _bot(tmp_path, "export", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "第 2 版" in done.stdout
    exported = (tmp_path / "out" / "points.yaml").read_text(encoding="utf-8")
    assert exported.replace(", 路有多长", "") == POINTS
    assert (tmp_path / "out" / "source.txt").read_text(encoding="utf-8") == SOURCE
    assert _bot(tmp_path, "check", "out").returncode == 0


def test_export_gives_an_earlier_version_and_overwrites_only_when_told_to(tmp_path: Path) -> None:
    asyncio.run(_keep(tmp_path / "data" / "bot.sqlite3"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("别动", encoding="utf-8")
    refused = _bot(tmp_path, "export", "-o", "out", "--version", "1")
    assert (refused.returncode, refused.stderr.strip()) == (1, Wording.EXPORT_NOT_EMPTY.format(folder="out"))
    assert not (tmp_path / "out" / "points.yaml").exists()
    assert _bot(tmp_path, "export", "-o", "out", "--version", "1", "--force").returncode == 0
    assert (tmp_path / "out" / "points.yaml").read_text(encoding="utf-8") == POINTS
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "别动"


def test_export_says_so_where_nothing_was_ever_kept_and_where_there_is_no_such_version(tmp_path: Path) -> None:
    assert _bot(tmp_path, "export", "-o", "out").stderr.strip() == Wording.EXPORT_NONE
    asyncio.run(_keep(tmp_path / "data" / "bot.sqlite3"))
    missing = _bot(tmp_path, "export", "-o", "out", "--version", "7")
    assert (missing.returncode, missing.stderr.strip()) == (1, Wording.EXPORT_NO_SUCH.format(number=7, last=2))
    nowhere = _bot(tmp_path, "export")
    assert (nowhere.returncode, nowhere.stderr.strip()) == (1, Wording.EXPORT_WHERE)
