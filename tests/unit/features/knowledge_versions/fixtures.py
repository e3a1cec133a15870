"""``VersionsHarness``: one process after the other that serves versions of the small document. What checks and
swaps versions is real; the folder, the store and the model of meanings are fakes."""

from __future__ import annotations

import asyncio
import json
import threading
import zlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np

from bot.conversation.messages import Document, Incoming, Reply
from bot.errors import StorageError
from bot.features.knowledge_versions.added_documents import AddedDocuments
from bot.features.knowledge_versions.candidate import GoesOn, look_over
from bot.features.knowledge_versions.folder_sync import FolderChanges
from bot.features.knowledge_versions.history import History
from bot.features.knowledge_versions.pending_previews import Previews
from bot.features.knowledge_versions.startup import OpenedKnowledge, open_knowledge
from bot.features.knowledge_versions.upload import KnowledgeUpload
from bot.features.knowledge_versions.version_manager import ChangeContext, DeclinedFolder, Versions
from bot.knowledge.files import Files
from bot.knowledge.load import ValidationResult, validate_files
from bot.knowledge.model import Knowledge
from bot.library import Library
from bot.records.knowledge_versions import BlobRecord, StoredContent, Version, VersionRecord
from bot.retrieval.index.postings import Values
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.storage.versions import VersionRepository
from bot.threads import run_in_thread
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.roles.fixtures import EDITOR, NOON, FakeRolesAndAudit
from tests.unit.library import POINTS, SOURCE, retriever_of

Result = TypeVar("Result")


class FakeVersions(VersionRepository):
    """A VersionRepository in memory. While ``unwritable`` it keeps nothing and says so."""

    def __init__(self) -> None:
        self.kept: list[VersionRecord] = []
        self.blobs: dict[str, bytes] = {}
        self.unwritable = False

    async def save(self, *rows: BlobRecord | VersionRecord) -> None:
        await asyncio.sleep(0)
        if self.unwritable:
            raise StorageError("写不进去")
        for row in rows:
            if isinstance(row, BlobRecord):
                self.blobs[row.digest] = zlib.compress(row.body)
            elif row.number in {kept.number for kept in self.kept}:
                raise StorageError("刚被另一个程序更新过")
            else:
                self.kept.append(row)

    async def versions(self, limit: int, before: int | None = None) -> Sequence[Version]:
        rows = [row for row in reversed(self.kept) if before is None or row.number < before]
        return [_version(row) for row in rows[:limit]]

    async def version(self, number: int) -> Version | None:
        return next((_version(row) for row in self.kept if row.number == number), None)

    async def content(self, number: int) -> StoredContent | None:
        row = next((row for row in self.kept if row.number == number), None)
        if row is None:
            return None
        names: dict[str, str] = _json(row.files)
        texts = {name: zlib.decompress(self.blobs[digest]).decode() for name, digest in names.items()}
        return StoredContent(texts, row.amendments)


class VersionsHarness:
    """A folder in memory, a store, and a process that can be started anew on them. ``told``: what owners were told."""

    def __init__(self, points: str = POINTS, **others: str) -> None:
        self.maker = ByWords()
        self.folder = Files({"points.yaml": points, "source.txt": SOURCE, **others})
        self.store = FakeVersions()
        self.role_store = FakeRolesAndAudit()
        self.told: list[Reply] = []
        self.in_use: set[str] = set()
        self.declined = FakeDeclined()
        self.settings = FakeQuizStore()
        self.owned = True
        self.made = 0
        """Indexes since the start of the process."""
        self.now = NOON
        self._ids = 0

    async def start(self) -> VersionsHarness:
        """A process begins."""
        self.opened: OpenedKnowledge = await open_knowledge(
            self.store, self.read, self.maker.make, clock=self.clock, in_thread=at_once
        )
        self.library = Library(self.opened.served.retriever)
        self.versions = Versions(
            self.library,
            self.store,
            self.opened.served,
            self.opened.number,
            self.opened.folder,
            make=self._make,
            understand=self.maker.understand,
            clock=self.clock,
            new_id=self._new_id,
            in_thread=at_once,
            in_background=run_in_thread,
        )
        previews = Previews(self.settings, self.clock)
        context = ChangeContext(self.versions, self.read, lambda: self.in_use, at_once, self.declined, previews)
        self.context = context
        self.reloading = KnowledgeUpload(context, self.clock, "Asia/Shanghai", self.added())
        self.changes = FolderChanges(context, self.tell, owned=self.owned)
        self.history = History(self.versions, self.role_store.names, "Asia/Shanghai", previews)
        return self

    def added(self) -> AddedDocuments | None:
        """What puts documents beside the main one; None if this one has no shelf."""
        return None

    def clock(self) -> datetime:
        """The time, which goes on by a second with each look."""
        self.now += timedelta(seconds=1)
        return self.now

    def read(self) -> ValidationResult:
        return look_over(validate_files(self.folder))

    def write(self, old: str, new: str, file: str = "points.yaml") -> None:
        """Change a file of the folder."""
        text = self.folder.texts[file]
        assert old in text
        self.folder = self.folder.with_file(file, text.replace(old, new))

    async def answers(self, question: str) -> str:
        """The title of the passage that answers now; nothing where none does."""
        point = self.library.current.ask(question).point
        return point.title if point is not None else ""

    async def send(self, name: str, text: str | bytes, caption: str = "", person: str = EDITOR) -> Reply:
        """An admin sends a file."""
        data = text if isinstance(text, bytes) else text.encode()

        async def read() -> bytes:
            return data

        incoming = Incoming(person, person, caption, document=Document(name, len(data), read))
        return await self.reloading.document(name, incoming)

    async def press(self, reply: Reply, label: str, person: str = EDITOR) -> Reply:
        """Press the button of a reply that has this label."""
        action = next(choice.action for choice in reply.choices if choice.label == label)
        name, _, rest = action.removeprefix("a:").partition("-")
        duty = {**self.reloading.feature().buttons, **self.history.feature().buttons}[name]
        return await duty.handle(rest, Incoming(person, person, action=action))

    def _make(self, knowledge: Knowledge, files: Files) -> Retriever:
        self.made += 1
        return self.maker.make(knowledge, files)

    def _new_id(self) -> str:
        self._ids += 1
        return f"c{self._ids}"

    async def tell(self, reply: Reply) -> None:
        """Owners are told something."""
        self.told.append(reply)


