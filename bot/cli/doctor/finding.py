"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.wording import Doctor as Wording

Mark = Literal["✓", "✗", "–"]
"""Well; to be mended; not in use, not known, or only a hint."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one item is doing; ``text`` says it, and the mend too if there is one."""

    mark: Mark
    item: str
    text: str

    def __str__(self) -> str:
        return Wording.LINE.format(mark=self.mark, item=self.item, text=self.text)


def ok(item: str, text: str) -> Finding:
    """``item`` is as it should be."""
    return Finding("✓", item, text)


def problem(item: str, text: str) -> Finding:
    """``item`` has to be mended."""
    return Finding("✗", item, text)


def note(item: str, text: str) -> Finding:
    """``item`` is not in use or not known, or could be better."""
    return Finding("–", item, text)
