"""Files on the disk: written whole or not at all, and folders for this program's user alone."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path


def write_whole(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` into ``file``, whole or not at all: another process may read it at this moment.

    A file that is there keeps its rights, and a link its target. ``private``: the file is for this program's user
    alone. Raises OSError.
    """
    file = file.resolve()
    beside = file.with_name(f".{file.name.lstrip('.')}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        if not private and file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)  # half a file would fill a full disk further
        raise


def make_private(folder: Path) -> None:
    """Make ``folder``, and those above it that lack, for this program's user alone; what is there stays as it is.

    Raises OSError. ``Path.mkdir`` makes those above it readable for everybody.
    """
    lacking = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(lacking):
        part.mkdir(mode=0o700, exist_ok=True)
    if not lacking and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
