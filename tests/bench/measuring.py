"""A system in a process of its own → what became of the questions, and what it cost."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import cast

from bot.cli.evaluation import Case
from bot.features.answers.record import Record
from tests.bench.child import ask, child
from tests.bench.scoring import Outcome, outcome

STARTS = 3
_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Program:
    """How a system that answers lines on its stdin is started."""

    arguments: tuple[str, ...]
    data_dir: Path
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """``outcomes`` in the order of the questions, ``lengths`` of what was shown in characters, ``ms`` a question.

    ``start``: seconds from the start of the process to its first answer, the median of some with all caches warm.
    ``memory``: the most that the process ever held, in MB; None where the system does not tell.
    """

    outcomes: tuple[Outcome, ...]
    lengths: tuple[int, ...]
    ms: tuple[float, ...]
    start: float
    memory: float | None


def measure(program: Program, cases: Sequence[Case]) -> Measured:
    """Ask ``program`` all ``cases`` one after another, and start it again for its start."""
    outcomes: list[Outcome] = []
    lengths: list[int] = []
    taken: list[float] = []
    with _running(program) as process:
        for case in cases:
            answer = ask(process, case.question, case.history)
            record = cast(Record, answer)
            outcomes.append(outcome(case, record, answer.get("score", 1.0)))
            taken.append(record["ms"])
            if record["quote"]:
                lengths.append(len(record["quote"]))
        memory = _peak(process.pid)
    # an everyday wording: the name of a passage would be answered before any part loaded on demand is needed
    first = next((case for case in cases if case.kind == "paraphrase"), cases[0])
    start = median(_start(program, first) for _ in range(STARTS))
    return Measured(tuple(outcomes), tuple(lengths), tuple(taken), start, memory)


def _running(program: Program) -> AbstractContextManager[subprocess.Popen[str]]:
    return child(*program.arguments, data_dir=program.data_dir, **program.settings)


def _start(program: Program, case: Case) -> float:
    started = time.perf_counter()
    with _running(program) as process:
        ask(process, case.question, case.history)
        return time.perf_counter() - started


def _peak(pid: int) -> float | None:
    """The high-water mark of a process; ``getrusage`` would count what its parent held when it was started."""
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return None
    return int(found[1]) * 1024 / 1e6 if found else None
