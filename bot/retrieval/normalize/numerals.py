"""Numbers in one spelling: 三万六千, 3万6 and 36000 → ``3.6万``; 百分之百 → ``100%``; 8个1 → 八个一.

A stretch of numerals is read as a whole or left as it is, so that 三三两两, 万一, 千方百计 and 十二五 stay words; a
numeral of one character (一是, 三级, 统一) stays too. A small number in digits takes the characters of such words: 3级
→ 三级, 2抢1盗 → 两抢一盗. Lines of our own, since the library cn2an would write 统1, 3级, and 34个 for 三四个.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.retrieval.normalize.tokens import respell_tokens, respell_units

_DIGITS: Final = {
    char: value
    for value, chars in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE: Final = {"亿": 10**8, "万": 10**4}
_D: Final = "".join(_DIGITS)
_N: Final = "".join([*_DIGITS, *_SMALL, *_LARGE])
_BELOW: Final = "".join([*_DIGITS, *_SMALL])
_RUN: Final = rf"(?:[0-9]++(?:\.[0-9]++)?|[{_N}])++"

_WHOLE: Final = re.compile("百分之?百(?!分)")
_SHARE: Final = re.compile(rf"百分之({_RUN})((?:点[0-9{_D}]++)?)(?!几)")
_PIECES_OF: Final = re.compile(rf"(?<=[0-9{_N}])个(?=亿)")  # 7.2个亿
_SPOKEN_POINT: Final = re.compile(
    rf"(?<![第.0-9{_N}])((?:[0-9]++|[{_BELOW}])++)点([{_D}]++|[0-9]++)(?![a-z.点刻分0-9{_BELOW}])"
    r"(?=([万亿%]|个?百分点|公里|倍|元|米|吨|亩|度)?)"
)
_NUMBER: Final = re.compile(
    rf"(?<![0-9{_N}]点)(?<![a-z.:/0-9几数{_N}-]){_RUN}(?![a-z.]|[:/-][0-9]|点[0-9{_D}])"
)  # not around a point or a colon that stays
_TOKEN: Final = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{_N}]")
_ZERO: Final = re.compile("[零〇]")
_SHORTHAND: Final = re.compile(rf"([亿万千百])(?:[{_D[2:]}]|[1-9])$")  # 三万六
_WORDS: Final = "零一两三四五六七八九"
_COUNTED: Final = frozenset("年月人个元名条岁天倍项")  # 十个 is a figure, 十佳 a name
_TWO_AS_A_NAME: Final = frozenset("是月号日等级把期楼")  # 二月, whereas 2个 is 两个
_LONG: Final = re.compile(r"[0-9]{13}|^0[0-9]")  # a code, and stays


def normalize_numerals(text: str) -> str:
    """``text``, squashed, with every number, date, time and unit in one spelling. Doing so twice is doing so once."""
    text = _SHARE.sub(_shared, _WHOLE.sub("100%", respell_tokens(text)))
    text = _SPOKEN_POINT.sub(_pointed, _PIECES_OF.sub("", text))
    return respell_units(_NUMBER.sub(_respelled, text))


def _shared(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}%" if _value(match[1]) is not None else match[0]


def _pointed(match: re.Match[str]) -> str:
    """三点六万 with its point; 三点五 alone is a time or a heading, and stays."""
    whole, part, unit = match.groups()
    value = _value(whole, spelled=True)
    if value is None or (len(whole) == 1 and unit is None):
        return match[0]
    return f"{value}.{''.join(str(_DIGITS.get(char, char)) for char in part)}"


def _respelled(match: re.Match[str]) -> str:
    run, before, after = match[0], match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if len(run) > 1 and run[-1] in "零〇" and after in {"几", "多"}:  # 四千零几十
        value, rest = _value(run[:-1]), run[-1]
    else:
        value, rest = _value(run, spelled=after == "年" and len(run) == 4), ""
    if value is None:
        return run
    if value == 10:
        return "10" if after == "%" or (after in _COUNTED and before != "第") else "十"
    if value < 10 and value == int(value) and after != "%":
        if not run.isascii():
            return run
        return "二" if value == 2 and (before == "第" or not after or after in _TWO_AS_A_NAME) else _WORDS[int(value)]
    return _canonical(value) + rest


def _canonical(value: Decimal) -> str:
    for unit, size in _LARGE.items():
        if value >= size and value % (size // 100) == 0:  # at most two decimals: 12345 is no 1.2345万
            return f"{(value / size).normalize():f}{unit}"
    return f"{value.normalize():f}"


def _value(run: str, *, spelled: bool = False) -> Decimal | None:
    """What ``run`` amounts to; None if it is no number. ``spelled``: digits one by one, as in 一九四九."""
    if _LONG.search(run):
        return None
    if len(run) > 1 and all(char in _DIGITS for char in run):
        if run[0] in "零〇" or not (spelled or (len(run) > 2 and _ZERO.search(run))):
            return None
        return Decimal("".join(str(_DIGITS[char]) for char in run))
    return _sum(_TOKEN.findall(_ZERO.sub("", _SHORTHAND.sub(_in_full, run)) or run))


def _in_full(match: re.Match[str]) -> str:
    return match[0] + {"亿": "千万", "万": "千", "千": "百", "百": "十"}[match[1]]


def _sum(tokens: list[str]) -> Decimal | None:
    """The value of numbers with the units behind them, from large units to small ones; None if they are none."""
    total = section = Decimal(0)
    number: Decimal | None = None
    large, small = 10**12, 10**4
    for token in tokens:
        if token in _SMALL:
            unit = _SMALL[token]
            if number is None and unit == 10:
                number = Decimal(1)  # 十八, 一百十八
            if number is None or number >= 10 or unit >= small:
                return None
            section, number, small = section + number * unit, None, unit
        elif token in _LARGE:
            section += number or 0
            if not section or _LARGE[token] >= large:
                return None
            large, small = _LARGE[token], 10**4
            total, section, number = total + section * large, Decimal(0), None
        elif number is not None:
            return None
        else:
            number = Decimal(_DIGITS.get(token, token))
    return total + section + (number or 0)
