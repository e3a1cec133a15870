"""What quizzes need kept, as rows. ``storage`` and the tests' fakes implement ``QuizStore``.

A contest is kept as a snapshot of what is small (its setup once, its progress at each turn) and a row for each answer;
not as a log of events to be played again. Weighed: a log needs the same code after an update to give the same state,
and would keep answers twice, as rankings and reviews need them as rows anyway. A snapshot with the answers in it would
be written anew, ever longer, for each of them. As it is, an answer is one small row; a delivery that comes again after
a kill replaces that row by itself; scores and review cards are counted from the rows and never stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.records.admin import ReportRecord
from bot.records.announcements import ChatOutbox, Notice
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleKind, ScheduleRecord

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
    """Who plays for which team."""

    contest: str
    member: str
    team: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer; it replaces an earlier one of the same member to the same question of the same contest.

    ``contest`` is REVIEW and ``round`` the receipt, where it was given alone. ``chosen`` is empty where it was
    taken back. ``ms``: time taken.
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


ContestRow = (
    ContestRecord
    | ProgressRecord
    | PlayerRecord
    | AnswerRecord
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


class QuizStore(Protocol):
    """Where quizzes are kept. Every method raises StorageError when it could not do what it says."""

    async def keep(self, *rows: ContestRow) -> None:
        """Keep all of ``rows`` or none; durable when it returns. A row replaces an earlier one of the same key."""

    async def delete_member(self, member: str, reports: Collection[str] = ()) -> None:
        """Delete all that is stored of ``member``, and the ``reports`` of these keys, which name nobody."""

    async def move_chat(self, old: str, new: str) -> None:
        """A chat has got another key: all that is stored of it goes there, but for what is set there already."""

    async def contests(self, finished_since: datetime) -> Sequence[StoredContest]:
        """All contests that are not finished, and those that finished at or after a moment."""

    async def contest(self, contest: str) -> ContestRecord | None:
        """The contest of that id, however long ago it was; None where there is none."""

    async def last_contests(self, chat: str, limit: int) -> Sequence[ContestRecord]:
        """The latest contests of a chat, the latest first."""

    async def rank(self, chat: str | None, since: datetime | None, limit: int) -> Sequence[Ranked]:
        """The members with the most right answers, time breaking ties; in a chat with all of its topics.

        ``chat`` None: in all chats.

        Reviews do not count: who repeats alone what was wrong is not ahead for that.
        """

    async def answers_of(self, member: str) -> Sequence[AnswerRecord]:
        """All answers of a member that were not taken back, the oldest first."""

    async def names(self, members: Collection[str]) -> dict[str, str]:
        """The shown names of members, as far as they are known."""

    async def settings(self, name: str) -> Sequence[SettingRecord]:
        """A setting of everybody who has it."""

    async def setting(self, owner: str, name: str) -> str:
        """A setting of one chat or member; nothing where there is none."""

    async def find_schedule(self, chat: str, kind: ScheduleKind) -> ScheduleRecord | None:
        """The schedule of that kind of ``chat``, if it has one."""

    async def list_schedules(self, kind: ScheduleKind) -> Sequence[ScheduleRecord]:
        """The schedules of that kind of all chats, by chat."""

    async def save_schedule(self, schedule: ScheduleRecord) -> None:
        """Save ``schedule``, instead of an earlier one of the same chat and kind."""

    async def delete_schedule(self, chat: str, kind: ScheduleKind) -> None:
        """Delete the schedule of that kind of ``chat``, if it has one."""

    async def find_quiet_hours(self, chat: str) -> QuietHoursRecord | None:
        """The quiet hours of ``chat``, if it has any."""

    async def list_quiet_hours(self) -> Sequence[QuietHoursRecord]:
        """The quiet hours of all chats that have some, by chat."""

    async def save_quiet_hours(self, hours: QuietHoursRecord) -> None:
        """Save ``hours``, instead of earlier ones of the same chat."""

    async def delete_quiet_hours(self, chat: str) -> None:
        """Delete the quiet hours of ``chat``, if it has any."""

    async def find_quiz_settings(self, chat: str) -> QuizSettingsRecord | None:
        """The quiz settings of ``chat`` itself, if it has any; a topic may go by those of its group."""

    async def save_quiz_settings(self, settings: QuizSettingsRecord) -> None:
        """Save ``settings``, instead of earlier ones of the same chat."""

    async def delete_quiz_settings(self, chat: str) -> None:
        """Delete the quiz settings of ``chat``, if it has any."""

    async def list_removed_questions(self) -> frozenset[str]:
        """The ids of the quiz questions that are not asked any more."""

    async def remove_question(self, question: str) -> None:
        """Ask that question no more."""

    async def restore_question(self, question: str) -> None:
        """Ask that question again."""

    async def find_outbox(self, chat: str) -> tuple[Notice, ...]:
        """The notices of ``chat`` in their order."""

    async def list_outboxes(self) -> Mapping[str, Sequence[Notice]]:
        """The notices of all chats that have some, by chat."""

    async def save_outboxes(self, *records: ChatOutbox | SettingRecord) -> None:
        """Save all of ``records`` or none; a chat has those notices then, and no others."""
