"""Question banks on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import BotError
from bot.quiz.banks.model import TRUE_FALSE, BankQuestion
from bot.records.banks import BankRecord, BankSummary
from bot.saved_banks import MAX_NAME, SavedBanks, bank_name
from bot.storage.store import SqlStore
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
