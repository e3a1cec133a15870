"""``B``, ``选B``, ``1 3``, ``Ａ、Ｃ``, an option's own words → the options that are meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.text import CHINESE_NUMERALS, clean, squash

_LETTERS = "abcdefghijkl"
_BEFORE = r"(?:我)?(?:的)?(?:答案|选项|选择|应该|答|选|是|为|第|:)*"
_AFTER = r"(?:个|项|吧|啊|呢|了)*"
_MARKS = r"[\s,、;/+和与及.。()!)(]*"
_ONE = r"(?:[a-l]|1[0-2]|[1-9])"
_TYPED = re.compile(rf"{_MARKS}{_BEFORE}{_MARKS}({_ONE}(?:{_MARKS}{_ONE})*){_MARKS}{_AFTER}{_MARKS}")
_NUMERAL = re.compile(rf"第?([{CHINESE_NUMERALS[:9]}])(?:个|项)")
_LONGEST_PICK = 20  # characters
_RUN = re.compile(r"[a-l]|\d+")
_YES = frozenset({"对", "是", "正确", "√", "✓", "✔", "t", "true"})
_NO = frozenset({"错", "不对", "否", "不是", "错误", "×", "✗", "✘", "f", "false"})


def parse_options(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The indices that ``text`` picks, ascending; None if it is no answer but talk.

    Picks may lie outside of ``options``: a member who types E to four options is told that there is no E.
    """
    spelled = clean(text)
    worded = _by_words(spelled, options)
    if worded is not None:
        return worded
    numeral = _NUMERAL.fullmatch(spelled)
    if numeral is not None:
        return (CHINESE_NUMERALS.index(numeral[1]),)
    typed = _TYPED.fullmatch(spelled)
    if typed is None:
        return None
    picks: set[int] = set()
    for run in _RUN.findall(typed[1]):
        picks.update(_numbers(run, len(options)))
    return tuple(sorted(picks))


def is_option_answer(text: str) -> bool:
    """Whether ``text`` can be nothing but an answer by letters or numbers."""
    return len(text) <= _LONGEST_PICK and _TYPED.fullmatch(clean(text)) is not None


def _by_words(spelled: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The option that has these very words; yes and no for a choice between the two."""
    bare = squash(spelled)
    words = [squash(option) for option in options]
    if bare and words.count(bare) == 1:
        return (words.index(bare),)
    if len(words) == 2:
        for meant in (_YES, _NO):
            if spelled.strip("。!. ") in meant and sum(word in meant for word in words) == 1:
                return (next(index for index, word in enumerate(words) if word in meant),)
    return None


def _numbers(run: str, count: int) -> list[int]:
    if not run.isdecimal():
        return [_LETTERS.index(run)]
    if int(run) <= count:
        return [int(run) - 1]
    return [int(digit) - 1 for digit in run]  # 13 to four options: the first and the third
