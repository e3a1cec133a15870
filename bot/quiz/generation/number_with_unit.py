"""A ``Figure`` of the source, and others that could be taken for it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.knowledge.model import Knowledge
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.text import parse_count, spell_count

_UNITS = (
    "个工作日|个月|周岁|周年|个百分点|百分点|人次|公里|平方公里|平方米|立方米|公顷|个名次|小时|分钟|%|‰|"
    r"[^\W\d_a-zA-Z至到和与或]"
)
_FIGURE = re.compile(rf"(?<![\dA-Za-z.:/-])(?<!\d[,，])(\d+(?:\.\d+)?)([百千万亿]*[多余]?(?:{_UNITS}))")
_ALONE = re.compile(r"(\d+(?:\.\d+)?)(\D{1,6})")
_ALIKE = 3.0  # how many times larger another figure may be and still be of the same size
_ALIKE_SHARE = 1.8  # the same of a share: a rate of 5.5% nobody takes for 13.1%
_MOST = {"%": 100.0, "月": 12.0, "日": 31.0, "号": 31.0, "时": 24.0}
_YEARS = 1000.0  # from here on, a number of 年 is a date, and another one is like it within a generation
_GENERATION = 30.0
_HIGH = 85.0  # per cent; if nearly all is reached, only nearly all could be believed
_SHORT_OF_ALL = (95, 92, 90, 88, 85)  # what could be believed if everything is reached
_FACTORS = (37, 46, 58, 67, 76, 87, 116, 128, 139, 157, 172, 193, 217, 238)
"""Per cent of the right figure that a made-up one is: far from it, and not all round."""
_LONG = 1000
"""From here on a made-up number has as many digits as the right one: 14000亿元 beside 7000亿元 nobody writes."""
_NEAREST = 1.15  # how many times larger of two figures one is at least, so that nobody has to remember digits
_LADDERS = {
    "日": (3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "天": (3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "个工作日": (3, 5, 7, 10, 15, 20, 30, 45, 60),
    "小时": (2, 4, 8, 12, 24, 36, 48, 72),
    "个月": (1, 2, 3, 6, 9, 12, 18, 24),
    "年": (1, 2, 3, 5, 6, 8, 10, 15, 20),
    "周岁": (14, 16, 18, 20, 22, 25, 35),
    "周年": (10, 20, 30, 40, 50, 60, 70, 75, 80, 90, 100),
    "倍": (1, 2, 3, 5, 10),
    "次": (1, 2, 3, 4, 5),
    "人": (2, 3, 5, 7, 10, 20, 50, 100),
    "名": (2, 3, 5, 7, 10, 20, 50, 100),
    "万元": (1, 2, 3, 5, 10, 20, 50, 100),
    "元": (100, 200, 500, 1000, 2000, 5000, 10000),
}
"""Terms and sums as rules set them. Another step of the ladder is clearly another figure, and as believable."""
_FARTHEST = 6
_STEPS = 4  # of a ladder, on both sides of the right figure
_SPELLED = re.compile(
    r"(?<![第同每任某这那初星期十百千万亿〇零一二两三四五六七八九])((?:[一二三四五六七八九]?[千百十])+[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(个月|个工作日|周岁|日|天|年|倍|小时|次|元|名|人)(?![性来度级代月民]|以?上[^、，。]*款)"
)
_TELLING = 2  # digits from which a figure is another by more than one of them
_LONGER = frozenset(".十百千")  # what a longer number may have before its last digits
MAX_LIKE = 400
"""Figures of a unit, all of which are tried as wrong ones for one of them; of more, about ``SOME_LIKE`` are."""
SOME_LIKE = 60
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
        return float(self.number) if self.number[0].isdecimal() else float(parse_count(self.number) or 0)

    @property
    def is_spelled(self) -> bool:
        """Whether the number is written in Chinese characters."""
        return not self.number[0].isdecimal()

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
        most = _ALIKE_SHARE if self.unit == "%" else _ALIKE
        return 1 / most <= other.value / self.value <= most


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


def spelled_figures_in(text: str) -> tuple[Figure, ...]:
    """The figures in ``text`` that are written in Chinese characters and set a term, a sum or a number of times."""
    return tuple(Figure(*found.groups()) for found in _SPELLED.finditer(text))


def wrong_figures(real: Figure, knowledge: Knowledge, count: int, *seed: object, beside: str = "") -> tuple[str, ...]:
    """``count`` wrong figures for ``real``: those of the source that are like it, then made-up ones; fewer: none.

    None is a slip of one digit from the right one, no two are near each other, no made-up one stands in the source and
    none in the text ``beside`` it.
    """
    in_source = _figures_by_unit(knowledge.source, real.is_spelled).get(real.unit, _NONE)
    standing = in_source.values
    like = [other for other in in_source.near(real) if other.value != real.value and _is_alike(real, other)]
    made = [other for other in _made_up(real) if other.value not in standing and _is_alike(real, other)]
    order = {str(other): other for other in like} | {str(other): other for other in made}
    found = [real]
    for option in chain(seeded_shuffle(map(str, like), *seed), seeded_shuffle(map(str, made), *seed, "made")):
        if len(found) > count:
            break
        other = order[option]
        if _stands_in(beside, option) or not all(_is_apart(other, taken) for taken in found):
            continue
        if differs_by_one_digit(str(real), option) and not (_on_ladder(real) and _is_round(real)):
            continue
        found.append(other)
    return tuple(map(str, found[1:])) if len(found) == count + 1 else ()


@dataclass(frozen=True, slots=True)
class _OfUnit:
    """The figures of a unit in the order of a source, each once, and all their values."""

    figures: tuple[Figure, ...]
    values: frozenset[float]
    ascending: tuple[Figure, ...] = ()
    """The same by their values, if there are more than can be looked at for each question."""

    def near(self, real: Figure) -> tuple[Figure, ...]:
        """All of them; of more than ``MAX_LIKE``, some of the size of ``real``, evenly spread."""
        if not self.ascending:
            return self.figures
        first = bisect_left(self.ascending, real.value / _ALIKE, key=lambda one: one.value)
        last = bisect_right(self.ascending, real.value * _ALIKE, key=lambda one: one.value)
        return self.ascending[first : last : max(1, (last - first) // SOME_LIKE)]


_NONE = _OfUnit((), frozenset())


@lru_cache(maxsize=4)  # every figure of a source is compared with the others of it
def _figures_by_unit(source: str, spelled: bool) -> Mapping[str, _OfUnit]:
    by_unit: dict[str, list[Figure]] = {}
    for figure in dict.fromkeys((spelled_figures_in if spelled else figures_in)(source)):
        by_unit.setdefault(figure.unit, []).append(figure)
    return {
        unit: _OfUnit(
            tuple(figures),
            frozenset(figure.value for figure in figures),
            tuple(sorted(figures, key=lambda one: one.value)) if len(figures) > MAX_LIKE else (),
        )
        for unit, figures in by_unit.items()
    }


def _stands_in(text: str, option: str) -> bool:
    """Whether ``text`` has the figure ``option``, and not only as the end of a longer number."""
    at = text.find(option)
    while at >= 0:
        before = text[at - 1 : at] if at else ""
        if not (before.isdecimal() or before in _LONGER):
            return True
        at = text.find(option, at + 1)
    return False


def _on_ladder(real: Figure) -> tuple[int, ...]:
    """The steps around ``real`` of the ladder of its unit; none if it stands on none."""
    ladder = _LADDERS.get(real.unit, ())
    if (
        not ladder
        or "." in real.number
        or not ladder[0] / 2 <= real.value <= ladder[-1]
        or (real.unit == "年" and real.value > _GENERATION)
    ):
        return ()
    place = sum(step < real.value for step in ladder)
    return tuple(step for step in ladder[max(0, place - _STEPS) : place + _STEPS + 1] if step != real.value)


def _is_alike(real: Figure, other: Figure) -> bool:
    if real.unit == "%" and (
        real.number.count(".") != other.number.count(".") or (other.value == 100 > _HIGH > real.value)
    ):
        return False
    if _on_ladder(real) and real.unit == other.unit:
        return 1 / _FARTHEST <= other.value / real.value <= _FARTHEST
    return real.is_similar(other)


def _is_round(figure: Figure) -> bool:
    """Whether all digits but the first are zeros: then another first digit is no slip."""
    return not figure.number[1:].strip("0")


def _is_apart(one: Figure, other: Figure) -> bool:
    """Whether nobody has to remember digits to tell two figures apart."""
    small, large = sorted((one.value, other.value))
    if one.unit == "年" and small >= _YEARS:
        return large - small >= 1
    if one.unit == "%" and small >= _HIGH - _GENERATION / 2:
        return large - small >= 2
    return large >= _NEAREST * small


def _made_up(real: Figure) -> Iterator[Figure]:
    ladder = _on_ladder(real)
    for step in ladder:
        number = spell_count(step) if real.is_spelled else str(step)
        yield Figure("两" if number == "二" and real.unit != "日" else number, real.unit)
    if not ladder and not real.is_spelled:
        for number in dict.fromkeys(_apart(real)):
            yield Figure(number, real.unit)


def _apart(real: Figure) -> Iterator[str]:
    """Numbers apart from ``real`` that look like it: as many decimals, and as round as it is."""
    if str(real) == "100%":
        yield from map(str, _SHORT_OF_ALL)
        return
    places = len(real.number.partition(".")[2])
    zeros = 0 if places else len(real.number) - len(real.number.rstrip("0"))
    for percent in _FACTORS:
        value = real.value * percent / 100
        number = f"{value:.{places}f}"
        if real.unit == "年" and real.value >= _YEARS:
            number = str(int(real.value) + (percent - 100) // 10)
        elif zeros:
            number = str(round(value / 10**zeros) * 10**zeros)
        longer = real.value >= _LONG and len(str(int(float(number)))) != len(str(int(real.value)))
        if float(number) > 0 and not (places and number.endswith("0")) and not longer:
            yield number
    if not places and real.value <= _FEW:
        yield from (str(number) for number in range(max(1, int(real.value) - 4), int(real.value) + 5))
