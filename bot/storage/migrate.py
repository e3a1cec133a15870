"""Bring an older database to the present schema, at start and in code; refuse one of a newer program."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageError
from bot.storage.engine import for_reading, lock_schema, storage_errors
from bot.storage.schema import metadata
from bot.wording import Storage

HEAD = "0014"
"""The newest of the scripts. Written down, as looking them up costs a fifth of a second; a test compares."""
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_TABLE = "alembic_version"


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database of ``engine`` to HEAD, in one transaction; nothing happens when it is there already.

    Safe when several processes start at once: one migrates, the others wait and find it done. Raises
    StorageError, too when the database was written by a newer program; then nothing in it is changed.
    """
    with storage_errors():
        async with for_reading(engine).connect() as connection:
            if await connection.run_sync(stored_versions) == {HEAD}:
                await connection.run_sync(check_tables)
                return
        async with engine.begin() as connection:
            await lock_schema(connection)
            await connection.run_sync(_upgrade)


def stored_versions(connection: Connection) -> set[str]:
    """What the database says its schema is; empty when nothing was ever migrated."""
    if not inspect(connection).has_table(_TABLE):
        return set()
    return set(connection.scalars(text(f"SELECT version_num FROM {_TABLE}")))  # noqa: S608 - a constant


def check_tables(connection: Connection) -> None:
    """Raise StorageError where a table of the present schema is not there."""
    gone = set(metadata.tables) - set(inspect(connection).get_table_names())
    if gone:
        raise StorageError(Storage.TABLES_GONE.format(tables="、".join(sorted(gone))))


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - 0.2 s that only a first start has to pay
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = stored_versions(connection) - known
    if unknown:
        raise StorageError(Storage.NEWER_SCHEMA.format(stored="、".join(sorted(unknown)), known=HEAD))
    command.upgrade(config, "head")
