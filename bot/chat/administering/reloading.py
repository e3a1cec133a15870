"""How another knowledge comes to be served: /reload, files sent by an admin, and files that changed on the disk.

All go the same way: looked over, compared, shown with what would change, and applied on a yes; on a second yes where
golden questions would break. Who changes the folder on the server has said yes with that, as far as nothing breaks and
nothing that was sent in a chat would be lost.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Protocol

from bot.chat.administering.desk import Duty, Feature, private
from bot.chat.administering.gate import Candidate, Wish
from bot.chat.administering.parcels import KEEP, Parcels
from bot.chat.administering.version import Content
from bot.chat.administering.version_replies import applied, are_you_sure, changes_of, looked_over, refused
from bot.chat.administering.versions import SYSTEM, InThread, NewerError, Versions
from bot.chat.messages import Document, Incoming, Part, Reply
from bot.chat.ports import Clock
from bot.chat.replies import say
from bot.errors import Fault, KnowledgeError, StorageError
from bot.knowledge.files import Files
from bot.knowledge.load import Loaded, inspect_files, source_name
from bot.knowledge.upload import MAX_BYTES, SOURCE_FILE, file_for, text_of
from bot.wording import Lint
from bot.wording import Versions as Wording

_log = logging.getLogger(__name__)

Notify = Callable[[Reply], Awaitable[None]]
"""Tells the owners something, in private."""


class Declined(Protocol):
    """Which state of the folder an admin did not want. Both raise StorageError."""

    async def digest(self) -> str:
        """Its digest; nothing where there is none."""

    async def keep(self, digest: str) -> None:
        """From now on that one."""


class Reloading:
    """Takes in what should be served next. ``read_folder`` reads the folder on the disk, slowly.

    ``in_use`` gives the points that contests which run ask about. ``declined`` keeps which folder an admin did not
    want; ``owned``: there is an owner who can be asked.
    """

    def __init__(
        self,
        versions: Versions,
        read_folder: Callable[[], Loaded],
        *,
        notify: Notify,
        in_use: Callable[[], Iterable[str]],
        in_thread: InThread,
        clock: Clock,
        declined: Declined,
        owned: bool = True,
    ) -> None:
        self._versions = versions
        self._declined = declined
        self._owned = owned
        self._parcels = Parcels(clock)
        self._read_folder = read_folder
        self._notify = notify
        self._in_use = in_use
        self._in_thread = in_thread
        self._shown = ""  # the digest of the folder that admins were shown last

    def feature(self) -> Feature:
        """What the desk hands over."""
        return Feature(
            commands={"reload": Duty(private(self.reload), "editor")},
            buttons={
                "ra": Duty(private(self.press_apply), "editor"),
                "rc": Duty(private(self.press_confirm), "editor"),
                "rx": Duty(private(self.press_discard), "editor"),
            },
            document=Duty(private(self.document), "editor"),
        )

    # ── asked for in a chat ──

    async def reload(self, _: str, incoming: Incoming) -> Reply:
        """Look the folder over, and show what would change. Raises StorageError."""
        loaded = await self._in_thread(self._read_folder)
        return (
            refused(loaded.faults) if loaded.knowledge is None else await self._offer(_taking(loaded, incoming.person))
        )

    async def document(self, name: str, incoming: Incoming) -> Reply:
        """Look a file over that was sent, and show what would change. Raises DocumentError, StorageError."""
        document = incoming.document
        if document is None:
            return say(Wording.DOCUMENT_HELP)
        try:
            file = _file_for(document, self._versions.served.content.base)
            data = await document.read()
            text = await self._in_thread(lambda: text_of(name, data))
        except KnowledgeError as error:
            return refused(error.faults)
        parcel = dict(self._parcels.add(incoming.person, file, text))
        names = "、".join(parcel)
        note = incoming.text.strip() or Wording.UPLOAD_NOTE.format(name=names)

        def with_parcel(content: Content) -> Content:
            return replace(content, base=Files({**content.base.texts, **parcel}))

        wish = Wish(with_parcel, "upload", incoming.person, note)
        candidate = await self._versions.check(wish)
        reply = looked_over(candidate, self._in_use(), Wording.TOGETHER.format(names=names) if len(parcel) > 1 else "")
        if candidate.served is not None:
            return reply
        minutes = int(KEEP.total_seconds() // 60)
        return replace(reply, parts=(*reply.parts, Part("text", Wording.KEPT_FILE.format(name=file, minutes=minutes))))

    async def press_apply(self, id_: str, _: Incoming) -> Reply:
        """Serve a candidate; where golden questions would break, ask again first. Raises StorageError."""
        candidate = self._versions.pending(id_)
        if candidate is None:
            return Reply(toast=Wording.GONE)
        return are_you_sure(candidate) if candidate.broken else await self._apply(candidate)

    async def press_confirm(self, id_: str, _: Incoming) -> Reply:
        """Serve a candidate, whatever breaks. Raises StorageError."""
        candidate = self._versions.pending(id_)
        return Reply(toast=Wording.GONE) if candidate is None else await self._apply(candidate)

    async def press_discard(self, id_: str, _: Incoming) -> Reply:
        """Forget a candidate; a folder that was declined is not offered again. Raises StorageError."""
        candidate = self._versions.drop(id_)
        if candidate is None:
            return Reply(toast=Wording.GONE)
        self._parcels.drop(candidate.wish.author)
        if candidate.wish.folder is not None:
            await self._declined.keep(candidate.wish.folder)
        return say(Wording.DISCARDED)

    async def _offer(self, wish: Wish, lead: str = "") -> Reply:
        return looked_over(await self._versions.check(wish), self._in_use(), lead)

    async def _apply(self, candidate: Candidate) -> Reply:
        try:
            version = await self._versions.apply(candidate)
        except NewerError as error:
            self._versions.drop(candidate.id)
            return await self._offer(candidate.wish, str(error))
        self._parcels.drop(candidate.wish.author)
        return applied(version.number)

    # ── changed on the disk ──

    async def begin(self) -> Reply | None:
        """At start, before anybody asks: take in a folder that is not as it was. Gives what owners should know.

        Raises StorageError.
        """
        loaded = await self._in_thread(self._read_folder)
        if loaded.knowledge is None:
            return refused(loaded.faults, Wording.START_BROKEN.format(number=self._versions.number))
        digest = loaded.files.digest
        if digest == self._versions.folder or digest == await self._declined.digest():
            return None
        self._shown = digest
        return await self._take_in(loaded, Wording.START_TAKEN, certain=False)

    async def folder_changed(self, *, asked: bool = False) -> None:
        """Files in the folder changed, or somebody on the server ``asked`` for a look at them: take them in.

        Asked twice for the same files, what would break is accepted. Never raises.
        """
        try:
            loaded = await self._in_thread(self._read_folder)
            digest = loaded.files.digest if loaded.knowledge is not None else "\n".join(map(str, loaded.faults))
            again = digest == self._shown
            if digest == self._versions.folder or (again and not asked):
                return
            told = await self._take_in(loaded, Wording.FOLDER_TAKEN, certain=asked and again)
            self._shown = digest
            await self._notify(told)
        except StorageError as error:
            _log.warning("the folder was not taken in: %s", error)
            await self._notify(say(Wording.FOLDER_NOT_KEPT.format(reason=error)))
        except Exception:
            _log.exception("the folder was not taken in")

    async def _take_in(self, loaded: Loaded, taken: str, *, certain: bool) -> Reply:
        """``certain``: what golden questions say keeps nothing out. Where nobody could be asked it never does.

        A document of its own replaces whatever was sent for another.
        """
        if loaded.knowledge is None:
            _log.warning("the folder is not taken in: %s", "; ".join(map(str, loaded.faults[:5])))
            return refused(loaded.faults, Wording.FOLDER_BROKEN)
        served = self._versions.served
        other = loaded.knowledge.title != served.knowledge.title
        uploaded = served.content.base.digest != self._versions.folder and not other
        certain = certain or not self._owned

        def agrees(candidate: Candidate) -> bool:
            return not (uploaded and self._owned) and (certain or not candidate.broken)

        candidate, version = await self._versions.take(_taking(loaded, SYSTEM), agrees)
        if version is not None:
            return applied(version.number, taken, changes_of(candidate))
        lead = Wording.FOLDER_AND_UPLOADS if uploaded else Wording.FOLDER_ASKS
        if candidate.served is not None:
            _log.warning("the folder waits for an admin's yes: %s", lead)
        return looked_over(candidate, self._in_use(), lead if candidate.served is not None else Wording.FOLDER_BROKEN)


def _taking(loaded: Loaded, author: str) -> Wish:
    """A wish for a folder, with what was added in chats to the same document."""
    title = loaded.knowledge.title if loaded.knowledge is not None else ""

    def taken(content: Content) -> Content:
        return Content(loaded.files, content.amendments if _title(content) == title else ())

    return Wish(taken, "folder", author, Wording.FOLDER_NOTE, loaded.files.digest)


def _title(content: Content) -> str:
    knowledge = inspect_files(content.base).knowledge
    return knowledge.title if knowledge is not None else ""


def _file_for(document: Document, files: Files) -> str:
    """Which of ``files`` a document replaces. Raises KnowledgeError where it is none of them, or too large to fetch."""
    file = file_for(document.name)
    if document.size > MAX_BYTES:
        raise KnowledgeError([Fault(document.name, 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
    return source_name(files) or file if file == SOURCE_FILE else file
