"""Versions of the knowledge as a feature: uploads, history and the folder on the disk, which is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.messages import Part, Reply, say
from bot.conversation.router import Feature
from bot.features.knowledge_versions.added_documents import AddedDocuments, ShelfFolders
from bot.features.knowledge_versions.candidate import Make, Understand
from bot.features.knowledge_versions.drafting import DraftTools, KnowledgeDrafting
from bot.features.knowledge_versions.file_watcher import watch
from bot.features.knowledge_versions.folder_sync import FolderChanges, Notify
from bot.features.knowledge_versions.history import History
from bot.features.knowledge_versions.pending_previews import Previews
from bot.features.knowledge_versions.startup import OpenedKnowledge, folder_reader_for_chats
from bot.features.knowledge_versions.upload import KnowledgeUpload
from bot.features.knowledge_versions.version_manager import ChangeContext, DeclinedFolder, Versions
from bot.library import Library
from bot.records.feedback import Clock, InThread

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.versions import VersionRepository


class KnowledgeVersions:
    """What is served, and every way to change it. ``versions`` is the port by which other features do.

    ``opened`` is what ``library`` serves first; ``make`` and ``understand`` make more of it. ``folder`` is on the disk.
    ``drafting`` is what /draft needs; None: there is no such command.
    ``notify`` reaches the owners, ``owned``: there are some. ``in_use`` gives the points that contests ask about.
    """

    def __init__(
        self,
        opened: OpenedKnowledge,
        library: Library,
        store: VersionRepository,
        settings: ContestRepository,
        folder: Path,
        *,
        make: Make,
        understand: Understand,
        notify: Notify,
        owned: bool,
        in_use: Callable[[], Iterable[str]],
        clock: Clock,
        new_id: Callable[[], str],
        in_thread: InThread,
        in_background: InThread,
        zone: str,
        drafting: DraftTools | None = None,
        shelf: ShelfFolders | None = None,
    ) -> None:
        self._opened = opened
        self._path = folder
        self._notify = notify
        self.versions = Versions(
            library,
            store,
            opened.served,
            opened.number,
            opened.folder,
            make=make,
            understand=understand,
            clock=clock,
            new_id=new_id,
            in_thread=in_thread,
            in_background=in_background,
        )
        previews = Previews(settings, clock)
        context = ChangeContext(
            self.versions, folder_reader_for_chats(folder), in_use, in_thread, DeclinedFolder(settings), previews
        )
        added = AddedDocuments(library, shelf, in_thread) if shelf is not None else None
        self._uploads = KnowledgeUpload(context, clock, zone, added)
        self._folder = FolderChanges(context, notify, owned=owned)
        self._drafting = KnowledgeDrafting(context, drafting) if drafting is not None else None
        self._history = History(self.versions, settings.names, zone, previews)

    def features(self) -> list[Feature]:
        """What editors can do, and the jobs beside it."""
        jobs = {
            "folder": lambda: watch(self._path, self._folder.changed),
            "meanings": lambda: self.versions.keep_understanding(self._notify),
        }
        drafting = [self._drafting.feature()] if self._drafting is not None else []
        return [replace(self._uploads.feature(), jobs=jobs), self._history.feature(), *drafting]

    async def close(self) -> None:
        """Stop what goes on in the background."""
        if self._drafting is not None:
            await self._drafting.close()

    async def begin(self) -> Reply | None:
        """Before anybody asks: take in a folder that changed while the bot was away. Gives what owners should know."""
        told = await self._folder.begin()
        salvaged = self._opened.told
        if not salvaged:
            return told
        return say(salvaged) if told is None else replace(told, parts=(Part("text", salvaged), *told.parts))

    async def look_again(self) -> None:
        """Look at the folder, as somebody on the server asks for."""
        await self._folder.changed(asked=True)
