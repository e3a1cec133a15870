"""Calls to the Bot API as they go over the wire: plain dicts out, plain JSON back.

python-telegram-bot brings the transport, the mapping of errors and the pacing. Its typed methods build
objects of all that Telegram echoes, which costs more than the rest of an answer, and nobody here reads them.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from telegram.error import RetryAfter
from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.send.rate_limit import TelegramRateLimiter
from bot.errors import ConfigError
from bot.wording import Telegram as Wording

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 15.0
POOL_SIZE = 64


class Api(ExtBot[bool]):
    """A bot whose methods can be called by name. Raises telegram.error.TelegramError, as its methods do."""

    async def call(
        self, method: str, data: dict[str, Any], *, read_timeout: float | None = None, ahead: bool = False
    ) -> Any:
        """Call ``method`` with ``data`` (a value of None is left out); returns the JSON of its result.

        ``read_timeout`` in seconds; without it the transport's own. ``ahead`` of what waits for Telegram's limits.
        """
        paced = self._merge_api_rl_kwargs(None, True) if ahead and self.rate_limiter is not None else None
        if read_timeout is None:
            return await self._post(method, data, api_kwargs=paced)
        return await self._post(method, data, read_timeout=read_timeout, api_kwargs=paced)

    async def fetch(self, path: str) -> bytes:
        """The file at ``path``, as getFile names it. Its address has the token in it: it is for nobody to see."""
        return await self.request.retrieve(f"{self.base_file_url}/{quote(path)}")


class PriorityApi:
    """The same calls, ahead of what waits for Telegram's limits: for contests, which have a rhythm to keep."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def call(self, method: str, data: dict[str, Any]) -> Any:
        """Call ``method`` with ``data``. Raises telegram.error.TelegramError."""
        return await self._api.call(method, data, ahead=True)

    async def fetch(self, path: str) -> bytes:
        """The file at ``path``, as getFile names it."""
        return await self._api.fetch(path)


def make_api(
    token: str,
    api_url: str,
    *,
    request: BaseRequest | None = None,
    polling_request: BaseRequest | None = None,
    paced: bool = True,
) -> Api:
    """A bot that talks to the server at ``api_url`` (scheme, host and port).

    ``request`` and ``polling_request`` replace the HTTP transport, for tests. ``paced`` keeps the bot within
    Telegram's limits (30 messages a second, 20 a minute in a group) before Telegram has to say so. Raises
    ConfigError if the environment names a proxy of a kind that cannot be used.
    """
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # else every 429 comes with a warning of a type to change
    return Api(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request or make_transport(POOL_SIZE),
        get_updates_request=polling_request or request or make_transport(1),
        rate_limiter=TelegramRateLimiter() if paced else None,  # waiting after a 429 is the sender's work
    )


def retry_after_seconds(error: RetryAfter) -> float:
    """How long Telegram says to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def make_transport(
    pool_size: int,
    *,
    connect_timeout: float = CONNECT_TIMEOUT,
    read_timeout: float = READ_TIMEOUT,
    on_response: Callable[[Any], Awaitable[None]] | None = None,
) -> HTTPXRequest:
    """HTTP with so many connections at most; times in seconds. ``on_response`` sees each of httpx's responses.

    Raises ConfigError if the environment names a proxy of a kind that cannot be used.
    """
    try:
        return HTTPXRequest(
            connection_pool_size=pool_size,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            write_timeout=read_timeout,
            pool_timeout=read_timeout,
            httpx_kwargs={"event_hooks": {"response": [on_response]}} if on_response else None,
        )
    except ValueError:  # its text has the address in it, and an address may have a password
        raise ConfigError(Wording.PROXY_REFUSED) from None
