"""What somebody typed → the options that are meant: ``B``, ``我觉得是B``, ``第二``, ``1 3``, an option's own words.

Pure, and in time bounded by the length of what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.text import CHINESE_NUMERALS, clean, squash

_LETTERS = "abcdefghijkl"
_EMOJI = str.maketrans({"🅰": "A", "🅱": "B", "\ufe0f": None, "\u20e3": None})  # the last two make keycaps of digits
_MARK = r"[\s,、;:/+和与及跟.。()!?~…]"
_LEAD = rf"""(?:{_MARK}|我|俺|咱|这|那|本|该|道|题目?|的|觉得|认为|感觉|猜|估计|想|看|选[择项]?|答案?|应该|应当
|大概|可能|也许|肯定|一定|还|就|是|为|第)*"""
_AFTER = r"(?:(?:个|项|号|选项|答案)?(?:对|正确)?(?:吧|啊|呢|了|呀|哦|喔|嘛|吗|么|的)*)"
_ONE = rf"(?:[a-l](?:项|选项)?|1[0-2]|[1-9]|第?[{CHINESE_NUMERALS[:9]}](?:个|项)?)"
_TYPED = re.compile(rf"{_LEAD}({_ONE}(?:{_MARK}*{_ONE})*){_MARK}*{_AFTER}{_MARK}*", re.VERBOSE)
_BEGINNING = re.compile(_LEAD, re.VERBOSE)
_TAIL = re.compile(r"[吧啊呢了呀哦喔嘛吗么\s.。!?~…]+$")
_LONGEST_PICK = 20  # characters
_LONGEST_ANSWER = 60  # characters: what is longer, and no option's own words, is talk
_SHORTEST_PART = 2  # characters of an option's words that stand for it
_RUN = re.compile(rf"[a-l]|\d+|[{CHINESE_NUMERALS[:9]}]")
_YES = frozenset(("对", "是", "正确", "对的", "是的", "没错", "正确的", "属实", *"√✓✔✅t", "true", "yes", "y"))
_NO = frozenset(
    ("错", "不对", "否", "不是", "错误", "错的", "不正确", "错误的", "有误", *"×✗✘❌xf", "false", "no", "n")
)

_UNKNOWN = re.compile(
    "(?:我|这题?|这道题|真)*(?:不知道|不会|不清楚|不晓得|不懂|没学过|忘了|想不起来|猜不到|pass|过)[了啊呀吧的。.!~…]*"
)


def gives_up(text: str) -> bool:
    """Whether ``text`` says that its author does not know the answer: 不知道, 这题不会, 忘了."""
    return len(text) <= _LONGEST_PICK and _UNKNOWN.fullmatch(clean(text)) is not None


def parse_options(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The indices that ``text`` picks, ascending; None if it is no answer but talk.

    Picks may lie outside of ``options``: a member who types E to four options is told that there is no E.
    """
    spelled = clean(text.translate(_EMOJI))
    worded = _by_words(spelled, options)
    if worded is not None or len(spelled) > _LONGEST_ANSWER:
        return worded
    typed = _TYPED.fullmatch(spelled)
    if typed is None:
        return _by_part(spelled, options)
    picks: set[int] = set()
    for run in _RUN.findall(typed[1]):
        picks.update(_numbers(run, len(options)))
    return tuple(sorted(picks))


def is_option_answer(text: str) -> bool:
    """Whether ``text`` can be nothing but an answer by letters or numbers."""
    return len(text) <= _LONGEST_PICK and _TYPED.fullmatch(clean(text.translate(_EMOJI))) is not None


def _by_words(spelled: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The option that has these very words; yes and no for a choice between the two."""
    words = [squash(option) for option in options]
    for said in _without_wrapping(spelled):
        bare = squash(said)
        if bare and words.count(bare) == 1:
            return (words.index(bare),)
        if len(words) == 2:
            for meant in (_YES, _NO):
                if said.strip("。!. ") in meant and sum(word in meant for word in words) == 1:
                    return (next(index for index, word in enumerate(words) if word in meant),)
    return None


def _by_part(spelled: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The only option that has what was typed as a part of its words."""
    for said in _without_wrapping(spelled):
        bare = squash(said)
        fitting = [index for index, option in enumerate(options) if bare in squash(option)]
        if len(bare) >= _SHORTEST_PART and len(fitting) == 1:
            return (fitting[0],)
    return None


def _without_wrapping(spelled: str) -> Iterator[str]:
    """What was typed, and that without what people say around an answer: 我觉得是…吧."""
    yield spelled
    lead = _BEGINNING.match(spelled)
    inner = _TAIL.sub("", spelled[lead.end() if lead else 0 :])
    if inner != spelled:
        yield inner


def _numbers(run: str, count: int) -> list[int]:
    if run in CHINESE_NUMERALS:
        return [CHINESE_NUMERALS.index(run)]
    if not run.isdecimal():
        return [_LETTERS.index(run)]
    if int(run) <= count:
        return [int(run) - 1]
    return [int(digit) - 1 for digit in run]  # 13 to four options: the first and the third
