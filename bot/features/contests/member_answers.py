"""Answers in contests, in words or by button, and what whoever answers is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cachetools import FIFOCache

from bot.access.member_names import MemberNameCache
from bot.contests.runner import Contests
from bot.contests.session import ContestSession
from bot.conversation.answer_parser import is_option_answer, options_by_words, parse_options
from bot.conversation.channel import Channels
from bot.conversation.messages import Code, Incoming, Reply, option_indices, receipt_of, say
from bot.conversation.question_replies import form_of, hint, passed, place_of_question, unread, verdict
from bot.conversation.wish_parser import Wish, parse_wish
from bot.features.contests import presenter as replies
from bot.features.contests.commands import ContestCommands
from bot.knowledge.model import Knowledge
from bot.quiz.contest.effects import NotifyMember
from bot.quiz.contest.engine import answerable_round, answerable_since
from bot.quiz.contest.events import Answered
from bot.quiz.contest.state import Contest
from bot.quiz.question import PASSED, Question
from bot.records.feedback import Clock
from bot.wording import Contests as Wording

MAX_HINTED = 2_000  # questions of contests to which hints were given
LONGEST_TYPED = 60  # characters: what is longer, and not the answer, is no answer
CLOSE = timedelta(minutes=10)
"""For so long what is typed is about a question without a time limit, or the last one of a contest."""


class MemberAnswers:
    """What members answer in contests. ``knowledge`` gives what is served now; ``commands`` skips, stops, goes on."""

    def __init__(
        self,
        contests: Contests,
        channels: Channels,
        names: MemberNameCache,
        clock: Clock,
        *,
        knowledge: Callable[[], Knowledge],
        commands: ContestCommands,
    ) -> None:
        self._contests = contests
        self._channels = channels
        self._names = names
        self._clock = clock
        self._knowledge = knowledge
        self._commands = commands
        self._hints: FIFOCache[tuple[str, int], int] = FIFOCache(MAX_HINTED)

    def asked_at(self, incoming: Incoming) -> datetime | None:
        """Since when a typed answer is meant for the question that it is meant for now; None where there is none."""
        moments = (self._asked_since(running) for running in self._running_for(incoming))
        return next((moment for moment in moments if moment is not None), None)

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to an answer or a wish in words; None where nothing is asked, or ``incoming`` is neither."""
        for running in self._running_for(incoming):
            contest = running.contest
            if self._asked_since(running) is None:
                continue
            number = answerable_round(contest)
            question = contest.setup.questions[number] if number is not None else None
            options = question.options if question is not None else ()
            chosen = options_by_words(incoming.text, options)
            if question is not None and question.is_typed and question.typed(incoming.text) == question.correct:
                chosen = question.correct  # whatever else it may mean
            wish = parse_wish(incoming.text) if chosen is None else None
            if wish is not None:
                reply = await self._grant(wish, running, number, incoming)
                if reply is not None:
                    return reply
            if number is None or contest.finished:
                continue
            if question is not None and question.is_typed:
                chosen = chosen or (_typed_answer(question, incoming.text) if self._is_close(contest) else None)
            elif chosen is None and (self._is_close(contest) or is_option_answer(incoming.text)):
                chosen = parse_options(incoming.text, options)
            if chosen is not None:
                if contest.waits_for_member:
                    continue
                if incoming.is_private and contest.progress.phase != "open":
                    return say(Wording.NEXT_COMING)
                return await self._answer(running, number, chosen, incoming)
        return None

    async def unread(self, incoming: Incoming) -> Reply | None:
        """What is said of a text that is no answer, to whoever is asked alone; None of any other."""
        for running in self._running_for(incoming):
            contest = running.contest
            if contest.rules.solo and contest.progress.phase == "asking":
                return say(Wording.NEXT_COMING)
            if contest.rules.solo and contest.progress.phase == "open" and self._is_close(contest):
                return unread(contest.setup.questions[contest.current])
        return None

    def _is_close(self, contest: Contest) -> bool:
        """Whether what is typed is about the question: one without a time limit may have been left alone."""
        return not contest.rules.self_paced or self._clock() - contest.progress.since <= CLOSE

    def _running_for(self, incoming: Incoming) -> Iterator[ContestSession]:
        """The contests that a text may be meant for: in a group, polls take the answers."""
        channel = self._channels.of(incoming.chat)
        if channel is None or (channel.polls and not incoming.is_private):
            return
        for running in (self._contests.at(incoming.chat), self._contests.at(incoming.chat, daily=True)):
            if running is not None:
                yield running

    def _asked_since(self, running: ContestSession) -> datetime | None:
        """Since when words are meant for a contest: its question, a pause, or for a while its end."""
        progress, solo = running.contest.progress, running.contest.rules.solo
        is_last = running.contest.finished and self._clock() - progress.since < CLOSE
        if solo and (is_last or progress.phase in {"paused", "asking"}):
            return progress.since
        return answerable_since(running.contest)

    async def _grant(self, wish: Wish, running: ContestSession, number: int | None, incoming: Incoming) -> Reply | None:
        """What is wanted in place of an answer; None if there is nothing to be done about it. Raises StorageError."""
        contest = running.contest
        phase, alone = contest.progress.phase, contest.rules.solo
        reply: Reply | None = None
        if contest.rules.mode == "daily" and wish in {"next", "stop", "answer"}:
            pass  # it is open for half a day: that is said of something else
        elif phase == "finished":
            reply = replies.reveal(contest, contest.current) if wish == "answer" and alone else None
        elif wish == "stop":
            reply = await self._commands.stop("", incoming)
        elif phase == "paused" or (contest.waits_for_member and wish == "next"):
            reply = await self._commands.resume("", incoming) if wish == "next" else None
        elif number is not None and phase == "open":
            reply = await self._grant_now(wish, running, number, incoming)
        elif number is not None and wish == "answer" and self._is_close(contest):
            reply = replies.reveal(contest, number)
        elif number is not None and not contest.waits_for_member:
            reply = say(Wording.NEXT_COMING)
        return reply

    async def _grant_now(self, wish: Wish, running: ContestSession, number: int, incoming: Incoming) -> Reply | None:
        """What is wanted while question ``number`` is open. Raises StorageError."""
        contest = running.contest
        match wish:
            case "pass":
                return await self._answer(running, number, PASSED, incoming)
            case "next":
                return await self._commands.skip("", incoming)
            case "hint":
                return self._hint(contest, number) if incoming.is_private else say(Wording.HINT_ALONE)
            case "answer":
                return say(Wording.ANSWER_BEFORE if contest.rules.solo else Wording.ANSWER_LATER)
            case "repeat":
                return replies.question(replies.asked_of(contest, number))
            case _:
                return None

    def _hint(self, contest: Contest, number: int) -> Reply:
        question = contest.setup.questions[number]
        given = self._hints.get((contest.setup.id, number), 0)
        self._hints[contest.setup.id, number] = given + 1
        return hint(question, place_of_question(self._knowledge(), question), given)

    async def press_answer(self, place: str, incoming: Incoming) -> Reply:
        """An answer by the button ``<contest>-<round>-<option>``; of several options with dots between."""
        contest, number, option = (*place.split("-", 2), "", "")[:3]
        running = self._contests.find(contest)
        if running is None or running.contest.setup.chat != incoming.chat:
            return Reply(toast=Wording.NOT_OPEN)
        chosen = option_indices(option)
        if not number.isdecimal() or chosen is None:
            return Reply(toast=Wording.NOT_OPEN)
        return await self._answer(running, int(number), chosen, incoming)

    async def _answer(self, running: ContestSession, number: int, chosen: tuple[int, ...], incoming: Incoming) -> Reply:
        event = Answered(number, incoming.person, chosen, receipt_of(incoming, self._clock))
        known = self._names.record_seen(incoming.person, incoming.name)
        effects = await self._contests.apply_event(running, event, *known)
        if running.contest.rules.solo and any(effect == NotifyMember(incoming.person, "taken") for effect in effects):
            question = running.contest.setup.questions[number]
            right = tuple(sorted(set(chosen))) == question.correct
            if question.is_typed and chosen != PASSED:
                return replies.with_next(verdict(question, right), running.contest)
            shown = replies.with_next(
                passed(question) if chosen == PASSED else verdict(question, right), running.contest
            )
            return shown if chosen == PASSED else replace(shown, selected_action=_action(running, number, chosen))
        if not incoming.is_private and not incoming.action:  # a group does not want to read that it was, of everybody
            effects = tuple(effect for effect in effects if effect != NotifyMember(incoming.person, "taken"))
        told = replies.notices(effects, incoming, running.contest)
        taken = {NotifyMember(incoming.person, "taken"), NotifyMember(incoming.person, "changed")} & set(effects)
        return replace(told, selected_action=_action(running, number, chosen)) if incoming.action and taken else told


def _typed_answer(question: Question, text: str) -> tuple[int, ...] | None:
    """What ``text`` counts as where the answer is typed; None for what is no answer but a question."""
    chosen = question.typed(text)
    is_talk = len(text) > LONGEST_TYPED or text.rstrip().endswith(("?", "？"))
    return None if is_talk and chosen != question.correct else chosen


def _action(running: ContestSession, number: int, chosen: Sequence[int]) -> str:
    """The button that answers so."""
    contest = running.contest
    form = form_of(contest.setup.questions[number], Code.QUIZ.to(f"a-{contest.setup.id}-{number}-"))
    return form.chosen(chosen)
