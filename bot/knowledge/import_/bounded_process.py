"""Work on a foreign file in a process of its own, with limits of time and of memory.

A forged file may make its reader loop or ask for all memory there is, and then the bot has to go on.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.errors import DocumentError
from bot.wording import Document

SECONDS: Final = 20  # of computing
PATIENCE: Final = 60.0  # seconds until a process is ended whatever it computes: the machine may be busy
MEMORY: Final = 1_500_000_000  # bytes of address space
_OUT_OF_TIME: Final = getattr(signal, "SIGXCPU", 24)
_REFUSED: Final = 3  # the exit status of the working process if the file is at fault


def run_bounded(module: str, data: bytes, *, patience: float = PATIENCE) -> bytes:
    """What ``module``, which has to call ``serve``, makes of ``data``; waits at most ``patience`` seconds.

    Raises DocumentError: what the module raised, or what limit was reached.
    """
    root = Path(__file__).resolve().parents[3]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG", "TMPDIR"}}
    environment = {**kept, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - this program itself, nothing of the file is in its arguments
            [sys.executable, "-m", module],
            input=data,
            capture_output=True,
            timeout=patience,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(Document.TOO_SLOW.format(seconds=round(patience))) from None
    except OSError:
        raise DocumentError(Document.CRASHED) from None
    if done.returncode == _REFUSED:
        raise DocumentError(done.stdout.decode("utf-8", "replace"))
    if done.returncode == -_OUT_OF_TIME:
        raise DocumentError(Document.TOO_SLOW.format(seconds=SECONDS))
    if done.returncode != 0:
        out_of_memory = b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr
        raise DocumentError(Document.TOO_MUCH if out_of_memory else Document.CRASHED)
    return done.stdout


def serve(work: Callable[[bytes], bytes], read_input: Callable[[], bytes], write: Callable[[bytes], object]) -> int:
    """What the working process does: limits itself, writes what ``work`` makes of its input; gives the exit status.

    A DocumentError is written in place of it.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        write(work(read_input()))
    except DocumentError as error:
        write(str(error).encode())
        return _REFUSED
    return 0
