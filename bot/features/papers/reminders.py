"""Competitions told in groups that switched it on: when one begins and before it ends, never in quiet hours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Incoming, Part, Reply, say, told
from bot.errors import StorageError
from bot.features.papers import presenter
from bot.features.papers.paper_service import PaperService
from bot.records.chats import group_of
from bot.records.contests import SettingRecord
from bot.records.papers import CompetitionRecord
from bot.text import clean
from bot.wording import Papers as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

LOOK_EVERY: Final = 60.0  # seconds
BEFORE_END: Final = timedelta(hours=24)
"""So long before the end a competition is told of again, if it lasts longer than that."""
TOO_LATE: Final = timedelta(hours=12)
"""What could not be told for so long, as the bot was away or hours were quiet, is told no more."""
_SWITCH: Final = "papers"
_TOLD: Final = "papers told"  # of a group: what it was told, with spaces between
_REMEMBERED: Final = 60
_log = logging.getLogger(__name__)
Occasion = Literal["begin", "end"]


class CompetitionReminders:
    """``address`` gives where members reach the page, or nothing. What was told is saved before it is said: a reminder
    that is missing after a kill is better than one that comes twice.
    """

    def __init__(
        self,
        papers: PaperService,
        store: ContestRepository,
        channels: Channels,
        quiet: QuietHoursRepository,
        permissions: ChatPermissions,
        *,
        address: Callable[[], str],
        take_up: Callable[[], Awaitable[None]],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._papers = papers
        self._store = store
        self._channels = channels
        self._quiet = quiet
        self._permissions = permissions
        self._address = address
        self._take_up = take_up
        self._sleep = sleep

    async def switch(self, text: str, incoming: Incoming) -> Reply:
        """Switch the reminders of a group on or off, or tell whether they are. Raises StorageError."""
        if incoming.is_private:
            return say(Wording.REMIND_GROUPS)
        group, wanted = group_of(incoming.chat), clean(text)
        if wanted not in (*Wording.ON_WORDS, *Wording.OFF_WORDS):
            on = await self._store.setting(group, _SWITCH)
            return say(Wording.REMIND_ON if on else Wording.REMIND_OFF)
        if not await self._permissions.may("paper", wanted, incoming):
            return told(Wording.REMIND_ADMINS, incoming)
        on = "on" if wanted in Wording.ON_WORDS else ""
        await self._store.save(SettingRecord(group, _SWITCH, on))
        return say(Wording.REMIND_ON if on else Wording.REMIND_OFF)

    async def run(self) -> None:
        """Take up papers that are being written, then tell groups what is due; runs until it is cancelled."""
        taken_up = False
        while True:
            try:
                if not taken_up:
                    await self._take_up()
                    taken_up = True
                await self.look()
            except StorageError as error:
                _log.warning("competitions cannot be looked up: %s", error)
            except Exception:
                _log.exception("competitions failed")
            await self._sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Tell each group that switched it on what is due and was not told there. Raises StorageError."""
        groups = [setting.owner for setting in await self._store.settings(_SWITCH)]
        if not groups:
            return
        due = [one for competition in await self._papers.competitions.all() for one in self._due(competition)]
        for group in groups if due else ():
            channel = self._channels.of(group)
            if channel is None or await self._quiet.ends_at(group) is not None:
                continue
            known = (await self._store.setting(group, _TOLD)).split()
            for competition, occasion in due:
                mark = f"{competition.id}:{occasion}"
                if mark in known:
                    continue
                known = [*known, mark][-_REMEMBERED:]
                await self._store.save(SettingRecord(group, _TOLD, " ".join(known)))
                await channel.announce(group, self._reply(competition, occasion))

    def _due(self, competition: CompetitionRecord) -> Iterator[tuple[CompetitionRecord, Occasion]]:
        now = self._papers.now()
        if now >= competition.ends_at:
            return
        if _is_due(competition.starts_at, now):
            yield competition, "begin"
        before = competition.ends_at - BEFORE_END
        if competition.starts_at + BEFORE_END < competition.ends_at and _is_due(before, now):
            yield competition, "end"

    def _reply(self, competition: CompetitionRecord, occasion: Occasion) -> Reply:
        window, address = self._papers.window(competition), self._address()
        text = presenter.invitation(competition, window, address)
        if occasion == "end":
            when = self._papers.when(competition.ends_at)
            text = Wording.REMINDER_END.format(title=competition.title, when=when)
            text = f"{text}\n{presenter.where(competition, address)}"
        return Reply((Part("text", text),))


def _is_due(moment: datetime, now: datetime) -> bool:
    return moment <= now < moment + TOO_LATE
