"""The one implementation of the conversation's ``Store``, on any database that ``engine`` knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageError
from bot.records.contests import SettingRecord
from bot.records.feedback import Feedback, Miss
from bot.storage import schema
from bot.storage.banks import BankRepository
from bot.storage.chats import GroupRepository
from bot.storage.contests import ContestRepository, QuestionReportRepository
from bot.storage.engine import FileIdentity, OutageError, for_reading, make_engine, storage_errors, upsert
from bot.storage.first_writer import FirstWriter
from bot.storage.migrate import migrate
from bot.storage.page import PageRepository
from bot.storage.papers import PaperRepository
from bot.storage.repository import UnitOfWork, Writer, fetch_all, write_units
from bot.storage.roles import AuditRepository, RoleRepository
from bot.storage.rooms import RoomRepository
from bot.storage.statistics import QuestionCountRepository, StatisticsRepository
from bot.storage.telegram_updates import UpdateLogRepository
from bot.storage.unanswered import UnansweredRepository
from bot.storage.versions import VersionRepository
from bot.wording import Storage

_OWNER = "bot"  # of the settings that are no chat's
_CLEANED = "tidied"
_DOUBTED = "tidying in doubt since"
_TIMEOUT = 5.0  # seconds
_DELETED_AT_ONCE = 2000  # rows: some 10 ms, so that a member's write hardly waits for the cleaning


class SqlStore:
    """A database with its repositories. Implements ``bot.records.feedback.Store``.

    A save returns when the row is durable against the death of the process; saves that come at the same time
    share a transaction. Every method raises StorageError when it could not do what it says.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = for_reading(engine)
        self._writer: Writer[UnitOfWork] = Writer(self._commit)
        self._contests = ContestRepository(engine, self._writer.write)
        self._file: FileIdentity | None = None
        self._pings = 0
        self._turn = asyncio.Lock()  # who waits here is served in order; who waits in SQLite polls
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, timeout_seconds: float = _TIMEOUT) -> SqlStore:
        """The store at ``url``, brought to the present schema; the folder of a SQLite file is created.

        ``timeout_seconds``: seconds to wait for another process that writes. Raises StorageError with a sentence
        that says how to mend it and never holds the address.
        """
        engine = await asyncio.to_thread(make_engine, url, timeout_seconds)
        try:
            await migrate(engine)
        except BaseException:
            await engine.dispose()
            raise
        store = cls(engine)
        store._file = await asyncio.to_thread(FileIdentity.of, engine.url)
        return store

    async def close(self) -> None:
        """Write what was taken, then let go of the database. May be called twice."""
        await self._writer.close()
        async with self._turn:
            self._closed = True
            with storage_errors():
                await self._engine.dispose()

    async def save_feedback(self, feedback: Feedback) -> None:
        """Save ``feedback``; it replaces an earlier one of the same key."""
        await self._writer.write(UnitOfWork((feedback,)))

    async def delete_feedback(self, key: str) -> None:
        """Delete the feedback of that key, if there is any."""
        await self._writer.write(UnitOfWork(statements=(delete(schema.feedback).where(schema.feedback.c.key == key),)))

    async def save_miss(self, miss: Miss) -> None:
        """Save ``miss``."""
        await self._writer.write(UnitOfWork((miss,)))

    async def delete_miss(self, key: str) -> None:
        """Delete the misses of that key, after what was saved before."""
        await self.unanswered.delete_miss(key)

    def update_log(self, bot: int) -> UpdateLogRepository:
        """Which updates the bot of that id on Telegram has handled."""
        return UpdateLogRepository(self._engine, self._writer.write, bot)

    @property
    def contests(self) -> ContestRepository:
        """Contests, answers, members and settings."""
        return self._contests

    @property
    def rooms(self) -> RoomRepository:
        """Live rooms."""
        return RoomRepository(self._engine, self._writer.write)

    @property
    def roles(self) -> RoleRepository:
        """The roles that were given."""
        return RoleRepository(self._engine, self._writer.write)

    @property
    def audit(self) -> AuditRepository:
        """Who did what."""
        return AuditRepository(self._engine, self._writer.write)

    @property
    def versions(self) -> VersionRepository:
        """Versions of the knowledge."""
        return VersionRepository(self._engine, self._writer.write)

    @property
    def unanswered(self) -> UnansweredRepository:
        """Questions without an answer."""
        return UnansweredRepository(self._engine, self._writer.write)

    @property
    def groups(self) -> GroupRepository:
        """The groups that the bot is in."""
        return GroupRepository(self._engine, self._writer.write)

    @property
    def banks(self) -> BankRepository:
        """Question banks that organisers brought."""
        return BankRepository(self._engine, self._writer.write)

    @property
    def papers(self) -> PaperRepository:
        """Competitions that last for days, and papers."""
        return PaperRepository(self._engine, self._writer.write)

    @property
    def question_counts(self) -> QuestionCountRepository:
        """Questions that were asked, counted without their words."""
        return QuestionCountRepository(self._engine, self._writer.write)

    @property
    def statistics(self) -> StatisticsRepository:
        """What is counted for admins."""
        return StatisticsRepository(self._engine)

    @property
    def page(self) -> PageRepository:
        """The conversations on the web page."""
        return PageRepository(self._engine, self._writer.write)

    @property
    def first_writer(self) -> FirstWriter:
        """What only the first gets, of all processes on this database."""
        return FirstWriter(self._transaction, self._engine)

    @property
    def reports(self) -> QuestionReportRepository:
        """Which quiz questions members find bad."""
        return self._contests  # the same one: what it remembers of removed questions changes with them

    async def delete_before(self, moment: datetime) -> int:
        """Delete what is older than ``moment``: feedback, misses, counts, reports, notices, conversations on the page,
        polls of contests, contests that a member played alone, live rooms with the names of their players, and
        competitions that are over with their lists of names and papers.

        That very moment is kept. Other contests and all answers stay: rankings and reviews are counted from them.
        """
        dated = (schema.feedback, schema.misses, schema.asked, schema.reports)
        gone = [await self._delete(table, table.c.at < moment) for table in dated]
        gone.append(await self._delete(schema.outbox, schema.outbox.c.posted_at < moment))
        gone.append(await self._delete(schema.exchanges, schema.exchanges.c.at < moment))
        over = select(schema.contests.c.id).where(schema.contests.c.finished < moment)
        gone.append(await self._delete(schema.polls, schema.polls.c.contest.in_(over)))
        alone = schema.contests.c.chat == schema.contests.c.starter  # a private chat has its member's key
        gone.append(await self._delete(schema.contests, (schema.contests.c.finished < moment) & alone))
        return sum(gone) + await self._delete_rooms(moment) + await self._delete_competitions(moment)

    async def last_cleanup(self) -> tuple[datetime | None, datetime | None]:
        """When old rows were deleted last, or else when the latest row was made; and since when that is in doubt."""
        cleaned_at, doubted_since = await self._moment(_CLEANED), await self._moment(_DOUBTED)
        if cleaned_at is None:
            dated = (schema.feedback, schema.misses, schema.asked, schema.reports, schema.audit, schema.versions)
            found = [await fetch_all(self._reading, select(func.max(table.c.at))) for table in dated]
            cleaned_at = max((row[0] for [row] in found if row[0] is not None), default=None)
        return cleaned_at, doubted_since

    async def save_cleanup(self, cleaned_at: datetime | None, doubted_since: datetime | None) -> None:
        """Save both for ``last_cleanup``."""
        moments = {_CLEANED: cleaned_at, _DOUBTED: doubted_since}
        rows = (SettingRecord(_OWNER, name, at.isoformat() if at else "") for name, at in moments.items())
        await self._writer.write(UnitOfWork(tuple(rows)))

    async def _moment(self, name: str) -> datetime | None:
        kept = await self.contests.setting(_OWNER, name)
        return datetime.fromisoformat(kept) if kept else None

    async def ping(self) -> None:
        """Return when the database has taken a write, and has all its tables: a read succeeds on a full disk, too."""
        self._pings += 1
        row = {"owner": _OWNER, "name": "ping", "value": str(self._pings)}
        async with self._transaction() as connection:
            await connection.execute(upsert(connection.dialect.name, schema.settings), row)
            for table in schema.metadata.sorted_tables:
                await connection.execute(select(literal(1)).select_from(table).limit(1))

    async def _commit(self, units: Sequence[UnitOfWork]) -> None:
        async with self._turn:
            self._check_file()
            with storage_errors():
                async with self._engine.begin() as connection:
                    await write_units(connection, units)

    async def _delete_rooms(self, moment: datetime) -> int:
        """Delete rooms that were opened before ``moment``, and all that names their players; the rooms last, as they
        tell what is theirs."""
        rooms, players = schema.rooms, schema.players
        old = select(rooms.c.contest).where(rooms.c.opened_at < moment)
        chats = select(literal("room:") + rooms.c.contest).where(rooms.c.opened_at < moment)
        theirs = select(players.c.member).where(players.c.contest.in_(old))
        return sum(
            [
                await self._delete(schema.members, schema.members.c.member.in_(theirs)),
                await self._delete(players, players.c.contest.in_(old)),
                await self._delete(schema.settings, schema.settings.c.owner.in_(chats)),
                await self._delete(schema.contests, schema.contests.c.id.in_(old)),
                await self._delete(rooms, rooms.c.opened_at < moment),
            ]
        )

    async def _delete_competitions(self, moment: datetime) -> int:
        """Delete competitions that ended before ``moment``, and all that names who took part; themselves last."""
        competitions, papers, answers = schema.competitions, schema.papers, schema.paper_answers
        old = select(competitions.c.id).where(competitions.c.ends_at < moment)
        theirs = select(papers.c.id).where(papers.c.competition.in_(old))
        gone = [await self._delete(answers, answers.c.paper.in_(theirs))]
        gone += [
            await self._delete(table, table.c.competition.in_(old))
            for table in (papers, schema.entrants, schema.roster)
        ]
        return sum(gone) + await self._delete(competitions, competitions.c.ends_at < moment)

    async def _delete(self, table: Table, is_old: ColumnElement[bool]) -> int:
        keys = tuple(table.primary_key)
        old = select(*keys).where(is_old).limit(_DELETED_AT_ONCE)
        gone = 0
        while True:
            async with self._transaction() as connection:
                result = await connection.execute(delete(table).where(tuple_(*keys).in_(old)))
            gone += result.rowcount
            if result.rowcount < _DELETED_AT_ONCE:
                return gone

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self._turn:
            self._check_open()
            self._check_file()
            with storage_errors():
                async with self._engine.begin() as connection:
                    yield connection

    def _check_file(self) -> None:
        """Raises StorageError where what is written would be gone: in a file that was deleted or replaced."""
        if self._file is not None and not self._file.is_there():  # takes a microsecond
            raise OutageError(Storage.FILE_GONE)

    def _check_open(self) -> None:
        if self._closed:  # a disposed engine would quietly connect again
            raise StorageError(Storage.CLOSED)
