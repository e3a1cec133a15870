"""Runs the application in an event loop that other channels share."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from bot.channels.web.connections import ConnectionLimits, Connections, ServerConfig
from bot.channels.web.listener import Listener
from bot.errors import ConfigError
from bot.wording import Cli

GRACE = 5  # seconds for the requests in hand when the bot stops
_UNLIMITED = 2**31
WANTED_FILES: Final = 8192
_BACKLOG = 512
_SENTENCES: Final = {
    errno.EADDRINUSE: Cli.PORT_TAKEN,
    errno.EACCES: Cli.PORT_FORBIDDEN,
    errno.EPERM: Cli.PORT_FORBIDDEN,
    errno.EADDRNOTAVAIL: Cli.HOST_ELSEWHERE,
    errno.EAFNOSUPPORT: Cli.HOST_ELSEWHERE,
    socket.EAI_NONAME: Cli.HOST_UNKNOWN,
    socket.EAI_AGAIN: Cli.HOST_UNKNOWN,
    socket.EAI_FAIL: Cli.HOST_UNKNOWN,
}


class _Uvicorn(uvicorn.Server):
    """Uvicorn without its own signal handlers: the program has one place that decides when to stop."""

    def __init__(self, config: uvicorn.Config, started: asyncio.Event) -> None:
        super().__init__(config)
        self._announce = started

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce.set()


class WebServer:
    """Serves ``app`` on ``host``; ``started`` is set once it answers, and ``port`` is then the actual one.

    ``address_of`` gives the address under which the connections of a peer are counted, or nothing if they are not.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        *,
        limits: ConnectionLimits | None = None,
        address_of: Callable[[str], str] = str,
    ) -> None:
        self._app = app
        self._host = host
        self.port = port
        self.started = asyncio.Event()
        limits = limits or ConnectionLimits()
        self.connections = Connections(replace(limits, total=min(limits.total, _files() // 2)), address_of)

    @property
    def url(self) -> str:
        """The address on this machine."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}/"

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop`` is set or this is cancelled. Raises ConfigError if it cannot listen."""
        listener = Listener(listener_on(self._host, self.port), self._make_room)
        self.port = listener.getsockname()[1]
        config = ServerConfig(
            self._app,
            connections=self.connections,
            timeout_keep_alive=self.connections.limits.idle_seconds,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            backlog=_BACKLOG,
        )
        server = _Uvicorn(config, self.started)
        serving = asyncio.create_task(server.serve(sockets=[listener]), name="uvicorn")
        stopping = asyncio.create_task(stop.wait())
        sweeping = asyncio.create_task(self._sweep(), name="connections")
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            server.should_exit = True
            await serving
            sweeping.cancel()
            listener.close()

    def _make_room(self) -> bool:
        self.connections.note("no files")
        return self.connections.make_room()

    async def _sweep(self) -> None:
        limits = self.connections.limits
        every = min(1.0, min(limits.header_seconds, limits.write_seconds) / 4)
        while True:
            await asyncio.sleep(every)
            self.connections.sweep(asyncio.get_running_loop().time())


def raise_file_limit() -> None:
    """Let this process have as many files open as it may ask for, up to ``WANTED_FILES``: each phone needs one or two.

    Programs that are started by hand are often given a thousand, with leave to take more.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has no such module, and no such limit
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft not in {resource.RLIM_INFINITY, -1} and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _files() -> int:
    """How many files this process may have open."""
    try:
        import resource  # noqa: PLC0415 - Windows has no such module, and no such limit
    except ImportError:
        return _UNLIMITED
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _UNLIMITED if soft == resource.RLIM_INFINITY else soft  # which is -1


def listener_on(host: str, port: int) -> socket.socket:
    """A socket that listens on ``host`` and ``port``. Raises ConfigError that says why there can be none.

    Bound here, as uvicorn would end the whole process if it cannot.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError) as error:
        raise ConfigError(why_not(error, host, port)) from None
    # by name TCP, not merely «a stream»: asyncio sets TCP_NODELAY on accepted connections only if it reads this.
    # Without it each reply on a reused connection waits some 40 ms for the client's delayed acknowledgement.
    return socket.socket(bound.family, bound.type, socket.IPPROTO_TCP, fileno=bound.detach())


def why_not(error: OSError | UnicodeError, host: str, port: int) -> str:
    """The sentence that says why nothing can listen on ``host`` and ``port``, and what to do."""
    number = error.errno if isinstance(error, OSError) else socket.EAI_NONAME  # a text that cannot be a name
    sentence = _SENTENCES.get(number or 0, Cli.CANNOT_LISTEN)
    return sentence.format(host=host, port=port, reason=os.strerror(number or 0))
