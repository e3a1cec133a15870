"""A database address → a ready engine, not connected yet; SQLite's file is there, for its owner only.

All that differs between SQLite and PostgreSQL is here too; the rest of the package is the same SQL for both. And a
driver's error → a StorageError that says how to mend it: no address, no password, no member's words.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, event, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InvalidRequestError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.errors import StorageError
from bot.files import make_private
from bot.storage.schema import KEEPS_FIRST
from bot.wording import Storage

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
_READS = "only_reads"
_MIGRATION_LOCK = 0x64757875656201  # any number, as long as every version of this program uses the same
_SQLITE = {
    "SQLITE_CANTOPEN": Storage.NOT_WRITABLE,
    "SQLITE_READONLY": Storage.NOT_WRITABLE,
    "SQLITE_PERM": Storage.NOT_WRITABLE,
    "SQLITE_FULL": Storage.DISK_FULL,
    "SQLITE_IOERR": Storage.DISK_FAULT,
    "SQLITE_BUSY": Storage.LOCKED,
    "SQLITE_LOCKED": Storage.LOCKED,
    "SQLITE_NOTADB": Storage.NOT_A_DATABASE,
    "SQLITE_CORRUPT": Storage.NOT_A_DATABASE,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest prefix of the code wins
_POSTGRESQL = {
    "08": Storage.UNREACHABLE,
    "25006": Storage.UNREACHABLE,  # a replica that only reads
    "28": Storage.NO_ACCESS,
    "3D": Storage.NO_ACCESS,
    "42501": Storage.NO_ACCESS,
    "40": Storage.LOCKED,
    "53": Storage.UNREACHABLE,
    "53100": Storage.DISK_FULL,
    "55P03": Storage.LOCKED,
    "57": Storage.UNREACHABLE,
}
_FILES = {
    errno.ENOSPC: Storage.DISK_FULL,
    errno.EDQUOT: Storage.DISK_FULL,
    errno.EIO: Storage.DISK_FAULT,
    **dict.fromkeys(
        (
            errno.EACCES,
            errno.EPERM,
            errno.EROFS,
            errno.ENOENT,
            errno.ENOTDIR,
            errno.EISDIR,
            errno.EEXIST,
            errno.ENAMETOOLONG,
        ),
        Storage.NOT_WRITABLE,
    ),
}
_DRIVERS = {"sqlalchemy", "sqlite3", "aiosqlite", "asyncpg", "alembic"}


def make_engine(url: str, timeout_seconds: float, *, unchanged: bool = False) -> AsyncEngine:
    """An engine for ``url``; a write waits up to ``timeout_seconds`` for another process.

    Creates SQLite's folder and file, readable by their owner only; rights of what is there already stay as they are.
    ``unchanged``: a file stays as it is, with the journal that it has, and none is created. Touches the disk: call it
    off the event loop. Raises StorageError, which never contains the address.
    """
    try:
        address = make_url(url)
        options = engine_options(address, timeout_seconds)
        # hide_parameters: what a member asked has no business in an error's text
        engine = create_async_engine(address, hide_parameters=True, **options)
    except (NoSuchModuleError, InvalidRequestError, ImportError):  # unknown, not async, not installed
        raise StorageError(Storage.NO_DRIVER) from None
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StorageError(Storage.BAD_URL) from None
    if not unchanged:
        with storage_errors():
            _make_file(address)
    prepare(engine.sync_engine, unchanged=unchanged)
    return engine


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a database that has none, or not under a plain path."""
    name = url.database or ""
    if url.get_backend_name() != SQLITE or in_memory(url) or name.startswith("file:"):
        return None
    return Path(name)


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which file on the disk a SQLite database is. Who has it open may write to it long after it was deleted."""

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, url: URL) -> FileIdentity | None:
        """That of the database at ``url``; None where it has no file, or the system does not tell files apart."""
        path = file_of(url)
        if path is None:
            return None
        path = path.absolute()
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(path, found.st_dev, found.st_ino) if found.st_ino else None

    def is_there(self) -> bool:
        """Whether that file is still at its place."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (self.device, self.inode)


