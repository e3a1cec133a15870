"""/me, /wrong and /rank: what was answered stands beside what is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.messages import Reply
from bot.features.contests.leaderboard import Period, RankRequest, beginning, request_of
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.library import knowledge
from tests.unit.quiz.builders import question

ANN = {"by": "ann", "chat": "test:ann"}
DAY = 86400.0


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


async def plays(harness: ContestsHarness, *rights: bool) -> None:
    """ann plays alone, one question after the other."""
    await harness.say(f"/quiz {len(rights)} 20", **ANN, is_private=True)
    for right in rights:
        await harness.vote("ann", chat="test:ann", right=right)
        await harness.time.advance(4)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


async def test_me_counts_days_sections_and_weak_points(harness: ContestsHarness) -> None:
    assert (await harness.say("/me", **ANN, is_private=True)).text == Wording.ME_NOTHING
    await plays(harness, True, True)
    await harness.time.advance(DAY)
    await plays(harness, False, True)
    me = await harness.say("我的", **ANN, is_private=True)
    head, *lines = me.text.splitlines()
    assert head == Wording.ME.format(name="ann", streak=2, answered=4, right=3, percent="75%")
    assert sum(int(line.split("　")[1].split("/")[1].split("（")[0]) for line in lines if "/" in line) == 4
    weak = [row.point for row in harness.store.answers.values() if not row.right]
    assert [choice.action for choice in me.choices] == [f"p:{weak[0]}"]


async def test_me_takes_no_answer_to_another_document_for_one_to_a_point_of_the_same_id(
    harness: ContestsHarness,
) -> None:
    await plays(harness, False, True)
    harness.elsewhere = {row.question for row in harness.store.answers.values() if not row.right}
    me = await harness.say("我的", **ANN, is_private=True)
    head, *lines = me.text.splitlines()
    assert head == Wording.ME.format(name="ann", streak=1, answered=2, right=1, percent="50%")  # of all documents
    assert sum(int(line.split("　")[1].split("/")[1].split("（")[0]) for line in lines if "/" in line) == 1
    assert me.choices == ()


@pytest.mark.slow
async def test_what_was_wrong_comes_back_until_it_is_known(harness: ContestsHarness) -> None:
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == Wording.WRONG_EMPTY
    await plays(harness, False, True)
    waiting = await harness.say("错题", **ANN, is_private=True)
    assert waiting.text.startswith("错题本：还有 1 题没掌握，下一题在 11月2日 12:")
    for wait in (600.0, 2 * DAY, 30 * DAY):
        await harness.time.advance(wait)
        book = await harness.say("/wrong", **ANN, is_private=True)
        assert book.text == Wording.WRONG_BOOK.format(open=1, due=1)
        review = await harness.press(book.choices[0].action, **ANN, is_private=True)
        wrong = next(row for row in harness.store.answers.values() if not row.right)
        asked = next(found for found in harness.bank if found.id == wrong.question)
        right = next(choice for choice in review.choices if choice.label[3:] == asked.options[asked.correct[0]])
        verdict = await harness.press(right.action, **ANN, is_private=True)
        assert verdict.text.startswith(Wording.RIGHT)
        assert (await harness.press(right.action, **ANN, is_private=True)).text == Wording.REVIEW_GONE  # pressed twice
        assert (await harness.press(verdict.choices[0].action, **ANN, is_private=True)).text == Wording.REVIEW_DONE
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == Wording.WRONG_EMPTY
    assert (await harness.say("/rank all", **ANN, is_private=True)).text.splitlines()[1].split("　")[
        1
    ] == "对 1 题（共 2 题）"


async def right_in(harness: ContestsHarness, review: Reply) -> str:
    """The action of the right option of a review that is shown."""
    question = next(found for found in harness.bank if found.question == review.parts[1].text)
    return next(choice.action for choice in review.choices if choice.label[3:] == question.options[question.correct[0]])


async def masters(harness: ContestsHarness) -> None:
    """ann answers what is in the book until it is known."""
    for wait in (700.0, 2 * DAY, 30 * DAY):
        harness.time.now += timedelta(seconds=wait)  # nothing is due in between
        review = await harness.press("q:v", **ANN, is_private=True)
        await harness.press(await right_in(harness, review), **ANN, is_private=True)


async def test_what_is_said_to_be_due_is_what_is_asked_also_when_some_is_known_by_now(harness: ContestsHarness) -> None:
    await plays(harness, False)
    await masters(harness)
    await plays(harness, False, False)
    harness.time.now += timedelta(days=400)  # what is known would be due as well, and is in no book
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == Wording.WRONG_BOOK.format(open=2, due=2)
    review = await harness.press("q:v", **ANN, is_private=True)
    assert review.parts[0].text == "复习（还有 2 题）"


async def test_before_it_is_due_the_book_is_read_with_its_passages(harness: ContestsHarness) -> None:
    await plays(harness, False, False)
    waiting = await harness.say("/wrong", **ANN, is_private=True)
    assert labels(waiting) == ["现在就练一遍", "看错题和原文", "每天提醒我复习"]
    listed = await harness.press(waiting.choices[1].action, **ANN, is_private=True)
    assert (listed.text.splitlines()[0], listed.numbered) == ("错题本里有 2 题，点开看答案和原文：", True)
    card = await harness.press(listed.choices[0].action, **ANN, is_private=True)
    row = next(row for row in harness.store.answers.values() if f"q:h-{row.question}" == listed.choices[0].action)
    asked = next(found for found in harness.bank if found.id == row.question)
    assert card.text.splitlines()[:2] == [asked.question, "正确答案：乙"]
    assert knowledge().point(asked.point).quote in card.text
    assert labels(card)[-1] == "回到错题本"
    assert (await harness.press("q:h-none", **ANN, is_private=True)).toast == Wording.GONE
    for action in ("q:g-0", listed.choices[0].action):
        assert (await harness.press(action, by="ann")).text == Wording.WRONG_PRIVATE


async def test_a_long_book_has_pages(harness: ContestsHarness) -> None:
    await plays(harness, *[False] * 10)
    first = await harness.press("q:g-0", **ANN, is_private=True)
    assert labels(first)[-1] == "下一页"
    second = await harness.press(first.choices[-1].action, **ANN, is_private=True)
    assert (len(second.choices), labels(second)[-1]) == (3, "上一页")
    assert labels(await harness.press("q:g-99", **ANN, is_private=True)) == labels(second)


async def test_before_it_is_due_it_is_practised_once_each_and_comes_back_as_before(harness: ContestsHarness) -> None:
    await plays(harness, False, False)
    before = await harness.say("/wrong", **ANN, is_private=True)
    await harness.time.advance(2)
    action = before.choices[0].action
    for left in (2, 1):
        review = await harness.press(action, **ANN, is_private=True)
        assert review.parts[0].text == f"提前练习（还有 {left} 题）"
        verdict = await harness.press(await right_in(harness, review), **ANN, is_private=True)
        assert verdict.parts[-1].text == "这是提前练习，答对不推迟复习的时间。"
        [following] = verdict.choices
        action = following.action
    assert (await harness.press(action, **ANN, is_private=True)).text == Wording.PRACTICE_DONE
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == before.text
    await harness.time.advance(600)
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == Wording.WRONG_BOOK.format(open=2, due=2)


async def test_what_is_practised_and_wrong_comes_back_anew(harness: ContestsHarness) -> None:
    await plays(harness, False)
    await harness.time.advance(300)
    book = await harness.say("/wrong", **ANN, is_private=True)
    review = await harness.press(book.choices[0].action, **ANN, is_private=True)
    right = await right_in(harness, review)
    verdict = await harness.press(next(c.action for c in review.choices if c.action != right), **ANN, is_private=True)
    assert verdict.text.startswith("❌ 答错了。")
    await harness.time.advance(599)
    assert (await harness.say("/wrong", **ANN, is_private=True)).text.startswith("错题本：还有 1 题没掌握，下一题在")
    await harness.time.advance(1)
    assert (await harness.say("/wrong", **ANN, is_private=True)).text == Wording.WRONG_BOOK.format(open=1, due=1)


@pytest.mark.parametrize("typed", [False, True])
async def test_an_answer_that_was_kept_by_a_killed_process_is_told_when_it_comes_again(
    harness: ContestsHarness, typed: bool
) -> None:
    await plays(harness, False)
    await harness.time.advance(700)
    review = await harness.press("q:v", **ANN, is_private=True)
    action = await right_in(harness, review)
    said = {"text": "ABCD"[int(action[-1])]} if typed else {"action": action}
    receipt = next(harness.receipts)
    assert (await harness.again_says(receipt, **said)).text.startswith(Wording.RIGHT)
    harness = await harness.again()  # killed before that was shown: the platform delivers it again
    repeated = await harness.again_says(receipt, **said)
    assert repeated.text.startswith(Wording.RIGHT)
    assert labels(repeated) == [Wording.REVIEW_NEXT]
    assert sum(row.contest == "review" for row in harness.store.answers.values()) == 1
    assert (await harness.again_says(receipt + 1, **said)).text == ("" if typed else Wording.REVIEW_GONE)
    await harness.dies()


async def test_the_button_of_a_review_from_before_a_restart_answers_no_later_one(harness: ContestsHarness) -> None:
    await plays(harness, False, False)
    await harness.time.advance(700)
    old = await harness.press("q:v", **ANN, is_private=True)
    await harness.time.advance(1)
    harness = await harness.again()
    await harness.press("q:v", **ANN, is_private=True)
    assert (await harness.press(old.choices[0].action, **ANN, is_private=True)).text == Wording.REVIEW_GONE
    await harness.dies()


async def test_what_a_contest_asks_just_now_is_neither_reviewed_nor_read_by_its_players() -> None:
    harness = await ContestsHarness(bank=[question(1, point="road"), question(2, point="rice")]).opens()
    await plays(harness, False, False)
    await harness.time.advance(700)
    book = await harness.press("q:g-0", **ANN, is_private=True)
    await harness.say("/quiz 1 20 水稻")
    hidden = [await harness.press(choice.action, **ANN, is_private=True) for choice in book.choices]
    assert sorted(reply.toast for reply in hidden) == ["", Wording.WITHHELD_TAP]
    review = await harness.press("q:v", **ANN, is_private=True)
    assert review.parts[1].text == "第1问"
    await harness.press(await right_in(harness, review), **ANN, is_private=True)
    assert (await harness.press("q:v", **ANN, is_private=True)).toast == Wording.WITHHELD_REVIEWS
    await harness.time.advance(22)
    assert (await harness.press("q:v", **ANN, is_private=True)).parts[1].text == "第2问"
    await harness.dies()


async def test_a_review_may_be_typed_and_several_must_be() -> None:
    harness = await ContestsHarness(bank=[question(1, correct=(0, 2))]).opens()
    await plays(harness, False)
    await harness.time.advance(700)
    review = await harness.press("q:v", **ANN, is_private=True)
    options = [line[3:] for line in review.text.splitlines() if line[1:3] == ". "]
    letters = "".join("ABCD"[index] for index, option in enumerate(options) if option in {"甲", "丙"})
    assert (await harness.say(letters, **ANN, is_private=True)).text.startswith(Wording.RIGHT)
    await harness.dies()


async def test_who_does_not_know_is_shown_the_answer_and_asked_again_another_day() -> None:
    harness = await ContestsHarness(bank=[question(1, correct=(0, 2))]).opens()
    await plays(harness, False)
    await harness.time.advance(700)
    await harness.press("q:v", **ANN, is_private=True)
    shown = await harness.say("这题不会", **ANN, is_private=True)
    assert shown.text.startswith(Wording.PASSED.partition("{")[0])
    assert "甲" in shown.text
    assert "现在该复习的有" not in (await harness.say("/wrong", **ANN, is_private=True)).text
    assert "（0%）" in (await harness.say("/me", **ANN, is_private=True)).text
    await harness.dies()


async def test_a_review_is_led_by_words() -> None:
    harness = await ContestsHarness(bank=[question(1), question(2)]).opens()
    await plays(harness, False, False)
    await harness.time.advance(700)
    await harness.press("q:v", **ANN, is_private=True)
    assert (await harness.say("这是什么", **ANN, is_private=True)).text == Wording.UNREAD_ANSWER.format(letters="A–D")
    assert "不是" in (await harness.say("提示", **ANN, is_private=True)).text
    assert (await harness.say("看答案", **ANN, is_private=True)).text == Wording.ANSWER_BEFORE
    assert (await harness.say("E", **ANN, is_private=True)).text == Wording.NO_OPTION
    await harness.say("A", **ANN, is_private=True)
    assert "正确答案" in (await harness.say("看答案", **ANN, is_private=True)).text
    assert "复习（还有 1 题）" in (await harness.say("来下一题", **ANN, is_private=True)).text
    assert (await harness.say("不复习了", **ANN, is_private=True)).text == Wording.REVIEW_STOPPED
    assert (await harness.say("A", **ANN, is_private=True)).text == ""
    await harness.dies()


async def test_a_review_that_was_left_alone_takes_no_question_for_an_answer() -> None:
    harness = await ContestsHarness(bank=[question(1)]).opens()
    await plays(harness, False)
    await harness.time.advance(700)
    await harness.press("q:v", **ANN, is_private=True)
    await harness.time.advance(700)
    assert (await harness.say("这是什么", **ANN, is_private=True)).text == ""
    assert "正确答案" in (await harness.say("不会", **ANN, is_private=True)).text
    await harness.dies()


async def test_the_book_is_shown_to_nobody_else(harness: ContestsHarness) -> None:
    await plays(harness, False)
    assert (await harness.say("/wrong", by="ann")).text == Wording.WRONG_PRIVATE
    assert (await harness.press("q:v", by="ann")).text == Wording.WRONG_PRIVATE
    assert (await harness.press("q:n-on", by="ann")).text == Wording.WRONG_PRIVATE
    assert (await harness.say("/wrong", by="bob", chat="test:bob", is_private=True)).text == Wording.WRONG_EMPTY


def places(rank: Reply) -> list[str]:
    """Places and names of a ranking."""
    return [line.split("　")[0] for line in rank.text.splitlines() if line[0] in Wording.MEDALS]


async def test_alone_the_ranking_is_that_of_all(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20")
    await harness.vote("bob")
    rank = await harness.say("/rank", **ANN, is_private=True)
    assert rank.text.splitlines()[0] == "本周总排行（答对题数）"
    assert rank.text.splitlines()[1].startswith("🥇 b＊　"), "ann may never have met bob"
    assert rank.parts[-1].text == Wording.RANK_MASKED_OTHERS
    assert labels(rank) == ["今日", "本月", "历来"]
    mine = await harness.say("/rank", by="bob", chat="test:bob", is_private=True)
    assert mine.text.splitlines()[1].startswith("🥇 bob　")


async def test_ranks_of_a_chat_and_of_all_by_period(harness: ContestsHarness) -> None:
    assert (await harness.say("/rank")).text.splitlines()[1] == Wording.RANK_EMPTY
    await harness.say("/quiz 1 20", chat="test:other")
    await harness.vote("bob", chat="test:other")
    await harness.time.advance(8 * DAY)
    await harness.say("/quiz 1 20")
    await harness.time.advance(2)
    await harness.vote("ann")
    rank = await harness.say("排行")
    assert rank.text.splitlines() == ["本群本周排行（答对题数）", "🥇 ann　对 1 题（共 1 题）　2.0 秒"]
    assert labels(rank) == ["今日", "本月", "历来", "看总排行"]
    overall = await harness.press(rank.choices[-1].action)
    assert places(overall) == ["🥇 a＊"]
    assert (await harness.say("总排行")).text == overall.text
    ever = await harness.say("/rank 总 全部")
    assert places(ever) == ["🥇 b＊", "🥈 a＊"]
    assert ever.parts[-1].text == Wording.RANK_MASKED
    assert (await harness.say("/rank 明年")).text == Wording.RANK_BAD


@pytest.mark.parametrize(
    ("text", "period", "overall"),
    [
        ("", "week", False),
        ("今天", "day", False),
        ("月", "month", False),
        ("总", "week", True),
        ("ALL overall", "all", True),
    ],
)
def test_what_is_written_behind_rank(text: str, period: Period, overall: bool) -> None:
    assert request_of(text) == RankRequest(period, overall)


def test_periods_begin_by_the_clocks_of_the_zone() -> None:
    now = datetime(2026, 11, 1, 17, 30, tzinfo=UTC)  # Monday 1:30 in Shanghai
    found = [beginning(period, now, "Asia/Shanghai") for period in ("day", "week", "month", "all")]
    assert [moment and moment.astimezone(UTC).isoformat()[:13] for moment in found] == [
        "2026-11-01T16",
        "2026-11-01T16",
        "2026-10-31T16",
        None,
    ]
