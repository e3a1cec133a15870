"""What starts a contest and what does not: late messages, times, kinds that take several."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contests.start_time import names_a_time, split_time
from bot.knowledge.parse.points_file import parse_points
from bot.records.chats import QuizSettingsRecord
from bot.wording import Contests as Wording
from bot.wording import QuizSettings
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.library import POINTS, SOURCE

ALONE = {"by": "ann", "chat": "test:ann"}


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(hours=20, minutes=10), "这是 20 小时前发的，我现在才看到。要现在开始吗？"),
        (timedelta(minutes=6), "这是 6 分钟前发的，我现在才看到。要现在开始吗？"),
    ],
)
async def test_what_was_wanted_long_ago_starts_only_when_somebody_says_yes(
    harness: ContestsHarness, ago: timedelta, told: str
) -> None:
    offer = await harness.hears_late("/quiz 3 25 挑战 速度 水稻", ago)
    assert (offer.text, [choice.label for choice in offer.choices]) == (told, ["现在开始"])
    assert harness.channel.asked == []
    assert (await harness.press(offer.choices[0].action, chat="test:elsewhere")).toast == Wording.GONE
    await harness.press(offer.choices[0].action, by="bob")
    [(_, asked)] = harness.channel.asked
    assert (asked.seconds, asked.mode, asked.question.point) == (25, "challenge", "rice")
    assert "挑战（水稻）" in harness.last
    running = harness.quizzing.contests.at("test:group")
    assert running is not None and running.contest.setup.starter == "test:bob"


@pytest.mark.parametrize("ago", [None, timedelta(0), timedelta(minutes=4), -timedelta(minutes=10)])
async def test_what_was_said_just_now_starts_at_once(harness: ContestsHarness, ago: timedelta | None) -> None:
    assert (await harness.hears_late("/quiz 3", ago)).text == ""
    assert harness.channel.asked


async def test_what_was_wanted_long_ago_cannot_be_started_after_a_restart(harness: ContestsHarness) -> None:
    offer = await harness.hears_late("/quiz 3", timedelta(hours=1))
    harness = await harness.again()
    assert (await harness.press(offer.choices[0].action)).toast == Wording.GONE
    await harness.dies()


async def test_a_stop_from_long_ago_still_stops(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3")
    await harness.hears_late("/stop", timedelta(hours=1))
    assert harness.last.startswith("答题提前结束")


@pytest.mark.parametrize(
    "text",
    [
        "明天8点",
        "明天 8 点",
        "今晚八点半",
        "10 20 下午3点",
        "8:00",
        "20：15",
        "周五晚上7点开始",
        "10分钟后",
        "半小时以后",
        "11月5日 9点",
    ],
)
async def test_a_time_is_no_topic(harness: ContestsHarness, text: str) -> None:
    assert (await harness.say(f"/quiz {text}")).text.startswith("约好了")
    assert harness.channel.asked == []


async def test_what_reads_like_a_time_is_a_topic_where_a_passage_speaks_of_it(harness: ContestsHarness) -> None:
    bank = [replace(question, point="rice") for question in harness.bank]
    harness.bank[:] = bank
    parsed = parse_points(POINTS.replace("aliases: [水稻, 种田]", "aliases: [七月一日, 7月1日]"), SOURCE, "points.yaml")
    harness.knowledge = parsed.knowledge
    for topic in ("7月1日", "七月一日"):
        assert (await harness.say(f"/quiz 1 20 {topic}")).text == ""
        assert harness.channel.asked[-1][1].question.point == "rice"
        await harness.say("/stop")
    assert (await harness.say("/quiz 8月1日")).text == Wording.TIME_BAD


@pytest.mark.parametrize(
    "topic", ["就业", "今天", "三点要求", "第三部分", "一刻不停", "五大工程", "半导体", "水稻", ""]
)
def test_a_topic_is_no_time(topic: str) -> None:
    assert not names_a_time(split_time(topic)[0])


@pytest.mark.parametrize(("mode", "name"), [("抢答", "抢答"), ("分队", "分队赛"), ("红蓝", "分队赛")])
async def test_alone_nobody_plays_what_takes_several(harness: ContestsHarness, mode: str, name: str) -> None:
    told = Wording.ONLY_TOGETHER.format(mode=name)
    assert (await harness.say(f"/quiz 3 {mode}", **ALONE, is_private=True)).text == told
    assert (await harness.say(f"/settings {mode}", **ALONE, is_private=True)).text == told
    assert harness.channel.asked == []


async def test_alone_what_takes_several_is_not_offered(harness: ContestsHarness) -> None:
    menu = await harness.say("答题", **ALONE, is_private=True)
    assert [choice.label for choice in menu.choices[3:]] == [Wording.MENU_MODES["challenge"], Wording.MENU_SECTIONS]
    assert len((await harness.say("答题")).choices) == 7
    for action in ("q:s-3-20-buzzer-", "q:s-3-20-teams-"):
        assert (await harness.press(action, **ALONE, is_private=True)).toast or harness.channel.asked == []
    modes = await harness.press("q:p-mode", **ALONE, is_private=True)
    assert [choice.label for choice in modes.choices] == ["竞赛", "挑战", QuizSettings.BACK]
    assert (await harness.press("q:p-mode-teams", **ALONE, is_private=True)).toast == Wording.ONLY_TOGETHER.format(
        mode="分队赛"
    )
    assert "抢答" not in (await harness.say("/settings", **ALONE, is_private=True)).text


async def test_what_was_usual_alone_before_is_played_as_a_plain_contest(harness: ContestsHarness) -> None:
    harness.store.quiz_settings["test:ann"] = QuizSettingsRecord("test:ann", 3, 20, "buzzer", "right")
    await harness.say("/quiz 3", **ALONE, is_private=True)
    assert harness.channel.asked[-1][1].mode == "contest"
