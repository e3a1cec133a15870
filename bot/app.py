"""The one place where parts are wired together. Channels and storage are imported only where they are used: a
question on the command line should not wait for a web server to load."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answering import by_meaning, cache_of, make_retriever
from bot.bank import Bank
from bot.channels.terminal import Terminal, lines_of, opened_again
from bot.chat.chat import Chat, Library
from bot.chat.nowhere import Nowhere
from bot.chat.ports import Store
from bot.chat.quiz_ports import QuizStore
from bot.chat.quizzing import Quizzing
from bot.chat.text_play import TextPlay
from bot.config import Settings
from bot.embedding import NAME as MEANINGS
from bot.heap import settle
from bot.knowledge.load import Loaded, inspect
from bot.quiz.written import lint_written
from bot.wording import Cli

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

_log = logging.getLogger(__name__)
TIDY_EVERY = timedelta(hours=6)


class ChannelName(StrEnum):
    """The ways in which people reach the bot."""

    TERMINAL = "terminal"
    WEB = "web"
    TELEGRAM = "telegram"


def now() -> datetime:
    """The present time, with its zone."""
    return datetime.now(UTC)


def look_over(folder: Path) -> Loaded:
    """``folder`` as read, with every fault: those of its answers and those of its quiz."""
    loaded = inspect(folder)
    if loaded.knowledge is None:
        return loaded
    faults = (*loaded.faults, *lint_written(loaded.knowledge, loaded.quiz_file))
    return replace(loaded, faults=tuple(sorted(faults, key=lambda fault: (fault.file, fault.line))))


def make_chat(settings: Settings, store: Store) -> Chat:
    """The conversation on the configured knowledge. Raises KnowledgeError."""
    return Chat(Library(make_retriever(settings)), store, now, run_id=secrets.token_hex(3))


def make_quizzing(settings: Settings, store: QuizStore, library: Library) -> Quizzing:
    """Quizzes on the knowledge that ``library`` serves."""
    bank = Bank(lambda: library.current.knowledge)

    async def is_host(person: str) -> bool:
        return person in settings.admins

    return Quizzing(
        store,
        bank.questions,
        lambda: library.current.knowledge,
        clock=now,
        new_id=lambda: secrets.token_hex(4),
        is_host=is_host,
        zone=settings.time_zone,
    )


def chat_without_store(settings: Settings) -> Chat:
    """The conversation for questions asked once, such as on the command line. Raises KnowledgeError."""
    return make_chat(settings, Nowhere())


def configured_channels(settings: Settings) -> tuple[ChannelName, ...]:
    """The channels to start: the web page always, as it also answers health checks; others where configured."""
    web = (ChannelName.WEB,)
    return (*web, ChannelName.TELEGRAM) if settings.telegram_token.get_secret_value() else web


async def run(settings: Settings, channels: tuple[ChannelName, ...]) -> None:
    """Serve ``channels`` until SIGINT or SIGTERM. Raises BotError for what keeps the bot from starting."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            loop.add_signal_handler(number, stop.set)
    async with _store(settings) as store:
        ready = by_meaning(settings) and cache_of(settings).read(MEANINGS) is not None
        first = await asyncio.to_thread(make_retriever, settings, meaning=ready)
        library = Library(first)
        quizzing = make_quizzing(settings, store.quizzes, library)
        chat = Chat(library, store, now, run_id=secrets.token_hex(3), quizzing=quizzing)
        if by_meaning(settings) and not ready:
            # making the meanings of a new knowledge takes half a minute: members are answered in the meantime, and a
            # stop does not wait for it
            threading.Thread(target=_understand, args=(settings, chat.library), name="meaning", daemon=True).start()
        settle()
        try:
            await _serve_all(channels, _Parts(settings, chat, quizzing, store), stop)
        except* Exception as errors:
            raise errors.exceptions[0] from None
        finally:
            await chat.drain()
    _log.info(Cli.STOPPED)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What channels are made of."""

    settings: Settings
    chat: Chat
    quizzing: Quizzing
    store: SqlStore


async def _serve_all(channels: tuple[ChannelName, ...], parts: _Parts, stop: asyncio.Event) -> None:
    """Run the channels, and the quizzes beside them; returns when every channel has come to its end."""
    served = [_serve(name, parts, stop) for name in channels]  # each adds itself to the quizzes, nothing runs yet
    try:
        await parts.quizzing.restore()
    except BaseException:
        for serving in served:
            serving.close()
        raise
    quizzing = asyncio.create_task(parts.quizzing.run(), name="quizzes")
    try:
        async with asyncio.TaskGroup() as group:
            for name, serving in zip(channels, served, strict=True):
                group.create_task(serving, name=name)
    finally:
        quizzing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await quizzing


def _understand(settings: Settings, library: Library) -> None:
    library.current = make_retriever(settings)
    _log.info("questions are compared by meaning")


@contextlib.asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[SqlStore]:
    from bot.storage.retention import keep_tidy  # noqa: PLC0415 - see the module's docstring
    from bot.storage.store import SqlStore  # noqa: PLC0415

    store = await SqlStore.open(settings.database)
    tidy = asyncio.create_task(keep_tidy(store, now, every=TIDY_EVERY), name="retention")
    try:
        yield store
    finally:
        tidy.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await tidy
        await store.close()


def _serve(name: ChannelName, parts: _Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    """Make a channel; what is given runs it."""
    match name:
        case ChannelName.TERMINAL:
            return _serve_terminal(parts, stop)
        case ChannelName.WEB:
            return _serve_web(parts.settings, parts.chat, parts.store, stop)
        case ChannelName.TELEGRAM:
            return _serve_telegram(parts, stop)


def _serve_terminal(parts: _Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    terminal = Terminal(parts.chat, lines_of(opened_again(sys.stdin)), sys.stdout, prompt=sys.stdin.isatty())
    parts.quizzing.channels.add(ChannelName.TERMINAL, TextPlay(terminal.post))

    async def serve() -> None:
        await terminal.run(stop)
        stop.set()

    return serve()


async def _serve_web(settings: Settings, chat: Chat, store: Store, stop: asyncio.Event) -> None:
    from prometheus_client import CollectorRegistry  # noqa: PLC0415

    from bot.channels.web.app import build_web  # noqa: PLC0415 - see the module's docstring
    from bot.channels.web.metrics import WebMetrics  # noqa: PLC0415
    from bot.channels.web.server import WebServer  # noqa: PLC0415

    async def answers() -> bool:
        return chat.works()

    web = build_web(
        chat,
        knowledge=lambda: chat.library.current.knowledge,
        probe=answers,
        storage=store.ping,
        metrics=WebMetrics(CollectorRegistry()),
        public_url=settings.public_url,
    )
    server = WebServer(web, settings.http_host, settings.http_port)
    announcing = asyncio.create_task(_announce(server.started, lambda: Cli.WEB_AT.format(url=server.url)))
    try:
        await server.run(stop)
    finally:
        announcing.cancel()


def _serve_telegram(parts: _Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415
    from bot.channels.telegram.quizzes import TelegramQuizzes  # noqa: PLC0415

    quizzes = TelegramQuizzes()
    channel = TelegramChannel(
        parts.settings.telegram_token.get_secret_value(),
        parts.chat,
        lambda: parts.chat.library.current.knowledge,
        parts.store.ledger,
        api_url=parts.settings.telegram_api_url,
        ballots=parts.quizzing.polls,
        quizzes=quizzes,
    )
    parts.quizzing.channels.add(ChannelName.TELEGRAM, quizzes)

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
