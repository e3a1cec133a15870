"""From the start of the process to its first answer, beside loading jieba's dictionary alone; and its memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from tests.bench.child import ask, child
from tests.bench.questions import questions

ROUNDS = 5
JIEBA = "import warnings; warnings.simplefilter('ignore'); import jieba; jieba.dt.tmp_dir = r'{}'; jieba.initialize()"


def main() -> None:
    """Print seconds and MB."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        first = _first_answer(data)  # nothing cached yet: the very first start on a machine
        warm = median(_first_answer(data) for _ in range(ROUNDS))
        (data / "jieba").mkdir()
        _load_jieba(data / "jieba")
        yardstick = median(_load_jieba(data / "jieba") for _ in range(ROUNDS))
        print(f"start to first answer   {warm:.2f} s (first start ever {first:.2f} s), aim 2 s")
        print(f"  yardstick jieba alone {yardstick:.2f} s, ratio {warm / yardstick:.2f}")
        print(f"memory after {len(questions())} questions {_memory(data):.0f} MB, aim 250 MB")


def _first_answer(data: Path) -> float:
    started = time.perf_counter()
    with child("-m", "bot", "ask", "--jsonl", data_dir=data) as process:
        ask(process, questions()[0].question)
        return time.perf_counter() - started


def _load_jieba(folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", JIEBA.format(folder)], check=True, capture_output=True)
    return time.perf_counter() - started


def _memory(data: Path) -> float:
    with child("-m", "bot", "ask", "--jsonl", data_dir=data) as process:
        for case in questions():
            ask(process, case.question)
        return float(psutil.Process(process.pid).memory_info().rss) / 1e6
