"""Contests in a group with polls: what members do stands beside what they see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.access.member_names import MemberNameCache
from bot.conversation.messages import Reply
from bot.errors import StorageError
from bot.features.contests.buttons import fingerprint
from bot.features.contests.polls import Polls
from bot.features.contests.presenter import rule_of
from bot.wording import Contests as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.library import knowledge
from tests.unit.quiz.builders import question


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


def ranked(text: str) -> list[str]:
    """The members on a board, in order."""
    return [line.split("　")[0].split()[-1] for line in text.splitlines()[1:] if "　" in line]


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


async def test_a_contest_of_ten_with_five_members_is_scored_as_a_recount_says(harness: ContestsHarness) -> None:
    await harness.say("/quiz 10 20", by="ann")
    points = dict.fromkeys(["ann", "bob", "cem", "dan", "eve"], 0)
    ms = dict.fromkeys(points, 0)

    async def votes(member: str, right: bool, after: float) -> None:
        await harness.vote(member, right=right)
        if right:
            points[member] += 1
            ms[member] += int(after * 1000)

    for number in range(10):
        await harness.time.advance(2)
        await votes("ann", number % 2 == 0, 2)
        await votes("bob", number % 3 == 0, 2)
        if number < 4:  # leaves after the fourth question
            await votes("cem", True, 2)
        await harness.time.advance(3)
        if number > 5:  # comes late
            await votes("dan", True, 5)
        await votes("eve", number != 9, 5)
        await harness.vote("eve", right=number == 9)  # a second vote, which no quiz poll takes
        await harness.time.advance(21 - 5 + 3)
    expected = sorted(points, key=lambda member: (-points[member], ms[member]))
    lines = harness.last.splitlines()
    assert lines[0] == Wording.FINAL.format(title="竞赛")
    assert ranked(harness.last) == expected
    assert [line.split("　")[1:] for line in lines[1:]] == [
        [f"{points[member]} 分", f"{ms[member] / 1000:.1f} 秒"] for member in expected
    ]
    assert len({asked.question.id for _, asked in harness.channel.asked}) == 10


async def test_the_board_is_one_message_that_is_edited(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20")
    for _ in range(3):
        await harness.time.advance(1)
        await harness.vote("ann")
        await harness.time.advance(24)
    assert [reply.text.splitlines()[0] for _, reply in harness.channel.said] == [
        Wording.BEGINS.format(title="竞赛", count=3, seconds=20, rule=rule_of("contest", "right")),
        Wording.BOARD.format(number=1, total=3),
        Wording.FINAL.format(title="竞赛"),
    ]
    assert Wording.BOARD.format(number=2, total=3) in [
        reply.text.splitlines()[0] for reply in harness.channel.boards.values()
    ]


async def test_a_second_quiz_is_refused_and_only_starter_and_admins_stop_it(harness: ContestsHarness) -> None:
    await harness.say("/quiz 5", by="ann")
    assert (await harness.say("/quiz 5", by="bob")).text == Wording.RUNNING_STOP
    assert (await harness.say("/stop", by="bob")).text == Wording.NOT_YOURS
    harness.channel.admins.add(("test:group", "test:boss"))
    assert (await harness.say("结束答题", by="boss")).text == ""
    assert harness.last.startswith(Wording.FINAL_STOPPED.format(title="竞赛"))
    assert harness.channel.closed == [harness.channel.closed[0]]
    assert (await harness.say("/stop", by="ann")).text == Wording.NOT_RUNNING
    assert (await harness.say("/quiz 5", by="bob")).text == ""
    assert (await harness.say("/stop", by="bob")).text == ""


async def test_a_quiz_host_may_stop_everywhere_as_long_as_the_role_lasts() -> None:
    harness = await ContestsHarness(hosts=["test:owner"]).opens()
    await harness.say("/quiz 5", by="ann")
    assert (await harness.say("/stop", by="owner")).text == ""
    await harness.say("/quiz 5", by="ann")
    harness.hosts.clear()
    assert (await harness.say("/stop", by="owner")).text == Wording.NOT_YOURS
    await harness.dies()


async def test_only_starter_and_admins_skip_a_question_and_a_skipped_one_pauses_nothing() -> None:
    harness = await ContestsHarness(hosts=["test:owner"]).opens()
    assert (await harness.say("/skip", by="ann")).text == Wording.NOT_RUNNING
    await harness.say("/quiz 4 20", by="ann")
    harness.channel.admins.add(("test:group", "test:boss"))
    assert (await harness.say("/skip", by="bob")).text == Wording.NOT_YOURS
    for number, text, by in [(2, "/skip", "ann"), (3, "跳过", "boss"), (4, "/skip", "owner")]:
        assert (await harness.say(text, by=by)).text == ""
        assert (await harness.say(text, by=by)).text == Wording.NOT_OPEN  # the next one is not there yet
        await harness.time.advance(3)
        assert harness.channel.asked[-1][1].number == number
    assert len(harness.channel.closed) == 3
    await harness.vote("bob")
    await harness.time.advance(22)
    assert ranked(harness.last) == ["bob"]
    await harness.dies()


async def test_another_round_keeps_topic_and_rules_and_asks_other_questions(harness: ContestsHarness) -> None:
    bank = {question.id: question for question in harness.bank}
    await harness.say("/quiz 3 25 抢答 速度 田间课堂", by="ann")
    await harness.say("/stop", by="ann")
    again = harness.channel.said[-1][1].choices[0]
    await harness.time.advance(3 * 24 * 3600)
    harness = await harness.again()
    await harness.press(again.action, by="bob")
    for _ in range(3):
        await harness.vote("bob")
        await harness.time.advance(3)
    first, *second = [asked for _, asked in harness.channel.asked]
    begins = Wording.BEGINS.format(title="抢答（田间课堂）", count=3, seconds=25, rule=rule_of("buzzer", "speed"))
    assert [reply.text for _, reply in harness.channel.said].count(begins) == 2
    assert {(asked.mode, asked.seconds, asked.total) for asked in second} == {("buzzer", 25, 3)}
    assert {bank[asked.question.id].point for asked in second} == {bank[first.question.id].point}
    assert first.question.id not in {asked.question.id for asked in second}
    assert (await harness.press(again.action, by="bob", chat="test:elsewhere")).toast == Wording.GONE
    await harness.dies()


async def test_another_round_of_a_contest_of_long_ago_begins_too(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 25 抢答")
    await harness.say("/stop")
    again = harness.channel.said[-1][1].choices[0]
    for _ in range(20):
        await harness.time.advance(60)
        await harness.say("/quiz 1 20")
        await harness.say("/stop")
    await harness.press(again.action, by="bob")
    _, asked = harness.channel.asked[-1]
    assert (asked.mode, asked.seconds, asked.total) == ("buzzer", 25, 3)


async def test_groups_and_topics_play_beside_each_other(harness: ContestsHarness) -> None:
    chats = ["test:1", "test:2", "test:1:7", "test:1:8"]
    for chat in chats:
        assert (await harness.say("/quiz 2 20", chat=chat)).text == ""
    await harness.time.advance(1)
    await harness.vote("ann", chat="test:1")
    await harness.vote("bob", chat="test:1:7")
    await harness.time.advance(48)
    finals = {chat: reply.text for chat, reply in harness.channel.said if reply.text.startswith("答题结束")}
    assert {chat: ranked(text) for chat, text in finals.items()} == {
        "test:1": ["ann"],
        "test:2": [],
        "test:1:7": ["bob"],
        "test:1:8": [],
    }


async def test_nobody_answers_twice_and_it_waits_for_somebody(harness: ContestsHarness) -> None:
    await harness.say("/quiz 5 20", by="ann")
    await harness.time.advance(24 + 22)
    assert labels(harness.channel.said[-1][1]) == [Wording.RESUME, Wording.STOP]
    assert len(harness.channel.asked) == 2
    assert (await harness.say("/quiz", by="bob")).text == harness.last
    await harness.press("q:c", by="bob")
    assert len(harness.channel.asked) == 3
    await harness.time.advance(24 + 22)
    await harness.time.advance(31 * 60)
    assert harness.last.startswith(Wording.FINAL_ABANDONED.format(title="竞赛"))


async def test_a_question_that_cannot_be_sent_is_passed_over_and_told(harness: ContestsHarness) -> None:
    harness.channel.refuses = {1, 3}
    await harness.say("/quiz 3 20")
    await harness.time.advance(1)
    await harness.vote("ann")
    await harness.time.advance(30)
    assert harness.last.splitlines()[-1] == Wording.UNSENT.format(count=2)


async def test_a_vote_may_come_before_the_receipt_of_its_poll(harness: ContestsHarness) -> None:
    harness.channel.holds = asyncio.Event()
    await harness.say("/quiz 1 20")
    early = asyncio.create_task(harness.quizzing.polls.voted("poll1", "test:ann", "ann", (0, 1, 2, 3), 1))
    await settle()
    assert not early.done()
    harness.channel.holds.set()
    await settle()
    await early
    assert [row.member for row in harness.store.answers.values()] == ["test:ann"]


async def test_a_vote_in_a_poll_of_nobody_is_left_out_and_one_in_a_contests_counts(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20")
    stray = asyncio.ensure_future(harness.quizzing.polls.voted("other", "test:ann", "ann", (0,), 1))
    await harness.time.advance(9)
    assert not stray.done(), "it may have come before the receipt of sending its poll"
    await harness.time.advance(1)
    await stray
    assert harness.store.answers == {}
    await harness.vote("bob")
    assert [row.member for row in harness.store.answers.values()] == ["test:bob"]


async def test_the_platform_closing_its_poll_goes_on_at_once(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20")
    await harness.vote("ann")
    asked = harness.channel.asked[0][1].question
    await harness.quizzing.polls.seen(harness.poll(0), asked.question, asked.options, closed=False)
    await harness.time.advance(10)
    assert len(harness.channel.asked) == 1, "it has not closed it"
    await harness.quizzing.polls.seen(harness.poll(0), asked.question, asked.options, closed=True)
    await harness.time.advance(3)
    assert len(harness.channel.asked) == 2, "ten seconds before its time"


async def test_a_vote_in_a_poll_of_long_ago_is_left_out_at_once_although_another_waits_for_its_receipt(
    harness: ContestsHarness,
) -> None:
    await harness.say("/quiz 1 20")
    old = harness.poll(0)
    await harness.time.advance(2 * 24 * 3600)
    await harness.say("/quiz 1 20")
    await asyncio.wait_for(harness.quizzing.polls.voted(old, "test:ann", "ann", (0,), next(harness.receipts)), 1)
    assert harness.store.answers == {}


async def test_a_vote_that_waited_for_its_poll_leaves_no_sleeper_behind() -> None:
    harness, asleep = ContestsHarness(), 0

    async def sleep(_: float) -> None:
        nonlocal asleep
        asleep += 1
        try:
            await asyncio.Event().wait()
        finally:
            asleep -= 1

    polls = Polls(harness.quizzing.contests, MemberNameCache(harness.store), harness.quizzing.guard, sleep=sleep)
    await harness.opens()
    await harness.say("/quiz 1 20")
    poll = harness.store.polls[harness.poll(0)]
    early = asyncio.create_task(polls.voted(poll.poll, "test:ann", "ann", (0,), 1))
    await settle()
    assert asleep == 1
    polls.add(poll)
    await asyncio.wait_for(early, 5)
    await settle()
    assert asleep == 0
    await harness.dies()


async def test_votes_delivered_after_the_end_change_the_final_board(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20")
    await harness.time.advance(1)
    await harness.vote("ann")
    await harness.time.advance(25)
    await harness.vote("bob")
    assert ranked(list(harness.channel.boards.values())[-1].text) == ["ann", "bob"]


@pytest.mark.parametrize(
    ("text", "count", "seconds"),
    [("/quiz 5 30", 5, 30), ("答题 5题 30秒", 5, 30), ("/quiz 5", 5, 20), ("/quiz 抢答", 10, 20)],
)
async def test_what_is_written_behind_quiz_is_what_is_played(
    harness: ContestsHarness, text: str, count: int, seconds: int
) -> None:
    await harness.say(text)
    _, asked = harness.channel.asked[0]
    assert (asked.total, asked.seconds) == (count, seconds)


@pytest.mark.parametrize("text", ["/quiz 0", "/quiz 51", "/quiz 5 4", "/quiz 5 601", "/quiz 999999"])
async def test_impossible_numbers_are_told(harness: ContestsHarness, text: str) -> None:
    assert (await harness.say(text)).text.startswith("题数要在 1 到 50 之间")
    assert harness.channel.asked == []


async def test_a_topic_chooses_the_questions(harness: ContestsHarness) -> None:
    await harness.say("/quiz 5 20 水稻")
    assert "（水稻）" in harness.channel.said[0][1].text
    assert harness.channel.asked[0][1].question.point == "rice"
    assert (await harness.say("/quiz 5 20 航天", chat="test:2")).text == Wording.NO_TOPIC.format(topic="航天")


async def test_quiz_alone_offers_kinds_and_sections_to_tap(harness: ContestsHarness) -> None:
    menu = await harness.say("/quiz")
    assert labels(menu)[:3] == ["5 题", "10 题", "20 题"]
    sections = await harness.press(menu.choices[-1].action)
    road = next(choice for choice in sections.choices if "修好进村道路" in choice.label)
    await harness.press(road.action)
    assert {asked.question.point for _, asked in harness.channel.asked} == {"road"}
    for choice in (*menu.choices, *sections.choices):
        assert len(choice.action.encode()) <= 64


async def test_every_kind_of_the_menu_can_be_played(harness: ContestsHarness) -> None:
    for number, choice in enumerate((await harness.say("/quiz")).choices[:-1]):
        chat = f"test:kind{number}"
        assert (await harness.press(choice.action, by=f"member{number}", chat=chat)).text == ""
        await harness.vote(f"member{number}", chat=chat)
    titles = [reply.text.split("，")[0] for _, reply in harness.channel.said if reply.text.startswith("答题开始")]
    assert titles == [f"答题开始：{kind}" for kind in ("竞赛", "竞赛", "竞赛", "挑战", "抢答", "分队赛")]


async def test_a_vote_behind_a_skip_brings_nothing(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", by="ann")
    early = next(harness.receipts)
    await harness.say("/skip", by="ann")
    await harness.vote("bob", number=1)
    await harness.vote("cem", number=1, receipt=early)
    assert {row.member for row in harness.store.answers.values()} == {"test:cem"}
    harness = await harness.again()
    await harness.vote("bob", number=1, receipt=early + 9)  # delivered again
    assert {row.member for row in harness.store.answers.values()} == {"test:cem"}
    await harness.dies()


async def test_teams_are_shown_with_their_average(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20 分队")
    for member, right in (("ann", True), ("bob", False), ("cem", True)):
        await harness.vote(member, right=right)
    await harness.time.advance(25)
    assert harness.last.splitlines()[1:] == [
        "🥇 红队（2 人）　人均 1 分",
        "第 2 名 蓝队（1 人）　人均 0 分",
        "队员：",
        "第 1 名 ann　1 分　0.0 秒",
        "第 1 名 cem　1 分　0.0 秒",
        "第 3 名 bob　0 分　0.0 秒",
    ]


async def test_teams_with_the_same_average_share_a_place_whatever_time_they_took(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20 分队")
    await harness.vote("ann")
    await harness.time.advance(5)
    await harness.vote("bob")
    await harness.time.advance(20)
    assert harness.last.splitlines()[1:3] == ["🥇 红队（1 人）　人均 1 分", "🥇 蓝队（1 人）　人均 1 分"]


async def test_a_challenge_says_who_is_out(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20 挑战")
    await harness.vote("ann")
    await harness.vote("bob", right=False)
    await harness.time.advance(21)
    assert harness.last.splitlines()[1:] == ["🥇 ann　连对 1 题　0.0 秒", "第 2 名 bob　连对 0 题　0.0 秒　出局"]


async def test_members_choose_their_team_or_fill_the_smaller_one(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20 分队")
    red, blue = harness.channel.said[0][1].choices
    assert (await harness.press(red.action, by="ann")).toast == Wording.JOINED.format(team="红队")
    assert (await harness.press(blue.action, by="ann")).toast == Wording.JOINED.format(team="蓝队")
    await harness.vote("bob", right=False)
    assert (await harness.press(blue.action, by="bob")).toast == Wording.TEAM_STANDS.format(team="红队")
    assert {row.member: row.team for row in harness.store.players.values()} == {"test:ann": "蓝队", "test:bob": "红队"}


async def test_what_was_asked_lately_is_not_asked_again(harness: ContestsHarness) -> None:
    for _ in range(3):
        await harness.say("/quiz 10 20")
        for _ in range(10):
            await harness.vote("ann")
            await harness.time.advance(24)
    assert len({asked.question.id for _, asked in harness.channel.asked}) == 30


async def test_alone_the_next_question_comes_with_the_answer(harness: ContestsHarness) -> None:
    await harness.say("/quiz 3 20", chat="test:ann", is_private=True)
    for _ in range(3):
        await harness.vote("ann", chat="test:ann")
        await harness.time.advance(3)
    assert harness.last.splitlines()[1].split("　")[1] == "3 分"


async def test_who_is_forgotten_while_playing_alone_has_ended_that_game_and_nothing_is_kept_anew(
    harness: ContestsHarness,
) -> None:
    await harness.say("/quiz 3 20", chat="test:ann", by="ann", is_private=True)
    await harness.vote("ann", chat="test:ann", right=False)
    await harness.time.advance(3)
    sure = (await harness.say("/forget", chat="test:ann", by="ann", is_private=True)).choices[0]
    polls = [harness.poll(place) for place in range(2)]
    assert (await harness.press(sure.action, chat="test:ann", by="ann", is_private=True)).text == Wording.FORGOTTEN
    assert harness.channel.closed[-1] == harness.last_message  # the open question
    said = len(harness.channel.said)
    await harness.quizzing.polls.voted(polls[1], "test:ann", "ann", (1,), next(harness.receipts))
    await harness.time.advance(3600)
    store = harness.store
    assert (store.contest_rows, store.answers, store.members, store.polls) == ({}, {}, {}, {})
    assert (len(harness.channel.said), len(harness.channel.asked)) == (said, 2)
    assert (await harness.say("/quiz 3 20", chat="test:ann", by="ann", is_private=True)).text == ""


async def test_an_answer_that_a_broken_database_held_up_is_not_kept_once_its_member_is_forgotten(
    harness: ContestsHarness,
) -> None:
    await harness.say("/quiz 3 20", chat="test:ann", by="ann", is_private=True)
    harness.store.broken = True
    voting = asyncio.create_task(harness.vote("ann", chat="test:ann"))
    await settle()
    sure = (await harness.say("/forget", chat="test:ann", by="ann", is_private=True)).choices[0]
    assert (await harness.press(sure.action, chat="test:ann", by="ann", is_private=True)).text == Wording.NOT_KEPT
    harness.store.broken = False
    await harness.press(sure.action, chat="test:ann", by="ann", is_private=True)
    await harness.time.advance(60)
    await voting
    assert (harness.store.contest_rows, harness.store.answers) == ({}, {})


@pytest.mark.parametrize("text", ["答题", "/quiz 5", "/stop", "排行", "错题", "我的", "每日一题", "/daily 8:00"])
async def test_where_nothing_can_be_played_one_is_told_at_once_where_it_can(
    harness: ContestsHarness, text: str
) -> None:
    reply = await harness.say(text, chat="web:visitor", is_private=True)
    assert (reply.text, reply.choices) == (Wording.NOT_HERE, ())
    assert harness.store.all_settings == {}


async def test_a_button_made_up_where_nothing_can_be_played_does_nothing(harness: ContestsHarness) -> None:
    assert (await harness.press("q:d-8", chat="web:visitor", is_private=True)).text == Wording.NOT_HERE
    assert harness.store.all_settings == {}


async def test_a_document_without_questions_says_so_kindly_wherever_a_quiz_is_wanted() -> None:
    harness = await ContestsHarness(bank=[]).opens()
    none = Wording.NO_QUESTIONS_YET.format(title=knowledge().title)
    for said in ("/quiz", "/quiz 5", "/quiz 5 20 水稻", "/daily", "/daily 8:00"):
        assert (await harness.say(said)).text == none, said
    assert (await harness.say("/daily 关")).text != none
    await harness.dies()


async def test_a_database_in_trouble_loses_nothing_that_was_voted(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20")
    harness.store.broken = True
    voting = asyncio.create_task(harness.vote("ann"))
    await harness.time.advance(3)
    assert not voting.done()  # Telegram still holds the update
    harness.store.broken = False
    await harness.time.advance(2)
    await voting
    assert [row.right for row in harness.store.answers.values()] == [True]
    await harness.time.advance(20)
    await harness.vote("bob")
    await harness.time.advance(25)
    assert harness.last.startswith("答题结束")


async def test_a_contest_that_a_broken_database_does_not_take_is_told_and_does_not_begin(
    harness: ContestsHarness,
) -> None:
    harness.store.broken = True
    assert (await harness.say("/quiz 2 20")).text == Wording.NOT_KEPT
    await harness.time.advance(60)
    assert harness.channel.asked == []
    harness.store.broken = False
    await harness.say("/quiz 2 20")
    assert [asked.number for _, asked in harness.channel.asked] == [1]


async def test_an_erasure_that_is_not_kept_is_told(harness: ContestsHarness) -> None:
    harness.store.broken = True
    asked = await harness.say("/forget")
    assert (await harness.press(asked.choices[0].action)).text == Wording.NOT_KEPT


async def test_forget_me_takes_one_button_and_nobody_else_can_press_it(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", by="ann")
    await harness.vote("ann")
    await harness.vote("bob")
    sure = (await harness.say("/forget", by="ann")).choices[0]
    assert (await harness.press(sure.action, by="bob")).toast == Wording.NOT_FOR_YOU
    assert len(harness.store.answers) == 2
    assert (await harness.press(sure.action, by="ann")).text == Wording.FORGOTTEN
    assert {row.member for row in harness.store.answers.values()} == {"test:bob"}
    assert harness.store.members == {"test:bob": "bob"}
    await harness.time.advance(50)
    assert "ann" not in harness.last
    assert "test:ann" not in repr(harness.store.__dict__)


async def test_who_thinks_better_of_it_is_told_that_nothing_is_forgotten(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", by="ann")
    await harness.vote("ann")
    kept = dict(harness.store.answers)
    no = (await harness.say("/forget", by="ann")).choices[1]
    assert (await harness.press(no.action, by="bob")).toast == Wording.NOT_FOR_YOU
    reply = await harness.press(no.action, by="ann")
    assert (reply.text, reply.edits_message) == (Wording.FORGET_NOTHING, True)  # the buttons are gone too
    assert harness.store.answers == kept


async def test_who_speaks_as_the_group_cannot_have_the_group_forgotten(harness: ContestsHarness) -> None:
    """A hidden admin has the key of the group: «me» is then all of it."""
    harness.channel.admins |= {("test:-100", "test:-100")}
    await harness.say("/daily 8:00", by="-100", chat="test:-100")
    await harness.say("/quiz 2 20", by="-100", chat="test:-100")
    await harness.vote("ann", chat="test:-100")
    before = (dict(harness.store.contest_rows), harness.store.all_settings, dict(harness.store.answers))
    for chat in ("test:-100", "test:-100:7"):
        refused = await harness.say("/forget", by="-100", chat=chat)
        assert (refused.text, refused.choices) == (Wording.FORGET_AS_ONESELF, ())
        pressed = await harness.press(f"q:f-{fingerprint('test:-100')}", by="-100", chat=chat)
        assert pressed.toast == Wording.FORGET_AS_ONESELF
    assert (harness.store.contest_rows, harness.store.all_settings, harness.store.answers) == before
    await harness.time.advance(50)
    assert harness.last.startswith(Wording.FINAL.format(title="竞赛"))


async def test_no_contest_of_a_group_ends_when_its_key_is_forgotten_and_one_in_private_does(
    harness: ContestsHarness,
) -> None:
    await harness.say("/quiz 2 20", by="-100", chat="test:-100")
    await harness.say("/quiz 2 20", by="7", chat="test:7", is_private=True)
    for member in ("test:-100", "test:7"):
        await harness.quizzing._playing.forget(member)
    assert [running.contest.setup.chat for running in harness.quizzing._playing._contests.all()] == ["test:-100"]


async def test_a_board_without_the_forgotten_does_not_claim_that_nobody_answered(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", by="ann")
    await harness.vote("ann")
    await harness.time.advance(25)
    said = len(harness.channel.said)
    await harness.press((await harness.say("/forget", by="ann")).choices[0].action, by="ann")
    assert list(harness.channel.boards.values())[-1].text.splitlines()[1] == Wording.NOBODY == "这一轮没有人上榜。"
    assert len(harness.channel.said) == said


@pytest.mark.parametrize(
    "action",
    [
        "q:",
        "q:zz",
        "q:s-1",
        "q:s-x-y-contest-",
        "q:s-5-20-daily-",
        "q:a-c1",
        "q:a-c1-9-9",
        "q:v-1",
        "q:v-1-1",
        "q:k-never-h",
        "q:d-99",
    ],
)
async def test_a_button_that_was_made_up_does_no_harm(harness: ContestsHarness, action: str) -> None:
    reply = await harness.press(action, is_private=True)
    assert reply.toast or reply.text
    assert harness.channel.asked == []


async def test_a_group_that_gets_another_key_takes_its_contest_and_its_past_along(harness: ContestsHarness) -> None:
    harness.channel.admins |= {("test:group", "test:ann"), ("test:super", "test:ann")}
    await harness.say("/daily 8:00", by="ann")
    await harness.say("/quiz 2 20", by="ann")
    await harness.vote("ann")
    await harness.quizzing.polls.moved("test:group", "test:super")
    await harness.vote("bob", number=1)
    await harness.time.advance(24)
    assert harness.channel.asked[-1][0] == "test:super"
    harness = await harness.again()
    assert (await harness.say("/quiz", chat="test:super")).text == Wording.RUNNING_STOP
    assert (await harness.say("/stop", by="ann", chat="test:super")).text == ""
    assert (await harness.say("/stop", by="ann")).text == Wording.NOT_RUNNING
    assert ranked((await harness.say("/rank", chat="test:super")).text) == ["ann", "bob"]
    assert (await harness.say("/daily", chat="test:super")).text.startswith("每日一题：每天 8:00")
    await harness.dies()


async def test_a_group_that_gets_another_key_while_nothing_can_be_kept_takes_its_past_along_later(
    harness: ContestsHarness,
) -> None:
    harness.channel.admins |= {("test:group", "test:ann"), ("test:super", "test:ann")}
    await harness.say("/daily 8:00", by="ann")
    harness.store.broken = True
    moving = asyncio.create_task(harness.quizzing.polls.moved("test:group", "test:super"))
    await settle()
    assert not moving.done(), "the platform tells it once: it must not count as dealt with before it is kept"
    harness.store.broken = False
    await harness.time.advance(2)
    await moving
    assert (await harness.say("/daily", chat="test:super")).text.startswith("每日一题：每天 8:00")


async def test_several_right_answers_are_one_answer() -> None:
    harness = await ContestsHarness(bank=[question(1, correct=(0, 2))]).opens()
    await harness.say("/quiz 1 20")
    asked = harness.channel.asked[0][1].question
    await harness.quizzing.polls.voted(harness.poll(0), "test:ann", "ann", asked.correct[::-1], 1)
    await harness.quizzing.polls.voted(harness.poll(0), "test:bob", "bob", asked.correct[:1], 2)
    assert {row.member: row.right for row in harness.store.answers.values()} == {"test:ann": True, "test:bob": False}
    await harness.dies()


async def test_forget_me_reaches_what_is_kept_elsewhere_and_is_told_as_failed_where_that_fails() -> None:
    forgotten: list[str] = []

    async def elsewhere(member: str) -> None:
        forgotten.append(member)
        if len(forgotten) == 1:
            raise StorageError("数据库写不进去")

    harness = await ContestsHarness(also_forget=elsewhere).opens()
    await harness.say("/quiz 1 20", by="ann")
    sure = (await harness.say("/forget", by="ann")).choices[0]
    assert (await harness.press(sure.action, by="ann")).text == Wording.NOT_KEPT
    assert "test:ann" in harness.store.members
    assert (await harness.press(sure.action, by="ann")).text == Wording.FORGOTTEN
    assert (forgotten, "test:ann" in harness.store.members) == (["test:ann", "test:ann"], False)
    await harness.dies()


async def test_a_name_that_was_not_kept_is_kept_when_it_is_met_again(harness: ContestsHarness) -> None:
    harness.store.broken = True
    assert (await harness.say("/quiz 1 20", by="ann")).text == Wording.NOT_KEPT
    harness.store.broken = False
    await harness.say("/quiz 1 20", by="ann")
    await harness.vote("ann")
    await harness.time.advance(24)
    harness = await harness.again()
    assert harness.store.members == {"test:ann": "ann"}
    await harness.dies()


async def test_the_menu_names_a_topic_of_the_document_itself(harness: ContestsHarness) -> None:
    assert "/quiz 5 20 水稻" in (await harness.say("/quiz")).text
