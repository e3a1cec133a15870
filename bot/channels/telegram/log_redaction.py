"""Keeps the bot's token out of the logs: whoever reads it there owns the bot."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

HIDDEN = "<token>"
_TALKATIVE = {
    "httpx": logging.WARNING,  # whole request lines, the token included
    "httpcore": logging.WARNING,
    "telegram.request.BaseRequest": logging.CRITICAL,  # whole pages that are no JSON, told again by whoever asked
}


class TokenFilter(logging.Filter):
    """Takes ``token`` out of messages, their arguments and their stack traces, in every spelling of it."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._spellings = tuple(dict.fromkeys((token, quote(token, safe=""))))
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean ``record`` in place; nothing is ever held back."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # logging will complain of the arguments by itself
            message = f"{record.msg} {record.args}"
        trace = self._formatter.formatException(record.exc_info) if record.exc_info else record.exc_text or ""
        if self._holds(message) or self._holds(trace):
            record.msg = self._clean(f"{message}\n{trace}" if trace else message)
            record.args = ()
            record.exc_info = record.exc_text = None  # every formatter would print these afresh
        return True

    def _holds(self, text: str) -> bool:
        return any(spelling in text for spelling in self._spellings)

    def _clean(self, text: str) -> str:
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        return text


@contextmanager
def redacted_logs(token: str) -> Iterator[None]:
    """While this is open, no handler of the root logger writes ``token``, and httpx keeps its request lines.

    The levels stay: a late line of a closing connection must not tell either.
    """
    for name, level in _TALKATIVE.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(level, logger.level))
    guard = TokenFilter(token)
    handlers = list(logging.getLogger().handlers)
    if logging.lastResort is not None:
        handlers.append(logging.lastResort)
    for handler in handlers:
        handler.addFilter(guard)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(guard)
