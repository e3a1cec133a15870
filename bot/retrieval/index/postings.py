"""The inverted file: which documents hold a term, and how much it weighs in them, in three flat arrays.

Several families of documents lie in one file, so that a question is added up over all of them in one pass: with
documents as small as these, the number of passes is what takes the time. ``bm25s`` computes the weights of BM25.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import bm25s
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]
Values = npt.NDArray[np.floating[Any]]
"""Sums are added up in double precision, embeddings kept in single."""


class PostingsFamily(NamedTuple):
    """``size`` documents. Term ``terms[i]`` weighs ``values[i]`` in document ``documents[i]``."""

    terms: Numbers
    documents: Numbers
    values: Values
    size: int


def presence_family(documents: Sequence[Collection[int]], weights: Values) -> PostingsFamily:
    """The family in which every term ``t`` weighs ``weights[t]`` in each of ``documents`` that holds it."""
    pairs = [(term, number) for number, terms in enumerate(documents) for term in set(terms)]
    table = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return PostingsFamily(table[:, 0], table[:, 1], weights[table[:, 0]], len(documents))


K1 = 1.2  # Robertson & Zaragoza 2009: how soon a repeated term stops counting


def bm25(documents: Sequence[Sequence[int]], vocabulary: int, b: float) -> PostingsFamily:
    """The BM25 weights (Lucene's form) of ``documents``, each a list of terms numbered below ``vocabulary``.

    ``b``: how much a document's length counts against it, 0-1.
    """
    if not documents:  # a source without points; bm25s takes a mean of nothing
        return PostingsFamily(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0), 0)
    model = bm25s.BM25(method="lucene", k1=K1, b=b)
    names = {str(number): number for number in range(max(vocabulary, 1))}  # bm25s needs at least one term
    model.index((documents, names), show_progress=False, create_empty_token=False)
    columns = model.scores
    starts = columns["indptr"]
    terms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return PostingsFamily(terms, columns["indices"].astype(np.intp), columns["data"].astype(np.float64), len(documents))


class Postings:
    """Adds up what a question's terms weigh in each document of several families."""

    def __init__(self, families: Sequence[PostingsFamily], vocabulary: int) -> None:
        self._bounds = [0, *np.cumsum([family.size for family in families]).tolist()]
        terms = np.concatenate([family.terms for family in families])
        documents = [family.documents + start for family, start in zip(families, self._bounds, strict=False)]
        order = np.argsort(terms, kind="stable")
        self._documents = np.concatenate(documents)[order]
        self._values = np.concatenate([family.values for family in families])[order]
        self._starts: list[int] = np.searchsorted(terms[order], np.arange(vocabulary + 1)).tolist()

    def add_up(self, terms: Sequence[int]) -> list[Values]:
        """For each family, the sum of what ``terms`` weigh in each of its documents."""
        sums = np.zeros(self._bounds[-1])
        if terms:
            starts = self._starts
            stretches = [slice(starts[term], starts[term + 1]) for term in terms]
            documents = np.concatenate([self._documents[stretch] for stretch in stretches])
            values = np.concatenate([self._values[stretch] for stretch in stretches])
            sums = np.bincount(documents, values, minlength=len(sums)).astype(np.float64, copy=False)
        return [sums[start:end] for start, end in zip(self._bounds, self._bounds[1:], strict=False)]
