"""A chat that takes no question: the contest stops at the first one, and says what to allow where somebody hears it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversation.channel import Refusal
from bot.wording import ChatRefusals as Wording
from bot.wording import Contests
from tests.unit.features.contests.fixtures import ContestsHarness

GROUP = "test:group"
NO_POLLS = Wording.NO_POLLS.format(number=1, total=20, minutes=30)


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


def said_to(harness: ContestsHarness, chat: str) -> list[str]:
    return [reply.text for where, reply in harness.channel.said if where == chat]


async def test_without_polls_it_stops_at_the_first_question_and_says_what_to_allow(harness: ContestsHarness) -> None:
    harness.channel.forbids[GROUP] = "no_polls"
    await harness.say("/quiz 20 20")
    await harness.time.advance(60)
    assert said_to(harness, GROUP)[1:] == [NO_POLLS]
    assert harness.quizzing.contests.at(GROUP) is not None
    del harness.channel.forbids[GROUP]
    assert (await harness.press("q:c", by="bob")).toast == ""
    assert [asked.number for _, asked in harness.channel.asked] == [1]  # nothing was lost


async def test_allowed_in_vain_it_says_so_once_more_for_each_try(harness: ContestsHarness) -> None:
    harness.channel.forbids[GROUP] = "no_polls"
    await harness.say("/quiz 20 20")
    await harness.press("q:c")
    assert said_to(harness, GROUP)[1:] == [NO_POLLS, NO_POLLS]


async def test_a_right_taken_away_in_the_middle_keeps_what_was_answered(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20")
    await harness.vote("ann")
    harness.channel.forbids[GROUP] = "no_polls"
    await harness.time.advance(24)
    assert said_to(harness, GROUP)[-1] == Wording.NO_POLLS.format(number=2, total=3, minutes=30)
    await harness.say("/stop", by="ann")
    assert said_to(harness, GROUP)[-1].splitlines()[0] == Contests.FINAL_STOPPED.format(title="竞赛")
    assert "ann" in said_to(harness, GROUP)[-1]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("no_words", Wording.NO_WORDS), ("no_topic", Wording.NO_TOPIC), ("gone", Wording.GONE)],
)
async def test_where_nobody_hears_it_it_ends_and_whoever_started_it_is_told_alone(
    harness: ContestsHarness, reason: Refusal, sentence: str
) -> None:
    harness.channel.forbids[GROUP] = reason
    harness.channel.mute.add(GROUP)
    await harness.say("/quiz 20 20")
    await harness.time.advance(60)
    [told] = said_to(harness, "test:ann")
    assert told.splitlines()[0] == sentence.format(title="竞赛")
    running = harness.quizzing.contests.at(GROUP)
    assert running is not None and running.contest.finished and running.end_announced


async def test_neither_polls_nor_words_is_told_alone_and_waits(harness: ContestsHarness) -> None:
    harness.channel.forbids[GROUP] = "no_polls"
    harness.channel.mute.add(GROUP)
    await harness.say("/quiz 20 20")
    assert said_to(harness, "test:ann") == [Wording.NO_POLLS_NOR_WORDS.format(title="竞赛")]


async def test_a_board_that_its_chat_does_not_take_goes_to_whoever_started(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20")
    await harness.vote("bob")
    harness.channel.mute.add(GROUP)
    await harness.time.advance(25)
    [told] = said_to(harness, "test:ann")
    assert told.startswith(Wording.BOARD_NOT_SHOWN.format(title="竞赛"))
    assert "bob　1 分" in told


async def test_a_daily_question_that_is_refused_says_so_and_is_over(harness: ContestsHarness) -> None:
    harness.channel.admins.add((GROUP, "test:ann"))
    await harness.say("/daily 12:01")
    harness.channel.forbids[GROUP] = "no_polls"
    await harness.time.advance(3600)
    assert said_to(harness, GROUP) == [Wording.DAILY_NO_POLLS]
    running = harness.quizzing.contests.at(GROUP, daily=True)
    assert running is not None and running.contest.finished
