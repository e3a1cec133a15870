"""What is stored of contests, as records.

A contest is kept as a snapshot of what is small (its setup once, its progress at each turn) and a row for each answer;
not as a log of events to be played again. Weighed: a log needs the same code after an update to give the same state,
and would keep answers twice, as rankings and reviews need them as rows anyway. A snapshot with the answers in it would
be written anew, ever longer, for each of them. As it is, an answer is one small row; a delivery that comes again after
a kill replaces that row by itself; scores and review cards are counted from the rows and never stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.records.announcements import ChatOutbox
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleRecord
from bot.records.rooms import RoomRecord

REVIEW: Final = "review"
"""What stands in the place of a contest's id where a member answers alone."""


@dataclass(frozen=True, slots=True)
class ContestRecord:
    """A contest. ``setup`` and ``progress`` are JSON in which no member is named.

    ``finished`` is when it ended, once its chat was told so: who is killed before that tells it after the restart.
    """

    id: str
    chat: str
    starter: str
    started: datetime
    setup: str
    progress: str
    finished: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProgressRecord:
    """How far a contest is now; of a contest that is not kept, or not any more, nothing is kept."""

    contest: str
    progress: str
    finished: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlayerRecord:
    """Who plays for which team, from which round on; of a contest with a host who plays at all, for no team maybe."""

    contest: str
    member: str
    team: str
    first_round: int = 0


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer; it replaces an earlier one of the same member to the same question of the same contest.

    ``contest`` is REVIEW and ``round`` the receipt, where it was given alone. ``chosen`` is empty where it was
    taken back. ``ms``: time taken. ``voided``: its question was declared void, and it counts in no ranking.
    """

    contest: str
    round: int
    member: str
    chat: str
    question: str
    point: str
    chosen: tuple[int, ...]
    right: bool
    ms: int
    receipt: int
    at: datetime
    voided: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentRecord:
    """A contest that begins in a chat at a set time. ``request`` is JSON that says what is to be played."""

    id: str
    chat: str
    starter: str
    starts_at: datetime
    request: str


@dataclass(frozen=True, slots=True)
class PollRecord:
    """Where a platform's poll belongs. ``message`` is what the channel needs to close it."""

    poll: str
    contest: str
    round: int
    message: str


@dataclass(frozen=True, slots=True)
class BoardRecord:
    """The message that shows how a contest stands; what the channel needs to edit it."""

    contest: str
    message: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member: channel and id (such as ``telegram:12345``), the name that is shown, and no more."""

    member: str
    name: str


@dataclass(frozen=True, slots=True)
class SettingRecord:
    """A setting of a chat, of a member or of the bot; an empty value is none."""

    owner: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RemovedQuestionRecord:
    """A quiz question that is not asked any more, by its id."""

    question: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A member says that a quiz question is bad. ``key`` is the same for the same member and question."""

    key: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportCount:
    """No row, but what many of them say: so many members find a question bad."""

    question: str
    count: int


ContestRow = (
    ContestRecord
    | ProgressRecord
    | PlayerRecord
    | AnswerRecord
    | AppointmentRecord
    | PollRecord
    | BoardRecord
    | MemberRecord
    | SettingRecord
    | ScheduleRecord
    | QuietHoursRecord
    | QuizSettingsRecord
    | RemovedQuestionRecord
    | ChatOutbox
    | ReportRecord
    | RoomRecord
)


@dataclass(frozen=True, slots=True)
class StoredContest:
    """A contest with all that belongs to it. ``board`` is empty where none was shown."""

    contest: ContestRecord
    players: Sequence[PlayerRecord]
    answers: Sequence[AnswerRecord]
    polls: Sequence[PollRecord]
    board: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a member answered in a chat or in all, over a time; ``ms`` is the time taken for the right answers."""

    member: str
    name: str
    points: int
    answered: int
    ms: int
