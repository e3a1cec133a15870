"""Admins' work, wired together: versions of the knowledge, what owners are told, who may do what."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.access.members import invalid_owner_places
from bot.access.rate_limit import RateLimits
from bot.access.roles import RolePolicy
from bot.chats.group_registry import GroupRegistry
from bot.config import Settings
from bot.conversation.messages import Part, Reply
from bot.conversation.rate_limiter import Limiter
from bot.conversation.replies import say
from bot.conversation.router import Feature
from bot.features.announcements.commands import make_notices
from bot.features.announcements.composer import Saying, reporting
from bot.features.announcements.outbox import Outbox
from bot.features.announcements.quiet_hours_command import Quieting
from bot.features.contests.feature import Quizzing
from bot.features.contests.report_review import make_reports
from bot.features.knowledge_versions.file_watcher import on_hangup, watch
from bot.features.knowledge_versions.folder_sync import FolderChanges
from bot.features.knowledge_versions.history import History
from bot.features.knowledge_versions.pending_previews import Previews
from bot.features.knowledge_versions.upload import Reloading
from bot.features.knowledge_versions.version_manager import Versions
from bot.features.roles.audit_entries import Deeds
from bot.features.roles.feature import make_roles
from bot.features.statistics.commands import Stats, make_stats
from bot.features.unanswered.commands import make_misses
from bot.knowledge.model import Knowledge
from bot.records.contests import KeptSetting
from bot.startup import Knowing, reader_for_chats
from bot.threads import run_in_background, run_in_thread
from bot.wording import Doctor

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

LOAD_AGAIN = 30.0  # seconds between attempts to read the dialogues begun before the start
_log = logging.getLogger(__name__)


def make_deeds(store: SqlStore, knowing: Knowing) -> Deeds:
    """What tells the audit log in words of what is served now."""

    def knowledge() -> Knowledge:
        return knowing.library.current.knowledge

    bank = knowing.bank.on(knowledge)

    def question(name: str) -> str:
        return next((found.question for found in bank() if found.id == name), "")

    def point(name: str) -> str:
        return next((found.title for found in knowledge().points if found.id == name), "")

    return Deeds(store.quizzes, groups=store.groups.groups, question=question, point=point)


class _DeclinedFolder:
    """Implements ``bot.features.knowledge_versions.upload.Declined`` by a setting of the bot's."""

    def __init__(self, store: SqlStore) -> None:
        self._quizzes = store.quizzes

    async def digest(self) -> str:
        """Its digest; nothing where there is none."""
        return await self._quizzes.setting("bot", "declined folder")

    async def keep(self, digest: str) -> None:
        """From now on that one."""
        await self._quizzes.keep(KeptSetting("bot", "declined folder", digest))


