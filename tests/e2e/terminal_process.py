"""The bot on a terminal, as a process of its own: on pipes, or on a terminal that a person seems to type at."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence


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
