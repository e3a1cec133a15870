"""The turns of a contest: the next question, the end of one, the end of all. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.quiz.contest import scoring
from bot.quiz.contest.effects import AnnouncePause, AnnounceResult, AskQuestion, CloseQuestion, Effect, RevealAnswer
from bot.quiz.contest.state import CloseReason, Contest, FinishReason, Phase, Round


class StepResult(NamedTuple):
    """The result of an event. ``contest`` is None only if there was none before, and none was started."""

    contest: Contest | None
    effects: tuple[Effect, ...] = ()


def ask_next_question(contest: Contest, now: datetime) -> StepResult:
    """The next question, which must be there."""
    progress = contest.progress
    silent = 0 if progress.phase == "paused" else progress.silent
    asking = replace(progress, phase="asking", since=now, rounds=(*progress.rounds, Round(now)), silent=silent)
    return StepResult(
        replace(contest, progress=asking, answers=(*contest.answers, {})), (AskQuestion(len(progress.rounds)),)
    )


def pause(contest: Contest, now: datetime) -> StepResult:
    """Wait for somebody. A question that is open or on its way is taken back, and asked again when it goes on."""
    progress = contest.progress
    if progress.rounds and progress.rounds[-1].closed is None:
        progress = replace(progress, rounds=(*progress.rounds[:-1], Round(now)))
    return enter_phase(replace(contest, progress=replace(progress, silent=0)), "paused", now, (AnnouncePause(),))


def resume(contest: Contest, now: datetime) -> StepResult:
    """After a pause: the question that was taken back, or the next one."""
    if not contest.progress.rounds or contest.progress.rounds[-1].closed is not None:
        return ask_next_question(contest, now)
    again = replace(contest, progress=replace(contest.progress, rounds=(*contest.progress.rounds[:-1], Round(now))))
    return enter_phase(again, "asking", now, (AskQuestion(contest.current),))


def close_current(contest: Contest, reason: CloseReason, now: datetime, receipt: int = 0) -> StepResult:
    """Close the current question, by what was delivered as ``receipt``; then a breath, a pause or the end."""
    progress = contest.progress
    rounds = (*progress.rounds[:-1], replace(progress.rounds[-1], closed=now, reason=reason, receipt=receipt))
    answered = any(answer.chosen for answer in contest.answers[-1].values())
    silent = 0 if answered else progress.silent + (reason == "time")
    closed = replace(contest, progress=replace(progress, rounds=rounds, silent=silent))
    effects: list[Effect] = [CloseQuestion(contest.current)] if reason in {"answered", "skipped", "stopped"} else []
    if reason != "unsent":
        effects.append(RevealAnswer(contest.current))
    end = _end(closed, reason)
    if end:
        return enter_phase(closed, "finished", now, (*effects, AnnounceResult(end)), end)
    if reason == "unsent":  # nothing to read: the next one at once
        asked = ask_next_question(closed, now)
        return StepResult(asked.contest, (*effects, *asked.effects))
    if silent >= contest.rules.patience:
        return enter_phase(closed, "paused", now, (*effects, AnnouncePause()))
    return enter_phase(closed, "between", now, effects)


def _end(contest: Contest, reason: CloseReason) -> FinishReason:
    if reason == "stopped":
        return "stopped"
    if contest.rules.mode == "challenge" and scoring.is_lost(contest):
        return "over"
    return "done" if len(contest.progress.rounds) == len(contest.setup.questions) else ""


def enter_phase(
    contest: Contest, phase: Phase, now: datetime, effects: Sequence[Effect], finish: FinishReason = ""
) -> StepResult:
    """Another phase begins."""
    progress = replace(contest.progress, phase=phase, since=now, finish=finish)
    return StepResult(replace(contest, progress=progress), tuple(effects))


def is_decided(contest: Contest) -> bool:
    """Whether no other answer can change what the current question brings."""
    number = contest.current
    given = [answer for answer in contest.answers[number].values() if answer.chosen]
    if contest.rules.solo:
        return bool(given)
    return contest.rules.mode == "buzzer" and any(contest.is_right(number, answer) for answer in given)


def is_at(contest: Contest, number: int, phase: Phase) -> bool:
    """Whether the contest is in ``phase`` with that question."""
    return contest.progress.phase == phase and number == contest.current
