"""The real process on the stand-in: groups play, members come late and leave, the process is killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wording import Contests as Wording
from tests.e2e.bot_process import BotProcess, bot_on_telegram
from tests.standin.client import Chat, Message, Standin, User

NAMES = ("安安", "小波", "小程", "小丁", "小娥")


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.process() as running:
        yield running


@pytest.fixture
async def bot(telegram: Standin, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as process:
        yield process
        assert "Traceback" not in process.output


@pytest.fixture
async def members(telegram: Standin) -> list[User]:
    return [await telegram.user(name, started=True) for name in NAMES]


@pytest.fixture
async def group(telegram: Standin, members: list[User]) -> Chat:
    return await telegram.supergroup("学习小组", members)


def right(poll: Message) -> int:
    """The right option of a quiz."""
    assert poll.poll is not None
    return int(poll.poll["correct_option_ids"][0])


def wrong(poll: Message) -> int:
    assert poll.poll is not None
    return (right(poll) + 1) % len(poll.poll["options"])


class Match:
    """A contest in a chat, poll by poll; ``first`` is whether the first vote to each question was right."""

    def __init__(self, telegram: Standin, chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat
        self.mark = 0
        self.first: dict[tuple[str, str], bool] = {}
        self.questions: list[str] = []

    async def starts(self, starter: User, text: str, thread: int | None = None) -> None:
        self.mark = (await starter.say(self.chat, text, thread=thread)).mark

    async def poll(self, timeout: float = 30.0) -> Message:  # noqa: ASYNC109 - the server keeps the time
        """The next question."""
        while True:
            call = await self.telegram.wait_for("sendPoll", chat_id=self.chat, after=self.mark, timeout=timeout)
            self.mark = call.mark
            if call.status == 200:
                assert call.message.poll is not None
                self.questions.append(call.message.poll["question"])
                return call.message

    async def polls_to_the_end(self) -> AsyncIterator[Message]:
        """All questions that come before the final board."""
        while True:
            call = await self.telegram.wait_for(
                "sendPoll", "sendMessage", chat_id=self.chat, after=self.mark, timeout=30
            )
            if call.method == "sendPoll":
                yield await self.poll()
            else:
                self.mark = call.mark
                if call.status == 200 and call.message.text.startswith("答题结束"):
                    return

    async def votes(self, poll: Message, name: str, member: User, *, correctly: bool) -> None:
        await member.vote(poll, right(poll) if correctly else wrong(poll))
        assert poll.poll is not None
        self.first.setdefault((name, poll.poll["question"]), correctly)

    @property
    def points(self) -> dict[str, int]:
        """The test's own count, of those who voted."""
        names = {name for name, _ in self.first}
        return {name: sum(was for (who, _), was in self.first.items() if who == name) for name in names}

    async def time_is_over(self, seconds: float = 6) -> None:
        """Every vote was taken by the bot, then the platform closes the poll."""
        await self.telegram.quiet(timeout=30)
        await self.telegram.advance(seconds)

    async def final(self, beginning: str = "答题结束") -> dict[str, int]:
        """The points on the last board, once it is there."""
        async with asyncio.timeout(30):
            while True:
                boards = [message.text for message in await self.chat.messages() if message.text.startswith(beginning)]
                if boards:
                    return {
                        line.split("　")[0].split()[-1]: int(line.split("　")[1].split()[0])
                        for line in boards[-1].splitlines()[1:]
                        if "　" in line
                    }
                await asyncio.sleep(0.05)


async def test_members_come_late_leave_and_vote_once_and_are_scored_as_a_recount_says(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann, bo, cheng, ding, e = members
    match = Match(telegram, group)
    await match.starts(ann, "/quiz 4 5")
    for number in range(4):
        poll = await match.poll()
        assert poll.poll is not None
        assert poll.poll["question"].startswith(f"第 {number + 1}/4 题（5 秒）：")
        await match.votes(poll, "安安", ann, correctly=True)
        await match.votes(poll, "小波", bo, correctly=number % 2 == 0)
        if number < 2:  # leaves
            await match.votes(poll, "小程", cheng, correctly=True)
        if number == 3:  # comes late
            await match.votes(poll, "小丁", ding, correctly=True)
        await match.votes(poll, "小娥", e, correctly=False)
        await match.time_is_over()
    assert await match.final() == match.points
    assert len(set(match.questions)) == 4
    boards = [message for message in await group.messages() if "题后的排名" in message.text]
    assert len(boards) == 1  # edited after each question


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


async def test_two_topics_and_another_group_play_beside_each_other(
    telegram: Standin, bot: BotProcess, members: list[User], group: Chat
) -> None:
    ann, bo = members[:2]
    forum = await telegram.forum("论坛", members, topics=["一", "二"])
    threads = list(forum.topics.values())
    other = Match(telegram, group)
    await other.starts(ann, "/quiz 1 5")
    poll = await other.poll()
    await bo.vote(poll, right(poll))
    for thread in threads:
        match = Match(telegram, forum)
        await match.starts(ann, "/quiz 1 5", thread)
        asked = await match.poll()
        assert asked.raw["message_thread_id"] == thread
        await ann.vote(asked, right(asked))
    await telegram.quiet()
    await telegram.advance(6)
    assert await other.final() == {"小波": 1}
    await telegram.quiet(timeout=20)
    finals = [message for message in await forum.messages() if message.text.startswith("答题结束")]
    assert sorted(message.raw["message_thread_id"] for message in finals) == sorted(threads)


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


@pytest.mark.parametrize("moment", ["asked", "voted", "delivering", "between", "sending"])
async def test_kill_9_in_the_middle_loses_nothing_and_counts_nothing_twice(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path, moment: str
) -> None:
    ann, bo = members[:2]
    match = Match(telegram, group)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as first:
        await match.starts(ann, "/quiz 3 5")
        poll = await match.poll()
        if moment == "sending":
            await match.votes(poll, "安安", ann, correctly=True)
            await telegram.quiet()
            await telegram.fault("sendPoll", "hang", seconds=30)
            await telegram.advance(6)
            await telegram.struck("sendPoll")
        elif moment != "asked":
            await match.votes(poll, "安安", ann, correctly=True)
        if moment in {"voted", "between"}:
            await telegram.quiet()
        if moment == "between":
            await telegram.advance(6)
            await asyncio.sleep(0.5)
        await first.kill()
    await telegram.clear_faults()
    if moment in {"asked", "voted", "delivering"}:
        await match.votes(poll, "小波", bo, correctly=True)  # nobody listens
        await telegram.advance(6)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as second:
        async for poll in match.polls_to_the_end():
            await match.votes(poll, "安安", ann, correctly=True)
            await match.votes(poll, "小波", bo, correctly=False)
            await match.time_is_over()
        assert await match.final() == match.points
        assert "Traceback" not in second.output
    assert len(set(match.questions)) == 3
    assert len(match.questions) <= 4  # a question whose receipt was lost in the kill comes once more
