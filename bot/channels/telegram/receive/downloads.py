"""Files that somebody sent → their bytes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import telegram
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.send.sender import MEGABYTE, Sender
from bot.conversation.messages import Document
from bot.errors import DocumentError
from bot.wording import Telegram as Wording

MAX_DOWNLOAD = 20 * MEGABYTE  # Telegram gives bots no more
TRIES = 8  # after the first, for half a minute: a file that cannot be had must not keep its chat waiting for ever
_log = logging.getLogger(__name__)

Download = Callable[[str, int], Awaitable[bytes]]
"""Fetches the file of an id, whose size in bytes is given (0: not known). Raises DocumentError."""


def document_of(document: telegram.Document, download: Download) -> Document:
    """``document`` in the conversation's terms, to be fetched with ``download``."""
    size = document.file_size or 0
    return Document(document.file_name or "", size, partial(download, document.file_id, size))


async def fetch(sender: Sender, file_id: str, size: int) -> bytes:
    """The file of ``file_id``, by way of ``sender``; nothing is fetched that is told to be too large.

    Raises DocumentError.
    """
    _refuse_large(size)
    try:
        found: Any = await sender.call("getFile", {"file_id": file_id}, tries=TRIES)
        if not isinstance(found, dict) or "file_path" not in found:
            raise DocumentError(Wording.FILE_NOT_FETCHED)
        _refuse_large(found.get("file_size", 0))
        body = await sender.fetch(found["file_path"], tries=TRIES)
    except BadRequest as error:
        if "file is too big" in str(error).lower():
            raise DocumentError(Wording.FILE_TOO_LARGE.format(limit=MAX_DOWNLOAD // MEGABYTE)) from None
        raise _not_fetched(error) from None
    except TelegramError as error:
        raise _not_fetched(error) from None
    _refuse_large(len(body))
    return body


def _refuse_large(size: int) -> None:
    if size > MAX_DOWNLOAD:
        raise DocumentError(Wording.FILE_TOO_LARGE.format(limit=MAX_DOWNLOAD // MEGABYTE))


def _not_fetched(error: TelegramError) -> DocumentError:
    _log.warning("a file was not fetched: %s", error)
    return DocumentError(Wording.FILE_NOT_FETCHED)
