"""How another knowledge comes to be served from a chat: /reload, and files sent by an admin.

Both go the same way: looked over, compared, shown with what would change, and applied on a yes; on a second yes where
golden questions would break. Files that an admin sends one after another may only fit together: a source and the points
that quote it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.conversation.messages import Choice, Code, Document, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handler, private
from bot.errors import DocumentError, KnowledgeError, ValidationIssue
from bot.features.knowledge_versions.added_documents import AddedDocuments
from bot.features.knowledge_versions.candidate import ANOTHER, EDITION, Candidate, Content, ProposedChange, Way
from bot.features.knowledge_versions.folder_sync import folder_proposal
from bot.features.knowledge_versions.pending_previews import Preview, name_of
from bot.features.knowledge_versions.presenter import (
    applied,
    are_you_sure,
    beside_or_instead,
    edition_of_another,
    put_beside,
    refused,
    unreadable,
    when,
    which_document,
)
from bot.features.knowledge_versions.version_manager import ChangeContext, VersionConflictError
from bot.knowledge.diff.passages import shared_sentences
from bot.knowledge.edit.carry_over import carry_over
from bot.knowledge.files import Files
from bot.knowledge.import_.document import MAX_BYTES as MAX_DOCUMENT
from bot.knowledge.import_.document import ReadDocument, is_document_name, read_document
from bot.knowledge.import_.upload import MAX_BYTES, SOURCE_FILE, extract_text, intended_file, target_file
from bot.knowledge.load import source_name
from bot.knowledge.parse.source_text import parse_structure
from bot.records.feedback import Clock
from bot.wording import Document as Faults
from bot.wording import Lint
from bot.wording import Versions as Wording

KEEP: Final = timedelta(minutes=30)
MOST = 20  # admins whose files wait
_log = logging.getLogger(__name__)


class PendingUploads:
    """What each admin sent lately and nobody has applied or dropped yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_person: dict[str, tuple[datetime, dict[str, str]]] = {}

    def add(self, person: str, file: str, text: str) -> Mapping[str, str]:
        """One more file of ``person``'s; gives all that belong together, the text of each by its name."""
        now = self._clock()
        self._by_person = {one: kept for one, kept in self._by_person.items() if now - kept[0] <= KEEP}
        _, files = self._by_person.pop(person, (now, {}))
        files = {**files, file: text}
        self._by_person[person] = (now, files)
        while len(self._by_person) > MOST:
            self._by_person.pop(next(iter(self._by_person)))
        return files

    def drop(self, person: str) -> bool:
        """What ``person`` sent has been dealt with; False where nothing waited."""
        return self._by_person.pop(person, None) is not None


