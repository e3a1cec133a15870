"""Members who write papers of a competition at the pace of 5,000 in ten minutes: how long a save takes; none lost.

The real process on 127.0.0.1. A tenth of the members in a tenth of the time, which is the same load on the server:
eight to nine begin each second, each answers twenty questions one after the other and gives the paper in. The load is
open: members begin when it is their turn, however slow the server is. An answer counts when it is acknowledged, which
is after it is stored; times are from sending to the whole response. In the end what was acknowledged is counted again
in the database. The yardstick is a bare Starlette endpoint in a process of its own, which reads a form of the same
length and stores nothing, under the same load of the same client, before and after.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sqlite3
import time
import zlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode

from bot.records.papers import CompetitionRecord
from bot.storage.store import SqlStore
from tests.bench.room import cpu_seconds, memory_mb, pid_of
from tests.bench.web import Connection, bare_endpoint, connect, served_bot

MEMBERS: Final = 500
SECONDS: Final = 60.0
QUESTIONS: Final = 20
BETWEEN: Final = 0.5
"""Seconds between two answers of a member: far less than people take, so that papers overlap less than they would."""
AIM: Final = 0.5
"""Seconds within which 99 of 100 answers are stored."""
_FORM: Final = "Content-Type: application/x-www-form-urlencoded"
_JSON: Final = "Accept: application/json"
_COOKIE = re.compile(rb"(?i)set-cookie: ([^;]+)")
_PAPER = re.compile(rb'name="paper" value="([^"]+)"')


class Member:
    """A phone: a cookie, a connection, and what was acknowledged of its paper."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._number = number
        self._draw = random.Random(number)
        self.paper = ""
        self.acknowledged: dict[int, int] = {}
        self.points = -1

    async def writes(self, answers: list[float], ends: list[float]) -> None:
        """A whole paper; what each answer and each giving in took goes to the lists."""
        connection = await connect(self._port)
        try:
            await self._writes(connection, answers, ends)
        finally:
            connection.close()

    async def _writes(self, connection: Connection, answers: list[float], ends: list[float]) -> None:
        head, _ = await connection.get("/paper/c")
        found = _COOKIE.search(head)
        assert found is not None
        cookie = f"Cookie: {found[1].decode()}"
        form = urlencode({"name": f"队员{self._number}", "branch": f"{self._number % 20}支部"}).encode()
        await connection.post("/paper/c/start", form, _FORM, cookie, status=b"303")
        _, page = await connection.get("/paper/c", cookie)
        paper = _PAPER.search(page)
        assert paper is not None
        self.paper = paper[1].decode()
        for number in range(QUESTIONS):
            await asyncio.sleep(BETWEEN)
            choice = self._draw.randrange(2)
            form = urlencode({"paper": self.paper, f"q{number}": choice}).encode()
            began = time.perf_counter()
            await connection.post("/paper/c/answer", form, _FORM, _JSON, cookie)
            answers.append(time.perf_counter() - began)
            self.acknowledged[number] = choice
        began = time.perf_counter()
        form = urlencode({"paper": self.paper}).encode()
        await connection.post("/paper/c/give-in", form, _FORM, cookie, status=b"303")
        ends.append(time.perf_counter() - began)
        _, page = await connection.get(f"/paper/c/result?paper={self.paper}", cookie)
        told = re.search(r"答对 (\d+) 题", page.decode())
        assert told is not None
        self.points = int(told[1])


def main() -> None:
    """Print p50 and p99 of answers and of giving in beside the yardstick's, and the recount."""
    asyncio.run(_measure())


