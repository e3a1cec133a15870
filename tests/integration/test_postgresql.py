"""What is kept of quizzes, and the migrations, on a real PostgreSQL: tests of the storage once more, and some more."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.records.knowledge_versions import BlobRecord, VersionRecord
from bot.records.roles import AuditRecord
from bot.storage import schema
from bot.storage.migrate import HEAD
from bot.storage.store import SqlStore
from bot.wording import Storage
from tests.integration.postgres import programs, running
from tests.unit.storage.rows import NOON, liked, missed
from tests.unit.storage.test_accounts import (
    test_a_code_is_found_until_it_expires_and_a_new_one_replaces_it,
    test_an_answer_given_by_both_counts_once,
    test_joined_accounts_are_one_in_the_ranking_and_one_book_until_they_are_parted,
    test_of_three_accounts_the_others_stay_together,
    test_who_is_forgotten_is_linked_with_nobody,
)
from tests.unit.storage.test_contests import (
    BATCHES,
    Step,
    reads_as_from_memory,
    test_a_contest_comes_back_with_all_that_belongs_to_it,
    test_all_rows_of_a_call_are_kept_or_none,
    test_an_answer_that_is_kept_again_is_there_once,
    test_names_of_however_many,
    test_progress_replaces_progress_and_a_contest_finished_long_ago_stays_away,
    test_ranks_by_right_answers_then_time_in_a_chat_and_a_period,
    test_the_board_of_a_contest_is_its_latest_and_no_poll,
)
from tests.unit.storage.test_migrate_settings import DATABASES, assert_moves, killed_while_migrating
from tests.unit.storage.test_papers import answer, paper
from tests.unit.storage.test_reports import (
    test_a_report_of_the_same_key_counts_once_and_the_most_reported_come_first,
    test_reports_and_the_polls_of_contests_that_are_over_are_forgotten_and_nothing_else,
    test_the_reports_of_one_question_are_deleted_alone,
)

__all__ = [
    "test_a_code_is_found_until_it_expires_and_a_new_one_replaces_it",
    "test_a_contest_comes_back_with_all_that_belongs_to_it",
    "test_a_report_of_the_same_key_counts_once_and_the_most_reported_come_first",
    "test_all_rows_of_a_call_are_kept_or_none",
    "test_an_answer_given_by_both_counts_once",
    "test_an_answer_that_is_kept_again_is_there_once",
    "test_joined_accounts_are_one_in_the_ranking_and_one_book_until_they_are_parted",
    "test_names_of_however_many",
    "test_of_three_accounts_the_others_stay_together",
    "test_progress_replaces_progress_and_a_contest_finished_long_ago_stays_away",
    "test_ranks_by_right_answers_then_time_in_a_chat_and_a_period",
    "test_reports_and_the_polls_of_contests_that_are_over_are_forgotten_and_nothing_else",
    "test_the_board_of_a_contest_is_its_latest_and_no_poll",
    "test_the_reports_of_one_question_are_deleted_alone",
    "test_who_is_forgotten_is_linked_with_nobody",
]
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    bin_ = programs()
    if bin_ is None or find_spec("asyncpg") is None:
        pytest.skip("no PostgreSQL here: no wheel of it for this machine, or asyncpg is not installed")
    with running(bin_) as address:
        asyncio.run(migrated_once(address))
        yield address


async def migrated_once(server: str) -> None:
    """Make the database that those of tests are copied from: quicker than to migrate each."""
    opened = await SqlStore.open(await database(server, "migrated", "template0"))
    await opened.close()


async def database(server: str, name: str, template: str) -> str:
    """A new database; gives its address."""
    engine = create_async_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    await engine.dispose()
    return server.format(name=name)


@pytest.fixture
async def url(server: str) -> str:
    """The address of a database of the present schema, with nothing in it."""
    return await database(server, f"test{next(_numbers)}", "migrated")


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    opened = await SqlStore.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """A look at the same database beside the store."""
    beside = create_async_engine(url)
    yield beside
    await beside.dispose()


async def test_the_migrations_make_exactly_the_schema(store: SqlStore, engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert context.get_current_revision() == HEAD
        return compare_metadata(context, schema.metadata)

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
async def test_whatever_is_kept_it_reads_as_from_memory(
    store: SqlStore, engine: AsyncEngine, batches: list[Step]
) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "TRUNCATE contests, players, answers, polls, members, settings, schedules, quiet_hours, quiz_settings, "
                "removed_questions, outbox"
            )
        )
    await store.contests.restore_question("none")  # what it remembers of removed questions it has from before
    await reads_as_from_memory(store, batches)


async def test_several_processes_that_start_at_once_migrate_once(server: str) -> None:
    url = await database(server, f"test{next(_numbers)}", "template0")
    stores = await asyncio.gather(*(SqlStore.open(url) for _ in range(4)))
    await asyncio.gather(*(store.ping() for store in stores))
    await asyncio.gather(*(store.close() for store in stores))


@pytest.mark.parametrize("order", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
async def test_the_audit_log_is_only_appended_to(store: SqlStore, engine: AsyncEngine, order: str) -> None:
    row = AuditRecord(NOON, "ann", "reload", "", True, "r1")
    await store.audit.append(row, row)
    with pytest.raises(DBAPIError, match="only appended to"):
        async with engine.begin() as connection:
            await connection.execute(text(order))
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*), max(actor) FROM audit"))).one() == (2, "ann")


async def test_what_is_saved_at_the_same_time_is_kept_and_what_is_old_is_forgotten(
    store: SqlStore, engine: AsyncEngine
) -> None:
    old = NOON.replace(year=2025)
    saving = [store.save_miss(missed(f"问{number}\0\ud800", at=old)) for number in range(50)]
    await asyncio.gather(*saving, store.save_feedback(liked("k", helpful=False)), store.save_feedback(liked("k")))
    assert await store.delete_before(NOON) == 50
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT key, helpful FROM feedback"))
        assert [tuple(row) for row in rows] == [("k", True)]


async def test_papers_are_saved_once_and_counted(store: SqlStore) -> None:
    written = paper("p")
    for again in (written, replace(written, questions=b"other")):
        await store.papers.start_paper(again)
    await store.papers.save_answers(answer("p", 0), answer("p", 1, right=False))
    await store.papers.give_in("p", NOON + timedelta(minutes=1), [answer("p", 1)])
    assert await store.papers.paper("p") == replace(written, given_in_at=NOON + timedelta(minutes=1))
    [result] = await store.papers.results("c", NOON + timedelta(minutes=2))
    assert (result.points, result.total, result.ms) == (2, 2, 60_000)
    assert [one.right for one in await store.papers.question_shares("c", NOON + timedelta(hours=1))] == [1, 1]


async def test_a_version_of_the_knowledge_is_not_written_over_by_another_process(url: str, store: SqlStore) -> None:
    other = await SqlStore.open(url)
    version = VersionRecord(1, NOON, "ann", "chat", "", "{}", "[]", "", "{}")
    await store.versions.save(version)
    with pytest.raises(StorageError) as caught:
        await other.versions.save(BlobRecord("d", b"x"), replace(version, author="bob"))
    assert str(caught.value) == Storage.VERSION_TAKEN
    assert [one.author for one in await other.versions.versions(9)] == ["ann"]
    await other.close()


@pytest.fixture
async def old_url(server: str) -> str:
    """The address of a database of schema 0005 with all kinds of settings."""
    url = await database(server, f"test{next(_numbers)}", "template0")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute((DATABASES / "version_0005.postgresql.sql").read_text(encoding="utf-8"))
    await engine.dispose()
    return url


async def test_settings_move_to_tables_and_nothing_is_lost(old_url: str) -> None:
    await assert_moves(old_url)


@pytest.mark.parametrize("statement", ["INSERT INTO outbox", "UPDATE alembic_version"])
async def test_a_kill_in_the_middle_of_a_migration_leaves_all_as_it_was(old_url: str, statement: str) -> None:
    killed_while_migrating(old_url, statement)
    await assert_moves(old_url)
