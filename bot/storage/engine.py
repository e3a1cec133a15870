"""A database address → a ready engine, not connected yet; SQLite's file is there, for its owner only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.cache import make_private
from bot.errors import StorageError
from bot.storage.dialect import SQLITE, engine_options, in_memory, prepare
from bot.storage.errors import storage_errors
from bot.wording import Storage


def make_engine(url: str, patience: float) -> AsyncEngine:
    """An engine for ``url``; a write waits up to ``patience`` seconds for another process.

    Creates SQLite's folder and file, readable by their owner only; rights of what is there already stay as
    they are. Touches the disk: call it off the event loop. Raises StorageError, which never contains the
    address.
    """
    try:
        address = make_url(url)
        options = engine_options(address, patience)
        # hide_parameters: what a member asked has no business in an error's text
        engine = create_async_engine(address, hide_parameters=True, **options)
    except (NoSuchModuleError, InvalidRequestError, ImportError):  # unknown, not async, not installed
        raise StorageError(Storage.NO_DRIVER) from None
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StorageError(Storage.BAD_URL) from None
    with storage_errors():
        _make_file(address)
    prepare(engine.sync_engine)
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
