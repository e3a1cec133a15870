"""Serving the app on 127.0.0.1, in an event loop of its own or a test's."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.standin.app import create_app
from tests.standin.clock import Clock

TICK = 1.0  # seconds
Connections = dict[tuple[str, int], asyncio.Transport]


class StandinServer(uvicorn.Server):
    """A server that knows its connections, and can cut them as a network does."""

    def __init__(self, config: uvicorn.Config, connections: Connections, *, owns_process: bool) -> None:
        super().__init__(config)
        self._connections = connections
        self._owns_process = owns_process
        self._stopped = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone inside a test: there, Ctrl-C belongs to pytest."""
        if self._owns_process:
            with super().capture_signals():
                yield
        else:
            yield

    async def main_loop(self) -> None:
        """Wait for the end: a test has many servers, and uvicorn would look only ten times a second."""
        if self._owns_process:
            await super().main_loop()
        else:
            while not self._stopped.is_set():
                await self.on_tick(0)  # the date in its headers: whoever compares clocks reads it
                with suppress(TimeoutError):
                    async with asyncio.timeout(TICK):
                        await self._stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """In a test nobody is owed a graceful end: cut all lines, let the calls notice, end the app."""
        if self._owns_process:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
        for transport in list(self._connections.values()):
            transport.abort()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)
        await self.lifespan.shutdown()

    def stop(self) -> None:
        """Serve no more."""
        self._stopped.set()


def open_socket(port: int) -> socket.socket:
    """A listening socket, on a free port for 0: its number is known before the server starts."""
    # The protocol must be named: only then does asyncio turn delaying off, which costs 40 ms an answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(128)
    return listening


def create_server(clock: Clock, *, owns_process: bool = False) -> StandinServer:
    """A server with a world of its own."""
    connections: Connections = {}

    class Protocol(H11Protocol):
        """HTTP that remembers its connections by the client's address."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            connections[transport.get_extra_info("peername")[:2]] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            connections.pop(self.transport.get_extra_info("peername")[:2], None)
            super().connection_lost(exc)

    def drop(client: tuple[str, int]) -> None:
        if client in connections:
            connections[client].abort()

    config = uvicorn.Config(
        create_app(clock, drop),
        http=Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
    )
    return StandinServer(config, connections, owns_process=owns_process)


@asynccontextmanager
async def served(clock: Clock, port: int = 0) -> AsyncIterator[str]:
    """The address of a server that runs in this event loop until the block ends."""
    listening = open_socket(port)
    server = create_server(clock)
    task = asyncio.create_task(server.serve([listening]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110  # uvicorn offers no event
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.stop()
        await task
        listening.close()
