"""The time inside the core a question, beside cutting the same question with jieba alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from bot.config import ROOT
from bot.knowledge.load import load
from bot.retrieval.retriever import Retriever
from bot.retrieval.tokenize import shared_tokenizer
from tests.bench.questions import questions

ROUNDS = 10


def main() -> None:
    """Print milliseconds."""
    tokenizer, knowledge, cases = shared_tokenizer(), load(ROOT / "knowledge"), questions()
    first: list[float] = []
    again: list[float] = []
    cuts: list[float] = []
    for _ in range(ROUNDS):
        retriever = Retriever(knowledge, tokenizer)  # a new one remembers nothing
        asks = [partial(retriever.ask, case.question, case.history) for case in cases]
        first += _times(asks)
        again += _times(asks)
        cuts += _times([partial(tokenizer.words, case.question) for case in cases])
    cut = _quantile(cuts, 0.5)
    p50, p99 = _quantile(first, 0.5), _quantile(first, 0.99)
    print(f"core, asked first       p50 {p50:.2f} ms (aim 1), p99 {p99:.2f} ms (aim 5)")
    print(f"core, asked again       p50 {_quantile(again, 0.5):.2f} ms, p99 {_quantile(again, 0.99):.2f} ms")
    print(f"  yardstick jieba's cut p50 {cut:.3f} ms, ratio {p50 / cut:.1f}")


def _times(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call."""
    taken: list[float] = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
