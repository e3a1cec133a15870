"""What a question costs over HTTP, and what eight long ones cost everybody else, beside a bare Starlette endpoint.

The real process on 127.0.0.1, and the bare endpoint in a process of its own on the same server with the same options;
the same client asks both in turns. «Asked again» is a question that was judged before; «never seen» ones are made up of
pieces of the source. Others ask through ``/api/ask`` and on the page while eight askers, each in a session of its own,
put one question of 299 characters after the other; their yardstick is the same process left alone.

The client is a bare one too: a slower one would be what is measured, and all would look alike.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from html import escape
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median
from typing import Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.server import WebServer
from bot.config import ROOT, read_settings
from bot.knowledge.load import load
from tests.e2e.bot_process import bot_process

ROUNDS: Final = 5  # of each load, the bare endpoint and ours in turns; the median counts
SECONDS: Final = 3.0  # each
LONG, SHORT = 299, 20  # characters
ASKERS = 8
AGAIN = "三级联创有什么新做法"
_AT = "网页已启动："
Send = Callable[[], Awaitable[None]]


class Connection(asyncio.Protocol):
    """One kept-alive connection of the client: a request, then its response."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._read = b""
        self._response: asyncio.Future[tuple[bytes, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(body) >= length and self._response is not None:
            self._read = b""
            self._response.set_result((head, body))
            self._response = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._response is not None and not self._response.done():
            self._response.set_exception(exc or ConnectionError("closed"))

    async def post(self, path: str, body: bytes, *headers: str, status: bytes = b"200") -> tuple[bytes, bytes]:
        """The head and the body of the response; AssertionError where it has another ``status``."""
        return await self._send("POST", path, body, headers, status)

    async def _send(
        self, method: str, path: str, body: bytes, headers: Sequence[str], status: bytes
    ) -> tuple[bytes, bytes]:
        assert self._transport is not None
        self._response = asyncio.get_running_loop().create_future()
        lines = (f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", *headers, "", "")
        self._transport.write("\r\n".join(lines).encode() + body)
        head, answered = await self._response
        assert head[9:12] == status, (head, answered)
        return head, answered

    async def get(self, path: str, *headers: str) -> tuple[bytes, bytes]:
        """The head and the body of a page; AssertionError where that is no success."""
        return await self._send("GET", path, b"", headers, b"200")

    async def ask(self, question: str, session: str = "") -> None:
        """Put ``question`` to ``/api/ask``."""
        asked = {"question": question, **({"session": session} if session else {})}
        await self.post("/api/ask", json.dumps(asked).encode(), "Content-Type: application/json")

    def close(self) -> None:
        assert self._transport is not None
        self._transport.close()


def main() -> None:
    """Print questions a second, their ratios, and others' p50."""
    asyncio.run(_measure())


async def _measure() -> None:
    source = load(read_settings().knowledge_dir).source
    async with bare_endpoint() as bare:
        async with served_bot(meaning=False) as words:
            await _compare("never seen, by words", bare, words, 16, made_up(source, SHORT, seed=1))
        async with served_bot(meaning=True) as bot:
            await _compare("never seen, with model", bare, bot, 16, made_up(source, SHORT, seed=2))
            for in_flight in (1, 16):
                await _compare("asked again", bare, bot, in_flight, _forever(AGAIN), aim=0.4 if in_flight > 1 else None)
            await _disturb(bot, source)


def made_up(source: str, size: int, seed: int) -> Iterator[str]:
    """Questions of ``size`` characters that nobody asked before, of pieces of ``source``."""
    draw = random.Random(seed)
    text = "".join(source.split())
    for number in count():
        made = f"{number}问"
        while len(made) < size:
            start = draw.randrange(len(text) - 12)
            made += text[start : start + draw.randint(4, 12)]
        yield made[:size]


def _forever(question: str) -> Iterator[str]:
    while True:
        yield question


async def _compare(
    what: str, bare: int, ours: int, in_flight: int, asked: Iterator[str], *, aim: float | None = None
) -> None:
    ratios, speeds, yardsticks = [], [], []
    for _ in range(ROUNDS):
        yardsticks.append(await _speed(bare, in_flight, _forever(AGAIN)))
        speeds.append(await _speed(ours, in_flight, asked))
        ratios.append(speeds[-1] / yardsticks[-1])
    told = f", aim {aim}" if aim is not None else ""
    name = f"web, {what}, {in_flight} connection{'s' if in_flight > 1 else ''}"
    print(f"{name:45} {median(speeds):.0f} questions/s, ratio {median(ratios):.3f}{told}")
    print(
        f"  yardstick bare Starlette {median(yardsticks):.0f}/s; ratios {' '.join(f'{ratio:.3f}' for ratio in ratios)}"
    )


async def _speed(port: int, in_flight: int, asked: Iterator[str]) -> float:
    """Questions a second of so many connections."""
    connections = [await connect(port) for _ in range(in_flight)]
    for connection in connections:
        await connection.ask(next(asked))
    started = time.perf_counter()
    times = await asyncio.gather(*(_times(lambda c=one: c.ask(next(asked)), SECONDS) for one in connections))  # type: ignore[misc]
    taken = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return sum(map(len, times)) / taken


async def _times(send: Send, seconds: float, pause: float = 0.0) -> list[float]:
    """Seconds that each took of what was sent one after the other, with ``pause`` seconds between."""
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while (started := time.perf_counter()) < end:
        await send()
        taken.append(time.perf_counter() - started)
        if pause:
            await asyncio.sleep(pause)
    return taken


async def _disturb(port: int, source: str) -> None:
    """Others' p50 alone and beside eight askers of long questions."""
    api, known, short = [await connect(port) for _ in range(3)]
    head, _ = await api.post("/chat", _form(AGAIN), _FORM)
    cookie = head.partition(b"set-cookie: ")[2].split(b";", 1)[0].decode()
    new = made_up(source, SHORT, seed=3)

    async def on_the_page() -> None:
        await api.post("/chat", _form(AGAIN), _FORM, f"Cookie: {cookie}")

    others: dict[str, Send] = {
        "the page, asked again": on_the_page,
        "/api/ask, asked again": lambda: known.ask(AGAIN, "somebody"),
        "/api/ask, 20 never seen characters": lambda: short.ask(next(new), "somebody else"),
    }
    alone = await _all(others)
    long = made_up(source, LONG, seed=4)
    flood = [await connect(port) for _ in range(ASKERS)]
    over = asyncio.Event()

    async def go_on(number: int) -> int:
        asked = 0
        while not over.is_set():
            await flood[number].ask(next(long), f"asker {number}")
            asked += 1
        return asked

    asking = [asyncio.create_task(go_on(number)) for number in range(ASKERS)]
    await asyncio.sleep(1.0)
    beside = await _all(others)
    over.set()
    asked = sum(await asyncio.gather(*asking))
    for name in others:
        p50, left_alone = median(beside[name]) * 1000, median(alone[name]) * 1000
        what = f"web, beside {ASKERS} of {LONG} characters, {name}"
        print(f"{what:65} p50 {p50:.1f} ms, ratio {p50 / left_alone:.2f}, aim 3")
        print(f"  yardstick: left alone p50 {left_alone:.1f} ms")
    print(f"  meanwhile {asked} of the long ones were answered")


async def _all(others: dict[str, Send]) -> dict[str, list[float]]:
    taken = await asyncio.gather(*(_times(send, 4 * SECONDS, pause=0.05) for send in others.values()))
    return dict(zip(others, taken, strict=True))


_FORM = "Content-Type: application/x-www-form-urlencoded"


def _form(question: str) -> bytes:
    return urlencode({"question": question}).encode()


async def connect(port: int) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection


@asynccontextmanager
async def served_bot(*, meaning: bool, prepare: Callable[[Path], Awaitable[None]] | None = None) -> AsyncIterator[int]:
    """The port of the real process on the first document, with nobody's limits.

    ``prepare`` puts something into its folder before it starts.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if prepare is not None:
            await prepare(folder)
        kept = ROOT / "data" / "cache"
        if kept.is_dir():  # the meanings of the document, which take half a minute to make
            copytree(kept, folder / "data" / "cache")
        settings = {
            "KNOWLEDGE_DIR": str(read_settings().knowledge_dir),
            "MEANING": str(meaning).lower(),
            "RATE_MEMBER": "0",
            "RATE_CHAT": "0",
            "RATE_ADDRESS": "0",
        }
        async with bot_process(folder, **settings) as bot:
            await bot.says(_AT)
            url = bot.output.split(_AT)[1].split()[0]
            yield int(url.rstrip("/").rpartition(":")[2])


@asynccontextmanager
async def bare_endpoint() -> AsyncIterator[int]:
    """The port of the bare endpoint, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.web", stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _serve_bare() -> None:
    async def answer(request: Request) -> Response:
        return JSONResponse({"reply": json.loads(await request.body())["question"]})

    async def read_form(request: Request) -> Response:
        async with request.form() as form:
            return HTMLResponse(
                f"<!doctype html><title>{escape(str(form.get('action', '')))}</title>{'<p>好</p>' * 50}"
            )

    routes = [Route("/api/ask", answer, methods=["POST"]), Route("/form", read_form, methods=["POST"])]
    server = WebServer(Starlette(routes=routes), "127.0.0.1", 0)
    serving = asyncio.create_task(server.run(asyncio.Event()))
    await server.started.wait()
    print(server.port, flush=True)
    await serving


if __name__ == "__main__":
    asyncio.run(_serve_bare())
