"""``step(contest, event, now)``: the one way in which a contest changes. Pure.

::

    Start ─▶ opening ── OpeningSent ─▶ lead_in ── time, Skip ─▶ asking
      │     ┌─────────────── SendFailed: the next one ───────────────┐
      └───▶ asking ── QuestionSent ─▶ open ── time, Skip … ─▶ between ─▶ asking … ─▶ finished
                                       └─ nobody answered twice, Pause ─▶ paused ── Resume ─▶ asking

Nothing an event says is taken on trust: events that come late, twice or for another question change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.quiz.contest.accept_answer import accept_answer
from bot.quiz.contest.effects import (
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    Effect,
    NotifyMember,
    UpdateScores,
)
from bot.quiz.contest.events import (
    Answered,
    Event,
    MemberForgotten,
    OpeningSent,
    Pause,
    PlatformClosed,
    QuestionSent,
    Resume,
    SendFailed,
    Skip,
    Start,
    Stop,
    TeamJoined,
    Tick,
)
from bot.quiz.contest.rounds import (
    StepResult,
    ask_next_question,
    close_current,
    enter_phase,
    is_at,
    is_decided,
    pause,
    resume,
)
from bot.quiz.contest.state import Contest, Progress, Round
from bot.quiz.contest.teams import join

T = TypeVar("T")


def step(contest: Contest | None, event: Event, now: datetime) -> StepResult:
    """What ``event`` makes of ``contest`` at ``now`` (with a time zone)."""
    if isinstance(event, Start):
        return _start(contest, event, now)
    if contest is None or (contest.finished and not isinstance(event, Answered | QuestionSent | MemberForgotten)):
        return StepResult(contest, _without_contest(event))
    return _dispatch(contest, event, now)


def _dispatch(contest: Contest, event: Event, now: datetime) -> StepResult:
    done = StepResult(contest)
    match event:
        case Answered():
            done = _on_answer(contest, event, now)
        case OpeningSent() if contest.progress.phase == "opening":
            done = enter_phase(contest, "lead_in", now, ())
        case QuestionSent(number):
            done = _on_question_sent(contest, number, now)
        case SendFailed(number) if is_at(contest, number, "asking"):
            done = close_current(contest, "unsent", now)
        case PlatformClosed(number) if is_at(contest, number, "open"):
            done = close_current(contest, "time", now)
        case Tick() if contest.due is not None and now >= contest.due:
            done = _on_tick(contest, now)
        case MemberForgotten(member):
            done = _on_member_forgotten(contest, member)
        case TeamJoined(member, team):
            done = StepResult(*join(contest, member, team))
        case Skip() | Stop():
            done = _on_skip_or_stop(contest, event, now)
        case Pause():
            done = pause(contest, now)
        case Resume() if contest.progress.phase == "paused":
            done = resume(contest, now)
    return done


def _without_contest(event: Event) -> tuple[Effect, ...]:
    match event:
        case Skip(member) | Stop(member) | Resume(member) | TeamJoined(member):
            return (NotifyMember(member, "not_running"),)
        case _:
            return ()


def _start(contest: Contest | None, event: Start, now: datetime) -> StepResult:
    setup = event.setup
    if contest is not None and not contest.finished:
        return StepResult(contest, (NotifyMember(setup.starter, "running"),))
    if not setup.questions:
        return StepResult(contest, (NotifyMember(setup.starter, "no_questions"),))
    if setup.rules.lead_in:
        return StepResult(Contest(setup, Progress("opening", now, ()), ()), (AnnounceStart(),))
    return StepResult(Contest(setup, Progress("asking", now, (Round(now),)), ({},)), (AnnounceStart(), AskQuestion(0)))


def _on_question_sent(contest: Contest, number: int, now: datetime) -> StepResult:
    if not is_at(contest, number, "asking"):
        gone = number < contest.current or contest.progress.phase not in {"asking", "open"}
        return StepResult(contest, (CloseQuestion(number),) if gone else ())
    progress = contest.progress
    rounds = (*progress.rounds[:-1], replace(progress.rounds[-1], opened=now))
    opened = replace(contest, progress=replace(progress, phase="open", since=now, rounds=rounds))
    return close_current(opened, "answered", now) if is_decided(opened) else StepResult(opened)


def _on_answer(contest: Contest, event: Answered, now: datetime) -> StepResult:
    taken, effects = accept_answer(contest, event, now)
    if taken is contest:
        return StepResult(contest, effects)
    number = event.round
    if contest.progress.rounds[number].closed is not None:
        return StepResult(taken, (*effects, UpdateScores()))
    if is_at(taken, number, "open") and is_decided(taken):
        closed = close_current(taken, "answered", now)
        return StepResult(closed.contest, (*effects, *closed.effects))
    return StepResult(taken, effects)


def _on_tick(contest: Contest, now: datetime) -> StepResult:
    match contest.progress.phase:
        case "asking":
            return close_current(contest, "unsent", now)
        case "open":
            return close_current(contest, "time", now)
        case "opening" | "lead_in" | "between":
            return ask_next_question(contest, now)
        case _:
            return enter_phase(contest, "finished", now, (AnnounceResult("abandoned"),), "abandoned")


def _on_skip_or_stop(contest: Contest, event: Skip | Stop, now: datetime) -> StepResult:
    if not event.privileged and event.by != contest.setup.starter:
        return StepResult(contest, (NotifyMember(event.by, "not_yours"),))
    skips = isinstance(event, Skip)
    if contest.progress.phase in {"asking", "open"}:
        return close_current(contest, "skipped" if skips else "stopped", now, event.receipt)
    if skips and contest.progress.phase in {"opening", "lead_in"}:
        return ask_next_question(contest, now)
    if skips:
        return StepResult(contest, (NotifyMember(event.by, "not_open"),))
    return enter_phase(contest, "finished", now, (AnnounceResult("stopped"),), "stopped")


def _on_member_forgotten(contest: Contest, member: str) -> StepResult:
    setup, progress = contest.setup, contest.progress
    if setup.starter == member:
        setup = replace(setup, starter="")
    if member in progress.teams:
        progress = replace(progress, teams=_without(progress.teams, member))
    answers = tuple(_without(given, member) for given in contest.answers)
    left = Contest(setup, progress, answers)
    return StepResult(left, (UpdateScores(),) if any(member in given for given in contest.answers) else ())


def _without(mapping: Mapping[str, T], key: str) -> Mapping[str, T]:
    return {name: value for name, value in mapping.items() if name != key} if key in mapping else mapping
