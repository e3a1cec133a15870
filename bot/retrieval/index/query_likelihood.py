"""How likely is a question to be asked of a point, by all phrasings of it together? One phrasing may be near by chance;
a point that is often asked for in such words is meant.

Query likelihood with Dirichlet smoothing (Zhai & Lafferty 2004): a point is a bag of the terms of all its phrasings,
and a question is as likely as drawing its terms from that bag, beside drawing them from everything that is known here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.retrieval.index.postings import PostingsFamily, Values

SMOOTHING = 100.0  # terms that every point is thought to have beside its own, drawn from everything
UNSEEN = 0.5  # how often a term counts that was never seen
SIZE = 5.0  # brings the log likelihoods of short questions to the size of the other features

Bag = Sequence[int]
"""The numbered terms of one phrasing."""


class QueryLikelihood:
    """Query likelihood over the ``bags`` of every point; ``others`` are the bags of gaps."""

    def __init__(self, bags: Sequence[Sequence[Bag]], others: Sequence[Bag], vocabulary: int) -> None:
        self._bags = bags
        counts = [Counter(term for bag in own for term in bag) for own in bags]
        everything = np.full(max(vocabulary, 1), UNSEEN)
        for own in counts:
            everything[list(own)] += list(own.values())
        for bag in others:
            everything[list(bag)] += 1
        self._background = SMOOTHING * everything / everything.sum()
        self._sizes = [sum(own.values()) for own in counts]
        self._missing = np.log(SMOOTHING / (np.array(self._sizes) + SMOOTHING))
        table = np.array([(term, owner, count) for owner, own in enumerate(counts) for term, count in own.items()])
        terms, owners, times = table.reshape(-1, 3).astype(np.intp).T
        gains = np.log1p(times / self._background[terms])
        self.family = PostingsFamily(terms, owners, gains, len(bags))
        """What each term adds to the log likelihood of each point that has it."""

    def scores(self, gains: Values, size: int) -> Values:
        """The log likelihood of a question for each point, beside that of everything, per square root of its length.

        ``gains`` are the sums of ``family`` over its terms, ``size`` counts all of its terms, the unknown ones too.
        """
        found: Values = (gains + size * self._missing) / (SIZE * math.sqrt(max(size, 1)))
        return found

    def without(self, owner: int, bag: Bag, terms: Sequence[int], size: int) -> float:
        """The log likelihood of a question of ``terms`` for the point ``owner``, had it no phrasing ``bag``."""
        counts = Counter(term for other in self._bags[owner] for term in other)
        counts.subtract(bag)
        gain = sum(math.log1p(max(counts[term], 0) / self._background[term]) for term in terms)
        missing = math.log(SMOOTHING / (self._sizes[owner] - len(bag) + SMOOTHING))
        return (gain + size * missing) / (SIZE * math.sqrt(max(size, 1)))
