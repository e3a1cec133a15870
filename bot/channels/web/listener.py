"""A listening socket that goes on when the process has no files left."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from typing import Any, Final

_NO_FILES: Final = frozenset({errno.EMFILE, errno.ENFILE})


class Listener(socket.socket):
    """Takes over ``bound``, which listens already. ``make_room`` closes a connection that can be spared, soon; False
    if there is none: then the newcomer is turned away.

    A server that only waits for files to be free again logs each try and leaves the newcomers hanging.
    """

    def __init__(self, bound: socket.socket, make_room: Callable[[], bool]) -> None:
        super().__init__(bound.family, bound.type, bound.proto, fileno=bound.detach())
        self._make_room = make_room
        self._spare = _open_spare()

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection. Raises BlockingIOError if there is none now."""
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NO_FILES:
                raise
        if not self._make_room():
            self._turn_away()
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))  # come again when the event loop went on

    def close(self) -> None:
        """Let go of the address."""
        super().close()
        self._close_spare()

    def _turn_away(self) -> None:
        """Take the newcomer in by the file that was kept for this, and close it."""
        self._close_spare()
        with contextlib.suppress(OSError):
            super().accept()[0].close()
        self._spare = _open_spare()

    def _close_spare(self) -> None:
        if self._spare is not None:
            os.close(self._spare)
            self._spare = None


def _open_spare() -> int | None:
    try:
        return os.open(os.devnull, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return None
