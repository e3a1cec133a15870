"""What comes by itself: a chat's daily question, a member's reminder to review."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.errors import StorageError
from bot.quiz.daily import MAX_DELAY, DailyTime, due_now
from bot.records.chats import ScheduleKind, ScheduleRecord, group_of
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.chats import ScheduleRepository


LONGEST_WAIT = timedelta(minutes=1)
"""Between two looks: what was set meanwhile is noticed by then, as is a clock that was set forward."""
_log = logging.getLogger(__name__)

Due = Callable[[ScheduleRecord, datetime], Awaitable[None]]
"""Does what is due at a moment. The schedule, which says that this moment is handled, is to be saved with it."""


def time_of(schedule: ScheduleRecord) -> DailyTime:
    """Its time of day. Raises ValueError if the zone is not known any more."""
    return DailyTime(schedule.hour, schedule.minute, schedule.zone)


def new_schedule(chat: str, kind: ScheduleKind, at: DailyTime, now: datetime) -> ScheduleRecord:
    """A schedule that begins after ``now``."""
    return ScheduleRecord(chat, kind, at.hour, at.minute, at.zone, now)


def daily_id(chat: str, due: datetime) -> str:
    """The id of a daily question's contest: the same moment can never make two."""
    return sha256(f"{chat}\0{due.isoformat()}".encode()).hexdigest()[:12]


async def keep_appointments(
    store: ScheduleRepository,
    clock: Clock,
    due: Mapping[ScheduleKind, Due],
    quiet: QuietHoursRepository,
    *,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Do what is due when it is; runs until it is cancelled."""
    while True:
        now = clock()
        until = now + LONGEST_WAIT
        try:
            until = min(until, await look(store, now, due, quiet))
        except StorageError as error:
            _log.warning("appointments cannot be looked up: %s", error)
        except Exception:
            _log.exception("appointments failed")
        await sleep(max((until - clock()).total_seconds(), 1.0))


async def look(
    store: ScheduleRepository, now: datetime, due: Mapping[ScheduleKind, Due], quiet: QuietHoursRepository
) -> datetime:
    """Do what is due at ``now``, each once; gives when to look again at the latest. Raises StorageError.

    What falls into a chat's quiet hours is done when they are over; they do not make it late.
    """
    until = now + LONGEST_WAIT
    quiet_hours = await quiet.load_all()
    for kind, do in due.items():
        for schedule in await store.list_schedules(kind):
            hours = quiet_hours.get(group_of(schedule.chat))
            over = hours.until(now) if hours is not None else None
            try:
                at = time_of(schedule)
                held = hours.within(at.last_until(now), now) if hours is not None else timedelta()
                moment = due_now(at, schedule.handled_at, now, MAX_DELAY + held)
                until = min(until, at.next_after(now))
            except ValueError:
                continue
            if over is not None:
                until = min(until, over)
                continue
            if moment is not None:
                handled = replace(schedule, handled_at=moment)
                try:
                    await do(handled, moment)
                except StorageError:
                    raise
                except Exception:
                    _log.exception("an appointment failed")
                    await store.save_schedule(handled)
    return until
