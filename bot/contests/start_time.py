"""When a contest is to start, as people say it: 明天8点, 周五下午三点半, 20:00, 半小时后 → a moment. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from bot.text import clean, parse_count

_SOME: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_DAY: Final = (
    "(?P<day>大?后天|明[天日早晚]?|今[天日早晚]?)|(?P<week>[下本这]?(?:周|星期|礼拜))(?P<weekday>[一二三四五六日天末])"
    "|(?P<month>[0-9]{1,2})月(?P<date>[0-9]{1,2})[日号]?"
)
_PART: Final = "(?P<part>凌晨|清早|早上|上午|中午|下午|午后|傍晚|晚上|夜里|[早晚])"
_CLOCK: Final = rf"(?P<hour>{_SOME})(?::(?P<minute>[0-9]{{2}})|[点时](?:(?P<spoken>半|整|[一三]刻|{_SOME})分?)?)"
_LATER: Final = rf"(?P<many>{_SOME})个?(?P<half>半)?(?P<unit>分钟|小时|钟头|刻钟)[之以]?后"
_FILLING: Final = "(?:在|的|钟|开始|开赛|准时|再|就)*"
_AT: Final = re.compile(rf"{_FILLING}(?:{_DAY})?{_FILLING}{_PART}?{_FILLING}{_CLOCK}{_FILLING}")
_IN: Final = re.compile(rf"{_FILLING}{_LATER}{_FILLING}")
_WORD: Final = re.compile(
    rf"(?:{_SOME}(?::[0-9]{{2}}|[点时](?:半|整|[一三]刻|{_SOME})?分?)|{_SOME}个?半?(?:分钟|小时|钟头|刻钟)[之以]?后"
    "|大?后天|明[天日早晚]?|今[天日早晚]?|[下本这]?(?:周|星期|礼拜)[一二三四五六日天末]|[0-9]{1,2}月[0-9]{1,2}[日号]?"
    "|凌晨|清早|早上|上午|中午|下午|午后|傍晚|晚上|夜里|在|的|钟|开始|开赛|准时)+"
)
_APART: Final = re.compile(r"(\d+)\s+(?=[点时:：])")
_TELLS: Final = re.compile("[0-9点时后明周月]|星期|礼拜|半")
_DAYS: Final = {"今": 0, "明": 1, "后": 2, "大": 3}
_WEEKDAYS: Final = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_UNITS: Final = {"分钟": 1, "刻钟": 15, "小时": 60, "钟头": 60}
_QUARTERS: Final = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}
_EARLY: Final = frozenset({"凌晨", "清早", "早上", "早"})
_AFTERNOON: Final = frozenset({"下午", "午后", "傍晚", "晚上", "夜里", "晚"})
FARTHEST: Final = timedelta(days=31)


def join_time(text: str) -> str:
    """``text`` with an hour and its 点 in one word, so that nobody takes the hour for a number of questions."""
    return _APART.sub(r"\1", text)


def names_a_time(said: str) -> bool:
    """Whether words of a time, as ``split_time`` finds them, name more than today."""
    return _TELLS.search(clean(said)) is not None


def split_time(topic: str) -> tuple[str, str]:
    """The words of ``topic`` that say when, joined; and the others."""
    words = topic.split()
    said = [word for word in words if _WORD.fullmatch(clean(word))]
    return "".join(said), " ".join(word for word in words if word not in said)


def parse_start(said: str, now: datetime, farthest: timedelta = FARTHEST) -> datetime | None:
    """The next moment after ``now``, by whose clocks it is meant, that ``said`` names; None if it names none.

    An hour without a part of the day is that of a clock with 24; without a day it is the next such hour. What lies more
    than ``farthest`` ahead is none.
    """
    text = clean(said).replace(" ", "")
    later = _IN.fullmatch(text)
    if later is not None:
        many, unit = _count(later["many"]), _UNITS[later["unit"]]
        minutes = unit * (0.5 if later["many"] == "半" else many) + (unit / 2 if later["half"] else 0)
        return now + timedelta(minutes=minutes) if minutes > 0 else None
    at = _AT.fullmatch(text)
    if at is None:
        return None
    try:
        return _moment(at, now, farthest)
    except ValueError:  # such as the 31st of February
        return None


def _moment(at: re.Match[str], now: datetime, farthest: timedelta) -> datetime | None:
    hour, minute = _count(at["hour"]), int(at["minute"] or 0)
    spoken = at["spoken"]
    if spoken:
        minute = _QUARTERS[spoken] if spoken in _QUARTERS else _count(spoken)
    part = at["part"] or (at["day"] or " ")[-1]
    if part in _AFTERNOON and hour <= 12:
        hour += 12 if hour < 12 or part != "下午" else 0
    elif part == "中午" and hour < 11:
        hour += 12
    elif part in _EARLY and hour == 12:  # 凌晨12点 is midnight
        hour = 0
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=_days_ahead(at, now))
    if hour > 24 or minute > 59:
        return None
    start = (start + timedelta(days=hour // 24)).replace(hour=hour % 24, minute=minute)
    if start <= now and at["day"] is None and at["month"] is None:
        start += timedelta(days=7 if at["weekday"] else 1)
    return start if now < start <= now + farthest else None


def _days_ahead(at: re.Match[str], now: datetime) -> int:
    if at["day"]:
        return _DAYS[at["day"][0]]
    if at["weekday"]:
        ahead = _WEEKDAYS[at["weekday"]] - now.weekday()
        if at["week"].startswith("下"):
            return ahead + 7
        return ahead if ahead >= 0 else ahead + 7
    if at["month"]:
        date = now.date().replace(month=int(at["month"]), day=int(at["date"]))
        if date < now.date():
            date = date.replace(year=date.year + 1)
        return (date - now.date()).days
    return 0


def _count(said: str) -> int:
    return parse_count(said.replace("两", "二")) or 0
