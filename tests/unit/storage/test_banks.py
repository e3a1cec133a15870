"""Question banks on a real file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.errors import BotError
from bot.knowledge.model import Knowledge
from bot.quiz.banks.formats import question_of
from bot.quiz.banks.model import TRUE_FALSE, BankQuestion
from bot.quiz.banks.play import playable_questions
from bot.quiz.question import Question
from bot.records.banks import BankRecord, BankSummary
from bot.saved_banks import MAX_NAME, SavedBanks, bank_name
from bot.storage.store import SqlStore
from tests.unit.library import knowledge
from tests.unit.storage.rows import NOON

TEA = BankRecord("茶", NOON, 1, '[{"stem": "龙井"}]')
WATER = BankRecord("水", NOON + timedelta(hours=1), 2, "[]")
QUESTIONS = (
    BankQuestion("single", "龙井是（　　）", ("绿茶", "红茶"), (0,), (), "不发酵\n要炒青", "一", "易", "茶经"),
    BankQuestion("true_false", "茶能解渴", TRUE_FALSE, (0,)),
    BankQuestion("fill", "茶圣是谁", accepted=("陆羽", "陆鸿渐")),
)


async def test_a_bank_is_the_one_saved_last_until_it_is_deleted(store: SqlStore) -> None:
    assert await store.banks.find("茶") is None
    await store.banks.save(TEA)
    await store.banks.save(replace(TEA, count=3))
    await store.banks.save(WATER)
    assert await store.banks.find("茶") == replace(TEA, count=3)
    assert await store.banks.list() == [BankSummary("水", WATER.saved_at, 2), BankSummary("茶", NOON, 3)]
    await store.banks.delete("茶")
    assert await store.banks.find("茶") is None


async def test_the_questions_of_a_bank_come_back_as_they_were_saved(store: SqlStore) -> None:
    banks = SavedBanks(store.banks, lambda: NOON)
    assert not await banks.save(" 茶艺\n题库 ", QUESTIONS)
    assert await banks.find("茶艺 题库") == QUESTIONS
    assert await banks.save("茶艺 题库", QUESTIONS[:1])
    assert await banks.find("茶艺 题库") == QUESTIONS[:1]


async def test_the_questions_of_a_bank_are_read_beside_the_event_loop(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by: list[threading.Thread] = []

    def read(fields: dict[str, Any]) -> BankQuestion:
        read_by.append(threading.current_thread())
        return question_of(fields)

    monkeypatch.setattr("bot.saved_banks.question_of", read)
    banks = SavedBanks(store.banks, lambda: NOON)
    await banks.save("茶艺", QUESTIONS)
    await banks.find("茶艺")
    assert len(read_by) == len(QUESTIONS)
    assert threading.main_thread() not in read_by


async def test_a_bank_is_linked_to_the_document_once_until_either_changes(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked: list[tuple[int, str]] = []

    def link(questions: Sequence[BankQuestion], document: Knowledge) -> tuple[Question, ...]:
        linked.append((len(questions), document.version))
        return playable_questions(questions, document)

    monkeypatch.setattr("bot.saved_banks.playable_questions", link)
    now = [NOON]

    def clock() -> datetime:
        return now[-1]

    banks, document = SavedBanks(store.banks, clock), replace(knowledge(), version="one")
    await banks.save("茶艺", QUESTIONS)
    for asked in (document, document, replace(document, version="two")):
        [bank] = await banks.list()
        assert len(await banks.playable(bank, asked)) == len(QUESTIONS)
    now.append(NOON + timedelta(minutes=1))
    await banks.save("茶艺", QUESTIONS[:1])
    [bank] = await banks.list()
    assert len(await banks.playable(bank, document)) == 1
    assert linked == [(3, "one"), (3, "two"), (1, "one")]


async def test_a_bank_that_is_not_there_is_told_with_those_that_are(store: SqlStore) -> None:
    banks = SavedBanks(store.banks, lambda: NOON)
    with pytest.raises(BotError, match="还没有存下题库"):
        await banks.find("茶")
    await banks.save("水", QUESTIONS)
    with pytest.raises(BotError, match=r"茶.*水"):
        await banks.delete("茶")


def test_a_name_is_one_short_line() -> None:
    assert bank_name("茶\u202e艺\n") == "茶艺"
    assert len(bank_name("茶" * 100)) == MAX_NAME
    assert bank_name(" ")
