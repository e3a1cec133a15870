"""The channels, made and run. Each is imported only where it is served: a terminal waits for no web server to load."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.administration import Administration
from bot.channels.terminal import CAPABILITIES as TERMINAL
from bot.channels.terminal import (
    Terminal,
    bracketed_paste,
    has_more_input,
    is_bold,
    lines_of,
    read_pasted,
    reopened,
)
from bot.channels.web.page_address import own_addresses, page_addresses
from bot.config import Settings
from bot.conversation.router import Router
from bot.errors import StorageError
from bot.features.contests.feature import Quizzing
from bot.features.contests.text_channel import TextPlay
from bot.insights import Insights
from bot.library import Library
from bot.threads import run_in_thread
from bot.wording import Cli, Storage, Telegram

if TYPE_CHECKING:
    from bot.storage.store import SqlStore


class ChannelName(StrEnum):
    """The ways in which people reach the bot."""

    TERMINAL = "terminal"
    WEB = "web"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Parts:
    """What channels are made of."""

    settings: Settings
    chat: Router
    library: Library
    quizzing: Quizzing
    store: SqlStore
    admin: Administration
    insights: Insights


async def serve_all(channels: tuple[ChannelName, ...], parts: Parts, stop: asyncio.Event, begun: asyncio.Event) -> None:
    """Run the channels, and the quizzes beside them; returns when every channel has come to its end.

    ``begun`` is set when the channels run: from then on ``stop`` ends them.
    """
    served: list[Coroutine[Any, Any, None]] = []
    try:
        for name in channels:  # each adds itself to the quizzes, nothing runs yet
            served.append(_serve(name, parts, stop))
        await parts.quizzing.restore()
    except BaseException:
        for serving in served:
            serving.close()
        raise
    quizzing = asyncio.create_task(parts.quizzing.run(), name="quizzes")
    begun.set()
    try:
        async with asyncio.TaskGroup() as group:
            for name, serving in zip(channels, served, strict=True):
                group.create_task(serving, name=name)
    finally:
        quizzing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await quizzing


def _serve(name: ChannelName, parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    """Make a channel; what is given runs it."""
    match name:
        case ChannelName.TERMINAL:
            return _serve_terminal(parts, stop)
        case ChannelName.WEB:
            return _serve_web(parts, stop)
        case ChannelName.TELEGRAM:
            return _serve_telegram(parts, stop)


def _serve_terminal(parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    stdin, typed = reopened(sys.stdin), sys.stdin.isatty()
    read_line = read_pasted(lines_of(stdin), has_more_input(stdin)) if typed else lines_of(stdin)
    terminal = Terminal(parts.chat, read_line, sys.stdout, prompt=typed, bold=is_bold(sys.stdout, os.environ))
    parts.quizzing.channels.add(ChannelName.TERMINAL, TextPlay(terminal.post))
    parts.chat.directory.add(TERMINAL)

    async def serve() -> None:
        marked = (
            bracketed_paste(sys.stdout, stdin.fileno()) if typed and sys.stdout.isatty() else contextlib.nullcontext()
        )
        with marked:
            await terminal.run(stop)
        stop.set()

    return serve()


async def _serve_web(parts: Parts, stop: asyncio.Event) -> None:
    from prometheus_client import CollectorRegistry  # noqa: PLC0415

    from bot.channels.web.addresses import TrustedProxies  # noqa: PLC0415
    from bot.channels.web.app import build_web  # noqa: PLC0415 - see the module's docstring
    from bot.channels.web.metrics import WebMetrics  # noqa: PLC0415
    from bot.channels.web.server import WebServer  # noqa: PLC0415

    chat, settings = parts.chat, parts.settings

    async def answers() -> bool:
        return await run_in_thread(chat.works)

    async def storage() -> None:
        if parts.quizzing.paused:  # some of it may be read all the same
            raise StorageError(Storage.UNREADABLE)
        await parts.store.ping()

    proxies = TrustedProxies(settings.proxies)
    web = build_web(
        chat,
        knowledge=lambda: parts.library.current.knowledge,
        probe=answers,
        storage=storage,
        metrics=WebMetrics(CollectorRegistry()),
        public_url=settings.public_url,
        proxies=proxies,
        rate_member=settings.rate_member,
        rate_address=settings.rate_address,
        operator_token=settings.operator_token.get_secret_value(),
        console=parts.insights.console(),
        secret=parts.insights.visitors,
        stopping=stop,
    )
    server = WebServer(web, settings.http_host, settings.http_port, address_of=proxies.counted)

    def up() -> str:
        shown = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")
        parts.insights.address, lines = page_addresses(
            settings.http_host, server.port, settings.public_url, addresses=own_addresses, scannable=shown
        )
        return "\n".join(lines)

    announcing = asyncio.create_task(_announce(server.started, up))
    try:
        await server.run(stop)
    finally:
        announcing.cancel()


def _serve_telegram(parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415
    from bot.channels.telegram.command_menu import CAPABILITIES  # noqa: PLC0415
    from bot.channels.telegram.contest_channel import TelegramContestChannel  # noqa: PLC0415

    quizzes = TelegramContestChannel()
    channel = TelegramChannel(
        parts.settings.telegram_token.get_secret_value(),
        parts.chat,
        lambda: parts.library.current.knowledge,
        parts.store.ledger,
        api_url=parts.settings.telegram_api_url,
        poll_votes=parts.quizzing.polls,
        quizzes=quizzes,
        owners=parts.settings.admins,
        groups=parts.admin.groups,
    )
    parts.quizzing.channels.add(ChannelName.TELEGRAM, quizzes)
    parts.chat.directory.add(CAPABILITIES, Telegram.NAME, lambda: channel.address)

    async def serve() -> None:
        announcing = asyncio.create_task(_announce(channel.started, lambda: Cli.TELEGRAM_UP))
        try:
            await channel.run(stop)
        finally:
            announcing.cancel()

    return serve()


async def _announce(started: asyncio.Event, sentence: Callable[[], str]) -> None:
    """Tell the operator, on standard output, that a channel is up: this is no log line."""
    await started.wait()
    sys.stdout.write(sentence() + "\n")
    sys.stdout.flush()
