"""What Telegram says of the bot, asked once: for ``bot doctor``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.channel import is_token
from bot.channels.telegram.log_redaction import redacted_logs
from bot.channels.telegram.send.api import make_api, make_transport
from bot.errors import ConfigError
from bot.wording import Telegram as Wording


@dataclass(frozen=True, slots=True)
class TelegramReport:
    """What was found. ``fault`` is a sentence if Telegram did not tell who the bot is; the rest is unknown then.

    ``reads_all``: privacy mode is off. ``webhook``: one is set; None if Telegram did not tell. ``server_time``: what
    its clock said, to the second, when the reply came.
    """

    fault: str = ""
    username: str = ""
    reads_all: bool = False
    joins_groups: bool = True
    inline: bool = True
    webhook: bool | None = None
    server_time: datetime | None = None


async def check_telegram(token: str, api_url: str, *, timeout_seconds: float) -> TelegramReport:
    """Ask the Bot API server at ``api_url`` about the bot; each call takes ``timeout_seconds`` at most.

    No update is fetched, so a bot that runs is not disturbed. Never raises for what is wrong there.
    """
    if not is_token(token):
        return TelegramReport(Wording.TOKEN_REFUSED)
    times: list[datetime] = []

    async def note_time(response: Any) -> None:
        with suppress(KeyError, ValueError):
            times.append(parsedate_to_datetime(response.headers["date"]))

    with redacted_logs(token):
        try:
            transport = make_transport(
                1, connect_timeout=timeout_seconds, read_timeout=timeout_seconds, on_response=note_time
            )
        except ConfigError as error:
            return TelegramReport(str(error))
        api = make_api(token, api_url, request=transport, paced=False)
        try:
            me = await api.call("getMe", {})
            webhook = await _webhook(api.call)
        except InvalidToken:
            return TelegramReport(Wording.TOKEN_REFUSED, server_time=_last(times))
        except TelegramError:  # its text may have the address in it
            return TelegramReport(Wording.UNREACHABLE, server_time=_last(times))
        finally:
            await transport.shutdown()
    return TelegramReport(
        username=str(me.get("username", "")),
        reads_all=bool(me.get("can_read_all_group_messages")),
        joins_groups=bool(me.get("can_join_groups")),
        inline=bool(me.get("supports_inline_queries")),
        webhook=webhook,
        server_time=_last(times),
    )


async def _webhook(call: Any) -> bool | None:
    try:
        return bool((await call("getWebhookInfo", {})).get("url"))
    except TelegramError:
        return None


def _last(times: list[datetime]) -> datetime | None:
    return times[-1] if times else None
