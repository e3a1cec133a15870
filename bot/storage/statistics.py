"""Questions that were asked, without their words; what is counted for admins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, case, delete, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.records.contests import REVIEW
from bot.records.statistics import Accuracy, Day, DayFigures, Figures, QuestionCount
from bot.storage.contests import COUNTED
from bot.storage.engine import for_reading, storage_errors
from bot.storage.repository import Repository
from bot.storage.schema import answers, asked, feedback, misses

_RIGHT = func.sum(case((answers.c.right, 1), else_=0))
_MEMBER = case((asked.c.who != "", asked.c.who))  # NULL, which is not counted, where nobody can be told apart


class QuestionCountRepository(Repository):
    """One row for each question; ``StatisticsRepository`` counts them."""

    async def append_counts(self, *counts: QuestionCount) -> None:
        """Append all of ``counts`` or none."""
        await self._save(*counts)

    async def delete_counts(self, who: str) -> None:
        """Delete the counts of an asker, also those that are on their way to the database."""
        await self._execute(delete(asked).where(asked.c.who == who))


class StatisticsRepository:
    """Counts rows between moments, so that a day is what the caller's clocks say it is, on any database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = for_reading(engine)

    async def figures(self, days: Sequence[Day], top: int) -> Figures:
        """What is kept of ``days`` (one after the other, at least one), with at most ``top`` points of each kind."""
        whole = Day(days[0].date, days[0].start, days[-1].end)
        with storage_errors():
            async with self._reading.connect() as connection:
                thumbs = await _counts(connection, feedback.c.helpful, _in(feedback, whole))
                quiz = await _quiz(connection, whole)
                wrong = [row for row in quiz if row.right < row.answered]
                return Figures(
                    tuple([await _of_day(connection, day) for day in days]),
                    active=await _number(connection, select(func.count(distinct(_MEMBER))).where(_in(asked, whole))),
                    top=tuple((row[0], row[1]) for row in await _rows(connection, _top(whole).limit(top))),
                    weakest=tuple(sorted(wrong, key=lambda row: (row.share, -row.answered, row.point))[:top]),
                    quiz=sum(row.answered for row in quiz),
                    quiz_right=sum(row.right for row in quiz),
                    helpful=thumbs.get(True, 0),
                    unhelpful=thumbs.get(False, 0),
                    documents=tuple(
                        [(row[0], row[1], int(row[2])) for row in await _rows(connection, _documents(whole))]
                    ),
                    misses=await _number(connection, select(func.count()).where(_in(misses, whole))),
                )


async def _of_day(connection: AsyncConnection, day: Day) -> DayFigures:
    by_verdict = await _counts(connection, asked.c.verdict, _in(asked, day))
    active = await _number(connection, select(func.count(distinct(_MEMBER))).where(_in(asked, day)))
    return DayFigures(
        day.date, by_verdict.get("answer", 0), by_verdict.get("suggest", 0), by_verdict.get("decline", 0), active
    )


def _in(table: Table, day: Day) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (table.c.at >= day.start) & (table.c.at < day.end)
    return inside


def _top(days: Day) -> Select[Any]:
    count = func.count()
    answered = _in(asked, days) & (asked.c.point != "") & (asked.c.document == "")
    return select(asked.c.point, count).where(answered).group_by(asked.c.point).order_by(count.desc(), asked.c.point)


def _documents(days: Day) -> Select[Any]:
    count, answered = func.count(), func.sum(case((asked.c.verdict == "answer", 1), else_=0))
    query = select(asked.c.document, count, answered).where(_in(asked, days)).group_by(asked.c.document)
    return query.order_by(count.desc(), asked.c.document)


async def _quiz(connection: AsyncConnection, days: Day) -> list[Accuracy]:
    counted = _in(answers, days) & COUNTED & (answers.c.contest != REVIEW)
    query = select(answers.c.point, _RIGHT, func.count()).where(counted).group_by(answers.c.point)
    return [Accuracy(row[0], int(row[1]), row[2]) for row in await _rows(connection, query)]


async def _counts(
    connection: AsyncConnection, column: ColumnElement[Any], where: ColumnElement[bool]
) -> dict[Any, int]:
    rows = await _rows(connection, select(column, func.count()).where(where).group_by(column))
    return {row[0]: row[1] for row in rows}


async def _number(connection: AsyncConnection, query: Select[Any]) -> int:
    return int((await connection.execute(query)).scalar_one())


async def _rows(connection: AsyncConnection, query: Select[Any]) -> list[Any]:
    return list((await connection.execute(query)).all())
