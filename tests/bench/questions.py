"""The questions that the benchmarks ask."""

from __future__ import annotations

from bot.config import ROOT
from bot.evaluation import Case, read_cases


def questions() -> list[Case]:
    """The development questions on the first document."""
    text = (ROOT / "tests" / "eval" / "dev.jsonl").read_text(encoding="utf-8")
    return read_cases(text.splitlines())
