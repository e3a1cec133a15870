"""Logging, set up once by the program's start: one line an event, to stderr, with the request's id."""

from __future__ import annotations

import logging
import sys

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


def _without_colours(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Uvicorn says everything a second time, with terminal colours in it."""
    event.pop("color_message", None)
    return event


def set_up_logging(level: str) -> None:
    """Log everything from ``level`` up (a name such as ``INFO``) as key-value lines."""
    steps: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _without_colours,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"]),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
