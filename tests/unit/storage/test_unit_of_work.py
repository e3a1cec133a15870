"""Units of work on a real file: what each of them does to the others of its transaction."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.records.contests import MemberRecord
from bot.storage import schema
from bot.storage.engine import make_engine
from bot.storage.repository import UnitOfWork, write_units
from bot.storage.store import SqlStore
from tests.unit.storage.rows import address


async def written(store: SqlStore, path: Path, *units: UnitOfWork) -> dict[str, str]:
    """The names of the members ``a`` and ``b`` when ``units`` are written in one transaction."""
    engine = make_engine(address(path), 1)
    async with engine.begin() as connection:
        await write_units(connection, units)
    await engine.dispose()
    return await store.contests.names({"a", "b"})


def test_what_waits_to_be_written_cannot_change_any_more() -> None:
    waiting = UnitOfWork((MemberRecord("a", "安安"),))
    with pytest.raises(FrozenInstanceError):
        waiting.rows = ()  # type: ignore[misc]  # this is what is tried


async def test_of_rows_with_the_same_key_the_last_counts(store: SqlStore, path: Path) -> None:
    units = [UnitOfWork((MemberRecord("a", name), MemberRecord("b", "小波"))) for name in ("安安", "安娜")]
    assert await written(store, path, *units) == {"a": "安娜", "b": "小波"}


async def test_a_statement_acts_on_the_rows_before_it_and_not_on_those_after_it(store: SqlStore, path: Path) -> None:
    everybody_goes = UnitOfWork(statements=(delete(schema.members),))
    first, last = UnitOfWork((MemberRecord("a", "安安"),)), UnitOfWork((MemberRecord("b", "小波"),))
    assert await written(store, path, first, everybody_goes, last) == {"b": "小波"}
