"""/daily and reminders: setting them, and what is done when they are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.chats.scheduler import Appointment, Due, Kind, appointment_of, daily_id, setting_of
from bot.chats.time_zone_names import zone_name
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.conversation.replies import say, told, with_topic_note
from bot.features.contests import buttons
from bot.features.contests.commands import Playing
from bot.features.study.study import Studying
from bot.quiz.daily import DailyTime, daily_time_of
from bot.records.contests import KeptSetting, QuizStore
from bot.records.feedback import Clock
from bot.wording import Contests as Wording

REMINDER_HOUR: Final = 19


class Appointments:
    """What chats and members want to come by itself. ``zone`` is the time zone where nobody named another."""

    def __init__(
        self,
        store: QuizStore,
        channels: Channels,
        *,
        studying: Studying,
        playing: Playing,
        permissions: ChatPermissions,
        clock: Clock,
        zone: str,
    ) -> None:
        self._store = store
        self._channels = channels
        self._studying = studying
        self._playing = playing
        self._permissions = permissions
        self._clock = clock
        self._zone = zone

    @property
    def due(self) -> Mapping[Kind, Due]:
        """What to do for each kind of appointment."""
        return {"daily": self._ask_daily, "reminder": self._remind}

    async def daily(self, text: str, incoming: Incoming) -> Reply:
        """Show a chat's daily question, or set it if this person may. Raises StorageError."""
        chat = incoming.chat
        kept = appointment_of(await self._store.setting(chat, "daily"))
        if not text:
            shown = (
                Wording.DAILY_OFF
                if kept is None
                else Wording.DAILY.format(time=_clock(kept.at), zone=zone_name(kept.zone))
            )
            offered = Reply((Part("text", shown),), buttons.daily_choices(kept is not None))
            return with_topic_note(offered, chat, Wording.DAILY_TOPIC)
        if not await self._permissions.may("daily", text, incoming):
            return told(Wording.DAILY_ADMINS, incoming)
        if text in Wording.DAILY_OFF_WORDS:
            await self._store.keep(setting_of(chat, "daily", None))
            return with_topic_note(say(Wording.DAILY_STOPPED), chat, Wording.DAILY_TOPIC)
        at = daily_time_of(text, self._zone)
        if at is None:
            return say(Wording.DAILY_BAD)
        await self._store.keep(setting_of(chat, "daily", Appointment.new(at, self._clock())))
        return with_topic_note(
            say(Wording.DAILY_SET.format(time=_clock(at), zone=zone_name(at.zone))), chat, Wording.DAILY_TOPIC
        )

    async def press_daily(self, rest: str, incoming: Incoming) -> Reply:
        """Set a chat's daily question to the hour of a button. Raises StorageError."""
        return await self.daily(buttons.daily(rest), incoming)

    async def press_reminder(self, rest: str, incoming: Incoming) -> Reply:
        """Remind a member of reviews, or do not any more. Raises StorageError."""
        on = rest == "on"
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        at = DailyTime(REMINDER_HOUR, 0, self._zone)
        wanted = Appointment.new(at, self._clock()) if on else None
        await self._store.keep(setting_of(incoming.person, "reminder", wanted))
        return say(Wording.REMINDING.format(time=_clock(at)) if on else Wording.NOT_REMINDING)

    async def _ask_daily(self, chat: str, due: datetime, handled: KeptSetting) -> None:
        await self._playing.start_daily(chat, daily_id(chat, due), handled)

    async def _remind(self, member: str, _: datetime, handled: KeptSetting) -> None:
        """A private chat has its member's key. Kept before it is said: a reminder too many is worse than none."""
        channel = self._channels.of(member)
        if channel is None:
            return
        await self._store.keep(handled)
        count = await self._studying.due(member)
        if count:
            text = Part("text", Wording.REMINDER.format(due=count))
            choices = (Choice(Wording.REVIEW_BEGIN, "q:v"), Choice(Wording.REMIND_OFF, "q:n-off"))
            await channel.post(member, Reply((text,), choices))


def _clock(at: DailyTime) -> str:
    return f"{at.hour}:{at.minute:02d}"
