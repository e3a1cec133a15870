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
from tests.unit.features.contests.fixtures import Hall


def final(hall: Hall) -> dict[str, str]:
    """Who has how many points on the last board."""
    lines = list(hall.channel.boards.values())[-1].text.splitlines()
    assert lines[0].startswith("答题结束"), lines
    return {line.split("　")[0].split()[-1]: line.split("　")[1] for line in lines[1:]}


@pytest.mark.parametrize("seconds", [0, 1, 5, 12, 19.9, 20.5, 21, 22, 23.9, 24.1])
async def test_killed_at_any_moment_it_goes_on_and_nothing_is_lost(seconds: float) -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 3 20")
    await hall.vote("ann")
    await hall.time.advance(seconds)
    hall = await hall.again()
    await hall.vote("ann", number=1)  # delivered again
    await hall.vote("bob", number=1)  # was voted while nobody listened
    while not list(hall.channel.boards.values())[-1].text.startswith("答题结束"):
        await hall.vote("ann")  # in whatever was asked last, again and again
        await hall.time.advance(1)
    assert final(hall) == {"ann": "3 分", "bob": "1 分"}
    assert [asked.number for _, asked in hall.channel.asked] == [1, 2, 3]
    await hall.dies()


async def test_killed_while_a_question_is_on_its_way_it_is_asked_anew() -> None:
    hall = Hall()
    hall.channel.holds = asyncio.Event()
    await hall.opens()
    await hall.say("/quiz 2 20")
    assert hall.channel.asked == []
    hall.channel.holds.set()
    hall = await hall.again()
    await hall.time.advance(DOUBT.total_seconds())
    assert [(asked.number, asked.again) for _, asked in hall.channel.asked] == [(1, True)]
    await hall.vote("ann")
    await hall.time.advance(24)
    assert [(asked.number, asked.again) for _, asked in hall.channel.asked] == [(1, True), (2, False)]
    await hall.dies()


@pytest.mark.parametrize("closed", [False, True])
async def test_a_question_that_an_answer_shows_to_be_there_is_not_asked_twice(closed: bool) -> None:
    hall = Hall()
    hall.channel.holds = asyncio.Event()
    await hall.opens()
    await hall.say("/quiz 2 20")
    asked = next(iter(hall.quizzing.contests.all())).contest.setup.questions[0]
    hall.channel.holds.set()
    await hall.dies()
    hall.time.now += timedelta(seconds=9)
    hall = await hall.again()
    vote = asyncio.create_task(hall.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1))
    await settle()
    await hall.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=closed)
    await vote
    await hall.time.advance(DOUBT.total_seconds())
    assert hall.channel.asked == []
    await hall.time.advance(5 if closed else 24)
    assert [(one.number, one.again) for _, one in hall.channel.asked] == [(2, False)]
    # timed from when it was known to be there: the process was away for nine seconds
    assert [(row.right, row.ms) for row in hall.store.answers.values()] == [(True, 0)]
    await hall.dies()


async def test_votes_in_a_poll_that_was_found_again_are_timed_without_the_time_nobody_listened() -> None:
    hall = Hall()
    hall.channel.holds = asyncio.Event()
    await hall.opens()
    await hall.say("/quiz 2 20 速度分")
    asked = next(iter(hall.quizzing.contests.all())).contest.setup.questions[0]
    hall.channel.holds.set()
    await hall.dies()
    hall.time.now += timedelta(hours=1)
    hall = await hall.again()
    await hall.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await hall.time.advance(4)
    await hall.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1)
    assert [row.ms for row in hall.store.answers.values()] == [4000]
    hall = await hall.again()  # the next process knows it for the only copy too
    await hall.time.advance(2)
    await hall.quizzing.polls.voted("lost", "test:bob", "bob", asked.correct, 2)
    assert hall.store.answers["c1", 0, "test:bob"].ms == 6000
    await hall.dies()


async def test_an_answer_to_the_lost_copy_of_a_question_is_no_quicker_than_it_was() -> None:
    hall = Hall()
    hall.channel.holds = asyncio.Event()
    await hall.opens()
    await hall.say("/quiz 2 20 速度分")
    hall.channel.holds.set()
    await hall.dies()
    hall.time.now += timedelta(seconds=7)
    hall = await hall.again()
    await hall.time.advance(DOUBT.total_seconds())
    asked = hall.channel.asked[0][1].question
    await hall.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await hall.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1)  # comes just behind the second copy
    await hall.time.advance(3)
    await hall.vote("bob")
    assert {row.member: row.ms for row in hall.store.answers.values()} == {"test:ann": 9000, "test:bob": 3000}
    hall = await hall.again()
    await hall.quizzing.polls.voted("lost", "test:cem", "cem", asked.correct, 3)
    assert hall.store.answers["c1", 0, "test:cem"].ms == 12000
    await hall.dies()


