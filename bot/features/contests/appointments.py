"""``/quiz 明天8点``: contests that begin at a set time, whether the bot was away meanwhile or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.contests.request_parser import QuizRequest
from bot.contests.start_time import parse_start
from bot.conversation.channel import Channels
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.errors import StorageError
from bot.records.chats import group_of, is_group
from bot.records.contests import AppointmentRecord
from bot.records.feedback import Clock
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

MAX_APPOINTMENTS: Final = 10  # of one chat
LONGEST_WAIT: Final = timedelta(seconds=30)
"""Between two looks: what was set meanwhile is noticed by then."""
TOO_LATE: Final = timedelta(minutes=15)
"""A contest that could not begin in time begins no more by itself: nobody may be there."""
_log = logging.getLogger(__name__)

Start = Callable[[QuizRequest, Incoming, str], Awaitable[Reply]]
"""Starts a contest of that id; an empty reply if it begins."""
OfferLate = Callable[[QuizRequest, str, timedelta], Reply]
Reading = Callable[[str], AbstractAsyncContextManager[None]]
"""Within, questions and knowledge are those of the document that a chat reads. Raises StorageError."""


def reading_the_same(_: str) -> AbstractAsyncContextManager[None]:
    """``Reading`` for a bot with a single document."""
    return nullcontext()


class Appointments:
    """Set, listed, cancelled and kept. ``zone`` is the time zone in which times are meant.

    ``start`` starts a contest, ``offer_late`` asks whether one is still wanted; ``rules`` tells who may cancel what
    others set. In the hours that ``quiet`` knows of nothing begins.
    """

    def __init__(
        self,
        store: ContestRepository,
        channels: Channels,
        *,
        start: Start,
        offer_late: OfferLate,
        rules: Callable[[Incoming], Awaitable[bool]],
        quiet: QuietHoursRepository,
        reading: Reading,
        clock: Clock,
        zone: str,
        new_id: Callable[[], str],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._channels = channels
        self._start = start
        self._offer_late = offer_late
        self._rules = rules
        self._quiet = quiet
        self._reading = reading
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._new_id = new_id
        self._sleep = sleep

    async def add(self, said: str, wanted: QuizRequest, incoming: Incoming) -> Reply:
        """Let ``wanted`` begin at the time ``said``, as it was meant when it was said. Raises StorageError."""
        now = self._clock()
        said_at = datetime.fromtimestamp(incoming.sent_at, UTC) if incoming.sent_at else now
        starts_at = parse_start(said, said_at.astimezone(self._zone))
        if starts_at is None:
            return say(Wording.TIME_BAD)
        if starts_at <= now:  # the bot was away when it was said
            return self._offer_late(wanted, incoming.chat, now - said_at)
        hours = await self._quiet.load(incoming.chat)
        if hours is not None and hours.until(starts_at) is not None:
            return say(Wording.TIME_QUIET.format(hours=hours))
        if len(await self._store.appointments(incoming.chat)) >= MAX_APPOINTMENTS:
            return say(Wording.TIME_TOO_MANY.format(count=MAX_APPOINTMENTS))
        request = _requests().dump_json(wanted).decode()
        record = AppointmentRecord(self._new_id(), incoming.chat, incoming.person, starts_at, request)
        await self._store.save(record)
        text = Wording.TIME_SET.format(when=self._when(starts_at), what=_what(wanted))
        return Reply((Part("text", text),), (self._cancel(record, Wording.TIME_CANCEL),))

    async def list(self, incoming: Incoming) -> Reply:
        """What is set in this chat, each to be cancelled. Raises StorageError."""
        found = await self._store.appointments(incoming.chat)
        if not found:
            return say(Wording.TIME_NONE)
        lines = [Wording.TIME_LINE.format(when=self._when(one.starts_at), what=_what(_request(one))) for one in found]
        choices = [self._cancel(one, Wording.TIME_CANCEL_ONE.format(when=self._when(one.starts_at))) for one in found]
        return Reply((Part("text", Wording.TIMES), *(Part("text", line) for line in lines)), tuple(choices))

    async def press_cancel(self, name: str, incoming: Incoming) -> Reply:
        """Cancel the appointment of that id. Raises StorageError."""
        found = next((one for one in await self._store.appointments(incoming.chat) if one.id == name), None)
        if found is None:
            return Reply(toast=Wording.TIME_GONE)
        if incoming.person != found.starter and not incoming.is_private and not await self._rules(incoming):
            return Reply(toast=Wording.NOT_YOURS)
        await self._store.delete_appointment(found.id)
        return say(Wording.TIME_CANCELLED.format(when=self._when(found.starts_at)))

    async def run(self) -> None:
        """Start what is due when it is; runs until it is cancelled."""
        while True:
            until = self._clock() + LONGEST_WAIT
            try:
                until = min(until, await self.look())
            except StorageError as error:
                _log.warning("set contests cannot be looked up: %s", error)
            except Exception:
                _log.exception("set contests failed")
            await self._sleep(max((until - self._clock()).total_seconds(), 1.0))

    async def look(self) -> datetime:
        """Start what is due; gives when to look again at the latest. Raises StorageError.

        What falls into a chat's quiet hours waits until they are over. A contest that fails keeps no other waiting.
        """
        now = self._clock()
        until = now + LONGEST_WAIT
        for one in await self._store.appointments():
            if self._channels.of(one.chat) is None:  # of a channel that another process serves
                continue
            if one.starts_at > now:
                until = min(until, one.starts_at)
                continue
            over = await self._quiet.ends_at(one.chat)
            if over is not None:
                until = min(until, over)
                continue
            try:
                async with self._reading(one.chat):
                    await self._begin(one, now)
            except StorageError:
                raise
            except Exception:
                _log.exception("a set contest failed")
                await self._store.delete_appointment(one.id)
                await self._post(one.chat, say(Wording.TIME_FAILED.format(what=_what(_request(one)))))
        return until

    async def _begin(self, one: AppointmentRecord, now: datetime) -> None:
        wanted = _request(one)
        incoming = Incoming(
            one.starter or one.chat,
            one.chat,
            is_private=not is_group(group_of(one.chat)),
            channel=self._channels.capabilities_of(one.chat),
        )
        if await self._store.contest(one.id) is not None:
            reply = Reply()  # it began before this process did
        elif now - one.starts_at > TOO_LATE:
            reply = self._offer_late(wanted, one.chat, now - one.starts_at)
        else:
            reply = await self._start(wanted, incoming, one.id)
        await self._store.delete_appointment(one.id)
        if reply.parts or reply.toast:
            await self._post(one.chat, reply if reply.parts else say(reply.toast))

    async def _post(self, chat: str, reply: Reply) -> None:
        channel = self._channels.of(chat)
        if channel is not None:
            await channel.post(chat, reply)

    def _when(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return Wording.DAY.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)

    def _cancel(self, one: AppointmentRecord, label: str) -> Choice:
        return Choice(label, Code.QUIZ.to(f"z-{one.id}"))


def _what(wanted: QuizRequest) -> str:
    title = Wording.TITLES[wanted.mode]
    title = Wording.ON_TOPIC.format(title=title, topic=wanted.topic) if wanted.topic else title
    return Wording.TIME_WHAT.format(title=title, count=wanted.count, seconds=wanted.seconds)


def _request(one: AppointmentRecord) -> QuizRequest:
    """What was set; the usual, where it cannot be read any more."""
    try:
        return _requests().validate_json(one.request)
    except ValueError:
        return QuizRequest()


@cache
def _requests() -> TypeAdapter[QuizRequest]:
    return TypeAdapter(QuizRequest)
