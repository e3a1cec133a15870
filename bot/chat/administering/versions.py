"""The versions of the knowledge: which one is served, how another comes to be, and how an earlier one comes back.

Everything that changes the knowledge goes through ``check`` and ``apply``: all or nothing, one at a time. What is slow
runs in a worker thread; the swap itself is one assignment. A version is kept before it is served, so that a kill in
between costs nothing and a restart serves what was served.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.chat.admin_ports import KeptVersion
from bot.chat.administering.editing import Edited
from bot.chat.administering.gate import Candidate, Make, Served, Wish, amended, check, serve
from bot.chat.administering.version import Content, Version, VersionStore
from bot.chat.administering.version_replies import golden_line
from bot.chat.library import Library
from bot.chat.ports import Clock
from bot.errors import BotError, KnowledgeError
from bot.knowledge.amendment import AddPoint, Amendment
from bot.knowledge.textdiff import text_diff
from bot.wording import Versions as Wording

PENDING = 3  # candidates that wait for a yes: each is an index in memory
SYSTEM = "-"
"""Who is named as author where nobody asked: the folder changed."""
_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class InThread(Protocol):
    """Runs slow work without holding up the event loop."""

    async def __call__(self, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; raises what it raises."""


class NewerError(BotError):
    """The knowledge has changed since a candidate was compared with it."""


class Versions:
    """What is served and what was. ``served`` is what the process begins with, as version ``number``.

    ``folder`` is the digest of the folder as it was taken in last.
    """

    def __init__(
        self,
        library: Library,
        store: VersionStore,
        served: Served,
        number: int,
        folder: str,
        *,
        make: Make,
        clock: Clock,
        new_id: Callable[[], str],
        in_thread: InThread,
    ) -> None:
        self.library = library
        self.store = store
        self.served = served
        self.number = number
        self.folder = folder
        self._make = make
        self._clock = clock
        self._new_id = new_id
        self._in_thread = in_thread
        self._turn = asyncio.Lock()
        self._pending: OrderedDict[str, Candidate] = OrderedDict()

    # ── looking ──

    async def check(self, wish: Wish) -> Candidate:
        """``wish`` compared with what is served; remembered for a while, so that it can be applied by its id."""
        async with self._turn:
            candidate = await self._check(wish)
        if candidate.served is not None:
            self._pending[candidate.id] = candidate
            while len(self._pending) > PENDING:
                self._pending.popitem(last=False)
        return candidate

    def pending(self, id_: str) -> Candidate | None:
        """The candidate of that id, where it still waits."""
        return self._pending.get(id_)

    def drop(self, id_: str) -> Candidate | None:
        """Forget a candidate; gives it, where it was there."""
        return self._pending.pop(id_, None)

    def wish(self, content: Content, wanted_by: str, note: str) -> Wish:
        """A wish for ``content`` that an admin sent."""
        return Wish(content, "upload", wanted_by, note, self.folder)

    async def wish_for(self, number: int, wanted_by: str) -> Wish | None:
        """A wish for an earlier version; None where there is none of that number. Raises StorageError."""
        stored = await self.store.content(number)
        if stored is None:
            return None
        return Wish(stored.content(), "rollback", wanted_by, Wording.ROLLBACK_NOTE.format(number=number), self.folder)

    async def text_diff(self, number: int, limit: int) -> str:
        """What version ``number`` changed in the files, line by line, in ``limit`` characters. Raises StorageError."""
        old, new = await self.store.content(number - 1), await self.store.content(number)
        if old is None or new is None:
            return ""
        before, after = old.content(), new.content()
        return await self._in_thread(lambda: text_diff(amended(before)[0], amended(after)[0], limit))

    # ── changing ──

    async def apply(self, candidate: Candidate) -> Version:
        """Serve ``candidate``. Raises NewerError where it was compared with an older version, StorageError."""
        async with self._turn:
            if candidate.against != self.number:
                raise NewerError(Wording.NEWER)
            return await self._apply(candidate)

    async def amend(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> Edited:
        """Add ``amendments`` to what is served: live when it returns. Raises StorageError."""
        async with self._turn:
            content = self.served.content
            grown = replace(content, amendments=(*content.amendments, *amendments))
            candidate = await self._check(Wish(grown, "chat", author, note, self.folder))
            refused = self._refused(candidate, amendments)
            if refused:
                return Edited(0, refused)
            if candidate.broken and not confirmed:
                return Edited(0, tuple(map(golden_line, candidate.broken)), confirm=True)
            return Edited((await self._apply(candidate)).number)

    async def retract(self, amendments: Sequence[Amendment], *, author: str, note: str) -> Edited:
        """Take ``amendments`` back; what has become part of the files stays, and is told. Raises StorageError."""
        async with self._turn:
            content = self.served.content
            gone = set(map(_name, amendments))
            left = tuple(one for one in content.amendments if _name(one) not in gone)
            if not gone <= set(map(_name, content.amendments)):
                return Edited(0, (Wording.IN_THE_FILES,))
            candidate = await self._check(Wish(replace(content, amendments=left), "chat", author, note, self.folder))
            if candidate.served is None:
                return Edited(0, tuple(map(str, candidate.fatal)))
            return Edited((await self._apply(candidate)).number)

    async def understand(self) -> None:
        """Make what is served anew, by meaning too, where the process began with words alone."""
        async with self._turn:
            served = await self._in_thread(lambda: serve(self.served.content, self._make))
            self.served = served
            self.library.current = served.retriever
        _log.info("questions are compared by meaning")

    async def _check(self, wish: Wish) -> Candidate:
        now, number, id_ = self.served, self.number, self._new_id()
        return await self._in_thread(lambda: check(id_, wish, now, number, self._make))

    async def _apply(self, candidate: Candidate) -> Version:
        served = candidate.served
        if served is None:
            raise KnowledgeError(candidate.fatal)
        files, amendments, blobs = candidate.content.rows()
        number = self.number + 1
        row = KeptVersion(
            number,
            self._clock(),
            candidate.author,
            candidate.origin,
            candidate.note,
            files,
            amendments,
            candidate.folder,
            candidate.diff.to_json(),
        )
        await self.store.keep(*blobs, row)
        self.served, self.number, self.folder = served, number, candidate.folder
        self.library.current = served.retriever
        self._pending.pop(candidate.id, None)
        _log.info("knowledge version %d is served", number, extra={"origin": candidate.origin})
        return Version(number, row.at, row.author, candidate.origin, row.note, row.folder, row.diff)

    def _refused(self, candidate: Candidate, amendments: Sequence[Amendment]) -> tuple[str, ...]:
        """Why additions cannot be made: they find no place, or they are at fault."""
        if candidate.served is None:
            return tuple(map(str, candidate.fatal))
        if any(one in candidate.served.rest for one in amendments):
            return (Wording.NO_PLACE,)
        known = {fault.message for fault in self.served.faults}
        return tuple(str(fault) for fault in candidate.faults if fault.message not in known)


def _name(amendment: Amendment) -> Amendment | str:
    """What an addition is known by: a point by its id, as its questions may have been written otherwise."""
    return amendment.id if isinstance(amendment, AddPoint) else amendment


async def first_version(store: VersionStore, served: Served, folder: str, clock: Clock) -> None:
    """Keep what a process begins with, where nothing was ever kept. Raises StorageError."""
    files, amendments, blobs = served.content.rows()
    row = KeptVersion(1, clock(), SYSTEM, "folder", Wording.FIRST_NOTE, files, amendments, folder, "")
    await store.keep(*blobs, row)
