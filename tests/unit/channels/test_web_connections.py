"""Raw sockets against the server in this process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.connections import ConnectionLimits
from bot.channels.web.listener import Listener
from bot.channels.web.security import BODY_RECEIVED, POLICY, RAW_HEADERS, SecurityHeaders
from bot.channels.web.server import WebServer
from bot.wording import Web

GET = b"GET / HTTP/1.1\r\nHost: page.test\r\n\r\n"
QUICK = ConnectionLimits(header_seconds=0.2, idle_seconds=0.2, write_seconds=0.2)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


class Endless:
    """Sends for as long as somebody is there; ``left`` is set when nobody is."""

    def __init__(self) -> None:
        self.left = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        listening = asyncio.create_task(self._listen(receive))
        while not self.left.is_set():
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
            await asyncio.sleep(0)
        await listening

    async def _listen(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()


class Site:
    """A server, and the sockets that were opened to it."""

    def __init__(self, server: WebServer) -> None:
        self._server = server
        self.connections = server.connections
        self.writers: list[asyncio.StreamWriter] = []

    async def connect(self, source: str = "127.0.0.1") -> Streams:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._server.port, local_addr=(source, 0))
        self.writers.append(writer)
        return reader, writer


@contextlib.asynccontextmanager
async def served(
    limits: ConnectionLimits, app: ASGIApp = hello, address_of: Callable[[str], str] = str
) -> AsyncIterator[Site]:
    stop = asyncio.Event()
    server = WebServer(app, "127.0.0.1", 0, limits=limits, address_of=address_of)
    running = asyncio.create_task(server.run(stop))
    await server.started.wait()
    site = Site(server)
    try:
        yield site
    finally:
        for writer in site.writers:
            writer.transport.abort()
        stop.set()
        await running
        await asyncio.sleep(0)


async def ask(streams: Streams) -> bytes:
    """The status line of the response to a request."""
    reader, writer = streams
    writer.write(GET)
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(2)
    return head.splitlines()[0]


async def closed(streams: Streams) -> bytes:
    """All that comes until the server closes."""
    try:
        return await streams[0].read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HTTP/1.1\r\n", b"G", GET + GET[:20], b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"],
    ids=["nothing", "half a header", "a letter", "half a second request", "half a body that nobody reads"],
)
async def test_whoever_does_not_finish_a_request_is_let_go(said: bytes) -> None:
    async with served(ConnectionLimits(header_seconds=0.2)) as site:
        streams = await site.connect()
        streams[1].write(said)
        await closed(streams)
        assert len(site.connections) == 0


async def test_a_request_that_drips_in_is_not_waited_for_without_end() -> None:
    async with served(ConnectionLimits(header_seconds=0.3)) as site:
        reader, writer = await site.connect()
        gone = asyncio.create_task(closed((reader, writer)))
        writer.write(b"GET / HTTP/1.1\r\n")
        while not gone.done():
            with contextlib.suppress(ConnectionError):
                writer.write(b"X-A: b\r\n")
                await writer.drain()
            await asyncio.sleep(0.02)
        assert len(site.connections) == 0


async def test_the_application_is_told_when_all_of_the_body_has_come_and_only_then() -> None:
    async def tells(scope: Scope, receive: Receive, send: Send) -> None:
        received = BODY_RECEIVED in scope.get("extensions", {})
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
        await send({"type": "http.response.body", "body": b"%d" % received})

    async with served(ConnectionLimits(), tells) as site:
        reader, writer = await site.connect()
        post = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
        for said, told, rest in (
            (post + b"abc" + GET, b"11", b""),
            (post + b"a", b"0", b"bc"),
            (post + b"abc", b"1", b""),
        ):
            writer.write(said)
            for one in told:
                await reader.readuntil(b"\r\n\r\n")
                assert await reader.readexactly(1) == bytes([one])
            writer.write(rest)


@pytest.mark.parametrize("wraps", [SecurityHeaders, lambda app: app], ids=["with the middleware", "without"])
async def test_each_response_has_each_security_header_once_and_its_own_stays(
    wraps: Callable[[ASGIApp], ASGIApp],
) -> None:
    async def strict(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"0"), (b"Referrer-Policy", b"origin")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async with served(ConnectionLimits(), wraps(strict)) as site:
        reader, writer = await site.connect()
        last = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\n"
        for request in (GET, last):
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            lines = {*head.split(b"\r\n")}
            assert all(head.count(b"\r\n%s: " % name) == 1 for name in RAW_HEADERS)
            assert b"referrer-policy: origin" in lines and b"x-frame-options: deny" in lines


async def test_an_idle_connection_is_closed_after_its_response() -> None:
    async with served(ConnectionLimits(idle_seconds=0.2)) as site:
        streams = await site.connect()
        assert await ask(streams) == b"HTTP/1.1 200 OK"
        assert await closed(streams) == b""


async def test_whoever_does_not_read_the_response_is_let_go() -> None:
    endless = Endless()
    async with served(QUICK, endless) as site:
        _, writer = await site.connect()
        transport = writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()
        writer.write(GET)
        await endless.left.wait()
        assert len(site.connections) == 0


@pytest.mark.slow
async def test_whoever_reads_slowly_but_steadily_gets_all_of_it() -> None:
    size = 20_000_000

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % size)]})
        await send({"type": "http.response.body", "body": b"x" * size})

    async with served(ConnectionLimits(write_seconds=1.0), large) as site:
        reader, writer = await site.connect()
        writer.write(GET)
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(100):  # two seconds and more
            await reader.readexactly(size // 100)
            await asyncio.sleep(0.03)
        assert len(site.connections) == 1


async def test_idle_sockets_make_room_for_newcomers_the_longest_waiting_first() -> None:
    async with served(ConnectionLimits(total=3)) as site:
        first, second, third = [await site.connect() for _ in range(3)]
        for streams in (second, third, first):
            await ask(streams)
        newcomer = await site.connect()
        assert await ask(newcomer) == b"HTTP/1.1 200 OK"
        assert await closed(second) == b""
        assert [await ask(streams) for streams in (first, third)] == [b"HTTP/1.1 200 OK"] * 2
        assert len(site.connections) == 3


async def test_an_address_with_too_many_connections_loses_its_own_only() -> None:
    async with served(ConnectionLimits(by_address=2)) as site:
        others = await site.connect("127.0.0.9")
        greedy = [await site.connect() for _ in range(4)]
        assert [await ask(streams) for streams in (others, *greedy[2:])] == [b"HTTP/1.1 200 OK"] * 3
        assert await closed(greedy[0]) == await closed(greedy[1]) == b""


async def test_streams_of_events_leave_room_for_what_comes_and_goes_from_the_same_address() -> None:
    over = asyncio.Event()

    async def events(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/events":
            await hello(scope, receive, send)
            return
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
        await over.wait()
        await send({"type": "http.response.body", "body": b""})

    async with served(ConnectionLimits(total=2, by_address=2), events) as site:
        streams = []
        for _ in range(5):
            reader, writer = await site.connect()
            writer.write(GET.replace(b" / ", b" /events "))
            await reader.readuntil(b": hello\n\n")
            streams.append((reader, writer))
        assert await ask(await site.connect()) == b"HTTP/1.1 200 OK"
        assert len(site.connections) == 6
        over.set()
        for reader, _ in streams:  # none of them was cut off
            await reader.readuntil(b"0\r\n\r\n")


async def test_a_reverse_proxy_has_as_many_connections_as_there_are() -> None:
    async with served(ConnectionLimits(by_address=2), address_of=lambda _: "") as site:
        all_of_them = [await site.connect() for _ in range(4)]
        assert [await ask(streams) for streams in all_of_them] == [b"HTTP/1.1 200 OK"] * 4


async def test_what_is_being_answered_is_not_cut_off_for_a_newcomer_who_is_told_so() -> None:
    going_on = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await going_on.wait()
        await hello(scope, receive, send)

    async with served(ConnectionLimits(total=1), slow) as site:
        waiting = await site.connect()
        answer = asyncio.create_task(ask(waiting))
        await asyncio.sleep(0.05)
        refused = await closed(await site.connect())
        going_on.set()
        assert await answer == b"HTTP/1.1 200 OK"
        assert refused.startswith(b"HTTP/1.1 503") and Web.TOO_MANY_CONNECTIONS in refused.decode()
        assert POLICY.encode() in refused and b"X-Request-ID: " in refused


@pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"nonsense\r\n\r\n"])
async def test_what_is_no_http_is_told_so_with_the_strict_headers_and_no_line_in_the_log_each(
    said: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with served(replace(QUICK, header_seconds=10.0)) as site:  # a busy machine may take its time to read
        for _ in range(20):
            streams = await site.connect()
            streams[1].write(said)
            response = (await closed(streams)).decode()
            assert response.startswith("HTTP/1.1 400 ") and response.endswith(Web.NOT_HTTP)
            assert POLICY in response and "X-Request-ID: " in response
        await asyncio.sleep(0.2)
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1
    assert "connections were closed" in caplog.text


def test_a_listener_without_files_turns_the_newcomer_away_and_goes_on() -> None:
    import resource

    bound = socket.create_server(("127.0.0.1", 0))
    listener = Listener(bound, lambda: False)
    listener.settimeout(5)
    clients = [socket.create_connection(listener.getsockname()) for _ in range(2)]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (_next_file(), hard))
        with pytest.raises(BlockingIOError):
            listener.accept()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    clients[0].settimeout(5)
    assert clients[0].recv(1) == b""  # turned away, not left hanging
    with listener.accept()[0] as served_one, clients[1]:
        assert served_one.getpeername() == clients[1].getsockname()
    clients[0].close()
    listener.close()


def test_a_listener_without_files_lets_a_spare_connection_go_for_the_newcomer() -> None:
    import resource

    asked: list[bool] = []

    def make_room() -> bool:
        asked.append(True)
        return True

    listener = Listener(socket.create_server(("127.0.0.1", 0)), make_room)
    listener.settimeout(5)
    client = socket.create_connection(listener.getsockname())
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (_next_file(), hard))
        with pytest.raises(BlockingIOError):
            listener.accept()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert asked == [True]
    listener.accept()[0].close()  # the newcomer is still there to be taken in
    client.close()
    listener.close()


def _next_file() -> int:
    """The number that the next file would get: as a limit, there is none any more."""
    with socket.socket() as probe:
        return probe.fileno()
