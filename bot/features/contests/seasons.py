"""/season: a group's organisers begin a ranking anew, and earlier seasons can still be looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.records.chats import group_of
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock
from bot.text import clean
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

MAX_SEASONS: Final = 200
_SETTING: Final = "seasons"  # of a group: when each season began, with spaces between


@dataclass(frozen=True, slots=True)
class Season:
    """The ``number``-th season of a group, counted from 1. ``until`` is None for the present one."""

    number: int
    since: datetime
    until: datetime | None = None


class Seasons:
    """The seasons of all groups, with all of their topics. ``zone``: dates are told by its clocks."""

    def __init__(self, store: ContestRepository, permissions: ChatPermissions, clock: Clock, zone: str) -> None:
        self._store = store
        self._permissions = permissions
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._beginning = asyncio.Lock()  # all seasons of a group are one text: read and written by one at a time

    async def season(self, rest: str, incoming: Incoming) -> Reply:
        """Which season it is; with 新 behind it, for organisers, a button for a new one. Raises StorageError."""
        if incoming.is_private:
            return say(Wording.SEASON_GROUPS)
        found = await self.all(incoming.chat)
        if clean(rest) in Wording.SEASON_NEW_WORDS:
            if not await self._permissions.may("season", "", incoming):
                return say(Wording.SEASON_ADMINS)
            if len(found) >= MAX_SEASONS:
                return say(Wording.SEASON_TOO_MANY.format(count=MAX_SEASONS))
            text = Wording.SEASON_CONFIRM.format(number=len(found) + 1)
            # which one it begins is on the button: two who press it want the same one
            return Reply((Part("text", text),), (Choice(Wording.SEASON_BEGIN, Code.QUIZ.to(f"q-{len(found) + 1}")),))
        return self._present(found, Wording.SEASON) if found else say(Wording.SEASON_NONE)

    async def press_begin(self, number: str, incoming: Incoming) -> Reply:
        """Begin the season of that number, if it is the next one and this person may. Raises StorageError."""
        if incoming.is_private:
            return Reply(toast=Wording.SEASON_GROUPS)
        if not await self._permissions.may("season", number, incoming):
            return Reply(toast=Wording.SEASON_ADMINS)
        group = group_of(incoming.chat)
        async with self._beginning:
            found = await self.all(group)
            if number != str(len(found) + 1) or len(found) >= MAX_SEASONS:
                return Reply(toast=Wording.SEASON_ALREADY.format(number=len(found)))
            starts = [*(season.since for season in found), self._clock()]
            await self._store.save(SettingRecord(group, _SETTING, " ".join(start.isoformat() for start in starts)))
            return self._present(await self.all(group), Wording.SEASON_BEGUN)

    async def find(self, chat: str, number: int) -> Season | None:
        """The season of that number, 0 for the present one; None if there is none. Raises StorageError."""
        found = await self.all(chat)
        if number == 0:
            return found[-1] if found else None
        return next((season for season in found if season.number == number), None)

    async def all(self, chat: str) -> Sequence[Season]:
        """All seasons of a group, the oldest first. Raises StorageError."""
        starts: list[datetime] = []
        for text in (await self._store.setting(group_of(chat), _SETTING)).split():
            with suppress(ValueError):
                starts.append(datetime.fromisoformat(text))
        ends = [*starts[1:], None]
        return [Season(number, *bounds) for number, bounds in enumerate(zip(starts, ends, strict=False), start=1)]

    def _present(self, found: Sequence[Season], sentence: str) -> Reply:
        local = found[-1].since.astimezone(self._zone)
        when = Wording.DAY.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)
        text = sentence.format(number=found[-1].number, when=when)
        return Reply((Part("text", text),), (Choice(Wording.SEASON_RANK, Code.QUIZ.to("k-season-h")),))
