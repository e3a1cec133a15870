"""Contests with players, answers and polls; reports of questions; members; settings without a table of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Final

from cachetools import TTLCache
from sqlalchemy import ColumnElement, Executable, Table, and_, case, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.quiz.item_analysis import PlayedAnswer
from bot.quiz.question import PASSED
from bot.records.chats import is_group
from bot.records.contests import (
    REVIEW,
    AnswerRecord,
    AppointmentRecord,
    ContestRecord,
    ContestRow,
    PlayerRecord,
    PollRecord,
    Ranked,
    RemovedQuestionRecord,
    ReportCount,
    SettingRecord,
    StoredContest,
)
from bot.storage import schema
from bot.storage.accounts import AccountRepository
from bot.storage.chats import ChatSettingsRepository, ScheduleRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.repository import NO_ROUND, Repository, Row, UnitOfWork
from bot.storage.schema import (
    answers,
    contests,
    linked_accounts,
    members,
    players,
    polls,
    removed_questions,
    reports,
    settings,
)

_GIVEN = answers.c.chosen != ""
COUNTED = ~answers.c.voided & answers.c.chosen.not_in(("", " ".join(map(str, PASSED))))
"""What was neither taken back nor passed, and whose question is not void."""
_RIGHT = func.sum(case((answers.c.right, 1), else_=0))
_TIME = func.sum(case((answers.c.right, answers.c.ms), else_=0))
_OF_MEMBERS = (answers, players, members, schema.entrants)
_OF_CHATS = (schema.appointments, schema.schedules, schema.quiz_settings, schema.quiet_hours, schema.outbox)
REMOVED_FOR: Final = 1.0
"""Seconds after which a question that another process has removed is asked no more."""
_NAMES_AT_ONCE = 500  # SQLite takes a limited number of parameters


class QuestionReportRepository(Repository):
    """Reports by question, and the questions that a quiz host has removed.

    Those removed are looked up before each question that is asked: what was read is good for ``REMOVED_FOR`` seconds,
    or until this process removes or restores one.
    """

    def __init__(self, engine: AsyncEngine, write: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        super().__init__(engine, write)
        self._removed: TTLCache[int, frozenset[str]] = TTLCache(maxsize=1, ttl=REMOVED_FOR)
        self._changes = 0  # the key: what was read before a change is found no more

    async def list_reported(self) -> Sequence[ReportCount]:
        """All questions that were reported, those reported most first."""
        count = func.count()
        query = select(reports.c.question, count).group_by(reports.c.question)
        return [ReportCount(*row) for row in await self._fetch(query.order_by(count.desc(), reports.c.question))]

    async def list_played_answers(self) -> Sequence[PlayedAnswer]:
        """All answers that were given in contests and not taken back."""
        columns = answers.c.contest, answers.c.question, answers.c.member, answers.c.right
        query = select(*columns).where(COUNTED, answers.c.contest != REVIEW)
        return [PlayedAnswer(*row) for row in await self._fetch(query)]

    async def count_played_answers(self) -> dict[str, tuple[int, int]]:
        """How many answers each question had in contests, and how many of them were right."""
        query = select(answers.c.question, func.count(), _RIGHT).where(COUNTED, answers.c.contest != REVIEW)
        rows = await self._fetch(query.group_by(answers.c.question))
        return {row[0]: (int(row[1]), int(row[2])) for row in rows}

    async def delete_reports(self, question: str) -> None:
        """Delete all reports of ``question``."""
        await self._execute(delete(reports).where(reports.c.question == question))

    async def list_removed_questions(self) -> frozenset[str]:
        """The ids of the quiz questions that are not asked any more."""
        changes = self._changes
        found = self._removed.get(changes)
        if found is None:
            found = self._removed[changes] = frozenset(row[0] for row in await self._fetch(select(removed_questions)))
        return found

    async def remove_question(self, question: str) -> None:
        """Ask that question no more."""
        await self._save(RemovedQuestionRecord(question))

    async def _save(self, *records: Row) -> None:
        try:
            await super()._save(*records)
        finally:
            self._changes += any(isinstance(record, RemovedQuestionRecord) for record in records)

    async def restore_question(self, question: str) -> None:
        """Ask that question again."""
        try:
            await self._execute(delete(removed_questions).where(removed_questions.c.question == question))
        finally:
            self._changes += 1


class ContestRepository(
    AccountRepository, ScheduleRepository, ChatSettingsRepository, QuestionReportRepository, OutboxRepository
):
    """Contests, answers, members and settings. ``write`` returns when an entry is durable."""

    async def save(self, *rows: ContestRow) -> None:
        """Save all of ``rows`` or none; durable when it returns."""
        await self._save(*rows)

    async def contests(self, finished_since: datetime) -> Sequence[StoredContest]:
        """All contests that run, and those that finished at or after a moment."""
        wanted = or_(contests.c.finished.is_(None), contests.c.finished >= finished_since)
        kept = [
            ContestRecord(*row)
            for row in await self._fetch(select(contests).where(wanted).order_by(contests.c.started))
        ]
        of_players = _by_contest([PlayerRecord(*row) for row in await self._belonging(players, wanted)])
        of_answers = _by_contest([_answer(row) for row in await self._belonging(answers, wanted)])
        of_messages = _by_contest([PollRecord(*row) for row in await self._belonging(polls, wanted)])
        return [
            StoredContest(
                contest,
                of_players[contest.id],
                of_answers[contest.id],
                [poll for poll in of_messages[contest.id] if poll.round != NO_ROUND],
                next((board.message for board in of_messages[contest.id] if board.round == NO_ROUND), ""),
            )
            for contest in kept
        ]

    async def contest(self, contest: str) -> ContestRecord | None:
        """The contest of that id; None where there is none."""
        rows = await self._fetch(select(contests).where(contests.c.id == contest))
        return next((ContestRecord(*row) for row in rows), None)

    async def last_contests(self, chat: str, limit: int) -> Sequence[ContestRecord]:
        """The latest contests of a chat, the latest first."""
        query = select(contests).where(contests.c.chat == chat).order_by(contests.c.started.desc()).limit(limit)
        return [ContestRecord(*row) for row in await self._fetch(query)]

    async def appointments(self, chat: str | None = None) -> Sequence[AppointmentRecord]:
        """The contests that are to begin in a chat, or in all, the next one first."""
        query = select(schema.appointments).order_by(schema.appointments.c.starts_at, schema.appointments.c.id)
        if chat is not None:
            query = query.where(schema.appointments.c.chat == chat)
        return [AppointmentRecord(*row) for row in await self._fetch(query)]

    async def delete_appointment(self, appointment: str) -> None:
        """Delete the appointment of that id, if there is one."""
        await self._execute(delete(schema.appointments).where(schema.appointments.c.id == appointment))

    async def rank(
        self, chat: str | None, since: datetime | None, limit: int, *, until: datetime | None = None
    ) -> Sequence[Ranked]:
        """The persons with the most right answers, time breaking ties; in a chat with all of its topics.

        ``chat`` None: in all chats but live rooms, whose players nobody knows by anything but a name typed there. All
        accounts of a person count together, an answer to the same question of the same contest once: the first. A
        person is called as the account is that answered there.
        """
        person = func.coalesce(linked_accounts.c.person, answers.c.member)
        named = members.alias()
        own = case((answers.c.member == person, members.c.name))
        name = func.coalesce(func.max(own), func.max(members.c.name), func.max(named.c.name), "")
        query = (
            select(person, name, _RIGHT, func.count(), _TIME)
            .join_from(answers, linked_accounts, answers.c.member == linked_accounts.c.account, isouter=True)
            .join(members, answers.c.member == members.c.member, isouter=True)
            .join(named, named.c.member == linked_accounts.c.person, isouter=True)
            .where(COUNTED, answers.c.contest != REVIEW, ~_answered_before())
            .group_by(person)
            .order_by(_RIGHT.desc(), _TIME, person)
            .limit(limit)
        )
        query = query.where(_in_chat(chat) if chat is not None else answers.c.chat.not_like("room:%"))
        if since is not None:
            query = query.where(answers.c.at >= since)
        if until is not None:
            query = query.where(answers.c.at < until)
        return [Ranked(row[0], row[1], *map(int, row[2:])) for row in await self._fetch(query)]

    async def players_in(self, chat: str, limit: int) -> Sequence[str]:
        """The accounts that ever answered in a chat or one of its topics."""
        query = select(answers.c.member).where(_GIVEN, answers.c.contest != REVIEW, _in_chat(chat)).distinct()
        return [row[0] for row in await self._fetch(query.order_by(answers.c.member).limit(limit))]

    async def answers_of(self, member: str) -> Sequence[AnswerRecord]:
        """All answers of the person who has the account ``member``, without those taken back, the oldest first."""
        own = answers.c.member.in_(await self.accounts_of(member))
        query = select(answers).where(own, _GIVEN).order_by(answers.c.at, answers.c.member, answers.c.round)
        found: list[AnswerRecord] = []
        known: set[tuple[str, int]] = set()
        for answer in map(_answer, await self._fetch(query)):
            key = (answer.contest, answer.round)
            if answer.contest == REVIEW or key not in known:
                known.add(key)
                found.append(answer)
        return sorted(found, key=lambda answer: (answer.at, answer.round))

    async def names(self, members_: Collection[str]) -> dict[str, str]:
        """The shown names of members, as far as they are known."""
        wanted = sorted(set(members_))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _NAMES_AT_ONCE):
            some = members.c.member.in_(wanted[start : start + _NAMES_AT_ONCE])
            found |= {row[0]: row[1] for row in await self._fetch(select(members).where(some))}
        return found

    async def settings(self, name: str) -> Sequence[SettingRecord]:
        """A setting of everybody who has it."""
        query = select(settings).where(settings.c.name == name, settings.c.value != "").order_by(settings.c.owner)
        return [SettingRecord(*row) for row in await self._fetch(query)]

    async def setting(self, owner: str, name: str) -> str:
        """A setting of one chat or member; nothing where there is none."""
        query = select(settings.c.value).where(settings.c.owner == owner, settings.c.name == name)
        return next((str(row[0]) for row in await self._fetch(query)), "")

    async def delete_member(self, member: str, reports: Collection[str] = ()) -> None:
        """Delete all that is stored of ``member``, and the ``reports`` of these keys, which name nobody."""
        statements: list[Executable] = [delete(table).where(table.c.member == member) for table in _OF_MEMBERS]
        statements.append(delete(linked_accounts).where(linked_accounts.c.account == member))
        statements.append(delete(schema.link_codes).where(schema.link_codes.c.account == member))
        own_papers = select(schema.papers.c.id).where(schema.papers.c.member == member)
        statements.append(delete(schema.paper_answers).where(schema.paper_answers.c.paper.in_(own_papers)))
        if not is_group(member):  # who speaks as a group has its key, and what is the group's stays
            statements.append(delete(schema.settings).where(schema.settings.c.owner == member))
            statements += [delete(table).where(table.c.chat == member) for table in _OF_CHATS]
            statements.append(delete(schema.exchanges).where(schema.exchanges.c.owner == member))
            # a private chat has the member's key: what was played there goes as a whole
            alone = select(contests.c.id).where(contests.c.chat == member)
            statements.append(delete(polls).where(polls.c.contest.in_(alone)))
            statements.append(delete(contests).where(contests.c.chat == member))
        statements.append(delete(schema.papers).where(schema.papers.c.member == member))
        for table in (contests, schema.appointments):
            statements.append(update(table).where(table.c.starter == member).values(starter=""))
        if reports:
            statements.append(delete(schema.reports).where(schema.reports.c.key.in_(reports)))
        await self._execute(*statements)

    async def move_chat(self, old: str, new: str) -> None:
        """A chat has got another key: all that is stored of it goes there, but for what is set there already."""
        statements: list[Executable] = [
            update(table).where(table.c.chat == old).values(chat=new)
            for table in (contests, answers, schema.appointments, schema.outbox)
        ]
        for table, owner, kind in (
            (schema.settings, schema.settings.c.owner, schema.settings.c.name),
            (schema.schedules, schema.schedules.c.chat, schema.schedules.c.kind),
        ):
            there = select(kind).where(owner == new).scalar_subquery()
            statements.append(update(table).where(owner == old, kind.not_in(there)).values({owner.name: new}))
            statements.append(delete(table).where(owner == old))
        for table in (schema.quiz_settings, schema.quiet_hours, schema.chats):
            known = select(table.c.chat).where(table.c.chat == new).scalar_subquery()
            statements.append(update(table).where(table.c.chat == old, literal(new).not_in(known)).values(chat=new))
            statements.append(delete(table).where(table.c.chat == old))
        await self._execute(*statements)

    async def _belonging(self, table: Table, wanted: ColumnElement[bool]) -> list[Any]:
        return await self._fetch(select(table).join(contests, table.c.contest == contests.c.id).where(wanted))


def _in_chat(chat: str) -> ColumnElement[bool]:
    return or_(answers.c.chat == chat, answers.c.chat.startswith(f"{chat}:", autoescape=True))


def _answered_before() -> ColumnElement[bool]:
    """Whether the same person has answered the same question of the same contest before, by another account."""
    other, link = answers.alias(), linked_accounts.alias()
    earlier = or_(other.c.at < answers.c.at, and_(other.c.at == answers.c.at, other.c.member < answers.c.member))
    return exists().where(
        link.c.person == linked_accounts.c.person,
        link.c.account == other.c.member,
        other.c.member != answers.c.member,
        other.c.contest == answers.c.contest,
        other.c.round == answers.c.round,
        other.c.chosen != "",
        earlier,
    )


def _answer(row: Any) -> AnswerRecord:
    values = dict(row._mapping)
    return AnswerRecord(**values | {"chosen": tuple(map(int, values["chosen"].split()))})


def _by_contest(rows: Sequence[Any]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.contest].append(row)
    return found
