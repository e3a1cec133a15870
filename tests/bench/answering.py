"""A peer with the passages that it shows; in a process of its own: questions on stdin, records on stdout, a line each.

``python -m tests.bench.answering PEER SETTING FILE`` speaks as ``python -m bot ask --jsonl`` does, so that both are
measured alike. FILE has the passages as JSON: what the peer need not cut or parse costs it nothing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.features.answers.record import Record
from tests.bench.passages import Passage
from tests.bench.peers import PEERS


class ScoredRecord(Record):
    """A record with the score of the passage, by the peer's own measure; 0 without one."""

    score: float


class Answering:
    """Answers with the passage nearest to a question, whatever its score."""

    def __init__(self, peer: str, setting: str, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._peer = PEERS[peer][setting]([passage.text for passage in passages])

    def ask(self, question: str, history: Sequence[str] = ()) -> ScoredRecord:
        """The record of ``question``, with the question before put in front, which serves every peer best."""
        started = time.perf_counter()
        nearest = self._peer.nearest("".join((*history[-1:], question)))
        shown = self._passages[nearest.number].shown if nearest else ""
        return ScoredRecord(
            id="",
            verdict="answer" if shown else "decline",
            reply=shown,
            quote=shown,
            citation="",
            point="",
            suggestions=[],
            answers=[],
            ms=(time.perf_counter() - started) * 1000,
            score=nearest.score if nearest else 0.0,
        )


def write_passages(passages: Iterable[Passage], file: Path) -> None:
    """Put ``passages`` where a process finds them."""
    file.write_text(json.dumps(list(passages)), encoding="utf-8")


def main(peer: str, setting: str, file: str) -> None:
    """Answer until stdin ends."""
    passages = [Passage(text, shown) for text, shown in json.loads(Path(file).read_text(encoding="utf-8"))]
    answering = Answering(peer, setting, passages)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(answering.ask(asked["question"], asked["history"])), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
