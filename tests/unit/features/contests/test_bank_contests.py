"""Contests with the questions of a bank that an organiser brought."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.quiz.banks.model import TRUE_FALSE, BankQuestion
from bot.saved_banks import SavedBanks
from bot.wording import Banks
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import START, ContestsHarness
from tests.unit.features.fakes import FakeBanks

FILL = BankQuestion("fill", "茶圣是（　　）。", accepted=("陆羽", "陆鸿渐"), explanation="写了茶经")
ORDER = BankQuestion("order", "泡茶的先后是", ("注水", "洗杯", "投茶"), (1, 2, 0))
SINGLE = BankQuestion("single", "龙井是（　　）", ("绿茶", "红茶", "黑茶"), (0,))
JUDGED = BankQuestion("true_false", "茶能解渴。", TRUE_FALSE, (0,))
ALONE = {"by": "ann", "chat": "test:ann"}


async def opened(*questions: BankQuestion, polls: bool = False) -> ContestsHarness:
    banks = SavedBanks(FakeBanks(), lambda: START)
    if questions:
        await banks.save("茶艺", questions)
    return await ContestsHarness(polls=polls, saved_banks=banks).opens()


@pytest.fixture
async def halls() -> AsyncIterator[list[ContestsHarness]]:
    found: list[ContestsHarness] = []
    yield found
    for harness in found:
        await harness.dies()


async def test_a_typed_answer_is_right_in_any_accepted_form_and_wrong_in_others(halls: list[ContestsHarness]) -> None:
    for typed, right in (("陆羽", True), ("《陆 鸿渐》。", True), ("陆游", False)):
        harness = await opened(FILL)
        halls.append(harness)
        await harness.say("答题 题库 茶艺 1", **ALONE, is_private=True)
        asked = harness.channel.asked[-1][1].question
        assert (asked.question, asked.options) == ("茶圣是（　　）。", ())
        reply = await harness.say(typed, **ALONE, is_private=True)
        told = Wording.RIGHT if right else Wording.WRONG.format(answer="陆羽 或 陆鸿渐")
        assert reply.text.startswith(told)
        assert Banks.NO_PASSAGE in reply.text
        assert Banks.OWN_WORDS.format(text="写了茶经") in reply.text


@pytest.mark.parametrize("typed", ["BCA", "b c a", "B→C→A", "B、C、A"])
async def test_an_order_is_typed_as_letters(halls: list[ContestsHarness], typed: str) -> None:
    harness = await opened(ORDER)
    halls.append(harness)
    await harness.say("/quiz 题库 茶艺", **ALONE, is_private=True)
    assert harness.channel.asked[-1][1].question.question.splitlines()[1:] == ["A. 注水", "B. 洗杯", "C. 投茶"]
    assert (await harness.say(typed, **ALONE, is_private=True)).text.startswith(Wording.RIGHT)


async def test_a_question_put_meanwhile_is_no_answer(halls: list[ContestsHarness]) -> None:
    harness = await opened(FILL)
    halls.append(harness)
    await harness.say("答题 题库 茶艺", **ALONE, is_private=True)
    reply = await harness.say("茶是什么？", **ALONE, is_private=True)
    assert Wording.WRONG.partition("{")[0] not in reply.text
    passed = await harness.say("不知道", **ALONE, is_private=True)
    assert passed.text.startswith(Wording.PASSED.format(answer="陆羽 或 陆鸿渐"))


async def test_a_group_with_polls_is_asked_what_polls_can_ask(halls: list[ContestsHarness]) -> None:
    harness = await opened(FILL, ORDER, SINGLE, JUDGED, polls=True)
    halls.append(harness)
    await harness.say("答题 题库 茶艺 10")
    await harness.time.advance(60)
    kinds = {asked.question.question for _, asked in harness.channel.asked}
    assert kinds == {"龙井是（　　）", "茶能解渴。"}
    typed = await opened(FILL, polls=True)
    halls.append(typed)
    assert (await typed.say("答题 题库 茶艺")).text == Wording.BANK_NOT_HERE.format(name="茶艺")


async def test_a_bank_that_is_not_there_is_told_with_those_that_are(halls: list[ContestsHarness]) -> None:
    none, some = await opened(), await opened(FILL)
    halls += [none, some]
    assert (await none.say("答题 题库")).text == Wording.NO_BANKS
    assert (await some.say("答题 题库")).text == Wording.BANKS.format(names="茶艺", first="茶艺")
    assert (await some.say("答题 题库 咖啡")).text == Wording.NO_BANK.format(name="咖啡", names="茶艺")


async def test_where_polls_show_answers_a_typed_question_whose_time_is_over_is_told_all_the_same(
    halls: list[ContestsHarness],
) -> None:
    harness = await opened(FILL, SINGLE, polls=True)
    halls.append(harness)
    await harness.say("答题 题库 茶艺 2 20", **ALONE, is_private=True)
    await harness.time.advance(60)
    told = [reply.text for _, reply in harness.channel.said if reply.text.startswith("时间到")]
    assert len(told) == 1
    assert told[0].startswith(Wording.TIME_OVER.format(answer="陆羽 或 陆鸿渐"))
