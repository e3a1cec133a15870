"""What becomes of the questions of a block that are asked of the knowledge without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.retrieval.calibration.folds import Fold, HeldOutKind
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Index
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.candidates import SearchResult, search
from bot.retrieval.ranking.query import make_query
from bot.retrieval.ranking.ranking_model import Coverage


@dataclass(frozen=True, slots=True)
class HeldOutResult:
    """A question that was asked in ``block``, and what was found.

    ``wanted`` are the points that show the answer, by number: none for what is not answered.
    """

    block: int
    kind: HeldOutKind
    wanted: frozenset[int]
    found: SearchResult


def search_held_out(
    blocks: Iterable[Fold], covered: Coverage, tokenizer: Tokenizer, embedder: Embedder | None
) -> Iterator[HeldOutResult]:
    """Ask everything that is held back of the knowledge without it."""
    showing = [
        frozenset(owner for owner, shown in enumerate(covered) if wanted in shown) for wanted in range(len(covered))
    ]
    for block in blocks:
        index = Index(block.knowledge, tokenizer, embedder, block.foreign)
        cores = [(held, index.core(held.text)) for held in block.held]
        if embedder is not None:
            embedder.encode([core for _, core in cores])  # all at once is faster than one by one, and is kept
        for held, core in cores:
            found = search(index, make_query(index, core, embedder)) if core else SearchResult()
            wanted = showing[held.owner] if held.kind == "question" else frozenset()
            yield HeldOutResult(block.number, held.kind, wanted, found)
