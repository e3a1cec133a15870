"""Answers in contests, in words or by button, and what whoever answers is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.access.member_names import MemberNameCache
from bot.conversation.answer_parser import parse_options
from bot.conversation.channel import Channels
from bot.conversation.messages import Code, Incoming, Reply, option_indices, receipt_of, say
from bot.conversation.question_replies import form_of, verdict
from bot.features.contests import presenter as replies
from bot.features.contests.runner import Contests
from bot.features.contests.session import ContestSession
from bot.quiz.contest.effects import Effect, NotifyMember
from bot.quiz.contest.engine import answerable_round, answerable_since
from bot.quiz.contest.events import Answered
from bot.records.feedback import Clock
from bot.wording import Contests as Wording


class MemberAnswers:
    """What members answer in contests."""

    def __init__(self, contests: Contests, channels: Channels, names: MemberNameCache, clock: Clock) -> None:
        self._contests = contests
        self._channels = channels
        self._names = names
        self._clock = clock

    def asked_at(self, incoming: Incoming) -> datetime | None:
        """Since when a typed answer is meant for the question that it is meant for now; None where there is none."""
        channel = self._channels.of(incoming.chat)
        if channel is None or channel.polls:
            return None
        found = (self._contests.at(incoming.chat), self._contests.at(incoming.chat, daily=True))
        return next((moment for running in found if running and (moment := answerable_since(running.contest))), None)

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to an answer in words; None where nothing is asked, or ``incoming`` is no answer to it."""
        channel = self._channels.of(incoming.chat)
        if channel is None or channel.polls:
            return None
        found = (self._contests.at(incoming.chat), self._contests.at(incoming.chat, daily=True))
        for running in found:
            number = answerable_round(running.contest) if running is not None else None
            if running is None or number is None:
                continue
            chosen = parse_options(incoming.text, running.contest.setup.questions[number].options)
            if chosen is not None:
                if incoming.is_private and running.contest.progress.phase != "open":
                    return say(Wording.NEXT_COMING)
                return await self._answer(running, number, chosen, incoming)
        return None

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
            shown = verdict(question, tuple(sorted(set(chosen))) == question.correct)
            return replace(replies.with_next(shown, running.contest), selected_action=_action(running, number, chosen))
        if not incoming.is_private and not incoming.action:  # a group does not want to read that it was, of everybody
            effects = tuple(effect for effect in effects if effect != NotifyMember(incoming.person, "taken"))
        told = notices_reply(effects, incoming, running)
        taken = {NotifyMember(incoming.person, "taken"), NotifyMember(incoming.person, "changed")} & set(effects)
        return replace(told, selected_action=_action(running, number, chosen)) if incoming.action and taken else told


def _action(running: ContestSession, number: int, chosen: Sequence[int]) -> str:
    """The button that answers so."""
    contest = running.contest
    form = form_of(contest.setup.questions[number], Code.QUIZ.to(f"a-{contest.setup.id}-{number}-"))
    return form.chosen(chosen)


def notices_reply(effects: Sequence[Effect], incoming: Incoming, running: ContestSession | None = None) -> Reply:
    """What is told to one member: a press is answered by a notice that nobody else sees."""
    contest = running.contest if running is not None else None
    notices = "\n".join(
        replies.notice(effect.notice, contest, incoming.person)
        for effect in effects
        if isinstance(effect, NotifyMember)
    )
    if incoming.action:
        return Reply(toast=notices)
    return say(notices) if notices else Reply()
