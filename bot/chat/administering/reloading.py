"""How another knowledge comes to be served from a chat: /reload, and files sent by an admin.

Both go the same way: looked over, compared, shown with what would change, and applied on a yes; on a second yes where
golden questions would break.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.chat.administering.desk import Duty, Feature, private
from bot.chat.administering.folder import Declined, folder_wish
from bot.chat.administering.gate import Candidate, Wish
from bot.chat.administering.parcels import KEEP, Parcels
from bot.chat.administering.version import Content
from bot.chat.administering.version_replies import applied, are_you_sure, looked_over, refused
from bot.chat.administering.versions import InThread, NewerError, Versions
from bot.chat.messages import Choice, Incoming, Part, Reply
from bot.chat.ports import Clock
from bot.chat.replies import say
from bot.errors import Fault, KnowledgeError
from bot.knowledge.files import Files
from bot.knowledge.load import Loaded, source_name
from bot.knowledge.upload import MAX_BYTES, SOURCE_FILE, file_for, text_of
from bot.wording import Lint
from bot.wording import Versions as Wording

_log = logging.getLogger(__name__)


class Reloading:
    """Takes in what should be served next. ``read_folder`` reads the folder on the disk, slowly.

    ``in_use`` gives the points that contests which run ask about. ``declined`` keeps which folder an admin did not
    want.
    """

    def __init__(
        self,
        versions: Versions,
        read_folder: Callable[[], Loaded],
        *,
        in_use: Callable[[], Iterable[str]],
        in_thread: InThread,
        clock: Clock,
        declined: Declined,
    ) -> None:
        self._versions = versions
        self._declined = declined
        self._parcels = Parcels(clock)
        self._read_folder = read_folder
        self._in_use = in_use
        self._in_thread = in_thread

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
            refused(loaded.faults)
            if loaded.knowledge is None
            else await self._offer(folder_wish(loaded, incoming.person))
        )

    async def document(self, name: str, incoming: Incoming) -> Reply:
        """Look a file over that was sent, and show what would change. Raises DocumentError, StorageError."""
        document = incoming.document
        if document is None:
            return say(Wording.DOCUMENT_HELP)
        try:
            source = source_name(self._versions.served.content.base) or SOURCE_FILE
            file = file_for(name, source)
            if document.size > MAX_BYTES:  # is not worth fetching
                raise KnowledgeError([Fault(name, 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
            data = await document.read()
            text = await self._in_thread(lambda: text_of(name, data, source))
        except KnowledgeError as error:
            return refused(error.faults)
        return await self._sent(incoming, name, dict(self._parcels.add(incoming.person, file, text)), file)

    async def _sent(self, incoming: Incoming, name: str, parcel: dict[str, str], file: str) -> Reply:
        """Look over all that somebody sent lately; where it does not fit together, what came last alone."""
        candidate = await self._versions.check(_sending(incoming, parcel))
        lead = Wording.TOGETHER.format(names="、".join(parcel)) if len(parcel) > 1 else ""
        if candidate.served is None and len(parcel) > 1:
            alone = await self._versions.check(_sending(incoming, {file: parcel[file]}))
            if alone.served is not None:
                self._parcels.drop(incoming.person)
                self._parcels.add(incoming.person, file, parcel[file])
                others = "、".join(other for other in parcel if other != file)
                candidate, lead = alone, Wording.ALONE.format(name=name, others=others)
        if candidate.same:
            self._parcels.drop(incoming.person)
        if candidate.served is not None:
            return looked_over(candidate, self._in_use(), lead)
        reply = refused(candidate.faults)
        minutes = int(KEEP.total_seconds() // 60)
        kept = Part("text", Wording.KEPT_FILE.format(names="、".join(parcel), minutes=minutes))
        return replace(reply, parts=(*reply.parts, kept), choices=(Choice(Wording.FORGET_FILES, "a:rx-"),))

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
        """Forget a candidate, without ``id_`` the files that this admin sent and that wait for others.

        A folder that was declined is not offered again. Raises StorageError.
        """
        if not id_:
            return say(Wording.DISCARDED) if self._parcels.drop(incoming.person) else Reply(toast=Wording.GONE)
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


def _sending(incoming: Incoming, parcel: Mapping[str, str]) -> Wish:
    """A wish for files that somebody sent, the text of each by its name."""
    note = incoming.text.strip() or Wording.UPLOAD_NOTE.format(name="、".join(parcel))

    def sent(content: Content) -> Content:
        return replace(content, base=Files({**content.base.texts, **parcel}))

    return Wish(sent, "upload", incoming.person, note)
