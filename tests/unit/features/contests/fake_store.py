"""A ContestRepository in memory, by the letter of its protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import StorageError
from bot.quiz.item_analysis import PlayedAnswer
from bot.quiz.question import PASSED
from bot.records.announcements import ChatOutbox, Notice
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleKind, ScheduleRecord, is_group
from bot.records.contests import (
    REVIEW,
    AnswerRecord,
    AppointmentRecord,
    BoardRecord,
    ContestRecord,
    ContestRow,
    MemberRecord,
    PlayerRecord,
    PollRecord,
    ProgressRecord,
    Ranked,
    RemovedQuestionRecord,
    ReportCount,
    ReportRecord,
    SettingRecord,
    StoredContest,
)
from bot.storage.contests import ContestRepository


class FakeQuizStore(ContestRepository):
    """Keeps rows in dicts; while ``broken`` it keeps nothing and says so, while ``unset`` it reads no settings.

    So many first tries to read the contests fail as ``unreadable`` says, or ``mute`` for a setting.
    """

    def __init__(self) -> None:
        self.contest_rows: dict[str, ContestRecord] = {}
        self.players: dict[tuple[str, str], PlayerRecord] = {}
        self.answers: dict[tuple[str, int, str], AnswerRecord] = {}
        self.polls: dict[str, PollRecord] = {}
        self.boards: dict[str, str] = {}
        self.members: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        self.appointment_rows: dict[str, AppointmentRecord] = {}
        self.setting_rows: dict[tuple[str, str], str] = {}
        self.schedules: dict[tuple[str, ScheduleKind], ScheduleRecord] = {}
        self.quiet_hours: dict[str, QuietHoursRecord] = {}
        self.quiz_settings: dict[str, QuizSettingsRecord] = {}
        self.removed: set[str] = set()
        self.outboxes: dict[str, tuple[Notice, ...]] = {}
        self.reports: dict[str, ReportRecord] = {}
        self.broken = False
        self.unset = False
        self.unreadable = 0
        self.mute = 0

    async def save(self, *rows: ContestRow) -> None:
        if self.broken:
            raise StorageError("坏了")
        for row in rows:
            self._keep(row)

    def _keep(self, row: ContestRow) -> None:
        match row:
            case ContestRecord():
                self.contest_rows[row.id] = row
            case ProgressRecord() if row.contest in self.contest_rows:
                old = self.contest_rows[row.contest]
                self.contest_rows[row.contest] = replace(old, progress=row.progress, finished=row.finished)
            case PlayerRecord():
                self.players[row.contest, row.member] = row
            case AnswerRecord():
                key = row.contest, row.round, row.member
                self.answers[key] = replace(row, at=self.answers[key].at) if key in self.answers else row
            case PollRecord():
                self.polls[row.poll] = row
            case BoardRecord():
                self.boards[row.contest] = row.message
            case MemberRecord():
                self.members[row.member] = row.name
            case SettingRecord():
                self.setting_rows[row.owner, row.name] = row.value
            case ReportRecord():
                self.reports[row.key] = row
            case ScheduleRecord():
                self.schedules[row.chat, row.kind] = row
            case ChatOutbox():
                self.outboxes[row.chat] = row.notices
            case _:
                self._obey(row)

    def _obey(self, row: ContestRow) -> None:
        match row:
            case QuietHoursRecord():
                self.quiet_hours[row.chat] = row
            case QuizSettingsRecord():
                self.quiz_settings[row.chat] = row
            case RemovedQuestionRecord():
                self.removed.add(row.question)
            case AppointmentRecord():
                self.appointment_rows[row.id] = row

    async def move_chat(self, old: str, new: str) -> None:
        await self.save()
        for row in list(self.appointment_rows.values()):
            if row.chat == old:
                self.appointment_rows[row.id] = replace(row, chat=new)
        rows = self.contest_rows.values()
        self.contest_rows = {row.id: replace(row, chat=new) if row.chat == old else row for row in rows}
        self.answers = {key: replace(row, chat=new) if row.chat == old else row for key, row in self.answers.items()}
        for (owner, name), value in list(self.setting_rows.items()):
            if owner == old:
                self.setting_rows.setdefault((new, name), value)
                del self.setting_rows[owner, name]
        for chat, kind in [key for key in self.schedules if key[0] == old]:
            moved = self.schedules.pop((chat, kind))
            self.schedules.setdefault((new, kind), replace(moved, chat=new))
        if old in self.quiet_hours:
            self.quiet_hours.setdefault(new, replace(self.quiet_hours.pop(old), chat=new))
        if old in self.quiz_settings:
            self.quiz_settings.setdefault(new, replace(self.quiz_settings.pop(old), chat=new))
        if old in self.outboxes:
            self.outboxes[new] = self.outboxes.get(new, ()) + self.outboxes.pop(old)

    async def delete_member(self, member: str, reports: Collection[str] = ()) -> None:
        await self.save()
        self.reports = {key: row for key, row in self.reports.items() if key not in reports}
        self.forget(member)

    def forget(self, member: str) -> None:
        self.answers = {key: row for key, row in self.answers.items() if row.member != member}
        self.players = {key: row for key, row in self.players.items() if row.member != member}
        self.members.pop(member, None)
        if not is_group(member):
            self.setting_rows = {key: value for key, value in self.setting_rows.items() if key[0] != member}
            self.schedules = {key: row for key, row in self.schedules.items() if key[0] != member}
            self.quiet_hours.pop(member, None)
            self.quiz_settings.pop(member, None)
            self.outboxes.pop(member, None)
        for row in list(self.contest_rows.values()):
            if row.chat == member and not is_group(member):
                del self.contest_rows[row.id]
                self.polls = {key: poll for key, poll in self.polls.items() if poll.contest != row.id}
                self.boards.pop(row.id, None)
            elif row.starter == member:
                self.contest_rows[row.id] = replace(row, starter="")

    async def contests(self, finished_since: datetime) -> Sequence[StoredContest]:
        if self.unreadable:
            self.unreadable -= 1
            raise StorageError("读不了")
        return [
            StoredContest(
                row,
                [player for player in self.players.values() if player.contest == row.id],
                [answer for answer in self.answers.values() if answer.contest == row.id],
                [poll for poll in self.polls.values() if poll.contest == row.id],
                self.boards.get(row.id, ""),
            )
            for row in self.contest_rows.values()
            if row.finished is None or row.finished >= finished_since
        ]

    async def contest(self, contest: str) -> ContestRecord | None:
        return self.contest_rows.get(contest)

    async def last_contests(self, chat: str, limit: int) -> Sequence[ContestRecord]:
        found = [row for row in self.contest_rows.values() if row.chat == chat]
        return sorted(found, key=lambda row: row.started, reverse=True)[:limit]

    async def rank(
        self, chat: str | None, since: datetime | None, limit: int, *, until: datetime | None = None
    ) -> Sequence[Ranked]:
        given = [
            row
            for row in self.answers.values()
            if row.chosen not in ((), PASSED)
            and row.contest != REVIEW
            and (chat is None or row.chat == chat or row.chat.startswith(f"{chat}:"))
            and (since is None or row.at >= since)
            and (until is None or row.at < until)
            and not row.voided
        ]
        found = []
        person_of = {row.member: self.persons.get(row.member, row.member) for row in given}
        for member in set(person_of.values()):
            own = [row for row in given if person_of[row.member] == member]
            right = [row for row in own if row.right]
            name = self.members.get(member, "")
            found.append(Ranked(member, name, len(right), len(own), sum(row.ms for row in right)))
        return sorted(found, key=lambda row: (-row.points, row.ms, row.member))[:limit]

    async def answers_of(self, member: str) -> Sequence[AnswerRecord]:
        accounts = await self.accounts_of(member)
        own = [row for row in self.answers.values() if row.member in accounts and row.chosen]
        return sorted(own, key=lambda row: (row.at, row.round))

    async def accounts_of(self, account: str) -> tuple[str, ...]:
        person = self.persons.get(account)
        return (account, *(one for one, of in self.persons.items() if one != account and of == person))

    async def person_of(self, account: str) -> str:
        return self.persons.get(account, account)

    async def linked_accounts(self) -> Mapping[str, frozenset[str]]:
        return {account: frozenset(await self.accounts_of(account)) for account in self.persons}

    async def appointments(self, chat: str | None = None) -> Sequence[AppointmentRecord]:
        found = [row for row in self.appointment_rows.values() if chat in {None, row.chat}]
        return sorted(found, key=lambda row: (row.starts_at, row.id))

    async def delete_appointment(self, appointment: str) -> None:
        self.appointment_rows.pop(appointment, None)

    async def players_in(self, chat: str, limit: int) -> Sequence[str]:
        found = [row for row in self.answers.values() if row.chosen and row.contest != REVIEW]
        return sorted({row.member for row in found if row.chat == chat or row.chat.startswith(f"{chat}:")})[:limit]

    async def names(self, members: Collection[str]) -> dict[str, str]:
        return {member: self.members[member] for member in members if member in self.members}

    async def list_reported(self) -> Sequence[ReportCount]:
        counts = Counter(row.question for row in self.reports.values())
        return [ReportCount(*pair) for pair in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]

    async def list_played_answers(self) -> Sequence[PlayedAnswer]:
        return [
            PlayedAnswer(row.contest, row.question, row.member, row.right)
            for row in self.answers.values()
            if row.chosen not in ((), PASSED) and row.contest != REVIEW
        ]

    async def count_played_answers(self) -> dict[str, tuple[int, int]]:
        played = await self.list_played_answers()
        answered = Counter(answer.question for answer in played)
        right = Counter(answer.question for answer in played if answer.right)
        return {question: (count, right[question]) for question, count in answered.items()}

    async def settings(self, name: str) -> Sequence[SettingRecord]:
        self._check_listable()
        return [
            SettingRecord(*key, value) for key, value in sorted(self.setting_rows.items()) if key[1] == name and value
        ]

    async def setting(self, owner: str, name: str) -> str:
        self._check_readable()
        return self.setting_rows.get((owner, name), "")

    @property
    def all_settings(self) -> dict[str, object]:
        """What was set for chats, members and questions, by kind; kinds of which nothing was set are left out."""
        kinds: dict[str, object] = {
            "settings": dict(self.setting_rows),
            "schedules": dict(self.schedules),
            "quiet hours": dict(self.quiet_hours),
            "quiz settings": dict(self.quiz_settings),
            "removed questions": set(self.removed),
        }
        return {name: rows for name, rows in kinds.items() if rows}

    async def find_schedule(self, chat: str, kind: ScheduleKind) -> ScheduleRecord | None:
        self._check_readable()
        return self.schedules.get((chat, kind))

    async def list_schedules(self, kind: ScheduleKind) -> Sequence[ScheduleRecord]:
        self._check_listable()
        return [row for key, row in sorted(self.schedules.items()) if key[1] == kind]

    async def save_schedule(self, schedule: ScheduleRecord) -> None:
        await self.save(schedule)

    async def delete_schedule(self, chat: str, kind: ScheduleKind) -> None:
        await self.save()
        self.schedules.pop((chat, kind), None)

    async def find_quiet_hours(self, chat: str) -> QuietHoursRecord | None:
        self._check_readable()
        return self.quiet_hours.get(chat)

    async def list_quiet_hours(self) -> Sequence[QuietHoursRecord]:
        self._check_listable()
        return [row for _, row in sorted(self.quiet_hours.items())]

    async def save_quiet_hours(self, hours: QuietHoursRecord) -> None:
        await self.save(hours)

    async def delete_quiet_hours(self, chat: str) -> None:
        await self.save()
        self.quiet_hours.pop(chat, None)

    async def find_quiz_settings(self, chat: str) -> QuizSettingsRecord | None:
        self._check_readable()
        return self.quiz_settings.get(chat)

    async def save_quiz_settings(self, settings: QuizSettingsRecord) -> None:
        await self.save(settings)

    async def delete_quiz_settings(self, chat: str) -> None:
        await self.save()
        self.quiz_settings.pop(chat, None)

    async def list_removed_questions(self) -> frozenset[str]:
        self._check_listable()
        return frozenset(self.removed)

    async def remove_question(self, question: str) -> None:
        await self.save(RemovedQuestionRecord(question))

    async def restore_question(self, question: str) -> None:
        await self.save()
        self.removed.discard(question)

    async def delete_reports(self, question: str) -> None:
        await self.save()
        self.reports = {key: row for key, row in self.reports.items() if row.question != question}

    async def find_outbox(self, chat: str) -> tuple[Notice, ...]:
        self._check_readable()
        return self.outboxes.get(chat, ())

    async def list_outboxes(self) -> Mapping[str, Sequence[Notice]]:
        self._check_listable()
        return {chat: notices for chat, notices in sorted(self.outboxes.items()) if notices}

    async def save_outboxes(self, *records: ChatOutbox | SettingRecord) -> None:
        await self.save(*records)

    def _check_listable(self) -> None:
        if self.unset:
            raise StorageError("读不了")

    def _check_readable(self) -> None:
        if self.mute:
            self.mute -= 1
            raise StorageError("读不了")
