"""The composition root: opens the storage, lists the features, makes the channels, runs until a signal.

Channels and storage are imported only where they are used: a question on the command line should not wait for a web
server to load.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.access.member_names import AdminNameRecorder
from bot.access.roles import RolePolicy
from bot.access.secret import rotate_secret
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
from bot.channels.web.admin.ports import CompetitionDesk
from bot.channels.web.page_address import own_addresses, page_addresses
from bot.chats.chosen_documents import ChosenDocuments, in_chosen_document, reading_chosen
from bot.chats.group_registry import GroupRegistry
from bot.config import Settings
from bot.conversation.rate_limit import Limiter, RateLimits
from bot.conversation.router import Feature, Router
from bot.errors import StorageError
from bot.features.announcements.feature import make_announcements
from bot.features.answers.judgement_queue import JudgementQueue
from bot.features.answers.null_store import NullStore
from bot.features.banks.upload import BankUpload
from bot.features.contests.feature import ContestsFeature
from bot.features.contests.question_reports import make_reports
from bot.features.contests.text_channel import TextContestChannel
from bot.features.knowledge_versions.export import files_of
from bot.features.knowledge_versions.feature import KnowledgeVersions
from bot.features.knowledge_versions.file_watcher import on_hangup
from bot.features.papers.paper_service import PaperService
from bot.features.roles.feature import make_roles
from bot.features.rooms.channel import RoomChannel
from bot.features.rooms.feature import RoomCommand
from bot.features.rooms.rooms import CHANNEL as ROOM
from bot.features.rooms.rooms import Rooms
from bot.features.statistics.commands import make_stats
from bot.features.unanswered.commands import WeeklyTools, make_misses
from bot.knowledge.files import Files
from bot.library import Library
from bot.saved_banks import SavedBanks
from bot.threads import run_in_background, run_in_thread
from bot.wiring import (
    AdminPage,
    OwnerNotifier,
    log_failure,
    make_accounts,
    make_audit_formatter,
    make_contests,
    make_draft_tools,
    make_paper_features,
    make_papers,
    make_rooms,
    make_router,
    make_study,
    open_admin_page,
    open_library,
    open_retrieval,
    questions_elsewhere,
    short_id,
)
from bot.wording import Cli, Storage, Telegram, Web

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

_log = logging.getLogger(__name__)
TIDY_EVERY = timedelta(hours=6)
LOAD_AGAIN = 30.0  # seconds between attempts to read the dialogues begun before the start
THRESHOLDS: Final = (10_000, 50, 100)
"""New objects after which the collector looks at them, and how often before it looks at older ones: what a question
makes goes with its last reference, so that looking after 700, as is usual, finds nothing time and again."""


class ChannelName(StrEnum):
    """The ways in which people reach the bot."""

    TERMINAL = "terminal"
    WEB = "web"
    TELEGRAM = "telegram"


IDENTIFIED: Final = frozenset({ChannelName.TELEGRAM, ChannelName.TERMINAL})
"""Those with the capability ``identity``: roles are shared between linked accounts of these alone."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What channels are made of."""

    settings: Settings
    chat: Router
    library: Library
    contests: ContestsFeature
    store: SqlStore
    groups: GroupRegistry
    page: AdminPage
    papers: PaperService
    competitions: CompetitionDesk
    rooms: Rooms


def now() -> datetime:
    """The present time, with its zone."""
    return datetime.now(UTC)


def chat_without_store(settings: Settings) -> tuple[Router, Library]:
    """The conversation for questions asked once, such as on the command line, and what it answers from.

    Raises KnowledgeError.
    """
    store, library = NullStore(), open_library(settings)
    return make_router(library, store, now, secrets.token_hex(3), rights=RolePolicy((), store), audit=store), library


async def stored_files(settings: Settings, version: int | None) -> tuple[int, Files]:
    """The files of the knowledge as it is kept, and the number of their version. Raises BotError."""
    async with _store(settings) as store:
        return await files_of(store.versions, version)


