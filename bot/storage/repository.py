"""What all repositories share: rows are read, and units of work are written by the one writer, all of each or none.

Units that arrive while a transaction runs are written together in the next one: group commit.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Executable, Select, Table, bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageError
from bot.records.accounts import LinkCode, LinkedAccount
from bot.records.announcements import ChatOutbox, Notice
from bot.records.banks import BankRecord
from bot.records.chats import GroupRecord, QuietHoursRecord, QuizSettingsRecord, ScheduleRecord
from bot.records.contests import (
    AnswerRecord,
    AppointmentRecord,
    BoardRecord,
    ContestRecord,
    ContestRow,
    MemberRecord,
    PlayerRecord,
    PollRecord,
    ProgressRecord,
    RemovedQuestionRecord,
    ReportRecord,
    SettingRecord,
)
from bot.records.feedback import Feedback, Miss
from bot.records.knowledge_versions import BlobRecord, VersionRecord
from bot.records.page import ExchangeRecord
from bot.records.papers import CompetitionRecord, EntrantRecord, PaperAnswerRecord, PaperRecord, RosterRecord
from bot.records.roles import AuditRecord, RoleRecord
from bot.records.rooms import RoomRecord
from bot.records.statistics import QuestionCount
from bot.records.telegram_updates import UpdateRecord
from bot.records.unanswered import SettledRecord
from bot.storage import schema
from bot.storage.engine import OutageError, for_reading, storage_errors, upsert
from bot.wording import Storage

Entry = TypeVar("Entry")
_Waiting = tuple[Entry, "asyncio.Future[None]"]
Row = (
    LinkedAccount
    | LinkCode
    | ContestRow
    | BlobRecord
    | VersionRecord
    | RoleRecord
    | AuditRecord
    | SettledRecord
    | QuestionCount
    | GroupRecord
    | BankRecord
    | Feedback
    | Miss
    | UpdateRecord
    | ExchangeRecord
    | CompetitionRecord
    | RosterRecord
    | EntrantRecord
    | PaperRecord
    | PaperAnswerRecord
)
_TABLES: Mapping[type[Row], Table] = {
    ContestRecord: schema.contests,
    PlayerRecord: schema.players,
    AnswerRecord: schema.answers,
    AppointmentRecord: schema.appointments,
    PollRecord: schema.polls,
    BoardRecord: schema.polls,
    MemberRecord: schema.members,
    SettingRecord: schema.settings,
    ScheduleRecord: schema.schedules,
    QuizSettingsRecord: schema.quiz_settings,
    QuietHoursRecord: schema.quiet_hours,
    RemovedQuestionRecord: schema.removed_questions,
    LinkedAccount: schema.linked_accounts,
    LinkCode: schema.link_codes,
    ReportRecord: schema.reports,
    RoomRecord: schema.rooms,
    BlobRecord: schema.blobs,
    RoleRecord: schema.roles,
    SettledRecord: schema.settled,
    GroupRecord: schema.chats,
    BankRecord: schema.question_banks,
    Feedback: schema.feedback,
    UpdateRecord: schema.telegram_updates,
    ExchangeRecord: schema.exchanges,
    CompetitionRecord: schema.competitions,
    RosterRecord: schema.roster,
    EntrantRecord: schema.entrants,
    PaperRecord: schema.papers,
    PaperAnswerRecord: schema.paper_answers,
}
BOARD = "board:"
NO_ROUND = -1
"""A board stands among the polls of its contest, and belongs to no question."""
_APPENDED: Mapping[type[Row], Table] = {
    AuditRecord: schema.audit,
    QuestionCount: schema.asked,
    VersionRecord: schema.versions,
    Miss: schema.misses,
}
_KEYS = {table: itemgetter(*table.primary_key.columns.keys()) for table in _TABLES.values()}
_PROGRESS = (
    update(schema.contests)
    .where(schema.contests.c.id == bindparam("contest"))
    .values(progress=bindparam("now"), finished=bindparam("ended"))
)
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (*_TABLES, *_APPENDED)}


class Repository:
    """Reads on connections of ``engine``; ``write`` returns when a unit of work is durable.

    Every method of a repository raises StorageError if it could not do what it says.
    """

    def __init__(self, engine: AsyncEngine, write: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        self._reading = for_reading(engine)
        self._write = write

    async def _fetch(self, query: Select[Any]) -> list[Any]:
        """All rows that ``query`` finds."""
        return await fetch_all(self._reading, query)

    async def _save(self, *records: Row) -> None:
        """Insert or replace all of ``records`` or none."""
        if records:
            await self._write(UnitOfWork(records))

    async def _execute(self, *statements: Executable) -> None:
        """Run all of ``statements`` in their order, or none, after what was saved before."""
        await self._write(UnitOfWork(statements=statements))


async def fetch_all(reading: AsyncEngine, query: Select[Any]) -> list[Any]:
    """All rows that ``query`` finds; ``reading`` is an engine of ``engine.for_reading``. Raises StorageError."""
    with storage_errors():
        async with reading.connect() as connection:
            return list((await connection.execute(query)).all())


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What is written as a whole: ``rows``, then ``statements``."""

    rows: tuple[Row, ...] = ()
    statements: tuple[Executable, ...] = ()


