"""A driver's error → a StorageError that says how to mend it: no address, no password, no member's words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StorageError
from bot.wording import Storage

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
