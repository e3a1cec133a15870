"""The stand-in for Telegram in this event loop, and a client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.standin.bots import connected_bot
from tests.standin.client import Standin


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    """One that runs."""
    async with Standin.running() as running:
        yield running


@pytest.fixture
async def bot(telegram: Standin) -> AsyncIterator[Bot]:
    """The bot of its token."""
    async with connected_bot(telegram) as connected:
        yield connected
