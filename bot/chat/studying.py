"""/me and /wrong: how a member is doing, and the book of wrong answers with its reviews."""

from __future__ import annotations

import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat import contest_replies as replies
from bot.chat.messages import Choice, Incoming, Part, Reply
from bot.chat.ports import Clock
from bot.chat.questions import Questions
from bot.chat.quiz_ports import REVIEW, KeptAnswer, QuizStore
from bot.chat.replies import choice, say
from bot.chat.responding import receipt_of
from bot.knowledge.model import Knowledge, Point
from bot.quiz.learning import Tally, grouped, streak, weakest
from bot.quiz.picking import shuffled
from bot.quiz.question import Question
from bot.quiz.review import Given, ReviewCard, book
from bot.quiz.typed import options_of
from bot.wording import Contests as Wording

WEAK = 3
MAX_OPEN = 5_000  # reviews that wait for an answer


@dataclass(frozen=True, slots=True)
class _Open:
    """A question that a member is asked alone; ``number`` tells its buttons from those of others."""

    number: int
    question: Question
    since: datetime


class Studying:
    """What members see of their own answers. ``knowledge`` gives what is served now."""

    def __init__(
        self,
        store: QuizStore,
        bank: Questions,
        knowledge: Callable[[], Knowledge],
        *,
        clock: Clock,
        zone: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bank = bank
        self._knowledge = knowledge
        self._zone = ZoneInfo(zone)
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._numbers = itertools.count(1)

    async def me(self, _: str, incoming: Incoming) -> Reply:
        """Days in a row, accuracy by section, weak points. Raises StorageError."""
        answers = await self._store.answers_of(incoming.person)
        if not answers:
            return say(Wording.ME_NOTHING)
        days = {answer.at.astimezone(self._zone).date() for answer in answers}
        tallies = _tallies(answers)
        right, answered = sum(tally.right for tally in tallies), sum(tally.answered for tally in tallies)
        head = Wording.ME.format(
            name=incoming.name or Wording.NAMELESS,
            streak=streak(days, self._clock().astimezone(self._zone).date()),
            answered=answered,
            right=right,
            percent=_percent(right, answered),
        )
        knowledge = self._knowledge()
        points = {point.id: point for point in knowledge.points}
        sections = {point.id: point.section for point in knowledge.points}
        by_section = {tally.of: tally for tally in grouped(tallies, sections.get)}
        lines = [
            Wording.ME_SECTION.format(
                title=section.title,
                right=by_section[section.id].right,
                answered=by_section[section.id].answered,
                percent=_percent(by_section[section.id].right, by_section[section.id].answered),
            )
            for section in knowledge.sections
            if section.id in by_section
        ]
        weak: list[Point] = [points[tally.of] for tally in weakest(tallies, WEAK) if tally.of in points]
        parts = [Part("title", head), *(Part("text", line) for line in lines)]
        if weak:
            parts.append(Part("note", Wording.ME_WEAK))
        return Reply(tuple(parts), tuple(choice(point) for point in weak))

    async def wrong(self, _: str, incoming: Incoming) -> Reply:
        """What is in the book, and when it comes back. Raises StorageError."""
        now = self._clock()
        if not incoming.solo:
            return say(Wording.WRONG_PRIVATE)
        bank = {question.id for question in await self._bank.askable()}
        cards = [card for card in await self._cards(incoming.person) if not card.mastered and card.question in bank]
        if not cards:
            return say(Wording.WRONG_EMPTY)
        due = sum(card.due <= now for card in cards)
        reminded = await self._store.setting(incoming.person, "reminder")
        remind = Choice(Wording.REMIND_OFF, "q:n-off") if reminded else Choice(Wording.REMIND_ON, "q:n-on")
        if due:
            text = Wording.WRONG_BOOK.format(open=len(cards), due=due)
            return Reply((Part("text", text),), (Choice(Wording.REVIEW_BEGIN, "q:v"), remind))
        text = Wording.WRONG_NEXT.format(open=len(cards), when=self._when(cards[0].due))
        return Reply((Part("text", text),), (remind,))

    async def due(self, member: str) -> int:
        """How many questions a member should review now. Raises StorageError."""
        return len(await self._askable(member, self._clock()))

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """The next question, or an answer to the present one: ``<number>-<option>``. Raises StorageError."""
        if not incoming.solo:
            return say(Wording.WRONG_PRIVATE)
        if not rest:
            return await self._next(incoming)
        number, _, option = rest.partition("-")
        if not (number.isdecimal() and option.isdecimal()):
            return Reply(toast=Wording.GONE)
        return await self._answer(incoming, (int(option),), int(number))

    def asked_at(self, incoming: Incoming) -> datetime | None:
        """Since when a typed answer is meant for the question that it is meant for now; None where there is none."""
        found = self._open.get(incoming.person) if incoming.solo else None
        return found.since if found is not None else None

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to an answer in words; None where nothing is asked, or it is no answer. Raises StorageError."""
        found = self._open.get(incoming.person) if incoming.solo else None
        chosen = options_of(incoming.text, found.question.options) if found is not None else None
        return await self._answer(incoming, chosen) if chosen is not None else None

    def forget(self, member: str) -> None:
        """Whatever a member is asked alone is not asked any more."""
        self._open.pop(member, None)

    async def _next(self, incoming: Incoming) -> Reply:
        now = self._clock()
        due = await self._askable(incoming.person, now)
        if not due:
            self._open.pop(incoming.person, None)
            return say(Wording.REVIEW_DONE)
        number = next(self._numbers)
        question = shuffled(due[0], f"{incoming.person}{number}")
        self._open[incoming.person] = _Open(number, question, now)
        self._open.move_to_end(incoming.person)
        if len(self._open) > MAX_OPEN:
            self._open.popitem(last=False)
        several = len(question.correct) > 1
        title = Wording.REVIEW_LEFT.format(count=len(due)) + replies.several_of(question)
        parts = [Part("title", title), Part("text", question.question)]
        if several:
            options = [Part("text", replies.lettered(question, index)) for index in range(len(question.options))]
            return Reply((*parts, *options, Part("note", Wording.HOW_SEVERAL)), asks=True)
        return Reply(tuple(parts), tuple(replies.options_as_choices(question, f"q:v-{number}-")))

    async def _answer(self, incoming: Incoming, chosen: tuple[int, ...], number: int | None = None) -> Reply:
        """An answer to what is asked alone, by the button of question ``number`` or typed."""
        now = self._clock()
        receipt = receipt_of(incoming, self._clock)
        found = self._open.get(incoming.person)
        if found is None or number not in {None, found.number} or any(i >= len(found.question.options) for i in chosen):
            return say(Wording.REVIEW_GONE)
        question = found.question
        right = chosen == question.correct
        ms = max(int((now - found.since).total_seconds() * 1000), 0)
        # chosen as shown here: what is right is kept with it, as the options stand in another order each time
        await self._store.keep(
            KeptAnswer(
                REVIEW,
                receipt,
                incoming.person,
                incoming.chat,
                question.id,
                question.point,
                chosen,
                right,
                ms,
                receipt,
                now,
            )
        )
        self._open.pop(incoming.person, None)
        shown = replies.verdict(question, right)
        return replace(shown, choices=(Choice(Wording.REVIEW_NEXT, "q:v"),))

    async def _cards(self, member: str) -> list[ReviewCard]:
        answers = await self._store.answers_of(member)
        return book(Given(answer.question, answer.right, answer.at) for answer in answers)

    async def _askable(self, member: str, now: datetime) -> list[Question]:
        """The questions due for a member that may still be asked, the longest due first."""
        bank = {question.id: question for question in await self._bank.askable()}
        cards = await self._cards(member)
        return [bank[card.question] for card in cards if card.due <= now and card.question in bank]

    def _when(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return Wording.DAY.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)


def _tallies(answers: Sequence[KeptAnswer]) -> list[Tally]:
    answered = Counter(answer.point for answer in answers)
    right = Counter(answer.point for answer in answers if answer.right)
    return [Tally(point, right[point], answered[point]) for point in sorted(answered)]


def _percent(right: int, answered: int) -> str:
    return f"{100 * right / answered:.0f}%"
