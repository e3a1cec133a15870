"""The one place where parts are wired together. Channels and storage are imported only where they are used: a
question on the command line should not wait for a web server to load."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.access.audit_quota import AuditLog
from bot.access.member_names import AdminNameRecorder
from bot.access.roles import RolePolicy
from bot.access.secret import rotate_secret
from bot.administration import Administration, make_deeds
from bot.config import Settings
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.capabilities import Directory
from bot.conversation.commands import CommandName
from bot.conversation.dialogue import Dialogues
from bot.conversation.rate_limiter import Limiter
from bot.conversation.router import Feature, Router
from bot.features.answers.feature import Answers
from bot.features.answers.judgement_queue import Judging
from bot.features.answers.null_store import Nowhere
from bot.features.answers.question_counter import Counting
from bot.features.answers.question_service import Answering
from bot.features.contests.feature import Quizzing
from bot.features.knowledge_versions.export import files_of
from bot.features.study.feature import Study
from bot.heap import settle
from bot.insights import open_insights
from bot.knowledge.files import Files
from bot.knowledge.model import Knowledge
from bot.library import Library
from bot.records.contests import QuizStore
from bot.records.feedback import Clock, Store
from bot.retrieval_factory import make_retriever
from bot.serving import ChannelName, Parts, serve_all
from bot.startup import Knowing, open_knowing
from bot.threads import run_in_thread
from bot.wording import Cli

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

_log = logging.getLogger(__name__)
TIDY_EVERY = timedelta(hours=6)


def now() -> datetime:
    """The present time, with its zone."""
    return datetime.now(UTC)


def make_router(
    library: Library,
    store: Store,
    clock: Clock,
    run_id: str,
    *,
    rights: RolePolicy,
    audit: AuditLog,
    features: Sequence[Feature] = (),
    guard: AnswerGuard | None = None,
    admin_names: AdminNameRecorder | None = None,
    limiter: Limiter | None = None,
    counting: Counting | None = None,
    judging: Judging | None = None,
) -> Router:
    """The conversation about what ``library`` serves, with ``features`` beside the answers.

    ``run_id`` differs between processes. Without ``judging``, a question is judged at once.
    """
    guard = guard or AnswerGuard()
    directory, dialogues = Directory(), Dialogues()

    async def help_for(person: str, unable: Collection[CommandName]) -> str:
        return await router.help_for(person, unable)

    answering = Answering(store, run_id, counting=counting, judging=judging, guard=guard, directory=directory)
    answers = Answers(
        library, answering, clock, guard=guard, dialogues=dialogues, directory=directory, help_for=help_for
    )
    router = Router(
        [*features, answers.feature()],
        rights,
        audit,
        clock,
        admin_names=admin_names,
        limiter=limiter,
        guard=guard,
        dialogues=dialogues,
        directory=directory,
    )
    return router


def make_quiz_features(
    quizzing: Quizzing, store: QuizStore, knowledge: Callable[[], Knowledge], clock: Clock, zone: str
) -> list[Feature]:
    """Contests and study, which share the pause of quizzes, what is due, and the questions."""
    study = Study(
        store,
        quizzing.questions,
        knowledge,
        quizzing.channels,
        guard=quizzing.guard,
        clock=clock,
        zone=zone,
        guarded=quizzing.guarded,
        claiming=quizzing.claiming,
    )
    quizzing.due.update(study.due)
    quizzing.also_forget.insert(0, study.forget)
    return [quizzing.feature(), study.feature()]


def make_quizzing(
    settings: Settings,
    store: QuizStore,
    knowing: Knowing,
    *,
    rights: RolePolicy,
    audit: AuditLog,
    forget: Callable[[str], Awaitable[None]],
) -> Quizzing:
    """Quizzes on the knowledge that is served; ``forget`` erases what is kept of a member elsewhere."""
    return Quizzing(
        store,
        knowing.bank.on(lambda: knowing.library.current.knowledge),
        lambda: knowing.library.current.knowledge,
        also_forget=forget,
        audit=audit,
        clock=now,
        new_id=lambda: secrets.token_hex(4),
        is_host=lambda person: rights.may(person, "host"),
        zone=settings.time_zone,
        lead_in=settings.quiz_lead_in,
    )


def chat_without_store(settings: Settings) -> tuple[Router, Library]:
    """The conversation for questions asked once, such as on the command line, and what it answers from.

    Raises KnowledgeError.
    """
    store, library = Nowhere(), Library(make_retriever(settings))
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
        await rotate_secret(store.quizzes, lambda: secrets.token_hex(32))
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
        knowing = await open_knowing(settings, store, now)
        rights = RolePolicy(settings.admins, store.roles)
        deeds = make_deeds(store, knowing)
        insights = await open_insights(settings, store, knowing.library, rights, deeds=deeds, clock=now)
        quizzing = make_quizzing(
            settings, store.quizzes, knowing, rights=rights, audit=store, forget=insights.counting.forget
        )
        stats = insights.stats(paged=ChannelName.WEB in channels)
        admin = Administration(settings, store, quizzing, knowing, rights=rights, stats=stats, deeds=deeds, clock=now)
        quizzes = make_quiz_features(
            quizzing, store.quizzes, lambda: knowing.library.current.knowledge, now, settings.time_zone
        )
        chat = make_router(
            knowing.library,
            store,
            now,
            secrets.token_hex(3),
            rights=rights,
            audit=store,
            features=[*admin.features, *quizzes],
            guard=quizzing.guard,
            admin_names=AdminNameRecorder(store.quizzes),
            limiter=admin.limiter,
            counting=insights.counting,
            judging=Judging(run_in_thread),
        )
        await chat.load()
        told = await admin.begin()
        settle()
        try:
            async with admin.running(told, stop.set, chat.load):
                await serve_all(
                    channels, Parts(settings, chat, knowing.library, quizzing, store, admin, insights), stop, begun
                )
        except* Exception as errors:
            raise errors.exceptions[0] from None
        finally:
            await chat.drain()


@contextlib.asynccontextmanager
async def _store(settings: Settings, *, alone: bool = False) -> AsyncIterator[SqlStore]:
    """The store; ``alone``: raises StorageError where another bot runs on the same SQLite database."""
    from bot.storage.lock import only_process  # noqa: PLC0415 - see the module's docstring
    from bot.storage.retention import keep_tidy  # noqa: PLC0415 - see the module's docstring
    from bot.storage.store import SqlStore  # noqa: PLC0415

    with only_process(settings.database) if alone else contextlib.nullcontext():
        store = await SqlStore.open(settings.database)
        tidy = asyncio.create_task(keep_tidy(store, now, every=TIDY_EVERY), name="retention")
        try:
            yield store
        finally:
            tidy.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tidy
            await store.close()
