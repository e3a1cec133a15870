"""``step(contest, event, now)``: the one way in which a contest changes. Pure.

::

    Start ─▶ opening ── Introduced ─▶ lead_in ── time, Skip ─▶ asking
      │     ┌────────────── Unsent: the next one ─────────────┐
      └───▶ asking ── Opened ─▶ open ── time, Skip … ─▶ between ─▶ asking … ─▶ finished
                                   └─ nobody answered twice, Pause ─▶ paused ── Resume ─▶ asking

Nothing an event says is taken on trust: events that come late, twice or for another question change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.quiz.contest.accept_answer import take
from bot.quiz.contest.effects import Ask, Begun, Close, Effect, Finished, Rescored, Tell
from bot.quiz.contest.events import (
    Answered,
    Event,
    Forgotten,
    Introduced,
    Joined,
    Opened,
    Pause,
    PlatformClosed,
    Resume,
    Skip,
    Start,
    Stop,
    Tick,
    Unsent,
)
from bot.quiz.contest.rounds import Step, ask_next, awaits, close_current, go_on, is_settled, pause, turn_to
from bot.quiz.contest.state import Contest, Progress, Round
from bot.quiz.contest.teams import join

T = TypeVar("T")


def step(contest: Contest | None, event: Event, now: datetime) -> Step:
    """What ``event`` makes of ``contest`` at ``now`` (with a time zone)."""
    if isinstance(event, Start):
        return _start(contest, event, now)
    if contest is None or (contest.finished and not isinstance(event, Answered | Opened | Forgotten)):
        return Step(contest, _nobody_plays(event))
    return _play(contest, event, now)


def _play(contest: Contest, event: Event, now: datetime) -> Step:
    done = Step(contest)
    match event:
        case Answered():
            done = _answer(contest, event, now)
        case Introduced() if contest.progress.phase == "opening":
            done = turn_to(contest, "lead_in", now, ())
        case Opened(number):
            done = _open(contest, number, now)
        case Unsent(number) if awaits(contest, number, "asking"):
            done = close_current(contest, "unsent", now)
        case PlatformClosed(number) if awaits(contest, number, "open"):
            done = close_current(contest, "time", now)
        case Tick() if contest.due is not None and now >= contest.due:
            done = _alarm(contest, now)
        case Forgotten(member):
            done = _forget(contest, member)
        case Joined(member, team):
            done = Step(*join(contest, member, team))
        case Skip() | Stop():
            done = _interrupt(contest, event, now)
        case Pause():
            done = pause(contest, now)
        case Resume() if contest.progress.phase == "paused":
            done = go_on(contest, now)
    return done


def _nobody_plays(event: Event) -> tuple[Effect, ...]:
    match event:
        case Skip(member) | Stop(member) | Resume(member) | Joined(member):
            return (Tell(member, "not_running"),)
        case _:
            return ()


def _start(contest: Contest | None, event: Start, now: datetime) -> Step:
    setup = event.setup
    if contest is not None and not contest.finished:
        return Step(contest, (Tell(setup.starter, "running"),))
    if not setup.questions:
        return Step(contest, (Tell(setup.starter, "no_questions"),))
    if setup.rules.lead_in:
        return Step(Contest(setup, Progress("opening", now, ()), ()), (Begun(),))
    return Step(Contest(setup, Progress("asking", now, (Round(now),)), ({},)), (Begun(), Ask(0)))


def _open(contest: Contest, number: int, now: datetime) -> Step:
    if not awaits(contest, number, "asking"):
        gone = number < contest.current or contest.progress.phase not in {"asking", "open"}
        return Step(contest, (Close(number),) if gone else ())
    progress = contest.progress
    rounds = (*progress.rounds[:-1], replace(progress.rounds[-1], opened=now))
    opened = replace(contest, progress=replace(progress, phase="open", since=now, rounds=rounds))
    return close_current(opened, "answered", now) if is_settled(opened) else Step(opened)


def _answer(contest: Contest, event: Answered, now: datetime) -> Step:
    taken, effects = take(contest, event, now)
    if taken is contest:
        return Step(contest, effects)
    number = event.round
    if contest.progress.rounds[number].closed is not None:
        return Step(taken, (*effects, Rescored()))
    if awaits(taken, number, "open") and is_settled(taken):
        closed = close_current(taken, "answered", now)
        return Step(closed.contest, (*effects, *closed.effects))
    return Step(taken, effects)


def _alarm(contest: Contest, now: datetime) -> Step:
    match contest.progress.phase:
        case "asking":
            return close_current(contest, "unsent", now)
        case "open":
            return close_current(contest, "time", now)
        case "opening" | "lead_in" | "between":
            return ask_next(contest, now)
        case _:
            return turn_to(contest, "finished", now, (Finished("abandoned"),), "abandoned")


def _interrupt(contest: Contest, event: Skip | Stop, now: datetime) -> Step:
    if not event.privileged and event.by != contest.setup.starter:
        return Step(contest, (Tell(event.by, "not_yours"),))
    skips = isinstance(event, Skip)
    if contest.progress.phase in {"asking", "open"}:
        return close_current(contest, "skipped" if skips else "stopped", now, event.receipt)
    if skips and contest.progress.phase in {"opening", "lead_in"}:
        return ask_next(contest, now)
    if skips:
        return Step(contest, (Tell(event.by, "not_open"),))
    return turn_to(contest, "finished", now, (Finished("stopped"),), "stopped")


def _forget(contest: Contest, member: str) -> Step:
    setup, progress = contest.setup, contest.progress
    if setup.starter == member:
        setup = replace(setup, starter="")
    if member in progress.teams:
        progress = replace(progress, teams=_without(progress.teams, member))
    answers = tuple(_without(given, member) for given in contest.answers)
    left = Contest(setup, progress, answers)
    return Step(left, (Rescored(),) if any(member in given for given in contest.answers) else ())


def _without(mapping: Mapping[str, T], key: str) -> Mapping[str, T]:
    return {name: value for name, value in mapping.items() if name != key} if key in mapping else mapping
