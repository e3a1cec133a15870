"""Taking an answer: what it is meant for, whether it counts, and how long it took. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.quiz.contest.effects import Effect, Notice, NotifyMember, SaveAnswer
from bot.quiz.contest.events import Answered
from bot.quiz.contest.state import Answer, Contest
from bot.quiz.contest.teams import with_team

_MS = timedelta(milliseconds=1)


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
    if began.receipt and event.receipt > began.receipt:
        return "late"
    if not event.platform_verified:
        if began.closed is not None or (began.opened is not None and now > contest.deadline(number)):
            return "late"
        if began.opened is None:
            return "not_open"
    options = len(contest.setup.questions[number].options)
    return None if all(0 <= option < options for option in event.chosen) else "no_option"
