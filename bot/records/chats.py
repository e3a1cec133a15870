"""What is set for a chat: its schedules, its quiet hours, how it plays quizzes. A private chat has its member's key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

ScheduleKind = Literal["daily", "reminder"]
"""The daily question of a chat; the reminder to review of a member."""


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """What a chat gets every day at a time of the clocks of ``zone``. ``handled_at``: the due moment handled last."""

    chat: str
    kind: ScheduleKind
    hour: int
    minute: int
    zone: str
    handled_at: datetime


@dataclass(frozen=True, slots=True)
class QuietHoursRecord:
    """The hours in which a chat hears nothing, by the clocks of the bot's time zone."""

    chat: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class QuizSettingsRecord:
    """The contest that a chat plays if nobody says otherwise. ``seconds``: for each question."""

    chat: str
    count: int
    seconds: int
    mode: str
    scoring: str
