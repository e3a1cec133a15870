"""A folder for what can be made again, kept only to start faster."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


class FileCache:
    """Keeps pieces of data by name in ``folder``, which only this program's user may write.

    What is read back is trusted, so nothing is kept if the folder cannot be made that way. A full disk or a lost
    file costs a slower start, no more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """What was kept under ``name``; None if nothing was."""
        try:
            if self._folder.stat().st_mode & 0o022:
                return None
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep ``data`` under ``name``, whole or not at all: another process may read it at this moment."""
        with contextlib.suppress(OSError):
            make_private(self._folder)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(temporary).replace(self._folder / name)
            except OSError:
                Path(temporary).unlink()  # half a file would fill a full disk further
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
