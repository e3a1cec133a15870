"""The folder of the knowledge on a real disk, watched."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.features.knowledge_versions.file_watcher import QUIET, on_hangup, watch


class Noted:
    """What the watcher of ``folder`` told: how the folder was each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: list[tuple[int, dict[str, str]] | None] = []

    async def changed(self) -> None:
        self._told.append(_state(self._folder))

    async def tells(self) -> None:
        """Return when it told of the folder as it is now. TimeoutError if it never does."""
        async with asyncio.timeout(20):
            while not self._told or self._told[-1] != _state(self._folder):  # noqa: ASYNC110 - the system tells it
                await asyncio.sleep(0.01)

    async def watches(self) -> None:
        """Return when it tells of what is written: from then on nothing is missed."""
        before = len(self._told)
        async with asyncio.timeout(20):
            for number in itertools.count():
                (self._folder / "probe").write_text(str(number), encoding="utf-8")
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(3 * QUIET / 1000):
                        while len(self._told) == before:  # noqa: ASYNC110 - the system tells it
                            await asyncio.sleep(0.01)
                        break
        await self.tells()


def _state(folder: Path) -> tuple[int, dict[str, str]] | None:
    """Which folder it is, and what is in its files; None if there is none."""
    with contextlib.suppress(FileNotFoundError):
        return folder.stat().st_ino, {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    return None


@asynccontextmanager
async def watched(folder: Path, noted: Noted | None = None) -> AsyncIterator[Noted]:
    """What is told of ``folder`` within the block."""
    noted = noted or Noted(folder)
    watching = asyncio.create_task(watch(folder, noted.changed, look_every=0.2))
    await noted.watches()
    yield noted
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


@pytest.fixture
async def noted(tmp_path: Path) -> AsyncIterator[Noted]:
    (tmp_path / "document").mkdir()
    async with watched(tmp_path / "document") as noted:
        yield noted


async def test_a_file_that_is_written_or_put_in_the_place_of_another_is_told_of(noted: Noted, tmp_path: Path) -> None:
    (tmp_path / "document" / "points.yaml").write_text("a", encoding="utf-8")
    await noted.tells()
    (tmp_path / "new.yaml").write_text("b", encoding="utf-8")
    (tmp_path / "new.yaml").replace(tmp_path / "document" / "points.yaml")
    await noted.tells()


async def test_a_folder_in_the_place_of_another_is_told_of_and_watched_on(noted: Noted, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "document").rename(tmp_path / "old")
    (tmp_path / "new").rename(tmp_path / "document")
    await noted.tells()
    await noted.watches()
    (tmp_path / "document" / "points.yaml").write_text("a", encoding="utf-8")
    await noted.tells()


async def test_a_folder_that_went_and_came_back_is_told_of_and_watched_on(noted: Noted, tmp_path: Path) -> None:
    (tmp_path / "document" / "points.yaml").write_text("a", encoding="utf-8")
    await noted.tells()
    shutil.rmtree(tmp_path / "document")
    await noted.tells()
    (tmp_path / "document").mkdir()
    await noted.tells()
    await noted.watches()
    (tmp_path / "document" / "points.yaml").write_text("a", encoding="utf-8")
    await noted.tells()


async def test_a_link_to_a_folder_that_leads_elsewhere_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "current").symlink_to("one")
    async with watched(tmp_path / "current") as noted:
        (tmp_path / "next").symlink_to("two")
        (tmp_path / "next").replace(tmp_path / "current")
        await noted.tells()
        await noted.watches()
        (tmp_path / "two" / "points.yaml").write_text("a", encoding="utf-8")
        await noted.tells()


async def test_a_file_written_while_a_folder_that_came_back_is_looked_at_is_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "document"
    folder.mkdir()

    class WritesAfterReading(Noted):
        to_write: str = ""

        async def changed(self) -> None:
            await super().changed()
            if self.to_write and folder.exists():
                (folder / "points.yaml").write_text(self.to_write, encoding="utf-8")
                self.to_write = ""

    noted = WritesAfterReading(folder)
    async with watched(folder, noted):
        shutil.rmtree(folder)
        await noted.tells()
        noted.to_write = "a"
        folder.mkdir()
        await noted.tells()
        assert (folder / "points.yaml").exists()


async def test_what_was_written_before_the_watch_began_is_told_of(tmp_path: Path) -> None:
    told = asyncio.Event()

    async def changed() -> None:
        told.set()

    watching = asyncio.create_task(watch(tmp_path, changed, look_every=0.2))
    async with asyncio.timeout(20):
        await told.wait()
    watching.cancel()


async def test_a_hangup_asks_for_a_look_and_one_that_comes_at_the_end_kills_nobody() -> None:
    looked = asyncio.Event()

    async def look() -> None:
        looked.set()

    try:
        with on_hangup(look, looked.clear):
            os.kill(os.getpid(), signal.SIGHUP)
            async with asyncio.timeout(20):
                await looked.wait()
        assert signal.getsignal(signal.SIGHUP) is not signal.SIG_DFL
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
