"""How likely a question is: of this document at all, and of each of its points.

Of the document (answerability): «who exactly», «which year», «how do I apply» sound alike whatever the passage. Learned
from the wording of the phrasings against that of the gaps by two estimates, each a closed form, so that a new knowledge
needs no training run: naive Bayes over terms (Manning, Raghavan & Schütze 2008, ch. 13) and, if embeddings are known, a
ridge regression over them (Hoerl & Kennard 1970), both classes counting alike.

Of a point: one phrasing may be near by chance, and a point that is often asked for in such words is meant. Query
likelihood with Dirichlet smoothing (Zhai & Lafferty 2004): a point is a bag of the terms of all its phrasings, and a
question is as likely as drawing its terms from that bag, beside drawing them from everything that is known here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.retrieval.index.postings import PostingsFamily, Values

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


LIKELIHOOD_SMOOTHING = 100.0  # terms that every point is thought to have beside its own, drawn from everything
UNSEEN_COUNT = 0.5  # how often a term counts that was never seen
LIKELIHOOD_SCALE = 5.0  # brings the log likelihoods of short questions to the size of the other features

Bag = Sequence[int]
"""The numbered terms of one phrasing."""


class QueryLikelihood:
    """Query likelihood over the ``bags`` of every point; ``others`` are the bags of gaps."""

    def __init__(self, bags: Sequence[Sequence[Bag]], others: Sequence[Bag], vocabulary: int) -> None:
        self._bags = bags
        counts = [Counter(term for bag in own for term in bag) for own in bags]
        everything = np.full(max(vocabulary, 1), UNSEEN_COUNT)
        for own in counts:
            everything[list(own)] += list(own.values())
        for bag in others:
            everything[list(bag)] += 1
        self._background = LIKELIHOOD_SMOOTHING * everything / everything.sum()
        self._sizes = [sum(own.values()) for own in counts]
        self._missing = np.log(LIKELIHOOD_SMOOTHING / (np.array(self._sizes) + LIKELIHOOD_SMOOTHING))
        table = np.array([(term, owner, count) for owner, own in enumerate(counts) for term, count in own.items()])
        terms, owners, times = table.reshape(-1, 3).astype(np.intp).T
        gains = np.log1p(times / self._background[terms])
        self.family = PostingsFamily(terms, owners, gains, len(bags))
        """What each term adds to the log likelihood of each point that has it."""

    def scores(self, gains: Values, size: int) -> Values:
        """The log likelihood of a question for each point, beside that of everything, per square root of its length.

        ``gains`` are the sums of ``family`` over its terms, ``size`` counts all of its terms, the unknown ones too.
        """
        found: Values = (gains + size * self._missing) / (LIKELIHOOD_SCALE * math.sqrt(max(size, 1)))
        return found

    def without(self, owner: int, bag: Bag, terms: Sequence[int], size: int) -> float:
        """The log likelihood of a question of ``terms`` for the point ``owner``, had it no phrasing ``bag``."""
        counts = Counter(term for other in self._bags[owner] for term in other)
        counts.subtract(bag)
        gain = sum(math.log1p(max(counts[term], 0) / self._background[term]) for term in terms)
        missing = math.log(LIKELIHOOD_SMOOTHING / (self._sizes[owner] - len(bag) + LIKELIHOOD_SMOOTHING))
        return (gain + size * missing) / (LIKELIHOOD_SCALE * math.sqrt(max(size, 1)))