class Administration:
    """All of admins' work. ``features`` belong into the conversation; ``running`` goes on beside the channels."""

    def __init__(
        self,
        settings: Settings,
        store: SqlStore,
        quizzing: Quizzing,
        knowing: Knowing,
        *,
        rights: RolePolicy,
        stats: Stats,
        deeds: Deeds,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._owners = tuple(settings.admins)
        if bad := invalid_owner_places(self._owners):  # by their places: a token may have slipped in
            places = "、".join(map(str, bad))
            _log.warning("%s: %s", Doctor.ADMINS, Doctor.ADMINS_BAD.format(places=places))
        self._channels = quizzing.channels
        self._knowing = knowing
        self._telling: set[asyncio.Task[None]] = set()
        self.versions = Versions(
            knowing.library,
            store.versions,
            knowing.opened.served,
            knowing.opened.number,
            knowing.opened.folder,
            make=knowing.make,
            understand=knowing.understand,
            clock=clock,
            new_id=_short_id,
            in_thread=run_in_thread,
            in_background=run_in_background,
        )

        def in_use() -> Iterable[str]:
            running = [one.contest for one in quizzing.contests.all() if not one.contest.finished]
            return {question.point for contest in running for question in contest.setup.questions}

        declined = _DeclinedFolder(store)
        previews = Previews(store.quizzes, clock)
        reloading = Reloading(
            self.versions,
            reader_for_chats(settings),
            in_use=in_use,
            in_thread=run_in_thread,
            clock=clock,
            declined=declined,
            previews=previews,
            zone=settings.time_zone,
        )
        self._folder = FolderChanges(
            self.versions,
            reader_for_chats(settings),
            notify=self.tell_owners,
            in_use=in_use,
            in_thread=run_in_thread,
            declined=declined,
            owned=bool(self._owners),
            previews=previews,
        )
        self.groups = GroupRegistry(store.groups, clock)
        self._outbox = Outbox(
            store.quizzes,
            quizzing.channels,
            quizzing.quiet,
            self.groups,
            clock=clock,
            report=reporting(settings.time_zone),
        )
        self.limiter = Limiter(RateLimits(settings.rate_member, settings.rate_chat), rights, time.monotonic)
        saying = Saying(self._outbox, self.groups, quizzing.quiet, store.quizzes, clock=clock, new_id=_short_id)
        self.features: list[Feature] = [
            reloading.feature(),
            History(self.versions, store.quizzes.names, settings.time_zone, previews).feature(),
            make_misses(
                lambda: knowing.library.current,
                store,
                self.versions,
                clock,
                _short_id,
                settings=store.quizzes,
                in_thread=run_in_thread,
                in_background=run_in_background,
            ),
            make_stats(stats),
            make_reports(store.reports, quizzing.questions),
            make_roles(store, rights, store.quizzes, clock=clock, zone=settings.time_zone, deeds=deeds),
            make_notices(saying, Quieting(quizzing.quiet, rights, quizzing.channels, store, clock)),
        ]

    async def begin(self) -> Reply | None:
        """Before anybody asks: take in a folder that changed while the bot was away. Gives what owners should know."""
        told = await self._folder.begin()
        salvaged = self._knowing.opened.told
        if not salvaged:
            return told
        return say(salvaged) if told is None else replace(told, parts=(Part("text", salvaged), *told.parts))

    @contextlib.asynccontextmanager
    async def running(
        self, told: Reply | None, stop: Callable[[], None], load: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[None]:
        """Within, the folder is watched, SIGHUP heard, and owners are told what ``begin`` gave; ``stop`` ends all."""
        tasks: list[asyncio.Task[Any]] = [
            asyncio.create_task(watch(self._settings.knowledge_dir, self._folder.changed)),
            asyncio.create_task(self._outbox.run(), name="notices"),
            asyncio.create_task(self.versions.keep_understanding(self.tell_owners), name="meanings"),
            asyncio.create_task(_load(load), name="dialogues"),
        ]
        if told is not None:
            await self.tell_owners(told)
        for task in tasks:
            task.add_done_callback(_log_failure)
        try:
            with on_hangup(lambda: self._folder.changed(asked=True), stop):
                yield
        finally:
            tasks += self._telling
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def tell_owners(self, reply: Reply) -> None:
        """Say ``reply`` to every owner in private as soon as the channel is connected, without waiting for that."""
        _log.info("told to owners: %s", reply.text)
        for owner in self._owners:
            task = asyncio.create_task(self._tell(owner, reply), name="telling")
            self._telling.add(task)  # the event loop itself keeps no task alive
            task.add_done_callback(self._telling.discard)
            task.add_done_callback(_log_failure)

    async def _tell(self, owner: str, reply: Reply) -> None:
        channel = self._channels.of(owner)  # looked up when the loop goes on: channels are made after this begins
        if channel is not None:
            await channel.post(owner, reply)


async def _load(load: Callable[[], Awaitable[bool]]) -> None:
    """Read again what could not be read at the start, until it can be."""
    while True:
        if await load():
            return
        await asyncio.sleep(LOAD_AGAIN)


def _log_failure(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.error("%s came to an end", task.get_name(), exc_info=task.exception())


def _short_id() -> str:
    """An id that fits a button, never the same twice."""
    return secrets.token_hex(4)
