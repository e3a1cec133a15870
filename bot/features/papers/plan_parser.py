"""A competition as an organiser writes it in one line: 冬季学习 12月1日到12月5日 20题 30分钟 每天2次 取最好. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.contests.start_time import parse_start
from bot.features.papers.competitions import LONGEST, CompetitionPlan
from bot.quiz.paper import PaperRules
from bot.text import clean

_DATE: Final = (
    r"(?:\d{4}[年/.-])?\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号]|大?后天|明天|今天|现在|即日起?"
    r"|[下本这]?(?:周|星期|礼拜)[一二三四五六日天]"
)
_CLOCK: Final = r"(?:凌晨|早上|上午|中午|下午|晚上)?\s*(?:\d{1,2}[:：]\d{2}|\d{1,2}[点时](?:半|\d{1,2}分?)?)"
_MOMENT: Final = rf"(?:{_DATE})(?:\s*{_CLOCK})?|{_CLOCK}"
_WINDOW: Final = re.compile(rf"从?\s*(?P<begin>{_MOMENT})\s*(?:到|至|[-–—~～])\s*(?P<end>{_MOMENT})\s*(?:为?止|结束)?")
_UNTIL: Final = re.compile(rf"(?:到|至)\s*(?P<end>{_MOMENT})\s*(?:为?止|结束)?")
_DAYS: Final = re.compile(r"(?:办|为期|共|连续)?\s*(?P<days>\d{1,2})\s*天(?!\s*\d*\s*次)")
_ONLY_DATE: Final = re.compile(_DATE)
_WEEKDAY: Final = re.compile("(?P<week>[下本这]?)(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_WEEKDAYS: Final = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
_MONTH_DAY: Final = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})")
_NOW: Final = re.compile("现在|即日起?")
_COUNT: Final = re.compile(r"(?:每份|每人|出)?\s*(\d{1,4})\s*(?:道题?|题)")
_MINUTES: Final = re.compile(r"(?:限时|时间)?\s*(\d{1,4})\s*分钟?(?!之)")
_TRIES: Final = re.compile(r"(?:每[天日人]|一天)*\s*(?:可以?|最多|答)*\s*(\d{1,3})\s*次(?:机会)?")
_COUNTING: Final = re.compile(r"取?\s*(最好|最高|最后)(?:的?一次|的?成绩|分)?")
_BANK: Final = re.compile(r"题库\s*[:：\s]\s*(\S+)")
_BRANCHES: Final = re.compile(r"(?:支部|单位|部门)\s*[:：]\s*(?P<all>\S+(?:\s*[、,，;；]\s*\S+)*)")
_BRANCH_MARKS: Final = re.compile(r"\s*[、,，;；|]\s*")
_MARKS: Final = re.compile(r"[\s，,；;。、：:]+")
_QUOTED: Final = re.compile('[“「《]([^”」》]+)[”」》]|"([^"]+)"')


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What was read: the plan, and whether the text said when the competition ends."""

    plan: CompetitionPlan
    has_window: bool


def parse_plan(text: str, now: datetime, document: str = "") -> ReadPlan:
    """What ``text`` plans on ``document``; ``now`` by the clocks by which it is meant.

    What is not said is as in ``PaperRules``; what is left over is the title. Without a window it begins and ends now.
    """
    usual = PaperRules()
    rest = text
    title = ""
    if quoted := _QUOTED.search(rest):
        title, rest = quoted[1] or quoted[2], rest[: quoted.start()] + " " + rest[quoted.end() :]
    bank, rest = _taken(_BANK, rest)
    branches, rest = _taken(_BRANCHES, rest)
    window, rest = _window(rest, now)
    count, rest = _taken(_COUNT, rest)
    minutes, rest = _taken(_MINUTES, rest)
    tries, rest = _taken(_TRIES, rest)
    counting, rest = _taken(_COUNTING, rest)
    rules = PaperRules(
        int(count[1]) if count is not None else usual.count,
        int(minutes[1]) if minutes is not None else usual.minutes,
        int(tries[1]) if tries is not None else usual.tries,
        "last" if counting is not None and counting[1] == "最后" else usual.counting,
    )
    starts_at, ends_at = window or (now, now)
    plan = CompetitionPlan(
        title or _MARKS.sub(" ", rest).strip(),
        starts_at,
        ends_at,
        rules,
        document,
        bank[1] if bank is not None else "",
        tuple(filter(None, _BRANCH_MARKS.split(branches["all"]))) if branches is not None else (),
    )
    return ReadPlan(plan, window is not None)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match of ``pattern``, and ``text`` without it."""
    found = pattern.search(text)
    return (None, text) if found is None else (found, f"{text[: found.start()]} {text[found.end() :]}")


def _window(text: str, now: datetime) -> tuple[tuple[datetime, datetime] | None, str]:
    """From when until when, and ``text`` without that."""
    found, rest = _taken(_WINDOW, text)
    if found is not None:
        begin = _begin(found["begin"], now)
        end = _end(found["end"], found["begin"], begin, now) if begin is not None else None
        return (None, text) if begin is None or end is None else ((begin, end), rest)
    found, rest = _taken(_UNTIL, text)
    if found is not None:
        end = _end(found["end"], "", now, now)
        return (None, text) if end is None else ((now, end), rest)
    found, rest = _taken(_DAYS, text)
    if found is not None:
        return (now, now + timedelta(days=int(found["days"]))), rest
    return None, text


def _begin(said: str, now: datetime) -> datetime | None:
    """When it begins: at once if that is today or was before."""
    said = said.strip()
    if _NOW.fullmatch(said):
        return now
    only_date = _ONLY_DATE.fullmatch(said) is not None
    if (only_date and said == "今天") or _has_begun(said, now, only_date=only_date):
        return now
    moment = parse_start(f"{said}0点" if only_date else said, _midnight(now), LONGEST)
    return max(moment, now) if moment is not None else None


def _has_begun(said: str, now: datetime, *, only_date: bool) -> bool:
    """Whether ``said`` is a day of this week, or a date of the last months, that is past, or today without an hour."""
    least = 0 if only_date else 1  # days ago
    if weekday := _WEEKDAY.match(said):
        ago = now.weekday() - _WEEKDAYS[weekday["day"]]
        return weekday["week"] != "下" and least <= ago <= (6 if weekday["week"] else 0)
    if date := _MONTH_DAY.match(said):
        for year in (now.year, now.year - 1):
            try:
                then = now.date().replace(year=year, month=int(date["month"]), day=int(date["day"]))
            except ValueError:  # such as the 31st of February
                continue
            if least <= (now.date() - then).days <= LONGEST.days:
                return True
    return False


def _end(said: str, begin_said: str, begin: datetime, now: datetime) -> datetime | None:
    """When it ends: with the end of the day if that is all that is said."""
    spelled = clean(said)
    if re.match(r"\d{1,2}[日号]", spelled):  # of the month that it begins in
        spelled = f"{begin.month}月{spelled}"
    weekday = _WEEKDAY.match(spelled)
    since = _midnight(begin if weekday is not None and not weekday["week"] else now)  # 周五: the next one behind that
    if _ONLY_DATE.fullmatch(spelled):
        return parse_start(f"{spelled}24点", since, 2 * LONGEST)
    if not _ONLY_DATE.match(spelled):  # an hour alone: of the day that it begins on
        return parse_start(spelled, begin)
    return parse_start(spelled, since, 2 * LONGEST)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
