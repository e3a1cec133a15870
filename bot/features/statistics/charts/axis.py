"""Round numbers for an axis."""

from __future__ import annotations

from math import ceil, floor, log10

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