async def test_a_poll_whose_receipt_was_lost_in_a_kill_is_known_by_its_question() -> None:
    hall = Hall()
    hall.channel.holds = asyncio.Event()
    await hall.opens()
    await hall.say("/quiz 2 20")
    hall.channel.holds.set()
    hall = await hall.again()  # to the chat it came twice: once from the process that was killed
    await hall.time.advance(DOUBT.total_seconds())
    asked = hall.channel.asked[0][1].question
    vote = asyncio.create_task(hall.quizzing.polls.voted("lost", "test:ann", "ann", asked.correct, 1))
    await settle()
    assert not vote.done()
    await hall.quizzing.polls.seen("lost", f"第 1/2 题：{asked.question}", asked.options, closed=False)
    await vote
    await hall.vote("ann", right=False)  # in the second poll: the first answer stands
    await hall.vote("bob")
    assert {row.member: row.right for row in hall.store.answers.values()} == {"test:ann": True, "test:bob": True}
    assert hall.store.polls["lost"].round == 0
    hall = await hall.again()
    await hall.say("/stop", by="ann")
    assert hall.channel.closed == ["m1"]  # the one whose message is known
    await hall.dies()


async def test_after_a_restart_nothing_is_closed_before_what_was_voted_meanwhile_is_delivered() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 3 20")
    await hall.time.advance(24)  # the second question, after a first that nobody answered
    await hall.dies()
    hall.time.now += 10 * BACKLOG
    hall = await hall.again()
    await hall.vote("ann", number=2)
    await hall.time.advance(BACKLOG.total_seconds() + 4)
    assert [asked.number for _, asked in hall.channel.asked] == [1, 2, 3]  # it is not paused
    await hall.dies()


async def test_a_contest_that_ended_in_the_kill_takes_what_was_voted() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 1 20")
    await hall.vote("ann")
    await hall.time.advance(25)
    hall = await hall.again()
    await hall.vote("bob")
    await settle()
    assert final(hall) == {"ann": "1 分", "bob": "1 分"}
    await hall.dies()


async def test_a_board_from_before_a_restart_is_edited_and_not_posted_anew() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 1 20", by="ann")
    await hall.vote("ann")
    await hall.vote("bob")
    await hall.time.advance(25)
    said = len(hall.channel.said)
    hall = await hall.again()
    sure = (await hall.say("/forget", by="ann")).choices[0]
    await hall.press(sure.action, by="ann")
    await settle()
    assert final(hall) == {"bob": "1 分"}
    await hall.vote("cem")  # delivered late
    assert final(hall) == {"bob": "1 分", "cem": "1 分"}
    assert len(hall.channel.said) == said
    await hall.dies()


async def test_the_board_of_a_contest_that_runs_stays_one_message_over_restarts() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 3 20", by="ann")
    for _ in range(2):
        await hall.vote("ann")
        await hall.time.advance(24)
        hall = await hall.again()
    boards = [reply for _, reply in hall.channel.said if "题后的排名" in reply.text]
    assert len(boards) == 1
    await hall.dies()


async def test_after_a_restart_the_same_rights_hold() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 3 20", by="ann")
    hall = await hall.again()
    assert (await hall.say("/quiz 5", by="bob")).text == Wording.RUNNING_STOP
    assert (await hall.say("/stop", by="bob")).text == Wording.NOT_YOURS
    assert (await hall.say("/stop", by="ann")).text == ""
    await hall.dies()


async def test_a_database_that_is_down_at_the_start_is_waited_for() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 2 20")
    await hall.dies()
    hall.store.unreadable = 3
    hall = await hall.again()
    await hall.time.advance(8)
    assert (await hall.say("/stop", by="ann")).text == ""
    assert hall.last.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))
    await hall.dies()


async def test_while_contests_cannot_be_read_quizzes_say_that_they_are_paused_and_no_vote_is_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "bot.features.contests.feature")
    hall = await Hall().opens()
    await hall.say("/quiz 2 20")
    await hall.dies()
    hall.store.unreadable = 12
    hall = await hall.again()
    vote = asyncio.create_task(hall.vote("ann"))
    await hall.time.advance(240)
    assert (await hall.say("/quiz 3 20", by="bob")).text == Wording.UNREAD
    assert (await hall.press("q:m")).text == Wording.UNREAD
    assert not vote.done()
    await hall.time.advance(400)
    await vote
    assert hall.store.unreadable == 0
    assert {row.member: row.right for row in hall.store.answers.values()} == {"test:ann": True}
    assert [record.message for record in caplog.records] == [
        "quizzes are paused, members' questions are answered: 读不了",
        "the database can be read again, quizzes go on",
    ]
    await hall.dies()


async def test_killed_between_the_end_and_the_last_board_it_shows_that_after_the_restart_and_once() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 1 20")
    await hall.vote("ann")
    hall.channel.deaf = asyncio.Event()  # what is said from now on does not arrive
    await hall.time.advance(25)
    assert not hall.last.startswith("答题结束")
    hall.channel.deaf = None
    hall = await hall.again()
    assert final(hall) == {"ann": "1 分"}
    assert hall.last.splitlines()[0] == Wording.FINAL.format(title="竞赛") + Wording.SENT_AGAIN  # it may be there
    said = len(hall.channel.said)
    hall = await hall.again()
    await hall.time.advance(60)
    assert len(hall.channel.said) == said
    assert (await hall.say("/quiz 1 20")).text == ""
    await hall.dies()


async def test_killed_before_the_last_board_was_on_its_way_it_is_shown_as_any_other() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 2 20")
    await hall.vote("ann")
    hall.channel.deaf = asyncio.Event()
    await hall.time.advance(24)  # how it stands is still on its way when the contest is stopped
    await hall.say("/stop", by="ann")
    hall.channel.deaf = None
    hall = await hall.again()
    assert hall.last.splitlines()[0] == Wording.FINAL_STOPPED.format(title="竞赛")
    await hall.dies()
