"""What a live room costs with 500 players: how soon a question is shown to all, and all answers are counted.

The real process on 127.0.0.1, each player with a stream of events and a connection for answers, all from one address.
A question counts as shown when its event has come whole. All answer as soon as it is shown to all; an answer counts
when it is acknowledged, which is after it is stored. The yardstick is a bare Starlette application on the same server
that sends the same bytes to as many streams, and answers a post with a constant; both are measured in turns, by the
same client. CPU seconds are those of the server's process.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web.connections import ConnectionLimits
from bot.channels.web.server import WebServer
from bot.config import ROOT
from tests.bench.web import Connection, connect, served_bot

PLAYERS: Final = 500
QUESTIONS: Final = 5
SHOWN_AIM: Final = 1.0
"""Seconds from the host's press until the last of 99 in 100 players has the question."""
COUNTED_AIM: Final = 5.0
_FORM: Final = "Content-Type: application/x-www-form-urlencoded"
_JSON: Final = "Accept: application/json"
_COOKIE = re.compile(rb"(?i)set-cookie: ([^;]+)")


class Stream(asyncio.Protocol):
    """A client of server-sent events. ``latest`` is the last whole event, ``came`` when it was whole."""

    def __init__(self, path: str, *headers: str) -> None:
        self._request = "\r\n".join((f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", "")).encode()
        self._read = b""
        self._awaited = b""
        self._came: asyncio.Future[float] | None = None
        self.latest = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._read += data
        found, end, rest = self._read.rpartition(b"\n\n")
        if not end:
            return
        self._read = rest
        for event in found.split(b"\n\n"):
            _, is_event, told = event.rpartition(b"data: ")
            if is_event:
                self.latest = told
                if self._came is not None and self._awaited in told and not self._came.done():
                    self._came.set_result(time.perf_counter())

    def waits_for(self, words: bytes) -> asyncio.Future[float]:
        """When an event with ``words`` in it is whole, on the clock of the client."""
        self._awaited, self._came = words, asyncio.get_running_loop().create_future()
        return self._came


class Player:
    """A phone: a stream and a connection for answers."""

    def __init__(self, code: str, number: int) -> None:
        self.name = f"队员{number}"
        self._path = f"/room/{code}"
        self._cookie = ""
        self._connection: Connection | None = None
        self.stream: Stream | None = None

    async def joins(self, port: int) -> None:
        self._connection = await connect(port)
        head, _ = await self._connection.post(
            f"{self._path}/join", urlencode({"name": self.name}).encode(), _FORM, _JSON
        )
        found = _COOKIE.search(head)
        assert found is not None
        self._cookie = f"Cookie: {found[1].decode()}"
        self.stream = await streaming(port, f"{self._path}/events?view=player", self._cookie)

    async def answers(self, question: int, choice: int) -> float:
        """When it is acknowledged."""
        assert self._connection is not None
        form = urlencode({"question": question, "choice": choice}).encode()
        await self._connection.post(f"{self._path}/answer", form, _FORM, _JSON, self._cookie)
        return time.perf_counter()


async def streaming(port: int, path: str, *headers: str) -> Stream:
    _, stream = await asyncio.get_running_loop().create_connection(lambda: Stream(path, *headers), "127.0.0.1", port)
    return stream


class Host:
    """Who leads, with the first member's cookie of the page and the host's of the room."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: list[str] = []
        self._connection: Connection | None = None
        self.code = ""

    async def opens(self) -> None:
        self._connection = await connect(self._port)
        await self._post("/chat", question="你好")
        await self._post("/name", name="主持人", question="你好")
        body = await self._post("/room/open", questions=str(QUESTIONS), seconds="600")
        self.code = json.loads(body)["code"]

    async def presses(self, action: str) -> None:
        await self._post(f"/room/{self.code}/control", action=action)

    async def _post(self, path: str, **fields: str) -> bytes:
        assert self._connection is not None
        cookie = f"Cookie: {'; '.join(self._cookies)}" if self._cookies else "X-Nothing: -"
        head, body = await self._connection.post(path, urlencode(fields).encode(), _FORM, _JSON, cookie)
        for found in _COOKIE.findall(head):
            name = found.decode().partition("=")[0]
            self._cookies = [one for one in self._cookies if not one.startswith(f"{name}=")] + [found.decode()]
        return body


def main() -> None:
    """Print p99 of shown and counted beside the yardstick's, CPU seconds and memory."""
    asyncio.run(_measure())


async def _measure() -> None:
    async with bare_broadcast() as (bare, bare_pid), served_bot_with_pid() as (port, pid):
        host = Host(port)
        await host.opens()
        players = [Player(host.code, number) for number in range(PLAYERS)]
        started = time.perf_counter()
        for first in range(0, PLAYERS, 50):
            await asyncio.gather(*(player.joins(port) for player in players[first : first + 50]))
        print(
            f"room, {PLAYERS} players come in {time.perf_counter() - started:10.1f} s, memory {memory_mb(pid):.0f} MB"
        )
        streams = [player.stream for player in players if player.stream is not None]
        yardstick = [await streaming(bare, "/events") for _ in range(PLAYERS)]
        posts = [await connect(bare) for _ in range(PLAYERS)]
        shown, counted, bare_shown, bare_counted = [], [], [], []
        cpu, bare_cpu = [], []
        chosen: list[dict[str, int]] = []
        rights: list[list[int]] = []
        for number in range(1, QUESTIONS + 1):
            before = cpu_seconds(bare_pid)
            event = streams[0].latest or b"{}"
            shown_bare, counted_bare = await _bare_round(yardstick, posts, bare, event, number)
            bare_shown += shown_bare
            bare_counted.append(counted_bare)
            bare_cpu.append(cpu_seconds(bare_pid) - before)

            before = cpu_seconds(pid)
            waits = [stream.waits_for(b'"number":%d,' % number) for stream in streams]
            pressed = time.perf_counter()
            await host.presses("start" if number == 1 else "next")
            shown += [came - pressed for came in await asyncio.gather(*waits)]
            waits = [stream.waits_for(b'"phase":"reveal"') for stream in streams]
            begun = time.perf_counter()
            choices = {player.name: (number + index) % 2 for index, player in enumerate(players)}
            chosen.append(choices)
            acknowledged = await asyncio.gather(*(player.answers(number, choices[player.name]) for player in players))
            counted.append(max(acknowledged) - begun)
            await asyncio.gather(*waits)
            cpu.append(cpu_seconds(pid) - before)
            rights.append(json.loads(streams[0].latest)["reveal"]["correct"])
        waits = [stream.waits_for(b'"phase":"ended"') for stream in streams]
        await host.presses("next")
        await asyncio.gather(*waits)
        await _report(shown, counted, bare_shown, bare_counted)
        print(
            f"  server: {median(cpu):.2f} s of CPU a question, yardstick {median(bare_cpu):.2f} s; "
            f"memory {memory_mb(pid):.0f} MB, yardstick {memory_mb(bare_pid):.0f} MB"
        )
        _recount(players, streams, rights, chosen)


async def _report(shown: list[float], counted: list[float], bare_shown: list[float], bare_counted: list[float]) -> None:
    p99, bare_p99 = quantiles(shown, n=100)[98], quantiles(bare_shown, n=100)[98]
    name = f"room, a question shown to {PLAYERS}"
    print(f"{name:45} p50 {median(shown) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, aim {SHOWN_AIM * 1000:.0f} ms")
    print(f"  yardstick bare Starlette broadcast p99 {bare_p99 * 1000:.0f} ms, ratio {p99 / bare_p99:.2f}")
    name = f"room, {PLAYERS} answers stored and acknowledged"
    print(f"{name:45} {max(counted):.2f} s at most, median {median(counted):.2f} s, aim {COUNTED_AIM:.0f} s")
    ratio = median(counted) / median(bare_counted)
    print(f"  yardstick bare Starlette posts {median(bare_counted):.2f} s, ratio {ratio:.2f}")


def _recount(
    players: list[Player], streams: list[Stream], rights: list[list[int]], chosen: list[dict[str, int]]
) -> None:
    """Every player has the points of the answers that were acknowledged and right. AssertionError if one has not."""
    told = [json.loads(stream.latest)["you"]["points"] for stream in streams]
    wanted = [
        sum([choices[player.name]] == right for choices, right in zip(chosen, rights, strict=True))
        for player in players
    ]
    assert told == wanted, (sum(told), sum(wanted))
    print(f"  {sum(told)} points of {len(told)} players, equal to a recount of {len(told) * len(rights)} answers")


async def _bare_round(
    streams: list[Stream], posts: list[Connection], port: int, event: bytes, number: int
) -> tuple[list[float], float]:
    mark = b"round-%d" % number
    waits = [stream.waits_for(mark) for stream in streams]
    pressing = await connect(port)
    pressed = time.perf_counter()
    await pressing.post("/say", event + mark)
    shown = [came - pressed for came in await asyncio.gather(*waits)]
    pressing.close()
    begun = time.perf_counter()
    await asyncio.gather(*(one.post("/answer", b"question=1&choice=1", _FORM) for one in posts))
    return shown, time.perf_counter() - begun


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory_mb(pid: int) -> float:
    """Resident memory of a process in MB."""
    found = re.search(r"^VmRSS:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) / 1024 if found is not None else 0.0


@asynccontextmanager
async def served_bot_with_pid() -> AsyncIterator[tuple[int, int]]:
    """The port and the process of the real bot."""
    async with served_bot(meaning=False) as port:
        yield port, pid_of(port)


def pid_of(port: int) -> int:
    """The process that listens on ``port`` of this machine."""
    wanted = f":{port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    inode = next(line[9] for line in lines if line[1].endswith(wanted) and line[3] == "0A")
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                if any(link.readlink().as_posix() == f"socket:[{inode}]" for link in (folder / "fd").iterdir()):
                    return int(folder.name)
    raise LookupError(port)


@asynccontextmanager
async def bare_broadcast() -> AsyncIterator[tuple[int, int]]:
    """The port and the process of the bare application."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.room", stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline()), process.pid
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _serve_bare() -> None:
    said = [b"{}"]
    changed = [asyncio.Event()]

    async def events(_: Request) -> Response:
        async def told() -> AsyncGenerator[bytes]:
            while True:
                waiting = changed[0]
                yield b"data: " + said[0] + b"\n\n"
                await waiting.wait()

        return StreamingResponse(told(), media_type="text/event-stream")

    async def say(request: Request) -> Response:
        said[0] = await request.body()
        changed[0].set()
        changed[0] = asyncio.Event()
        return JSONResponse({})

    async def answer(request: Request) -> Response:
        await request.body()
        return JSONResponse({"accepted": True})

    routes = [
        Route("/events", events),
        Route("/say", say, methods=["POST"]),
        Route("/answer", answer, methods=["POST"]),
    ]
    many = ConnectionLimits(total=4 * PLAYERS, by_address=4 * PLAYERS)
    server = WebServer(Starlette(routes=routes), "127.0.0.1", 0, limits=many)
    serving = asyncio.create_task(server.run(asyncio.Event()))
    await server.started.wait()
    print(server.port, flush=True)
    await serving


if __name__ == "__main__":
    asyncio.run(_serve_bare())
