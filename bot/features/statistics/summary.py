"""What is counted for admins → the sentences that tell it. Pure; the words come from ``wording``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UnknownPointError
from bot.knowledge.model import Knowledge
from bot.quiz.daily import DailyTime
from bot.records.statistics import Day, DayFigures, Figures
from bot.wording import Insight as Wording

LONGEST = 90  # days: older rows are forgotten
TOP = 5
_MOMENT = timedelta(microseconds=1)


def days_until(now: datetime, count: int, zone: str) -> tuple[Day, ...]:
    """The last ``count`` days up to and with that of ``now``, oldest first, by the clocks of ``zone``."""
    midnight = DailyTime(0, 0, zone)
    days: list[Day] = []
    end = midnight.next_after(now)
    for _ in range(count):
        start = midnight.last_until(end - _MOMENT)
        days.append(Day(start.astimezone(ZoneInfo(zone)).date(), start, end))
        end = start
    return tuple(reversed(days))


LISTED = 14  # days in one message, each in its line


def with_titles(figures: Figures, knowledge: Knowledge, beside: Mapping[str, Knowledge] | None = None) -> Figures:
    """``figures`` with titles in place of ids and keys: of points, and of documents ``beside`` the main ``knowledge``.

    Quizzes are on any document: a point that the main one has not is told with the title of that which has it.
    """
    others = beside or {}
    titles = {**{key: one.title for key, one in others.items()}, "": knowledge.title}

    def title(point: str) -> str:
        found = _point_title(knowledge, point)
        if found:
            return found
        told = ((one.title, _point_title(one, point)) for one in others.values())
        of_another = (Wording.POINT_BESIDE.format(document=document, point=name) for document, name in told if name)
        return next(of_another, Wording.GONE_POINT.format(id=point))

    return replace(
        figures,
        top=tuple((title(point), count) for point, count in figures.top),
        weakest=tuple(replace(one, point=title(one.point)) for one in figures.weakest),
        documents=tuple(
            (titles.get(key, Wording.GONE_DOCUMENT), asked, answered) for key, asked, answered in figures.documents
        ),
    )


def _point_title(knowledge: Knowledge, point: str) -> str:
    """The title of the point of that id; nothing if ``knowledge`` has none such."""
    try:
        return knowledge.point(point).title
    except UnknownPointError:
        return ""


def span(days: Sequence[DayFigures]) -> str:
    """Which days these are, such as «近 7 天（11月19日—11月25日）»."""
    first, last = long_date(days[0].date), long_date(days[-1].date)
    return (Wording.SPAN if len(days) > 1 else Wording.TODAY).format(count=len(days), first=first, last=last)


def sums(figures: Figures) -> list[str]:
    """The figures that stand for all days, a sentence each; only of what happened at all."""
    lines = [asked_line(figures)] if figures.asked else [Wording.NOTHING]
    if figures.active:
        lines.append(Wording.ACTIVE.format(count=figures.active))
    if len(figures.documents) > 1:
        lines += [
            Wording.OF_DOCUMENT.format(title=title, asked=asked, answered=answered)
            for title, asked, answered in figures.documents
        ]
    return [*lines, *_judged(figures), quiz_line(figures)]


def beside_charts(figures: Figures) -> list[str]:
    """Those of ``sums`` that no chart tells."""
    nothing = [] if figures.asked else [Wording.NOTHING]
    return [*nothing, *_judged(figures), *([] if figures.quiz else [Wording.NO_QUIZ])]


def _judged(figures: Figures) -> list[str]:
    lines = [Wording.MISSES.format(count=figures.misses)] if figures.misses else []
    if figures.helpful or figures.unhelpful:
        lines.append(Wording.THUMBS.format(helpful=figures.helpful, unhelpful=figures.unhelpful))
    return lines


def top_lines(figures: Figures) -> list[str]:
    """The points that were asked for most, numbered."""
    return [
        Wording.RANKED.format(place=place, title=title, number=Wording.TIMES.format(count=count))
        for place, (title, count) in enumerate(figures.top, start=1)
    ]


def weakest_lines(figures: Figures) -> list[str]:
    """The points that quizzes went worst on, numbered."""
    return [
        Wording.RANKED.format(place=place, title=one.point, number=accuracy(one.right, one.answered))
        for place, one in enumerate(figures.weakest, start=1)
    ]


def day_lines(figures: Figures) -> list[str]:
    """The latest days with questions, the latest first, a line each; none where there is but one day."""
    if len(figures.days) == 1 or not figures.asked:
        return []
    return [
        Wording.EACH_DAY.format(date=short_date(day.date), asked=day.asked, declined=day.declined, active=day.active)
        for day in reversed(busy_days(figures)[-LISTED:])
    ]


def busy_days(figures: Figures) -> tuple[DayFigures, ...]:
    """The days on which anything was asked."""
    return tuple(day for day in figures.days if day.asked)


def asked_line(figures: Figures) -> str:
    """All questions by what became of them, in a sentence."""
    return Wording.ASKED.format(
        asked=figures.asked,
        answered=figures.answered,
        share=percent(figures.answered, figures.asked),
        suggested=figures.suggested,
        declined=figures.declined,
    )


def quiz_line(figures: Figures) -> str:
    """How quizzes went, in a sentence."""
    if not figures.quiz:
        return Wording.NO_QUIZ
    return Wording.QUIZ.format(answered=figures.quiz, share=percent(figures.quiz_right, figures.quiz))


def accuracy(right: int, answered: int) -> str:
    """How many were right, such as «答对 40%（4/10）»."""
    return Wording.ACCURACY.format(share=percent(right, answered), right=right, answered=answered)


def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` in whole per cent; 100% and 0% only where it is all or nothing."""
    if not whole:
        return Wording.NO_SHARE
    exact = 100 * part / whole
    return f"{min(max(round(exact), 1 if part else 0), 100 if part == whole else 99)}%"


def short_date(day: date) -> str:
    """Such as «11/25»."""
    return Wording.SHORT_DATE.format(month=day.month, day=day.day)


def long_date(day: date) -> str:
    """Such as «11月25日»."""
    return Wording.DATE.format(month=day.month, day=day.day)
