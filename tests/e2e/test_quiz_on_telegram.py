"""The real process on the stand-in: groups play, members come late and leave, the line fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.wording import Contests as Wording
from bot.wording import QuizSettings, Reports
from tests.e2e.bot_process import BotProcess, bot_on_telegram
from tests.e2e.match import NAMES, Match, name_of, right
from tests.standin.client import Chat, Refused, Standin, User


@pytest.fixture
async def members(telegram: Standin) -> list[User]:
    return [await telegram.user(name, started=True) for name in NAMES]


@pytest.fixture
async def group(telegram: Standin, members: list[User]) -> Chat:
    return await telegram.supergroup("学习小组", members)


async def test_ten_questions_and_five_members_are_scored_as_a_recount_says(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann, bo, cheng, ding, e = members
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 10 5")
    for number in range(10):
        poll = await match.poll()
        assert poll.poll is not None
        assert poll.poll["question"].startswith(f"第 {number + 1}/10 题（5 秒）：")
        await match.votes(poll, "安安", ann, correctly=number != 7)
        await match.votes(poll, "小波", bo, correctly=number % 2 == 0)
        if number == 1:  # changes the answer: a quiz lets nobody
            with pytest.raises(Refused, match="can't revote"):
                await bo.vote(poll, right(poll))
            with pytest.raises(Refused, match="can't revote"):
                await bo.retract(poll)
        if number < 4:
            await match.votes(poll, "小程", cheng, correctly=True)
        if number == 4:  # leaves
            await group.add(cheng, "left")
            with pytest.raises(Refused):
                await cheng.vote(poll, right(poll))
        if number == 2:  # the line is down: what was voted in time is delivered when the question is long closed
            await telegram.fault("getUpdates", "502", times=3)
            await match.votes(poll, "小娥", e, correctly=False)
            await telegram.struck("getUpdates", timeout=10)
            await match.votes(poll, "小丁", ding, correctly=True)
            continue
        if number > 6:  # comes late to the contest
            await match.votes(poll, "小娥", e, correctly=number == 9)
        if number == 5:
            assert (await bo.ask(group, "/quiz 3 5")).text == Wording.RUNNING_STOP
            assert (await bo.ask(group, "/stop")).text == Wording.NOT_YOURS
        await match.time_is_over()
        if number == 6:  # answers late to a question
            with pytest.raises(Refused, match="can't answer closed poll"):
                await ding.vote(poll, right(poll))
    lines = await match.board()
    assert await match.final() == match.points == {"安安": 9, "小波": 5, "小程": 4, "小丁": 1, "小娥": 1}
    kept = recount(tmp_path / "data" / "bot.sqlite3")
    assert {name_of(line): line.split("　")[1:] for line in lines} == {
        name: [f"{points} 分", f"{ms / 1000:.1f} 秒"] for name, (points, ms) in kept.items()
    }
    assert kept["小丁"] == (1, 5000)  # came after all of the time, and counts: Telegram took it in time
    assert [name_of(line) for line in lines] == sorted(kept, key=lambda name: (-kept[name][0], kept[name][1]))
    assert len(set(match.questions)) == 10
    boards = [message for message in await group.messages() if "题后的排名" in message.text]
    assert len(boards) == 1  # edited after each question


def recount(database: Path) -> dict[str, tuple[int, int]]:
    """Right answers of each member and the time taken for them, added up from the rows."""
    found: dict[str, tuple[int, int]] = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for name, right_, ms in connection.execute("SELECT name, right, ms FROM answers JOIN members USING (member)"):
            points, time = found.get(name, (0, 0))
            found[name] = (points + right_, time + ms * right_)
    return found


async def test_a_second_quiz_is_refused_and_only_the_starter_and_admins_stop_one(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann, bo, boss = members[:3]
    await group.add(boss, "administrator")
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 5 20")
    poll = await match.poll()
    assert (await bo.ask(group, "/quiz 3 20")).text == Wording.RUNNING_STOP
    assert (await bo.ask(group, "/stop")).text == Wording.NOT_YOURS
    await bo.vote(poll, right(poll))
    await telegram.quiet()
    assert (await ann.ask(group, "/stop")).text.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))
    closed = await telegram.now(poll)
    assert closed.poll is not None
    assert closed.poll["is_closed"]
    await match.starts(bo, "/quiz 5 20")
    await match.poll()
    assert (await boss.ask(group, "/stop")).text.startswith("答题提前结束")


async def test_two_groups_and_two_topics_play_at_once_and_none_mixes_with_another(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    forum = await telegram.forum("论坛", members, topics=["一", "二"])
    matches = [
        Match(telegram, group),
        Match(telegram, await telegram.supergroup("二班", members)),
        *(Match(telegram, forum, thread) for thread in forum.topics.values()),
    ]
    for match, starter in zip(matches, members, strict=False):
        await match.starts(starter, "/quiz 3 5")
    for number in range(3):
        for place, match in enumerate(matches):
            poll = await match.poll()
            assert poll.poll is not None
            assert poll.poll["question"].startswith(f"第 {number + 1}/3 题")
            # everybody votes everywhere, but rightly in each place so often as only there
            for name, member in zip(NAMES[: 2 + place % 2], members, strict=False):
                await match.votes(poll, name, member, correctly=number < place or (place == 3 and name == "小程"))
        await telegram.quiet(timeout=30)
        await telegram.advance(6)
    for place, match in enumerate(matches):
        assert await match.final() == match.points
        assert set(match.points.values()) == {place}
        assert len(match.questions) == len(set(match.questions)) == 3
    assert (await members[3].ask(forum, "/stop", thread=matches[3].thread)).text == Wording.NOT_RUNNING


async def test_quiz_alone_offers_buttons_and_alone_one_plays_at_ones_own_pace(
    telegram: Standin, bot: BotProcess, members: list[User]
) -> None:
    ann = members[0]
    menu = await ann.ask(ann.chat, "答题")
    assert menu.labels[:3] == ["5 题", "10 题", "20 题"]
    match = Match(telegram, ann.chat)
    match.mark = (await ann.press(menu, "5 题")).mark
    for _ in range(5):
        poll = await match.poll()
        await match.votes(poll, "安安", ann, correctly=True)
    assert await match.final() == {"安安": 5}
    assert "连续 1 天，一共答了 5 题，对 5 题" in (await ann.ask(ann.chat, "/me")).text


async def test_a_flood_limit_in_the_middle_costs_no_question(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann = members[0]
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 3 5")
    for number in range(3):
        poll = await match.poll()
        await match.votes(poll, "安安", ann, correctly=True)
        if number == 0:
            await telegram.fault("sendPoll", "429", retry_after=2)
            await telegram.fault("sendMessage", "429", retry_after=1)
        await match.time_is_over()
    assert await match.final() == {"安安": 3}


async def test_a_group_that_becomes_a_supergroup_in_the_middle_plays_on(
    telegram: Standin, bot: BotProcess, members: list[User]
) -> None:
    ann = members[0]
    small = await telegram.group("小组", members)
    before = Match(telegram, small)
    await before.starts(ann, "/quiz 2 5")
    poll = await before.poll()
    await before.votes(poll, "安安", ann, correctly=True)
    await telegram.quiet()
    after = Match(telegram, await small.migrate())
    after.mark = await telegram.mark()
    await telegram.quiet()
    await telegram.advance(6)
    poll = await after.poll()
    await after.votes(poll, "安安", ann, correctly=True)
    await after.time_is_over()
    assert await after.final() == {"安安": 2}


async def test_a_question_that_cannot_be_sent_is_left_out_and_the_contest_goes_on(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann = members[0]
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 3 5")
    await match.votes(await match.poll(), "安安", ann, correctly=True)
    await telegram.fault("sendPoll", "400")
    await match.time_is_over()
    poll = await match.poll()
    assert poll.poll is not None
    assert poll.poll["question"].startswith("第 3/3 题")
    await match.votes(poll, "安安", ann, correctly=True)
    await match.time_is_over()
    assert await match.final() == {"安安": 2}
    assert (await group.last()).text.endswith(Wording.UNSENT.format(count=1))


async def test_who_starts_and_admins_skip_a_question(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann, bo = members[:2]
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 2 20")
    skipped = await match.poll()
    assert (await bo.ask(group, "/skip")).text == Wording.NOT_YOURS
    await ann.say(group, "/skip")
    poll = await match.poll()
    closed = await telegram.now(skipped)
    assert closed.poll is not None
    assert closed.poll["is_closed"]
    await match.votes(poll, "小波", bo, correctly=True)
    await match.time_is_over(21)
    assert await match.final() == {"小波": 1}


async def test_an_admin_sets_how_a_group_plays_and_members_report_a_question_of_the_contest(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann, bo, boss = members[:3]
    await group.add(boss, "administrator")
    await telegram.quiet()  # it has said hello
    assert (await ann.ask(group, "/settings 5")).text == QuizSettings.ADMINS
    settings = await boss.ask(group, "/settings 2 5")
    assert settings.text == "改好了：竞赛，2 题，每题 5 秒，不算速度分。"
    settings = await boss.ask(group, "/settings")
    for label in ("改速度分", "算速度分"):
        shown = await telegram.now(settings)
        told = await boss.press(shown, next(button for button in shown.labels if button.endswith(label)))
        await telegram.quiet()
    assert told.answer is not None and told.answer.text.endswith("算速度分。")
    assert "算速度分。" in (await telegram.now(settings)).text  # the same message all the time
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 竞赛")
    for _ in range(2):
        await match.votes(await match.poll(), NAMES[0], ann, correctly=True)
        await match.time_is_over()
    await match.board()
    board = await group.last()
    offered = await telegram.reply(await bo.press(board, Reports.BOARD_BUTTON))
    assert len(offered.labels) == 2
    for member in (bo, bo, ann):
        pressed = await member.press(offered, offered.labels[1])
        assert pressed.answer is not None and pressed.answer.text == Reports.THANKS
    with closing(sqlite3.connect(tmp_path / "data" / "bot.sqlite3")) as connection:
        kept = connection.execute("SELECT question FROM reports").fetchall()
        [second] = connection.execute("SELECT DISTINCT question FROM answers WHERE round = 1")
    assert kept == [second, second]  # one of each member


async def test_a_daily_question_whose_hour_was_slept_through_comes_once_if_it_is_not_too_late(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann, bo = members[:2]
    late = await telegram.supergroup("另一组", members)
    for chat in (group, late):
        await chat.add(ann, "administrator")
    now = datetime.now(UTC)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as first:
        await telegram.quiet()  # it has said hello
        for chat, hours in ((group, 2), (late, 7)):
            at = now - timedelta(hours=hours)
            assert f"{at:%M}（UTC）" in (await ann.ask(chat, f"/daily {at:%H:%M} UTC")).text
        await first.kill()
    sleep_for_two_days(tmp_path / "data" / "bot.sqlite3")
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as second:
        poll = await Match(telegram, group).poll()
        assert poll.poll is not None
        assert poll.poll["question"].startswith(Wording.QUESTION_DAILY)
        await bo.vote(poll, right(poll))
        await telegram.quiet()
        await second.kill()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token):
        assert "一共答了 1 题" in (await bo.ask(bo.chat, "/me")).text
        await telegram.quiet(seconds=1)
    assert len(await telegram.calls("sendPoll")) == 1


def sleep_for_two_days(database: Path) -> None:
    """What every chat's daily question was dealt with last becomes two days older: as if the bot had slept so long."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for chat, handled_at in connection.execute(
            "SELECT chat, handled_at FROM schedules WHERE kind = 'daily'"
        ).fetchall():
            older = datetime.fromisoformat(handled_at) - timedelta(days=2)
            connection.execute(
                "UPDATE schedules SET handled_at = ? WHERE chat = ? AND kind = 'daily'", (older.isoformat(" "), chat)
            )