async def _measure() -> None:
    folders: list[Path] = []

    async def prepare(folder: Path) -> None:
        folders.append(folder)
        await _publish(folder)

    async with bare_endpoint() as bare, served_bot(meaning=False, prepare=prepare) as port:
        pid = pid_of(port)
        before = await _yardstick(bare)
        answers: list[float] = []
        ends: list[float] = []
        members = [Member(port, number) for number in range(MEMBERS)]
        cpu, began = cpu_seconds(pid), time.perf_counter()
        await _in_turn([lambda one=member: one.writes(answers, ends) for member in members])  # type: ignore[misc]  # bound
        took = time.perf_counter() - began
        cpu = cpu_seconds(pid) - cpu
        yardstick = [*before, *await _yardstick(bare)]
        p99, bare_p99 = quantiles(answers, n=100)[98], quantiles(yardstick, n=100)[98]
        name = f"papers, {len(answers)} answers of {MEMBERS} members in {took:.0f} s"
        print(f"{name:55} p50 {median(answers) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, aim {AIM * 1000:.0f} ms")
        print(f"  given in p50 {median(ends) * 1000:.1f} ms, p99 {quantiles(ends, n=100)[98] * 1000:.1f} ms")
        print(
            f"  yardstick bare Starlette form p50 {median(yardstick) * 1000:.1f} ms, p99 {bare_p99 * 1000:.1f} ms, "
            f"ratio of p99 {p99 / bare_p99:.2f}"
        )
        print(f"  server: {cpu:.1f} s of CPU in {took:.0f} s, memory {memory_mb(pid):.0f} MB")
        await asyncio.to_thread(_recount, folders[0] / "data" / "bot.sqlite3", members)


async def _publish(folder: Path) -> None:
    now = datetime.now(UTC)
    store = await SqlStore.open(f"sqlite+aiosqlite:///{folder / 'data' / 'bot.sqlite3'}")
    until = now + timedelta(days=1)
    rules = (QUESTIONS, 60, 1)
    of = CompetitionRecord("c", "竞赛", now, until, "", "", *rules, "best", "", False, "", now, "seed")
    await store.papers.save_competition(of)
    await store.close()


async def _in_turn(papers: list[Callable[[], Awaitable[None]]]) -> None:
    """Begin each when it is its turn, whether or not the ones before are done."""
    writing = []
    began = time.perf_counter()
    for number, paper in enumerate(papers):
        await asyncio.sleep(max(0.0, began + number * SECONDS / MEMBERS - time.perf_counter()))
        writing.append(asyncio.ensure_future(paper()))
    await asyncio.gather(*writing)


async def _yardstick(port: int) -> list[float]:
    """What forms of the same length take at the bare endpoint, at the same pace, for a quarter of the members."""
    found: list[float] = []
    body = urlencode({"action": "x" * 24, "q10": 1}).encode()

    async def writes() -> None:
        connection = await connect(port)
        for _ in range(QUESTIONS):
            await asyncio.sleep(BETWEEN)
            began = time.perf_counter()
            await connection.post("/form", body, _FORM, _JSON)
            found.append(time.perf_counter() - began)
        connection.close()

    await _in_turn([writes for _ in range(MEMBERS // 4)])
    return found


def _recount(path: Path, members: list[Member]) -> None:
    """What was acknowledged is stored, once, and every member was told the points of it. AssertionError if not."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        papers = {
            name: (json.loads(zlib.decompress(body)), given_in_at)
            for name, body, given_in_at in connection.execute("SELECT id, questions, given_in_at FROM papers")
        }
        stored: dict[str, dict[int, str]] = {name: {} for name in papers}
        rows = connection.execute("SELECT paper, number, chosen FROM paper_answers").fetchall()
        for paper, number, chosen in rows:
            stored[paper][number] = chosen
    assert len(papers) == len(members) and len(rows) == sum(len(one.acknowledged) for one in members)
    for member in members:
        questions, given_in_at = papers[member.paper]
        assert given_in_at is not None
        assert {number: str(choice) for number, choice in member.acknowledged.items()} == stored[member.paper]
        right = sum(one["correct"] == [member.acknowledged[number]] for number, one in enumerate(questions))
        assert right == member.points, (member.paper, right, member.points)
    print(f"  {len(rows)} answers of {len(members)} papers stored once, points equal to a recount, none lost")
