"""Logging, set up once by the program's start: one line an event, to stderr, with the request's id."""

from __future__ import annotations

import contextlib
import logging
import queue
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener
from typing import Final, TextIO

import structlog

_QUIET = (
    "httpx",
    "httpcore",
    "apscheduler",
    "jieba",
    "bm25s",
    "uvicorn.access",
    "alembic",
    "aiosqlite",
    "asyncio",
)
"""httpx logs whole request lines at INFO, a bot's token included; the others say nothing an operator needs."""
MAX_WAITING: Final = 10_000
"""Lines that may wait for a stream that takes none; what comes then is lost, and counted."""
STOP_TIMEOUT: Final = 2.0
"""Seconds in which the lines that wait at the end have to be taken."""
GATHER_SECONDS: Final = 0.05
"""After lines were written, for more to gather: each wake of the thread takes the interpreter from the event loop."""
AT_ONCE: Final = 1000
"""Lines that are written together at most."""


class LineHandler(logging.StreamHandler[TextIO]):
    """Writes each line to the stream; while it is ``gathering``, only with the next call of ``write_gathered``."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.gathering = False
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record``, or keep its line."""
        if not self.gathering:
            super().emit(record)
            return
        try:
            self._lines.append(self.format(record) + self.terminator)
        except Exception:
            self.handleError(record)
        if len(self._lines) >= AT_ONCE:
            self.write_gathered()

    def write_gathered(self) -> None:
        """Write what has gathered. A stream that is closed or broken loses it, as it does a single line."""
        lines, self._lines = self._lines, []
        if lines:
            with contextlib.suppress(OSError, ValueError):
                self.stream.write("".join(lines))
                self.flush()


class GatheringListener(QueueListener):
    """Writes what is ``waiting`` in one go: the first line after a rest at once, the next ``GATHER_SECONDS`` later."""

    def __init__(self, waiting: queue.SimpleQueue[logging.LogRecord], *handlers: logging.Handler) -> None:
        super().__init__(waiting, *handlers)
        self._waiting = waiting

    def dequeue(self, block: bool) -> logging.LogRecord:
        """The next record; if there is none yet, what has gathered is written before."""
        with contextlib.suppress(queue.Empty):
            return self._waiting.get_nowait()
        self._write_gathered()
        time.sleep(GATHER_SECONDS)
        return self._waiting.get(block)

    def enqueue_sentinel(self) -> None:
        """Let the end wait behind the last line, as soon as one more may wait."""
        while True:
            with contextlib.suppress(queue.Full):
                return super().enqueue_sentinel()
            time.sleep(GATHER_SECONDS)

    def stop(self) -> None:
        """Return when all that waited is written."""
        super().stop()
        self._write_gathered()

    def _write_gathered(self) -> None:
        for handler in self.handlers:
            if isinstance(handler, LineHandler):
                handler.write_gathered()


class BoundedQueueHandler(QueueHandler):
    """Hands records over to the thread that writes them, and never waits for it.

    The limit is kept here, as a ``SimpleQueue`` has none: it takes a tenth of the time of a ``Queue``, for each line.
    """

    def __init__(self, waiting: queue.SimpleQueue[logging.LogRecord]) -> None:
        super().__init__(waiting)
        self._waiting = waiting
        self._lost = 0

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """``record`` with its text as it is now; its trace is written by the formatter, on the same line."""
        record.msg, record.args = record.getMessage(), None
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        """Let ``record`` wait, or count it as lost; the next that finds room says how many were."""
        if self._waiting.qsize() >= MAX_WAITING:
            self._lost += 1
            return
        if self._lost:
            record.lost_lines, self._lost = self._lost, 0
        self._waiting.put(record)


def _timestamp(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """When it happened, in UTC, which may be some time before it is written."""
    record: logging.LogRecord = event["_record"]
    at = datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None)
    event["timestamp"] = f"{at.isoformat(timespec='microseconds')}Z"
    return event


def _without_colours(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Uvicorn says everything a second time, with terminal colours in it."""
    event.pop("color_message", None)
    return event


def _printable(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Control characters may come from strangers: spelled out, they neither end a line nor steer a terminal."""
    for name, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[name] = "".join(char if char.isprintable() or char == "\n" else _spelled_out(char) for char in value)
    return event


def _spelled_out(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


@contextlib.contextmanager
def background_logging() -> Iterator[None]:
    """Within, lines are written by a thread: a stream that is slow to take them holds up nobody.

    Afterwards all of them are written, as far as the stream takes them within ``STOP_TIMEOUT``.
    """
    root = logging.getLogger()
    handlers = root.handlers[:]
    waiting: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    listener = GatheringListener(waiting, *handlers)
    root.handlers[:] = [BoundedQueueHandler(waiting)]
    _gather(handlers, True)
    listener.start()
    try:
        yield
    finally:
        root.handlers[:] = handlers
        stopping = threading.Thread(target=listener.stop, name="log stop", daemon=True)
        stopping.start()
        stopping.join(STOP_TIMEOUT)
        _gather(handlers, False)


def _gather(handlers: Sequence[logging.Handler], gathering: bool) -> None:
    for handler in handlers:
        if isinstance(handler, LineHandler):
            handler.gathering = gathering


def set_up_logging(level: str) -> None:
    """Log everything from ``level`` up (a name such as ``INFO``) as key-value lines."""
    # no line here shows where in the source, in which thread or process it came to be: not asked for, as the manual
    # of the standard library has it («Optimization»)
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    steps: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _without_colours,
        _timestamp,
    ]
    handler = LineHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _printable,
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "logger", "event"], bool_as_flag=False
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    wanted: int = logging.getLevelName(level)
    # libraries write whole updates, requests and rows at DEBUG: members' words have no place in a log
    root.setLevel(max(logging.INFO, wanted))
    logging.getLogger("bot").setLevel(wanted if wanted < logging.INFO else logging.NOTSET)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, wanted))
