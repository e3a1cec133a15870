"""Counted questions on a real file."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from bot.records.statistics import QuestionCount
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON


def counted(path: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("select who, verdict, point from asked order by id").fetchall()


async def append(store: SqlStore, *counts: QuestionCount) -> None:
    await store.question_counts.append_counts(*counts)


async def test_each_counted_question_is_a_row_without_a_name_and_without_words(store: SqlStore, path: Path) -> None:
    await append(store, QuestionCount(NOON, "w1", "answer", "road"), QuestionCount(NOON, "w1", "answer", "road"))
    assert counted(path) == [("w1", "answer", "road")] * 2


async def test_who_is_forgotten_leaves_the_questions_of_others(store: SqlStore, path: Path) -> None:
    await append(store, QuestionCount(NOON, "w1", "answer", "road"), QuestionCount(NOON, "w2", "decline", ""))
    await store.question_counts.delete_counts("w1")
    assert counted(path) == [("w2", "decline", "")]


async def test_what_is_too_old_is_not_counted_any_more(store: SqlStore, path: Path) -> None:
    await append(
        store,
        QuestionCount(NOON - timedelta(days=1), "old", "answer", ""),
        QuestionCount(NOON, "new", "answer", ""),
    )
    assert await store.delete_before(NOON) == 1
    assert [row[0] for row in counted(path)] == ["new"]
