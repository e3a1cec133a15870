"""This bot beside five peers on the same questions, in one run.

The questions are ``tests/eval/dev.jsonl`` and the fresh sets ``tests/eval/fresh-*.jsonl`` without smalltalk, and any
further sets that are named. Mind that after its first contact with each fresh set the bot was mended, its phrasings and
gaps among it: on these sets it is no stranger, and neither are the peers that are given its phrasings. The figures of
each first contact stand in docs/benchmarks.md; a set that nobody has seen (``make bench SETS=FILE``) tells more than
all of these.

Three blocks: the source alone; the phrasings of ``points.yaml`` beside it, as the honest comparison of methods with the
same knowledge; and the gaps too, where the nearest text being one of them counts as silence. Every peer is given its
best setting and passages, and the threshold on its score that suits it best, all fitted on the very questions; the
bot's verdicts are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.cli.evaluation import Case
from bot.config import ROOT, read_settings
from bot.knowledge.load import load
from bot.knowledge.model import Knowledge
from bot.retrieval_factory import foreign_questions, uses_embeddings
from tests.bench.answering import write_passages
from tests.bench.choosing import Block, Choice, choose
from tests.bench.measuring import Measured, Program, measure
from tests.bench.passages import cuts, phrasings, phrasings_and_gaps
from tests.bench.questions import sets_of_questions
from tests.bench.scoring import falsely_answered, quantile, right, right_within

COLUMNS = (
    "system",
    "searches",
    "right",
    "falsely answered",
    "right at ≤ 5 % falsely answered",
    "characters shown",
    "p50 ms",
    "p99 ms",
    "start s",
    "memory MB",
)
Row = tuple[str, str, Measured]


def main(extra: Sequence[Path] = ()) -> None:
    """Print the table, and shares by set below it. ``extra``: further sets of questions."""
    missing = [package for package in ("haystack", "sklearn") if find_spec(package) is None]
    if missing:
        print(f"compare: {', '.join(missing)} not installed; `make bench` installs the extra `bench`")
        return
    sets = sets_of_questions(extra)
    cases = [case for cases in sets.values() for case in cases]
    with TemporaryDirectory() as folder:
        measured = [*_ours(cases), *_peers(_blocks(load(ROOT / "knowledge")), cases, Path(folder))]
    _print(COLUMNS, [(title, [_cells(row) for row in rows]) for title, rows in measured])
    print("\nright (falsely answered) by set, without a threshold\n")
    _print(("system", *sets), [(title, [_by_set(row, sets) for row in rows]) for title, rows in measured])


def _blocks(knowledge: Knowledge) -> list[Block]:
    with_gaps = phrasings_and_gaps(knowledge, foreign_questions())
    return [
        Block("the source alone", cuts(knowledge), right),
        Block("with our phrasings", {"phrasings": phrasings(knowledge)}, right),
        # here the peers can be silent by themselves: what counts is how much stays right
        Block("with our phrasings and gaps", {"phrasings, gaps": with_gaps}, right_within),
    ]


def _ours(cases: Sequence[Case]) -> Iterator[tuple[str, list[Row]]]:
    settings = read_settings()
    data = settings.data_dir.resolve()
    data.mkdir(parents=True, exist_ok=True)
    layers = {"words": "false", "words and meaning": "true"}
    rows = [
        (f"duxue-bot, {name}", "phrasings, gaps", measure(Program(("-m", "bot", "ask", "--jsonl"), data, env), cases))
        for name, meaning in layers.items()
        for env in ({"MEANING": meaning},)
        if meaning == "false" or uses_embeddings(settings)
    ]
    yield "this bot", rows


def _peers(blocks: Sequence[Block], cases: Sequence[Case], folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """``folder``: where passages are kept, and jieba's cache as the peers use it."""
    for title, choices in groupby(choose(blocks, cases), key=lambda choice: choice.block.title):
        yield f"peers, {title}", [_peer(choice, cases, folder) for choice in choices]


def _peer(choice: Choice, cases: Sequence[Case], folder: Path) -> Row:
    file = folder / "passages.json"
    write_passages(choice.block.ways[choice.way], file)
    arguments = ("-m", "tests.bench.answering", choice.peer, choice.setting, str(file))
    program = Program(arguments, folder, {"TMPDIR": str(folder), "HAYSTACK_TELEMETRY_ENABLED": "False"})
    return f"{choice.peer}: {choice.setting}", choice.way, measure(program, cases)


def _cells(row: Row) -> tuple[str, ...]:
    name, way, measured = row
    return (
        name,
        way,
        f"{right(measured.outcomes):.3f}",
        f"{falsely_answered(measured.outcomes):.3f}",
        f"{right_within(measured.outcomes):.3f}",
        f"{median(measured.lengths or (0,)):.0f}",
        f"{quantile(measured.ms, 0.5):.2f}",
        f"{quantile(measured.ms, 0.99):.2f}",
        f"{measured.start:.2f}",
        "?" if measured.memory is None else f"{measured.memory:.0f}",
    )


def _by_set(row: Row, sets: dict[str, list[Case]]) -> tuple[str, ...]:
    name, _, measured = row
    outcomes = iter(measured.outcomes)
    parts = [[next(outcomes) for _ in cases] for cases in sets.values()]
    return (name, *(f"{right(part):.3f} ({falsely_answered(part):.3f})" for part in parts))


def _print(columns: Sequence[str], blocks: Sequence[tuple[str, list[tuple[str, ...]]]]) -> None:
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for title, rows in blocks:
        print(f"| **{title}** |" + " |" * (len(columns) - 1))
        for row in rows:
            print("| " + " | ".join(row) + " |")
