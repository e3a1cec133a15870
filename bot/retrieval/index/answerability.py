"""Is this a thing the document answers? Learned from the wording of its phrasings against that of its gaps.

«Who exactly», «which year», «how do I apply» sound alike whatever the passage. Two estimates, each a closed form, so
that a new knowledge needs no training run: naive Bayes over terms (Manning, Raghavan & Schütze 2008, ch. 13) and, if
embeddings are known, a ridge regression over them (Hoerl & Kennard 1970), both classes counting alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.retrieval.index.postings import Values

SMOOTHING = 0.5
RIDGE = 1e-3
SCALE = 10.0  # embeddings of short texts lie close together: brought to about unit spread


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """A phrasing by its numbered terms, and whether the document answers it."""

    terms: tuple[int, ...]
    answered: bool


class TermClassifier:
    """Naive Bayes over terms."""

    def __init__(self, examples: Sequence[TrainingExample], vocabulary: int) -> None:
        self._sizes = [0, 0]
        self._counts = np.zeros((2, max(vocabulary, 1)))
        for example in examples:
            self._sizes[example.answered] += 1
            self._counts[int(example.answered), list(example.terms)] += 1

    def score(self, terms: Sequence[int], without: TrainingExample | None = None) -> float:
        """The log odds that a question of ``terms`` is answered, per square root of its length; 0 says nothing.

        ``without``: an example that is to be left out, as if it had never been seen.
        """
        if not terms or not all(self._sizes):
            return 0.0
        counts = self._counts[:, list(terms)]
        sizes = np.array(self._sizes, dtype=float)
        if without is not None:
            sizes[int(without.answered)] -= 1
            counts = counts.copy()
            counts[int(without.answered)] -= np.isin(list(terms), list(without.terms))
        shares = np.log(counts + SMOOTHING) - np.log(sizes + 2 * SMOOTHING)[:, None]
        return float((shares[1] - shares[0]).sum()) / math.sqrt(len(terms))


class EmbeddingClassifier:
    """Ridge regression over embeddings: +1 answered, -1 not."""

    def __init__(self, embeddings: Values, answered: Iterable[bool]) -> None:
        labels = np.where(list(answered), 1.0, -1.0)
        sizes = {side: float(np.sum(labels == side)) for side in (1.0, -1.0)}
        self._weights = np.zeros(0)
        if not all(sizes.values()):
            return
        self._middle = embeddings.mean(axis=0)
        self._labels = labels
        self._rows = self._spread(embeddings)
        self._importance = np.array([1 / sizes[float(label)] for label in labels])
        weighted = self._rows * self._importance[:, None]
        gram = weighted.T @ self._rows + RIDGE * np.eye(self._rows.shape[1])
        self._inverse = np.linalg.inv(gram)
        self._weights = self._inverse @ (weighted.T @ labels)

    def score(self, meaning: Values, without: int | None = None) -> float:
        """About +1 if a question of ``meaning`` is answered, about -1 if not; 0 says nothing.

        ``without``: the number of the example to leave out (the prediction sum of squares, Allen 1974).
        """
        if not self._weights.size:
            return 0.0
        row = self._spread(meaning[None, :])[0]
        if without is None:
            return float(row @ self._weights)
        own = self._rows[without]
        turned = self._inverse @ own
        share = float(own @ turned) * float(self._importance[without])
        missed = float(self._labels[without] - own @ self._weights)
        leverage = float(row @ turned) * float(self._importance[without])
        return float(row @ self._weights) - leverage * missed / (1 - share)

    def _spread(self, embeddings: Values) -> Values:
        ones = np.ones((len(embeddings), 1))
        return np.hstack([(embeddings - self._middle) * SCALE, ones])
