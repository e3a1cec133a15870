"""A contest ↔ the rows it is kept as. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.quiz.contest.codec import progress_from_json, progress_to_json, setup_from_json, setup_to_json
from bot.quiz.contest.effects import Effect, SaveAnswer
from bot.quiz.contest.state import Answer, Contest
from bot.records.contests import (
    AnswerRecord,
    ContestRecord,
    ContestRow,
    PlayerRecord,
    ProgressRecord,
    StoredContest,
)


def rows_of(before: Contest | None, after: Contest, effects: tuple[Effect, ...], now: datetime) -> list[ContestRow]:
    """What has to be kept after a step: little for an answer, the progress at each turn, all of a new contest."""
    return list(_rows(before, after, effects, now))


def all_rows_of(contest: Contest, now: datetime, *, told: bool = False) -> list[ContestRow]:
    """Every row of a contest as it is at ``now``, for when it is not known which were kept.

    ``told``: its chat knows how it ended.
    """
    setup, progress = contest.setup, contest.progress
    started = progress.rounds[0].asked if progress.rounds else progress.since
    finished = progress.since if told else None
    whole = ContestRecord(
        setup.id, setup.chat, setup.starter, started, setup_to_json(setup), progress_to_json(progress), finished
    )
    players = [PlayerRecord(setup.id, member, team) for member, team in progress.teams.items()]
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
    progress = progress_from_json(kept.progress, {player.member: player.team for player in stored.players})
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
        yield from (
            PlayerRecord(setup.id, member, team) for member, team in progress.teams.items() if known.get(member) != team
        )
        if replace(before.progress, teams=progress.teams) != progress:
            yield ProgressRecord(setup.id, progress_to_json(progress))
    yield from (_answer(after, effect, now) for effect in effects if isinstance(effect, SaveAnswer))


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
    )
