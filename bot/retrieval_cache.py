"""Retrievers of long documents on the disk: opened at the next start, not built.

Cutting, normalizing and indexing takes about a millisecond a sentence, reading what came of it a twenty-fifth of that.
A file is named after all that went into it: the words of the document, the questions that nothing answers, the weights,
and the program's own code, so that another version of any of them never reads it. Its checksum tells a damaged one.

The files are pickles, which may run code. So they lie where the dictionary's cache does, in a folder that nobody but
this program's user may write; from any other folder nothing is read.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import logging
import mmap
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from bot.files import make_private, write_whole
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.retriever import Retriever

STORED_FROM: Final = 60_000
"""Characters of a source from which its index is worth a file: building it takes seconds."""
MAX_FILES: Final = 20
"""Those that were used longest ago go: each version of each document has its own."""
_MAGIC: Final = b"duxue-bot index 1\n"
_START: Final = len(_MAGIC) + hashlib.sha256().digest_size
_PREFIX: Final = "index-"
_FREQUENCIES: Final = "frequencies"
_CODE: Final = ("retrieval", "knowledge")
_Cached: Final = type(lru_cache(lambda: None))
_log = logging.getLogger(__name__)


class RetrieverCache:
    """Retrievers by their keys in ``folder``. They share the dictionary of ``tokenizer``, which no file has in it."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        self._folder = folder
        self._tokenizer = tokenizer

    def load(self, key: str) -> Retriever | None:
        """The retriever of that key; None if there is none, or one that cannot be read, which is logged."""
        file = self._file(key)
        try:
            if not _is_private(self._folder):
                return None
            with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                found = self._read(mapped)
            os.utime(file)  # what is used is not the oldest
            return found
        except FileNotFoundError:
            return None
        except Exception as error:  # whatever a damaged file makes of itself, it can be made again
            _log.warning(
                "the stored index %s is not used and is made anew: %s", file.name, str(error) or type(error).__name__
            )
            return None

    def save(self, key: str, retriever: Retriever) -> None:
        """Store ``retriever``, whole or not at all. A full disk costs a slower start, no more."""
        packed = io.BytesIO()
        try:
            _Packer(packed, self._tokenizer).dump(retriever)
            make_private(self._folder)
            payload = packed.getvalue()
            data = b"".join((_MAGIC, hashlib.sha256(payload).digest(), payload))
            write_whole(self._file(key), data, private=True)
            self._tidy()
        except Exception as error:  # what cannot be packed or written is built again at the next start
            _log.warning("an index is not stored: %s", str(error) or type(error).__name__)

    def _read(self, mapped: mmap.mmap) -> Retriever:
        with memoryview(mapped) as whole, whole[_START:] as payload:
            if bytes(whole[: len(_MAGIC)]) != _MAGIC or len(whole) <= _START:
                raise ValueError("it is no index of this program")
            if hashlib.sha256(payload).digest() != bytes(whole[len(_MAGIC) : _START]):
                raise ValueError("it is damaged")
        mapped.seek(_START)
        with _no_collection():
            found = _Unpacker(mapped, self._tokenizer).load()
        if not isinstance(found, Retriever):
            raise TypeError("it holds something else")
        return found

    def _tidy(self) -> None:
        files = sorted(self._folder.glob(f"{_PREFIX}*"), key=lambda one: one.stat().st_mtime, reverse=True)
        for file in files[MAX_FILES:]:
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{_PREFIX}{key}"


def key_of(*parts: object) -> str:
    """What a retriever made of ``parts`` is stored under; another one for another version of the program."""
    found = hashlib.sha256(_code_version())
    for part in parts:
        found.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()[:32]


@cache
def _code_version() -> bytes:
    """The digest of all code that makes an index or reads one."""
    root = Path(__file__).parent
    files = sorted(file for name in _CODE for file in (root / name).rglob("*.py"))
    found = hashlib.sha256(f"{sys.version} {version('numpy')} {version('jieba')} {version('bm25s')}".encode())
    for file in (*files, root / "text.py", Path(__file__)):
        found.update(file.read_bytes())
    return found.digest()


class _Packer(pickle.Pickler):
    """Packs a retriever without the dictionary, and without what it only remembers."""

    def __init__(self, file: io.BytesIO, tokenizer: Tokenizer) -> None:
        super().__init__(file, protocol=5)
        self._frequencies = tokenizer.frequencies

    def persistent_id(self, obj: Any) -> Any:
        """The words beside the dictionary, in place of a tokenizer."""
        if isinstance(obj, Tokenizer):
            return obj.user_words
        return _FREQUENCIES if obj is self._frequencies else None

    def reducer_override(self, obj: Any) -> Any:
        """A method that remembers what it gave, as one that remembers nothing yet."""
        if isinstance(obj, _Cached) and hasattr(obj.__wrapped__, "__self__"):
            return _cached, (obj.__wrapped__, obj.cache_parameters()["maxsize"])
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: mmap.mmap, tokenizer: Tokenizer) -> None:
        super().__init__(file)
        self._tokenizer = tokenizer

    def persistent_load(self, pid: Any) -> Any:
        """The dictionary, or the tokenizer with such words beside it."""
        return self._tokenizer.frequencies if pid == _FREQUENCIES else self._tokenizer.with_words(pid)


def _cached(method: Callable[..., Any], size: int) -> Callable[..., Any]:
    return lru_cache(size)(method)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Within, no garbage is collected: looking for it among a million new objects takes as long as making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _is_private(folder: Path) -> bool:
    """Whether nobody but this program's user may write into ``folder``."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return True
    return not found.st_mode & 0o022 and found.st_uid == getattr(os, "getuid", lambda: found.st_uid)()
