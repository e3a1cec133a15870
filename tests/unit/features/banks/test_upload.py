"""A question bank that is sent in a chat."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.messages import Document, Incoming, Reply, say
from bot.conversation.router import Feature, Handler
from bot.features.banks.upload import AWAITED, BankUpload
from bot.quiz.banks.formats import write_bank
from bot.quiz.banks.model import TRUE_FALSE, BankQuestion
from bot.saved_banks import SavedBanks
from bot.threads import run_in_thread
from bot.wording import Banks as Wording
from tests.unit.features.fakes import FakeBanks
from tests.unit.library import knowledge

QUESTIONS = (
    BankQuestion("single", "龙井是（　　）", ("绿茶", "红茶"), (0,)),
    BankQuestion("true_false", "茶能解渴", TRUE_FALSE, (0,)),
)
OTHER = "当作文档"


class Desk:
    """An editor with the bot, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
        self.banks = SavedBanks(FakeBanks(), lambda: self.now)
        ids = itertools.count(1)
        upload = BankUpload(
            self.banks, knowledge, lambda: self.now, lambda: f"i{next(ids)}", run_in_thread, zone="Asia/Shanghai"
        )
        self.feature = upload.feature()

        async def as_document(name: str, _: Incoming) -> Reply:
            return say(f"{OTHER} {name}")

        taken = upload.before(Feature(document=Handler(as_document, "editor"))).document
        assert taken is not None
        self.document = taken

    async def sends(self, name: str, data: bytes, caption: str = "", person: str = "test:ann") -> Reply:
        async def read() -> bytes:
            return data

        document = Document(name, len(data), read)
        return await self.document.handle(name, Incoming(person, person, text=caption, document=document))

    async def says_bank(self) -> Reply:
        return await self.feature.commands["bank"].handle("", Incoming("test:ann", "test:ann", text="/bank"))

    async def presses(self, action: str, person: str = "test:ann") -> Reply:
        name, _, id_ = action.partition(":")[2].partition("-")
        return await self.feature.buttons[name].handle(id_, Incoming(person, person, action=action))


@pytest.fixture
def desk() -> Desk:
    return Desk()


FILE = write_bank(QUESTIONS, "xlsx").data


async def test_a_file_after_the_command_is_shown_and_kept_on_a_tap(desk: Desk) -> None:
    assert Wording.CHAT_SEND in (await desk.says_bank()).text
    shown = await desk.sends("茶艺.xlsx", FILE)
    assert "读到 2 题" in shown.text
    assert "龙井是（　　）" in shown.text
    assert "茶能解渴" in shown.files[0].data.decode("utf-8-sig")
    assert shown.private
    assert not await desk.banks.list()
    kept = await desk.presses(shown.choices[0].action)
    assert Wording.SAVED.format(name="茶艺", count=2) in kept.text
    assert await desk.banks.find("茶艺") == QUESTIONS
    assert (await desk.presses(shown.choices[0].action)).toast == Wording.CHAT_GONE
    assert "茶艺：2 题" in (await desk.says_bank()).text


async def test_a_caption_says_that_a_file_is_a_bank_and_without_one_it_is_a_document(desk: Desk) -> None:
    assert (await desk.sends("茶艺.xlsx", FILE)).text == f"{OTHER} 茶艺.xlsx"
    assert "读到 2 题" in (await desk.sends("茶艺.xlsx", FILE, "这是题库")).text


async def test_the_command_is_forgotten_after_a_while_and_after_one_file(desk: Desk) -> None:
    await desk.says_bank()
    desk.now += AWAITED + timedelta(seconds=1)
    assert (await desk.sends("茶艺.xlsx", FILE)).text.startswith(OTHER)
    await desk.says_bank()
    await desk.sends("茶艺.xlsx", FILE)
    assert (await desk.sends("茶艺.xlsx", FILE)).text.startswith(OTHER)


async def test_a_file_that_cannot_be_read_is_told_and_the_next_one_may_be_sent(desk: Desk) -> None:
    await desk.says_bank()
    assert "没有读成" in (await desk.sends("茶艺.txt", "只是一句话。".encode())).text
    assert "读到 2 题" in (await desk.sends("茶艺.xlsx", FILE)).text


async def test_faults_are_told_with_their_place_and_what_was_read_may_be_kept(desk: Desk) -> None:
    text = "1. 龙井是（A）\nA. 绿茶\nB. 红茶\n2. 滇红是（ ）\nA. 绿茶\nB. 红茶\n"
    shown = await desk.sends("茶艺.txt", text.encode(), "题库")
    assert "第 4 行" in shown.text
    assert shown.choices[0].label == Wording.CHAT_SAVE_READ.format(count=1)


async def test_nobody_keeps_or_drops_what_another_one_sent(desk: Desk) -> None:
    shown = await desk.sends("茶艺.xlsx", FILE, "题库")
    for choice in shown.choices:
        assert (await desk.presses(choice.action, "test:bob")).toast == Wording.CHAT_GONE
    assert (await desk.presses(shown.choices[1].action)).text == Wording.CHAT_DROPPED
    assert (await desk.presses(shown.choices[0].action)).toast == Wording.CHAT_GONE
    assert not await desk.banks.list()


async def test_a_bank_that_would_be_replaced_is_told_before_the_tap_by_the_day_it_was_saved(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)  # it is the third in Shanghai
    shown = await desk.sends("茶艺.xlsx", FILE, "题库")
    assert "已经有一份题库" not in shown.text
    await desk.presses(shown.choices[0].action)
    assert "2026-11-03" in (await desk.says_bank()).text
    again = await desk.sends("茶艺.xlsx", FILE, "题库")
    assert Wording.CHAT_REPLACES.format(name="茶艺", count=2, day="2026-11-03") in again.text
