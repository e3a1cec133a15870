"""A question's core → ``Query``: its terms with their numbers and weights, and its embedding."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Index
from bot.retrieval.index.postings import Values


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched.

    ``terms`` are the numbers of those of its terms that the index knows; ``size`` counts all of them, and ``total`` and
    ``norm``, the sum and the length of inverse document frequencies, count the unknown ones too. ``strange`` is the
    share of its words of two and more characters that nothing in the index uses. ``embedding`` is there if the index
    has embeddings.
    """

    core: str
    terms: list[int]
    weights: list[float]
    size: int
    strange: float
    total: float
    norm: float
    embedding: Values | None = None


def make_query(index: Index, core: str, embedder: Embedder | None = None) -> Query:
    """``core`` as a Query."""
    terms = index.tokenizer.terms(core)
    weights = [index.idf(term) for term in terms]
    known = [(index.number_of[t], weight) for t, weight in zip(terms, weights, strict=True) if t in index.number_of]
    return Query(
        core,
        [number for number, _ in known],
        [weight for _, weight in known],
        size=len(terms),
        strange=_strange(index, core),
        total=sum(weights) or 1.0,
        norm=math.sqrt(sum(weight * weight for weight in weights)) or 1.0,
        embedding=embedder.encode([core])[0] if embedder is not None and index.embeddings is not None else None,
    )


def _strange(index: Index, core: str) -> float:
    words = [word for word in index.tokenizer.words(core) if len(word) > 1]
    if not words:
        return 0.0
    return sum(not index.uses(word) for word in words) / len(words)
