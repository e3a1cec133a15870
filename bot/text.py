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
SHORT = 100  # characters of a text whose spelling is remembered
CHINESE_NUMERALS = "一二三四五六七八九十"
"""One to ten, in order."""

_SPACES = re.compile(r"\s+")
_NOT_MEANING = re.compile(r"[^\w%.]+|_+|(?<!\d)\.|\.(?!\d)")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def readable(text: str) -> str:
    """``text`` without control, format and unassigned characters; line breaks and tabs become spaces."""
    if text.isalnum():  # the usual question: nothing to take out, and a loop saved
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
    """What is left of ``clean(text)`` without spaces and punctuation; per cent signs and decimal points stay."""
    return _NOT_MEANING.sub("", clean(text))


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, with an ellipsis if something was left out."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def common_head(one: str, other: str) -> int:
    """How many characters both texts begin with alike."""
    parted = (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(parted, min(len(one), len(other)))
