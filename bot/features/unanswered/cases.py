"""Questions without an answer → cases: groups of near-duplicates that an admin deals with once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.records.feedback import Clock
from bot.records.unanswered import SettledRecord, Unanswered
from bot.retrieval.clustering import AskedQuestion, QuestionGroup, Wording, cluster, question_core
from bot.retrieval.retriever import Retriever
from bot.threads import run_in_thread

if TYPE_CHECKING:
    from bot.storage.unanswered import UnansweredRepository

WINDOW = timedelta(days=90)
"""How far back questions count."""
PHRASES = 3
"""Wordings of one case that become questions of a point, at most: the others are nearly the same."""
SHOWN_ELSEWHERE = 3
"""Questions that are told of each other document."""
_DIGEST = 12  # hex digits: a button says which case it is about


def digest_of(cores: Iterable[str]) -> str:
    """A short name for questions of these ``cores``, whatever their order."""
    return hashlib.sha256("\0".join(sorted(cores)).encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True)
class Case:
    """A group of questions that is still to be dealt with."""

    group: QuestionGroup
    beside: bool = False
    """Nothing in the document was ever near any of them: they come last."""

    visitors: bool = False
    """No member asked any of them: they come behind what members did, as anybody can ask without end."""

    @cached_property
    def standing(self) -> tuple[Wording, ...]:
        """The wordings that stand for all of them: they become questions of a point."""
        return self.group.distinct(PHRASES)

    @cached_property
    def digest(self) -> str:
        """A name that stays the same as long as what is done with the case would do the same."""
        return digest_of(wording.core for wording in self.standing)


@dataclass(frozen=True, slots=True)
class MissesElsewhere:
    """What was missed of another document than the main one: how often, and the ``questions`` that were asked most.

    They are never given to points of the main one: an answer of another document would be a false one.
    """

    title: str
    times: int
    questions: tuple[str, ...]


class Cases:
    """What is still to be dealt with, by what the store holds now: of the main document, which ``served`` gives.

    ``titles``: those of all documents by their keys.
    """

    def __init__(
        self,
        missed: UnansweredRepository,
        served: Callable[[], Retriever],
        clock: Clock,
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._titles = titles
        self._missed = missed
        self._served = served
        self._clock = clock
        self._last: tuple[Sequence[Unanswered], Sequence[SettledRecord]] = ((), ())
        self._cases: tuple[Case, ...] = ()

    async def open(self) -> tuple[Case, ...]:
        """All cases: members' first, of these those near anything, of these the most asked. Raises StorageError."""
        read = (await self._missed.list_unanswered(self._clock() - WINDOW), await self._missed.list_settled())
        if read != self._last:  # the next button is mostly about the same
            own = [row for row in read[0] if not row.document]
            work = partial(_cases, own, read[1], self._served().words)
            self._cases = await run_in_thread(work)  # thousands of questions take a second
            self._last = read
        return self._cases

    async def elsewhere(self, since: datetime | None = None) -> tuple[MissesElsewhere, ...]:
        """What was missed of each of the other documents, the most asked first; only what was asked ``since``.

        Raises StorageError.
        """
        titles = self._titles()
        missed: dict[str, Counter[str]] = {}
        for row in await self._missed.list_unanswered(since or self._clock() - WINDOW):
            if row.document in titles:
                missed.setdefault(row.document, Counter())[row.question] += 1
        found = (
            MissesElsewhere(titles[key], counts.total(), tuple(text for text, _ in counts.most_common(SHOWN_ELSEWHERE)))
            for key, counts in missed.items()
        )
        return tuple(sorted(found, key=lambda one: one.times, reverse=True))

    async def settled(self, digest: str) -> tuple[SettledRecord, ...]:
        """The questions that were dealt with together under that name; none where that was undone."""
        found = (rows for rows in await self._together() if digest_of(row.core for row in rows) == digest)
        return tuple(next(found, ()))

    async def linked_to(self, point_id: str) -> tuple[SettledRecord, ...]:
        """The questions of all cases that were given to a point."""
        return tuple(
            row
            for rows in await self._together()
            if rows[0].how == "linked" and any(row.point == point_id for row in rows)
            for row in rows
        )

    async def _together(self) -> list[list[SettledRecord]]:
        """The questions that were dealt with, each time's together."""
        together: dict[tuple[object, ...], list[SettledRecord]] = {}
        for row in await self._missed.list_settled():
            together.setdefault((row.at, row.by, row.how), []).append(row)
        return list(together.values())


def _cases(
    unanswered: Sequence[Unanswered], settled: Sequence[SettledRecord], words: Callable[[str], list[str]]
) -> tuple[Case, ...]:
    dealt = {row.core: row for row in settled}
    waiting = [row for row in unanswered if not _is_settled(dealt.get(question_core(row.question)), row)]
    counted = Counter((row.question, row.kind) for row in waiting)
    near = {question_core(row.question) for row in waiting if row.near}
    members = {question_core(row.question) for row in waiting if not row.visitor}
    groups = cluster((AskedQuestion(*asked, times) for asked, times in counted.items()), words)
    cases = (Case(one, near.isdisjoint(one.cores), members.isdisjoint(one.cores)) for one in groups)
    return tuple(sorted(cases, key=lambda case: (case.visitors, case.beside)))


def _is_settled(settled: SettledRecord | None, row: Unanswered) -> bool:
    """Whether nobody needs to look at ``row``: it is left alone for good, or was asked before it got an answer.

    What is not answered well although it was given to a point counts anew: the point may be gone, or a wrong one.
    """
    return settled is not None and (settled.how == "ignored" or row.at <= settled.at)
