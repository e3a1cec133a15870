"""The first stage: BM25 over documents that are given as terms. ``bm25s`` weighs and ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
K1 = 1.2  # Robertson & Zaragoza 2009: how soon a repeated term stops counting
MAX_TABLE = 12_000_000
"""Cells up to which the weights are laid out as a table of terms by documents (4 bytes each).

A document of some dozen pages has a few millions; adding up rows of the table is ten times as fast as bm25s's
sparse columns. Above that, the columns take less memory and are fast enough.
"""


class Ranker:
    """BM25 (Lucene's form) over ``documents``. ``b``: how much a document's length counts against it, 0-1."""

    def __init__(self, documents: Sequence[Sequence[str]], b: float) -> None:
        vocabulary = {term: number for number, term in enumerate(dict.fromkeys(t for doc in documents for t in doc))}
        vocabulary.setdefault("", len(vocabulary))  # bm25s needs at least one term
        self._vocabulary = vocabulary
        self._bm25: Any = bm25s.BM25(method="lucene", k1=K1, b=b)
        ids = [[vocabulary[term] for term in document] for document in documents]
        self._bm25.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        self._count = len(documents)
        self._table = self._lay_out() if len(vocabulary) * self._count <= MAX_TABLE else None

    def scores(self, terms: Iterable[str]) -> Scores:
        """The score of every document for ``terms``; a term given twice counts twice."""
        known = self._vocabulary
        ids = [known[term] for term in terms if term in known]
        if not ids:
            return np.zeros(self._count, dtype=np.float32)
        scores: Scores = self._bm25.get_scores_from_ids(ids) if self._table is None else self._table[ids].sum(axis=0)
        return scores

    def _lay_out(self) -> Scores:
        columns = self._bm25.scores
        starts = columns["indptr"]
        table = np.zeros((len(starts) - 1, self._count), dtype=np.float32)
        terms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        table[terms, columns["indices"]] = columns["data"]
        return table
