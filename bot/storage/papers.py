"""Competitions, who takes part in them, papers and their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update

from bot.quiz.paper import PaperResult, milliseconds
from bot.records.papers import (
    CompetitionRecord,
    EntrantRecord,
    PaperAnswerRecord,
    PaperRecord,
    QuestionShare,
    RosterRecord,
)
from bot.storage.repository import Repository, UnitOfWork
from bot.storage.schema import competitions, entrants, linked_accounts, paper_answers, papers, roster

_ENDED = case((papers.c.given_in_at < papers.c.due_at, papers.c.given_in_at), else_=papers.c.due_at)
_GIVEN = (paper_answers.c.chosen != "") & (paper_answers.c.at <= _ENDED)
"""An answer that was not taken back. What another process saved behind the end counts for nothing."""
_RIGHT = func.coalesce(func.sum(case((_GIVEN & paper_answers.c.right, 1), else_=0)), 0)


class PaperRepository(Repository):
    """A paper is one row, each of its answers another; results are counted from them."""

    async def save_competition(self, competition: CompetitionRecord, names: Sequence[RosterRecord] = ()) -> None:
        """Save a competition with its list of names."""
        await self._save(competition, *names)

    async def competition(self, name: str) -> CompetitionRecord | None:
        """The competition of that id, if there is one."""
        rows = await self._fetch(select(competitions).where(competitions.c.id == name))
        return CompetitionRecord(*rows[0]) if rows else None

    async def competitions(self, limit: int = 50) -> Sequence[CompetitionRecord]:
        """The competitions, the one that ends last first."""
        query = select(competitions).order_by(competitions.c.ends_at.desc(), competitions.c.id).limit(limit)
        return [CompetitionRecord(*row) for row in await self._fetch(query)]

    async def end_competition(self, name: str, at: datetime) -> None:
        """Let a competition end at a moment, and the papers that are being written with it."""
        later = (papers.c.competition == name) & (papers.c.due_at > at)
        await self._execute(
            update(competitions).where(competitions.c.id == name, competitions.c.ends_at > at).values(ends_at=at),
            update(papers).where(later).values(due_at=at),
        )

    async def branches_on_roster(self, competition: str, name: str) -> Sequence[str]:
        """The branches for which a name stands on the list of a competition."""
        query = select(roster.c.branch).where(roster.c.competition == competition, roster.c.name == name)
        return [row[0] for row in await self._fetch(query.order_by(roster.c.branch))]

    async def count_roster(self, competition: str) -> Mapping[str, int]:
        """How many names of each branch stand on the list of a competition."""
        query = select(roster.c.branch, func.count()).where(roster.c.competition == competition)
        return {row[0]: int(row[1]) for row in await self._fetch(query.group_by(roster.c.branch))}

    async def roster(self, competition: str) -> Sequence[RosterRecord]:
        """The list of names of a competition, by branch and name."""
        query = select(roster).where(roster.c.competition == competition).order_by(roster.c.branch, roster.c.name)
        return [RosterRecord(*row) for row in await self._fetch(query)]

    async def entrants(self, competition: str, members: Collection[str] | None = None) -> Sequence[EntrantRecord]:
        """Who takes part in a competition; of the accounts ``members`` alone, if they are given."""
        query = select(entrants).where(entrants.c.competition == competition).order_by(entrants.c.entered_at)
        if members is not None:
            query = query.where(entrants.c.member.in_(members))
        return [EntrantRecord(*row) for row in await self._fetch(query)]

    async def entrants_named(self, competition: str, name: str, branch: str) -> Sequence[str]:
        """The accounts that take part under a name for a branch."""
        query = select(entrants.c.member).where(
            entrants.c.competition == competition, entrants.c.name == name, entrants.c.branch == branch
        )
        return [row[0] for row in await self._fetch(query)]

    async def save_entrant(self, entrant: EntrantRecord) -> None:
        """Save under which name an account takes part."""
        await self._save(entrant)

    async def entrants_called(self, competition: str, name: str) -> Sequence[EntrantRecord]:
        """Who takes part in a competition under a name, by branch."""
        query = select(entrants).where(entrants.c.competition == competition, entrants.c.name == name)
        return [EntrantRecord(*row) for row in await self._fetch(query.order_by(entrants.c.branch))]

    async def delete_entrant(self, competition: str, member: str) -> None:
        """Delete that an account takes part in a competition, with its papers there."""
        own = (papers.c.competition == competition) & (papers.c.member == member)
        await self._execute(
            delete(paper_answers).where(paper_answers.c.paper.in_(select(papers.c.id).where(own))),
            delete(papers).where(own),
            delete(entrants).where(entrants.c.competition == competition, entrants.c.member == member),
        )

    async def entrants_by_person(self, competition: str) -> Mapping[str, EntrantRecord]:
        """Who takes part, by person: as the account entered that the person is called by, else as the first did."""
        person = func.coalesce(linked_accounts.c.person, entrants.c.member)
        query = (
            select(person, *entrants.c)
            .join_from(entrants, linked_accounts, entrants.c.member == linked_accounts.c.account, isouter=True)
            .where(entrants.c.competition == competition)
            .order_by(entrants.c.entered_at, entrants.c.member)
        )
        found: dict[str, EntrantRecord] = {}
        for row in await self._fetch(query):
            entrant = EntrantRecord(*row[1:])
            if row[0] not in found or entrant.member == row[0]:
                found[row[0]] = entrant
        return found

    async def start_paper(self, paper: PaperRecord) -> None:
        """Save a paper, unless there is one of its id."""
        await self._save(paper)

    async def paper(self, name: str) -> PaperRecord | None:
        """The paper of that id, if there is one."""
        rows = await self._fetch(select(papers).where(papers.c.id == name))
        return PaperRecord(*rows[0]) if rows else None

    async def papers_of(self, competition: str, members: Collection[str]) -> Sequence[PaperRecord]:
        """The papers of the accounts ``members``, the oldest first."""
        query = select(papers).where(papers.c.competition == competition, papers.c.member.in_(members))
        return [PaperRecord(*row) for row in await self._fetch(query.order_by(papers.c.started_at, papers.c.id))]

    async def open_papers(self, now: datetime, besides: str = "") -> Sequence[PaperRecord]:
        """All papers that are being written, but for those of members of the channel ``besides``, the oldest first."""
        query = select(papers).where(papers.c.given_in_at.is_(None), papers.c.due_at > now)
        if besides:
            query = query.where(papers.c.member.not_like(f"{besides}:%"))
        return [PaperRecord(*row) for row in await self._fetch(query.order_by(papers.c.started_at, papers.c.id))]

    async def answers(self, paper: str) -> Sequence[PaperAnswerRecord]:
        """The answers of a paper in the order of its questions, those that were taken back among them."""
        query = select(paper_answers).where(paper_answers.c.paper == paper).order_by(paper_answers.c.number)
        return [_answer(row) for row in await self._fetch(query)]

    async def save_answers(self, *answers: PaperAnswerRecord) -> None:
        """Save all of ``answers`` or none; durable when it returns."""
        await self._save(*answers)

    async def give_in(self, paper: str, at: datetime, answers: Sequence[PaperAnswerRecord] = ()) -> None:
        """Save ``answers``, and that a paper was given in ``at`` a moment; one that was given in before stays so."""
        given = update(papers).where(papers.c.id == paper, papers.c.given_in_at.is_(None)).values(given_in_at=at)
        await self._write(UnitOfWork(tuple(answers), (given,)))

    async def results(self, competition: str, now: datetime) -> Sequence[PaperResult]:
        """What the papers of a competition have brought that are over; all accounts of a person count together."""
        person = func.coalesce(linked_accounts.c.person, papers.c.member)
        columns = (
            papers.c.id,
            person,
            papers.c.number,
            papers.c.started_at,
            papers.c.due_at,
            papers.c.given_in_at,
            papers.c.count,
        )
        query = (
            select(*columns, _RIGHT)
            .join_from(papers, linked_accounts, papers.c.member == linked_accounts.c.account, isouter=True)
            .join(paper_answers, paper_answers.c.paper == papers.c.id, isouter=True)
            .where(papers.c.competition == competition, _is_over(now))
            .group_by(*columns)
        )
        return [_result(row) for row in await self._fetch(query)]

    async def question_shares(self, competition: str, now: datetime) -> Sequence[QuestionShare]:
        """How each question did in the papers of a competition that are over."""
        query = (
            select(paper_answers.c.question, func.count(), _RIGHT)
            .join_from(paper_answers, papers, paper_answers.c.paper == papers.c.id)
            .where(papers.c.competition == competition, _is_over(now), _GIVEN)
            .group_by(paper_answers.c.question)
        )
        return [QuestionShare(row[0], int(row[1]), int(row[2])) for row in await self._fetch(query)]


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(papers.c.given_in_at.is_not(None), and_(papers.c.given_in_at.is_(None), papers.c.due_at <= now))


def _result(row: Any) -> PaperResult:
    paper, person, number, started_at, due_at, given_in_at, count, right = row
    ended_at = min(given_in_at or due_at, due_at)
    return PaperResult(paper, person, number, started_at, int(right), count, milliseconds(ended_at - started_at))


def _answer(row: Any) -> PaperAnswerRecord:
    values = dict(row._mapping)
    return PaperAnswerRecord(**values | {"chosen": tuple(map(int, values["chosen"].split()))})
