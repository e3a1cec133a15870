"""Logging, set up once by the program's start: one line an event, to stderr, with the request's id."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TextIO

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
PAUSE: Final = 0.05
"""Seconds for which a line may wait for others, to be written with them."""
MAX_WAITING: Final = 10_000
"""Lines that may wait for a stream that takes none; whoever logs more waits with them."""
_ODD: Final = re.compile(r'[ ="\n\r]')
_STANDARD: Final = frozenset(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "taskName",
    "color_message",  # uvicorn says everything a second time, with terminal colours in it
}


class LogfmtFormatter(logging.Formatter):
    """A record and its extra fields as ``key=value``, on one line. A line is written for every request: it is cheap."""

    def __init__(self) -> None:
        super().__init__()
        self._second = (0, "")

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        parts = [
            f"timestamp={self._timestamp(record.created)} level={record.levelname.lower()} logger={record.name}",
            f"event={_value(record.getMessage())}",
        ]
        parts += [f"{name}={_value(value)}" for name, value in record.__dict__.items() if name not in _STANDARD]
        if record.exc_info:
            parts.append(f"exception={_value(self.formatException(record.exc_info))}")
        if record.stack_info:
            parts.append(f"stack={_value(record.stack_info)}")
        return " ".join(parts)

    def _timestamp(self, created: float) -> str:
        """ISO 8601 in UTC, to the microsecond."""
        second = int(created)
        if second != self._second[0]:
            self._second = (second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)))
        return f"{self._second[1]}.{int((created - second) * 1e6):06d}Z"


class LineRecord(logging.LogRecord):
    """A record without what no line here shows: where in the source, in which thread and process it came to be.

    Finding that out takes longer than writing the line.
    """

    def __init__(  # noqa: PLR0917 - as logging calls it
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: Any,
        args: Any,
        exc_info: Any,
        func: str | None = None,
        sinfo: str | None = None,
        **_: object,
    ) -> None:
        self.name = name
        self.levelno = level
        self.levelname = logging.getLevelName(level)
        self.pathname = self.filename = self.module = pathname
        self.lineno = lineno
        self.funcName = func or ""
        self.msg = msg
        self.args = args[0] if args and len(args) == 1 and isinstance(args[0], Mapping) and args[0] else args
        self.exc_info = exc_info
        self.exc_text = None
        self.stack_info = sinfo
        self.created = time.time()


def _value(value: object) -> str:
    """``value`` as logfmt has it: in quotation marks where it has a space, an equals sign or a mark in it."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if _ODD.search(text) is None:
        return text
    quoted = any(char in text for char in ' ="')
    if quoted:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"' if quoted else text


class LineHandler(logging.StreamHandler[TextIO]):
    """Writes each line at once; within ``in_background`` many at a time, from a thread of its own.

    A stream that is slow to take them then holds up nobody. From WARNING up a line is written at once even so, with
    all that were before it.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._waiting: deque[str] = deque()
        self._writing = threading.Lock()
        self._due = threading.Event()
        self._background = False

    def emit(self, record: logging.LogRecord) -> None:
        """Have ``record`` written."""
        try:
            self._waiting.append(self.format(record))
        except Exception:
            self.handleError(record)
            return
        if not self._background or record.levelno >= logging.WARNING or len(self._waiting) > MAX_WAITING:
            self.flush()
        elif not self._due.is_set():
            self._due.set()

    def flush(self) -> None:
        """Write all that waits."""
        with self._writing:
            lines: list[str] = []
            while self._waiting:
                lines.append(self._waiting.popleft())
            if not lines:
                return
            try:
                self.stream.write("\n".join(lines) + self.terminator)
                self.stream.flush()
            except (OSError, ValueError):  # the stream is gone, and there is nowhere else to say so
                return

    @contextmanager
    def in_background(self) -> Iterator[None]:
        """Within, lines are written from a thread; afterwards all of them are."""
        over = threading.Event()

        def write() -> None:
            while not over.is_set():
                self._due.wait()
                over.wait(PAUSE)
                self._due.clear()
                self.flush()

        self._background = True
        thread = threading.Thread(target=write, name="log", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._background = False
            over.set()
            self._due.set()
            thread.join()
            self.flush()


@contextmanager
def written_in_background() -> Iterator[None]:
    """Within, the event loop waits for no line of the log to be written; afterwards none is missing."""
    handler = next((one for one in logging.getLogger().handlers if isinstance(one, LineHandler)), None)
    if handler is None:
        yield
        return
    made = logging.getLogRecordFactory()
    logging.setLogRecordFactory(LineRecord)
    try:
        with handler.in_background():
            yield
    finally:
        logging.setLogRecordFactory(made)


def set_up_logging(level: str) -> None:
    """Log everything from ``level`` up (a name such as ``INFO``) as key-value lines."""
    handler = LineHandler(sys.stderr)
    handler.setFormatter(LogfmtFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    wanted: int = logging.getLevelName(level)
    # libraries write whole updates, requests and rows at DEBUG: members' words have no place in a log
    root.setLevel(max(logging.INFO, wanted))
    logging.getLogger("bot").setLevel(wanted if wanted < logging.INFO else logging.NOTSET)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, wanted))
