"""The questions that the benchmarks ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.cli.evaluation import CHAT, Case, read_cases
from bot.config import ROOT

FOLDER = ROOT / "tests" / "eval"


def questions() -> list[Case]:
    """The development questions on the first document."""
    return _read(FOLDER / "dev.jsonl")


def sets_of_questions(extra: Sequence[Path] = ()) -> dict[str, list[Case]]:
    """All questions on the first document but smalltalk, by set, and those of ``extra`` files, by their path.

    Raises BotError that names the first line which is no question, OSError for a file that is not there.
    """
    files = {file.stem: file for file in (FOLDER / "dev.jsonl", *sorted(FOLDER.glob("fresh-*.jsonl")))}
    files |= {str(file): file for file in extra}
    return {name: [case for case in _read(file) if case.kind != CHAT] for name, file in files.items()}


def _read(file: Path) -> list[Case]:
    return read_cases(file.read_text(encoding="utf-8").splitlines())
