"""Competitions on a real store, with a clock of their own."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.features.papers.competitions import CompetitionPlan, Competitions
from bot.features.papers.paper_service import GivenAnswer, PaperService, WrittenPaper
from bot.quiz.paper import PaperRules
from bot.quiz.question import Question
from bot.records.papers import CompetitionRecord
from bot.storage.store import SqlStore
from tests.unit.features.contests.fixtures import POINTS, Time
from tests.unit.quiz.builders import question
from tests.unit.storage.rows import open_store

BANK = [question(n, point=POINTS[n % len(POINTS)], correct=(0, 2) if n % 5 == 0 else (n % 4,)) for n in range(40)]
ZONE = "Asia/Shanghai"


class Hall:
    """One process of the bot; ``store`` outlives it."""

    def __init__(self, store: SqlStore, time: Time, bank: Sequence[Question] = BANK) -> None:
        self.store = store
        self.time = time
        ids = itertools.count(1)

        async def questions_of(document: str, saved: str) -> Sequence[Question]:
            return bank

        competitions = Competitions(
            store.papers,
            store.contests.accounts_of,
            questions_of,
            clock=time,
            new_id=lambda: f"k{next(ids)}",
            new_seed=lambda: "secret",
        )
        self.papers = PaperService(
            store.papers,
            competitions,
            questions_of,
            store.contests.accounts_of,
            store.contests.person_of,
            clock=time,
            zone=ZONE,
        )
        self.competitions = competitions

    def plan(self, *, hours: float = 72, branches: Sequence[str] = (), **rules: object) -> CompetitionPlan:
        now = self.time()
        made = PaperRules(**{"count": 5, "minutes": 10, "tries": 2, **rules})  # type: ignore[arg-type]  # by name
        return CompetitionPlan("冬季学习", now, now + timedelta(hours=hours), made, branches=tuple(branches))

    async def publish(self, plan: CompetitionPlan | None = None) -> CompetitionRecord:
        return await self.competitions.publish(plan or self.plan(), "telegram:1")

    async def start(self, of: CompetitionRecord, person: str, name: str = "", branch: str = "") -> WrittenPaper:
        entrant = await self.competitions.enter(of, person, name or f"姓名{person[-1]}", branch)
        return await self.papers.start(of, entrant)

    async def write(self, of: CompetitionRecord, person: str, right: int, branch: str = "") -> WrittenPaper:
        """Begin a paper, answer so many questions rightly and the others wrongly, and give it in."""
        written = await self.start(of, person, branch=branch)
        return await self.papers.give_in(written.paper.id, person, answers(written, right))


def answers(written: WrittenPaper, right: int) -> dict[int, GivenAnswer]:
    """So many right answers, and wrong ones to all other questions."""
    return {
        number: GivenAnswer(asked.correct if number < right else wrong(asked))
        for number, asked in enumerate(written.paper.questions)
    }


def wrong(asked: Question) -> tuple[int, ...]:
    return (next(index for index in range(len(asked.options)) if index not in asked.correct),)


@asynccontextmanager
async def hall(folder: Path, bank: Sequence[Question] = BANK) -> AsyncIterator[Hall]:
    """A hall on a store in ``folder``, taken up where the one before it ended."""
    store = await open_store(folder / "bot.sqlite3", timeout_seconds=1)
    try:
        yield Hall(store, Time(), bank)
    finally:
        await store.close()
