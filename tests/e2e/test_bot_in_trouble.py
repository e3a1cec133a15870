"""The real process when the network, the platform or the machine fails: nothing that a member did is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot import wording
from tests.e2e.bot_process import BotProcess, bot_on_telegram, bot_process
from tests.e2e.socks_proxy import SocksProxy
from tests.standin.client import Standin, User

ROAD = "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"


@pytest.fixture
async def bot(telegram: Standin, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as process:
        yield process


async def _answers(user: User) -> list[str]:
    """All that the bot said to ``user``."""
    return [message.text for message in await user.chat.messages() if message.sender_id != user.id]


async def test_faults_of_the_platform_are_waited_out(telegram: Standin, bot: BotProcess, ann: User) -> None:
    for kind in ("500", "502", "not_json", "drop"):
        await telegram.fault("sendMessage", kind)
        await telegram.fault("getUpdates", kind)
        said = await ann.tell("修路花了多少钱")
        assert ROAD in (await telegram.reply(said, timeout=30)).text, kind
    assert len(await _answers(ann)) == 4
    assert "Traceback" not in bot.output


async def test_a_network_that_is_away_for_half_a_minute_costs_no_answer(
    telegram: Standin, bot: BotProcess, ann: User
) -> None:
    await telegram.fault("sendMessage", "drop", times=8)
    said = await ann.tell("修路花了多少钱")
    assert ROAD in (await telegram.reply(said, timeout=60)).text
    assert len(await _answers(ann)) == 1
    assert "Traceback" not in bot.output


async def test_too_many_requests_are_waited_out_as_long_as_told_and_answered_once(
    telegram: Standin, bot: BotProcess, ann: User
) -> None:
    await telegram.fault("sendMessage", "429", times=2, retry_after=1)
    said = await ann.tell("修路花了多少钱")
    await telegram.reply(said, timeout=30)
    calls = await telegram.calls("sendMessage", chat_id=ann, after=said)
    assert [call.status for call in calls] == [429, 429, 200]
    assert all(later.time - earlier.time >= 1 for earlier, later in pairwise(calls))


async def test_a_chat_that_hangs_does_not_hold_up_another(telegram: Standin, bot: BotProcess, ann: User) -> None:
    bo = await telegram.user("小波", started=True)
    await telegram.fault("sendMessage", "hang", seconds=8)
    await ann.tell("修路花了多少钱")
    await telegram.struck("sendMessage")
    assert ROAD in (await bo.ask(bo.chat, "修路花了多少钱", timeout=5)).text
    assert await _answers(ann) == []


async def test_a_user_who_blocked_the_bot_harms_nobody(telegram: Standin, bot: BotProcess, ann: User) -> None:
    bo = await telegram.user("小波", started=True)
    await telegram.fault("sendMessage", "500")  # she blocks the bot before it tries again
    said = await ann.tell("修路花了多少钱")
    failed = await telegram.wait_for("sendMessage", chat_id=ann, after=said)
    await ann.block()
    assert (failed.status, (await telegram.wait_for("sendMessage", chat_id=ann, after=failed)).status) == (500, 403)
    assert ROAD in (await bo.ask(bo.chat, "修路花了多少钱")).text
    assert "Traceback" not in bot.output


async def test_what_was_asked_while_the_bot_was_down_is_answered(telegram: Standin, ann: User, tmp_path: Path) -> None:
    said = await ann.tell("修路花了多少钱")
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        assert ROAD in (await telegram.reply(said, timeout=20)).text


async def test_kill_9_in_mid_answer_costs_neither_the_question_nor_the_feedback(
    telegram: Standin, ann: User, tmp_path: Path
) -> None:
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as first:
        card = await ann.ask(ann.chat, "招了多少名老师")
        thanks = await ann.press(card, "👍")
        assert thanks.answer is not None
        assert thanks.answer.text == wording.THANKS_HELPFUL
        await telegram.fault("sendMessage", "hang", seconds=30)
        said = await ann.tell("修路花了多少钱")
        await telegram.struck("sendMessage")
        await first.kill()
    assert len(await _answers(ann)) == 1  # the card from before
    with sqlite3.connect(tmp_path / "data" / "bot.sqlite3") as database:
        assert database.execute("select point, helpful from feedback").fetchall() == [("school", 1)]
    database.close()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        assert ROAD in (await telegram.reply(said, timeout=20)).text


async def test_kill_9_with_a_long_queue_costs_none_of_it(telegram: Standin, tmp_path: Path) -> None:
    members = [await telegram.user(f"同志{number}", started=True) for number in range(5)]
    for _ in range(26):
        for member in members:
            await member.tell("修路花了多少钱")
    await telegram.fault("sendMessage", "hang", times=len(members))
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as first:
        await telegram.struck("sendMessage", timeout=20)  # each member waits for the first answer
        assert await telegram.pending() == 130
        await first.kill()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        await telegram.quiet(seconds=2, timeout=60)
        for member in members:
            assert [ROAD in answer for answer in await _answers(member)] == [True] * 26


async def test_an_orderly_stop_answers_nobody_twice_and_forgets_nobody(
    telegram: Standin, ann: User, tmp_path: Path
) -> None:
    others = [await telegram.user(name, started=True) for name in ("小波", "小程", "小丁")]
    await telegram.fault("sendMessage", "429", retry_after=600)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        await ann.tell("修路花了多少钱")
        await telegram.struck("sendMessage")
        for other in others:
            assert ROAD in (await other.ask(other.chat, "修路花了多少钱")).text
    assert await telegram.pending() == 4  # one offset cannot confirm the others without her
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        await telegram.quiet(seconds=1, timeout=20)
    for member in (ann, *others):
        assert [ROAD in answer for answer in await _answers(member)] == [True]


@pytest.mark.parametrize("token", ["1:wrong-token", "wrong-token"])
async def test_a_wrong_token_ends_the_start_with_one_sentence(telegram: Standin, tmp_path: Path, token: str) -> None:
    settings = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_TOKEN": token}
    async with bot_process(tmp_path, **settings) as process:
        await process.says(wording.Telegram.TOKEN_REFUSED)
        assert await process.ended() == 1
        assert "Traceback" not in process.output
        assert "Warning" not in process.output
        assert "wrong-token" not in process.output


async def test_a_socks_proxy_in_the_environment_is_the_way_to_telegram(
    telegram: Standin, ann: User, tmp_path: Path
) -> None:
    async with (
        SocksProxy.running() as proxy,
        bot_on_telegram(tmp_path, telegram.url, telegram.token, ALL_PROXY=proxy.url) as process,
    ):
        assert ROAD in (await ann.ask(ann.chat, "修路花了多少钱", timeout=20)).text
        assert proxy.served
        assert "Traceback" not in process.output


async def test_a_proxy_of_an_unknown_kind_ends_the_start_with_one_sentence(telegram: Standin, tmp_path: Path) -> None:
    settings = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_TOKEN": telegram.token}
    async with bot_process(tmp_path, **settings, ALL_PROXY="socks4://me:geheim@127.0.0.1:9") as process:
        await process.says(wording.Telegram.PROXY_REFUSED)
        assert await process.ended() == 1
        assert "Traceback" not in process.output
        assert "geheim" not in process.output


async def test_a_port_that_is_taken_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken, bot_process(tmp_path, HTTP_PORT=str(port)) as process:
        await process.says(wording.Cli.PORT_TAKEN.format(port=port))
        assert await process.ended() == 1
        assert "Traceback" not in process.output
