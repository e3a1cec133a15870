"""What members notice while the knowledge is reloaded: questions in flight through ``/api/ask`` of the real process.

First without a reload, then while two versions of the first document take turns; every reply has to be the one or the
other. The yardstick is the same process in the same run, left alone.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from itertools import cycle
from pathlib import Path
from shutil import copytree
from statistics import quantiles

import aiohttp

from bot.config import ROOT
from tests.bench.questions import questions
from tests.e2e.bot_process import BotProcess, bot_process

LOADS = ((16, 10, 10.0), (2000, 50, 30.0))
"""Questions in flight, reloads meanwhile, seconds of the yardstick: a busy hour, and more than any group asks."""
FIGURE = ("4047人", "4048人")  # stands once in the source: the two versions differ in it
DATABASE = "bot.sqlite3"
_AT = "网页已启动："


def main() -> None:
    """Print p99 with and without reloads, and how many replies were neither version's."""
    asyncio.run(_measure())


async def _measure() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = Path(copytree(ROOT / "knowledge" / "shuangqing", folder / "document"))
        settings = {
            "KNOWLEDGE_DIR": str(document),
            "MEANING": "true",
            "DATA_DIR": str(ROOT / "data"),  # for the meanings that are kept there; nothing else is touched
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / DATABASE}",
            "LOG_LEVEL": "ERROR",
        }
        async with bot_process(folder, **settings) as bot:
            await bot.says(_AT)
            url = bot.output.split(_AT)[1].split()[0]
            for in_flight, reloads, quiet in LOADS:
                await _compare(bot, url, document, in_flight, reloads=reloads, quiet=quiet)


async def _compare(bot: BotProcess, url: str, document: Path, in_flight: int, *, reloads: int, quiet: float) -> None:
    asked = [case.question for case in questions() if not case.history]
    right: dict[str, set[str]] = {question: set() for question in asked}
    async with _client(url, in_flight) as client:
        for _ in FIGURE:
            for question in asked:
                right[question].add(await _ask(client, question))
            await _reload(bot, document)
        alone = await _load(client, asked, in_flight, right, lambda: asyncio.sleep(quiet))
        during = await _load(client, asked, in_flight, right, lambda: _reloads(bot, document, reloads))
    print(
        f"reload, {in_flight} in flight  p99 {during.p99 * 1000:.0f} ms during {reloads} reloads, ratio "
        f"{during.p99 / alone.p99:.2f}, aim 3; {during}"
    )
    print(f"  yardstick: left alone  p99 {alone.p99 * 1000:.0f} ms; {alone}")


async def _reloads(bot: BotProcess, document: Path, count: int) -> None:
    for _ in range(count):
        await _reload(bot, document)


async def _reload(bot: BotProcess, document: Path) -> None:
    """The other version on the disk, and SIGHUP; returns when it is kept, which is when it is served.

    The database tells: a question would stand in line behind all that are in flight.
    """
    before = _versions(document)
    for path in (document / "source.txt", document / "points.yaml", document / "quiz.yaml"):
        text = path.read_text(encoding="utf-8")
        old, new = FIGURE if FIGURE[0] in text else FIGURE[::-1]
        path.write_text(text.replace(old, new), encoding="utf-8")
    bot.send(signal.SIGHUP)
    for _ in range(2400):  # what is waited for happens in another process
        if _versions(document) != before:
            return
        await asyncio.sleep(0.05)
    raise TimeoutError("the other version was not served within two minutes")


def _versions(document: Path) -> int:
    address = f"file:{document.parent / DATABASE}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM versions").fetchone()[0])


class _Taken:
    """Seconds that each question took, and what was wrong with replies."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.wrong: Counter[str] = Counter()

    @property
    def p99(self) -> float:
        return quantiles(self.taken, n=100)[98]

    def __str__(self) -> str:
        faults = "".join(f"; {count} x {fault}" for fault, count in self.wrong.most_common(5))
        return f"{len(self.taken)} questions, {self.wrong.total()} wrong{faults}"


async def _load(
    client: aiohttp.ClientSession,
    asked: list[str],
    in_flight: int,
    right: dict[str, set[str]],
    until: Callable[[], Awaitable[None]],
) -> _Taken:
    """Keep ``in_flight`` questions in flight while ``until`` runs."""
    found = _Taken()
    over = asyncio.Event()

    async def one(mine: Iterator[str]) -> None:
        while not over.is_set():
            question = next(mine)
            started = time.perf_counter()
            fault = ""
            try:
                reply = await _ask(client, question)
                if reply not in right[question]:
                    fault = f"neither version's reply to {question!r}"
            except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
                fault = repr(error)
            found.taken.append(time.perf_counter() - started)
            if fault:
                found.wrong[fault] += 1

    shared = cycle(asked)
    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(one(shared))
        await until()
        over.set()
    return found


async def _ask(client: aiohttp.ClientSession, question: str) -> str:
    async with client.post("/api/ask", json={"question": question}) as response:
        response.raise_for_status()
        return str((await response.json())["reply"])


@asynccontextmanager
async def _client(url: str, in_flight: int) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=in_flight)
    timeout = aiohttp.ClientTimeout(total=300)
    async with aiohttp.ClientSession(url, connector=connector, timeout=timeout) as client:
        yield client
