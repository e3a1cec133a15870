"""The real process on the stand-in: what a contest keeps to itself while it asks, and the seconds before it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.wording import CONTEXT_BUTTON
from bot.wording import Contests as Wording
from tests.e2e.bot_process import bot_on_telegram
from tests.e2e.match import NAMES, Match
from tests.standin.client import Chat, Message, Standin, User

QUESTION = "修了多少公里村道"
PACED = 60.0  # seconds: a group takes twenty messages a minute
HANG = 600.0  # seconds: the call is on its way until the process is dead


@pytest.fixture
async def members(telegram: Standin) -> list[User]:
    return [await telegram.user(name, started=True) for name in NAMES[:3]]


@pytest.fixture
async def group(telegram: Standin, members: list[User]) -> Chat:
    return await telegram.supergroup("学习小组", members)


async def ways(ann: User, bo: User, group: Chat, card: Message) -> dict[str, str]:
    """What is said to each way of asking for what the open question asks."""
    pressed = await bo.press(card, CONTEXT_BUTTON)
    outline = await bo.press_stale(card, "o:2")
    passage = await bo.press_stale(card, "p:road")
    return {
        "/ask": (await bo.ask(group, f"/ask {QUESTION}", timeout=PACED)).text,
        "mention": (await bo.ask(group, f"@standin_bot {QUESTION}", timeout=PACED)).text,
        "reply": (await bo.ask(group, QUESTION, reply_to=card, timeout=PACED)).text,
        "why": (await bo.ask(group, "依据", reply_to=card, timeout=PACED)).text,
        "starter in private": (await ann.ask(ann.chat, QUESTION)).text,
        "member in private": (await bo.ask(bo.chat, QUESTION)).text,
        "inline": str((await ann.inline(QUESTION)).results),
        "inline, nothing typed": str((await ann.inline("")).results),
        "context": pressed.answer.text if pressed.answer else "",
        "outline": outline.answer.text if outline.answer else "",
        "passage": passage.answer.text if passage.answer else "",
    }


async def test_no_way_of_asking_gives_an_open_question_away_before_and_after_a_kill(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann, bo, stranger = members
    match = Match(telegram, group)
    await telegram.configure(mention_delivery=True)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as first:
        await telegram.quiet()  # it has said hello
        card = await bo.ask(group, f"/ask {QUESTION}")
        assert "12.5公里" in card.text
        await match.starts(ann, "/quiz 1 600 村道")
        await match.poll()
        told = await ways(ann, bo, group, card)
        expected = {way: "[]" if way.startswith("inline") else Wording.WITHHELD for way in told}
        expected |= {"context": Wording.WITHHELD_TAP, "passage": Wording.WITHHELD_TAP, "outline": Wording.WITHHELD_LIST}
        assert told == expected
        elsewhere = await bo.ask(group, "/ask 今年种了多少亩水稻", timeout=PACED)
        assert "3200亩" in elsewhere.text
        assert "12.5公里" in (await stranger.ask(stranger.chat, QUESTION)).text  # nobody knows that he is in the group
        await telegram.quiet()
        await first.kill()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token) as second:
        await bo.ask(group, "/ask 今年种了多少亩水稻", timeout=PACED)  # bo is seen in the group again
        told = await ways(ann, bo, group, card)
        assert told == expected | {"why": told["why"]}  # which question a card answered is forgotten with the process
        assert "12.5公里" not in told["why"]
        await telegram.advance(601)
        await match.board()
        assert "12.5公里" in (await bo.ask(group, f"/ask {QUESTION}", timeout=PACED)).text
        assert "12.5公里" in (await ann.ask(ann.chat, QUESTION)).text
        assert (await ann.inline(QUESTION)).results
        assert "Traceback" not in second.output


async def openings(group: Chat) -> int:
    return sum(message.text.startswith("答题开始") for message in await group.messages())


async def test_kill_9_in_the_lead_in_loses_neither_teams_nor_the_first_question(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann, bo, cheng = members
    match = Match(telegram, group)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token, QUIZ_LEAD_IN="2") as first:
        await telegram.quiet()  # it has said hello
        opening = await ann.ask(group, "/quiz 2 5 分队")
        match.mark = opening.mark
        assert opening.text.splitlines()[-1] == "8 秒后开始，请做好准备。"
        for label, team in (("加入红队", "红队"), ("加入蓝队", "蓝队")):
            pressed = await bo.press(opening, label)
            assert pressed.answer is not None and pressed.answer.text == Wording.JOINED.format(team=team)
        await telegram.quiet()
        assert not await telegram.calls("sendPoll")
        await first.kill()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token, QUIZ_LEAD_IN="2") as second:
        for number in range(2):
            poll = await match.poll()
            await match.votes(poll, NAMES[1], bo, correctly=True)
            await match.votes(poll, NAMES[2], cheng, correctly=number == 0)
            if number == 0:
                await telegram.quiet()
                late = await bo.press(opening, "加入红队")
                assert late.answer is not None and late.answer.text == Wording.TEAM_STANDS.format(team="蓝队")
            await match.time_is_over()
        lines = await match.board()
        assert lines[0].startswith("🥇 蓝队（1 人）　人均 2 分")
        assert len(match.questions) == len(set(match.questions)) == 2
        assert await openings(group) == 1
        assert "Traceback" not in second.output


async def test_kill_9_while_the_opening_is_sent_says_it_once_and_the_question_comes(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann = members[0]
    match = Match(telegram, group)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token, QUIZ_LEAD_IN="2") as first:
        await telegram.quiet()
        await telegram.fault("sendMessage", "hang", seconds=HANG)
        await match.starts(ann, "/quiz 1 5")
        await telegram.struck("sendMessage", timeout=20)
        await first.kill()
    await telegram.clear_faults()
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token, QUIZ_LEAD_IN="2"):
        poll = await match.poll()
        await match.votes(poll, NAMES[0], ann, correctly=True)
        await match.time_is_over()
        assert await match.final() == {NAMES[0]: 1}
        assert await openings(group) == 1


async def test_in_the_lead_in_stop_ends_it_and_skip_brings_the_question(
    telegram: Standin, members: list[User], group: Chat, tmp_path: Path
) -> None:
    ann = members[0]
    match = Match(telegram, group)
    async with bot_on_telegram(tmp_path, telegram.url, telegram.token, QUIZ_LEAD_IN="60"):
        await telegram.quiet()  # it has said hello
        opening = await ann.ask(group, "/quiz 1 5")
        assert opening.text.splitlines()[-1] == "60 秒后开始，请做好准备。"
        stopped = await ann.ask(group, "/stop")
        assert stopped.text.startswith("答题提前结束")
        await telegram.quiet()
        assert not await telegram.calls("sendPoll")
        await match.starts(ann, "/quiz 1 5")
        await telegram.quiet()
        await ann.say(group, "/skip")
        await match.poll()
