"""Each peer's best: the setting and the passages with which it gets most right, on the very questions of the table."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bot.cli.evaluation import Case
from tests.bench.answering import Answering
from tests.bench.passages import Passage
from tests.bench.peers import PEERS
from tests.bench.scoring import Outcome, outcome

WORKERS = 2  # only shares are counted here, no times: two at once do no harm


@dataclass(frozen=True, slots=True)
class Block:
    """Passages that all peers are given, in one ``way`` or several, and the figure by which its best is chosen."""

    title: str
    ways: dict[str, list[Passage]]
    figure: Callable[[Sequence[Outcome]], float]


@dataclass(frozen=True, slots=True)
class Choice:
    """A peer with one of its settings on one way of a block."""

    block: Block
    peer: str
    setting: str
    way: str


def choose(blocks: Iterable[Block], cases: Sequence[Case]) -> list[Choice]:
    """The best choice of every peer in every block, in their order; of equals the first."""
    choices = [choice for block in blocks for choice in _choices(block)]
    # the processes start afresh: one that has run a model or an event loop is not safely copied
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        tried = [
            pool.submit(_try, choice.peer, choice.setting, choice.block.ways[choice.way], cases) for choice in choices
        ]
        return best_of((choice, result.result()) for choice, result in zip(choices, tried, strict=True))


def best_of(tried: Iterable[tuple[Choice, Sequence[Outcome]]]) -> list[Choice]:
    """The choice of each peer in each block whose outcomes have the highest figure; of equals the first."""
    best: dict[tuple[str, str], tuple[float, Choice]] = {}
    for choice, outcomes in tried:
        figure = choice.block.figure(outcomes)
        key = choice.block.title, choice.peer
        if key not in best or figure > best[key][0]:
            best[key] = figure, choice
    return [choice for _, choice in best.values()]


def _choices(block: Block) -> Iterator[Choice]:
    for peer, settings in PEERS.items():
        for setting in settings:
            for way in block.ways:
                yield Choice(block, peer, setting, way)


def _try(peer: str, setting: str, passages: list[Passage], cases: Sequence[Case]) -> list[Outcome]:
    answering = Answering(peer, setting, passages)
    records = ((case, answering.ask(case.question, case.history)) for case in cases)
    return [outcome(case, record, record["score"]) for case, record in records]