async def change_secret(settings: Settings) -> None:
    """Sign with a new secret from now on, also in bots that run. Raises StorageError."""
    from bot.storage.store import SqlStore  # noqa: PLC0415 - see the module's docstring

    store = await SqlStore.open(settings.database)
    try:
        await rotate_secret(store.contests, lambda: secrets.token_hex(32))
    finally:
        await store.close()


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
    with contextlib.suppress(AttributeError, NotImplementedError):  # until somebody can act on it, it must not end all
        loop.add_signal_handler(signal.SIGHUP, lambda: None)
    begun = asyncio.Event()
    serving = asyncio.create_task(_serve(settings, channels, stop, begun), name="serving")
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not begun.is_set():  # who serves already ends in his own time; a start can be broken off anywhere
            serving.cancel()
        await serving
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    finally:
        stopping.cancel()
        serving.cancel()
    _log.info(Cli.STOPPED)


async def _serve(
    settings: Settings, channels: tuple[ChannelName, ...], stop: asyncio.Event, begun: asyncio.Event
) -> None:
    """Serve until ``stop``; ``begun`` is set when the channels see to that themselves."""
    async with _store(settings, alone=True) as store:
        retrieval = await open_retrieval(settings, store, now)
        library, zone = retrieval.library, settings.time_zone
        rights = RolePolicy(settings.admins, store.roles, store.contests.accounts_of, IDENTIFIED)
        audit_formatter = make_audit_formatter(store, retrieval)
        page = await open_admin_page(settings, store, library, rights, formatter=audit_formatter, clock=now)
        choices, saved_banks = ChosenDocuments(store.contests), SavedBanks(store.banks, now)
        contests = make_contests(
            settings,
            store.contests,
            retrieval,
            rights=rights,
            audit=store.audit,
            forget=page.counting.forget,
            clock=now,
            saved_banks=saved_banks,
            reading=lambda chat: reading_chosen(library, choices, chat),
        )
        contests.also_forget.append(choices.forget)
        study = make_study(
            contests,
            store.contests,
            lambda: library.current.knowledge,
            now,
            zone,
            elsewhere=questions_elsewhere(library, retrieval.bank),
        )
        for kind, do in contests.due.items():
            contests.due[kind] = in_chosen_document(library, choices, do)
        papers = make_papers(store, library, contests, saved_banks, clock=now, zone=zone)
        paper_features, competitions = make_paper_features(
            papers, store, library, contests, saved_banks=saved_banks, rights=rights, settings=settings
        )
        rooms = make_rooms(contests, store, library, page, saved_banks=saved_banks, clock=now, zone=zone)
        owners = OwnerNotifier(settings.admins, contests.channels)
        groups = GroupRegistry(store.groups, now)
        knowledge = KnowledgeVersions(
            retrieval.opened,
            library,
            store.versions,
            store.contests,
            retrieval.folder,
            make=retrieval.make,
            understand=retrieval.understand,
            notify=owners.tell,
            owned=bool(settings.admins),
            in_use=contests.points_in_use,
            clock=now,
            new_id=short_id,
            in_thread=run_in_thread,
            in_background=run_in_background,
            zone=zone,
            drafting=make_draft_tools(settings, contests.channels),
            shelf=retrieval.shelf,
        )
        banks = BankUpload(saved_banks, lambda: library.main.knowledge, now, short_id, run_in_thread, zone=zone)
        features = [
            *map(banks.before, knowledge.features()),
            banks.feature(),
            make_misses(
                lambda: library.main,
                store.unanswered,
                knowledge.versions,
                now,
                short_id,
                settings=store.contests,
                in_thread=run_in_thread,
                in_background=run_in_background,
                weekly=WeeklyTools(
                    contests.channels.tell, lambda person: rights.read_may(person, "editor"), ZoneInfo(zone)
                ),
                titles=lambda: library.titles,
            ),
            make_stats(page.stats(paged=ChannelName.WEB in channels)),
            make_reports(store.reports, contests.questions),
            make_roles(
                store.roles, store.audit, rights, store.contests, clock=now, zone=zone, formatter=audit_formatter
            ),
            make_announcements(
                store.contests,
                contests.channels,
                contests.quiet,
                groups,
                rights=rights,
                audit=store.audit,
                clock=now,
                new_id=short_id,
            ),
            contests.feature(),
            RoomCommand(rooms, contests.channels, is_public=bool(settings.public_url)).feature(contests.guarded),
            study.feature(),
            *paper_features,
            make_accounts(contests, store, rights, store.audit, now),
            Feature(jobs={"documents": lambda: retrieval.beside.follow(library, run_in_background)}),
        ]
        chat = make_router(
            library,
            store,
            now,
            secrets.token_hex(3),
            rights=rights,
            audit=store.audit,
            features=features,
            guard=contests.guard,
            admin_names=AdminNameRecorder(store.contests),
            limiter=Limiter(RateLimits(settings.rate_member, settings.rate_chat), rights, time.monotonic),
            counting=page.counting,
            judging=JudgementQueue(run_in_thread),
            choices=choices,
            may_choose=contests.permissions.may,
        )
        await chat.load()
        told = await knowledge.begin()
        freeze_heap()
        parts = Parts(settings, chat, library, contests, store, groups, page, papers, competitions, rooms)
        try:
            async with _jobs(features, chat.load):
                if told is not None:
                    await owners.tell(told)
                with on_hangup(knowledge.look_again, stop.set):
                    await _serve_channels(channels, parts, stop, begun)
        except* Exception as errors:
            raise errors.exceptions[0] from None
        finally:
            await owners.close()
            await knowledge.close()
            await chat.drain()


