"""/daily: setting a chat's daily question, and asking it when it is due."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.chats.scheduler import daily_id, new_schedule, time_of
from bot.chats.time_zone_names import zone_name
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Incoming, Part, Reply, say, told, with_topic_note
from bot.features.contests import buttons
from bot.features.contests.commands import ContestCommands
from bot.quiz.daily import DailyTime, daily_time_of
from bot.records.chats import ScheduleRecord
from bot.records.feedback import Clock
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


class DailyQuestion:
    """A question a day for each chat that wants one. ``zone`` is the time zone if nobody named another."""

    def __init__(
        self,
        store: ContestRepository,
        *,
        playing: ContestCommands,
        permissions: ChatPermissions,
        clock: Clock,
        zone: str,
    ) -> None:
        self._store = store
        self._playing = playing
        self._permissions = permissions
        self._clock = clock
        self._zone = zone

    async def daily(self, text: str, incoming: Incoming) -> Reply:
        """Show a chat's daily question, or set it if this person may. Raises StorageError."""
        chat = incoming.chat
        stored = await self._store.find_schedule(chat, "daily")
        if text not in Wording.DAILY_OFF_WORDS and stored is None and not self._playing.has_questions:
            return self._playing.no_questions_yet()
        if not text:
            shown = (
                Wording.DAILY_OFF
                if stored is None
                else Wording.DAILY.format(time=_clock(time_of(stored)), zone=zone_name(stored.zone))
            )
            offered = Reply((Part("text", shown),), buttons.daily_choices(stored is not None))
            return with_topic_note(offered, chat, Wording.DAILY_TOPIC)
        if not await self._permissions.may("daily", text, incoming):
            return told(Wording.DAILY_ADMINS, incoming)
        if text in Wording.DAILY_OFF_WORDS:
            await self._store.delete_schedule(chat, "daily")
            return with_topic_note(say(Wording.DAILY_STOPPED), chat, Wording.DAILY_TOPIC)
        at = daily_time_of(text, self._zone)
        if at is None:
            return say(Wording.DAILY_BAD)
        await self._store.save_schedule(new_schedule(chat, "daily", at, self._clock()))
        return with_topic_note(
            say(Wording.DAILY_SET.format(time=_clock(at), zone=zone_name(at.zone))), chat, Wording.DAILY_TOPIC
        )

    async def press_daily(self, rest: str, incoming: Incoming) -> Reply:
        """Set a chat's daily question to the hour of a button. Raises StorageError."""
        return await self.daily(buttons.daily(rest), incoming)

    async def ask(self, handled: ScheduleRecord, due: datetime) -> None:
        """Ask the question that is ``due``; ``handled`` is saved with it. Raises StorageError."""
        await self._playing.start_daily(handled.chat, daily_id(handled.chat, due), handled)


def _clock(at: DailyTime) -> str:
    return f"{at.hour}:{at.minute:02d}"
