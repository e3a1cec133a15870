"""Bars: beside each other, one for each day, what is stacked in a bar adding up; and below each other, each under its
name, with its number at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from bot.features.statistics.charts.shapes import WIDTH, Box, Chart, Label, Line, Role, fitted, text_width

_STEPS = (1, 2, 5, 10)
_UNITS = ((100_000_000, "亿"), (10_000, "万"))


def ticks(highest: int, count: int = 4) -> tuple[int, ...]:
    """Whole numbers from 0 in even, round steps, about ``count`` of them, the last not below ``highest``."""
    if highest <= 0:
        return (0, 1)
    rough = max(highest / count, 1)
    magnitude = 10 ** floor(log10(rough))
    step = next(step * magnitude for step in _STEPS if step * magnitude >= rough)
    return tuple(step * number for number in range(ceil(highest / step) + 1))


def short_number(number: int) -> str:
    """``number`` as it fits beside an axis: 950, 1,200, 1.5万, 120万, 3亿."""
    for size, unit in _UNITS:
        if number >= size:
            return f"{number / size:.3g}{unit}" if number < 10 * size else f"{number // size:,}{unit}"
    return f"{number:,}"


_PLOT = 96.0  # how high the highest tick is above zero
_SMALL = 10.0
_GAP = 6.0
_WIDEST = 30.0
_LEGEND = 22.0


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of all bars: its name and a number for each bar."""

    name: str
    role: Role
    values: tuple[int, ...]


def columns(title: str, heading: str, names: Sequence[str], series: Sequence[Series], *, summary: str = "") -> Chart:
    """A bar for each of ``names`` (at least one), stacked of ``series``; ``heading`` is over the names in the table."""
    totals = [sum(values) for values in zip(*(one.values for one in series), strict=True)]
    marks = ticks(max(totals))
    top = (_LEGEND if len(series) > 1 else 0) + _SMALL + 4  # room for the number over the highest bar
    zero = top + _PLOT
    left = max(text_width(short_number(mark), _SMALL) for mark in marks) + _GAP
    slot = (WIDTH - left) / len(names)
    wide = min(slot * 0.72, _WIDEST)
    unit = _PLOT / marks[-1]

    lines = [Line(left, zero - mark * unit, WIDTH - left) for mark in marks]
    keys = _keys(series) if len(series) > 1 else []
    labels = [label for _, label in keys]
    labels += [
        Label(left - _GAP, zero - mark * unit + _SMALL * 0.36, short_number(mark), _SMALL, "end", "soft")
        for mark in marks
    ]
    boxes = [box for box, _ in keys]
    numbers_fit = max(text_width(short_number(total), _SMALL) for total in totals) <= slot - 2
    name_wide = max(text_width(name, _SMALL) for name in names)
    # the last name is moved inwards where it is wider than its bar's place
    every = ceil((name_wide + 6 + max(0.0, (name_wide - slot) / 2)) / slot)
    for place, name in enumerate(names):
        middle = left + slot * (place + 0.5)
        y = zero
        for one in series:
            high = one.values[place] * unit
            if high:
                y -= high
                boxes.append(Box(middle - wide / 2, y, wide, high, one.role))
        if totals[place] and numbers_fit:
            labels.append(Label(middle, y - 3, short_number(totals[place]), _SMALL, "middle", above=True))
        if (len(names) - 1 - place) % every == 0:  # the latest day always has its name
            labels.append(_under(name, middle, left, zero))
    table = [(heading, *(one.name for one in series))]
    table += [(name, *(f"{one.values[place]:,}" for one in series)) for place, name in enumerate(names)]
    return Chart(title, zero + _SMALL + 8, tuple(boxes), tuple(lines), tuple(labels), tuple(table), summary)


def _under(name: str, middle: float, left: float, zero: float) -> Label:
    half = text_width(name, _SMALL) / 2
    return Label(min(max(middle, left + half - 2), WIDTH - half), zero + _SMALL + 4, name, _SMALL, "middle", "soft")


def _keys(series: Sequence[Series]) -> list[tuple[Box, Label]]:
    found = []
    share = WIDTH / len(series)
    x = 0.0
    for one in series:
        text = fitted(f"{one.name} {short_number(sum(one.values))}", 11, share - 20)
        found.append((Box(x, 1, 10, 10, one.role), Label(x + 15, 10, text, 11)))
        x += 15 + text_width(text, 11) + 14
    return found


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
