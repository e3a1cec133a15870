"""The real process is killed in the middle of a live room, as kill -9 does, and started again on the port it had.

Players and host come back by their cookies alone, as a phone's page does. What was acknowledged before each kill has to
be there, once; what was on its way may be or not.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.bot_process import BotProcess, bot_process

UP = "网页已启动"
NAMES = ("李雷", "韩梅", "小明")
JSON = {"Accept": "application/json"}
Snapshot = dict[str, Any]


@dataclass
class Table:
    """A room with its host and its players, who outlive the process. ``acknowledged``: what each was told is taken, by
    question; ``sent``: what else was on its way when the process died. ``right``: the right options of each question
    that was closed. ``port``: where the process listens, 0 before the first one has chosen."""

    host: httpx.AsyncClient
    players: dict[str, httpx.AsyncClient]
    code: str = ""
    acknowledged: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    sent: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    right: dict[int, list[int]] = field(default_factory=dict)
    port: int = 0

    @asynccontextmanager
    async def runs(self, folder: Path) -> AsyncIterator[BotProcess]:
        """The process, where the one before it was."""
        async with bot_process(folder, HTTP_PORT=str(self.port)) as bot:
            await bot.says(UP)
            found = re.search(r"http://127\.0\.0\.1:(\d+)", bot.output)
            assert found is not None, bot.output
            self.port = int(found[1])
            for browser in (self.host, *self.players.values()):
                browser.base_url = httpx.URL(found[0])
            yield bot

    async def opens(self) -> None:
        await self.host.get("/")
        await self.host.post("/name", data={"name": "主持人"})
        opened = await self.host.post("/room/open", data={"questions": "4", "seconds": "600"}, headers=JSON)
        self.code = opened.json()["code"]
        for name, player in self.players.items():
            assert (await player.post(f"/room/{self.code}/join", data={"name": name}, headers=JSON)).status_code == 200

    async def controls(self, action: str) -> None:
        done = await self.host.post(f"/room/{self.code}/control", data={"action": action}, headers=JSON)
        assert done.status_code == 200, done.text

    async def answers(self, name: str, choice: int, number: int) -> None:
        self.sent[name, number] = [choice]
        form = {"question": str(number), "choice": str(choice)}
        try:
            done = await self.players[name].post(f"/room/{self.code}/answer", data=form, headers=JSON)
        except httpx.TransportError:  # the process died before it said anything
            return
        assert done.status_code == 200, done.text
        self.acknowledged[name, number] = [choice]

    async def sees(self, name: str) -> Snapshot:
        shown = await self.players[name].get(f"/room/{self.code}/state")
        assert shown.status_code == 200, shown.text
        found: Snapshot = shown.json()
        if found["reveal"] is not None:
            self.right[found["question"]["number"]] = found["reveal"]["correct"]
        return found

    def points_of(self, name: str) -> int:
        """What a player's answers bring, each counted once."""
        return sum(self.right[number] == chosen for (who, number), chosen in self.acknowledged.items() if who == name)

    async def streams(self, name: str, since: int) -> Snapshot:
        """What a player's page is told first when it comes back with what it has seen last."""
        headers = {"Last-Event-ID": str(since)}
        url = f"/room/{self.code}/events?view=player"
        async with asyncio.timeout(20), self.players[name].stream("GET", url, headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    found: Snapshot = json.loads(line.removeprefix("data: "))
                    return found
        raise AssertionError("the stream ended without a word")


@asynccontextmanager
async def table() -> AsyncIterator[Table]:
    async with AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(httpx.AsyncClient(timeout=30)) for _ in range(4)]
        yield Table(browsers[0], dict(zip(NAMES, browsers[1:], strict=True)))


Moment = Callable[[Table, BotProcess], Awaitable[None]]
"""Plays up to the moment at which the process is killed."""


async def in_the_lobby(room: Table, bot: BotProcess) -> None:
    await room.opens()
    await bot.kill()


async def between_answers(room: Table, bot: BotProcess) -> None:
    await room.controls("start")
    await room.answers(NAMES[0], 0, 1)
    await bot.kill()


async def with_answers_on_their_way(room: Table, bot: BotProcess) -> None:
    await room.answers(NAMES[1], 1, 1)
    sending = [asyncio.create_task(room.answers(NAMES[2], 0, 1))]
    await asyncio.sleep(0)
    await bot.kill()
    await asyncio.gather(*sending)


async def while_paused(room: Table, bot: BotProcess) -> None:
    if (await room.sees(NAMES[0]))["phase"] == "question":  # if all answers came through, it has closed by itself
        await room.controls("skip")
    await room.sees(NAMES[0])  # what was right
    await room.controls("next")
    await room.answers(NAMES[0], 1, 2)
    await room.controls("pause")
    await bot.kill()


async def test_after_each_kill_everybody_is_back_and_nothing_acknowledged_is_lost_or_counted_twice(
    tmp_path: Path,
) -> None:
    moments: tuple[Moment, ...] = (in_the_lobby, between_answers, with_answers_on_their_way, while_paused)
    async with table() as room:
        seen: dict[str, int] = dict.fromkeys(NAMES, 0)
        for moment in moments:
            async with room.runs(tmp_path) as bot:
                if room.code:
                    await comes_back(room, seen)
                await moment(room, bot)
        async with room.runs(tmp_path):
            await comes_back(room, seen)
            assert (await room.sees(NAMES[0]))["room"]["paused"]
            await room.controls("resume")
            await room.controls("skip")
            shown = {name: await room.sees(name) for name in NAMES}
            await room.controls("end")
            ended = {name: await room.sees(name) for name in NAMES}
        points = {name: room.points_of(name) for name in NAMES}
        assert {name: shown[name]["you"]["points"] for name in NAMES} == points
        assert {name: ended[name]["you"]["points"] for name in NAMES} == points
        assert {ended[name]["phase"] for name in NAMES} == {"ended"}
        standings = {row["name"]: row["points"] for row in ended[NAMES[0]]["standings"]}
        assert standings == {name: points[name] for name, _ in room.acknowledged}


async def comes_back(room: Table, seen: dict[str, int]) -> None:
    """Everybody's page gets its stream, with what it was told is taken; an answer given again is not taken."""
    for name in NAMES:
        told = await room.streams(name, seen[name])
        assert told["version"] > seen[name] and told["you"]["name"] == name and not told["you"]["removed"]
        seen[name] = told["version"]
        if told["question"] is None:
            continue
        number = told["question"]["number"]
        known = room.acknowledged.get((name, number))
        if known is not None:
            assert told["you"]["choice"] == known
            form = {"question": str(number), "choice": "1"}
            again = await room.players[name].post(f"/room/{room.code}/answer", data=form, headers=JSON)
            assert again.status_code == 409
        elif told["you"]["choice"]:  # it was stored, and the process died before it said so
            assert told["you"]["choice"] == room.sent[name, number]
            room.acknowledged[name, number] = room.sent[name, number]
