"""What holds for a topic of a group, what for the whole group, and that it is said in topics."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming
from bot.features.announcements.feature import QuietHoursCommand
from bot.wording import Contests, Notices, QuizSettings
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.features.fakes import FakeRoles

GENERAL, ONE, TWO = "test:group", "test:group:7", "test:group:9"


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness(hosts=["test:ann"]).opens()
    yield opened
    await opened.dies()


async def plays(harness: ContestsHarness, chat: str, by: str) -> None:
    await harness.say("/quiz 1 20", chat=chat)
    await harness.vote(by, chat=chat)
    await harness.time.advance(25)


async def test_a_groups_ranking_counts_what_was_answered_in_all_of_its_topics_and_says_so(
    harness: ContestsHarness,
) -> None:
    for chat, by in ((ONE, "ann"), (TWO, "ann"), (GENERAL, "ann"), (TWO, "bob"), ("test:group2:7", "cem")):
        await plays(harness, chat, by)
    for chat in (GENERAL, ONE, TWO):
        shown = await harness.say("/rank", chat=chat)
        assert [line.split("　")[0].split()[-1] for line in shown.text.splitlines()[1:3]] == ["ann", "bob"]
        assert "对 3 题" in shown.text and "cem" not in shown.text
        assert (shown.parts[-1].text == Contests.RANK_TOPICS) == (chat != GENERAL)
    assert Contests.RANK_TOPICS not in (await harness.say("/rank 总", chat=ONE)).text


async def test_a_topic_has_settings_of_its_own_or_its_groups_and_says_so(harness: ContestsHarness) -> None:
    await harness.say("/settings 15 30", chat=GENERAL)
    assert "15 题" in (await harness.say("/settings", chat=ONE)).text
    changed = await harness.say("/settings 5 20 抢答", chat=ONE)
    assert changed.parts[-1].text == QuizSettings.TOPIC
    pressed = await harness.press("q:p-count-10", chat=ONE)
    assert pressed.parts[-1].text == QuizSettings.TOPIC
    assert "15 题" in (await harness.say("/settings", chat=TWO)).text
    shown = await harness.say("/settings", chat=GENERAL)
    assert "15 题" in shown.text and QuizSettings.TOPIC not in shown.text


async def test_a_topic_can_have_the_usual_settings_where_its_group_has_others(harness: ContestsHarness) -> None:
    usual = (await harness.say("/settings", chat=GENERAL)).parts[0].text
    await harness.say("/settings 15 30", chat=GENERAL)
    await harness.say("/settings 10 20 竞赛 不比快", chat=ONE)
    assert (await harness.say("/settings", chat=ONE)).parts[0].text == usual


async def test_a_topics_daily_question_says_that_it_is_the_topics(harness: ContestsHarness) -> None:
    for text in ("/daily", "/daily 8:00", "/daily 关"):
        assert (await harness.say(text, chat=ONE)).parts[-1].text == Contests.DAILY_TOPIC
        assert Contests.DAILY_TOPIC not in (await harness.say(text, chat=GENERAL)).text
    assert (await harness.say("/daily 25", chat=ONE)).text == Contests.DAILY_BAD


async def test_quiet_hours_say_in_a_topic_that_they_are_the_whole_groups(harness: ContestsHarness) -> None:
    rights = RolePolicy(["test:ann"], FakeRoles({}))
    quieting = QuietHoursCommand(harness.quizzing.quiet, rights, harness.quizzing.channels, harness.audit, harness.time)
    for text in ("", "22:00-7:00", "关"):
        told = await quieting.quiet(text, Incoming("test:ann", ONE, is_private=False))
        assert told.parts[-1].text == Notices.QUIET_TOPICS
    told = await quieting.quiet("", Incoming("test:ann", GENERAL, is_private=False))
    assert Notices.QUIET_TOPICS not in told.text
