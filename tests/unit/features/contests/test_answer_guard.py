"""While a contest asks, nobody who may answer is told: what is asked of the bot stands beside what is said."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pypinyin import lazy_pinyin

from bot.channels.telegram.send.inline import points_for
from bot.contests.runner import BACKLOG
from bot.conversation.messages import Incoming, Part, Reply
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.points_file import parse_points
from bot.library import Library
from bot.quiz.question import Question
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wording import Contests as Wording
from tests.unit.features.answers.test_question_counter import FakeCountStore, counting
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.library import POINTS, SOURCE, FakeStore, conversation

GROUP = "test:-1:7"  # a topic of a forum
SAME_SENTENCE = """
  - id: subsidy
    title: 县里的补助
    section: "2"
    quote: 其中县级补助180万元
    questions: [县级补助是多少, 县里拿了多少补助]
"""


def _knowledge() -> Knowledge:
    parsed = parse_points(POINTS + SAME_SENTENCE.removeprefix("\n"), SOURCE, "points.yaml")
    assert parsed.issues == ()
    return parsed.knowledge


KNOWLEDGE = _knowledge()
RETRIEVER = Retriever(KNOWLEDGE, shared_tokenizer())
ROAD = Question(
    id="road-1",
    kind="figure",
    point="road",
    question="硬化村道多少公里",
    options=("12.5公里", "3200亩", "15名", "8.5公里"),
    correct=(0,),
    explanation="第二部分",
    quote="硬化村道12.5公里",
)
RICE = replace(ROAD, id="rice-1", point="rice", question="种了多少亩", options=("100亩", "3200亩", "15名", "90亩"))


class Room:
    """A conversation beside contests."""

    def __init__(self, harness: ContestsHarness, retriever: Retriever = RETRIEVER) -> None:
        self.harness = harness
        self.store = FakeStore()
        self.counted = FakeCountStore()
        self.chat = conversation(
            Library(retriever),
            self.store,
            harness.time,
            quizzes=harness.features,
            guard=harness.quizzing.guard,
            counting=counting(self.counted),
        )

    async def asks(self, text: str, *, by: str = "bob", chat: str = GROUP, preview: bool = False) -> Reply:
        return await self._hears(Incoming(f"test:{by}", chat, text, is_inline=preview, is_private=chat != GROUP))

    async def taps(self, action: str, *, by: str = "bob", chat: str = GROUP) -> Reply:
        return await self._hears(Incoming(f"test:{by}", chat, action=action, is_private=chat != GROUP))

    async def _hears(self, incoming: Incoming) -> Reply:
        reply = await self.chat.handle(incoming)
        await self.chat.drain()
        return reply


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    harness = await ContestsHarness(bank=[ROAD]).opens()
    yield Room(harness)
    await harness.dies()


async def starts(room: Room, *, by: str = "ann", text: str = "/quiz 1 20") -> None:
    await room.harness.say(text, by=by, chat=GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "硬化村道多少公里",  # the question itself
        "/ask 修了多少公里村道",
        "问 修路花了多少钱",
        "县级补助是多少",  # another passage of the same sentence
        "村道 学校",  # in several places, or suggestions with it among them
        "修路的施工队是哪家",  # a no that offers what is near
        "/why 修了多少公里村道",
        "依据 修了多少公里村道",
        "/why 招了多少名老师？修路的施工队是哪家？",
    ],
)
async def test_whatever_its_passage_would_answer_is_withheld_from_everybody_in_the_group(room: Room, text: str) -> None:
    before = await room.asks(text)
    assert "村道" in before.text + "".join(choice.label for choice in before.choices)
    await starts(room)
    assert (await room.asks(text)).text == Wording.WITHHELD
    assert (await room.asks(text, by="stranger")).text == Wording.WITHHELD
    assert not (await room.asks(text)).choices
    await room.harness.time.advance(22)  # its time is over
    assert (await room.asks(text)).text == before.text


@pytest.mark.parametrize("action", ["p:road", "p:subsidy", "c:road", "c:subsidy", "o:2", "o:3"])
async def test_what_a_button_would_show_is_withheld_in_a_notice(room: Room, action: str) -> None:
    await starts(room)
    reply = await room.taps(action)
    assert (reply.toast, reply.parts) == (Wording.WITHHELD_LIST if action[0] == "o" else Wording.WITHHELD_TAP, ())
    await room.harness.time.advance(22)
    assert (await room.taps(action)).toast == ""


async def test_the_whole_text_is_withheld_like_every_list_of_passages(room: Room) -> None:
    before = await room.asks("把全文发给我")
    await starts(room)
    assert (await room.asks("把全文发给我")).parts == (Part("text", Wording.WITHHELD_LIST),)
    await room.harness.time.advance(22)
    assert (await room.asks("把全文发给我")).text == before.text


async def test_what_is_elsewhere_is_answered_without_what_stands_beside_it(room: Room) -> None:
    await starts(room)
    reply = await room.asks("招了多少名老师")
    assert (reply.point is not None and reply.point.id, reply.choices) == ("school", ())
    assert (await room.taps("p:school")).choices == ()
    assert "教师" in (await room.taps("c:school")).text
    assert (await room.asks("目录")).choices
    assert (await room.asks("你好")).text != Wording.WITHHELD
    await room.harness.time.advance(22)
    assert (await room.asks("招了多少名老师")).choices


@pytest.mark.parametrize("text", ["12.5公里", "3200亩", "今年种了3200亩水稻吗", "招了15名教师", "8.5公里"])
async def test_naming_a_wrong_option_tells_no_more_than_the_right_one(room: Room, text: str) -> None:
    await starts(room)
    assert (await room.asks(text)).text == Wording.WITHHELD


async def test_a_figure_within_another_is_no_option() -> None:
    harness = await ContestsHarness(bank=[replace(ROAD, options=("12.5公里", "60人次", "15名", "8.5公里"))]).opens()
    room = Room(harness)
    await starts(room)
    assert (await room.asks("田间课堂培训了860人次吗")).point is not None
    assert (await room.asks("田间课堂培训了60人次吗")).text == Wording.WITHHELD
    await harness.dies()


async def test_its_players_are_told_the_same_wherever_they_ask(room: Room) -> None:
    await starts(room, by="ann")
    await room.harness.vote("bob", chat=GROUP, right=False)
    await room.asks("招了多少名老师", by="dan")  # in the group: a member, as far as is known
    for by in ("ann", "bob", "dan"):
        assert (await room.asks("修了多少公里村道", by=by, chat=f"test:{by}")).text == Wording.WITHHELD
        assert (await room.taps("p:road", by=by, chat=f"test:{by}")).toast == Wording.WITHHELD_TAP
        assert (await room.asks("修了多少公里村道", by=by, chat=f"inline:{by}", preview=True)).verdict is None
        assert room.chat.withholds(Incoming(f"test:{by}", f"inline:{by}", is_inline=True))
    assert (await room.asks("修了多少公里村道", by="eve", chat="test:eve")).point is not None
    assert not room.chat.withholds(Incoming("test:eve", "inline:eve", is_inline=True))


async def test_who_is_forgotten_is_no_member_any_more(room: Room) -> None:
    await room.asks("你好", by="dan")
    await starts(room, by="ann")
    forget = (await room.asks("/forget", by="dan", chat="test:dan")).choices[0]
    assert (await room.asks("修了多少公里村道", by="dan", chat="test:dan")).text == Wording.WITHHELD
    await room.taps(forget.action, by="dan", chat="test:dan")
    told = (await room.asks("修了多少公里村道", by="dan", chat="test:dan")).point
    assert told is not None and told.id == "road"


async def test_whoever_has_joined_a_team_is_a_player(room: Room) -> None:
    await starts(room, text="/quiz 1 20 分队")
    await room.harness.press("q:j-0", by="cem", chat=GROUP)
    assert (await room.asks("修了多少公里村道", by="cem", chat="test:cem")).text == Wording.WITHHELD


async def test_who_played_there_before_is_a_member_after_a_kill_too() -> None:
    harness = await ContestsHarness(bank=[ROAD, RICE]).opens()
    await harness.say("/quiz 1 20 水稻", by="ann", chat=GROUP)
    await harness.vote("bob", chat=GROUP)
    await harness.time.advance(30)
    await harness.say("/quiz 1 20 村道", by="ann", chat=GROUP)
    harness = await harness.again()
    room = Room(harness)
    assert (await room.asks("修了多少公里村道", by="bob", chat="test:bob")).text == Wording.WITHHELD
    assert (await room.asks("修了多少公里村道", by="eve")).text == Wording.WITHHELD
    await harness.time.advance(22 + BACKLOG.total_seconds())
    assert (await room.asks("修了多少公里村道", by="eve")).point is not None
    await harness.dies()


async def test_what_was_refused_is_no_miss_is_not_counted_and_nothing_leans_on_it(room: Room) -> None:
    await room.asks("田间课堂培训了多少人")
    before = (list(room.store.misses), list(room.counted.rows))
    await starts(room)
    for text in ("修了多少公里村道", "修路的施工队是哪家"):
        assert (await room.asks(text)).text == Wording.WITHHELD
    assert (await room.taps("p:road")).toast == Wording.WITHHELD_TAP
    await room.harness.time.advance(22)
    assert (room.store.misses, room.counted.rows) == before
    assert "田间课堂" in (await room.asks("依据")).text


async def test_another_group_and_the_time_of_no_question_are_not_concerned(room: Room) -> None:
    await starts(room)
    other = await room.chat.handle(Incoming("test:eve", "test:-2", "修了多少公里村道", is_private=False))
    assert other.point is not None
    await room.harness.say("/stop", by="ann", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).point is not None


async def test_a_question_on_its_way_is_as_good_as_open(room: Room) -> None:
    room.harness.channel.refuses.add(1)
    await starts(room)
    assert (await room.asks("修了多少公里村道")).point is not None  # it never came
    room.harness.channel.refuses.clear()
    room.harness.channel.holds = asyncio.Event()
    await room.harness.say("/quiz 1 20", by="ann", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).text == Wording.WITHHELD


async def test_a_daily_question_is_withheld_in_its_chat_from_whoever_has_not_answered(room: Room) -> None:
    room.harness.channel.admins.add((GROUP, "test:ann"))
    await room.harness.say("/daily 12:01", by="ann", chat=GROUP)
    await room.harness.time.advance(timedelta(minutes=2).total_seconds())
    assert room.harness.channel.asked
    assert (await room.asks("修了多少公里村道")).text == Wording.WITHHELD_DAILY
    assert (await room.asks("招了15名教师")).text != Wording.WITHHELD_DAILY  # it is open for half a day
    assert (await room.asks("修了多少公里村道", chat="test:bob")).point is not None
    await room.harness.vote("bob", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).point is not None
    assert (await room.asks("修了多少公里村道", by="cem")).text == Wording.WITHHELD_DAILY


# ── one table: every way to ask, beside every kind of question ──

SHARE = """
  - id: content
    title: 群众满意度36.1%
    section: "3"
    quote: 群众满意度达到36.1%。
    questions: [群众满意度是多少]
  - id: hygiene
    title: 卫生整治
    section: "3"
    quote: 开展村容整治,推行积分超市和院落会商。
    questions: [怎么整治村容]
