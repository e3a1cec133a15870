"""The time inside the core a question, beside cutting the same question with jieba alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from bot.config import read_settings
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import make_retriever, uses_embeddings
from tests.bench.questions import questions
from tests.bench.scoring import quantile

ROUNDS = 5


def main() -> None:
    """Print milliseconds, without the semantic layer and with it."""
    settings = read_settings()
    plain = partial(make_retriever, settings, meaning=False)
    _print("by words, asked first", _measure(plain, ROUNDS), 1, 5)
    if uses_embeddings(settings):
        _print("by meaning too", _measure(partial(make_retriever, settings), 2), 25, 50)
    tokenizer = shared_tokenizer()
    cuts = _times([partial(tokenizer.words, case.question) for case in questions()] * ROUNDS)
    print(f"  yardstick jieba's cut p50 {quantile(cuts, 0.5):.3f} ms")


def _measure(make: Callable[[], Retriever], rounds: int) -> list[float]:
    """Milliseconds of every question, each asked once of a retriever that remembers nothing yet."""
    taken: list[float] = []
    for _ in range(rounds):
        retriever = make()
        taken += _times([partial(retriever.ask, case.question, case.history) for case in questions()])
    return taken


def _print(what: str, taken: list[float], aim50: float, aim99: float) -> None:
    p50, p99 = quantile(taken, 0.5), quantile(taken, 0.99)
    print(f"core, {what:22} p50 {p50:.2f} ms (aim {aim50}), p99 {p99:.2f} ms (aim {aim99})")


def _times(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call."""
    taken: list[float] = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return taken
