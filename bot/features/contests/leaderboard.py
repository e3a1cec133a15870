"""/rank: who answered most rightly, in a chat or in all, over a day, a week, a month or ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal, get_args
from zoneinfo import ZoneInfo

from bot.access.member_names import told_apart
from bot.contests.results_workbook import contest_workbook, workbook
from bot.contests.runner import Contests
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import (
    Attachment,
    Choice,
    Code,
    Incoming,
    Part,
    Reply,
    say,
    told,
    with_topic_note,
)
from bot.features.contests.buttons import ranking
from bot.features.contests.presenter import full_board, own_place, place_of, title_of
from bot.features.contests.seasons import Seasons
from bot.quiz.contest.scoring import Placement, Score, assign_places, scores, without_open_question
from bot.records.chats import group_of
from bot.records.contests import Ranked
from bot.records.feedback import Clock
from bot.text import clean
from bot.threads import run_in_thread
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


Period = Literal["day", "week", "month", "all"]
SEASON = "season"
_SEASON = re.compile(rf"(?:本|这|这个|第(?P<number>\d{{1,3}})(?:个)?)?(?:赛季|{SEASON})(?P<behind>\d{{1,3}})?")
SHOWN = 15
PAGE = 50  # of the full list at once
MAX_RANKED = 5_000


@dataclass(frozen=True, slots=True)
class RankRequest:
    """A ranking as somebody wants it: ``page`` of the full list from 1 on, or 0 for the first places alone.

    ``exported``: as a workbook. ``of_round``: of the last contest here. ``season``: of that
    season of this group, 0 for the present one.
    """

    period: Period = "week"
    overall: bool = False
    page: int = 0
    exported: bool = False
    of_round: bool = False
    season: int | None = None


class Leaderboard:
    """The rankings of all chats; days begin by the clocks of ``zone``.

    ``contests`` has the last contest of a chat. ``permissions`` tell who may take a list along: of a chat its
    organisers, of all chats quiz hosts alone.
    """

    def __init__(
        self,
        store: ContestRepository,
        clock: Clock,
        zone: str,
        *,
        contests: Contests,
        seasons: Seasons,
        permissions: ChatPermissions,
    ) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self._contests = contests
        self._seasons = seasons
        self._permissions = permissions

    async def rank(self, rest: str, incoming: Incoming) -> Reply:
        """The ranking that ``rest`` names. Raises StorageError."""
        wanted = request_of(rest)
        if wanted is None:
            return say(Wording.RANK_BAD)
        overall = wanted.overall or incoming.is_private  # alone there is nobody to be compared with
        refused = await self._refuse_export(wanted, incoming, overall=overall) if wanted.exported else ""
        if refused:
            return say(refused)
        if wanted.of_round:
            return await self._round(wanted, incoming)
        title = _title(wanted.period, overall=overall)
        since, until = beginning(wanted.period, self._clock(), self._zone), None
        if wanted.season is not None:
            season = None if overall else await self._seasons.find(incoming.chat, wanted.season)
            if season is None:
                return say(Wording.SEASON_GROUPS if overall else Wording.SEASON_NONE)
            title, since, until = Wording.SEASON_TITLE.format(number=season.number), season.since, season.until
        group = None if overall else group_of(incoming.chat)
        found = await self._store.rank(group, since, MAX_RANKED, until=until)
        me = await self._store.person_of(incoming.person)
        if wanted.exported:
            return await run_in_thread(lambda: _exported(title, found))
        wanted = replace(wanted, overall=overall)
        shown = await run_in_thread(lambda: _shown(title, found, wanted, me=me, alone=incoming.is_private))
        return shown if overall else with_topic_note(shown, incoming.chat, Wording.RANK_TOPICS)

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """The ranking that a button names. Raises StorageError."""
        return await self.rank(ranking(rest), incoming)

    async def press_own(self, contest: str, incoming: Incoming) -> Reply:
        """Where who pressed stands in a contest, seen by nobody else."""
        running = self._contests.find(contest)
        if running is None or running.contest.setup.chat != incoming.chat:
            return Reply(toast=Wording.GONE)
        return told(own_place(running.contest, incoming.person), incoming)

    async def _refuse_export(self, wanted: RankRequest, incoming: Incoming, *, overall: bool) -> str:
        """Why who asks may not take a list along; nothing if they may. In private everybody is admin of the chat."""
        if overall and not wanted.of_round:
            return "" if await self._permissions.is_host(incoming.person) else Wording.RANK_EXPORT_HOSTS
        return "" if await self._permissions.is_moderator(incoming) else Wording.RANK_EXPORT_ADMINS

    async def _round(self, wanted: RankRequest, incoming: Incoming) -> Reply:
        running = self._contests.at(incoming.chat)
        if running is None:
            return say(Wording.RANK_NO_ROUND)
        contest = without_open_question(running.contest)
        names = await self._store.names([score.member for score in scores(contest)])
        if not wanted.exported:
            return full_board(contest, names)
        file = Attachment(f"{title_of(contest)}.xlsx", await run_in_thread(lambda: contest_workbook(contest, names)))
        text = Wording.RANK_EXPORTED.format(title=title_of(contest), count=len(scores(contest)))
        return Reply((Part("text", text),), files=(file,))


def _title(period: Period, *, overall: bool) -> str:
    return (Wording.RANK_OVERALL if overall else Wording.RANK).format(period=Wording.PERIODS[period])


def _exported(title: str, found: Sequence[Ranked]) -> Reply:
    names = told_apart({row.member: row.name for row in found}, Wording.NAMELESS)
    rows = [
        (place.place, names[row.member], row.points, row.answered, round(row.ms / 1000, 1))
        for place, row in _placed(found)
    ]
    file = Attachment(f"{Wording.RANK_FILE}.xlsx", workbook(Wording.RANK_FILE, Wording.RANK_HEADINGS, rows))
    return Reply((Part("text", Wording.RANK_EXPORTED.format(title=title, count=len(found))),), files=(file,))


def _shown(title: str, found: Sequence[Ranked], wanted: RankRequest, *, me: str, alone: bool) -> Reply:
    if wanted.overall:  # whoever finds the bot may look at this one
        known = me if alone else ""
        found = [row if row.member == known else replace(row, name=_masked(row.name)) for row in found]
    lines = _lines(found, wanted, me=me, alone=alone) if found else [Part("text", Wording.RANK_EMPTY)]
    masked = Wording.RANK_MASKED_OTHERS if alone else Wording.RANK_MASKED
    note = (Part("note", masked),) if wanted.overall and found else ()
    others = _pages(wanted, len(found)) if wanted.page else _others(wanted.period, wanted.overall, alone)
    full = (_full(wanted, 1),) if not wanted.page and len(found) > SHOWN else ()
    return Reply((Part("title", title), *lines, *note), (*full, *others), edits_message=wanted.page > 1)


def _full(wanted: RankRequest, page: int, label: str = Wording.RANK_FULL) -> Choice:
    period = wanted.period if wanted.season is None else f"{SEASON}{wanted.season or ''}"
    return Choice(label, Code.QUIZ.to(f"k-{period}-{'o' if wanted.overall else 'h'}-{page}"))


def _pages(wanted: RankRequest, count: int) -> list[Choice]:
    pages = range(1, ceil(count / PAGE) + 1)
    return [
        _full(wanted, page, Wording.RANK_PAGE.format(page=page, pages=len(pages)))
        for page in pages
        if abs(page - wanted.page) == 1
    ]


def request_of(text: str) -> RankRequest | None:
    """What stands behind /rank; None where it cannot be read. Nothing: the first places of this week, here."""
    wanted = RankRequest()
    for word in clean(text).split():
        if word in Wording.OVERALL_WORDS:
            wanted = replace(wanted, overall=True)
        elif word in Wording.EXPORT_WORDS:
            wanted = replace(wanted, exported=True)
        elif word in Wording.FULL_WORDS:
            wanted = replace(wanted, page=1)
        elif word in Wording.ROUND_WORDS:
            wanted = replace(wanted, of_round=True)
        elif (season := _SEASON.fullmatch(word)) is not None:
            wanted = replace(wanted, season=int(season["number"] or season["behind"] or 0))
        elif word.isdecimal() and len(word) < 4:
            wanted = replace(wanted, page=int(word))
        elif word in Wording.PERIOD_WORDS:
            period = next(name for name in get_args(Period) if name == Wording.PERIOD_WORDS[word])
            wanted = replace(wanted, period=period)
        else:
            return None
    return wanted


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


def _placed(found: Sequence[Ranked]) -> list[tuple[Placement[Score], Ranked]]:
    by_member = {row.member: row for row in found}
    scored = [Score(row.member, row.points, row.points, row.answered, row.ms) for row in found]
    return [(place, by_member[place.score.member]) for place in assign_places(scored)]


def _lines(found: Sequence[Ranked], wanted: RankRequest, *, me: str, alone: bool) -> list[Part]:
    """The first places or a page of all, and always that of who asks."""
    placed = _placed(found)
    page = min(wanted.page, ceil(len(placed) / PAGE))
    shown = placed[(page - 1) * PAGE : page * PAGE] if page else placed[:SHOWN]
    names = (
        {row.member: row.name or Wording.NAMELESS for row in found}  # masked names are alike anyway
        if wanted.overall
        else told_apart({row.member: row.name for row in found}, Wording.NAMELESS)
    )
    lines = []
    for place, row in shown:
        text = Wording.RANK_LINE.format(
            place=place_of(place),
            name=names[row.member],
            points=row.points,
            answered=row.answered,
            seconds=Wording.SECONDS.format(seconds=row.ms / 1000),
        )
        lines.append(Part("text", Wording.RANK_ME.format(line=text) if alone and row.member == me else text))
    own = next(((place, row) for place, row in placed if row.member == me), None)
    if own is None:
        lines += [Part("text", Wording.RANK_OWN_NONE)] if alone else []
    elif all(row.member != me for _, row in shown):
        place, row = own
        text = Wording.RANK_OWN.format(place=place.place, count=len(placed), points=row.points, answered=row.answered)
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
