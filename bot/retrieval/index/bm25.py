"""The first stage: BM25 over documents that are given as numbered terms. ``bm25s`` does the weighing."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np

from bot.retrieval.index.postings import PostingsFamily

K1 = 1.2  # Robertson & Zaragoza 2009: how soon a repeated term stops counting


def bm25(documents: Sequence[Sequence[int]], vocabulary: int, b: float) -> PostingsFamily:
    """The BM25 weights (Lucene's form) of ``documents``, each a list of terms numbered below ``vocabulary``.

    ``b``: how much a document's length counts against it, 0-1.
    """
    model = bm25s.BM25(method="lucene", k1=K1, b=b)
    names = {str(number): number for number in range(max(vocabulary, 1))}  # bm25s needs at least one term
    model.index((documents, names), show_progress=False, create_empty_token=False)
    columns = model.scores
    starts = columns["indptr"]
    terms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return PostingsFamily(terms, columns["indices"].astype(np.intp), columns["data"].astype(np.float64), len(documents))
