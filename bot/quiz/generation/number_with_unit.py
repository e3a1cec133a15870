"""A ``Figure`` of the source, and others that could be taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.knowledge.model import Knowledge
from bot.quiz.seeded_random import seeded_index, seeded_shuffle

_UNITS = r"个百分点|百分点|人次|公里|平方公里|平方米|立方米|公顷|个名次|小时|分钟|%|‰|[^\W\d_a-zA-Z至到和与或]"
_FIGURE = re.compile(rf"(?<![\d.:/-])(?<!\d[,，])(\d+(?:\.\d+)?)([百千万亿]*[多余]?(?:{_UNITS}))")
_ALONE = re.compile(r"(\d+(?:\.\d+)?)(\D{1,6})")
_ALIKE = 3.0  # how many times larger another figure may be and still be of the same size
_MOST = {"%": 100.0, "月": 12.0, "日": 31.0, "号": 31.0, "时": 24.0}
_YEARS = 1000.0  # from here on, a number of 年 is a date, and another one is like it within a generation
_GENERATION = 30.0
_HIGH = 85.0  # per cent; if nearly all is reached, only nearly all could be believed
_SHORT_OF_ALL = (99, 98, 97, 96, 95, 92, 90)  # what could be believed if everything is reached
_FACTORS = (37, 41, 46, 53, 58, 64, 67, 72, 76, 83, 117, 124, 128, 133, 139, 146, 157, 163, 172, 184, 193, 217, 238)
"""Per cent of the right figure that a made-up one is: apart from it, and not all round."""
_TELLING = 2  # digits from which a figure is another by more than one of them
_FEW = 12  # so few are told apart at a glance, however near


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

    def is_similar(self, other: Figure) -> bool:
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


def parse_figure(text: str) -> Figure | None:
    """The figure that ``text`` is as a whole; None if it is none."""
    found = _ALONE.fullmatch(text)
    return Figure(*found.groups()) if found else None


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures in ``text``, in their order; one that stands twice comes twice."""
    return tuple(Figure(*found.groups()) for found in _FIGURE.finditer(text))


def plausible_figure(real: Figure, *seed: object) -> Figure | None:
    """A figure of the size of ``real`` that is clearly another: by more than a digit, and as round as ``real`` is."""
    made = [Figure(number, real.unit) for number in dict.fromkeys(_apart(real))]
    alike = [other for other in made if real.is_similar(other) and not differs_by_one_digit(str(real), str(other))]
    return alike[seeded_index(len(alike), *seed)] if alike else None


def differs_by_one_digit(one: str, other: str) -> bool:
    """Whether two figures differ by one digit, or by two that changed places; or are the same number."""
    digits, others = re.sub(r"[^\d.]", "", one), re.sub(r"[^\d.]", "", other)
    if re.sub(r"[\d.]", "", one) != re.sub(r"[\d.]", "", other):
        return False
    if float(digits or 0) == float(others or 0):
        return True
    if len(digits) != len(others) or len(digits.replace(".", "")) < _TELLING:
        return False
    differing = [at for at, (left, right) in enumerate(zip(digits, others, strict=True)) if left != right]
    return len(differing) == 1 or (len(differing) == 2 and sorted(digits) == sorted(others))


def wrong_figures(real: Figure, knowledge: Knowledge, count: int, *seed: object) -> tuple[str, ...]:
    """``count`` wrong figures for ``real``: those of the source that are like it, then made-up ones; fewer: none.

    None is a slip of one digit from the right one, no two are the same number, and no made-up one stands in the source.
    """
    in_source = dict.fromkeys(figures_in(knowledge.source))
    standing = {other.value for other in in_source}
    like = (str(other) for other in in_source if other.value != real.value and real.is_similar(other))
    made = (str(Figure(number, real.unit)) for number in dict.fromkeys(_apart(real)) if float(number) not in standing)
    found: list[str] = []
    values = {real.value}
    for option in chain(seeded_shuffle(like, *seed), seeded_shuffle(made, *seed, "made")):
        taken = parse_figure(option)
        new = (
            taken is not None
            and taken.value not in values
            and real.is_similar(taken)
            and not differs_by_one_digit(str(real), option)
        )
        if taken is not None and new and len(found) < count:
            found.append(option)
            values.add(taken.value)
    return tuple(found) if len(found) == count else ()


def _apart(real: Figure) -> Iterator[str]:
    """Numbers apart from ``real`` that look like it: as many decimals, and whole if it is whole."""
    if str(real) == "100%":
        yield from map(str, _SHORT_OF_ALL)
        return
    places = len(real.number.partition(".")[2])
    for percent in _FACTORS:
        value = real.value * percent / 100
        number = f"{value:.{places}f}"
        if real.unit == "年" and real.value >= _YEARS:
            number = str(int(real.value) + (percent - 100) // 10)
        if float(number) > 0 and not (places and number.endswith("0")):
            yield number
    if not places and real.value <= _FEW:
        yield from (str(number) for number in range(max(1, int(real.value) - 4), int(real.value) + 5))
