"""How another knowledge comes to be served: /reload, files sent by an admin, and files that changed on the disk.

All go the same way: looked over, compared, shown with what would change, and applied on a yes; on a second yes where
golden questions would break. Who changes the folder on the server has said yes with that, as far as nothing breaks and
nothing that was sent in a chat would be lost.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from bot.chat.administering.desk import Duty, Feature
from bot.chat.administering.gate import Candidate, Wish
from bot.chat.administering.parcels import KEEP, Parcels
from bot.chat.administering.version import Content
from bot.chat.administering.version_replies import applied, are_you_sure, changes_of, looked_over, refused
from bot.chat.administering.versions import SYSTEM, InThread, NewerError, Versions
from bot.chat.messages import Choice, Incoming, Part, Reply
from bot.chat.ports import Clock
from bot.chat.replies import say
from bot.errors import Fault, KnowledgeError, StorageError
from bot.knowledge.files import Files
from bot.knowledge.load import Loaded, source_name
from bot.knowledge.upload import MAX_BYTES, SOURCE_FILE, file_for, text_of
from bot.wording import Lint
from bot.wording import Versions as Wording

_log = logging.getLogger(__name__)

Notify = Callable[[Reply], Awaitable[None]]
"""Tells the owners something, in private."""


class Reloading:
    """Takes in what should be served next. ``read_folder`` reads the folder on the disk, slowly.

    ``in_use`` gives the points that contests which run ask about.
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
    ) -> None:
        self._versions = versions
        self._parcels = Parcels(clock)
        self._read_folder = read_folder
        self._notify = notify
        self._in_use = in_use
        self._in_thread = in_thread
        self._shown = ""  # the digest of the folder that admins were shown last

    def feature(self) -> Feature:
        """What the desk hands over."""
        return Feature(
            commands={"reload": Duty(self.reload, "editor")},
            buttons={
                "ra": Duty(self.press_apply, "editor"),
                "rc": Duty(self.press_confirm, "editor"),
                "rx": Duty(self.press_discard, "editor"),
            },
            document=Duty(self.document, "editor"),
        )

    # ── asked for in a chat ──

    async def reload(self, _: str, incoming: Incoming) -> Reply:
        """Look the folder over, and show what would change. Raises StorageError."""
        loaded = await self._in_thread(self._read_folder)
        if loaded.knowledge is None:
            return replace(refused(loaded.faults), private=True)
        if self._is_served(loaded):
            return say(Wording.SAME)
        wish = self._of_folder(loaded, incoming.person)
        return await self._offer(wish)

    async def document(self, name: str, incoming: Incoming) -> Reply:
        """Look a file over that was sent, and show what would change. Raises DocumentError, StorageError."""
        document = incoming.document
        if document is None:
            return say(Wording.DOCUMENT_HELP)
        content = self._versions.served.content
        try:
            source = source_name(content.base) or SOURCE_FILE
            file = file_for(name, source)
            if document.size > MAX_BYTES:  # is not worth fetching
                raise KnowledgeError([Fault(name, 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
            data = await document.read()
            text = await self._in_thread(lambda: text_of(name, data, source))
        except KnowledgeError as error:
            return refused(error.faults)
        parcel = self._parcels.add(incoming.person, file, text)
        sent = replace(content, base=Files({**content.base.texts, **parcel}))
        if sent == content:
            self._parcels.drop(incoming.person)
            return say(Wording.SAME)
        names = "、".join(parcel)
        note = incoming.text.strip() or Wording.UPLOAD_NOTE.format(name=names)
        candidate = await self._versions.check(self._versions.wish(sent, incoming.person, note))
        if candidate.served is not None:
            together = Wording.TOGETHER.format(names=names) if len(parcel) > 1 else ""
            return looked_over(candidate, self._in_use(), together)
        reply = refused(candidate.faults)
        minutes = int(KEEP.total_seconds() // 60)
        kept = Part("text", Wording.KEPT_FILE.format(names=names, minutes=minutes))
        return replace(reply, parts=(*reply.parts, kept), choices=(Choice(Wording.DISCARD, "a:rx-"),))

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

    async def press_discard(self, id_: str, incoming: Incoming) -> Reply:
        """Forget a candidate; without ``id_`` the files that this admin sent and that wait for others."""
        if not id_:
            return say(Wording.DISCARDED) if self._parcels.drop(incoming.person) else Reply(toast=Wording.GONE)
        candidate = self._versions.drop(id_)
        if candidate is None:
            return Reply(toast=Wording.GONE)
        self._parcels.drop(candidate.author)
        return say(Wording.DISCARDED)

    async def _offer(self, wish: Wish, lead: str = "") -> Reply:
        return looked_over(await self._versions.check(wish), self._in_use(), lead)

    async def _apply(self, candidate: Candidate) -> Reply:
        try:
            version = await self._versions.apply(candidate)
        except NewerError as error:
            self._versions.drop(candidate.id)
            anew = Wish(candidate.content, candidate.origin, candidate.author, candidate.note, candidate.folder)
            return await self._offer(anew, str(error))
        self._parcels.drop(candidate.author)
        return applied(version.number)

    # ── changed on the disk ──

    async def begin(self) -> Reply | None:
        """At start, before anybody asks: take in a folder that is not as it was. Gives what owners should know."""
        loaded = await self._in_thread(self._read_folder)
        if loaded.knowledge is None:
            lead = Wording.START_BROKEN.format(number=self._versions.number)
            return refused(loaded.faults, lead)
        if loaded.files.digest == self._versions.folder or self._is_served(loaded):
            return None
        return await self._take_in(loaded, Wording.START_TAKEN, certain=True)

    async def folder_changed(self, *, asked: bool = False) -> None:
        """Files in the folder changed, or somebody on the server ``asked`` for a look at them: take them in.

        Asked twice for the same files, what would break is accepted. Never raises.
        """
        try:
            loaded = await self._in_thread(self._read_folder)
            digest = loaded.files.digest if loaded.knowledge is not None else "\n".join(map(str, loaded.faults))
            again, self._shown = digest == self._shown, digest
            if loaded.knowledge is not None and (digest == self._versions.folder or self._is_served(loaded)):
                return
            if again and not asked:
                return
            told = await self._take_in(loaded, Wording.FOLDER_TAKEN, certain=asked and again)
            await self._notify(told)
        except StorageError as error:
            _log.warning("the folder was not taken in: %s", error)
        except Exception:
            _log.exception("the folder was not taken in")

    async def _take_in(self, loaded: Loaded, taken: str, *, certain: bool) -> Reply:
        """``certain``: what golden questions say keeps nothing out; a document of its own replaces any upload."""
        if loaded.knowledge is None:
            _log.warning("the folder is not taken in: %s", "; ".join(map(str, loaded.faults[:5])))
            return refused(loaded.faults, Wording.FOLDER_BROKEN)
        versions = self._versions
        other = loaded.knowledge.title != versions.served.knowledge.title
        uploaded = versions.served.content.base.digest != versions.folder
        candidate = await versions.check(self._of_folder(loaded, SYSTEM))
        if candidate.served is None:
            return refused(candidate.faults, Wording.FOLDER_BROKEN)
        if (uploaded and not other) or (candidate.broken and not certain):
            lead = Wording.FOLDER_AND_UPLOADS if uploaded else Wording.FOLDER_ASKS
            _log.warning("the folder waits for an admin's yes: %s", lead)
            return looked_over(candidate, self._in_use(), lead)
        version = await versions.apply(candidate)
        return applied(version.number, taken, changes_of(candidate))

    def _is_served(self, loaded: Loaded) -> bool:
        """Whether what lies in the folder is what is served; then the folder counts as taken in."""
        same = self._of_folder(loaded, SYSTEM).content == self._versions.served.content
        if same:
            self._versions.folder = loaded.files.digest
        return same

    def _of_folder(self, loaded: Loaded, author: str) -> Wish:
        served = self._versions.served
        same = loaded.knowledge is not None and loaded.knowledge.title == served.knowledge.title
        content = Content(loaded.files, served.content.amendments if same else ())
        return Wish(content, "folder", author, Wording.FOLDER_NOTE, loaded.files.digest)
