"""One running bot to a SQLite database: two would answer, post and count everything twice."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError
from bot.files import make_private
from bot.storage.engine import file_of
from bot.wording import Storage


@contextmanager
def only_process(url: str) -> Iterator[None]:
    """Within, no other process is within on the SQLite database at ``url``; the lock goes with the process, however
    that ends. Raises StorageError where there is one. Other databases may have several.

    Where there can be no lock (a folder that is not ours, a file system that has none), nobody is kept out; what is
    wrong with the folder is told by whoever opens the database.
    """
    with contextlib.ExitStack() as stack:
        path = _lock_of(url)
        if path is not None:
            with contextlib.suppress(OSError, ImportError):
                _lock(path, stack)
        yield


def _lock_of(url: str) -> Path | None:
    try:
        path = file_of(make_url(url))
    except (ArgumentError, ValueError):  # told by whoever opens it
        return None
    return None if path is None else path.with_name(f"{path.name}.lock")


def _lock(path: Path, stack: contextlib.ExitStack) -> None:
    import fcntl  # noqa: PLC0415 - there is none on Windows

    make_private(path.parent)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    stack.callback(os.close, file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.read(file, 20).decode("ascii", "replace").strip()
        raise StorageError(Storage.RUNNING.format(pid=pid or "?")) from None
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
