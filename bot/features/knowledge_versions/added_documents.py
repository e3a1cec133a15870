"""Documents that editors put beside the main one from a chat: each in a folder where the bot keeps its data.

Such a folder takes the place of one of the same name in the operator's folder, which stays as it is.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import DocumentError, KnowledgeError
from bot.files import make_private, write_whole
from bot.knowledge.diff.passages import PassageChanges, compare_passages, shared_sentences
from bot.knowledge.edit.carry_over import carry_over
from bot.knowledge.files import Files
from bot.knowledge.import_.document import ReadDocument
from bot.knowledge.import_.upload import SOURCE_FILE
from bot.knowledge.load import require_servable, source_name, validate_folder
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
    ``lock`` is held by whoever reads or writes one of the folders. A hidden folder whose name ends in ``replaced`` is
    put back at a start, if what should take its place is not there; every other hidden one is deleted then.
    """

    folder: Path
    main: str
    key_of: Callable[[Path], str]
    path_of: Callable[[str], Path | None]
    take: Callable[[str, Path], Retriever | None]
    leave: Callable[[str], Retriever | None]
    most: int
    lock: AbstractContextManager[bool]
    replaced: str


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
        except KnowledgeError as error:
            raise DocumentError(Wording.NOT_SERVED) from error
        if made is None:
            raise DocumentError(Wording.NOT_SERVED)
        if self._library.key == MAIN:
            self._library.key = self._folders.main
        self._library.replace(key, made)
        changes = compare_passages(before.structure, made.knowledge.structure) if before is not None else None
        return Added(key, made.knowledge.title, changes)

    async def remove(self, key: str) -> tuple[str, bool]:
        """Take an added document off the shelf; gives its title, nothing if it is not there. Raises DocumentError.

        And whether another one is served in its place: that of the operator's folder, of which it was an edition.
        """
        path = self._folders.path_of(key)
        if path is None or not self.is_added(key):
            return "", False
        title = self.title_of(key)
        try:
            instead = await self._in_thread(lambda: self._delete(key, path))
        except OSError as error:
            raise DocumentError(Wording.NOT_SAVED) from error
        if instead is None:
            self._library.remove(key)
        else:
            self._library.replace(key, instead)
        return title, instead is not None

    def _write(
        self, files: Mapping[str, str], title: str, key: str, before: Knowledge | None
    ) -> tuple[str, Retriever | None]:
        """Write the folder and serve it; whatever fails, what was there before stays. Slow.

        Raises OSError; KnowledgeError if the files cannot be served.
        """
        with self._folders.lock:
            return self._write_alone(files, title, key, before)

    def _write_alone(
        self, files: Mapping[str, str], title: str, key: str, before: Knowledge | None
    ) -> tuple[str, Retriever | None]:
        old = self._folders.path_of(key) if before is not None else None
        name = self._new_name(title) if old is None else old.parent.name if old.is_file() else old.name
        written = Files(files)
        if old is not None:
            base = validate_folder(old).files
            source = source_name(base) or SOURCE_FILE
            if source.rpartition(".")[2] in {"txt", "md"}:
                written = carry_over(base, (), written, source=source, text=ReadDocument(files).text).files
        folder = self._folders.folder / name
        staged = self._hidden(folder)
        try:
            make_private(staged)
            for file, text in written:
                write_whole(staged / file, text.encode(), private=True)
            require_servable(validate_folder(staged))
            key = self._folders.key_of(folder)
            return key, self._swap(staged, folder, key)
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    def _swap(self, staged: Path, folder: Path, key: str) -> Retriever | None:
        """Serve ``staged`` as ``folder``; if that cannot be served, what was there is back. Raises OSError."""
        replaced = folder.with_name(f".{folder.name}{self._folders.replaced}")
        was_there = folder.exists()
        if was_there:
            folder.rename(replaced)
        made = None
        try:
            staged.rename(folder)
            made = self._folders.take(key, folder)
        finally:
            if made is None:
                shutil.rmtree(folder, ignore_errors=True)
                if was_there:
                    replaced.rename(folder)
            elif was_there:
                shutil.rmtree(replaced, ignore_errors=True)
        return made

    def _delete(self, key: str, path: Path) -> Retriever | None:
        """Delete the folder of ``key``; gives what is served in its place. Slow. Raises OSError."""
        folder = path if path.is_dir() else path.parent
        with self._folders.lock:
            gone = folder.rename(self._hidden(folder))  # at once, whatever of it can be deleted
            shutil.rmtree(gone, ignore_errors=True)
            return self._folders.leave(key)

    def _hidden(self, folder: Path) -> Path:
        """A new name beside ``folder`` that no start takes for a document."""
        return folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")

    def _new_name(self, title: str) -> str:
        """A name for the folder of a new document, unlike those of all that are or were there.

        What was missed of a document, and who reads it, is stored under its name.
        """
        name = _UNSAFE.sub("", squash(title))[:MAX_NAME] or "document"
        while True:
            tried = f"{name}-{secrets.token_hex(3)}"
            if not self._is_used(self._folders.folder / tried):
                return tried

    def _is_used(self, folder: Path) -> bool:
        return folder.exists() or self._folders.path_of(self._folders.key_of(folder)) is not None
