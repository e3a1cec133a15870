"""All that differs between SQLite and PostgreSQL. The rest of the package is the same SQL for both."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, event, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
_READS = "only_reads"
_MIGRATION_LOCK = 0x64757875656201  # any number, as long as every version of this program uses the same


def engine_options(url: URL, patience: float) -> dict[str, Any]:
    """What ``create_async_engine`` wants to know beside the address; ``patience`` in seconds."""
    if url.get_backend_name() != SQLITE:
        return {"pool_pre_ping": True}  # a server may have restarted since the last write
    options: dict[str, Any] = {"connect_args": {"timeout": patience}}  # the driver makes it busy_timeout
    if in_memory(url):  # such a database is its one connection: whoever needs it takes turns
        options |= {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    return options


def in_memory(url: URL) -> bool:
    """Whether ``url`` is a SQLite database without a file, for a try."""
    return url.get_backend_name() == SQLITE and url.database in {None, "", ":memory:"}


def prepare(engine: Engine) -> None:
    """Hook into ``engine`` what each new connection and each transaction needs."""
    if engine.dialect.name == SQLITE:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """The same engine and pool for transactions that only read: they wait for no writer."""
    return engine.execution_options(**{_READS: True})


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to us
    cursor = connection.cursor()
    try:
        # WAL: readers and the writer do not wait for each other. Where the file system cannot do it, SQLite
        # keeps its rollback journal, and everything below holds as well.
        cursor.execute("PRAGMA journal_mode = WAL")
        # NORMAL is enough for "kill -9 loses nothing a member did": a commit has reached the operating
        # system, which outlives the process. Only a power cut can take the last commits, and never the
        # database's health; FULL would pay a disk flush for every batch against that.
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
    finally:
        cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that means to write takes the lock at once: one that reads first and writes later could
    # fail in the middle, without any waiting, when another process wrote in between.
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


async def lock_schema(connection: AsyncConnection) -> None:
    """Until the end of this transaction nobody else migrates. On SQLite, BEGIN IMMEDIATE has seen to it."""
    if connection.dialect.name == POSTGRESQL:
        await connection.execute(select(func.pg_advisory_xact_lock(literal(_MIGRATION_LOCK, BigInteger))))


def insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into ``table`` that does nothing where there is a row of the same primary key."""
    into = postgresql.insert(table) if dialect == POSTGRESQL else sqlite.insert(table)
    return into.on_conflict_do_nothing(index_elements=list(table.primary_key))


@cache  # making it takes longer than running it, and there is one for each table
def upsert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into ``table`` that replaces the row of the same primary key."""
    into = postgresql.insert(table) if dialect == POSTGRESQL else sqlite.insert(table)
    if all(column.primary_key for column in table.columns):
        return insert_new(dialect, table)
    news = {name: column for name, column in into.excluded.items() if name not in table.primary_key}
    return into.on_conflict_do_update(index_elements=list(table.primary_key), set_=news)
