"""A chat that takes no question: the contest stops at the first one, and says what to allow where somebody hears it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversation.channel import Refusal
from bot.wording import ChatRefusals as Wording
from bot.wording import Contests
from tests.unit.features.contests.fixtures import Hall

GROUP = "test:group"
NO_POLLS = Wording.NO_POLLS.format(number=1, total=20, minutes=30)


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    opened = await Hall().opens()
    yield opened
    await opened.dies()


def said_to(hall: Hall, chat: str) -> list[str]:
    return [reply.text for where, reply in hall.channel.said if where == chat]


async def test_without_polls_it_stops_at_the_first_question_and_says_what_to_allow(hall: Hall) -> None:
    hall.channel.forbids[GROUP] = "no_polls"
    await hall.say("/quiz 20 20")
    await hall.time.advance(60)
    assert said_to(hall, GROUP)[1:] == [NO_POLLS]
    assert hall.quizzing.contests.at(GROUP) is not None
    del hall.channel.forbids[GROUP]
    assert (await hall.press("q:c", by="bob")).toast == ""
    assert [asked.number for _, asked in hall.channel.asked] == [1]  # nothing was lost


async def test_allowed_in_vain_it_says_so_once_more_for_each_try(hall: Hall) -> None:
    hall.channel.forbids[GROUP] = "no_polls"
    await hall.say("/quiz 20 20")
    await hall.press("q:c")
    assert said_to(hall, GROUP)[1:] == [NO_POLLS, NO_POLLS]


async def test_a_right_taken_away_in_the_middle_keeps_what_was_answered(hall: Hall) -> None:
    await hall.say("/quiz 3 20")
    await hall.vote("ann")
    hall.channel.forbids[GROUP] = "no_polls"
    await hall.time.advance(24)
    assert said_to(hall, GROUP)[-1] == Wording.NO_POLLS.format(number=2, total=3, minutes=30)
    await hall.say("/stop", by="ann")
    assert said_to(hall, GROUP)[-1].splitlines()[0] == Contests.FINAL_STOPPED.format(title="竞赛")
    assert "ann" in said_to(hall, GROUP)[-1]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("no_words", Wording.NO_WORDS), ("no_topic", Wording.NO_TOPIC), ("gone", Wording.GONE)],
)
async def test_where_nobody_hears_it_it_ends_and_whoever_started_it_is_told_alone(
    hall: Hall, reason: Refusal, sentence: str
) -> None:
    hall.channel.forbids[GROUP] = reason
    hall.channel.mute.add(GROUP)
    await hall.say("/quiz 20 20")
    await hall.time.advance(60)
    [told] = said_to(hall, "test:ann")
    assert told.splitlines()[0] == sentence.format(title="竞赛")
    running = hall.quizzing.contests.at(GROUP)
    assert running is not None and running.contest.finished and running.end_announced


async def test_neither_polls_nor_words_is_told_alone_and_waits(hall: Hall) -> None:
    hall.channel.forbids[GROUP] = "no_polls"
    hall.channel.mute.add(GROUP)
    await hall.say("/quiz 20 20")
    assert said_to(hall, "test:ann") == [Wording.NO_POLLS_NOR_WORDS.format(title="竞赛")]


async def test_a_board_that_its_chat_does_not_take_goes_to_whoever_started(hall: Hall) -> None:
    await hall.say("/quiz 1 20")
    await hall.vote("bob")
    hall.channel.mute.add(GROUP)
    await hall.time.advance(25)
    [told] = said_to(hall, "test:ann")
    assert told.startswith(Wording.BOARD_NOT_SHOWN.format(title="竞赛"))
    assert "bob　1 分" in told


async def test_a_daily_question_that_is_refused_says_so_and_is_over(hall: Hall) -> None:
    hall.channel.admins.add((GROUP, "test:ann"))
    await hall.say("/daily 12:01")
    hall.channel.forbids[GROUP] = "no_polls"
    await hall.time.advance(3600)
    assert said_to(hall, GROUP) == [Wording.DAILY_NO_POLLS]
    running = hall.quizzing.contests.at(GROUP, daily=True)
    assert running is not None and running.contest.finished
