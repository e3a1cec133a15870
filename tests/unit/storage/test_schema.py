"""What goes into the columns and what comes out; the SQL of both dialects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url
from sqlalchemy.schema import CreateTable

from bot.storage import schema
from bot.storage.engine import upsert
from bot.storage.schema import StorableText, UtcDateTime
from tests.unit.storage.rows import NOON

SQLITE: Dialect = make_url("sqlite://").get_dialect()()
POSTGRESQL: Dialect = make_url("postgresql+asyncpg://").get_dialect()()
BEIJING = timezone(timedelta(hours=8))


def test_a_moment_goes_in_as_utc() -> None:
    bound = UtcDateTime().process_bind_param(datetime(2026, 11, 1, 20, 0, tzinfo=BEIJING), SQLITE)
    assert bound == NOON
    assert bound is not None
    assert bound.tzinfo is UTC


def test_a_moment_comes_out_as_utc_from_a_database_with_or_without_zones() -> None:
    for stored in (NOON.replace(tzinfo=None), NOON, NOON.astimezone(BEIJING)):
        found = UtcDateTime().process_result_value(stored, SQLITE)
        assert found == NOON
        assert found is not None
        assert found.tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(NOON.replace(tzinfo=None), SQLITE)


def test_nothing_stays_nothing() -> None:
    assert UtcDateTime().process_bind_param(None, SQLITE) is None
    assert UtcDateTime().process_result_value(None, SQLITE) is None
    assert StorableText().process_bind_param(None, SQLITE) is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_that_can_be_stored_is_not_touched(text: str) -> None:
    assert StorableText().process_bind_param(text, SQLITE) == text


@pytest.mark.parametrize(
    ("text", "kept"), [("半个\ud83d表情", "半个\ufffd表情"), ("\udfff", "\ufffd"), ("a\0b", "a\ufffdb")]
)
def test_what_no_database_takes_is_replaced(text: str, kept: str) -> None:
    assert StorableText().process_bind_param(text, SQLITE) == kept


def test_the_tables_are_what_postgresql_needs() -> None:
    sql = str(CreateTable(schema.misses).compile(dialect=POSTGRESQL))
    assert "id BIGSERIAL NOT NULL" in sql
    assert "at TIMESTAMP WITH TIME ZONE NOT NULL" in sql


@pytest.mark.parametrize("dialect", [POSTGRESQL, SQLITE])
def test_an_upsert_replaces_everything_but_the_key_in_either_dialect(
    dialect: Dialect,
) -> None:
    sql = str(upsert(dialect.name, schema.feedback).compile(dialect=dialect))
    assert "ON CONFLICT (key) DO UPDATE SET" in sql.replace('"key"', "key")
    assert sql.split("SET ")[1] == (
        "at = excluded.at, point = excluded.point, question = excluded.question, helpful = excluded.helpful, "
        "visitor = excluded.visitor, reason = excluded.reason, document = excluded.document"
    )
