"""Connections, bounded: how many there may be at once, and for how long each may keep the server waiting.

When there are too many, whoever waits longest without a whole request makes room for the newcomer: a thousand sockets
that say nothing shut nobody out. What is being answered is never cut off for that.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.channels.web.security import BODY_RECEIVED, HEADERS_ADDED, RAW_HEADERS
from bot.wording import Web

_log = logging.getLogger(__name__)
_LEAST_READ: Final = 1024  # bytes: whoever takes one now and then does not read
REPORT_EVERY: Final = 60.0  # seconds between two log lines about connections that were closed
_RECEIVING: Final = (h11.IDLE, h11.SEND_BODY)  # of the client: a whole request has not come yet
_ANSWERING: Final = (h11.SEND_RESPONSE, h11.SEND_BODY)  # of the server
_LINES: Final = {name: b"%s: %s\r\n" % (name, value) for name, value in RAW_HEADERS.items()}
_EVENT_STREAM: Final = (b"content-type", b"text/event-stream")
_EVENT_STREAM_UTF8: Final = (b"content-type", b"text/event-stream; charset=utf-8")
_ALL_LINES: Final = b"".join(_LINES.values())

Reason = Literal["slow", "unread", "replaced", "refused", "malformed", "no files"]


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there may be, in ``total`` and ``by_address``, and how many seconds each may take.

    A hall of a thousand people behind one address must be able to answer at once.

    ``header_seconds`` for the header of a request, from its first byte on, and for the first byte on a new connection;
    ``idle_seconds`` between two requests, more than the minute for which reverse proxies keep theirs;
    ``write_seconds`` in which a client reads next to nothing of its response.
    """

    total: int = 3000
    by_address: int = 1500
    header_seconds: float = 15.0
    idle_seconds: float = 75.0
    write_seconds: float = 30.0


class Connections:
    """All connections of a server. ``address_of`` gives the address that a peer's connections count under, or nothing
    if they are not limited, such as those of a reverse proxy."""

    def __init__(self, limits: ConnectionLimits, address_of: Callable[[str], str]) -> None:
        self.limits = limits
        self._address_of = address_of
        # as ordered sets, whoever waits longest first
        self._all: dict[Connection, None] = {}
        self._by_address: dict[str, dict[Connection, None]] = {}
        self._streams: dict[Connection, None] = {}
        self._closed: Counter[Reason] = Counter()
        self._reported = float("-inf")

    def __len__(self) -> int:
        return len(self._all) + len(self._streams)

    def admit(self, connection: Connection) -> bool:
        """Take ``connection`` in, if need be in place of another; False if all others are being answered."""
        address = connection.address = self._address_of(connection.peer)
        same = self._by_address.get(address, {}) if address else {}
        if len(same) >= self.limits.by_address:
            admitted = self._replace_one_of(same)
        elif len(self._all) >= self.limits.total:
            admitted = self._replace_one_of(self._all)
        else:
            admitted = True
        if not admitted:
            self.note("refused")
            return False
        self._all[connection] = None
        if address:
            self._by_address.setdefault(address, {})[connection] = None
        return True

    def stream(self, connection: Connection) -> None:
        """``connection`` is a stream of events from now on: it counts no more among those that are limited.

        A hall full of phones is one address, each with a stream that stays and a connection that comes and goes. The
        application says how many streams there may be.
        """
        self.discard(connection)
        self._streams[connection] = None

    def discard(self, connection: Connection) -> None:
        """Forget ``connection``, which may have been forgotten before."""
        self._streams.pop(connection, None)
        self._all.pop(connection, None)
        same = self._by_address.get(connection.address)
        if same is not None:
            same.pop(connection, None)
            if not same:
                del self._by_address[connection.address]

    def served(self, connection: Connection) -> None:
        """``connection`` has got a response: it begins to wait anew, behind all others."""
        if connection in self._all:
            for group in (self._all, self._by_address.get(connection.address, {})):
                if connection in group:
                    del group[connection]
                    group[connection] = None

    def make_room(self) -> bool:
        """Close the connection that waits longest; False if there is none."""
        return self._replace_one_of(self._all)

    def note(self, reason: Reason) -> None:
        """Count that a connection was closed; the log tells it with the next sweep."""
        self._closed[reason] += 1

    def sweep(self, now: float) -> None:
        """Close what has taken too long at ``now`` (seconds of the event loop), and tell what was closed once a while:
        whoever makes thousands of connections must not fill the log."""
        for connection in [*self._all, *self._streams]:
            reason = connection.overdue(now)
            if reason is not None:
                self.note(reason)
                self._drop(connection)
        if self._closed and now - self._reported >= REPORT_EVERY:
            self._reported = now
            counts: Mapping[str, int] = {reason.replace(" ", "_"): count for reason, count in self._closed.items()}
            _log.warning("connections were closed", extra={"open": len(self), **counts})
            self._closed.clear()

    def _replace_one_of(self, group: dict[Connection, None]) -> bool:
        longest = next((connection for connection in group if connection.receiving), None)
        if longest is None:
            return False
        self.note("replaced")
        self._drop(longest)
        return True

    def _drop(self, connection: Connection) -> None:
        self.discard(connection)
        connection.transport.abort()