class FakeDeclined(DeclinedFolder):
    """Which folder was not wanted."""

    def __init__(self) -> None:
        self.kept = ""

    async def digest(self) -> str:
        return self.kept

    async def save(self, digest: str) -> None:
        self.kept = digest


async def at_once(work: Callable[[], Result]) -> Result:
    """An ``InThread`` that does the work where it is; others go on meanwhile, as with a thread."""
    await asyncio.sleep(0)
    result = work()
    await asyncio.sleep(0)
    return result


class ByWords:
    """Makes what answers questions by words alone: no meanings ever lack."""

    def make(self, knowledge: Knowledge, _: Files) -> Retriever:
        """A ``Make``."""
        return retriever_of(knowledge)

    def understand(self, retriever: Retriever, _: GoesOn) -> Retriever | None:
        """An ``Understand``."""
        return retriever


class SlowMeanings(ByWords):
    """An embedder whose meanings come one by one, once ``let`` says so.

    The meaning of a text is which words of ``senses`` it has: each is a sense of its own, whatever its letters. Those
    that were made once are there at once. ``made`` has all of them, in their order; ``waiting`` is set while the next
    one is waited for, and ``broken`` makes the model fail.
    """

    def __init__(self, senses: Sequence[Collection[str]] = ()) -> None:
        self._senses = senses
        self._let = threading.Event()
        self.waiting = threading.Event()
        self.made: list[str] = []
        self.broken = False

    def make(self, knowledge: Knowledge, _: Files) -> Retriever:
        retriever = Retriever(knowledge, shared_tokenizer(), provisional=True)
        return retriever if set(retriever.texts) - set(self.made) else self._whole(retriever)

    def understand(self, retriever: Retriever, goes_on: GoesOn) -> Retriever | None:
        missing = [text for text in dict.fromkeys(retriever.texts) if text not in self.made]
        for number, text in enumerate(missing, start=1):
            self.waiting.set()
            self._let.wait()
            self.waiting.clear()
            if self.broken:
                raise OSError("the model does not load")
            self.made.append(text)
            if not goes_on(number, len(missing)):
                return None
        return self._whole(retriever)

    def let(self) -> None:
        """Have meanings made, from now on."""
        self._let.set()

    def hold(self) -> None:
        """Have none made any more, from now on."""
        self._let.clear()

    def encode(self, texts: Sequence[str]) -> Values:
        rows = [[0.1, *(float(any(word in text for word in sense)) for sense in self._senses)] for text in texts]
        table = np.array(rows, dtype=np.float32)
        unit: Values = table / np.linalg.norm(table, axis=1, keepdims=True)
        return unit

    def _whole(self, retriever: Retriever) -> Retriever:
        return retriever.with_embeddings(self, self.encode(retriever.texts))


def incoming(text: str = "", person: str = EDITOR) -> Incoming:
    """What an admin types in private."""
    return Incoming(person, person, text)


def _version(row: VersionRecord) -> Version:
    origin = next(origin for origin in ("folder", "upload", "chat", "rollback") if origin == row.origin)
    return Version(row.number, row.at, row.author, origin, row.note, row.folder, row.diff)


def _json(text: str) -> dict[str, str]:
    return dict(json.loads(text))
