"""A ``Figure`` of the source, and others that could be taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.quiz.draw import lot, shuffled

_UNITS = r"个百分点|百分点|人次|公里|平方公里|平方米|立方米|公顷|个名次|小时|分钟|%|‰|[^\W\d_a-zA-Z至到和与或]"
_FIGURE = re.compile(rf"(?<![\d.:/-])(?<!\d[,，])(\d+(?:\.\d+)?)([百千万亿]*[多余]?(?:{_UNITS}))")
_ALONE = re.compile(r"(\d+(?:\.\d+)?)(\D{1,6})")
_ALIKE = 3.0  # how many times larger another figure may be and still be of the same size
_MOST = {"%": 100.0, "月": 12.0, "日": 31.0, "号": 31.0, "时": 24.0}
_YEARS = 1000.0  # from here on, a number of 年 is a date, and another one is like it within a generation
_GENERATION = 30.0
_HIGH = 85.0  # per cent; where nearly all is reached, only nearly all could be believed
_SHORT_OF_ALL = (99, 98, 97, 96, 95, 92, 90)  # what could be believed where everything is reached
_STEPS = 3  # so many times the next slip starts from the last one
_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, as the source spells it: ``1700.8`` and ``万元``."""

    number: str
    unit: str

    def __str__(self) -> str:
        return self.number + self.unit

    @property
    def value(self) -> float:
        """The number as such, without its unit."""
        return float(self.number)

    def like(self, other: Figure) -> bool:
        """Whether ``other`` has the same unit and the same size."""
        if self.unit != other.unit or not self.value or not other.value:
            return False
        if self.value <= _MOST.get(self.unit, 0) < other.value:
            return False
        if self.unit == "年" and max(self.value, other.value) >= _YEARS:
            return abs(other.value - self.value) <= _GENERATION
        if self.unit == "%" and self.value > _HIGH:
            return abs(other.value - self.value) <= 100 - _HIGH
        return 1 / _ALIKE <= other.value / self.value <= _ALIKE


def figure(text: str) -> Figure | None:
    """The figure that ``text`` is as a whole; None where it is none."""
    found = _ALONE.fullmatch(text)
    return Figure(*found.groups()) if found else None


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures in ``text``, in their order; one that stands twice comes twice."""
    return tuple(Figure(*found.groups()) for found in _FIGURE.finditer(text))


def near(real: Figure, *seed: object) -> Figure | None:
    """A figure that could be mistaken for ``real``: two digits changed places, or one digit is another."""
    found = list(dict.fromkeys(_slips(real)))
    alike = [other for other in found if real.like(Figure(other, real.unit))]
    return Figure(shuffled(alike, *seed)[0], real.unit) if alike else None


def others(real: Figure, knowledge: Knowledge, count: int, *seed: object) -> tuple[str, ...]:
    """``count`` wrong figures for ``real``: those of the source that are like it, then made-up ones; fewer: none.

    A made-up one is a slip of another option and not always of ``real``, else the right one would be what all of them
    resemble. None of them stands in the source.
    """
    in_source = dict.fromkeys(figures_in(knowledge.source))
    standing = {other.number for other in in_source}
    found = shuffled((str(other) for other in in_source if other != real and real.like(other)), *seed)[:count]
    chain = [real]
    for round in range(_ROUNDS):
        if len(found) == count:
            return tuple(found)
        base = chain[-1] if len(chain) < _STEPS else chain[lot(len(chain), *seed, "from", round)]
        made = near(base, *seed, "slip", round)
        if made is None:
            break
        if made.number not in standing and real.like(made) and str(made) not in found:
            found.append(str(made))
            chain.append(made)
    return ()


def _slips(real: Figure) -> Iterator[str]:
    number = real.number
    if str(real) == "100%":
        yield from map(str, _SHORT_OF_ALL)
        return
    for place, digit in enumerate(number):
        if not digit.isdigit():
            continue
        for other in "0123456789":
            if abs(int(other) - int(digit)) in (1, 2, 3):
                yield from _whole(number, place, other)
        after = number[place + 1 : place + 2]
        if after.isdigit() and after != digit:
            yield from _whole(number, place, after + digit)


def _whole(number: str, place: int, new: str) -> Iterator[str]:
    """``number`` with ``new`` at ``place``, where that is still a number somebody would write down."""
    made = number[:place] + new + number[place + len(new) :]
    if made[0] != "0" and not ("." in made and made[-1] == "0"):
        yield made
