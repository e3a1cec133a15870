"""Which documents hold a term, and with what weight: an inverted file in three flat arrays.

``bm25s`` keeps its weights in the same form; adding them up with one ``bincount`` is several times as fast as its
own scatter, and needs no table of terms by documents.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]
Values = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]


class Postings:
    """The documents of term ``t`` are ``documents[starts[t]:starts[t + 1]]``, their weights lie in ``values``."""

    def __init__(self, starts: Sequence[int], documents: Numbers, values: Values, count: int) -> None:
        self._starts = starts
        self._documents = documents
        self._values = values
        self._count = count

    @classmethod
    def holding(cls, documents: Sequence[Collection[int]], vocabulary: int) -> Postings:
        """Every term weighs 1 in each of ``documents`` that holds it; terms are numbered below ``vocabulary``."""
        pairs = [(term, number) for number, terms in enumerate(documents) for term in set(terms)]
        table = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
        starts = np.searchsorted(table[:, 0], np.arange(vocabulary + 1)).tolist()
        return cls(starts, table[:, 1].copy(), np.ones(len(table), dtype=np.float32), len(documents))

    def add_up(self, terms: Sequence[int], weights: Values) -> Sums:
        """For every document, the sum of ``weights`` times its own weight, over those of ``terms`` that it holds."""
        if not terms:
            return np.zeros(self._count)
        stretches = [slice(self._starts[term], self._starts[term + 1]) for term in terms]
        documents = np.concatenate([self._documents[stretch] for stretch in stretches])
        values = np.concatenate([self._values[stretch] for stretch in stretches])
        lengths = [stretch.stop - stretch.start for stretch in stretches]
        sums = np.bincount(documents, values * np.repeat(weights, lengths), minlength=self._count)
        return sums.astype(np.float64, copy=False)
