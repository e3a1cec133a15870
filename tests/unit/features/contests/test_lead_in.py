"""The lead-in: what a group is told before the first question, and that no kill takes the question or the opening."""

from __future__ import annotations

import asyncio

import pytest

from bot.contests.runner import BACKLOG
from bot.features.contests.presenter import rule_of
from bot.quiz.contest.state import Mode
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness


def openings(harness: ContestsHarness) -> int:
    return sum(reply.text.startswith("答题开始") for _, reply in harness.channel.said)


async def test_the_first_question_comes_five_seconds_after_the_opening() -> None:
    harness = await ContestsHarness(lead_in=5).opens()
    await harness.say("/quiz 3 20")
    assert harness.last.splitlines()[-1] == "5 秒后开始，请做好准备。"
    await harness.time.advance(4.9)
    assert harness.channel.asked == []
    await harness.time.advance(0.1)
    assert [asked.number for _, asked in harness.channel.asked] == [1]
    await harness.dies()


async def test_teams_have_twenty_seconds_to_be_chosen_and_changed() -> None:
    harness = await ContestsHarness(lead_in=5).opens()
    await harness.say("/quiz 3 20 分队", by="ann")
    assert harness.last.splitlines()[-2:] == [Wording.CHOOSE_TEAM, "20 秒后开始，请做好准备。"]
    red, blue = harness.channel.said[-1][1].choices
    assert (await harness.press(red.action, by="bob")).toast == "您在红队，答第一题以前还可以换。"
    assert (await harness.press(blue.action, by="bob")).toast == "您在蓝队，答第一题以前还可以换。"
    await harness.time.advance(19)
    assert harness.channel.asked == []
    await harness.time.advance(1)
    assert (await harness.press(red.action, by="bob")).toast == "您在红队，答第一题以前还可以换。"
    await harness.vote("bob")
    assert (await harness.press(blue.action, by="bob")).toast == "您已经答过题，不能再换队。您在红队。"
    await harness.dies()


async def test_whoever_plays_alone_does_not_wait() -> None:
    harness = await ContestsHarness(lead_in=5).opens()
    await harness.say("/quiz 3 20", by="ann", chat="test:ann", is_private=True)
    assert [asked.number for _, asked in harness.channel.asked] == [1]
    assert "秒后开始" not in harness.last
    await harness.dies()


async def test_in_the_lead_in_stop_ends_it_and_skip_brings_the_question_at_once() -> None:
    harness = await ContestsHarness(lead_in=5).opens()
    await harness.say("/quiz 3 20")
    await harness.say("/stop")
    assert harness.last.splitlines()[:2] == [Wording.FINAL_STOPPED.format(title="竞赛"), Wording.NOBODY]
    await harness.time.advance(60)
    assert harness.channel.asked == []
    await harness.say("/quiz 3 20")
    await harness.say("/skip")
    assert [asked.number for _, asked in harness.channel.asked] == [1]
    await harness.time.advance(6)
    assert len(harness.channel.asked) == 1
    await harness.dies()


@pytest.mark.parametrize("seconds", [0, 2, 4.9])
async def test_killed_in_the_lead_in_there_is_one_opening_and_the_first_question_comes(seconds: float) -> None:
    harness = await ContestsHarness(lead_in=5).opens()
    await harness.say("/quiz 3 20 分队")
    await harness.press("q:j-1", by="bob")
    await harness.time.advance(seconds)
    harness = await harness.again()
    await harness.press("q:j-0", by="cem")
    await harness.time.advance(20)
    assert [asked.number for _, asked in harness.channel.asked] == [1]
    assert openings(harness) == 1
    assert {row.member: row.team for row in harness.store.players.values()} == {"test:bob": "蓝队", "test:cem": "红队"}
    await harness.dies()


async def test_killed_before_the_opening_was_said_it_is_said_and_the_question_comes() -> None:
    harness = ContestsHarness(lead_in=5)
    harness.channel.deaf = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 3 20")
    assert openings(harness) == 0
    harness.channel.deaf.set()
    harness = await harness.again()
    assert openings(harness) == 1
    await harness.time.advance(BACKLOG.total_seconds())
    assert [asked.number for _, asked in harness.channel.asked] == [1]
    await harness.dies()


@pytest.mark.parametrize(
    ("mode", "right", "speed"),
    [
        ("contest", ["答对一题得 1 分", "同分看用时"], ["答对一题得 500 到 1000 分", "越快"]),
        ("challenge", ["答错或者漏答一题就出局", "连对得最多"], ["答错或者漏答一题就出局", "500 到 1000 分"]),
        ("buzzer", ["一人只有一次机会", "只有最先答对的人得分", "1 分"], ["只有最先答对的人得分", "500 到 1000 分"]),
        ("teams", ["队里的人均分", "1 分"], ["队里的人均分", "500 到 1000 分"]),
    ],
)
def test_how_it_is_played_and_what_it_brings_are_told_together(mode: Mode, right: list[str], speed: list[str]) -> None:
    assert all(part in rule_of(mode, "right") for part in right)
    assert all(part in rule_of(mode, "speed") for part in speed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/quiz 3 20 挑战 速度", "🥇 ann　2925 分（连对 3 题）　3.0 秒"),
        ("/quiz 3 20 挑战", "🥇 ann　连对 3 题　3.0 秒"),
        ("/quiz 3 20 抢答 速度", "🥇 ann　2925 分（抢到 3 题）　3.0 秒"),
        ("/quiz 3 20 抢答", "🥇 ann　3 分　3.0 秒"),
    ],
)
async def test_a_board_tells_points_as_points_and_a_run_as_a_run(text: str, expected: str) -> None:
    harness = await ContestsHarness().opens()
    await harness.say(text)
    for _ in range(3):
        await harness.time.advance(1)
        await harness.vote("ann")
        await harness.time.advance(3 if "抢答" in text else 23)  # the first right answer ends a question
    assert harness.last.splitlines()[1] == expected
    await harness.dies()
