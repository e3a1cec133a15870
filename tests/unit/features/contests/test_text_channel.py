"""Contests on channels without polls: questions are posted, answers typed or pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversation.channel import AskedQuestion
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import Hall
from tests.unit.quiz.builders import question

ALONE = {"by": "ann", "chat": "test:ann"}


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    opened = await Hall(polls=False).opens()
    yield opened
    await opened.dies()


def asked(hall: Hall) -> AskedQuestion:
    return hall.channel.asked[-1][1]


def letter(hall: Hall, *, right: bool = True) -> str:
    correct = asked(hall).question.correct[0]
    return "ABCD"[correct if right else (correct + 1) % 4]


async def test_alone_an_answer_is_judged_at_once_and_the_next_question_comes(hall: Hall) -> None:
    await hall.say("答题 3", **ALONE, is_private=True)
    reply = await hall.say(f"选{letter(hall)}", **ALONE, is_private=True)
    assert reply.text == f"{Wording.RIGHT}\n出处"
    await hall.time.advance(3)
    wrong = await hall.say(letter(hall, right=False), **ALONE, is_private=True)
    assert wrong.text.startswith("❌ 答错了。正确答案：")
    await hall.time.advance(3)
    assert asked(hall).number == 3
    await hall.time.advance(21)
    assert hall.last.splitlines()[1].split("　")[1] == "1 分"


async def test_time_that_runs_out_is_told_with_the_answer(hall: Hall) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    await hall.time.advance(21)
    assert hall.last.startswith("时间到。正确答案：")


async def test_whoever_stops_hears_the_answer_and_no_word_of_time(hall: Hall) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    await hall.say("/stop", **ALONE, is_private=True)
    told = [reply.text for _, reply in hall.channel.said]
    assert told[-2].startswith("这一题的正确答案：")
    assert told[-1].startswith(Wording.FINAL_STOPPED.format(title="竞赛"))


@pytest.mark.parametrize("typed", ["A", "选B", "2", "１"])
async def test_an_answer_between_two_questions_is_told_that_the_next_one_comes(hall: Hall, typed: str) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    await hall.say(letter(hall), **ALONE, is_private=True)
    await hall.time.advance(1)
    assert (await hall.say(typed, **ALONE, is_private=True)).text == Wording.NEXT_COMING
    await hall.time.advance(2)
    assert asked(hall).number == 2
    assert len(hall.store.answers) == 1


async def test_talk_during_a_question_is_no_answer(hall: Hall) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    assert (await hall.say("什么是田间课堂", **ALONE, is_private=True)).text == ""
    assert hall.store.answers == {}


async def test_in_a_group_answers_may_be_changed_until_the_time_is_over(hall: Hall) -> None:
    await hall.say("/quiz 1 20", by="ann")
    assert (await hall.say(letter(hall, right=False), by="bob")).text == ""
    await hall.time.advance(3)
    assert (await hall.say(letter(hall), by="bob")).text == Wording.CHANGED
    await hall.time.advance(16.5)
    assert (await hall.say(letter(hall), by="cem")).text == ""
    await hall.time.advance(1)
    assert (await hall.say(letter(hall), by="dan")).text == Wording.LATE  # within the grace, but too late
    await hall.time.advance(1)
    reveal, final = (reply.text for _, reply in hall.channel.said[-2:])
    assert reveal.startswith("第 1 题，正确答案：")
    assert [line.split("　")[0].split()[-1] for line in final.splitlines()[1:3]] == ["bob", "cem"]


async def test_who_types_a_letter_between_two_questions_hears_that_it_came_too_late(hall: Hall) -> None:
    await hall.say("/quiz 2 20")
    await hall.say(letter(hall), by="bob")
    await hall.time.advance(22)
    assert (await hall.say(letter(hall), by="cem")).text == Wording.LATE
    assert [row.member for row in hall.store.answers.values()] == ["test:bob"]


async def test_an_option_that_is_not_there_is_told(hall: Hall) -> None:
    await hall.say("/quiz 1 20")
    assert (await hall.say("E", by="bob")).text == Wording.NO_OPTION


async def test_buttons_answer_as_letters_do_and_old_ones_do_not(hall: Hall) -> None:
    await hall.say("/quiz 2 20")
    contest = asked(hall).contest
    right = asked(hall).question.correct[0]
    assert (await hall.press(f"q:a-{contest}-0-{right}", by="bob")).toast == Wording.TAKEN
    assert (await hall.press(f"q:a-{contest}-0-{right}", by="bob", chat="test:elsewhere")).toast == Wording.NOT_OPEN
    await hall.time.advance(24)
    assert (await hall.press(f"q:a-{contest}-0-{right}", by="cem")).toast == Wording.LATE
    assert [row.member for row in hall.store.answers.values()] == ["test:bob"]


async def test_several_are_typed_together() -> None:
    hall = await Hall(polls=False, bank=[question(1, correct=(0, 2))]).opens()
    await hall.say("/quiz 1 20")
    letters = [("ABCD")[index] for index in asked(hall).question.correct]
    await hall.say("、".join(letters), by="ann")
    await hall.say(letters[0], by="bob")
    assert {row.member: row.right for row in hall.store.answers.values()} == {"test:ann": True, "test:bob": False}
    await hall.dies()


async def test_the_first_right_letter_takes_a_buzzer_question(hall: Hall) -> None:
    await hall.say("/quiz 1 20 抢答")
    await hall.say(letter(hall, right=False), by="ann")
    await hall.say(letter(hall), by="bob")
    assert hall.last.splitlines()[1].startswith("🥇 bob")


async def test_a_channel_without_numbers_is_counted_by_the_clock() -> None:
    from bot.conversation.messages import Incoming

    hall = await Hall(polls=False).opens()
    await hall.say("/quiz 1 20")
    for text in (letter(hall, right=False), letter(hall)):
        await hall.time.advance(1)
        await hall.router.route(Incoming("test:ann", "test:group", text=text, is_private=False))
    assert [row.right for row in hall.store.answers.values()] == [True]
    await hall.dies()


async def test_who_is_forgotten_hears_that_and_nothing_of_what_was_played(hall: Hall) -> None:
    await hall.say("/quiz 1 20", by="ann")
    await hall.say(letter(hall), by="ann")
    await hall.time.advance(25)
    said = len(hall.channel.said)
    sure = (await hall.say("忘记我", by="ann")).choices[0]
    assert (await hall.press(sure.action, by="ann")).text == Wording.FORGOTTEN
    assert len(hall.channel.said) == said
