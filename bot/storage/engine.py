"""A database address → a ready engine, not connected yet; SQLite's file is there, for its owner only."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage.dialect import SQLITE, engine_options, in_memory, prepare
from bot.storage.faults import storage_errors
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


def _make_file(url: URL) -> None:
    path = file_of(url)
    if path is not None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)  # SQLite gives the files beside it the same rights
