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
    tokenizer = shared_tokenizer()
    retriever = Retriever(load(ROOT / "knowledge"), tokenizer)
    cases = questions()
    times = _times([partial(retriever.ask, case.question, case.history) for case in cases])
    cuts = _times([partial(tokenizer.words, case.question) for case in cases])
    p50, p99 = _quantile(times, 0.5), _quantile(times, 0.99)
    print(f"core a question         p50 {p50:.2f} ms (aim 1), p99 {p99:.2f} ms (aim 5)")
    cut = _quantile(cuts, 0.5)
    print(f"  yardstick jieba's cut p50 {cut:.3f} ms, ratio {p50 / cut:.1f}")


def _times(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call, over all rounds, sorted."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        for call in calls:
            started = time.perf_counter()
            call()
            taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def _quantile(values: list[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]
