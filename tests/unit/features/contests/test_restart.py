"""Processes that are killed in the middle of a contest: the next one goes on, and all that was voted counts once."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.contests.runner import BACKLOG
from bot.features.contests.display import DOUBT
from bot.wording import Contests as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness


def final(harness: ContestsHarness) -> dict[str, str]:
    """Who has how many points on the last board."""
    lines = list(harness.channel.boards.values())[-1].text.splitlines()
    assert lines[0].startswith("答题结束"), lines
    return {line.split("　")[0].split()[-1]: line.split("　")[1] for line in lines[1:]}


@pytest.mark.parametrize("seconds", [0, 1, 5, 12, 19.9, 20.5, 21, 22, 23.9, 24.1])
async def test_killed_at_any_moment_it_goes_on_and_nothing_is_lost(seconds: float) -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 3 20")
    await harness.vote("ann")
    await harness.time.advance(seconds)
    harness = await harness.again()
    await harness.vote("ann", number=1)  # delivered again
    await harness.vote("bob", number=1)  # was voted while nobody listened
    while not list(harness.channel.boards.values())[-1].text.startswith("答题结束"):
        await harness.vote("ann")  # in whatever was asked last, again and again
        await harness.time.advance(1)
    assert final(harness) == {"ann": "3 分", "bob": "1 分"}
    assert [asked.number for _, asked in harness.channel.asked] == [1, 2, 3]
    await harness.dies()


async def test_killed_while_a_question_is_on_its_way_it_is_asked_anew() -> None:
    harness = ContestsHarness()
    harness.channel.holds = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 2 20")
    assert harness.channel.asked == []
    harness.channel.holds.set()
    harness = await harness.again()
    await harness.time.advance(DOUBT.total_seconds())
    assert [(asked.number, asked.again) for _, asked in harness.channel.asked] == [(1, True)]
    await harness.vote("ann")
    await harness.time.advance(24)
    assert [(asked.number, asked.again) for _, asked in harness.channel.asked] == [(1, True), (2, False)]
    await harness.dies()


@pytest.mark.parametrize("closed", [False, True])
async def test_a_question_that_an_answer_shows_to_be_there_is_not_asked_twice(closed: bool) -> None:
    harness = ContestsHarness()
    harness.channel.holds = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 2 20")
    asked = next(iter(harness.quizzing.contests.all())).contest.setup.questions[0]
    harness.channel.holds.set()
    await harness.dies()
    harness.time.now += timedelta(seconds=9)
    harness = await harness.again()
    vote = asyncio.create_task(harness.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1))
    await settle()
    await harness.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=closed)
    await vote
    await harness.time.advance(DOUBT.total_seconds())
    assert harness.channel.asked == []
    await harness.time.advance(5 if closed else 24)
    assert [(one.number, one.again) for _, one in harness.channel.asked] == [(2, False)]
    # timed from when it was known to be there: the process was away for nine seconds
    assert [(row.right, row.ms) for row in harness.store.answers.values()] == [(True, 0)]
    await harness.dies()


async def test_votes_in_a_poll_that_was_found_again_are_timed_without_the_time_nobody_listened() -> None:
    harness = ContestsHarness()
    harness.channel.holds = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 2 20 速度分")
    asked = next(iter(harness.quizzing.contests.all())).contest.setup.questions[0]
    harness.channel.holds.set()
    await harness.dies()
    harness.time.now += timedelta(hours=1)
    harness = await harness.again()
    await harness.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await harness.time.advance(4)
    await harness.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1)
    assert [row.ms for row in harness.store.answers.values()] == [4000]
    harness = await harness.again()  # the next process knows it for the only copy too
    await harness.time.advance(2)
    await harness.quizzing.polls.voted("lost", "test:bob", "bob", asked.correct, 2)
    assert harness.store.answers["c1", 0, "test:bob"].ms == 6000
    await harness.dies()


async def test_an_answer_to_the_lost_copy_of_a_question_is_no_quicker_than_it_was() -> None:
    harness = ContestsHarness()
    harness.channel.holds = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 2 20 速度分")
    harness.channel.holds.set()
    await harness.dies()
    harness.time.now += timedelta(seconds=7)
    harness = await harness.again()
    await harness.time.advance(DOUBT.total_seconds())
    asked = harness.channel.asked[0][1].question
    await harness.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await harness.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1)  # comes just behind the second copy
    await harness.time.advance(3)
    await harness.vote("bob")
    assert {row.member: row.ms for row in harness.store.answers.values()} == {"test:ann": 9000, "test:bob": 3000}
    harness = await harness.again()
    await harness.quizzing.polls.voted("lost", "test:cem", "cem", asked.correct, 3)
    assert harness.store.answers["c1", 0, "test:cem"].ms == 12000
    await harness.dies()


async def test_a_poll_whose_receipt_was_lost_in_a_kill_is_known_by_its_question() -> None:
    harness = ContestsHarness()
    harness.channel.holds = asyncio.Event()
    await harness.opens()
    await harness.say("/quiz 2 20")
    harness.channel.holds.set()
    harness = await harness.again()  # to the chat it came twice: once from the process that was killed
    await harness.time.advance(DOUBT.total_seconds())
    asked = harness.channel.asked[0][1].question
    vote = asyncio.create_task(harness.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1))
    await settle()
    assert not vote.done()
    await harness.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await vote
    await harness.vote("ann", right=False)  # in the second poll: the first answer stands
    await harness.vote("bob")
    assert {row.member: row.right for row in harness.store.answers.values()} == {"test:ann": True, "test:bob": True}
    assert harness.store.polls["lost"].round == 0
    harness = await harness.again()
    await harness.say("/stop", by="ann")
    assert harness.channel.closed == ["m1"]  # the one whose message is known
    await harness.dies()


async def test_after_a_restart_nothing_is_closed_before_what_was_voted_meanwhile_is_delivered() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 3 20")
    await harness.time.advance(24)  # the second question, after a first that nobody answered
    await harness.dies()
    harness.time.now += 10 * BACKLOG
    harness = await harness.again()
    await harness.vote("ann", number=2)
    await harness.time.advance(BACKLOG.total_seconds() + 4)
    assert [asked.number for _, asked in harness.channel.asked] == [1, 2, 3]  # it is not paused
    await harness.dies()


async def test_a_contest_that_ended_in_the_kill_takes_what_was_voted() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 1 20")
    await harness.vote("ann")
    await harness.time.advance(25)
    harness = await harness.again()
    await harness.vote("bob")
    await settle()
    assert final(harness) == {"ann": "1 分", "bob": "1 分"}
    await harness.dies()


async def test_a_board_from_before_a_restart_is_edited_and_not_posted_anew() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 1 20", by="ann")
    await harness.vote("ann")
    await harness.vote("bob")
    await harness.time.advance(25)
    said = len(harness.channel.said)
    harness = await harness.again()
    sure = (await harness.say("/forget", by="ann")).choices[0]
    await harness.press(sure.action, by="ann")
    await settle()
    assert final(harness) == {"bob": "1 分"}
    await harness.vote("cem")  # delivered late
    assert final(harness) == {"bob": "1 分", "cem": "1 分"}
    assert len(harness.channel.said) == said
    await harness.dies()


async def test_the_board_of_a_contest_that_runs_stays_one_message_over_restarts() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 3 20", by="ann")
    for _ in range(2):
        await harness.vote("ann")
        await harness.time.advance(24)
        harness = await harness.again()
    boards = [reply for _, reply in harness.channel.said if "题后的排名" in reply.text]
    assert len(boards) == 1
    await harness.dies()


async def test_after_a_restart_the_same_rights_hold() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 3 20", by="ann")
    harness = await harness.again()
    assert (await harness.say("/quiz 5", by="bob")).text == Wording.RUNNING_STOP
    assert (await harness.say("/stop", by="bob")).text == Wording.NOT_YOURS
    assert (await harness.say("/stop", by="ann")).text == ""
    await harness.dies()


async def test_a_database_that_is_down_at_the_start_is_waited_for() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 2 20")
    await harness.dies()
    harness.store.unreadable = 3
    harness = await harness.again()
    await harness.time.advance(8)
    assert (await harness.say("/stop", by="ann")).text == ""
    assert harness.last.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))
    await harness.dies()


async def test_while_contests_cannot_be_read_quizzes_say_that_they_are_paused_and_no_vote_is_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "bot.features.contests.feature")
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 2 20")
    await harness.dies()
    harness.store.unreadable = 12
    harness = await harness.again()
    vote = asyncio.create_task(harness.vote("ann"))
    await harness.time.advance(240)
    assert (await harness.say("/quiz 3 20", by="bob")).text == Wording.UNREAD
    assert (await harness.press("q:m")).text == Wording.UNREAD
    assert not vote.done()
    await harness.time.advance(400)
    await vote
    assert harness.store.unreadable == 0
    assert {row.member: row.right for row in harness.store.answers.values()} == {"test:ann": True}
    assert [record.message for record in caplog.records] == [
        "quizzes are paused, members' questions are answered: 读不了",
        "the database can be read again, quizzes go on",
    ]
    await harness.dies()


async def test_killed_between_the_end_and_the_last_board_it_shows_that_after_the_restart_and_once() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 1 20")
    await harness.vote("ann")
    harness.channel.deaf = asyncio.Event()  # what is said from now on does not arrive
    await harness.time.advance(25)
    assert not harness.last.startswith("答题结束")
    harness.channel.deaf = None
    harness = await harness.again()
    assert final(harness) == {"ann": "1 分"}
    assert harness.last.splitlines()[0] == Wording.FINAL.format(title="竞赛") + Wording.SENT_AGAIN  # it may be there
    said = len(harness.channel.said)
    harness = await harness.again()
    await harness.time.advance(60)
    assert len(harness.channel.said) == said
    assert (await harness.say("/quiz 1 20")).text == ""
    await harness.dies()


async def test_killed_before_the_last_board_was_on_its_way_it_is_shown_as_any_other() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 2 20")
    await harness.vote("ann")
    harness.channel.deaf = asyncio.Event()
    await harness.time.advance(24)  # how it stands is still on its way when the contest is stopped
    await harness.say("/stop", by="ann")
    harness.channel.deaf = None
    harness = await harness.again()
    assert harness.last.splitlines()[0] == Wording.FINAL_STOPPED.format(title="竞赛")
    await harness.dies()
