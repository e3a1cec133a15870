"""Cleaning of text, shared by what compares texts: the linter of the knowledge and the retrieval.

Two strengths: ``clean`` keeps the sentence readable, ``squash`` keeps only what carries meaning in a comparison.
Both are idempotent: applying them twice is applying them once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

# Cc control, Cf format (zero width, direction marks), Co private use, Cs surrogates, Cn unassigned: nothing to read
_UNREADABLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_VARIANTS = str.maketrans("衞濶淸靑鄕歩姪妳剏値", "卫阔清青乡步侄你创值")  # those that OpenCC keeps
_LASTING = re.compile("(?<![显名原专编论巨遗土卓昭拙译合所新])著(?![作名书称述者录])")  # Taiwan's 沿著 is 沿着
_LINE_CONTROLS = "\n\r\t\v\f\x85"
SHORT = 100  # characters of a text whose spelling is remembered …
PASSAGE = 800  # … and without its marks
CHINESE_NUMERALS = "一二三四五六七八九十"
"""One to ten, in order."""

_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‒–—―−~", "-"))
_MARKS = re.compile(r"((?<=\d)[-/:](?=\d)|(?<=[a-z])(?:\+\+|#))|[^\w%.]+|_+|(?<!\d)\.|\.(?!\d)")
"""Marks, in a group those that carry meaning: 17:30, 3-5天, 2025/3/15, C++, C#."""


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def readable(text: str) -> str:
    """``text`` without control, format and unassigned characters; line breaks and tabs become spaces."""
    if text.isprintable():  # nothing to take out, and a loop saved: whole documents come this way
        return text
    return "".join(
        char if unicodedata.category(char) not in _UNREADABLE else " " if char in _LINE_CONTROLS else ""
        for char in text
    )


def clean(text: str) -> str:
    """``text`` in one spelling: readable, NFKC (full width → half), simplified, lower case, single spaces."""
    return _clean_short(text) if len(text) <= SHORT else _clean(text)


def _clean(text: str) -> str:
    text = readable(text)
    for _ in range(4):  # each step can open work for another; two rounds settle all that was ever seen
        before = text
        text = unicodedata.normalize("NFKC", text)
        text = _to_simplified().convert(text.translate(_VARIANTS)).casefold()
        text = _LASTING.sub("着", text.replace("甚么", "什么"))
        if text == before:
            break
    return _SPACES.sub(" ", readable(text)).strip()


_clean_short = lru_cache(maxsize=4096)(_clean)  # what somebody types is looked at from several sides


def squash(text: str) -> str:
    """What is left of ``clean(text)`` without spaces and punctuation.

    Per cent signs and decimal points stay, and what makes one token of several: 17:30, 3-5天, 2025/3/15, C++.
    """
    return _squash_passage(text) if len(text) <= PASSAGE else _squash(text)


def _squash(text: str) -> str:
    return _MARKS.sub(r"\1", clean(text).translate(_DASHES))


_squash_passage = lru_cache(maxsize=4096)(_squash)  # the same passages are compared with question after question


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, with an ellipsis if something was left out."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def common_head(one: str, other: str) -> int:
    """How many characters both texts begin with alike."""
    parted = (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(parted, min(len(one), len(other)))


_COUNT_NAMES = "零一二三四五六七八九"
_COUNT_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_COUNT_UNITS = {"十": 10, "百": 100, "千": 1000}


def parse_count(text: str) -> int | None:
    """The number that a label is counted with: 三十九, 39, ３９ and, of ① to ⑳, ⑨. None if it is none."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdecimal():
        return int(text) if len(text) <= 9 else None
    total, digit = 0, None
    for char in text:
        if char in _COUNT_UNITS:
            total += (1 if digit is None else digit or 1) * _COUNT_UNITS[char]
            digit = None
        elif char in _COUNT_DIGITS:
            digit = _COUNT_DIGITS[char]
        else:
            return None
    return total + (digit or 0) if text else None


def spell_count(number: int) -> str:
    """``number`` in Chinese characters, as labels are counted: 39 → 三十九. In digits from 10,000 on and below 1."""
    if not 0 < number < 10_000:
        return str(number)
    found, is_gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            found += ("零" if is_gap and found else "") + _COUNT_NAMES[digit] + unit
        is_gap = not digit
    return found.removeprefix("一") if found.startswith("一十") else found


_RADICALS = dict(
    zip(
        "⺟⺠⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民竹肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_SAME_LENGTH = str.maketrans(
    {
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
        **_RADICALS,
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
    }
)


def unify_characters(text: str) -> str:
    """``text`` with characters in place of radicals, as PDFs have them (⽹ → 网), and digits in half width.

    Every character stays at its position.
    """
    return text.translate(_SAME_LENGTH)