class Writer(Generic[Entry]):
    """A queue before ``commit``, which writes all entries that it is given or none, durable when it returns.

    There is at most one commit at a time and no artificial delay: the first entry is written alone and at
    once; those that come meanwhile share the next transaction, in the order they came, at most ``limit``.
    """

    def __init__(self, commit: Callable[[Sequence[Entry]], Awaitable[None]], limit: int = 500) -> None:
        self._commit = commit
        self._limit = limit
        self._waiting: deque[_Waiting[Entry]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, entry: Entry) -> None:
        """Return when ``entry`` is durable; raises what ``commit`` raised for it, StorageError once closed.

        Who is cancelled while waiting leaves the entry behind: it is written all the same.
        """
        if self._closed:
            raise StorageError(Storage.CLOSED)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, done))
        if self._task is None:  # lives only while there is work: nothing to start, nothing left over at exit
            self._task = asyncio.create_task(self._drain(), name="storage-writer")
        await done

    async def close(self) -> None:
        """Take nothing new, return when everything taken is written or has failed. May be called twice."""
        self._closed = True
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _drain(self) -> None:
        taken: list[_Waiting[Entry]] = []
        try:
            while self._waiting:
                taken = [self._waiting.popleft() for _ in range(min(self._limit, len(self._waiting)))]
                await self._write_batch(taken)
        finally:  # with somebody still waiting only when the event loop is being torn down
            _resolve([*taken, *self._waiting], StorageError(Storage.CLOSED))
            self._waiting.clear()
            self._task = None

    async def _write_batch(self, batch: list[_Waiting[Entry]]) -> None:
        failure = await self._attempt(batch)
        if failure is None or len(batch) == 1 or isinstance(failure, OutageError):
            _resolve(batch, failure)
            return
        for place, one in enumerate(batch):  # somebody's entry spoiled it for all: let each stand for itself
            failure = await self._attempt([one])
            if isinstance(failure, OutageError):
                _resolve(batch[place:], failure)
                return
            _resolve([one], failure)

    async def _attempt(self, batch: list[_Waiting[Entry]]) -> Exception | None:
        try:
            await self._commit([entry for entry, _ in batch])
        except Exception as error:  # whatever it is belongs to the callers, who are waiting for it
            return error
        return None


def _resolve(batch: Sequence[_Waiting[Entry]], failure: Exception | None) -> None:
    for _, done in batch:
        if done.done():  # resolved before, or its caller was cancelled
            continue
        if failure is None:
            done.set_result(None)
        else:
            done.set_exception(copy(failure))  # one each: a raised exception collects its raiser's traceback


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
            with _version_conflicts(kind):
                await connection.execute(insert(table), [_values(row) for row in by_kind[kind]])
    if by_kind[ChatOutbox]:
        await _write_outboxes(connection, by_kind[ChatOutbox])
    progress = _later_progress(rows)
    if progress:
        values_of = [{"contest": row.contest, "now": row.progress, "ended": row.finished} for row in progress.values()]
        await connection.execute(_PROGRESS, values_of)


def _later_progress(rows: Sequence[Row]) -> dict[str, ProgressRecord]:
    """The last progress of each contest, by its id, unless the whole contest comes after it: that has its own."""
    progress: dict[str, ProgressRecord] = {}
    for row in rows:
        if isinstance(row, ProgressRecord):
            progress[row.contest] = row
        elif isinstance(row, ContestRecord):
            progress.pop(row.id, None)
    return progress


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
def _version_conflicts(kind: type[Row]) -> Iterator[None]:
    """Inside, a row whose key is taken raises a sentence of its own, where another process may have taken it."""
    try:
        yield
    except IntegrityError:
        if kind is not VersionRecord:
            raise
        raise StorageError(Storage.VERSION_TAKEN) from None


def _values(row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _FIELDS[type(row)]}  # asdict copies, and takes five times as long
    if isinstance(row, AnswerRecord | PaperAnswerRecord):
        values["chosen"] = " ".join(map(str, row.chosen))
    elif isinstance(row, BoardRecord):
        values |= {"poll": f"{BOARD}{row.contest}", "round": NO_ROUND}
    return values
