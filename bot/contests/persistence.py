"""A contest ↔ the rows it is kept as, which are kept also while the database is in trouble.

Setup and progress are JSON. No member is named in it: who started and who plays for whom stands apart.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from bot.contests.session import ContestSession
from bot.errors import StorageError
from bot.quiz.contest.effects import Effect, SaveAnswer
from bot.quiz.contest.state import Answer, Contest, Progress, Setup
from bot.records.contests import (
    AnswerRecord,
    BoardRecord,
    ContestRecord,
    ContestRow,
    MemberRecord,
    PlayerRecord,
    PollRecord,
    ProgressRecord,
    SettingRecord,
    StoredContest,
)
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


RETRY: Final = 1.0  # seconds between two tries to keep what a database in trouble did not take
_OTHERS = (BoardRecord, MemberRecord, PollRecord, SettingRecord)
"""Rows that do not follow from a contest."""
_log = logging.getLogger(__name__)


class ContestWriter:
    """What all contests have kept. ``sleep`` waits before the next try."""

    def __init__(self, store: ContestRepository, clock: Clock, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._store = store
        self._clock = clock
        self._sleep = sleep

    async def save(self, running: ContestSession, rows: Sequence[ContestRow]) -> None:
        """Save ``rows``. Where the database is in trouble: all of the contest, again and again until it is saved."""
        if not running.unsaved:
            try:
                await self._store.save(*rows)
            except StorageError as error:
                _log.warning("a step of a contest is not kept yet: %s", error)
                running.unsaved = True
            else:
                return
        others = [row for row in rows if isinstance(row, _OTHERS)]
        async with running.saving:
            while not running.dropped:
                everything = [
                    *all_rows_of(running.contest, self._clock(), end_announced=running.end_announced),
                    *others,
                ]
                try:
                    await self._store.save(*everything)
                except StorageError as error:
                    _log.debug("still not kept: %s", error)
                    await self._sleep(RETRY)
                else:
                    running.unsaved = False
                    return

    async def move_chat(self, old: str, new: str) -> None:
        """Move what is stored of the chat ``old`` to ``new``. If the database is in trouble: again and again."""
        failed = False
        while True:
            try:
                await self._store.move_chat(old, new)
            except StorageError as error:
                _log.log(logging.DEBUG if failed else logging.WARNING, "a chat is not moved yet: %s", error)
                failed = True
                await self._sleep(RETRY)
            else:
                return


def rows_of(before: Contest | None, after: Contest, effects: tuple[Effect, ...], now: datetime) -> list[ContestRow]:
    """What has to be kept after a step: little for an answer, the progress at each turn, all of a new contest."""
    return list(_rows(before, after, effects, now))


def all_rows_of(contest: Contest, now: datetime, *, end_announced: bool = False) -> list[ContestRow]:
    """Every row of a contest as it is at ``now``, for when it is not known which were kept.

    ``end_announced``: its chat knows how it ended.
    """
    setup, progress = contest.setup, contest.progress
    started = progress.rounds[0].asked if progress.rounds else progress.since
    finished = progress.since if end_announced else None
    whole = ContestRecord(
        setup.id, setup.chat, setup.starter, started, setup_to_json(setup), progress_to_json(progress), finished
    )
    players = [_player(contest, member) for member in progress.teams]
    answers = [
        _answer(contest, SaveAnswer(number, member, answer), now)
        for number, given in enumerate(contest.answers)
        for member, answer in given.items()
    ]
    return [whole, *players, *answers]


def end_of(contest: Contest) -> ProgressRecord:
    """The row that says that a contest has ended and that its chat was told so."""
    return ProgressRecord(contest.setup.id, progress_to_json(contest.progress), contest.progress.since)


def contest_of(stored: StoredContest) -> Contest:
    """The contest as it was when the last of its rows was kept. Raises ValueError where they are not a contest's."""
    kept = stored.contest
    firsts = {player.member: player.first_round for player in stored.players if player.first_round}
    progress = replace(
        progress_from_json(kept.progress, {player.member: player.team for player in stored.players}),
        first_rounds=firsts,
    )
    answers: list[dict[str, Answer]] = [{} for _ in progress.rounds]
    for row in stored.answers:
        if row.round < len(answers):
            answers[row.round][row.member] = Answer(row.chosen, row.ms, row.receipt)
    return Contest(setup_from_json(kept.setup, kept.starter), progress, tuple(answers))


def asked_in(kept: ContestRecord) -> list[tuple[datetime, str]]:
    """The ids of the questions that a contest has brought to its chat, each with the moment, in their order."""
    try:
        questions, rounds = setup_from_json(kept.setup, "").questions, progress_from_json(kept.progress, {}).rounds
    except ValueError:
        return []
    begun = zip(questions, rounds, strict=False)
    return [(round.opened, question.id) for question, round in begun if round.opened is not None]


def _rows(before: Contest | None, after: Contest, effects: tuple[Effect, ...], now: datetime) -> Iterator[ContestRow]:
    setup, progress = after.setup, after.progress
    if before is None or before.setup.id != setup.id:
        yield from all_rows_of(after, now)
        return
    if before.progress is not progress:
        known = before.progress.teams
        yield from (_player(after, member) for member, team in progress.teams.items() if known.get(member) != team)
        if replace(before.progress, teams=progress.teams, first_rounds=progress.first_rounds) != progress:
            # a contest that has ended changes if a question is declared void; that its end was told stays
            yield ProgressRecord(
                setup.id, progress_to_json(progress), before.progress.since if before.finished else None
            )
    yield from (_answer(after, effect, now) for effect in effects if isinstance(effect, SaveAnswer))


def _player(contest: Contest, member: str) -> PlayerRecord:
    progress = contest.progress
    return PlayerRecord(contest.setup.id, member, progress.teams[member], progress.first_rounds.get(member, 0))


def _answer(contest: Contest, keep: SaveAnswer, now: datetime) -> AnswerRecord:
    setup, answer = contest.setup, keep.answer
    question = setup.questions[keep.round]
    return AnswerRecord(
        contest=setup.id,
        round=keep.round,
        member=keep.member,
        chat=setup.chat,
        question=question.id,
        point=question.point,
        chosen=answer.chosen,
        right=contest.is_right(keep.round, answer),
        ms=answer.ms,
        receipt=answer.receipt,
        at=now,
        voided=contest.progress.rounds[keep.round].voided,
    )


def setup_to_json(setup: Setup) -> str:
    """``setup`` without its starter."""
    return _setups().dump_json(replace(setup, starter="")).decode()


def setup_from_json(text: str, starter: str) -> Setup:
    """What ``setup_to_json`` wrote. Raises ValueError for anything else."""
    return replace(_setups().validate_json(text), starter=starter)


def progress_to_json(progress: Progress) -> str:
    """``progress`` without who plays for whom."""
    return _progresses().dump_json(replace(progress, teams={}, first_rounds={})).decode()


def progress_from_json(text: str, teams: Mapping[str, str]) -> Progress:
    """What ``progress_to_json`` wrote. Raises ValueError for anything else."""
    return replace(_progresses().validate_json(text), teams=dict(teams))


@cache
def _setups() -> TypeAdapter[Setup]:
    return TypeAdapter(Setup)


@cache
def _progresses() -> TypeAdapter[Progress]:
    return TypeAdapter(Progress)
