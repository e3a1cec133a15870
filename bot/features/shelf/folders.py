"""The documents beside the main one: read from their folders at the start, and again when their files change."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.errors import KnowledgeError
from bot.knowledge.files import Files
from bot.knowledge.load import find_documents, require_servable, shelf_name, validate_folder
from bot.knowledge.model import Knowledge
from bot.library import MAIN, Library
from bot.records.feedback import InThread
from bot.retrieval.retriever import Retriever

REPLACED: Final = ".old"
"""The end of the name of a hidden folder that keeps what a new edition takes the place of, until that is served."""
MAX_DOCUMENTS: Final = 20
"""Of one shelf, with the main one: each is in memory with its index."""
LOOK_EVERY: Final = 30.0
"""Seconds between looks at the folders."""
_log = logging.getLogger(__name__)

Make = Callable[[Knowledge, Files], Retriever]
"""Makes what answers questions on a knowledge that files hold; ``provisional`` if its embeddings lack."""
Understand = Callable[[Retriever, Callable[[int, int], bool]], Retriever | None]
"""The same with its embeddings, which may take minutes."""
_Signature = tuple[tuple[str, int, int], ...]


def document_key(document: Path) -> str:
    """The key of one of several documents: the same as long as its folder has its name."""
    return hashlib.sha256(shelf_name(document).encode()).hexdigest()[:6]


@dataclass(slots=True)
class DocumentsBeside:
    """The documents in ``paths`` beside the main one, by their keys. ``retrievers`` are those that could be read.

    ``lock`` is held by whoever reads or writes a folder: it is for worker threads, never for the event loop.
    """

    paths: dict[str, Path]
    make: Make
    understand: Understand
    retrievers: dict[str, Retriever] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _seen: dict[str, _Signature] = field(default_factory=dict)

    def read(self) -> None:
        """Read all of them. Slow. What cannot be served is logged and left out."""
        for key in tuple(self.paths):
            self._read_one(key)

    def take(self, key: str, path: Path) -> Retriever | None:
        """Read the document in ``path`` and follow it under ``key``; None if it cannot be served. Slow."""
        with self.lock:
            before, seen = self.paths.get(key), self._seen.get(key, ())
            self.paths[key] = path
            if self._read_one(key):
                return self.retrievers[key]
            self._seen[key] = seen
            if before is None:
                del self.paths[key]
            else:
                self.paths[key] = before
            return None

    def leave(self, key: str, instead: Path | None) -> Retriever | None:
        """Follow the document ``key`` no more, but ``instead`` if that is there. Slow."""
        with self.lock:
            self.paths.pop(key, None)
            self.retrievers.pop(key, None)
            return self.take(key, instead) if instead is not None else None

    def read_changed(self) -> tuple[str, ...]:
        """The keys of those whose files changed and that were read anew. Slow."""
        return tuple(key for key in tuple(self.paths) if self._read_if_changed(key))

    def _read_if_changed(self, key: str) -> bool:
        with self.lock:  # a document may be taken away, or be written, between two others
            path = self.paths.get(key)
            return path is not None and _signature(path) != self._seen.get(key) and self._read_one(key)

    def _read_one(self, key: str) -> bool:
        path = self.paths[key]
        self._seen[key] = _signature(path)
        try:
            loaded = validate_folder(path)
            self.retrievers[key] = self.make(require_servable(loaded), loaded.files)
        except KnowledgeError as error:  # what was read before goes on
            _log.warning("the document in %s cannot be served: %s", shelf_name(path), error.issues[0])
            return False
        except Exception:  # the other documents are read again all the same
            _log.exception("the document in %s cannot be read", shelf_name(path))
            return False
        return True

    async def follow(
        self,
        library: Library,
        in_thread: InThread,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Make the embeddings that lack, and take in what changes; runs until it is cancelled."""
        while True:
            for key, retriever in [*self.retrievers.items()]:
                if retriever.provisional:
                    await self._make_embeddings(library, key, retriever, in_thread)
            await sleep(LOOK_EVERY)
            for key in await in_thread(self.read_changed):
                read = self.retrievers.get(key)
                if read is not None:
                    library.replace(key, read)

    async def _make_embeddings(self, library: Library, key: str, retriever: Retriever, in_thread: InThread) -> None:
        try:
            made = await in_thread(lambda: self.understand(retriever, lambda _done, _all: True))
        except Exception:
            _log.exception("no embeddings for the document %s", key)
            made = retriever.by_words()
        if made is not None and await in_thread(lambda: self._swap(key, retriever, made)):
            library.replace(key, self.retrievers.get(key, made))

    def _swap(self, key: str, old: Retriever, new: Retriever) -> bool:
        """Serve ``new`` in place of ``old``, if that is served still."""
        with self.lock:
            if self.retrievers.get(key) is not old:
                return False
            self.retrievers[key] = new
            return True


