"""A place for webhooks to go to: takes what is posted, with statuses on order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from tests.standin.views import Wire
from tests.standin.webhooks import SECRET_HEADER


@dataclass
class Receiver:
    """What arrived; ``statuses`` are given out first, then 200."""

    statuses: list[int] = field(default_factory=list)
    updates: list[Wire] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int) -> None:
        """Wait for that many posts."""
        while len(self.updates) < count:
            self.arrived.clear()
            await self.arrived.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one post and answer it; a connection a post keeps this small."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        self.updates.append(json.loads(await reader.readexactly(int(headers["content-length"]))))
        self.secrets.append(headers.get(SECRET_HEADER.lower()))
        status = HTTPStatus(self.statuses.pop(0) if self.statuses else 200)
        answer = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(answer.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        self.arrived.set()


@asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[str]:
    """The receiver's address while it listens."""
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/telegram"
