"""Meanings of texts as vectors, so that everyday words find official ones. The model is given from outside: without
one, everything works on words and letters alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.retrieval.index.postings import Values


class Embedder(Protocol):
    """Text → a vector of unit length; texts that mean the same have a high dot product."""

    def encode(self, texts: Sequence[str]) -> Values:
        """A row for each of ``texts``."""
