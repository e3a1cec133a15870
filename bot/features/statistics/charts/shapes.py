"""What a chart is made of. One unit is a CSS pixel on a phone that is 360 of them wide."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

WIDTH: Final = 328.0
"""How wide every chart is: a phone less its margins."""

Role = Literal["answered", "suggested", "declined", "active", "right", "track", "axis", "ink", "soft", "ground", "card"]
"""What a shape stands for; whoever shows it knows the colour."""
Anchor = Literal["start", "middle", "end"]
_NARROW = 0.6  # em: a little more than digits and most Latin letters take in sans-serif fonts


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, its upper left corner at ``x`` and ``y``."""

    x: float
    y: float
    width: float
    height: float
    role: Role


@dataclass(frozen=True, slots=True)
class Line:
    """A thin line across, from ``x`` on."""

    x: float
    y: float
    width: float
    role: Role = "axis"


@dataclass(frozen=True, slots=True)
class Label:
    """A text whose baseline is at ``y``; ``anchor`` says which of its ends is at ``x``. ``above``: over lines."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: Anchor = "start"
    role: Role = "ink"
    above: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes, to be drawn in their order, and ``table``: the same in words and numbers, headings first."""

    title: str
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    table: tuple[tuple[str, ...], ...]
    summary: str = ""
    """What is to be seen, in a sentence; also for who sees nothing."""


def text_width(text: str, size: float) -> float:
    """How wide ``text`` is about, and hardly ever wider."""
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F", "A"} for char in text)
    return size * (wide + _NARROW * (len(text) - wide))


def fitted(text: str, size: float, width: float) -> str:
    """``text``, or as much of it as fits into ``width`` with an ellipsis behind it."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
