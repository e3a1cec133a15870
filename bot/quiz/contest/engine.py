"""``step(contest, event, now)``: the one way in which a contest changes. Pure.

::

    Start ─▶ opening ── OpeningSent ─▶ lead_in ── time, Skip ─▶ asking
      │     ┌─────────────── SendFailed: the next one ───────────────┐
      └───▶ asking ── QuestionSent ─▶ open ── time, Skip … ─▶ between ─▶ asking … ─▶ finished
                                       └─ nobody answered twice, Pause ─▶ paused ── Resume ─▶ asking

A hosted contest stays in lead_in, and between two questions, until Resume; its paused question goes on being open.

Nothing an event says is taken on trust: events that come late, twice or for another question change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from bot.quiz.contest import scoring
from bot.quiz.contest.effects import (
    AnnouncePause,
    AnnounceResult,
    AnnounceStart,
    AskQuestion,
    CloseQuestion,
    Effect,
    Notice,
    NotifyMember,
    RevealAnswer,
    SaveAnswer,
    UpdateScores,
)
from bot.quiz.contest.events import (
    Answered,
    Break,
    Event,
    Extend,
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
    Void,
)
from bot.quiz.contest.state import Answer, CloseReason, Contest, FinishReason, Phase, Progress, Round
from bot.quiz.question import PASSED

T = TypeVar("T")
_MS = timedelta(milliseconds=1)


def step(contest: Contest | None, event: Event, now: datetime) -> StepResult:
    """What ``event`` makes of ``contest`` at ``now`` (with a time zone)."""
    if isinstance(event, Start):
        return _start(contest, event, now)
    if contest is None or (
        contest.finished and not isinstance(event, Answered | QuestionSent | MemberForgotten | Void)
    ):
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
        case Skip() | Stop() | Break() | Void():
            done = _on_steering(contest, event, now)
        case Pause():
            done = pause(contest, now)
        case Extend(seconds) if contest.rules.hosted and contest.progress.phase == "open":
            done = _extend(contest, timedelta(seconds=min(seconds, contest.rules.seconds)), now)
        case Resume() if contest.progress.phase == "paused" or contest.waits_for_member:
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
        case "open" if not contest.rules.self_paced:
            return close_current(contest, "time", now)
        case "opening" | "lead_in" | "between" if not contest.waits_for_member:
            return ask_next_question(contest, now)
        case _:
            return enter_phase(contest, "finished", now, (AnnounceResult("abandoned"),), "abandoned")


def _on_steering(contest: Contest, event: Skip | Stop | Break | Void, now: datetime) -> StepResult:
    """What the starter and admins may do."""
    if not event.privileged and event.by != contest.setup.starter:
        return StepResult(contest, (NotifyMember(event.by, "not_yours"),))
    match event:
        case Break():
            return _on_break(contest, event, now)
        case Void():
            return _on_void(contest, event)
        case _:
            return _on_skip_or_stop(contest, event, now)


def _on_skip_or_stop(contest: Contest, event: Skip | Stop, now: datetime) -> StepResult:
    skips = isinstance(event, Skip)
    if contest.progress.phase in {"asking", "open"} or contest.is_frozen:
        return close_current(contest, "skipped" if skips else "stopped", now, event.receipt)
    if skips and contest.progress.phase in {"opening", "lead_in"}:
        return ask_next_question(contest, now)
    if skips:
        return StepResult(contest, (NotifyMember(event.by, "not_open"),))
    return enter_phase(contest, "finished", now, (AnnounceResult("stopped"),), "stopped")


def _on_break(contest: Contest, event: Break, now: datetime) -> StepResult:
    if contest.rules.hosted:  # between two questions it waits for the host anyway
        is_open = contest.progress.phase == "open"
        return pause(contest, now) if is_open else StepResult(contest, (NotifyMember(event.by, "not_open"),))
    if contest.progress.phase in {"asking", "open"}:
        pausing = replace(contest, progress=replace(contest.progress, pausing=True))
        return StepResult(pausing, (NotifyMember(event.by, "pausing"),))
    return StepResult(contest) if contest.progress.phase == "paused" else pause(contest, now)


def _on_void(contest: Contest, event: Void) -> StepResult:
    """A question counts no more, or again; its answers are saved anew, as they say so themselves."""
    rounds, number = contest.progress.rounds, event.round
    if not 0 <= number < len(rounds) or rounds[number].closed is None:
        return StepResult(contest, (NotifyMember(event.by, "not_open"),))
    told = NotifyMember(event.by, "restored" if event.restored else "voided")
    if rounds[number].voided != event.restored:
        return StepResult(contest, (told,))
    changed = replace(rounds[number], voided=not event.restored)
    progress = replace(contest.progress, rounds=(*rounds[:number], changed, *rounds[number + 1 :]))
    saved = (SaveAnswer(number, member, answer) for member, answer in contest.answers[number].items())
    return StepResult(replace(contest, progress=progress), (*saved, UpdateScores(), told))


def _on_member_forgotten(contest: Contest, member: str) -> StepResult:
    setup, progress = contest.setup, contest.progress
    if setup.starter == member:
        setup = replace(setup, starter="")
    if member in progress.teams:
        firsts = _without(progress.first_rounds, member)
        progress = replace(progress, teams=_without(progress.teams, member), first_rounds=firsts)
    answers = tuple(_without(given, member) for given in contest.answers)
    left = Contest(setup, progress, answers)
    return StepResult(left, (UpdateScores(),) if any(member in given for given in contest.answers) else ())


def _without(mapping: Mapping[str, T], key: str) -> Mapping[str, T]:
    return {name: value for name, value in mapping.items() if name != key} if key in mapping else mapping


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
    """Wait for somebody. A question that is open or on its way is taken back, and asked again when it goes on.

    The clock of one that a host leads only stands still."""
    progress = contest.progress
    if progress.rounds and progress.rounds[-1].closed is None and not contest.rules.hosted:
        progress = replace(progress, rounds=(*progress.rounds[:-1], Round(now)))
    return enter_phase(replace(contest, progress=replace(progress, silent=0)), "paused", now, (AnnouncePause(),))


def _extend(contest: Contest, least: timedelta, now: datetime) -> StepResult:
    began = contest.progress.rounds[-1]
    lacking = now + least - contest.deadline(contest.current)
    if began.opened is None or lacking <= timedelta(0):
        return StepResult(contest)
    rounds = (*contest.progress.rounds[:-1], replace(began, opened=began.opened + lacking))
    return StepResult(replace(contest, progress=replace(contest.progress, rounds=rounds)))


def resume(contest: Contest, now: datetime) -> StepResult:
    """After a pause: the question that was taken back, or the next one."""
    if not contest.progress.rounds:
        return ask_next_question(contest, now)
    if contest.progress.rounds[-1].closed is not None:
        end = _end(contest, contest.progress.rounds[-1].reason) if contest.rules.hosted else ""
        if end:
            return enter_phase(contest, "finished", now, (AnnounceResult(end),), end)
        return ask_next_question(contest, now)
    opened = contest.progress.rounds[-1].opened
    if contest.is_frozen and opened is not None:
        going_on = replace(contest.progress.rounds[-1], opened=opened + (now - contest.progress.since))
        progress = replace(contest.progress, rounds=(*contest.progress.rounds[:-1], going_on))
        return enter_phase(replace(contest, progress=progress), "open", now, ())
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
    if end and (not contest.rules.hosted or end == "stopped"):  # a host first lets everybody read what was right
        return enter_phase(closed, "finished", now, (*effects, AnnounceResult(end)), end)
    if reason == "unsent" and not end:  # nothing to read: the next one at once
        asked = ask_next_question(closed, now)
        return StepResult(asked.contest, (*effects, *asked.effects))
    if silent >= contest.rules.patience or progress.pausing:
        closed = replace(closed, progress=replace(closed.progress, pausing=False))
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
    given = contest.answers[number].values()
    if contest.rules.solo:
        return any(answer.chosen for answer in given)
    return contest.rules.is_buzzer(number) and any(contest.is_right(number, answer) for answer in given)


def is_at(contest: Contest, number: int, phase: Phase) -> bool:
    """Whether the contest is in ``phase`` with that question."""
    return contest.progress.phase == phase and number == contest.current


def accept_answer(contest: Contest, event: Answered, now: datetime) -> tuple[Contest, tuple[Effect, ...]]:
    """``contest`` with the answer in it, or the very same if it does not count, and what to say."""
    refusal = _refusal(contest, event, now)
    if refusal:
        return contest, (NotifyMember(event.member, refusal),)
    number, member = event.round, event.member
    chosen = tuple(sorted(set(event.chosen)))
    given = contest.answers[number]
    old = given.get(member)
    if old is None and not chosen:
        return contest, ()
    notice: Notice = "taken"
    if old is not None:
        if event.receipt <= old.receipt:  # the same delivery again, or one that a later answer has replaced
            return contest, ()
        if not contest.rules.may_change:
            return contest, (NotifyMember(member, "stands"),)
        notice = "changed" if chosen else "withdrawn"
    answer = Answer(chosen, time_taken(contest, number, now, to_earlier_copy=event.to_earlier_copy), event.receipt)
    answers = (*contest.answers[:number], {**given, member: answer}, *contest.answers[number + 1 :])
    taken = replace(contest, answers=answers, progress=with_team(contest, member))
    return taken, (SaveAnswer(number, member, answer), NotifyMember(member, notice))


def answerable_round(contest: Contest) -> int | None:
    """The question that words are meant for: the one open, or until the next is there the one just closed."""
    if contest.progress.phase not in {"open", "between", "asking"}:
        return None
    opened = [number for number, began in enumerate(contest.progress.rounds) if began.opened is not None]
    return opened[-1] if opened else None


def answerable_since(contest: Contest) -> datetime | None:
    """Since when words are meant for that question as it stands: when it was opened, or closed."""
    number = answerable_round(contest)
    return None if number is None else contest.progress.rounds[number].closed or contest.progress.rounds[number].opened


def time_taken(contest: Contest, number: int, now: datetime, *, to_earlier_copy: bool = False) -> int:
    """Milliseconds from the opening of a question to ``now``: never negative, never more than its time.

    The time of an answer ``to_earlier_copy`` counts from the first attempt to ask: nobody knows when that copy was
    shown, but not before that.
    """
    began = contest.progress.rounds[number]
    taken = (now - (began.asked if to_earlier_copy else began.opened or began.asked)) // _MS
    return min(max(taken, 0), contest.rules.seconds * 1000)


def _refusal(contest: Contest, event: Answered, now: datetime) -> Notice | None:
    number = event.round
    if not 0 <= number < len(contest.progress.rounds):
        return "not_open"
    began = contest.progress.rounds[number]
    if contest.rules.hosted and (contest.is_frozen or not _may_answer(contest, event.member, number)):
        return "not_open"
    if began.receipt and event.receipt > began.receipt:
        return "late"
    if not event.platform_verified:
        if began.closed is not None or (began.opened is not None and now > contest.deadline(number)):
            return "late"
        if began.opened is None:
            return "not_open"
    question = contest.setup.questions[number]
    return None if event.chosen == PASSED or all(map(question.has_choice, event.chosen)) else "no_option"


def _may_answer(contest: Contest, member: str, number: int) -> bool:
    """Whether ``member`` has joined a hosted contest, before a question was asked."""
    return member in contest.progress.teams and contest.progress.first_rounds.get(member, 0) <= number


def join(contest: Contest, member: str, team: str = "") -> tuple[Contest, tuple[Effect, ...]]:
    """``contest`` with ``member`` in ``team``, or in the smallest if no name is given.

    A member who has answered keeps the team. Who joins a hosted contest that runs plays from the next question on.
    """
    if not (contest.rules.teams or contest.rules.hosted) or (team and team not in contest.rules.teams):
        return contest, (NotifyMember(member, "no_team"),)
    if any(member in given for given in contest.answers):
        return contest, (NotifyMember(member, "team_stands"),)
    progress, firsts = contest.progress, contest.progress.first_rounds
    if contest.rules.hosted and progress.rounds and member not in progress.teams:
        firsts = {**firsts, member: len(progress.rounds)}
    teams = {**progress.teams, member: team or progress.teams.get(member) or smallest_team(contest)}
    joined = replace(progress, teams=teams, first_rounds=firsts)
    return replace(contest, progress=joined), (NotifyMember(member, "joined"),)


def with_team(contest: Contest, member: str) -> Progress:
    """The progress with ``member`` in a team, if there are teams: an answer without joining joins the smallest."""
    progress = contest.progress
    if not contest.rules.teams or member in progress.teams:
        return progress
    return replace(progress, teams={**progress.teams, member: smallest_team(contest)})


def smallest_team(contest: Contest) -> str:
    """The team with the fewest members; of several, the one named first; nothing where there are no teams."""
    sizes = Counter(contest.progress.teams.values())
    return min(contest.rules.teams, key=lambda team: sizes[team], default="")
