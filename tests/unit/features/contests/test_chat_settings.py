"""How a chat plays where nobody says otherwise, and who may say what that is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversation.messages import Reply
from bot.features.contests.presenter import rule_of
from bot.records.chats import QuizSettingsRecord
from bot.wording import Contests
from bot.wording import QuizSettings as Wording
from tests.unit.features.contests.fixtures import ContestsHarness

USUALLY = "竞赛，10 题，每题 20 秒，不算速度分"


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness(hosts=["test:host"]).opens()
    opened.channel.admins.add(("test:group", "test:boss"))
    yield opened
    await opened.dies()


def button(reply: Reply, label: str) -> str:
    return next(choice.action for choice in reply.choices if choice.label == label)


def played(harness: ContestsHarness) -> tuple[int, int, str]:
    _, asked = harness.channel.asked[-1]
    return asked.total, asked.seconds, asked.mode


@pytest.mark.parametrize(
    ("settings", "quiz", "expected"),
    [
        ("15 30 抢答", "/quiz", ""),
        ("15 30 抢答", "/quiz 7", "7 30 buzzer"),
        ("15 30 抢答", "/quiz 7 25 竞赛", "7 25 contest"),
        ("15 30 抢答", "/quiz 水稻", "10 30 buzzer"),  # all that there are
        ("抢答", "/quiz 竞赛", "10 20 contest"),
        ("分队", "/quiz 3", "3 20 teams"),
    ],
)
async def test_what_is_not_said_behind_quiz_is_as_it_is_set(
    harness: ContestsHarness, settings: str, quiz: str, expected: str
) -> None:
    assert (await harness.say(f"/settings {settings}", by="boss")).text.startswith("改好了：")
    reply = await harness.say(quiz, by="ann")
    if expected:
        count, seconds, mode = expected.split()
        assert played(harness) == (int(count), int(seconds), mode)
    else:
        assert [choice.label for choice in reply.choices[:4]] == ["5 题", "10 题", "15 题", "20 题"]
        assert reply.text.startswith("来答题吧。抢答，每题 30 秒。每题只有最先答对的人得分")


async def test_the_buttons_of_quiz_play_as_it_is_set(harness: ContestsHarness) -> None:
    await harness.say("/settings 15 30 抢答 速度分", by="boss")
    menu = await harness.say("/quiz")
    plain = button(menu, Contests.MENU_MODES["contest"])
    sections = await harness.press(menu.choices[-1].action)
    for number, (action, expected) in enumerate(
        [
            (button(menu, "15 题"), (15, 30, "buzzer")),
            (plain, (15, 30, "contest")),
            (button(menu, Contests.MENU_MODES["challenge"]), (20, 30, "challenge")),
            (sections.choices[1].action, (5, 30, "buzzer")),
        ]
    ):
        harness.channel.asked.clear()
        await harness.press(action, by=f"member{number}", chat=f"test:other{number}")
        assert played(harness) == expected
    harness.channel.said.clear()
    await harness.press(plain)  # in the chat whose setting it is
    assert rule_of("contest", "speed") in harness.last


async def test_speed_points_that_are_usual_can_be_left_out(harness: ContestsHarness) -> None:
    await harness.say("/settings 速度分", by="boss")
    await harness.say("/quiz 1")
    assert rule_of("contest", "speed") in harness.channel.said[0][1].text
    await harness.say("/stop")
    harness.channel.said.clear()
    await harness.say("/quiz 1 不比快")
    assert rule_of("contest", "right") in harness.channel.said[0][1].text


async def test_each_setting_is_changed_by_two_taps_in_the_same_message(harness: ContestsHarness) -> None:
    shown = await harness.say("答题设置", by="boss")
    assert shown.text.splitlines()[0] == Wording.SHOWN.format(usual=USUALLY)
    for change, value, expected in [
        ("改题数", "5 题", "竞赛，5 题，每题 20 秒，不算速度分"),
        ("改时间", "每题 60 秒", "竞赛，5 题，每题 60 秒，不算速度分"),
        ("改玩法", "分队赛", "分队赛，5 题，每题 60 秒，不算速度分"),
        ("改速度分", "算速度分", "分队赛，5 题，每题 60 秒，算速度分"),
    ]:
        values = await harness.press(button(shown, change), by="boss")
        assert values.edits_message
        back = await harness.press(button(values, Wording.BACK), by="boss")
        assert (back.edits_message, back.choices) == (True, shown.choices)
        changed = await harness.press(button(values, value), by="boss")
        assert (changed.edits_message, changed.toast) == (True, Wording.CHANGED.format(usual=expected))
        assert changed.text.splitlines()[0] == Wording.SHOWN.format(usual=expected)
        for choice in (*changed.choices, *values.choices):
            assert len(choice.action.encode()) <= 64


@pytest.mark.parametrize("by", ["boss", "host"])
async def test_admins_of_the_group_and_quiz_hosts_may_and_it_outlives_a_restart(
    harness: ContestsHarness, by: str
) -> None:
    await harness.say("/settings 7", by=by)
    harness = await harness.again()
    harness.channel.admins.clear()
    await harness.say("/quiz 30秒")
    assert played(harness) == (30, 20, "contest")  # the first number counts questions
    await harness.say("/stop")
    await harness.say("/quiz 竞赛")
    assert played(harness) == (7, 20, "contest")
    await harness.dies()


async def test_a_member_may_not_even_by_a_button_that_an_admin_was_shown(harness: ContestsHarness) -> None:
    shown = await harness.say("/settings", by="boss")
    values = await harness.press(button(shown, "改题数"), by="boss")
    assert (await harness.say("/settings", by="ann")).text == shown.text  # to look at it is everybody's
    assert (await harness.say("/settings 5", by="ann")).text == Wording.ADMINS
    for action in ("q:p", button(shown, "改题数"), button(values, "5 题")):
        assert await harness.press(action, by="ann") == Reply(toast=Wording.ADMINS)
    harness.channel.admins.clear()  # who is no admin any more is none at the next press
    assert await harness.press(button(values, "5 题"), by="boss") == Reply(toast=Wording.ADMINS)
    assert harness.store.all_settings == {}


async def test_what_is_set_in_a_group_and_who_tried_to_is_in_the_audit_log(harness: ContestsHarness) -> None:
    shown = await harness.say("/settings", by="boss")
    values = await harness.press(button(shown, "改题数"), by="boss")
    assert harness.audit.rows == []  # who only looks leaves no trace
    await harness.say("/settings 3 15", by="host")
    await harness.press(button(values, "5 题"), by="boss")
    await harness.say("/settings 我的私事", by="ann")
    await harness.press(button(values, "5 题"), by="ann")
    await harness.say("/settings 3", by="ann", chat="test:ann", is_private=True)
    assert [(row.actor, row.action, row.detail, row.allowed) for row in harness.audit.rows] == [
        ("test:host", "settings", "test:group 3 15", True),
        ("test:boss", "settings", "test:group count 5", True),
        ("test:ann", "settings", "test:group", False),
        ("test:ann", "settings", "test:group", False),
    ]


async def test_who_is_forgotten_is_told_that_the_record_of_what_was_set_stays(harness: ContestsHarness) -> None:
    await harness.say("/settings 3 15", by="boss")
    asked = await harness.say("/forget", by="boss")
    assert "谁改过知识库和群里的设置" in asked.text
    done = await harness.press(asked.choices[0].action, by="boss")
    assert "管理方面的记录还在" in done.text and "全部" not in done.text
    assert [row.actor for row in harness.audit.rows] == ["test:boss"]


async def test_nothing_is_set_that_cannot_be_written_down(harness: ContestsHarness) -> None:
    harness.audit.broken = True
    reply = await harness.say("/settings 3 15", by="boss")
    assert reply.text == Contests.NOT_KEPT
    assert harness.store.all_settings == {}


async def test_alone_everybody_sets_what_is_played_alone_and_nowhere_else(harness: ContestsHarness) -> None:
    await harness.say("/settings 3 15", chat="test:ann", is_private=True)
    await harness.say("/quiz 竞赛", chat="test:ann", is_private=True)
    assert played(harness) == (3, 15, "contest")
    await harness.say("/quiz 竞赛")
    assert played(harness) == (10, 20, "contest")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("/settings 就业", Wording.NOT_READ.format(mode="抢答")),
        ("/settings 0", "题数要在 1 到 50 之间"),
        ("/settings 5 9999", "题数要在 1 到 50 之间"),
        ("/settings 500 1", Wording.BAD_NUMBERS.format(count=50, least=5, most=600)),
    ],
)
async def test_what_cannot_be_played_is_not_set(harness: ContestsHarness, text: str, reply: str) -> None:
    assert (await harness.say(text, by="boss")).text.startswith(reply)
    assert harness.store.all_settings == {}


@pytest.mark.parametrize("action", ["q:p-", "q:p-x", "q:p-topic-a", "q:p-count-99", "q:p-mode-daily", "q:p-seconds--1"])
async def test_a_button_that_was_made_up_sets_nothing(harness: ContestsHarness, action: str) -> None:
    assert await harness.press(action, by="boss") != Reply()
    assert harness.store.all_settings == {}


@pytest.mark.parametrize(
    "stored", [(99, 20, "contest", "right"), (5, 20, "daily", "right"), (5, 20, "x", "right"), (5, 20, "contest", "x")]
)
async def test_a_setting_that_cannot_be_played_is_none(
    harness: ContestsHarness, stored: tuple[int, int, str, str]
) -> None:
    harness.store.quiz_settings["test:group"] = QuizSettingsRecord("test:group", *stored)
    await harness.say("/quiz 10")
    assert played(harness) == (10, 20, "contest")


async def test_what_is_set_to_how_it_always_was_leaves_no_row(harness: ContestsHarness) -> None:
    await harness.say("/settings 5", by="boss")
    await harness.say("/settings 10", by="boss")
    assert harness.store.all_settings == {}