"""
TABLE_SOURCE = f"{SOURCE}群众满意度达到36.1%。开展村容整治,推行积分超市和院落会商。"
BANK = (
    ROAD,
    replace(ROAD, id="share", point="content", question="满意度多少", options=("36.1%", "18.7%", "40%", "9.5%")),
    replace(
        ROAD,
        id="name",
        kind="name",
        point="hygiene",
        question="村容整治推行什么",
        options=("积分超市", "红白理事会", "田间课堂", "教学楼"),
    ),
    replace(
        ROAD,
        id="true",
        kind="true_false",
        question="讲话里说：硬化村道18.5公里。对吗？",
        options=("对", "错"),
        correct=(1,),
    ),
    replace(
        ROAD,
        id="several",
        kind="several",
        point="hygiene",
        question="哪些是村容整治的做法",
        options=("推行积分超市", "推行院落会商", "组织田间课堂", "新建教学楼"),
        correct=(0, 1),
    ),
    replace(ROAD, id="small", point="school", question="新建几栋楼", options=("一栋", "三栋", "五栋", "两栋")),
)
IN_WORDS = {
    "12.5公里": ("十二点五公里", "12.5", "是12.5吗"),
    "8.5公里": ("八点五公里", "8.5", "是8.5吗"),
    "3200亩": ("三千二百亩", "3200", "有3200多吗"),
    "36.1%": ("百分之三十六点一", "36.1", "达到百分之36.1了吗"),
    "18.7%": ("百分之十八点七", "18.7", "达到百分之18.7了吗"),
    "40%": ("百分之四十", "40", "百分之40吗"),
    "一栋": ("1栋", "是1栋吗"),
    "五栋": ("5栋", "有5栋吗"),
}


def spellings(option: str) -> Iterator[str]:
    """An option as somebody may type it who wants to know whether it is right."""
    yield from (option, f"是不是{option}", f"{option}怎么样", *IN_WORDS.get(option, ()))
    if not re.search(r"\d", option) and len(option) > 2:
        yield "".join(lazy_pinyin(option))
        yield " ".join(lazy_pinyin(option))
        yield "".join(sounds[0] for sounds in lazy_pinyin(option))
        yield option[1] + option[0] + option[2:]
        yield option[:-1]
        yield option[:2] + option[1:] + "吗"
        yield f"{option[:2]}是啥"


@pytest.fixture(scope="module")
def table_retriever() -> Retriever:
    parsed = parse_points(POINTS + SHARE.removeprefix("\n"), TABLE_SOURCE, "points.yaml")
    assert parsed.issues == ()
    return Retriever(parsed.knowledge, shared_tokenizer())


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
async def test_no_spelling_of_any_option_tells_which_is_right(table_retriever: Retriever, question: Question) -> None:
    harness = ContestsHarness(bank=[question])
    harness.knowledge = table_retriever.knowledge
    room = Room(await harness.opens(), table_retriever)
    await starts(room, text="/quiz 1 600")
    said = {
        text: (await room.asks(text, by=f"m{number}", preview=preview)).text
        for number, text in enumerate(
            text for option in question.options if len(option) > 1 for text in spellings(option)
        )
        for preview in (False, True)
    }
    if question.kind == "true_false":
        said = {text: (await room.asks(text)).text for text in ("18.5公里", "是18.5吗", "十八点五公里", "12.5公里")}
    assert {text for text, reply in said.items() if reply != Wording.WITHHELD} == set()
    await harness.dies()


@pytest.mark.parametrize("text", ["一共几部分", "第一部分有哪几点", "第二部分", "修了多少公里村道"])
async def test_a_preview_offers_nothing_of_what_is_asked(room: Room, text: str) -> None:
    before = await room.asks(text, chat="inline:bob", preview=True)
    assert points_for(before)
    await starts(room)
    await room.asks("你好")  # bob is in the group
    during = await room.asks(text, chat="inline:bob", preview=True)
    assert "road" not in {point.id for point in points_for(during)}
    assert (text == "第一部分有哪几点") or points_for(during) == ()


async def plays_wrong(room: Room, by: str = "bob") -> None:
    """A member plays alone, is wrong, and the question is due in the book."""
    alone = f"test:{by}"
    await room.harness.say("/quiz 1 20", by=by, chat=alone, is_private=True)
    await room.harness.vote(by, chat=alone, right=False)
    await room.harness.time.advance(700)


async def test_what_is_open_cannot_be_played_elsewhere(room: Room) -> None:
    await room.asks("你好")
    await starts(room)
    for chat, solo in (("test:bob", True), ("test:-2", False)):
        assert (
            await room.harness.say("/quiz 1 20", by="bob", chat=chat, is_private=solo)
        ).text == Wording.WITHHELD_START
    room.harness.bank.append(replace(ROAD, id="road-2", point="subsidy", quote="其中县级补助180万元"))
    assert (
        await room.harness.say("/quiz 1 20", by="bob", chat="test:bob", is_private=True)
    ).text == Wording.WITHHELD_START
    room.harness.bank.append(replace(RICE, quote="全镇今年种植水稻3200亩"))
    await room.harness.say("/quiz 9 20", by="bob", chat="test:bob", is_private=True)
    assert [asked.question.id for chat, asked in room.harness.channel.asked if chat == "test:bob"] == ["rice-1"]
    await room.harness.say("/quiz 9 20", by="eve", chat="test:eve", is_private=True)  # plays there with nobody
    assert {running.contest.setup.chat for running in room.harness.quizzing.contests.asking} >= {"test:bob", "test:eve"}


async def test_a_daily_question_is_no_other_one_than_is_open_in_its_group_and_the_other_way_round(room: Room) -> None:
    room.harness.bank.append(replace(RICE, quote="全镇今年种植水稻3200亩"))
    room.harness.channel.admins.add((GROUP, "test:ann"))
    await starts(room, text="/quiz 1 600 村道")
    await room.harness.say("/daily 12:01", by="ann", chat=GROUP)
    await room.harness.time.advance(120)
    assert [asked.question.id for _, asked in room.harness.channel.asked] == ["road-1", "rice-1"]
    await room.harness.say("/stop", by="ann", chat=GROUP)
    assert (await room.harness.say("/quiz 1 20 水稻", by="ann", chat=GROUP)).text == Wording.WITHHELD_START


async def test_a_review_that_was_open_before_waits_for_the_contest(room: Room) -> None:
    await plays_wrong(room)
    card = await room.harness.press("q:v", by="bob", chat="test:bob", is_private=True)
    await room.asks("你好")
    await starts(room)
    right = next(one.action for one in card.choices if "12.5" in one.label)
    pressed = await room.harness.press(right, by="bob", chat="test:bob", is_private=True)
    assert (pressed.toast, pressed.parts) == (Wording.WITHHELD_REVIEW, ())
    assert (await room.harness.say("A", by="bob", chat="test:bob", is_private=True)).text == Wording.WITHHELD_REVIEW
    assert (
        await room.harness.press("q:v", by="bob", chat="test:bob", is_private=True)
    ).toast == Wording.WITHHELD_REVIEWS
    await room.harness.time.advance(30)
    assert (await room.harness.press(right, by="bob", chat="test:bob", is_private=True)).text.startswith(Wording.RIGHT)


async def test_an_answer_that_is_delivered_again_does_not_tell_what_was_right(room: Room) -> None:
    await plays_wrong(room, by="ann")
    await room.harness.press("q:v", by="ann", chat="test:ann", is_private=True)
    receipt = next(room.harness.receipts)
    first = await room.harness.again_says(receipt, text="A")
    assert "12.5公里" in first.text or first.text.startswith(Wording.RIGHT)
    await starts(room)
    assert (await room.harness.again_says(receipt, text="A")).text == Wording.WITHHELD_REVIEWS


async def test_the_book_and_the_weak_points_show_nothing_meanwhile(room: Room) -> None:
    await plays_wrong(room)
    before = await room.harness.say("/me", by="bob", chat="test:bob", is_private=True)
    assert "12.5" in "".join(choice.label for choice in before.choices)
    await room.asks("你好")
    await starts(room)
    me = await room.harness.say("/me", by="bob", chat="test:bob", is_private=True)
    assert (me.choices, Wording.ME_WEAK in me.text) == ((), False)
    assert (
        await room.harness.press("q:g-0", by="bob", chat="test:bob", is_private=True)
    ).toast == Wording.WITHHELD_LIST
    card = await room.harness.press("q:h-road-1", by="bob", chat="test:bob", is_private=True)
    assert (card.toast, card.parts) == (Wording.WITHHELD_TAP, ())


async def test_who_played_there_long_ago_is_a_member_still() -> None:
    harness = await ContestsHarness(bank=[ROAD]).opens()
    await harness.say("/quiz 1 20", by="ann", chat=GROUP)
    await harness.vote("bob", chat=GROUP)
    await harness.dies()  # so that nobody looks at the clock each minute of forty days
    await harness.time.advance(timedelta(days=40).total_seconds())
    room = Room(await harness.again())
    await starts(room)
    assert (await room.asks("修了多少公里村道", chat="test:bob")).text == Wording.WITHHELD
    room = Room(await room.harness.again())  # and after a kill in the middle
    assert (await room.asks("修了多少公里村道", chat="test:bob")).text == Wording.WITHHELD
    await room.harness.dies()


async def test_who_is_in_a_group_stays_in_it_when_it_gets_another_key(room: Room) -> None:
    await room.chat.handle(Incoming("test:bob", "test:-1", "你好", is_private=False))
    await room.harness.quizzing.polls.moved("test:-1", "test:-100")
    await room.harness.say("/quiz 1 20", by="ann", chat="test:-100")
    assert (await room.asks("修了多少公里村道", chat="test:bob")).text == Wording.WITHHELD


async def test_an_answer_that_may_still_be_changed_is_not_told() -> None:
    harness = await ContestsHarness(bank=[ROAD], polls=False).opens()
    room = Room(harness)
    harness.channel.admins.add((GROUP, "test:ann"))
    await harness.say("/daily 12:01", by="ann", chat=GROUP)
    await harness.time.advance(120)
    await harness.say("A", by="bob", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).text == Wording.WITHHELD_DAILY_OPEN
    await harness.dies()


async def test_a_daily_question_is_withheld_in_every_topic_of_its_group(room: Room) -> None:
    room.harness.channel.admins.add((GROUP, "test:ann"))
    await room.harness.say("/daily 12:01", by="ann", chat=GROUP)
    await room.harness.time.advance(120)
    incoming = Incoming("test:bob", "test:-1:9", "修了多少公里村道", is_private=False)
    assert (await room.chat.handle(incoming)).text == Wording.WITHHELD_DAILY
