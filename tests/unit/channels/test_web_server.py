from __future__ import annotations

import asyncio
import signal

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.channels.web.server import WebServer
from bot.errors import ConfigError


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def test_the_server_tells_its_port_leaves_signals_alone_and_stops_when_told() -> None:
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    stop = asyncio.Event()
    server = WebServer(hello, "127.0.0.1", 0)
    running = asyncio.create_task(server.run(stop))
    await server.started.wait()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == handlers
    assert server.port != 0 and server.url == f"http://127.0.0.1:{server.port}/"
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(server.url)
    assert response.text == "ok" and "server" not in response.headers
    stop.set()
    await running
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", server.port)


async def test_a_port_in_use_is_told_in_chinese() -> None:
    stop = asyncio.Event()
    first = WebServer(hello, "127.0.0.1", 0)
    running = asyncio.create_task(first.run(stop))
    await first.started.wait()
    with pytest.raises(ConfigError, match=f"端口 {first.port} 被占用"):
        await WebServer(hello, "127.0.0.1", first.port).run(stop)
    stop.set()
    await running


async def test_a_cancelled_server_lets_go_of_its_port() -> None:
    server = WebServer(hello, "127.0.0.1", 0)
    running = asyncio.create_task(server.run(asyncio.Event()))
    await server.started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    stop = asyncio.Event()
    stop.set()
    await WebServer(hello, "127.0.0.1", server.port).run(stop)
