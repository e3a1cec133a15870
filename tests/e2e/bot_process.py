"""The real bot in a process of its own, as an operator would start it."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from bot.cache import FileCache
from bot.config import ROOT
from bot.retrieval.index.tokenizer import NAME, load_frequencies
from bot.wording import Cli
from tests.unit.library import POINTS, SOURCE

START_TIMEOUT = 60  # seconds; a busy machine loads dictionaries slowly
STOP_TIMEOUT = 20


class BotProcess:
    """A running bot. ``output`` is what it wrote so far, standard output and log together."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._reading = asyncio.create_task(self._read())

    @property
    def output(self) -> str:
        return "".join(self._lines)

    async def says(self, sentence: str, times: int = 1, *, within: float = START_TIMEOUT) -> None:
        """Wait until it has written ``sentence`` so many ``times``; AssertionError where it ends before that.

        ``within`` so many seconds, for what takes a process minutes that yields to all others.
        """
        async with asyncio.timeout(within):
            while self.output.count(sentence) < times:
                assert self._process.returncode is None, self.output
                await asyncio.sleep(0.02)

    def send(self, number: int) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def kill(self) -> None:
        """End it as kill -9 does."""
        self._process.kill()
        await self.ended()

    async def stop(self) -> int:
        """End it as an operator does, with SIGTERM; its exit status."""
        if self._process.returncode is None:
            self._process.terminate()
        return await self.ended()

    async def ended(self) -> int:
        """Wait for it to end by itself; its exit status."""
        async with asyncio.timeout(STOP_TIMEOUT):
            status = await self._process.wait()
            await self._reading
        return status

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self._lines.append(line.decode())


def write_knowledge(folder: Path) -> Path:
    """The small document of the unit tests as a knowledge folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "points.yaml").write_text(POINTS, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    return folder


def environment_of(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a bot on the small document whose data lies in ``folder``."""
    return {
        "PATH": os.environ["PATH"],
        "QUIZ_LEAD_IN": "0",
        "MEANING": "false",  # making the meanings of the whole speech takes half a minute for each empty DATA_DIR
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "KNOWLEDGE_DIR": str(write_knowledge(folder / "knowledge")),
        "DATA_DIR": str(folder / "data"),
        "HTTP_PORT": "0",
        **settings,
    }


@asynccontextmanager
async def bot_process(folder: Path, **settings: str) -> AsyncIterator[BotProcess]:
    """A bot on the small document whose data lies in ``folder``; ended with the block, however it went."""
    process = BotProcess(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment_of(folder, **settings),
            cwd=folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    )
    try:
        yield process
    finally:
        await process.stop()


@cache
def _dictionary() -> bytes:
    """jieba's dictionary as a bot caches it: to make it takes a second of each start."""
    with tempfile.TemporaryDirectory() as folder:
        made = FileCache(Path(folder))
        load_frequencies(made)
        found = made.read(NAME)
        assert found is not None
        return found


def _put_dictionary(folder: Path) -> None:
    FileCache(folder).write(NAME, _dictionary())


@asynccontextmanager
async def bot_on_telegram(folder: Path, url: str, token: str, **settings: str) -> AsyncIterator[BotProcess]:
    """The same, fetching updates from the Bot API server at ``url``, with a dictionary that an earlier start made."""
    await asyncio.to_thread(_put_dictionary, folder / "data" / "cache")
    async with bot_process(folder, TELEGRAM_API_URL=url, TELEGRAM_TOKEN=token, **settings) as process:
        await process.says(Cli.TELEGRAM_UP)
        yield process
