"""The migrations make exactly the schema, once; a newer one is refused."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.errors import StorageError
from bot.storage import schema
from bot.storage.diagnostics import examine
from bot.storage.migrate import HEAD, MIGRATIONS
from bot.storage.store import SqlStore
from bot.wording import Storage
from tests.unit.storage.rows import address, content, missed, misses_in


async def opened_once(path: Path) -> None:
    store = await SqlStore.open(address(path))
    await store.close()


def tables_sql(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    tables = {name: " ".join(sql.split()) for name, sql in found if name != "alembic_version"}
    connection.close()
    return tables


def test_the_head_that_is_written_down_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_the_migrations_make_exactly_the_schema(path: Path) -> None:
    await opened_once(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


async def test_the_migrations_make_the_very_sql_of_the_schema(path: Path, tmp_path: Path) -> None:
    await opened_once(path)
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.sqlite3'}")
    schema.metadata.create_all(engine)
    engine.dispose()
    assert tables_sql(path) == tables_sql(tmp_path / "direct.sqlite3")


async def test_an_opening_later_keeps_what_is_there(path: Path) -> None:
    store = await SqlStore.open(address(path))
    await store.save_miss(missed("还在吗"))
    await store.close()
    await opened_once(path)
    assert [miss.question for miss in misses_in(path)] == ["还在吗"]


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(path: Path) -> None:
    await opened_once(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = content(path)

    with pytest.raises(StorageError, match=f"9999.*只认到 {HEAD}.*升级程序"):
        await opened_once(path)
    assert content(path) == before


@pytest.mark.parametrize("table", ["versions", "contests", "feedback"])
async def test_a_database_that_lost_a_table_is_refused_with_how_to_mend_it(path: Path, table: str) -> None:
    await opened_once(path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"DROP TABLE {table}")
    connection.close()
    with pytest.raises(StorageError) as refused:
        await opened_once(path)
    assert str(refused.value) == Storage.TABLES_GONE.format(tables=table)
    with pytest.raises(StorageError, match=table):
        await examine(address(path), timeout_seconds=5)


async def test_a_path_with_spaces_percent_signs_and_chinese_works(tmp_path: Path) -> None:
    path = tmp_path / "数据 100%" / "学习 bot.sqlite3"
    await opened_once(path)
    assert misses_in(path) == []


def test_alembic_is_not_even_imported_when_there_is_nothing_to_do(path: Path) -> None:
    asyncio.run(opened_once(path))
    program = (
        "import asyncio, sys\n"
        "from bot.storage.store import SqlStore\n"
        "async def main():\n"
        "    await (await SqlStore.open(sys.argv[1])).close()\n"
        "asyncio.run(main())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    command = [sys.executable, "-W", "error", "-c", program, address(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=MIGRATIONS.parents[2])
    assert (done.returncode, done.stderr) == (0, "")
