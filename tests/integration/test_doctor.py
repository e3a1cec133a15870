"""``python -m bot doctor`` as a process: alone, beside the stand-in server, beside a running bot."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.telegram.diagnostics import TelegramReport, check_telegram
from bot.wording import Cli, Telegram
from bot.wording import Doctor as Wording
from tests.e2e.bot_process import bot_process, environment_of
from tests.standin.bots import connected_bot
from tests.standin.client import Standin
from tests.unit.storage.rows import exists

TIMEOUT = 60  # seconds; a busy machine loads slowly


@dataclass(frozen=True, slots=True)
class Told:
    """What doctor wrote, and how it ended."""

    status: int
    output: str

    def line(self, item: str) -> str:
        """What stands of ``item``, mark and all."""
        return next(line for line in self.output.splitlines() if line[2:].startswith(f"{item}："))


async def doctor(folder: Path, **settings: str) -> Told:
    """Run it on the small document."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor"),
        env=environment_of(folder, **settings),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(TIMEOUT):
        output, _ = await process.communicate()
    assert process.returncode is not None
    return Told(process.returncode, output.decode())


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.running() as standin:
        yield standin


async def test_a_bot_that_only_has_its_web_page_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    told = await doctor(tmp_path)
    assert (told.status, told.output.splitlines()[-1]) == (0, Wording.FINE)
    assert {line[0] for line in told.output.splitlines()[:-1]} == {"✓", "–"}
    assert told.line(Wording.TOKEN) == f"– {Wording.TOKEN}：{Wording.TOKEN_NONE}"
    assert told.line(Wording.CLOCK) == f"– {Wording.CLOCK}：{Wording.CLOCK_UNKNOWN}"
    assert not exists(tmp_path / "data")


async def test_a_bot_on_telegram_is_asked_for_and_not_disturbed(telegram: Standin, tmp_path: Path) -> None:
    told = await doctor(
        tmp_path,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        ADMINS="telegram:1",
        PUBLIC_URL="https://study.example.org",
    )
    assert (told.status, told.output.splitlines()[-1]) == (0, Wording.FINE)
    for item in (Wording.TOKEN, Wording.PRIVACY, Wording.WEBHOOK, Wording.CLOCK, Wording.URL, Wording.ADMINS):
        assert told.line(item).startswith("✓")
    assert [call.method for call in await telegram.calls()] == ["getMe", "getWebhookInfo"]
    assert telegram.token not in told.output


async def test_what_is_to_be_mended_is_told_and_no_secret_with_it(telegram: Standin, tmp_path: Path) -> None:
    await telegram.configure(privacy=False)
    async with connected_bot(telegram) as bot:
        await bot.set_webhook("https://hook.example.org/geheim")
    (tmp_path / "data").write_text("a file")
    told = await doctor(
        tmp_path,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        ADMINS=f"{telegram.token}",
        PUBLIC_URL="https://me:geheim@study.example.org",
        DATABASE_URL="nosuch+driver://me:geheim@host/bot",
    )
    assert told.status == 1
    assert told.line(Wording.PRIVACY).startswith("–")
    for item in (Wording.WEBHOOK, Wording.DATA, Wording.DATABASE, Wording.URL, Wording.ADMINS):
        assert told.line(item).startswith("✗")
    assert told.output.splitlines()[-1] == Wording.BAD.format(count=5)
    assert "geheim" not in told.output
    assert telegram.token not in told.output


async def test_a_server_that_cannot_be_reached_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    told = await doctor(tmp_path, TELEGRAM_TOKEN="12345:geheim", TELEGRAM_API_URL=address)
    assert told.status == 1
    assert told.line(Wording.TOKEN) == f"✗ {Wording.TOKEN}：{Telegram.UNREACHABLE}"
    assert told.line(Wording.DATABASE).startswith("✓")
    assert "geheim" not in told.output


async def test_a_setting_that_makes_no_sense_is_told_as_one_line(tmp_path: Path) -> None:
    told = await doctor(tmp_path, HTTP_PORT="geheim", TIME_ZONE="Mars/Olympus")
    assert told.status == 1
    assert told.line(Wording.SETTINGS).startswith(f"✗ {Wording.SETTINGS}：设置有误：HTTP_PORT、TIME_ZONE。")
    assert told.line(Wording.DATABASE).startswith("✓")  # the rest is checked all the same
    assert told.output.splitlines()[-1] == Wording.BAD.format(count=1)
    assert "geheim" not in told.output


async def test_beside_a_running_bot_all_is_well(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = str(free.getsockname()[1])
    async with bot_process(tmp_path, HTTP_PORT=number) as bot:
        await bot.says(Cli.WEB_AT.format(url=f"http://127.0.0.1:{number}/"))
        told = await doctor(tmp_path, HTTP_PORT=number)
    assert told.status == 0
    assert told.line(Wording.PORT) == f"✓ {Wording.PORT}：{Wording.PORT_OURS.format(port=number)}"
    assert told.line(Wording.DATABASE) == f"✓ {Wording.DATABASE}：{Wording.DATABASE_STATES['current']}"


async def test_a_token_that_telegram_does_not_know_is_told_and_its_clock_is_read_all_the_same(
    telegram: Standin,
) -> None:
    found = await check_telegram("12345:wrong", telegram.url, timeout_seconds=5)
    assert found.fault == Telegram.TOKEN_REFUSED
    assert found.server_time is not None
    assert abs((datetime.now(UTC) - found.server_time).total_seconds()) < TIMEOUT


@pytest.mark.parametrize("token", ["", "no token", "12345", "12345:a b"])
async def test_what_is_no_token_is_not_sent_anywhere(telegram: Standin, token: str) -> None:
    assert await check_telegram(token, telegram.url, timeout_seconds=5) == TelegramReport(Telegram.TOKEN_REFUSED)
    assert await telegram.calls() == []


@pytest.mark.parametrize("kind", ["500", "not_json", "drop", "429"])
async def test_an_answer_that_is_none_is_told(telegram: Standin, kind: str) -> None:
    await telegram.fault("getMe", kind)
    assert (await check_telegram(telegram.token, telegram.url, timeout_seconds=5)).fault == Telegram.UNREACHABLE


async def test_a_server_that_hangs_is_not_waited_for(telegram: Standin) -> None:
    await telegram.fault("getMe", "hang", seconds=30)
    assert (await check_telegram(telegram.token, telegram.url, timeout_seconds=0.2)).fault == Telegram.UNREACHABLE


async def test_a_webhook_that_telegram_does_not_tell_of_is_not_known(telegram: Standin) -> None:
    await telegram.fault("getWebhookInfo", "500")
    found = await check_telegram(telegram.token, telegram.url, timeout_seconds=5)
    assert (found.fault, found.webhook) == ("", None)