class KnowledgeUpload:
    """Takes in what should be served next. ``zone``: by whose clocks moments are told.

    ``added``: puts documents beside the main one; without it, a document can only take its place.
    """

    def __init__(self, context: ChangeContext, clock: Clock, zone: str, added: AddedDocuments | None = None) -> None:
        self._context = context
        self._added = added
        self._versions = context.versions
        self._uploads = PendingUploads(clock)
        self._adding = asyncio.Lock()
        self._zone = ZoneInfo(zone)

    def feature(self) -> Feature:
        """The commands and buttons of it."""
        return Feature(
            commands={"reload": Handler(private(self.reload), "editor")},
            buttons={
                "ra": Handler(private(self.press_apply), "editor"),
                "rc": Handler(private(self.press_confirm), "editor"),
                "rx": Handler(private(self.press_discard), "editor"),
                "rn": Handler(private(self.press_another), "editor"),
                "re": Handler(private(self.press_edition), "editor"),
                "rs": Handler(private(self.press_beside), "editor"),
                "rt": Handler(private(self.press_take_away), "editor"),
            },
            document=Handler(private(self.document), "editor"),
        )

    # ── asked for in a chat ──

    async def reload(self, _: str, incoming: Incoming) -> Reply:
        """Look the folder over, and show what would change. Raises StorageError."""
        loaded = await self._context.read()
        return (
            refused(loaded.issues)
            if loaded.knowledge is None
            else await self._offer(folder_proposal(loaded, incoming.person), of_folder=True)
        )

    async def document(self, name: str, incoming: Incoming) -> Reply:
        """Look a file over that was sent, and show what would change. Raises DocumentError, StorageError."""
        document = incoming.document
        if document is None:
            return say(Wording.DOCUMENT_HELP)
        source = source_name(self._versions.served.content.base) or SOURCE_FILE
        if is_document_name(name) and not _is_file_of_the_folder(name, source):
            return await self._whole_document(name, document, incoming)
        try:
            file = target_file(name, source)
            if document.size > MAX_BYTES:  # is not worth fetching
                raise KnowledgeError([ValidationIssue(name, 1, Lint.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))])
            data = await document.read()
            text = await self._context.in_thread(lambda: extract_text(name, data, source))
        except KnowledgeError as error:
            return refused(error.issues)
        if file == source and await self._shared_with(text) <= ANOTHER:
            return await self._whole_document(name, document, incoming)
        return await self._sent(incoming, name, dict(self._uploads.add(incoming.person, file, text)), file)

    async def _whole_document(self, name: str, document: Document, incoming: Incoming) -> Reply:
        """Look a document over that has all it needs in it; which kind of change it is, is asked if that is not plain.

        Nothing is saved before somebody says yes. Raises DocumentError, StorageError.
        """
        try:
            if document.size > MAX_DOCUMENT:  # is not worth fetching
                raise DocumentError(Faults.FILE_LARGE.format(limit=MAX_DOCUMENT // 1_000_000))
            data = await document.read()
            read = await self._context.in_thread(lambda: read_document(name, data))
        except DocumentError as error:
            return unreadable(name, str(error))
        self._uploads.drop(incoming.person)
        shared = await self._shared_with(read.text)
        other, alike = await self._added.nearest(read.text) if self._added is not None else ("", 0.0)
        way: Way = "document" if shared <= ANOTHER else "edition"
        note = incoming.text.strip() or Wording.UPLOAD_NOTE.format(name=name)
        candidate = await self._versions.check(proposal_of(read.files, incoming.person, note, way, read.notes))
        await self._context.previews.save(candidate, read.files)
        if candidate.served is None or candidate.same:
            return self._context.preview(candidate)
        if self._added is not None and alike > max(shared, ANOTHER):
            return edition_of_another(candidate, other, self._added.title_of(other), alike)
        if ANOTHER < shared < EDITION:
            return which_document(
                candidate, self._versions.served.knowledge.title, shared, beside=self._added is not None
            )
        preview = self._context.preview(candidate)
        return preview if way == "edition" or self._added is None else beside_or_instead(preview, candidate)

    async def _shared_with(self, text: str) -> float:
        """Which share of its sentences a text has in common with what is served."""
        now = self._versions.served.knowledge
        return await self._context.in_thread(lambda: shared_sentences(now.structure, parse_structure(text)))

    async def press_beside(self, target: str, incoming: Incoming) -> Reply:
        """Put what was sent on the shelf; with the key of a document behind a dot, as its new edition.

        Raises DocumentError, StorageError.
        """
        async with self._adding:  # a second tap finds nothing left to put there
            return await self._put_beside(target, incoming)

    async def _put_beside(self, target: str, incoming: Incoming) -> Reply:
        id_, _, key = target.partition(".")
        kept = await self._context.previews.find(id_)
        if kept is None or not kept.files or self._added is None:
            return Reply(toast=Wording.GONE)
        candidate = self._versions.pending(id_) or await self._versions.check(
            proposal_of(kept.files, incoming.person, kept.note, "document")
        )
        if candidate.served is None:
            return refused(candidate.issues)
        added = await self._added.add(kept.files, candidate.served.knowledge.title, key)
        self._versions.drop(id_)
        await self._context.previews.drop(id_)
        self._uploads.drop(incoming.person)
        return put_beside(added)

    async def press_take_away(self, key: str, _: Incoming) -> Reply:
        """Take a document that was put on the shelf off it. Raises DocumentError."""
        title, is_replaced = await self._added.remove(key) if self._added is not None else ("", False)
        said = Wording.TAKEN_BACK if is_replaced else Wording.TAKEN_AWAY
        return say(said.format(title=title)) if title else Reply(toast=Wording.GONE)

    async def press_another(self, id_: str, incoming: Incoming) -> Reply:
        """What was sent is another document. Raises StorageError."""
        return await self._as(id_, "document", incoming)

    async def press_edition(self, id_: str, incoming: Incoming) -> Reply:
        """What was sent is a new edition of the document that is served. Raises StorageError."""
        return await self._as(id_, "edition", incoming)

    async def _as(self, id_: str, way: Way, incoming: Incoming) -> Reply:
        kept = await self._context.previews.find(id_)
        if kept is None or not kept.files:
            return Reply(toast=Wording.GONE)
        waiting = self._versions.drop(id_)
        notes = waiting.proposal.notes if waiting is not None else ()
        candidate = await self._versions.check(proposal_of(kept.files, incoming.person, kept.note, way, notes))
        await self._context.previews.save(candidate, kept.files)
        return self._context.preview(candidate)

    async def _sent(self, incoming: Incoming, name: str, texts: dict[str, str], file: str) -> Reply:
        """Look over all that somebody sent lately; where it does not fit together, what came last alone."""
        candidate, kept = await self._versions.check(_sending(incoming, texts)), texts
        lead = Wording.TOGETHER.format(names="、".join(texts)) if len(texts) > 1 else ""
        if candidate.served is None and len(texts) > 1:
            alone = await self._versions.check(_sending(incoming, {file: texts[file]}))
            if alone.served is not None:
                self._uploads.drop(incoming.person)
                self._uploads.add(incoming.person, file, texts[file])
                others = "、".join(other for other in texts if other != file)
                candidate, kept = alone, {file: texts[file]}
                lead = Wording.ALONE.format(name=name, others=others)
        if candidate.same:
            self._uploads.drop(incoming.person)
        if candidate.served is not None:
            await self._context.previews.save(candidate, kept)
            return self._context.preview(candidate, lead)
        reply = refused(candidate.issues)
        minutes = int(KEEP.total_seconds() // 60)
        waits = Part("text", Wording.KEPT_FILE.format(names="、".join(texts), minutes=minutes))
        return replace(
            reply, parts=(*reply.parts, waits), choices=(Choice(Wording.FORGET_FILES, Code.ADMIN.to("rx-")),)
        )

    async def press_apply(self, id_: str, _: Incoming) -> Reply:
        """Serve a candidate; where golden questions would break, ask again first. Raises StorageError."""
        candidate = await self._candidate(id_)
        if isinstance(candidate, Reply):
            return candidate
        return are_you_sure(candidate) if candidate.broken else await self._apply(candidate)

    async def press_confirm(self, id_: str, _: Incoming) -> Reply:
        """Serve a candidate, whatever breaks. Raises StorageError."""
        candidate = await self._candidate(id_)
        return candidate if isinstance(candidate, Reply) else await self._apply(candidate)

    async def press_discard(self, id_: str, incoming: Incoming) -> Reply:
        """Forget a candidate, without ``id_`` the files that this admin sent and that wait for others.

        A folder that was declined is not offered again. Raises StorageError.
        """
        if not id_:
            return say(Wording.DISCARDED) if self._uploads.drop(incoming.person) else Reply(toast=Wording.GONE)
        candidate = self._versions.drop(id_)
        kept = await self._context.previews.find(id_)
        proposal = candidate.proposal if candidate is not None else None
        if kept is not None:
            proposal = proposal or await self._proposal_again(kept)
            live = await self._live(proposal)
            if live is not None:
                return live
            await self._context.previews.drop(id_)
        if proposal is None:
            return Reply(toast=Wording.GONE)
        self._uploads.drop(proposal.author)
        if proposal.folder is not None:
            await self._context.declined.save(proposal.folder)
        return say(Wording.DISCARDED)

    async def _candidate(self, id_: str) -> Candidate | Reply:
        """What a button is about; after a restart it is looked over anew. A reply where it cannot just be served."""
        candidate = self._versions.pending(id_)
        kept = None if candidate is not None else await self._context.previews.find(id_)
        if candidate is not None or kept is None:
            return candidate or Reply(toast=Wording.GONE)
        proposal = await self._proposal_again(kept)
        live = await self._live(proposal)
        if proposal is None or live is not None:
            return live or Reply(toast=Wording.GONE)
        again = await self._versions.check(proposal)
        if (name_of(again.content), again.against) == (kept.content, kept.against) and again.served is not None:
            return again
        await self._context.previews.save(again, kept.files, kept.back_to)
        return self._context.preview(again, Wording.CHECKED_ANEW)

    async def _proposal_again(self, kept: Preview) -> ProposedChange | None:
        """The proposal of which a preview was kept; None where nobody can make it any more."""
        if kept.files:
            return proposal_of(kept.files, kept.author, kept.note, kept.way)
        if kept.back_to:
            return await self._versions.proposal_for(kept.back_to, kept.author)
        loaded = await self._context.read()
        return None if loaded.knowledge is None else folder_proposal(loaded, kept.author)

    async def _live(self, proposal: ProposedChange | None) -> Reply | None:
        """That what is wished for is served already, since when and as which version; None where it is not."""
        if proposal is None:
            return None
        now, number = self._versions.served.content, self._versions.number
        if await self._context.in_thread(lambda: proposal.change(now) != now):
            return None
        version = await self._versions.store.version(number)
        since = when(version, self._zone) if version is not None else ""
        return applied(number, Wording.LIVE.format(number=number, when=since))

    async def _offer(self, proposal: ProposedChange, lead: str = "", *, of_folder: bool = False) -> Reply:
        candidate = await self._versions.check(proposal)
        if of_folder:
            await self._context.previews.save(candidate)
        return self._context.preview(candidate, lead)

    async def _apply(self, candidate: Candidate) -> Reply:
        try:
            version = await self._versions.apply(candidate)
        except VersionConflictError as error:
            self._versions.drop(candidate.id)
            return await self._offer(candidate.proposal, str(error))
        self._uploads.drop(candidate.proposal.author)
        return applied(version.number)


def _sending(incoming: Incoming, texts: Mapping[str, str]) -> ProposedChange:
    """A proposal to serve files that somebody sent, the text of each by its name."""
    note = incoming.text.strip() or Wording.UPLOAD_NOTE.format(name="、".join(texts))
    return proposal_of(texts, incoming.person, note)


def proposal_of(
    texts: Mapping[str, str], author: str, note: str, way: Way = "files", notes: tuple[str, ...] = ()
) -> ProposedChange:
    """A proposal to serve ``texts``, each by the name of its file; ``notes``: what could not be read of them."""
    texts = dict(texts)  # what comes later belongs to another proposal

    def files(content: Content) -> Content:
        return replace(content, base=Files({**content.base.texts, **texts}))

    def document(_: Content) -> Content:
        return Content(Files(texts))

    def edition(content: Content) -> Content:
        source = source_name(content.base) or SOURCE_FILE
        read = ReadDocument(texts)
        carried = carry_over(content.base, content.amendments, Files(texts), source=source, text=read.text)
        return Content(carried.files, carried.amendments)

    changes = {"files": files, "document": document, "edition": edition}
    return ProposedChange(changes[way], "upload", author, note, way=way, notes=notes)


def _is_file_of_the_folder(name: str, source: str) -> bool:
    """Whether a file is one of the folder's: the source as the folder has it, or a YAML file under a wrong name."""
    if intended_file(name) not in {"", SOURCE_FILE}:
        return True
    try:
        return target_file(name, source) == source and not name.lower().endswith(".docx")
    except KnowledgeError:
        return False
