"""While a contest asks, nobody who may answer is told: what is asked of the bot stands beside what is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.chat import Chat
from bot.chat.contests import BACKLOG
from bot.chat.library import Library
from bot.chat.messages import Incoming, Reply
from bot.knowledge.model import Knowledge
from bot.knowledge.parse import parse
from bot.quiz.question import Question
from bot.retrieval.retriever import Retriever
from bot.retrieval.tokenize import shared_tokenizer
from bot.wording import Contests as Wording
from tests.unit.chat.quiz_stage import Hall
from tests.unit.chat.test_counting import FakeCountStore, counting
from tests.unit.library import POINTS, SOURCE, FakeStore

GROUP = "test:-1:7"  # a topic of a forum
SAME_SENTENCE = """
  - id: subsidy
    title: 县里的补助
    section: "2"
    quote: 其中县级补助180万元
    questions: [县级补助是多少, 县里拿了多少补助]
"""


def _knowledge() -> Knowledge:
    parsed = parse(POINTS + SAME_SENTENCE.removeprefix("\n"), SOURCE, "points.yaml")
    assert parsed.faults == ()
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

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.store = FakeStore()
        self.counted = FakeCountStore()
        self.chat = Chat(
            Library(RETRIEVER), self.store, hall.time, "t", quizzing=hall.quizzing, counting=counting(self.counted)
        )

    async def asks(self, text: str, *, by: str = "bob", chat: str = GROUP, preview: bool = False) -> Reply:
        return await self._hears(Incoming(f"test:{by}", chat, text, preview=preview, solo=chat != GROUP))

    async def taps(self, action: str, *, by: str = "bob", chat: str = GROUP) -> Reply:
        return await self._hears(Incoming(f"test:{by}", chat, action=action, solo=chat != GROUP))

    async def _hears(self, incoming: Incoming) -> Reply:
        reply = await self.chat.handle(incoming)
        await self.chat.drain()
        return reply


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    hall = await Hall(bank=[ROAD]).opens()
    yield Room(hall)
    await hall.dies()


async def starts(room: Room, *, by: str = "ann", text: str = "/quiz 1 20") -> None:
    await room.hall.say(text, by=by, chat=GROUP)


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
    ],
)
async def test_whatever_its_passage_would_answer_is_withheld_from_everybody_in_the_group(room: Room, text: str) -> None:
    before = await room.asks(text)
    assert "村道" in before.text + "".join(choice.label for choice in before.choices)
    await starts(room)
    assert (await room.asks(text)).text == Wording.WITHHELD
    assert (await room.asks(text, by="stranger")).text == Wording.WITHHELD
    assert not (await room.asks(text)).choices
    await room.hall.time.advance(22)  # its time is over
    assert (await room.asks(text)).text == before.text


@pytest.mark.parametrize("action", ["p:road", "p:subsidy", "c:road", "c:subsidy", "o:2", "o:3"])
async def test_what_a_button_would_show_is_withheld_in_a_notice(room: Room, action: str) -> None:
    await starts(room)
    reply = await room.taps(action)
    assert (reply.toast, reply.parts) == (Wording.WITHHELD, ())
    await room.hall.time.advance(22)
    assert (await room.taps(action)).toast == ""


async def test_what_is_elsewhere_is_answered_without_what_stands_beside_it(room: Room) -> None:
    await starts(room)
    reply = await room.asks("招了多少名老师")
    assert (reply.point is not None and reply.point.id, reply.choices) == ("school", ())
    assert (await room.taps("p:school")).choices == ()
    assert "教师" in (await room.taps("c:school")).text
    assert (await room.asks("目录")).choices
    assert (await room.asks("你好")).text != Wording.WITHHELD
    await room.hall.time.advance(22)
    assert (await room.asks("招了多少名老师")).choices


@pytest.mark.parametrize("text", ["12.5公里", "3200亩", "今年种了3200亩水稻吗", "招了15名教师", "8.5公里"])
async def test_naming_a_wrong_option_tells_no_more_than_the_right_one(room: Room, text: str) -> None:
    await starts(room)
    assert (await room.asks(text)).text == Wording.WITHHELD


async def test_a_figure_within_another_is_no_option() -> None:
    hall = await Hall(bank=[replace(ROAD, options=("12.5公里", "60人次", "15名", "8.5公里"))]).opens()
    room = Room(hall)
    await starts(room)
    assert (await room.asks("田间课堂培训了860人次吗")).point is not None
    assert (await room.asks("田间课堂培训了60人次吗")).text == Wording.WITHHELD
    await hall.dies()


async def test_its_players_are_told_the_same_wherever_they_ask(room: Room) -> None:
    await starts(room, by="ann")
    await room.hall.vote("bob", chat=GROUP, right=False)
    await room.asks("招了多少名老师", by="dan")  # in the group: a member, as far as is known
    for by in ("ann", "bob", "dan"):
        assert (await room.asks("修了多少公里村道", by=by, chat=f"test:{by}")).text == Wording.WITHHELD
        assert (await room.taps("p:road", by=by, chat=f"test:{by}")).toast == Wording.WITHHELD
        assert (await room.asks("修了多少公里村道", by=by, chat=f"inline:{by}", preview=True)).verdict is None
        assert room.chat.withholds(Incoming(f"test:{by}", f"inline:{by}", preview=True))
    assert (await room.asks("修了多少公里村道", by="eve", chat="test:eve")).point is not None
    assert not room.chat.withholds(Incoming("test:eve", "inline:eve", preview=True))


async def test_who_is_forgotten_is_no_member_any_more(room: Room) -> None:
    await room.asks("你好", by="dan")
    await starts(room, by="ann")
    forget = (await room.asks("/forget", by="dan", chat="test:dan")).choices[0]
    await room.taps(forget.action, by="dan", chat="test:dan")
    assert (await room.asks("修了多少公里村道", by="dan", chat="test:dan")).point is not None


async def test_whoever_has_joined_a_team_is_a_player(room: Room) -> None:
    await starts(room, text="/quiz 1 20 分队")
    await room.hall.press("q:j-0", by="cem", chat=GROUP)
    assert (await room.asks("修了多少公里村道", by="cem", chat="test:cem")).text == Wording.WITHHELD


async def test_who_played_there_before_is_a_member_after_a_kill_too() -> None:
    hall = await Hall(bank=[ROAD, RICE]).opens()
    await hall.say("/quiz 1 20 水稻", by="ann", chat=GROUP)
    await hall.vote("bob", chat=GROUP)
    await hall.time.advance(30)
    await hall.say("/quiz 1 20 村道", by="ann", chat=GROUP)
    hall = await hall.again()
    room = Room(hall)
    assert (await room.asks("修了多少公里村道", by="bob", chat="test:bob")).text == Wording.WITHHELD
    assert (await room.asks("修了多少公里村道", by="eve")).text == Wording.WITHHELD
    await hall.time.advance(22 + BACKLOG.total_seconds())
    assert (await room.asks("修了多少公里村道", by="eve")).point is not None
    await hall.dies()


async def test_what_was_refused_is_no_miss_is_not_counted_and_nothing_leans_on_it(room: Room) -> None:
    await room.asks("田间课堂培训了多少人")
    before = (list(room.store.misses), list(room.counted.rows))
    await starts(room)
    for text in ("修了多少公里村道", "修路的施工队是哪家"):
        assert (await room.asks(text)).text == Wording.WITHHELD
    assert (await room.taps("p:road")).toast == Wording.WITHHELD
    await room.hall.time.advance(22)
    assert (room.store.misses, room.counted.rows) == before
    assert "田间课堂" in (await room.asks("依据")).text


async def test_another_group_and_the_time_of_no_question_are_not_concerned(room: Room) -> None:
    await starts(room)
    other = await room.chat.handle(Incoming("test:eve", "test:-2", "修了多少公里村道", solo=False))
    assert other.point is not None
    await room.hall.say("/stop", by="ann", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).point is not None


async def test_a_question_on_its_way_is_as_good_as_open(room: Room) -> None:
    room.hall.channel.refuses.add(1)
    await starts(room)
    assert (await room.asks("修了多少公里村道")).point is not None  # it never came
    room.hall.channel.refuses.clear()
    room.hall.channel.holds = asyncio.Event()
    await room.hall.say("/quiz 1 20", by="ann", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).text == Wording.WITHHELD


async def test_a_daily_question_is_withheld_in_its_chat_from_whoever_has_not_answered(room: Room) -> None:
    room.hall.channel.admins.add((GROUP, "test:ann"))
    await room.hall.say("/daily 12:01", by="ann", chat=GROUP)
    await room.hall.time.advance(timedelta(minutes=2).total_seconds())
    assert room.hall.channel.asked
    assert (await room.asks("修了多少公里村道")).text == Wording.WITHHELD_DAILY
    assert (await room.asks("招了15名教师")).text != Wording.WITHHELD_DAILY  # it is open for half a day
    assert (await room.asks("修了多少公里村道", chat="test:bob")).point is not None
    await room.hall.vote("bob", chat=GROUP)
    assert (await room.asks("修了多少公里村道")).point is not None
    assert (await room.asks("修了多少公里村道", by="cem")).text == Wording.WITHHELD_DAILY