def _make_file(url: URL) -> None:
    path = file_of(url)
    if path is not None:
        make_private(path.parent)
        path.touch(mode=0o600)  # SQLite gives the files beside it the same rights


def engine_options(url: URL, timeout_seconds: float) -> dict[str, Any]:
    """What ``create_async_engine`` wants to know beside the address; ``timeout_seconds`` in seconds."""
    if url.get_backend_name() != SQLITE:
        return {"pool_pre_ping": True}  # a server may have restarted since the last write
    options: dict[str, Any] = {"connect_args": {"timeout": timeout_seconds}}  # the driver makes it busy_timeout
    if in_memory(url):  # such a database is its one connection: whoever needs it takes turns
        options |= {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    return options


def in_memory(url: URL) -> bool:
    """Whether ``url`` is a SQLite database without a file, for a try."""
    return url.get_backend_name() == SQLITE and url.database in {None, "", ":memory:"}


def prepare(engine: Engine, *, unchanged: bool) -> None:
    """Hook into ``engine`` what each new connection and each transaction needs."""
    if engine.dialect.name == SQLITE:
        if not unchanged:
            event.listen(engine, "connect", _write_ahead)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """The same engine and pool for transactions that only read: they wait for no writer."""
    return engine.execution_options(**{_READS: True})


def _write_ahead(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        # WAL: readers and the writer do not wait for each other. Where the file system cannot do it, SQLite
        # keeps its rollback journal, and everything below holds as well.
        cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        cursor.close()


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to us
    cursor = connection.cursor()
    try:
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
    """An INSERT into ``table`` that replaces the row of the same primary key, but for columns that keep the first."""
    into = postgresql.insert(table) if dialect == POSTGRESQL else sqlite.insert(table)
    if all(column.primary_key for column in table.columns):
        return insert_new(dialect, table)
    kept = {column.name for column in table.columns if column.primary_key or column.info.get(KEEPS_FIRST)}
    news = {name: column for name, column in into.excluded.items() if name not in kept}
    return into.on_conflict_do_update(index_elements=list(table.primary_key), set_=news)


class OutageError(StorageError):
    """The database as a whole is in trouble: trying the rows of a failed batch one by one helps nobody."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Inside, errors of database, driver and disk become StorageError; our own mistakes pass as they are.

    The original is not chained: its text may hold a row, an address or a user's name. Its kind and code are
    kept as a note, which a traceback shows.
    """
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        if not _is_of_driver(error):
            raise
        raise storage_error(error) from None


def storage_error(error: Exception) -> StorageError:
    """The sentence for ``error``; an OutageError where every other write would fail the same way now."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorname", "") or str(getattr(cause, "sqlstate", None) or "")
    outage = _outage(cause, code)
    found = OutageError(outage) if outage else StorageError(Storage.REFUSED)
    found.add_note(" ".join(filter(None, ("driver:", type(error).__name__, type(cause).__name__, code))))
    return found


def _outage(cause: BaseException, code: str) -> str:
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get("_".join(code.split("_")[:2]), "")
    if code:
        known = (_POSTGRESQL[code[:length]] for length in (5, 2) if code[:length] in _POSTGRESQL)
        return next(known, "")
    if isinstance(cause, PoolTimeoutError):
        return Storage.LOCKED
    if isinstance(cause, OSError):  # on the way to a server, what is not about files is about the network
        return _FILES.get(cause.errno or 0, Storage.UNREACHABLE)
    return ""


def _is_of_driver(error: Exception) -> bool:
    return (
        isinstance(error, SQLAlchemyError | OSError | sqlite3.Error)
        or type(error).__module__.partition(".")[0] in _DRIVERS
    )
