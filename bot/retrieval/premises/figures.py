"""The figures of a text with what they measure: 4047人, 18.7%, 7.2亿元, 17:30, 第一. For text in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.retrieval.normalize.numerals import normalize_numerals
from bot.text import clean, squash

_PIECE: Final = re.compile(r"[,;](?![0-9]{3}(?![0-9]))|[。!?、()\n]")
UNITS: Final = (
    "个百分点|个百分比|个小时|个钟头|个工作日|工作日|个月|个名次|平方米|平方公里|立方米|公斤|公里|厘米|毫米|毫升|分钟|小时|名次|位次|学时|课时|学分"
    "|%|元|人|名|个|条|项|位|家|户|岁|天|周年|年|周|次|回|遍|册|本|倍|件|场|届|期|章|节|篇|米|亩|吨|斤|度|千克|克|级|步|种|类|套|辆|台|间|层"
    "|批|处|股|支|份|队|所|座|栋|字|页|分|张|颗|棵|箱|瓶|盒|kw|v|w|mb|gb|km|kg|cm|mm|ml|秒"
)
SAME_UNITS: Final = {
    **dict.fromkeys(("名", "人", "个", "条", "项", "位", "名次", "个名次", "位次"), "个"),
    **dict.fromkeys(("个百分点", "个百分比", "%"), "%"),
    **dict.fromkeys(("个工作日", "工作日"), "工作日"),
    **dict.fromkeys(("次", "回", "遍"), "次"),
    **dict.fromkeys(("册", "本"), "册"),
    **dict.fromkeys(("个小时", "个钟头"), "小时"),
    "周年": "年",
}
"""Units that measure the same: 4047名 is what a document may call 4047人."""
_ONES: Final = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_N: Final = "零一二两三四五六七八九十"
_FIGURE: Final = re.compile(
    rf"(?P<clock>(?<![0-9:])[0-9]{{1,2}}:[0-9]{{2}}(?![0-9:]))"
    rf"|(?<![0-9.a-z:/{_N}第-])(?P<number>[0-9]+(?:\.[0-9]+)?|[{_N[1:]}](?![{_N}百千]))(?P<scale>万亿|[万亿]|)(?P<vague>[多余几来])?"
    rf"(?:(?P<unit>{UNITS}|月)|(?![a-z]))"
)
DATE: Final = re.compile(r"(?:([0-9]{4})年)?((?:1[0-2]|[一二三四五六七八九十])月)([0-9]{1,2}|[一二三四五六七八九十])日")
"""A day of the year: year or nothing, month, day."""
_SCALES: Final = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_BEFORE: Final = re.compile("(?:近|约|大约|大概|差不多|将近|接近|超过|突破|不到|不足|达到没有|有没有[到上过]?)$")
_BEHIND: Final = re.compile("[多余几]|出头|左右|上下|以[上下内外]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its ``value`` in ``unit``, and its ``text``, which stands at ``start`` to ``end``.

    ``unit`` is one for all units that measure the same, ``年份`` for a calendar year, ``月`` for a month of it, ``:``
    for a time of day, and empty for a bare number; ``scaled`` if it is counted by 万 or 亿. ``vague``: it claims no
    exact value.
    """

    value: float
    unit: str
    text: str
    start: int
    end: int
    scaled: bool = False
    vague: bool = False
    more: bool = False
    """5000多: at least that."""


def read_figures(text: str) -> Iterator[Figure]:
    """The figures of ``text``, in order."""
    for match in _FIGURE.finditer(text):
        if match["clock"]:
            hour, minute = match["clock"].split(":")
            yield Figure(int(hour) + int(minute) / 60, ":", match[0], match.start(), match.end())
            continue
        number, scale, unit = match["number"], match["scale"], match["unit"] or ""
        if not number.isascii() and not unit:
            continue
        value = float(number) if number.isascii() else float(_ONES[number])
        unit = "年份" if unit == "年" and _YEAR.fullmatch(number) else SAME_UNITS.get(unit, unit)
        more = match["vague"] is not None or text[match.end() : match.end() + 1] in {"多", "余"}
        vague = more or bool(_BEFORE.search(text, 0, match.start()) or _BEHIND.match(text, match.end()))
        yield Figure(value * _SCALES[scale], unit, match[0], match.start(), match.end(), bool(scale), vague, more)


DURATIONS: Final = {"分钟": 1 / 60, "小时": 1.0, "天": 24.0, "周": 168.0, "个月": 730.5, "年": 8766.0}
"""Units of time, in hours."""


def same_kind(one: Figure, other: Figure) -> bool:
    """Whether both measure the same: an amount without its unit may be any amount."""
    if one.unit == other.unit:
        return one.unit != "" or one.scaled == other.scaled
    bare, full = sorted((one, other), key=lambda figure: len(figure.unit))
    return not bare.unit and bare.scaled and (full.scaled or full.unit == "元")


def agrees(claimed: Figure, stated: Figure) -> bool:
    """Whether what is ``claimed`` is what is ``stated``, as far as it claims anything exactly."""
    if claimed.value == stated.value or (claimed.unit == ":" and claimed.value + _HALF_A_DAY == stated.value):
        return True  # 5:30 may be said of the afternoon
    if claimed.more:
        digits = len(f"{claimed.value:.0f}") - len(f"{claimed.value:.0f}".rstrip("0"))
        return claimed.value <= stated.value < claimed.value + 10.0**digits
    return claimed.vague and abs(claimed.value - stated.value) <= _TOLERANCE * stated.value


_HALF_A_DAY = 12
_TOLERANCE = 0.15  # 大概4000人: as near as that is right


def pieces(text: str) -> tuple[str, ...]:
    """The clauses and list items of ``text``, squashed, with their numbers in one spelling."""
    spelled = (normalize_numerals(squash(piece)) for piece in _PIECE.split(clean(text)))
    return tuple(piece for piece in spelled if piece)
