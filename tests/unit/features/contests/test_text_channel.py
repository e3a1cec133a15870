"""Contests on channels without polls: questions are posted, answers typed or pressed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.conversation.channel import AskedQuestion
from bot.conversation.question_replies import right_answer
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


@pytest.mark.parametrize("typed", ["什么是田间课堂", "天气真好", "A还是B"])
async def test_what_cannot_be_read_is_answered_with_how_to_answer_and_not_with_a_passage(
    hall: Hall, typed: str
) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    assert (await hall.say(typed, **ALONE, is_private=True)).text == Wording.UNREAD_ANSWER.format(letters="A–D")
    assert hall.store.answers == {}


async def test_who_does_not_know_sees_the_passage_and_scores_nothing_but_has_it_in_the_book(hall: Hall) -> None:
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    right = asked(hall).question
    reply = await hall.say("真的不会", **ALONE, is_private=True)
    assert reply.text == Wording.PASSED.format(answer=right_answer(right)) + "\n出处"
    await hall.time.advance(3)
    await hall.say(letter(hall), **ALONE, is_private=True)
    await hall.time.advance(3)
    assert hall.last.splitlines()[1].split("　")[1] == "1 分"
    assert [row.answered for row in await hall.store.rank(None, None, 9)] == [1]
    assert "还有 1 题没掌握" in (await hall.say("错题", **ALONE, is_private=True)).text


async def test_whatever_is_typed_while_the_first_question_is_on_its_way_is_told_that_it_comes(hall: Hall) -> None:
    hall.channel.holds = asyncio.Event()
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    for typed in ("提示", "B", "今天几号"):
        assert (await hall.say(typed, **ALONE, is_private=True)).text == Wording.NEXT_COMING
    hall.channel.holds.set()
    await hall.time.advance(1)
    assert (await hall.say(letter(hall), **ALONE, is_private=True)).text.startswith(Wording.RIGHT)


async def test_a_passed_question_ends_a_challenge(hall: Hall) -> None:
    await hall.say("/quiz 3 20 挑战", **ALONE, is_private=True)
    await hall.say("不知道", **ALONE, is_private=True)
    await hall.time.advance(1)
    assert hall.last.startswith(Wording.FINAL_OVER.partition("{")[0])


async def test_each_hint_rules_out_one_more_wrong_option_but_the_last(hall: Hall) -> None:
    await hall.say("/quiz 1 20", **ALONE, is_private=True)
    hints = [(await hall.say("给个提示", **ALONE, is_private=True)).text for _ in range(3)]
    right = "ABCD"[asked(hall).question.correct[0]]
    out = [{char for char in text.rpartition("不是")[2] if char in "ABCD"} for text in hints]
    assert [len(letters) for letters in out] == [1, 2, 2]
    assert out[0] < out[1]
    assert all(right not in letters for letters in out)
    assert hall.store.answers == {}


async def test_the_answer_is_shown_after_answering_and_not_before(hall: Hall) -> None:
    await hall.say("/quiz 1 20", **ALONE, is_private=True)
    right = right_answer(asked(hall).question)
    assert (await hall.say("看答案", **ALONE, is_private=True)).text == Wording.ANSWER_BEFORE
    await hall.say(letter(hall), **ALONE, is_private=True)
    assert right in (await hall.say("看答案", **ALONE, is_private=True)).text


async def test_the_next_question_the_same_again_and_an_end_are_had_by_saying_so(hall: Hall) -> None:
    await hall.say("/quiz 3 20", **ALONE, is_private=True)
    first = asked(hall).question
    assert first.question in (await hall.say("题目是什么", **ALONE, is_private=True)).text
    await hall.say("下一题", **ALONE, is_private=True)
    assert (await hall.say("下一题", **ALONE, is_private=True)).text == Wording.NEXT_COMING
    await hall.time.advance(3)
    assert asked(hall).number == 2
    await hall.say("不玩了", **ALONE, is_private=True)
    assert hall.last.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))


async def test_a_pause_is_ended_by_a_word(hall: Hall) -> None:
    await hall.say("/quiz 5 20", **ALONE, is_private=True)
    await hall.time.advance(60)
    assert (await hall.say("今天几号", **ALONE, is_private=True)).text == ""
    await hall.say("继续吧", **ALONE, is_private=True)
    assert asked(hall).number == 3


async def test_in_a_group_nobody_gets_a_hint_and_talk_is_talk(hall: Hall) -> None:
    await hall.say("/quiz 1 20", by="ann")
    assert (await hall.say("提示", by="bob")).text == Wording.HINT_ALONE
    assert (await hall.say("不玩了", by="bob")).text == Wording.NOT_YOURS
    assert (await hall.say("不知道", by="bob")).text == ""
    assert (await hall.say("今天几号", by="bob")).text == ""


@pytest.mark.parametrize(
    ("said", "count", "mode"), [("来三道题", 3, "contest"), ("我要挑战", 10, "challenge"), ("考试", 10, "contest")]
)
async def test_a_sentence_that_wants_to_play_starts_it(hall: Hall, said: str, count: int, mode: str) -> None:
    await hall.say(said, **ALONE, is_private=True)
    assert (asked(hall).total, asked(hall).mode) == (count, mode)


async def test_another_round_is_like_the_last_one(hall: Hall) -> None:
    assert (await hall.say("再来一轮", **ALONE, is_private=True)).choices
    await hall.say("/quiz 1 33", **ALONE, is_private=True)
    await hall.say(letter(hall), **ALONE, is_private=True)
    await hall.time.advance(3)
    await hall.say("没过瘾，再来一轮", **ALONE, is_private=True)
    assert (asked(hall).total, asked(hall).seconds) == (1, 33)
    await hall.say(letter(hall), **ALONE, is_private=True)
    await hall.time.advance(3)
    await hall.say("再来两题", **ALONE, is_private=True)
    assert (asked(hall).total, asked(hall).seconds) == (2, 33)


async def test_alone_a_poll_may_be_answered_in_words() -> None:
    hall = await Hall().opens()
    await hall.say("/quiz 2 20", **ALONE, is_private=True)
    assert (await hall.say(f"我选{letter(hall)}", **ALONE, is_private=True)).text.startswith(Wording.RIGHT)
    assert len(hall.channel.closed) == 1
    await hall.dies()


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