@contextlib.asynccontextmanager
async def _jobs(features: Iterable[Feature], load: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
    """Within, the jobs of ``features`` run, and what ``load`` could not read at the start is read again."""
    tasks = [asyncio.create_task(job(), name=name) for feature in features for name, job in feature.jobs.items()]
    tasks.append(asyncio.create_task(_load(load), name="dialogues"))
    for task in tasks:
        task.add_done_callback(log_failure)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _load(load: Callable[[], Awaitable[bool]]) -> None:
    """Read again what could not be read at the start, until it can be."""
    while True:
        if await load():
            return
        await asyncio.sleep(LOAD_AGAIN)


def freeze_heap() -> None:
    """Let the collector look no more at what is there now: to be called once, when all that is served is loaded.

    The dictionary, the index and the bank are some hundred thousand objects that nobody drops; going through all of
    them again and again is a third of what a vote costs. What is dropped later all the same, such as a knowledge that
    was replaced, is freed as its last reference goes; only a ring of references would stay.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextlib.asynccontextmanager
async def _store(settings: Settings, *, alone: bool = False) -> AsyncIterator[SqlStore]:
    """The store; ``alone``: raises StorageError where another bot runs on the same SQLite database."""
    from bot.storage.lock import only_process  # noqa: PLC0415 - see the module's docstring
    from bot.storage.retention import run_retention  # noqa: PLC0415 - see the module's docstring
    from bot.storage.store import SqlStore  # noqa: PLC0415

    with only_process(settings.database) if alone else contextlib.nullcontext():
        store = await SqlStore.open(settings.database)
        tidy = asyncio.create_task(run_retention(store, now, every=TIDY_EVERY), name="retention")
        try:
            yield store
        finally:
            tidy.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tidy
            await store.close()


async def _serve_channels(
    channels: tuple[ChannelName, ...], parts: Parts, stop: asyncio.Event, begun: asyncio.Event
) -> None:
    """Run the channels; returns when every one has come to its end.

    ``begun`` is set when they run: from then on ``stop`` ends them.
    """
    served: list[Coroutine[Any, Any, None]] = []
    try:
        for name in channels:  # each adds itself to the registry of channels, nothing runs yet
            served.append(_make_channel(name, parts, stop))
        await parts.contests.restore()
    except BaseException:
        for serving in served:
            serving.close()
        raise
    begun.set()
    async with asyncio.TaskGroup() as group:
        for name, serving in zip(channels, served, strict=True):
            group.create_task(serving, name=name)


def _make_channel(name: ChannelName, parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
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
    parts.contests.channels.add(ChannelName.TERMINAL, TextContestChannel(terminal.post), TERMINAL)
    parts.chat.directory.add(TERMINAL)

    async def serve() -> None:
        marked = (
            bracketed_paste(sys.stdout, stdin.fileno()) if typed and sys.stdout.isatty() else contextlib.nullcontext()
        )
        with marked:
            await terminal.run(stop)
        stop.set()

    return serve()


def _serve_web(parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    from prometheus_client import CollectorRegistry  # noqa: PLC0415

    from bot.channels.web.addresses import TrustedProxies  # noqa: PLC0415
    from bot.channels.web.app import build_web, random_session_id  # noqa: PLC0415 - see the module's docstring
    from bot.channels.web.conversation_client import CAPABILITIES  # noqa: PLC0415
    from bot.channels.web.conversation_log import ConversationLog  # noqa: PLC0415
    from bot.channels.web.members import PageMembers  # noqa: PLC0415
    from bot.channels.web.metrics import WebMetrics  # noqa: PLC0415
    from bot.channels.web.server import WebServer, raise_file_limit  # noqa: PLC0415
    from bot.channels.web.sessions import Sessions  # noqa: PLC0415

    raise_file_limit()
    chat, settings, store = parts.chat, parts.settings, parts.store
    log, members = ConversationLog(store.page, now), PageMembers(store.contests, store.page, now)
    sessions = Sessions(random_session_id, parts.page.visitors, log=log, members=members)
    parts.contests.channels.add(ChannelName.WEB, TextContestChannel(sessions.post), CAPABILITIES["web"])
    parts.contests.also_forget.append(sessions.forget)
    parts.contests.channels.add(ROOM, RoomChannel())
    chat.directory.add(CAPABILITIES["web"], Web.NAME, lambda: parts.page.address)

    async def answers() -> bool:
        return await run_in_thread(chat.works)

    async def storage() -> None:
        if parts.contests.paused:  # some of it may be read all the same
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
        console=parts.page.console(chat.handle, parts.competitions),
        sessions=sessions,
        settled=parts.contests.settled,
        stopping=stop,
        papers=parts.papers,
        rooms=parts.rooms,
    )
    server = WebServer(web, settings.http_host, settings.http_port, address_of=proxies.network_of_peer)

    def up() -> str:
        shown = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")
        parts.page.address, lines = page_addresses(
            settings.http_host, server.port, settings.public_url, addresses=own_addresses, scannable=shown
        )
        return "\n".join(lines)

    async def serve() -> None:
        announcing = asyncio.create_task(_announce(server.started, up))
        leaving = asyncio.create_task(_when(stop, parts.rooms.close))
        try:
            await server.run(stop)
        finally:
            announcing.cancel()
            leaving.cancel()
            await log.drain()

    return serve()


def _serve_telegram(parts: Parts, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415
    from bot.channels.telegram.command_menu import CAPABILITIES  # noqa: PLC0415
    from bot.channels.telegram.contest_channel import TelegramContestChannel  # noqa: PLC0415

    quizzes = TelegramContestChannel()
    channel = TelegramChannel(
        parts.settings.telegram_token.get_secret_value(),
        parts.chat,
        lambda: parts.library.current.knowledge,
        parts.store.update_log,
        api_url=parts.settings.telegram_api_url,
        poll_votes=parts.contests.polls,
        quizzes=quizzes,
        owners=parts.settings.admins,
        groups=parts.groups,
    )
    parts.contests.channels.add(ChannelName.TELEGRAM, quizzes, CAPABILITIES)
    parts.chat.directory.add(CAPABILITIES, Telegram.NAME, lambda: channel.address)

    async def serve() -> None:
        announcing = asyncio.create_task(_announce(channel.started, lambda: Cli.TELEGRAM_UP))
        try:
            await channel.run(stop)
        finally:
            announcing.cancel()

    return serve()


async def _when(stop: asyncio.Event, do: Callable[[], None]) -> None:
    await stop.wait()
    do()


async def _announce(started: asyncio.Event, sentence: Callable[[], str]) -> None:
    """Tell the operator, on standard output, that a channel is up: this is no log line."""
    await started.wait()
    sys.stdout.write(sentence() + "\n")
    sys.stdout.flush()
