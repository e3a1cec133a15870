"""A folder for what can be made again, kept only to start faster."""

from __future__ import annotations

import contextlib
from pathlib import Path

from bot.files import make_private, write_whole


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
            write_whole(self._folder / name, data, private=True)
