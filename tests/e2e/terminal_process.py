"""The bot on a terminal, as a process of its own: on pipes, or on a terminal that a person seems to type at."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from tests.e2e.bot_process import START_TIMEOUT


async def talk_on_a_terminal(environment: Mapping[str, str], lines: Sequence[str]) -> str:
    """What the bot shows where ``lines`` come on standard input, its greeting first."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--channel", "terminal"),
        env=dict(environment),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    shown, _ = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    return shown.decode()


class TypedAt:
    """A bot on a terminal at which somebody sits. ``shown`` is what stands on the screen, control characters too."""

    def __init__(self, process: asyncio.subprocess.Process, terminal: int) -> None:
        self.process = process
        self.shown = ""
        self._terminal = terminal
        self._came = asyncio.Event()
        asyncio.get_running_loop().add_reader(terminal, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # the process has ended
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._terminal)
        self.shown += data.decode(errors="replace")
        self._came.set()

    def type(self, text: str) -> None:
        """Type or paste ``text``."""
        os.write(self._terminal, text.encode())

    async def shows(self, text: str, times: int = 1) -> None:
        """Wait until ``text`` stands there so many times."""
        async with asyncio.timeout(START_TIMEOUT):
            while self.shown.count(text) < times:
                self._came.clear()
                await self._came.wait()


@asynccontextmanager
async def sitting_at_a_terminal(environment: Mapping[str, str]) -> AsyncIterator[TypedAt]:
    """The bot on a terminal, ended with the block."""
    ours, its = os.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--channel", "terminal"),
        env={"TERM": "xterm", **environment},
        stdin=its,
        stdout=its,
        stderr=asyncio.subprocess.DEVNULL,
    )
    os.close(its)
    typed_at = TypedAt(process, ours)
    try:
        yield typed_at
        typed_at.type("退出\n")
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        asyncio.get_running_loop().remove_reader(ours)
        os.close(ours)
