"""Documents that editors put beside the main one from a chat: each in a folder where the bot keeps its data.

Such a folder takes the place of one of the same name in the operator's folder, which stays as it is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import DocumentError
from bot.files import make_private, write_whole
from bot.knowledge.diff.passages import PassageChanges, compare_passages, shared_sentences
from bot.knowledge.edit.carry_over import carry_over
from bot.knowledge.files import Files
from bot.knowledge.import_.document import ReadDocument
from bot.knowledge.import_.upload import SOURCE_FILE
from bot.knowledge.load import source_name, validate_folder
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.source_text import parse_structure
from bot.library import MAIN, Library
from bot.records.feedback import InThread
from bot.retrieval.retriever import Retriever
from bot.text import squash
from bot.wording import Shelf as Wording

MAX_NAME: Final = 40  # characters of a folder's name
_UNSAFE: Final = re.compile(r"[^\w\u4e00-\u9fff-]+")


@dataclass(frozen=True, slots=True)
class ShelfFolders:
    """How folders become documents beside the main one, as the program is put together.

    ``main`` is the key that the main document has once it is not alone. ``take`` reads a folder and serves it under a
    key from then on, None if it cannot be served; ``leave`` serves that key no more, or what the operator's folder has.
    """

    folder: Path
    main: str
    key_of: Callable[[Path], str]
    path_of: Callable[[str], Path | None]
    take: Callable[[str, Path], Retriever | None]
    leave: Callable[[str], Retriever | None]
    most: int


@dataclass(frozen=True, slots=True)
class Added:
    """A document that was put on the shelf: its key and title; ``changes``, if it was there before."""

    key: str
    title: str
    changes: PassageChanges | None = None


class AddedDocuments:
    """Adds documents to ``library``, and takes them away again."""

    def __init__(self, library: Library, folders: ShelfFolders, in_thread: InThread) -> None:
        self._library = library
        self._folders = folders
        self._in_thread = in_thread

    async def nearest(self, text: str) -> tuple[str, float]:
        """The key of the document beside the main one that shares most sentences with ``text``, and their share."""
        beside = {key: one for key, one in self._library.documents.items() if key != self._library.key}

        def find() -> tuple[str, float]:
            structure = parse_structure(text)
            shares = {key: shared_sentences(one.knowledge.structure, structure) for key, one in beside.items()}
            return max(shares.items(), key=lambda one: one[1], default=("", 0.0))

        return await self._in_thread(find)

    def title_of(self, key: str) -> str:
        """The title of the document of that key; nothing if it is gone."""
        found = self._library.documents.get(key)
        return found.knowledge.title if found is not None else ""

    def is_added(self, key: str) -> bool:
        """Whether the document of that key was put here by an editor."""
        path = self._folders.path_of(key)
        return path is not None and self._folders.folder in path.parents

    async def add(self, files: Mapping[str, str], title: str, key: str = "") -> Added:
        """Serve ``files`` as a document of its own; as a new edition of the document ``key`` if one is named.

        Raises DocumentError if the shelf is full, the document cannot be served, or it cannot be saved.
        """
        documents = self._library.documents
        if key not in documents and len(documents) >= self._folders.most:
            raise DocumentError(Wording.FULL.format(limit=self._folders.most))
        before = documents[key].knowledge if key in documents else None
        try:
            key, made = await self._in_thread(lambda: self._write(files, title, key, before))
        except OSError as error:
            raise DocumentError(Wording.NOT_SAVED) from error
        if made is None:
            raise DocumentError(Wording.NOT_SERVED)
        if self._library.key == MAIN:
            self._library.key = self._folders.main
        self._library.replace(key, made)
        changes = compare_passages(before.structure, made.knowledge.structure) if before is not None else None
        return Added(key, made.knowledge.title, changes)

    async def remove(self, key: str) -> str:
        """Take an added document off the shelf; gives its title, nothing if it is not there. Raises DocumentError."""
        path = self._folders.path_of(key)
        if path is None or not self.is_added(key):
            return ""
        title = self.title_of(key)
        folder = path if path.is_dir() else path.parent
        try:
            await self._in_thread(lambda: shutil.rmtree(folder))
        except OSError as error:
            raise DocumentError(Wording.NOT_SAVED) from error
        instead = await self._in_thread(lambda: self._folders.leave(key))
        if instead is None:
            self._library.remove(key)
        else:
            self._library.replace(key, instead)
        return title

    def _write(
        self, files: Mapping[str, str], title: str, key: str, before: Knowledge | None
    ) -> tuple[str, Retriever | None]:
        """Write the folder and read it. Slow. Raises OSError."""
        old = self._folders.path_of(key) if before is not None else None
        name = self._new_name(title) if old is None else old.parent.name if old.is_file() else old.name
        written = Files(files)
        if old is not None:
            base = validate_folder(old).files
            source = source_name(base) or SOURCE_FILE
            if source.rpartition(".")[2] in {"txt", "md"}:
                written = carry_over(base, (), written, source=source, text=ReadDocument(files).text).files
        folder = self._folders.folder / name
        make_private(folder)
        for file, text in written:
            write_whole(folder / file, text.encode(), private=True)
        for lost in {one.name for one in folder.iterdir() if one.is_file()} - {file for file, _ in written}:
            (folder / lost).unlink()
        key = self._folders.key_of(folder)
        return key, self._folders.take(key, folder)

    def _new_name(self, title: str) -> str:
        """A name for the folder of a new document, unlike those of all that are there."""
        name = _UNSAFE.sub("", squash(title))[:MAX_NAME] or "document"
        tried, number = name, 1
        while self._folders.path_of(self._folders.key_of(self._folders.folder / tried)) is not None:
            number += 1
            tried = f"{name}-{number}"
        return tried
