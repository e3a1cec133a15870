"""/season: a group's organisers begin a ranking anew, and earlier seasons can still be looked at."""

from __future__ import annotations

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

    async def season(self, rest: str, incoming: Incoming) -> Reply:
        """Which season it is; with 新 behind it, for organisers, a new one. Raises StorageError."""
        if incoming.is_private:
            return say(Wording.SEASON_GROUPS)
        begins = clean(rest) in Wording.SEASON_NEW_WORDS
        if begins:
            if not await self._permissions.may("season", rest, incoming):
                return say(Wording.SEASON_ADMINS)
            await self._begin(group_of(incoming.chat))
        found = await self.all(incoming.chat)
        if not found:
            return say(Wording.SEASON_NONE)
        last = found[-1]
        local = last.since.astimezone(self._zone)
        when = Wording.DAY.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)
        text = (Wording.SEASON_BEGUN if begins else Wording.SEASON).format(number=last.number, when=when)
        return Reply((Part("text", text),), (Choice(Wording.SEASON_RANK, Code.QUIZ.to("k-season-h")),))

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

    async def _begin(self, group: str) -> None:
        kept = (await self._store.setting(group, _SETTING)).split()[-MAX_SEASONS + 1 :]
        await self._store.save(SettingRecord(group, _SETTING, " ".join([*kept, self._clock().isoformat()])))
