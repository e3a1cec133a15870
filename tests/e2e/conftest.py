"""The stand-in for Telegram in a process of its own, and the bot in another one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess, bot_on_telegram
from tests.standin.client import Standin, User


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    """One that runs."""
    async with Standin.process() as running:
        yield running


@pytest.fixture
async def bot(telegram: Standin, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot on the small document, which has never stumbled."""
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as process:
        yield process
        assert "Traceback" not in process.output


@pytest.fixture
async def ann(telegram: Standin) -> User:
    """A member who has opened the private chat."""
    return await telegram.user("安安", started=True)
