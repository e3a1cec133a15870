"""Reminders to review: setting one, and saying it when it is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.chats.scheduler import new_schedule
from bot.conversation.channel import Channels
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.quiz.daily import DailyTime
from bot.records.chats import ScheduleRecord
from bot.records.feedback import Clock
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.chats import ScheduleRepository


REMINDER_HOUR: Final = 19


class Reminders:
    """Tells members each evening how many questions are ``due``, a count that raises StorageError."""

    def __init__(
        self,
        store: ScheduleRepository,
        channels: Channels,
        due: Callable[[str], Awaitable[int]],
        clock: Clock,
        zone: str,
    ) -> None:
        self._store = store
        self._channels = channels
        self._due = due
        self._clock = clock
        self._zone = zone

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """Remind a member of reviews, or do not any more. Raises StorageError."""
        on = rest == "on"
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        at = DailyTime(REMINDER_HOUR, 0, self._zone)
        if on:
            await self._store.save_schedule(new_schedule(incoming.person, "reminder", at, self._clock()))
        else:
            await self._store.delete_schedule(incoming.person, "reminder")
        time = f"{at.hour}:{at.minute:02d}"
        return say(Wording.REMINDING.format(time=time) if on else Wording.NOT_REMINDING)

    async def remind(self, handled: ScheduleRecord, _: datetime) -> None:
        """A private chat has its member's key. Kept before it is said: a reminder too many is worse than none."""
        channel = self._channels.of(handled.chat)
        if channel is None:
            return
        await self._store.save_schedule(handled)
        count = await self._due(handled.chat)
        if count:
            text = Part("text", Wording.REMINDER.format(due=count))
            choices = (
                Choice(Wording.REVIEW_BEGIN, Code.QUIZ.to("v")),
                Choice(Wording.REMIND_OFF, Code.QUIZ.to("n-off")),
            )
            await channel.post(handled.chat, Reply((text,), choices))
