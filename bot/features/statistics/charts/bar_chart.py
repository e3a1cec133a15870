"""Bars that lie below each other, each under its name, with its number at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.statistics.charts.shapes import WIDTH, Box, Chart, Label, Role, fitted, text_width

_SIZE = 13.0
_ROW = 34.0
_BAR = 7.0
_LEAST = 2.0  # a bar that stands for anything can be seen


@dataclass(frozen=True, slots=True)
class Row:
    """A name, how long its bar is among all that could be (0–1), and the number as text."""

    name: str
    share: float
    number: str


def rows(title: str, headings: tuple[str, str], items: Sequence[Row], role: Role, *, summary: str = "") -> Chart:
    """A bar for each of ``items``, in ``role``'s colour; ``headings`` are over names and numbers in the table."""
    boxes: list[Box] = []
    labels: list[Label] = []
    for place, item in enumerate(items):
        y = place * _ROW
        room = WIDTH - text_width(item.number, _SIZE) - 12
        labels.append(Label(0, y + _SIZE, fitted(item.name, _SIZE, room), _SIZE))
        labels.append(Label(WIDTH, y + _SIZE, item.number, _SIZE, "end"))
        boxes.append(Box(0, y + _SIZE + 6, WIDTH, _BAR, "track"))
        if item.share > 0:
            boxes.append(Box(0, y + _SIZE + 6, max(WIDTH * min(item.share, 1.0), _LEAST), _BAR, role))
    table = (headings, *((item.name, item.number) for item in items))
    return Chart(
        title, max((len(items) - 1) * _ROW + _SIZE + 6 + _BAR, 0), tuple(boxes), (), tuple(labels), table, summary
    )
