"""What a chat's key tells (``telegram:-100`` a chat, ``telegram:-100:7`` a topic in it), and what is set for a chat.

That is its schedules, its quiet hours, how it plays quizzes. A private chat has its member's key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

ScheduleKind = Literal["daily", "reminder"]
"""The daily question of a chat; the reminder to review of a member."""


def group_of(chat: str) -> str:
    """The whole chat that ``chat`` is, or is a topic of."""
    return ":".join(chat.split(":", 2)[:2])


def channel_of(key: str) -> str:
    """The channel of a chat or an account, such as ``telegram``."""
    return key.partition(":")[0]


def is_group(key: str) -> bool:
    """Whether ``key`` is that of a group: a number below zero. Who speaks as a group has its key too."""
    number = key.partition(":")[2]
    return number.startswith("-") and number[1:].isdecimal()


def is_topic(chat: str) -> bool:
    """Whether ``chat`` is a topic of a group and not the whole of one."""
    return group_of(chat) != chat


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


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group that the bot is in."""

    chat: str
    title: str
    at: datetime
