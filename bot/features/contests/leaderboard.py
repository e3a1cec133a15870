"""/rank: who answered most rightly, in a chat or in all, over a day, a week, a month or ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args
from zoneinfo import ZoneInfo

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, with_topic_note
from bot.features.contests.buttons import ranking
from bot.features.contests.presenter import place_of
from bot.quiz.contest.scoring import Score, assign_places
from bot.records.chats import group_of
from bot.records.contests import Ranked
from bot.records.feedback import Clock
from bot.text import clean
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


Period = Literal["day", "week", "month", "all"]
SHOWN = 15


class Leaderboard:
    """The rankings of all chats; days begin by the clocks of ``zone``."""

    def __init__(self, store: ContestRepository, clock: Clock, zone: str) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    async def rank(self, rest: str, incoming: Incoming) -> Reply:
        """The ranking that ``rest`` names. Raises StorageError."""
        wanted = period_of(rest)
        if wanted is None:
            return say(Wording.RANK_BAD)
        period, overall = wanted
        overall = overall or incoming.is_private  # alone there is nobody to be compared with
        since = beginning(period, self._clock(), self._zone)
        found = await self._store.rank(None if overall else group_of(incoming.chat), since, SHOWN)
        if overall:  # whoever finds the bot may look at this one
            me = incoming.person if incoming.is_private else ""
            found = [row if row.member == me else replace(row, name=_masked(row.name)) for row in found]
        shown = _shown(found, period, overall=overall, alone=incoming.is_private)
        return shown if overall else with_topic_note(shown, incoming.chat, Wording.RANK_TOPICS)

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """The ranking that a button names. Raises StorageError."""
        return await self.rank(ranking(rest), incoming)


def _shown(found: Sequence[Ranked], period: Period, *, overall: bool, alone: bool) -> Reply:
    sentence = Wording.RANK_OVERALL if overall else Wording.RANK
    title = Part("title", sentence.format(period=Wording.PERIODS[period]))
    lines = _lines(found) if found else [Part("text", Wording.RANK_EMPTY)]
    masked = Wording.RANK_MASKED_OTHERS if alone else Wording.RANK_MASKED
    note = (Part("note", masked),) if overall and found else ()
    return Reply((title, *lines, *note), tuple(_others(period, overall, alone)))


def period_of(text: str) -> tuple[Period, bool] | None:
    """What stands behind /rank: a period, overall or not; None where it cannot be read. Nothing: this week, here."""
    period: Period = "week"
    overall = False
    for word in clean(text).split():
        if word in Wording.OVERALL_WORDS:
            overall = True
        elif word in Wording.PERIOD_WORDS:
            period = next(name for name in get_args(Period) if name == Wording.PERIOD_WORDS[word])
        else:
            return None
    return period, overall


def beginning(period: Period, now: datetime, zone: str) -> datetime | None:
    """When a period began, by the clocks of ``zone``; weeks begin on Monday. None: ever."""
    today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    match period:
        case "day":
            return today
        case "week":
            return today - timedelta(days=today.weekday())
        case "month":
            return today.replace(day=1)
        case "all":
            return None


def _masked(name: str) -> str:
    """A name as strangers may see it: its first character, where there are more."""
    return f"{name[0] if len(name) > 1 and name[0].isalnum() else ''}＊" if name else ""


def _lines(found: Sequence[Ranked]) -> list[Part]:
    by_member = {row.member: row for row in found}
    scores = [Score(row.member, row.points, row.points, row.answered, row.ms) for row in found]
    lines = []
    for place in assign_places(scores):
        row = by_member[place.score.member]
        text = Wording.RANK_LINE.format(
            place=place_of(place),
            name=row.name or Wording.NAMELESS,
            points=row.points,
            answered=row.answered,
            seconds=Wording.SECONDS.format(seconds=row.ms / 1000),
        )
        lines.append(Part("text", text))
    return lines


def _others(period: Period, overall: bool, alone: bool) -> list[Choice]:
    """The same ranking over other periods, and of the other scope where there is one."""
    scope = "o" if overall else "h"
    others = [
        Choice(Wording.PERIODS[name], Code.QUIZ.to(f"k-{name}-{scope}")) for name in get_args(Period) if name != period
    ]
    if alone:
        return others
    other = Wording.HERE if overall else Wording.EVERYWHERE
    return [
        *others,
        Choice(Wording.RANK_SCOPE.format(scope=other), Code.QUIZ.to(f"k-{period}-{'h' if overall else 'o'}")),
    ]
