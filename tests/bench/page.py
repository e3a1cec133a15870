"""What an answer in practice costs on the page, beside a bare Starlette form post, and how long 500 members wait.

The real process on 127.0.0.1. A member answers a question by its form and asks for the next one: two posts, of which
each is durable before it is told. The bare endpoint reads a form and gives a page of some hundred bytes. The same
client posts to both in turns.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode

from tests.bench.web import Connection, bare_endpoint, connect, served_bot

ROUNDS: Final = 5
SECONDS: Final = 3.0
TOGETHER: Final = 16
MEMBERS: Final = 500
THINKING: Final = 15.0
"""Seconds that each of the many members takes from one tap to the next."""
_FORM: Final = "Content-Type: application/x-www-form-urlencoded"
_OPTION = re.compile(rb'data-answers="([^"]+)"')
_SEVERAL = re.compile(rb'name="form" value="([^"]+)"')
_NEXT = re.compile(rb'value="(q:c|q:r-[^"]+)"')


def main() -> None:
    """Print answers a second, their ratio, and the p99 from tap to shown."""
    asyncio.run(_measure())


class Member:
    """Somebody who practises without an end. ``taken``: seconds of each post."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._name = f"成员{number}"
        self._cookie = ""
        self._page = b""
        self.answers = 0
        self.taken: list[float] = []

    async def enters(self) -> None:
        """Gets a cookie, says a name, and begins."""
        head, _ = await self._connection.post("/chat", _fields(question="你好"), _FORM)
        found = re.search(rb"(?i)set-cookie: ([^;]+)", head)
        assert found is not None
        self._cookie = found[1].decode()
        await self._posts("/name", name=self._name, question="答题 50")

    async def taps(self) -> None:
        """Answers what is asked, or asks for the next."""
        single, several = _OPTION.findall(self._page), _SEVERAL.findall(self._page)
        if single or several:
            self.answers += 1
            if single:
                await self._posts("/chat", action=single[-1].decode() + "0")
            else:
                await self._posts("/chat", form=several[-1].decode(), option0="1")
            return
        await self._posts("/chat", action=_NEXT.findall(self._page)[-1].decode())

    async def _posts(self, path: str, **fields: str) -> None:
        started = time.perf_counter()
        _, self._page = await self._connection.post(path, _fields(**fields), _FORM, f"Cookie: {self._cookie}")
        self.taken.append(time.perf_counter() - started)


async def _measure() -> None:
    async with bare_endpoint() as bare, served_bot(meaning=False) as port:
        members = await _entered(port, range(TOGETHER))
        yardsticks, speeds = [], []
        for _ in range(ROUNDS):
            yardsticks.append(await _posts_a_second(bare))
            speeds.append(await _answers_a_second(members))
        ratios = [speed / yardstick for speed, yardstick in zip(speeds, yardsticks, strict=True)]
        name = f"page, practice, {TOGETHER} members"
        print(f"{name:45} {median(speeds):.0f} answers/s, ratio {median(ratios):.3f}, aim 0.3")
        print(f"  yardstick bare Starlette form post {median(yardsticks):.0f}/s", flush=True)
        for first in range(TOGETHER, MEMBERS, TOGETHER):
            members += await _entered(port, range(first, min(first + TOGETHER, MEMBERS)))
        for member in members:
            member.taken.clear()
        await asyncio.gather(*(_plays(member, number) for number, member in enumerate(members)))
        taken = [one for member in members for one in member.taken]
        p99 = quantiles(taken, n=100)[98] * 1000
        name = f"page, from tap to shown, {MEMBERS} members"
        print(f"{name:45} p50 {median(taken) * 1000:.1f} ms, p99 {p99:.1f} ms of {len(taken)} taps")


async def _entered(port: int, numbers: Iterable[int]) -> list[Member]:
    """Members of these ``numbers``, who have begun to practise."""
    members = [Member(await connect(port), number) for number in numbers]
    await asyncio.gather(*(member.enters() for member in members))
    return members


async def _plays(member: Member, number: int) -> None:
    await asyncio.sleep(THINKING * number / MEMBERS)
    for _ in range(3):
        await member.taps()
        await asyncio.sleep(THINKING)


async def _answers_a_second(members: list[Member]) -> float:
    before, started = sum(member.answers for member in members), time.perf_counter()

    async def play(member: Member) -> None:
        while time.perf_counter() < started + SECONDS:
            await member.taps()

    await asyncio.gather(*map(play, members))
    return (sum(member.answers for member in members) - before) / (time.perf_counter() - started)


async def _posts_a_second(port: int) -> float:
    connections = [await connect(port) for _ in range(TOGETHER)]
    started, posted = time.perf_counter(), 0

    async def post(connection: Connection) -> None:
        nonlocal posted
        while time.perf_counter() < started + SECONDS:
            await connection.post("/form", _fields(action="q:a-12345678-3-0", after="1234567890"), _FORM)
            posted += 1

    await asyncio.gather(*map(post, connections))
    taken = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return posted / taken


def _fields(**fields: str) -> bytes:
    return urlencode(fields).encode()
