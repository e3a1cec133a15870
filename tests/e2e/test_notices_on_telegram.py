"""The real process on the stand-in: notices to groups, quiet hours, and members who ask too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.announcements.outbox import AT_ONCE
from bot.wording import Admin
from bot.wording import Notices as Wording
from tests.e2e.bot_process import BotProcess, bot_on_telegram
from tests.standin.client import Chat, Message, Standin, User

TEXT = "明天下午 3 点开会，请带上 *笔记* & <笔>\n问我就 @standin_bot"


@pytest.fixture
async def boss(telegram: Standin) -> User:
    return await telegram.user("书记", started=True)


@pytest.fixture
async def bot(telegram: Standin, boss: User, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with started(telegram, boss, tmp_path) as process:
        yield process
        assert "Traceback" not in process.output


def started(telegram: Standin, boss: User, folder: Path) -> AbstractAsyncContextManager[BotProcess]:
    admins = f"telegram:{boss.id}"
    return bot_on_telegram(folder, telegram.url, telegram.token, ADMINS=admins, TIME_ZONE="UTC", RATE_MEMBER="30")


async def joined(telegram: Standin, boss: User, *titles: str) -> list[Chat]:
    """Groups that took the bot in while it listened."""
    groups = [await telegram.supergroup(title, [boss], bot="left") for title in titles]
    for group in groups:
        mark = await telegram.mark()
        await group.add_bot(by=boss)
        await telegram.wait_for("sendMessage", chat_id=group, after=mark)
    return groups


async def previewed(telegram: Standin, boss: User, where: str, text: str = TEXT) -> Message:
    choice = await boss.ask(boss.chat, f"/say {text}")
    button = next(button for row in choice.buttons for button in row if where in button.text)
    return await telegram.reply(await boss.press(choice, button.text))


async def reported(telegram: Standin, boss: User) -> list[str]:
    """What the author was told of the bot's own accord, once there is any."""
    async with asyncio.timeout(90):
        while True:
            told = [message.text for message in await boss.chat.messages() if message.text.startswith("您的通知“")]
            if told:
                return told
            await asyncio.sleep(0.2)


async def heard(group: Chat) -> list[str]:
    return [message.text for message in await group.messages() if message.text.startswith("管理员通知")]


async def test_a_notice_reaches_all_groups_as_typed_and_who_put_the_bot_out_is_told(
    telegram: Standin, bot: BotProcess, boss: User
) -> None:
    one, two, three = await joined(telegram, boss, "一支部", "二支部", "三支部")
    await three.kick_bot(by=boss)
    preview = await previewed(telegram, boss, "全部")
    assert f"管理员通知：{TEXT}" in preview.text
    await telegram.fault("sendMessage", "429", retry_after=1)
    done = await telegram.reply(await boss.press(preview, Wording.SAY_SEND), timeout=20)
    assert done.text == Wording.SENT.format(count=2, groups="“一支部”、“二支部”")
    assert await heard(one) == await heard(two) == [f"管理员通知：{TEXT}"]
    assert await heard(three) == []
    again = await telegram.reply(await boss.press(preview, Wording.SAY_SEND))
    assert again.text == Wording.SAY_GONE
    assert await heard(one) == [f"管理员通知：{TEXT}"]


async def test_a_broken_line_is_told_and_nothing_comes_twice(telegram: Standin, bot: BotProcess, boss: User) -> None:
    [group] = await joined(telegram, boss, "一支部")
    preview = await previewed(telegram, boss, "一支部")
    await telegram.fault("sendMessage", "drop", carried_out=True)
    done = await telegram.reply(await boss.press(preview, Wording.SAY_SEND), timeout=20)
    assert Wording.WHY["unsure"] in done.text
    assert len(await heard(group)) == 1


async def test_quiet_hours_hold_a_notice_back_across_a_kill(telegram: Standin, boss: User, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    begin, end = now - timedelta(hours=1), (now + timedelta(seconds=90)).replace(second=0, microsecond=0)
    async with started(telegram, boss, tmp_path) as first:
        [group] = await joined(telegram, boss, "一支部")
        await group.add(boss, "administrator")
        set_ = await boss.ask(group, f"/quiet {begin:%H:%M}-{end:%H:%M}")
        assert "我不主动发消息" in set_.text
        preview = await previewed(telegram, boss, "一支部")
        done = await telegram.reply(await boss.press(preview, Wording.SAY_SEND))
        assert done.text == Wording.HELD.format(group="一支部", time=f"{end.hour}:{end.minute:02d}")
        assert (await boss.ask(group, "/ask 修路花了多少钱")).text
        await first.kill()
    async with started(telegram, boss, tmp_path) as second:
        assert await heard(group) == []
        async with asyncio.timeout(180):
            while not await heard(group):  # noqa: ASYNC110 - it comes from another process
                await asyncio.sleep(0.2)
        assert datetime.now(UTC) >= end
        assert await heard(group) == [f"管理员通知：{TEXT}"]
        assert "Traceback" not in second.output


async def test_a_kill_while_a_notice_goes_out_sends_it_to_nobody_twice(
    telegram: Standin, boss: User, tmp_path: Path
) -> None:
    async with started(telegram, boss, tmp_path) as first:
        titles = [f"{number}支部" for number in "一二三四五"]
        groups = await joined(telegram, boss, *titles)
        preview = await previewed(telegram, boss, "全部")
        await telegram.fault("sendMessage", "hang", seconds=30, carried_out=True)
        await boss.press(preview, Wording.SAY_SEND, wait=0)
        await telegram.struck("sendMessage")
        await first.kill()
    async with started(telegram, boss, tmp_path):
        async with asyncio.timeout(60):  # what waited goes out when the line stands again, and is looked for then
            while len([group for group in groups if await heard(group)]) <= len(groups) - AT_ONCE:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        reports = await reported(telegram, boss)
        await telegram.quiet(seconds=3, timeout=60)
        counts = [len(await heard(group)) for group in groups]
        assert max(counts) == 1
        told = "\n".join(message.text for message in await boss.chat.messages() if message.sender_id != boss.id)
        assert "请重新写一次" not in told
        doubtful = [title for title in titles if Wording.FAILED.format(group=title, why=Wording.WHY["unsure"]) in told]
        assert 1 <= len(doubtful) <= AT_ONCE
        sure = [title for title in titles if f"“{title}”" in reports[-1]]
        assert sorted([*doubtful, *sure]) == sorted(titles)  # every group is named
        for group, title in zip(groups, titles, strict=True):
            assert await heard(group) or title in doubtful


async def test_a_member_is_refused_and_told_once_when_it_is_too_much(
    telegram: Standin, bot: BotProcess, boss: User
) -> None:
    ann = await telegram.user("安安", started=True)
    assert (await ann.ask(ann.chat, "/say 你好")).text == Admin.REFUSED
    for _ in range(35):
        await ann.tell("修路花了多少钱")
    await telegram.quiet(seconds=2, timeout=60)
    said = [message.text for message in await ann.chat.messages() if message.sender_id != ann.id]
    assert sum("我先不回了" in text for text in said) == 1
    # what is used up fills again while the bot answers: by one in two seconds
    assert 29 <= sum("460万元" in text for text in said) < 35