class ServerConfig(uvicorn.Config):
    """Uvicorn's configuration, with the ``connections`` that its protocol reports to."""

    def __init__(self, app: Any, *, connections: Connections, **options: Any) -> None:
        super().__init__(app, http=Connection, **options)
        self.connections = connections
        # uvicorn warns of each malformed request; its errors are those of the application
        self.log = logging.getLogger(f"{__name__}.protocol")
        self.log.setLevel(logging.ERROR)


class _Http(h11.Connection):
    """HTTP/1.1, with the headers of ``security`` on every response that does not have its own.

    They are written as they are: h11 would check each anew for each response, 3 % of a question that was asked before.
    """

    def __init__(self, begins_stream: Callable[[], None]) -> None:
        super().__init__(h11.SERVER)
        self._begins_stream = begins_stream

    def send_with_data_passthrough(self, event: h11.Event) -> list[bytes] | None:
        """What ``event`` is on the wire, in pieces."""
        pieces = super().send_with_data_passthrough(event)
        if pieces is not None and isinstance(event, h11.Response):
            own = {name for name, _ in event.headers}  # a page may be stricter
            none = own.isdisjoint(_LINES)
            lines = _ALL_LINES if none else b"".join(line for name, line in _LINES.items() if name not in own)
            pieces.insert(-1, lines)  # the last is the empty line behind the headers
            if _EVENT_STREAM in event.headers or _EVENT_STREAM_UTF8 in event.headers:
                self._begins_stream()
        return pieces


class Connection(H11Protocol):
    """Uvicorn's HTTP/1.1 on one connection, watched."""

    def __init__(
        self,
        config: ServerConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = config.log
        self.address = ""
        self._open = config.connections
        self.conn = _Http(lambda: self._open.stream(self))
        self._since = self.loop.time()  # when it began to wait for the rest of a request, or for the next one
        self._owed = True  # the client has begun something, or has never said anything
        self._served = False
        self._unread_since: float | None = None
        self._unread = 0  # bytes that were left to be read when the client last read some
        self._closing_since: float | None = None

    @property
    def peer(self) -> str:
        """The address of the other end; nothing if it has none."""
        return self.client[0] if self.client else ""

    @property
    def receiving(self) -> bool:
        """Whether there is no whole request that is being answered."""
        return self.conn.their_state in _RECEIVING

    def overdue(self, now: float) -> Reason | None:
        """Why this connection has to be closed at ``now``, if it has."""
        limits = self._open.limits
        left = self.transport.get_write_buffer_size()
        if left <= self._unread - _LEAST_READ:  # slowly, but it does
            self._unread_since, self._closing_since = None if self._unread_since is None else now, None
            self._unread = left
        if self.transport.is_closing():  # flushes what is left, and may never come to its end
            if self._closing_since is None:
                self._closing_since, self._unread = now, left
            return "unread" if now - self._closing_since > limits.write_seconds else None
        if self._unread_since is not None and now - self._unread_since > limits.write_seconds:
            return "unread"
        if self._owed and now - self._since > limits.header_seconds:
            return "slow"
        return None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in its parent
        """Admitted, or told that there is no room."""
        super().connection_made(transport)
        if not self._open.admit(self):
            self._say(503, Web.TOO_MANY_CONNECTIONS)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._open.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something came."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """A response was handed to the transport; what was sent behind the request is looked at next."""
        self._since = self.loop.time()
        self._owed, self._served = False, True
        self._open.served(self)
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        """The client reads more slowly than it is written to."""
        self._unread_since = self.loop.time()
        self._unread = self.transport.get_write_buffer_size()
        super().pause_writing()

    def resume_writing(self) -> None:
        """It has read most of it."""
        self._unread_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Tell what is no HTTP at all so; ``msg``, which is in English, tells nobody more."""
        self._open.note("malformed")
        self._say(400, Web.NOT_HTTP)

    def _look(self) -> None:
        """Note whether the client owes the rest of a request by now, and tell the application what it need not do.

        What was called because of what came runs only after this.
        """
        if self.conn.their_state in (h11.SEND_BODY, h11.DONE):
            told = (HEADERS_ADDED, BODY_RECEIVED) if self.conn.their_state is h11.DONE else (HEADERS_ADDED,)
            self.scope["extensions"] = {name: {} for name in told}
        resting = self.conn.our_state not in _ANSWERING
        owed = resting and (
            not self._served or self.conn.their_state is not h11.IDLE or bool(self.conn.trailing_data[0])
        )
        if owed and not self._owed:
            self._since = self.loop.time()
        self._owed = owed

    def _say(self, status: int, sentence: str) -> None:
        """A response of the server's own, with all that the application's responses have; then close."""
        body = sentence.encode()
        headers = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Connection": "close",
            "X-Request-ID": secrets.token_hex(4),
        }
        response = h11.Response(status_code=status, headers=[*headers.items()])
        try:
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:  # amid a response
            self.transport.abort()
        self.transport.close()
