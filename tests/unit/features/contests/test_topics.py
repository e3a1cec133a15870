"""What holds for a topic of a group, what for the whole group, and that it is said in topics."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming
from bot.features.announcements.feature import QuietHoursCommand
from bot.wording import Contests, Notices, QuizSettings
from tests.unit.features.contests.fixtures import Hall
from tests.unit.features.fakes import FakeRoles

GENERAL, ONE, TWO = "test:group", "test:group:7", "test:group:9"


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    opened = await Hall(hosts=["test:ann"]).opens()
    yield opened
    await opened.dies()


async def plays(hall: Hall, chat: str, by: str) -> None:
    await hall.say("/quiz 1 20", chat=chat)
    await hall.vote(by, chat=chat)
    await hall.time.advance(25)


async def test_a_groups_ranking_counts_what_was_answered_in_all_of_its_topics_and_says_so(hall: Hall) -> None:
    for chat, by in ((ONE, "ann"), (TWO, "ann"), (GENERAL, "ann"), (TWO, "bob"), ("test:group2:7", "cem")):
        await plays(hall, chat, by)
    for chat in (GENERAL, ONE, TWO):
        shown = await hall.say("/rank", chat=chat)
        assert [line.split("　")[0].split()[-1] for line in shown.text.splitlines()[1:3]] == ["ann", "bob"]
        assert "对 3 题" in shown.text and "cem" not in shown.text
        assert (shown.parts[-1].text == Contests.RANK_TOPICS) == (chat != GENERAL)
    assert Contests.RANK_TOPICS not in (await hall.say("/rank 总", chat=ONE)).text


async def test_a_topic_has_settings_of_its_own_or_its_groups_and_says_so(hall: Hall) -> None:
    await hall.say("/settings 15 30", chat=GENERAL)
    assert "15 题" in (await hall.say("/settings", chat=ONE)).text
    changed = await hall.say("/settings 5 20 抢答", chat=ONE)
    assert changed.parts[-1].text == QuizSettings.TOPIC
    pressed = await hall.press("q:p-count-10", chat=ONE)
    assert pressed.parts[-1].text == QuizSettings.TOPIC
    assert "15 题" in (await hall.say("/settings", chat=TWO)).text
    shown = await hall.say("/settings", chat=GENERAL)
    assert "15 题" in shown.text and QuizSettings.TOPIC not in shown.text


async def test_a_topic_can_have_the_usual_settings_where_its_group_has_others(hall: Hall) -> None:
    usual = (await hall.say("/settings", chat=GENERAL)).parts[0].text
    await hall.say("/settings 15 30", chat=GENERAL)
    await hall.say("/settings 10 20 竞赛 不比快", chat=ONE)
    assert (await hall.say("/settings", chat=ONE)).parts[0].text == usual


async def test_a_topics_daily_question_says_that_it_is_the_topics(hall: Hall) -> None:
    for text in ("/daily", "/daily 8:00", "/daily 关"):
        assert (await hall.say(text, chat=ONE)).parts[-1].text == Contests.DAILY_TOPIC
        assert Contests.DAILY_TOPIC not in (await hall.say(text, chat=GENERAL)).text
    assert (await hall.say("/daily 25", chat=ONE)).text == Contests.DAILY_BAD


async def test_quiet_hours_say_in_a_topic_that_they_are_the_whole_groups(hall: Hall) -> None:
    rights = RolePolicy(["test:ann"], FakeRoles({}))
    quieting = QuietHoursCommand(hall.quizzing.quiet, rights, hall.quizzing.channels, hall.audit, hall.time)
    for text in ("", "22:00-7:00", "关"):
        told = await quieting.quiet(text, Incoming("test:ann", ONE, is_private=False))
        assert told.parts[-1].text == Notices.QUIET_TOPICS
    told = await quieting.quiet("", Incoming("test:ann", GENERAL, is_private=False))
    assert Notices.QUIET_TOPICS not in told.text
