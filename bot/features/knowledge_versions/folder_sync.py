"""The folder on the disk: taken in when it changed, by itself where nothing breaks and nothing is lost.

Who changes the folder on the server has said yes with that, as far as no golden question breaks and nothing that was
sent in a chat would go; else an owner is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.conversation.messages import Reply, say
from bot.errors import StorageError
from bot.features.knowledge_versions.candidate import Candidate, Content, ProposedChange
from bot.features.knowledge_versions.presenter import applied, changes_of, refused
from bot.features.knowledge_versions.version_manager import SHOWN_ISSUES, SYSTEM, ChangeContext
from bot.knowledge.edit.carry_over import standing_amendments
from bot.knowledge.load import ValidationResult, validate_files
from bot.wording import Versions as Wording

_log = logging.getLogger(__name__)

Notify = Callable[[Reply], Awaitable[None]]
"""Tells the owners something, in private."""


class FolderChanges:
    """Takes in what changed on the disk. ``notify`` reaches the owners; ``owned``: there is one who can be asked."""

    def __init__(self, context: ChangeContext, notify: Notify, *, owned: bool) -> None:
        self._context = context
        self._versions = context.versions
        self._notify = notify
        self._owned = owned
        self._shown = ""  # the digest of the folder that admins were shown last
        self._asked = ""  # that of the folder that somebody on the server asked to take in last
        self._turn = asyncio.Lock()  # a file that changes and a signal often come together, for the same folder

    async def begin(self) -> Reply | None:
        """At start, before anybody asks: take in a folder that is not as it was. Gives what owners should know.

        Raises StorageError.
        """
        loaded = await self._context.read()
        digest = _digest_of(loaded)
        told = await self._begin_with(loaded, digest)
        self._shown = digest  # the look at the folder that follows once it is watched need not tell the same again
        return told

    async def _begin_with(self, loaded: ValidationResult, digest: str) -> Reply | None:
        if loaded.knowledge is None:
            _log_refused(loaded)
            return refused(loaded.issues, Wording.START_BROKEN.format(number=self._versions.number))
        if digest == self._versions.folder:
            _log.info("the folder is unchanged, version %d is served", self._versions.number)
            return None
        if digest == await self._context.declined.digest():
            _log.info("the folder is not taken in: an admin declined it, version %d is served", self._versions.number)
            return None
        return await self._take_in(loaded, Wording.START_TAKEN, certain=False)

    async def changed(self, *, asked: bool = False) -> None:
        """Files in the folder changed, or somebody on the server ``asked`` for a look at them: take them in.

        Asked twice for the same files, what would break is accepted. Never raises.
        """
        shown, asked_before = self._shown, self._asked  # a yes is to what was seen before it was said
        async with self._turn:
            try:
                loaded = await self._context.read()
                digest = _digest_of(loaded)
                new = digest != self._versions.folder
                if not new:
                    _log.info("the folder is unchanged, version %d is served", self._versions.number)
                elif digest != self._shown or (asked and digest == shown):  # or it was shown meanwhile
                    certain = asked and digest == asked_before and digest != await self._context.declined.digest()
                    await self._look(loaded, digest, certain=certain)
                else:
                    _log.info("the folder is as it was when admins were last told of it, and still not taken in")
                if digest == self._versions.folder:  # what was seen before says nothing of what comes next
                    self._shown = self._asked = ""
                elif asked:
                    self._asked = digest
            except StorageError as error:
                _log.warning("the folder was not taken in: %s", error)
                await self._notify(say(Wording.FOLDER_NOT_KEPT.format(reason=error)))
            except Exception:
                _log.exception("the folder was not taken in")

    async def _look(self, loaded: ValidationResult, digest: str, *, certain: bool) -> None:
        told = await self._take_in(loaded, Wording.FOLDER_TAKEN, certain=certain)
        self._shown = digest
        if told is not None:
            await self._notify(told)

    async def _take_in(self, loaded: ValidationResult, taken: str, *, certain: bool) -> Reply | None:
        """What owners should know of a folder; None where it has what is served already, and counts as taken in.

        ``certain``: what golden questions say keeps nothing out. Where nobody could be asked it never does. A document
        of its own replaces whatever was sent for another.
        """
        if loaded.knowledge is None:
            _log_refused(loaded)
            return refused(loaded.issues, Wording.FOLDER_BROKEN)
        served = self._versions.served
        other = loaded.knowledge.title != served.knowledge.title
        uploaded = served.content.base.digest != self._versions.folder and not other
        certain = certain or not self._owned

        def agrees(candidate: Candidate) -> bool:
            return not (uploaded and self._owned) and (certain or not candidate.broken)

        candidate, version = await self._versions.take(folder_proposal(loaded, SYSTEM), agrees)
        if version is not None:
            _log.info("the folder is taken in as version %d", version.number)
            return applied(version.number, taken, changes_of(candidate))
        if candidate.same:
            _log.info("the folder has what version %d has", self._versions.number)
            return None
        lead = Wording.FOLDER_AND_UPLOADS if uploaded else Wording.FOLDER_ASKS
        if candidate.served is not None:
            why = "what was sent in a chat would go" if uploaded else f"{len(candidate.broken)} golden questions break"
            _log.warning("the folder waits for an admin's yes, version %d is served: %s", self._versions.number, why)
            await self._context.previews.save(candidate)
        return self._context.preview(candidate, lead if candidate.served is not None else Wording.FOLDER_BROKEN)


def _digest_of(loaded: ValidationResult) -> str:
    """What tells a state of the folder from others: of its files, or of what is wrong with them."""
    return loaded.files.digest if loaded.knowledge is not None else "\n".join(map(str, loaded.issues))


def _log_refused(loaded: ValidationResult) -> None:
    _log.warning("the folder is not taken in: %s", "; ".join(map(str, loaded.issues[:SHOWN_ISSUES])))


def folder_proposal(loaded: ValidationResult, author: str) -> ProposedChange:
    """A proposal to serve a folder, with what was added in chats to the same document and stands in it still."""
    title = loaded.knowledge.title if loaded.knowledge is not None else ""
    source = loaded.knowledge.source if loaded.knowledge is not None else ""

    def taken(content: Content) -> Content:
        same = content.amendments and _title(content) == title  # the title is looked up only where it matters
        return Content(loaded.files, standing_amendments(content.amendments, source) if same else ())

    return ProposedChange(taken, "folder", author, Wording.FOLDER_NOTE, loaded.files.digest, notes=loaded.notes)


def _title(content: Content) -> str:
    knowledge = validate_files(content.base).knowledge
    return knowledge.title if knowledge is not None else ""
