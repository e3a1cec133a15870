"""The versions of the knowledge: which one is served, how another comes to be, and how an earlier one comes back.

Everything that changes the knowledge goes through ``check`` and ``apply``: all or nothing, one at a time. What is slow
runs in a worker thread; the swap itself is one assignment. A version is kept before it is served, so that a kill in
between costs nothing and a restart serves what was served.

A version whose meanings lack is served by words at once. ``keep_understanding`` makes them beside everything else and
holds nothing up: what is served may change meanwhile, and the meanings made so far are of use to the next version too.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cachetools import FIFOCache

from bot.conversation.messages import Reply
from bot.errors import BotError, KnowledgeError, StorageError
from bot.features.knowledge_versions.candidate import (
    Candidate,
    Content,
    Make,
    ProposedChange,
    Served,
    Understand,
    amended,
    check,
    check_again,
)
from bot.features.knowledge_versions.pending_previews import Previews
from bot.features.knowledge_versions.presenter import golden_line, looked_over, worse
from bot.features.knowledge_versions.regression import Changed
from bot.knowledge.diff.text_diff import text_diff
from bot.knowledge.edit.amendment import AddPoint, Amendment
from bot.knowledge.load import ValidationResult
from bot.library import ChangeResult, Library
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock, InThread
from bot.records.knowledge_versions import Version, VersionRecord
from bot.retrieval.retriever import Retriever
from bot.wording import Versions as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.versions import VersionRepository


PENDING = 3  # candidates that wait for a yes: each is an index in memory
SYSTEM = "-"
"""Who is named as author where nobody asked: the folder changed."""
TOLD = 10  # lines of the log while meanings are made
SHOWN_ISSUES = 5  # that a line of the log has
TAKEN_OVER = 100  # questions that are judged anew before a version is served by meaning
_log = logging.getLogger(__name__)
_NUMBER = re.compile(r"\d+")


class VersionConflictError(BotError):
    """The knowledge has changed since a candidate was compared with it."""


class Versions:
    """What is served and what was. ``served`` is what the process begins with, as version ``number``.

    ``folder`` is the digest of the folder as it was taken in last. ``understand`` makes the meanings that lack, in a
    thread of ``in_background``, which yields to everything else.
    """

    def __init__(
        self,
        library: Library,
        store: VersionRepository,
        served: Served,
        number: int,
        folder: str,
        *,
        make: Make,
        understand: Understand,
        clock: Clock,
        new_id: Callable[[], str],
        in_thread: InThread,
        in_background: InThread,
    ) -> None:
        self.library = library
        self.store = store
        self.served = served
        self.number = number
        self.folder = folder
        self._make = make
        self._understand = understand
        self._clock = clock
        self._new_id = new_id
        self._in_thread = in_thread
        self._in_background = in_background
        self._turn = asyncio.Lock()
        self._swapped = asyncio.Event()
        self._swapped.set()
        self._before: Retriever | None = None  # what was served before the first version that was checked by words
        self._accepted: set[str] = set()  # golden questions that somebody let break since then
        self._pending: FIFOCache[str, Candidate] = FIFOCache(PENDING)

    # ── looking ──

    async def check(self, proposal: ProposedChange) -> Candidate:
        """``proposal`` compared with what is served; remembered for a while, so that it can be applied by its id."""
        async with self._turn:
            candidate = await self._check(proposal)
        self._let_wait(candidate)
        return candidate

    def _let_wait(self, candidate: Candidate) -> None:
        if candidate.served is not None and not candidate.same:
            self._pending[candidate.id] = candidate

    def pending(self, id_: str) -> Candidate | None:
        """The candidate of that id, where it still waits."""
        return self._pending.get(id_)

    def drop(self, id_: str) -> Candidate | None:
        """Forget a candidate; gives it, where it was there."""
        return self._pending.pop(id_, None)

    async def proposal_for(self, number: int, wanted_by: str) -> ProposedChange | None:
        """A proposal for an earlier version; None where there is none of that number. Raises StorageError."""
        content = await self._content(number)
        note = Wording.ROLLBACK_NOTE.format(number=number)
        return None if content is None else ProposedChange(lambda _: content, "rollback", wanted_by, note)

    async def text_diff(self, number: int, limit: int) -> str:
        """What version ``number`` changed in the files, line by line, in ``limit`` characters. Raises StorageError."""
        before, after = await self._content(number - 1), await self._content(number)
        if before is None or after is None:
            return ""
        return await self._in_thread(lambda: text_diff(amended(before)[0], amended(after)[0], limit))

    async def _content(self, number: int) -> Content | None:
        try:
            stored = await self.store.content(number)
            return None if stored is None else Content.of(stored)
        except (ValueError, KeyError):
            raise StorageError(Wording.DAMAGED.format(number=number)) from None

    # ── changing ──

    async def apply(self, candidate: Candidate) -> Version:
        """Serve ``candidate``. Raises VersionConflictError if it was compared with an older one, StorageError."""
        async with self._turn:
            if candidate.against != self.number:
                raise VersionConflictError(Wording.NEWER)
            return await self._apply(candidate)

    async def take(
        self, proposal: ProposedChange, agrees: Callable[[Candidate], bool]
    ) -> tuple[Candidate, Version | None]:
        """``proposal`` compared with what is served, and served at once where ``agrees`` says so. Raises StorageError.

        Nothing else comes between. Where it is not served it may be applied later, by its id.
        """
        async with self._turn:
            candidate = await self._check(proposal)
            if candidate.served is not None and not candidate.same and agrees(candidate):
                return candidate, await self._apply(candidate)
        self._let_wait(candidate)
        return candidate, None

    async def tried(self, amendments: Sequence[Amendment]) -> Retriever | ChangeResult:
        """What would answer with ``amendments`` added, without serving it; or why they cannot be added."""
        candidate = await self._check(ProposedChange(_grown_by(amendments), "chat", SYSTEM, ""))
        refused = self._refused(candidate, amendments)
        return ChangeResult(0, refused) if refused or candidate.served is None else candidate.served.retriever

    async def amend(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        """Add ``amendments`` to what is served: live when it returns. Raises StorageError."""
        async with self._turn:
            candidate = await self._check(ProposedChange(_grown_by(amendments), "chat", author, note))
            refused = self._refused(candidate, amendments)
            return ChangeResult(0, refused) if refused else await self._edit(candidate, confirmed=confirmed)

    async def retract(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        """Take ``amendments`` back; what has become part of the files stays, and is told. Raises StorageError."""
        gone = set(map(_name, amendments))

        def shrunk(content: Content) -> Content:
            return replace(content, amendments=tuple(one for one in content.amendments if _name(one) not in gone))

        async with self._turn:
            if not gone <= set(map(_name, self.served.content.amendments)):
                return ChangeResult(0, (Wording.IN_THE_FILES,))
            candidate = await self._check(ProposedChange(shrunk, "chat", author, note))
            if candidate.served is None:
                return ChangeResult(0, tuple(map(str, candidate.fatal)))
            points = {one.id for one in amendments if isinstance(one, AddPoint)}
            return await self._edit(candidate, confirmed=confirmed, going=points)

    async def _edit(self, candidate: Candidate, *, confirmed: bool, going: Collection[str] = ()) -> ChangeResult:
        """Serve ``candidate``; that nobody is answered with the points that are ``going`` is what was asked for."""
        if candidate.same:
            return ChangeResult(self.number)
        broken = [change for change in candidate.broken if not change.points or not set(change.points) <= set(going)]
        if broken and not confirmed:
            return ChangeResult(0, tuple(map(golden_line, broken)), confirm=True)
        return ChangeResult((await self._apply(candidate)).number)

    async def keep_understanding(self, notify: Callable[[Reply], Awaitable[None]]) -> None:
        """Make the meanings of what is served wherever they lack; runs until it is cancelled.

        ``notify`` is told where golden questions prove broken then that were fine by words.
        """
        while True:
            await self._swapped.wait()
            self._swapped.clear()
            if self.served.retriever.provisional or self._before is not None:
                await self._understand_now(notify)

    async def _understand_now(self, notify: Callable[[Reply], Awaitable[None]]) -> None:
        served, number, begun = self.served, self.number, self._clock()
        if served.retriever.provisional:
            _log.info("the meanings of version %d are being made, until then it is served by words", number)

        def goes_on(done: int, count: int) -> bool:
            if done * TOLD // count > (done - 1) * TOLD // count:
                _log.info("meanings of version %d: %d of %d", number, done, count)
            return self.served is served

        def work() -> tuple[Retriever | None, tuple[Changed, ...]]:
            made: Retriever | None = served.retriever
            if served.retriever.provisional:
                made = self._understand(served.retriever, goes_on)
            if made is None:
                return None, ()
            if made is not served.retriever:
                made.warm_up_from(served.retriever, TAKEN_OVER)
            before = self._before
            return made, check_again(before, replace(served, retriever=made)) if before is not None else ()

        broken: tuple[Changed, ...] = ()
        try:
            made, broken = await self._in_background(work)
        except Exception as error:  # the model does not load, or there is no memory for it
            _log.warning("version %d goes on by words alone, its meanings cannot be made: %r", number, error)
            made = served.retriever.by_words()
        async with self._turn:
            if made is None or self.served is not served:
                _log.info("the meanings of version %d are not waited for, version %d is served", number, self.number)
                return
            self.served = replace(served, retriever=made)
            self.library.main = made
            accepted, self._accepted, self._before = self._accepted, set(), None
        seconds = (self._clock() - begun).total_seconds()
        _log.info("knowledge version %d is served by meaning too, after %.1f s", number, seconds)
        unexpected = [change for change in broken if change.ask not in accepted]
        if unexpected:
            await notify(worse(number, unexpected))

    async def _check(self, proposal: ProposedChange) -> Candidate:
        now, number, id_ = self.served, self.number, self._new_id()
        begun = self._clock()
        candidate = await self._in_thread(lambda: check(id_, proposal, now, number, self._make))
        _log.info(
            "%s", _looked_over(candidate, (self._clock() - begun).total_seconds()), extra={"origin": proposal.origin}
        )
        if candidate.same and proposal.folder is not None:
            self.folder = proposal.folder  # what lies there is served: it counts as taken in
        return candidate

    async def _apply(self, candidate: Candidate) -> Version:
        served = candidate.served
        if served is None:
            raise KnowledgeError(candidate.fatal)
        proposal, number = candidate.proposal, self.number + 1
        folder = self.folder if proposal.folder is None else proposal.folder
        files, amendments, blobs = await self._in_thread(candidate.content.rows)
        diff = candidate.diff.to_json()
        row = VersionRecord(
            number, self._clock(), proposal.author, proposal.origin, proposal.note, files, amendments, folder, diff
        )
        await self.store.save(*blobs, row)
        self._serve(candidate, served, number, folder)
        how = "words" if candidate.by_words else "meaning too" if served.retriever.has_embeddings else "words alone"
        _log.info("knowledge version %d is served, by %s", number, how, extra={"origin": proposal.origin})
        return Version(number, row.at, row.author, proposal.origin, row.note, row.folder, row.diff)

    def _serve(self, candidate: Candidate, served: Served, number: int, folder: str) -> None:
        """The swap."""
        if self._before is None and (candidate.by_words or self.served.retriever.provisional):
            self._before = self.served.retriever
        if self._before is not None:
            self._accepted.update(change.ask for change in candidate.broken)
        self.served, self.number, self.folder = served, number, folder
        self.library.main = served.retriever
        self._pending.pop(candidate.id, None)
        self._swapped.set()

    def _refused(self, candidate: Candidate, amendments: Sequence[Amendment]) -> tuple[str, ...]:
        """Why additions cannot be made: they find no place, or they are at fault."""
        if candidate.served is None:
            return tuple(map(str, candidate.fatal))
        if any(one in candidate.served.rest for one in amendments):
            return (Wording.NO_PLACE,)
        known = {_NUMBER.sub("", issue.message) for issue in self.served.issues}  # an addition moves lines
        return tuple(str(issue) for issue in candidate.issues if _NUMBER.sub("", issue.message) not in known)


class DeclinedFolder:
    """Which state of the folder an admin did not want, as a setting of the bot's. Both methods raise StorageError."""

    def __init__(self, settings: ContestRepository) -> None:
        self._settings = settings

    async def digest(self) -> str:
        """Its digest; nothing if there is none."""
        return await self._settings.setting("bot", "declined folder")

    async def save(self, digest: str) -> None:
        """From now on that one."""
        await self._settings.save(SettingRecord("bot", "declined folder", digest))


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """What both ways to another knowledge need: files that are sent, and the folder on the disk.

    ``read_folder`` reads the folder, slowly. ``in_use`` gives the points that contests which run ask about.
    ``declined`` keeps which folder an admin did not want.
    """

    versions: Versions
    read_folder: Callable[[], ValidationResult]
    in_use: Callable[[], Iterable[str]]
    in_thread: InThread
    declined: DeclinedFolder
    previews: Previews

    async def read(self) -> ValidationResult:
        """The folder as it is now."""
        return await self.in_thread(self.read_folder)

    def preview(self, candidate: Candidate, lead: str = "") -> Reply:
        """What ``candidate`` would change, to be applied or dropped; ``lead`` is said first."""
        return looked_over(candidate, self.in_use(), lead)


