from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.channels.web.server import WebServer, listener_on, why_not
from bot.errors import ConfigError
from bot.wording import Cli


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


async def test_a_reply_on_a_reused_connection_waits_for_no_acknowledgement() -> None:
    accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listener_on("127.0.0.1", 0)
    async with await asyncio.start_server(look, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        assert await accepted != 0
        writer.close()
        await writer.wait_closed()


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


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EADDRINUSE, Cli.PORT_TAKEN),
        (errno.EACCES, Cli.PORT_FORBIDDEN),
        (errno.EPERM, Cli.PORT_FORBIDDEN),
        (errno.EADDRNOTAVAIL, Cli.HOST_ELSEWHERE),
        (errno.EAFNOSUPPORT, Cli.HOST_ELSEWHERE),
        (errno.EMFILE, Cli.CANNOT_LISTEN),
    ],
)
def test_each_reason_for_not_listening_has_its_own_sentence(number: int, sentence: str) -> None:
    error = OSError(number, os.strerror(number))
    told = why_not(error, "h", 80)
    assert told == sentence.format(host="h", port=80, reason=os.strerror(number))


def test_a_name_that_nobody_knows_is_told_as_such() -> None:
    error = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert why_not(error, "nohost", 80) == Cli.HOST_UNKNOWN.format(host="nohost")


@pytest.mark.parametrize(("host", "sentence"), [("192.0.2.1", Cli.HOST_ELSEWHERE), ("x" * 64, Cli.HOST_UNKNOWN)])
async def test_a_host_that_is_not_this_machine_is_not_a_port_in_use(host: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        await WebServer(hello, host, 0).run(asyncio.Event())
    assert str(caught.value) == sentence.format(host=host)
