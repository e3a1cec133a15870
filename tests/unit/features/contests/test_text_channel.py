"""Contests on channels without polls: questions are posted, answers typed or pressed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.conversation.channel import AskedQuestion
from bot.conversation.question_replies import right_answer
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.quiz.builders import question

ALONE = {"by": "ann", "chat": "test:ann"}


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness(polls=False).opens()
    yield opened
    await opened.dies()


def asked(harness: ContestsHarness) -> AskedQuestion:
    return harness.channel.asked[-1][1]


def letter(harness: ContestsHarness, *, right: bool = True) -> str:
    correct = asked(harness).question.correct[0]
    return "ABCD"[correct if right else (correct + 1) % 4]


async def test_alone_an_answer_is_judged_at_once_and_the_next_question_comes(harness: ContestsHarness) -> None:
    await harness.say("答题 3", **ALONE, is_private=True)
    reply = await harness.say(f"选{letter(harness)}", **ALONE, is_private=True)
    assert reply.text == f"{Wording.RIGHT}\n出处"
    await harness.time.advance(3)
    wrong = await harness.say(letter(harness, right=False), **ALONE, is_private=True)
    assert wrong.text.startswith("❌ 答错了。正确答案：")
    await harness.time.advance(3)
    assert asked(harness).number == 3
    await harness.time.advance(21)
    assert harness.last.splitlines()[1].split("　")[1] == "1 分"


async def test_time_that_runs_out_is_told_with_the_answer(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    await harness.time.advance(21)
    assert harness.last.startswith("时间到。正确答案：")


async def test_whoever_stops_hears_the_answer_and_no_word_of_time(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    await harness.say("/stop", **ALONE, is_private=True)
    told = [reply.text for _, reply in harness.channel.said]
    assert told[-2].startswith("这一题的正确答案：")
    assert told[-1].startswith(Wording.FINAL_STOPPED.format(title="竞赛"))


@pytest.mark.parametrize("typed", ["A", "选B", "2", "１"])
async def test_an_answer_between_two_questions_is_told_that_the_next_one_comes(
    harness: ContestsHarness, typed: str
) -> None:
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    await harness.say(letter(harness), **ALONE, is_private=True)
    await harness.time.advance(1)
    assert (await harness.say(typed, **ALONE, is_private=True)).text == Wording.NEXT_COMING
    await harness.time.advance(2)
    assert asked(harness).number == 2
    assert len(harness.store.answers) == 1


@pytest.mark.parametrize("typed", ["什么是田间课堂", "天气真好", "A还是B"])
async def test_what_cannot_be_read_is_answered_with_how_to_answer_and_not_with_a_passage(
    harness: ContestsHarness, typed: str
) -> None:
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    assert (await harness.say(typed, **ALONE, is_private=True)).text == Wording.UNREAD_ANSWER.format(letters="A–D")
    assert harness.store.answers == {}


async def test_who_does_not_know_sees_the_passage_and_scores_nothing_but_has_it_in_the_book(
    harness: ContestsHarness,
) -> None:
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    right = asked(harness).question
    reply = await harness.say("真的不会", **ALONE, is_private=True)
    assert reply.text == Wording.PASSED.format(answer=right_answer(right)) + "\n出处"
    await harness.time.advance(3)
    await harness.say(letter(harness), **ALONE, is_private=True)
    await harness.time.advance(3)
    assert harness.last.splitlines()[1].split("　")[1] == "1 分"
    assert [row.answered for row in await harness.store.rank(None, None, 9)] == [1]
    assert "还有 1 题没掌握" in (await harness.say("错题", **ALONE, is_private=True)).text


async def test_whatever_is_typed_while_the_first_question_is_on_its_way_is_told_that_it_comes(
    harness: ContestsHarness,
) -> None:
    harness.channel.holds = asyncio.Event()
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    for typed in ("提示", "B", "今天几号"):
        assert (await harness.say(typed, **ALONE, is_private=True)).text == Wording.NEXT_COMING
    harness.channel.holds.set()
    await harness.time.advance(1)
    assert (await harness.say(letter(harness), **ALONE, is_private=True)).text.startswith(Wording.RIGHT)


async def test_a_passed_question_ends_a_challenge(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20 挑战", **ALONE, is_private=True)
    await harness.say("不知道", **ALONE, is_private=True)
    await harness.time.advance(1)
    assert harness.last.startswith(Wording.FINAL_OVER.partition("{")[0])


async def test_each_hint_rules_out_one_more_wrong_option_but_the_last(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", **ALONE, is_private=True)
    hints = [(await harness.say("给个提示", **ALONE, is_private=True)).text for _ in range(3)]
    right = "ABCD"[asked(harness).question.correct[0]]
    out = [{char for char in text.rpartition("不是")[2] if char in "ABCD"} for text in hints]
    assert [len(letters) for letters in out] == [1, 2, 2]
    assert out[0] < out[1]
    assert all(right not in letters for letters in out)
    assert harness.store.answers == {}


async def test_the_answer_is_shown_after_answering_and_not_before(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", **ALONE, is_private=True)
    right = right_answer(asked(harness).question)
    assert (await harness.say("看答案", **ALONE, is_private=True)).text == Wording.ANSWER_BEFORE
    await harness.say(letter(harness), **ALONE, is_private=True)
    assert right in (await harness.say("看答案", **ALONE, is_private=True)).text


async def test_the_next_question_the_same_again_and_an_end_are_had_by_saying_so(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20", **ALONE, is_private=True)
    first = asked(harness).question
    assert first.question in (await harness.say("题目是什么", **ALONE, is_private=True)).text
    await harness.say("下一题", **ALONE, is_private=True)
    assert (await harness.say("下一题", **ALONE, is_private=True)).text == Wording.NEXT_COMING
    await harness.time.advance(3)
    assert asked(harness).number == 2
    await harness.say("不玩了", **ALONE, is_private=True)
    assert harness.last.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))


async def test_a_pause_is_ended_by_a_word(harness: ContestsHarness) -> None:
    await harness.say("/quiz 5 20", **ALONE, is_private=True)
    await harness.time.advance(60)
    assert (await harness.say("今天几号", **ALONE, is_private=True)).text == ""
    await harness.say("继续吧", **ALONE, is_private=True)
    assert asked(harness).number == 3


async def test_in_a_group_nobody_gets_a_hint_and_talk_is_talk(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", by="ann")
    assert (await harness.say("提示", by="bob")).text == Wording.HINT_ALONE
    assert (await harness.say("不玩了", by="bob")).text == Wording.NOT_YOURS
    assert (await harness.say("不知道", by="bob")).text == ""
    assert (await harness.say("今天几号", by="bob")).text == ""


@pytest.mark.parametrize(
    ("said", "count", "mode"), [("来三道题", 3, "contest"), ("我要挑战", 10, "challenge"), ("考试", 10, "contest")]
)
async def test_a_sentence_that_wants_to_play_starts_it(
    harness: ContestsHarness, said: str, count: int, mode: str
) -> None:
    await harness.say(said, **ALONE, is_private=True)
    assert (asked(harness).total, asked(harness).mode) == (count, mode)


async def test_another_round_is_like_the_last_one(harness: ContestsHarness) -> None:
    assert (await harness.say("再来一轮", **ALONE, is_private=True)).choices
    await harness.say("/quiz 1 33", **ALONE, is_private=True)
    await harness.say(letter(harness), **ALONE, is_private=True)
    await harness.time.advance(3)
    await harness.say("没过瘾，再来一轮", **ALONE, is_private=True)
    assert (asked(harness).total, asked(harness).seconds) == (1, 33)
    await harness.say(letter(harness), **ALONE, is_private=True)
    await harness.time.advance(3)
    await harness.say("再来两题", **ALONE, is_private=True)
    assert (asked(harness).total, asked(harness).seconds) == (2, 33)


async def test_alone_a_poll_may_be_answered_in_words() -> None:
    harness = await ContestsHarness().opens()
    await harness.say("/quiz 2 20", **ALONE, is_private=True)
    assert (await harness.say(f"我选{letter(harness)}", **ALONE, is_private=True)).text.startswith(Wording.RIGHT)
    assert len(harness.channel.closed) == 1
    await harness.dies()


async def test_in_a_group_answers_may_be_changed_until_the_time_is_over(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", by="ann")
    assert (await harness.say(letter(harness, right=False), by="bob")).text == ""
    await harness.time.advance(3)
    assert (await harness.say(letter(harness), by="bob")).text == Wording.CHANGED
    await harness.time.advance(16.5)
    assert (await harness.say(letter(harness), by="cem")).text == ""
    await harness.time.advance(1)
    assert (await harness.say(letter(harness), by="dan")).text == Wording.LATE  # within the grace, but too late
    await harness.time.advance(1)
    reveal, final = (reply.text for _, reply in harness.channel.said[-2:])
    assert reveal.startswith("第 1 题，正确答案：")
    assert [line.split("　")[0].split()[-1] for line in final.splitlines()[1:3]] == ["bob", "cem"]


async def test_who_types_a_letter_between_two_questions_hears_that_it_came_too_late(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20")
    await harness.say(letter(harness), by="bob")
    await harness.time.advance(22)
    assert (await harness.say(letter(harness), by="cem")).text == Wording.LATE
    assert [row.member for row in harness.store.answers.values()] == ["test:bob"]


async def test_an_option_that_is_not_there_is_told(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20")
    assert (await harness.say("E", by="bob")).text == Wording.NO_OPTION


async def test_buttons_answer_as_letters_do_and_old_ones_do_not(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20")
    contest = asked(harness).contest
    right = asked(harness).question.correct[0]
    assert (await harness.press(f"q:a-{contest}-0-{right}", by="bob")).toast == Wording.TAKEN
    assert (await harness.press(f"q:a-{contest}-0-{right}", by="bob", chat="test:elsewhere")).toast == Wording.NOT_OPEN
    await harness.time.advance(24)
    assert (await harness.press(f"q:a-{contest}-0-{right}", by="cem")).toast == Wording.LATE
    assert [row.member for row in harness.store.answers.values()] == ["test:bob"]


async def test_several_are_typed_together() -> None:
    harness = await ContestsHarness(polls=False, bank=[question(1, correct=(0, 2))]).opens()
    await harness.say("/quiz 1 20")
    letters = [("ABCD")[index] for index in asked(harness).question.correct]
    await harness.say("、".join(letters), by="ann")
    await harness.say(letters[0], by="bob")
    assert {row.member: row.right for row in harness.store.answers.values()} == {"test:ann": True, "test:bob": False}
    await harness.dies()


async def test_the_first_right_letter_takes_a_buzzer_question(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20 抢答")
    await harness.say(letter(harness, right=False), by="ann")
    await harness.say(letter(harness), by="bob")
    assert harness.last.splitlines()[1].startswith("🥇 bob")


async def test_a_channel_without_numbers_is_counted_by_the_clock() -> None:
    from bot.conversation.messages import Incoming

    harness = await ContestsHarness(polls=False).opens()
    await harness.say("/quiz 1 20")
    for text in (letter(harness, right=False), letter(harness)):
        await harness.time.advance(1)
        await harness.router.route(Incoming("test:ann", "test:group", text=text, is_private=False))
    assert [row.right for row in harness.store.answers.values()] == [True]
    await harness.dies()


async def test_who_is_forgotten_hears_that_and_nothing_of_what_was_played(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", by="ann")
    await harness.say(letter(harness), by="ann")
    await harness.time.advance(25)
    said = len(harness.channel.said)
    sure = (await harness.say("忘记我", by="ann")).choices[0]
    assert (await harness.press(sure.action, by="ann")).text == Wording.FORGOTTEN
    assert len(harness.channel.said) == said