def _looked_over(candidate: Candidate, seconds: float) -> str:
    """What is decided so far about a change, for the log."""
    if candidate.served is None:
        first = "; ".join(map(str, candidate.fatal[:SHOWN_ISSUES]))
        what = f"is refused, {len(candidate.fatal)} issues: {first}"
    elif candidate.same:
        what = "is what is served already"
    else:
        by = "by words, its meanings lack" if candidate.by_words else "as it would be served"
        what = f"can be served, {len(candidate.broken)} of {candidate.asked} golden questions break ({by})"
    return f"what is to follow version {candidate.against} {what}; looked over in {seconds:.1f} s"


def _grown_by(amendments: Sequence[Amendment]) -> Callable[[Content], Content]:
    def grown(content: Content) -> Content:
        return replace(content, amendments=(*content.amendments, *amendments))

    return grown


def _name(amendment: Amendment) -> Amendment | str:
    """What an addition is known by: a point by its id, as its questions may have been written otherwise."""
    return amendment.id if isinstance(amendment, AddPoint) else amendment


async def first_version(store: VersionRepository, served: Served, folder: str, clock: Clock) -> None:
    """Keep what a process begins with, where nothing was ever kept. Raises StorageError."""
    files, amendments, blobs = served.content.rows()
    row = VersionRecord(1, clock(), SYSTEM, "folder", Wording.FIRST_NOTE, files, amendments, folder, "")
    await store.save(*blobs, row)
