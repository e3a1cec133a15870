"""Documents of growing length, asked by words: start, time of a question, memory; beside bm25s on their sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.cli.evaluation import Case
from tests.bench.answering import write_passages
from tests.bench.measuring import Measured, Program, measure
from tests.bench.passages import Passage
from tests.bench.scoring import quantile

SIZES: Final = (1_000, 10_000, 100_000)
ASKED: Final = 60
EACH: Final = 5
"""Sentences of an article."""
SEED: Final = 7
_PEER: Final = ("bm25s, jieba", "words for search")
_THINGS: Final = ("水泵", "风机", "阀门", "电缆", "油罐", "吊车", "台秤", "锅炉", "叉车", "车床", "仓门", "水塔")
_ACTS: Final = ("检修", "巡查", "清扫", "登记", "交接", "盘点", "更换", "上油", "试车", "封存")
_TEAMS: Final = ("早班", "晚班", "仓管", "机修", "电工", "保安", "化验", "调度")


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print a line for each size and system."""
    for size in sizes:
        sentences = list(sentences_of(size))
        cases = cases_of(sentences)
        with TemporaryDirectory() as temporary:
            folder = Path(temporary)
            (folder / "manual.txt").write_text(document_of(sentences), encoding="utf-8")
            ours = Program(("-m", "bot", "ask", "--jsonl", "--knowledge", "manual.txt"), folder, {"MEANING": "false"})
            _print(size, "duxue-bot, words", measure(ours, cases))
            write_passages([Passage(sentence, sentence) for sentence in sentences], folder / "passages.json")
            peer = Program(("-m", "tests.bench.answering", *_PEER, "passages.json"), folder, {"TMPDIR": temporary})
            _print(size, ": ".join(_PEER), measure(peer, cases))


def sentences_of(count: int) -> Iterator[str]:
    """``count`` short sentences of a manual, no two of them the same; always the same ones."""
    chance = random.Random(SEED)
    for number in range(count):
        thing, act, team = chance.choice(_THINGS), chance.choice(_ACTS), chance.choice(_TEAMS)
        yield f"{number}号{thing}由{team}{act}。"


def document_of(sentences: Sequence[str]) -> str:
    """``sentences`` as the articles of a manual."""
    articles = ["".join(sentences[first : first + EACH]) for first in range(0, len(sentences), EACH)]
    return "\n".join(["设备手册", *(f"第{number}条 {text}" for number, text in enumerate(articles, start=1))])


def cases_of(sentences: Sequence[str]) -> list[Case]:
    """Questions for who does it, by some of ``sentences``, spread over them."""
    asked = sentences[:: max(len(sentences) // ASKED, 1)][:ASKED]
    return [
        Case(str(number), "direct", f"{text.partition('由')[0]}由谁{text[-3:-1]}", (text,))
        for number, text in enumerate(asked)
    ]


def _print(size: int, name: str, found: Measured) -> None:
    right = sum(outcome.right for outcome in found.outcomes)
    memory = f"{found.memory:.0f} MB" if found.memory is not None else "unknown"
    print(
        f"  {size:>7} sentences, {name}: start {found.start:.1f} s, p50 {quantile(found.ms, 0.5):.2f} ms, "
        f"p99 {quantile(found.ms, 0.99):.2f} ms, memory {memory}, right {right} of {len(found.outcomes)}"
    )
