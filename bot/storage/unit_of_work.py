"""Units of work: records and statements that are written all or none, many units in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any

from sqlalchemy import Executable, Table, bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.records.admin import (
    AdminRow,
    AuditRecord,
    BlobRecord,
    GroupRecord,
    QuestionCount,
    ReportRecord,
    RoleRecord,
    SettledRecord,
    VersionRecord,
)
from bot.records.announcements import ChatOutbox, Notice
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleRecord
from bot.records.contests import (
    AnswerRecord,
    BoardRecord,
    ContestRecord,
    ContestRow,
    MemberRecord,
    PlayerRecord,
    PollRecord,
    ProgressRecord,
    RemovedQuestionRecord,
    SettingRecord,
)
from bot.storage import schema
from bot.storage.dialect import upsert
from bot.wording import Storage

Row = ContestRow | AdminRow
_TABLES: Mapping[type[Row], Table] = {
    ContestRecord: schema.contests,
    PlayerRecord: schema.players,
    AnswerRecord: schema.answers,
    PollRecord: schema.polls,
    BoardRecord: schema.polls,
    MemberRecord: schema.members,
    SettingRecord: schema.settings,
    ScheduleRecord: schema.schedules,
    QuizSettingsRecord: schema.quiz_settings,
    QuietHoursRecord: schema.quiet_hours,
    RemovedQuestionRecord: schema.removed_questions,
    ReportRecord: schema.reports,
    BlobRecord: schema.blobs,
    RoleRecord: schema.roles,
    SettledRecord: schema.settled,
    GroupRecord: schema.chats,
}
BOARD = "board:"
NO_ROUND = -1
"""A board stands among the polls of its contest, and belongs to no question."""
_APPENDED: Mapping[type[Row], Table] = {
    AuditRecord: schema.audit,
    QuestionCount: schema.asked,
    VersionRecord: schema.versions,
}
_KEYS = {table: itemgetter(*table.primary_key.columns.keys()) for table in _TABLES.values()}
_PROGRESS = (
    update(schema.contests)
    .where(schema.contests.c.id == bindparam("contest"))
    .values(progress=bindparam("now"), finished=bindparam("ended"))
)
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (*_TABLES, *_APPENDED)}


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What is written as a whole: ``rows``, then ``statements``."""

    rows: tuple[Row, ...] = ()
    statements: tuple[Executable, ...] = ()


async def write_units(connection: AsyncConnection, entries: Iterable[UnitOfWork]) -> None:
    """Write all rows; of several of the same key the last counts; statements act on what came before them.

    A version is never written over: raises StorageError where its number is taken.
    """
    waiting: list[Row] = []
    for entry in entries:
        for row in entry.rows:
            waiting.append(row)
        if entry.statements:
            await _write(connection, waiting)
            waiting = []
            for statement in entry.statements:
                await connection.execute(statement)
    await _write(connection, waiting)


async def _write(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    by_kind: defaultdict[type[Row], list[Any]] = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(row)
    for kind, table in _TABLES.items():  # in the order of the tables, whatever came first
        if kind in by_kind:
            keys = _KEYS[table]
            values = {keys(value): value for value in map(_values, by_kind[kind])}
            await connection.execute(upsert(connection.dialect.name, table), list(values.values()))
    for kind, table in _APPENDED.items():
        if kind in by_kind:
            with _telling_of(kind):
                await connection.execute(insert(table), [_values(row) for row in by_kind[kind]])
    if by_kind[ChatOutbox]:
        await _write_outboxes(connection, by_kind[ChatOutbox])
    progress: dict[str, ProgressRecord] = {row.contest: row for row in by_kind[ProgressRecord]}
    if progress:
        values_of = [{"contest": row.contest, "now": row.progress, "ended": row.finished} for row in progress.values()]
        await connection.execute(_PROGRESS, values_of)


async def _write_outboxes(connection: AsyncConnection, records: Sequence[ChatOutbox]) -> None:
    """Let each chat have the notices of its last record and no others."""
    outbox = schema.outbox
    by_chat = {record.chat: record.notices for record in records}
    await connection.execute(delete(outbox).where(outbox.c.chat.in_(by_chat)))
    rows = [_notice_values(chat, notice) for chat, notices in by_chat.items() for notice in notices]
    if rows:
        await connection.execute(insert(outbox), rows)


def _notice_values(chat: str, notice: Notice) -> dict[str, Any]:
    values = {field.name: getattr(notice, field.name) for field in fields(notice)}
    return {"chat": chat, "notice": values.pop("id"), **values}


@contextmanager
def _telling_of(kind: type[Row]) -> Iterator[None]:
    """Inside, a row whose key is taken raises a sentence of its own, where another process may have taken it."""
    try:
        yield
    except IntegrityError:
        if kind is not VersionRecord:
            raise
        raise StorageError(Storage.VERSION_TAKEN) from None


def _values(row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _FIELDS[type(row)]}  # asdict copies, and takes five times as long
    if isinstance(row, AnswerRecord):
        values["chosen"] = " ".join(map(str, row.chosen))
    elif isinstance(row, BoardRecord):
        values |= {"poll": f"{BOARD}{row.contest}", "round": NO_ROUND}
    return values
