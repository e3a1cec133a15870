"""python-telegram-bot, pointed at the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.standin.client import Standin


@asynccontextmanager
async def connected_bot(telegram: Standin) -> AsyncIterator[Bot]:
    """An initialized Bot that talks to the stand-in."""
    # Loading certificates takes longer than most tests, and the stand-in is never encrypted.
    lines = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with Bot(
        telegram.token,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=lines[0],
        get_updates_request=lines[1],
    ) as bot:
        yield bot