def documents_in(folder: Path) -> dict[str, Path]:
    """The documents of ``folder`` by their keys, at most ``MAX_DOCUMENTS``; one alone as ``MAIN``.

    So is a folder in which none can be found: what was served last may go on.
    """
    try:
        found = find_documents(folder)
    except KnowledgeError:
        return {MAIN: folder}
    if len(found) == 1:
        return {MAIN: folder}
    for path in found[MAX_DOCUMENTS:]:
        _log.warning("the document in %s is left out: a shelf has at most %d", shelf_name(path), MAX_DOCUMENTS)
    return {document_key(path): path for path in found[:MAX_DOCUMENTS]}


def with_added(documents: Mapping[str, Path], added: Path) -> dict[str, Path]:
    """``documents`` and those that editors put into the folder ``added``, which go before those of the same key."""
    folders = sorted(one for one in added.glob("*") if one.is_dir() and not one.name.startswith("."))
    if not folders:
        return dict(documents)
    operators = _by_names(documents)
    for folder in folders:
        if document_key(folder) in operators:
            _log.warning(
                "%s is served as it was sent in a chat; what changes in its own folder is not read", folder.name
            )
    found = {**operators, **{document_key(folder): folder for folder in folders}}
    return dict([*found.items()][:MAX_DOCUMENTS])


def restore_replaced(added: Path) -> None:
    """Put back what a process that ended meanwhile was replacing, and delete what else it left in ``added``.

    Only before that process's successor writes there itself.
    """
    for hidden in [one for one in added.glob(".*") if one.is_dir()]:
        document = hidden.with_name(hidden.name.removeprefix(".").removesuffix(REPLACED))
        if hidden.name.endswith(REPLACED) and not document.exists():
            hidden.rename(document)
        else:
            shutil.rmtree(hidden, ignore_errors=True)


def _by_names(documents: Mapping[str, Path]) -> dict[str, Path]:
    """``documents`` with the key that the main one has if it is not alone."""
    return {document_key(path) if key == MAIN else key: path for key, path in documents.items()}


def main_document(documents: Mapping[str, Path], operators: Mapping[str, Path], chosen: str, digest: str) -> str:
    """The key of the one of ``documents`` whose versions are kept. Slow if there are several and none was ``chosen``.

    It is one of ``operators``, whose folders may be broken for a while: what an editor added never takes their place.
    ``chosen``: its key at the start before. ``digest``: of the files that were served last, for a shelf that was one
    document before. Else it is the first one that can be served.
    """
    own = {*operators, *_by_names(operators)}
    candidates = {key: path for key, path in documents.items() if key in own}
    if chosen in candidates or len(candidates) == 1:
        return chosen if chosen in candidates else next(iter(candidates))
    read = {key: validate_folder(path) for key, path in candidates.items()}
    same = (key for key, loaded in read.items() if digest and loaded.files.digest == digest)
    servable = (key for key, loaded in read.items() if loaded.knowledge is not None)
    return next(same, None) or next(servable, next(iter(candidates)))


def _signature(path: Path) -> _Signature:
    """What tells that a file of a document changed: names, sizes and times."""
    try:
        files = [path] if path.is_file() else sorted(one for one in path.iterdir() if one.is_file())
        return tuple((one.name, (stat := one.stat()).st_size, stat.st_mtime_ns) for one in files)
    except OSError:
        return (("", 0, 0),)
