"""Numbers, dates, times, codes and units in one spelling: 三万六千, 3万6 and 36000 → ``3.6万``; 百分之百 → ``100%``.

A stretch of numerals is read as a whole or left as it is, so that 三三两两, 万一, 千方百计 and 十二五 stay words; a
numeral of one character (一是, 三级, 统一) stays too. A small number in digits takes the characters of such words: 3级
→ 三级, 2抢1盗 → 两抢一盗, 8个1 → 八个一. Lines of our own, since the library cn2an would write 统1, 3级, and 34个 for 三四个.

Some tokens are one thing although they hold marks, letters and digits: «2025-03-15», «2025年03月15日» and
«二〇二五年三月十五号» are one date, «下午5点半» is 17:30, «30日» of a loan are «30天». ``respell_tokens`` and, after the
numbers in it were read, ``respell_units`` give each of them one spelling. Both take squashed text, in which a hyphen, a
slash and a colon between digits have stayed, and are idempotent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_NUMERAL: Final = "一二两三四五六七八九十"
_ONES: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}

_ISO_DATE: Final = re.compile(
    r"(?<![0-9./:-])((?:19|20)[0-9]{2})([-/.])(0?[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01]|[1-9])(?![0-9]|[./:-][0-9])"
)
_LEADING_ZERO: Final = re.compile(r"(?<![0-9.:/-])0(?=[0-9](?:[月日号时点分]|:[0-9]{2}))|(?<=-)0(?=[0-9]:[0-9]{2})")
_PHONE: Final = re.compile(
    r"(?<![0-9-])(?:0[0-9]{2,3}-[0-9]{7,8}|1[0-9]{2}-[0-9]{4}-[0-9]{4}|[48]00-[0-9]{3}-?[0-9]{4})(?![0-9])"
)
_CLOCK: Final = re.compile(
    rf"(?<![第0-9.:{_NUMERAL}])(?P<part>凌晨|清早|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|晚|早)?"
    r"(?P<hour>2[0-4]|1[0-9]|[1-9]|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    rf"(?:(?P<mark>[点时])(?:(?P<minute>[0-5][0-9])(?![0-9.%万亿元])分?|(?P<tens>[二三四五]?十[一二三四五六七八九]?)分?"
    rf"|(?P<word>半|整|钟|[一三]刻)(?!年|天|数))?|(?P<colon>:[0-5][0-9])(?![0-9]))"
)
_AFTERNOON: Final = frozenset({"下午", "午后", "傍晚", "晚上", "夜里", "晚"})
_OPENS: Final = re.compile("[开关闭上下到至前后之以起还能就才吗吧]|$")  # behind an hour in digits: 9点开门 …
_OPENS_SURELY: Final = re.compile(
    "[开关闭](?:门|馆|放|始)|[上下]班|结束"
)  # … and in characters: 三点 may be three remarks
_REMARKS: Final = frozenset("讲说提出了这那的有共谈列归总第几")  # in front of them
_QUARTERS: Final = {"半": "30", "整": "00", "钟": "00", "一刻": "15", "三刻": "45", "": "00"}

_LATIN_UNITS: Final = {
    "kg": "公斤",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "ml": "毫升",
    "m2": "平方米",
    "rmb": "元",
    "千克": "公斤",
    "千米": "公里",
    "千瓦": "kw",
    "公分": "厘米",
    "平米": "平方米",
    "块钱": "元",
    "元钱": "元",
    "摄氏度": "度",
    "伏特": "v",
    "伏": "v",
    "瓦": "w",
}
"""A unit behind a number → how it is spelled here."""
_UNIT: Final = re.compile(
    rf"(?<=[0-9万亿{_NUMERAL}])(?:(?:{'|'.join(name for name in _LATIN_UNITS if name.isascii())})(?![a-z0-9])"
    rf"|{'|'.join(name for name in _LATIN_UNITS if not name.isascii())}|个(?=小时|钟头|工作日|学时|课时))"
)
_MONEY: Final = re.compile("(?<=[0-9])块(?=[吗么吧呢的了啊呀对是押罚]|$)")
_COUNTED_TEN: Final = {"十": "10"}  # as numerals before 天 are spelled
_WEEKDAY: Final = re.compile("(?:星期|礼拜)(?=[一二三四五六日天])")
_HOUR_WORD: Final = re.compile(rf"(?<=[0-9{_NUMERAL}半个])钟头")
_DAY_OF_MONTH: Final = re.compile(rf"(?<=月)([0-9]{{1,2}}|[{_NUMERAL}])号")
_DAYS: Final = re.compile(
    rf"(?<![月0-9.百千万{_NUMERAL}])([0-9]++|[二两三四五六七八九十])日(?![报本语军常志元子照落出])"
)

_WORD: Final = re.compile(r"[a-z]+(?:\+\+|#)|[a-z0-9]+(?:[.:][0-9]+[a-z]*)*%?")
_PARTS: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
_CODE: Final = re.compile(r"(?<![a-z0-9])[a-z]{1,6}[0-9][a-z0-9]*")
_LOCAL: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})([0-9]{7,8})")
_EXTRA_TERMS: Final = 8
_MIDNIGHT: Final = 24


def respell_tokens(text: str) -> str:
    """``text``, squashed, with dates, times, telephone numbers and units in one spelling; numbers are not read yet."""
    text = _WEEKDAY.sub("周", _UNIT.sub(lambda match: _LATIN_UNITS.get(match[0], ""), text))
    text = _LEADING_ZERO.sub("", _ISO_DATE.sub(r"\1年\3月\4日", text))
    text = _PHONE.sub(lambda match: match[0].replace("-", ""), text)
    return _CLOCK.sub(_clock, _HOUR_WORD.sub("小时", text))


def respell_units(text: str) -> str:
    """``text``, whose numbers have one spelling, with days spelled alike: 三月15号 → 三月15日, 借30日 → 借30天."""
    days = _DAYS.sub(lambda match: f"{_COUNTED_TEN.get(match[1], match[1])}天", _DAY_OF_MONTH.sub(r"\1日", text))
    return _MONEY.sub("元", days)


def whole_words(text: str) -> Iterator[str]:
    """Every run of Latin letters and digits of ``text`` as one word, and behind a mixed one its parts: ch326, ch, 326.

    A telephone number is followed by the number without the area code.
    """
    for run in _WORD.findall(text):
        yield run
        local = _LOCAL.fullmatch(run)
        if local:
            yield local[1]
        if not run.isdecimal() and not run.isalpha():
            parts = _PARTS.findall(run)
            if len(parts) > 1 and ":" not in run:
                yield from parts[:_EXTRA_TERMS]


def codes(text: str) -> Iterator[re.Match[str]]:
    """The codes in ``text``, letters with digits behind them: CH326, H10682."""
    return _CODE.finditer(text)


def _clock(match: re.Match[str]) -> str:
    """An hour as a time of day, if it is one."""
    part, hour, mark, colon = match["part"] or "", match["hour"], match["mark"], match["colon"]
    number = int(hour) if hour.isdecimal() else int(_tens(hour)) if "十" in hour else _ONES[hour]
    if part in _AFTERNOON and number < 12:
        number += 12
    if colon:
        return f"{part}{number}{colon}"
    minute = match["minute"] or _tens(match["tens"] or "") or _QUARTERS.get(match["word"] or "", "00")
    told = match["minute"] or match["tens"] or match["word"]
    if mark == "时" and not (match["minute"] or match["tens"]):
        return match[0]
    opens = _OPENS if hour.isdecimal() else _OPENS_SURELY
    if number > _MIDNIGHT or not (told or part or (mark and opens.match(match.string, match.end()))):
        return match[0]
    if not told and not part and match.string[: match.start()][-1:] in _REMARKS:
        return match[0]
    return f"{part}{number}:{minute}"


def _tens(text: str) -> str:
    if not text:
        return ""
    tens, _, ones = text.partition("十")
    return f"{_ONES.get(tens, 1)}{_ONES.get(ones, 0)}"


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
