"""What comes by itself: a chat's daily question, a member's reminder to review."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.errors import StorageError
from bot.quiz.daily import MAX_DELAY, DailyTime, due_now
from bot.records.chat_key import group_of
from bot.records.contests import KeptSetting, QuizStore
from bot.records.feedback import Clock

LONGEST_WAIT = timedelta(minutes=1)
"""Between two looks: what was set meanwhile is noticed by then, as is a clock that was set forward."""
_log = logging.getLogger(__name__)

Kind = Literal["daily", "reminder"]


@dataclass(frozen=True)
class Appointment:
    """What is kept of it, as JSON: the time of day, and the moment that was dealt with last."""

    hour: int
    minute: int
    zone: str
    handled: datetime

    @property
    def at(self) -> DailyTime:
        """The time of day. Raises ValueError where the zone is not known any more."""
        return DailyTime(self.hour, self.minute, self.zone)

    @classmethod
    def new(cls, at: DailyTime, now: datetime) -> Appointment:
        """One that begins after ``now``."""
        return cls(at.hour, at.minute, at.zone, now)


Due = Callable[[str, datetime, KeptSetting], Awaitable[None]]
"""Does what is due: for whom, the due moment, and the setting that is to be kept with it."""


def setting_of(owner: str, kind: Kind, appointment: Appointment | None) -> KeptSetting:
    """The row for an appointment, or for none."""
    value = TypeAdapter(Appointment).dump_json(appointment).decode() if appointment is not None else ""
    return KeptSetting(owner, kind, value)


def appointment_of(value: str) -> Appointment | None:
    """What a row says; None for nothing and for what cannot be read."""
    try:
        return TypeAdapter(Appointment).validate_json(value) if value else None
    except ValueError:
        _log.warning("an appointment cannot be read and is left out")
        return None


def daily_id(chat: str, due: datetime) -> str:
    """The id of a daily question's contest: the same moment can never make two."""
    return sha256(f"{chat}\0{due.isoformat()}".encode()).hexdigest()[:12]


async def keep_appointments(
    store: QuizStore,
    clock: Clock,
    due: Mapping[Kind, Due],
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


async def look(store: QuizStore, now: datetime, due: Mapping[Kind, Due], quiet: QuietHoursRepository) -> datetime:
    """Do what is due at ``now``, each once; gives when to look again at the latest. Raises StorageError.

    What falls into a chat's quiet hours is done when they are over; they do not make it late.
    """
    until = now + LONGEST_WAIT
    quiet_hours = await quiet.load_all()
    for kind, do in due.items():
        for setting in await store.settings(kind):
            appointment = appointment_of(setting.value)
            if appointment is None:
                continue
            hours = quiet_hours.get(group_of(setting.owner))
            over = hours.until(now) if hours is not None else None
            try:
                held = hours.within(appointment.at.last_until(now), now) if hours is not None else timedelta()
                moment = due_now(appointment.at, appointment.handled, now, MAX_DELAY + held)
                until = min(until, appointment.at.next_after(now))
            except ValueError:
                continue
            if over is not None:
                until = min(until, over)
                continue
            if moment is not None:
                handled = setting_of(setting.owner, kind, replace(appointment, handled=moment))
                try:
                    await do(setting.owner, moment, handled)
                except StorageError:
                    raise
                except Exception:
                    _log.exception("an appointment failed")
                    await store.keep(handled)
    return until
