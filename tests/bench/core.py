"""The time inside the core a question, beside cutting the same question with jieba alone, and vectors from nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.config import Settings, read_settings
from bot.knowledge.load import require_servable, validate_folder
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import RetrieverFactory, make_retriever, uses_embeddings
from tests.bench.questions import questions
from tests.bench.scoring import quantile

ROUNDS = 5
PARTS = 3  # questions in a message of several
MOST_TIMES = 3  # as long as one question a message of several may take


def main() -> None:
    """Print milliseconds, without the semantic layer and with it, and what making all vectors takes."""
    settings = read_settings()
    plain = partial(make_retriever, settings, meaning=False)
    _print("by words, asked first", _measure(plain, ROUNDS), 1, 5)
    _print_parts("by words", plain, ROUNDS, 1.5)
    if uses_embeddings(settings):
        meaning = partial(make_retriever, settings)
        _print("by meaning too", _measure(meaning, 2), 25, 50)
        _print_parts("by meaning too", meaning, 2, 25)
        _print_vectors(settings)
    tokenizer = shared_tokenizer()
    cuts = _times([partial(tokenizer.words, case.question) for case in questions()] * ROUNDS)
    print(f"  yardstick jieba's cut p50 {quantile(cuts, 0.5):.3f} ms")


def messages(asked: Sequence[str]) -> list[str]:
    """Messages of ``PARTS`` questions each, one after the other from ``asked``; none is in two messages."""
    whole = len(asked) - len(asked) % PARTS
    return ["".join(f"{one.rstrip('?？')}？" for one in asked[n : n + PARTS]) for n in range(0, whole, PARTS)]


def _measure(make: Callable[[], Retriever], rounds: int) -> list[float]:
    """Milliseconds of every question, each asked once of a retriever that remembers nothing yet."""
    taken: list[float] = []
    for _ in range(rounds):
        retriever = make()
        taken += _times([partial(retriever.ask, case.question, case.history) for case in questions()])
    return taken


def _print_parts(what: str, make: Callable[[], Retriever], rounds: int, aim: float) -> None:
    """Print the times of messages of one part and of ``PARTS``, none of which the retriever has seen in any way."""
    alone = [case.question for case in questions() if not case.history]
    single: list[float] = []
    several: list[float] = []
    for _ in range(rounds):
        retriever = make()
        single += _times([partial(retriever.ask, text) for text in alone])
        retriever = make()
        several += _times([partial(retriever.ask, text) for text in messages(alone)])
    one, many = quantile(single, 0.5), quantile(several, 0.5)
    print(
        f"core, {what:22} one part p50 {one:.2f} ms (aim {aim}), {PARTS} parts p50 {many:.2f} ms,"
        f" {many / one:.1f} times that (aim {MOST_TIMES})"
    )


def _print_vectors(settings: Settings) -> None:
    """Print how long all vectors of the document take where there are none, and what is answered meanwhile."""
    loaded = validate_folder(settings.knowledge_dir)
    with TemporaryDirectory() as folder:
        factory = RetrieverFactory(settings.model_copy(update={"data_dir": Path(folder)}))
        soon = factory.make(require_servable(loaded), loaded.files)
        started = time.perf_counter()
        ready = factory.rebuild_with_embeddings(soon, lambda _done, _all: True)
        took = time.perf_counter() - started
    assert ready is not None, "nobody stops it"
    pairs = [[one.ask(case.question, case.history) for one in (soon, ready)] for case in questions()]
    meanwhile = [(early, late) for early, late in pairs if early.kind == "answer"]
    later = sum(late.kind == "answer" for _, late in pairs)
    other = sum(late.kind != "answer" or early.points[0] != late.points[0] for early, late in meanwhile)
    print(
        f"core, vectors of {len(soon.texts)} texts from nothing: {took:.1f} s; meanwhile {len(meanwhile)} of the"
        f" {later} answers are given, {other} of them another one than later"
    )


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
