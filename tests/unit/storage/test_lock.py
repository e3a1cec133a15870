"""Two processes on one SQLite database: the second is told so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import ROOT
from bot.errors import StorageError
from bot.storage.lock import only_process
from tests.unit.storage.rows import address, rights

HOLD = """
import sys
from bot.storage.lock import only_process
with only_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_with_the_number_of_the_first_until_that_is_killed(tmp_path: Path) -> None:
    url = address(tmp_path / "data" / "bot.sqlite3")
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None and first.stdout.readline() == "held\n"
        with (
            pytest.raises(StorageError, match=f"机器人在跑（进程 {first.pid}）.*DATA_DIR"),
            only_process(url),
        ):
            raise AssertionError
        first.kill()
    with only_process(url):
        assert (tmp_path / "data" / "bot.sqlite3.lock").read_text() == str(os.getpid())
    assert rights(tmp_path / "data") == 0o700


def test_another_folder_is_another_bot_and_one_after_the_other_is_fine(tmp_path: Path) -> None:
    for _ in range(2):
        with only_process(address(tmp_path / "a.sqlite3")), only_process(address(tmp_path / "b.sqlite3")):
            held = {path.name: path.read_text() for path in tmp_path.iterdir()}
            assert held == dict.fromkeys(("a.sqlite3.lock", "b.sqlite3.lock"), str(os.getpid()))


@pytest.mark.parametrize("url", ["postgresql+asyncpg://bot@localhost/bot", "sqlite+aiosqlite://", "no address"])
def test_what_is_no_file_has_no_lock(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with only_process(url), only_process(url):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_of_by_who_opens_the_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with only_process(address(tmp_path / "file" / "bot.sqlite3")):
        assert (tmp_path / "file").read_text() == "a file"
