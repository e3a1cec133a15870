"""/me and /wrong: how a member is doing, and the book of wrong answers with its reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cachetools import FIFOCache

from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.answer_parser import is_option_answer, options_by_words, parse_options
from bot.conversation.messages import (
    Action,
    Choice,
    Code,
    Incoming,
    Part,
    Reply,
    choice,
    option_indices,
    passage_parts,
    receipt_of,
    say,
    told,
)
from bot.conversation.question_replies import form_of, hint, passed, place_of_question, several_of, unread, verdict
from bot.conversation.wish_parser import Wish, parse_wish
from bot.knowledge.model import Knowledge, Point
from bot.question_bank import QuestionPool
from bot.quiz.progress import Tally, group_tallies, streak, weakest
from bot.quiz.question import PASSED, Question
from bot.quiz.question_selection import shuffle_options
from bot.quiz.review import PastAnswer, ReviewCard, review_cards
from bot.records.contests import REVIEW, AnswerRecord
from bot.records.feedback import Clock
from bot.text import shorten
from bot.wording import CONTEXT_BUTTON
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


WEAK = 3
PAGE = 8  # questions of the book that are listed at once
LABEL = 40  # characters of a question on a button
_EARLY = "e"
MAX_OPEN = 5_000  # reviews that wait for an answer
CLOSE = timedelta(minutes=10)
"""After a review was shown, or answered, whatever is typed in that time is about it; later only what is an answer."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A question that a member is asked alone; ``number`` tells its buttons from those of others.

    ``shown``: as it was put. ``hints``: so many were given. ``answered``: when it was, after which nothing more is
    asked until somebody wants the next one.
    """

    number: int
    question: Question
    since: datetime
    shown: Reply = field(repr=False)
    hints: int = 0
    answered: datetime | None = None
    practice: int | None = None
    """Of what is repeated before it is due: when that began, in seconds since 1970."""

    @property
    def next(self) -> str:
        """The action that asks the next one."""
        return Code.QUIZ.to("v") if self.practice is None else _practice(self.practice)


class StudyService:
    """What members see of their own answers. ``knowledge`` gives what is served now.

    ``guard`` withholds what a contest asks just now. ``elsewhere``: the ids of questions of other documents
    alone, whose points may have the ids of points of this one.
    """

    def __init__(
        self,
        store: ContestRepository,
        bank: QuestionPool,
        knowledge: Callable[[], Knowledge],
        *,
        guard: AnswerGuard,
        clock: Clock,
        zone: str,
        elsewhere: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._elsewhere = elsewhere
        self._store = store
        self._clock = clock
        self._bank = bank
        self._knowledge = knowledge
        self._guard = guard
        self._zone = ZoneInfo(zone)
        self._open: FIFOCache[str, _Open] = FIFOCache(MAX_OPEN)
        self._number = 0

    @property
    def open(self) -> Collection[object]:
        """Empty as long as nobody is asked anything alone."""
        return self._open.keys()

    async def me(self, _: str, incoming: Incoming) -> Reply:
        """Days in a row, accuracy by section, weak points. Raises StorageError."""
        answers = await self._store.answers_of(incoming.person)
        if not answers:
            return say(Wording.ME_NOTHING)
        days = {answer.at.astimezone(self._zone).date() for answer in answers}
        counted = [answer for answer in answers if answer.chosen != PASSED and not answer.voided]
        tallies = _tallies(counted)
        right, answered = sum(tally.right for tally in tallies), sum(tally.answered for tally in tallies)
        head = Wording.ME.format(
            name=incoming.name or Wording.NAMELESS,
            streak=streak(days, self._clock().astimezone(self._zone).date()),
            answered=answered,
            right=right,
            percent=_percent(right, answered),
        )
        elsewhere = self._elsewhere()
        tallies = _tallies([answer for answer in counted if answer.question not in elsewhere])
        knowledge = self._knowledge()
        points = {point.id: point for point in knowledge.points}
        sections = {point.id: point.section for point in knowledge.points}
        by_section = {tally.of: tally for tally in group_tallies(tallies, sections.get)}
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
        weak: list[Point] = [
            points[tally.of]
            for tally in weakest(tallies, WEAK)
            if tally.of in points and self._guard.shows_point(incoming, knowledge, points[tally.of])
        ]
        parts = [Part("title", head), *(Part("text", line) for line in lines)]
        if weak:
            parts.append(Part("note", Wording.ME_WEAK))
        return Reply(tuple(parts), tuple(choice(point) for point in weak))

    async def wrong(self, _: str, incoming: Incoming) -> Reply:
        """What is in the book, and when it comes back. Raises StorageError."""
        now = self._clock()
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        found = await self._book(incoming.person)
        if not found:
            return say(Wording.WRONG_EMPTY)
        due = sum(card.due <= now for card, _ in found)
        reminded = await self._store.find_schedule(incoming.person, "reminder") is not None
        remind = (
            Choice(Wording.REMIND_OFF, Code.QUIZ.to("n-off"))
            if reminded
            else Choice(Wording.REMIND_ON, Code.QUIZ.to("n-on"))
        )
        read = Choice(Wording.WRONG_READ, Code.QUIZ.to("g-0"))
        if due:
            text = Wording.WRONG_BOOK.format(open=len(found), due=due)
            return Reply((Part("text", text),), (Choice(Wording.REVIEW_BEGIN, Code.QUIZ.to("v")), read, remind))
        text = Wording.WRONG_NEXT.format(open=len(found), when=self._when(found[0][0].due))
        practice = Choice(Wording.PRACTICE_BEGIN, _practice(int(now.timestamp())))
        return Reply((Part("text", text),), (practice, read, remind))

    async def press_read(self, rest: str, incoming: Incoming) -> Reply:
        """A page of what is in the book, to tap; ``rest`` is its number, from 0. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        found = await self._book(incoming.person)
        if not found:
            return say(Wording.WRONG_EMPTY)
        questions = [question for _, question in found]
        knowledge = self._knowledge()
        refusal = self._guard.refuse_browsing(incoming)  # one question on a passage may tell the answer to another
        if refusal is not None or len(self._guard.without_open(questions, knowledge, incoming)) < len(questions):
            return refusal or told(Wording.WITHHELD_LIST, incoming)
        page = min(int(rest) if rest.isdecimal() else 0, (len(found) - 1) // PAGE)
        shown = found[page * PAGE : (page + 1) * PAGE]
        choices = [Choice(shorten(question.question, LABEL), Code.QUIZ.to(f"h-{question.id}")) for _, question in shown]
        if page:
            choices.append(Choice(Wording.PREVIOUS, Code.QUIZ.to(f"g-{page - 1}")))
        if found[(page + 1) * PAGE :]:
            choices.append(Choice(Wording.FOLLOWING, Code.QUIZ.to(f"g-{page + 1}")))
        return Reply((Part("text", Wording.WRONG_LIST.format(open=len(found))),), tuple(choices), numbered=True)

    async def press_card(self, question_id: str, incoming: Incoming) -> Reply:
        """A question of the book with its answer and its passage. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        found = next((one for _, one in await self._book(incoming.person) if one.id == question_id), None)
        if found is None:
            return Reply(toast=Wording.GONE)
        knowledge = self._knowledge()
        point = next((point for point in knowledge.points if point.id == found.point), None)
        tap = None if point is None else Action(Code.POINT, point.id)
        if self._guard.is_open(incoming, knowledge, found):
            return told(Wording.WITHHELD_TAP, incoming)
        parts = [Part("title", found.question), Part("text", Wording.WRONG_ANSWER.format(answer=_words_of(found)))]
        if point is not None:
            parts += [part for part in passage_parts(knowledge, point) if part.kind != "title"]
        choices = () if tap is None else (Choice(CONTEXT_BUTTON, Code.CONTEXT.to(tap.target)),)
        return Reply(tuple(parts), (*choices, Choice(Wording.WRONG_BACK, Code.QUIZ.to("g-0"))), point=point)

    async def due(self, member: str) -> int:
        """How many questions a member should review now. Raises StorageError."""
        now = self._clock()
        return sum(card.due <= now for card, _ in await self._book(member))

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """The next question (``e-<since>``: though it is not due), or an answer: ``<number>-<option>``.

        Raises StorageError.
        """
        if not incoming.is_private:
            return say(Wording.WRONG_PRIVATE)
        if not rest:
            return await self._next(incoming)
        number, _, option = rest.partition("-")
        if number == _EARLY and option.isdecimal():
            return await self._next(incoming, int(option))
        chosen = option_indices(option)
        if not number.isdecimal() or chosen is None:
            return Reply(toast=Wording.GONE)
        return await self._answer(incoming, chosen, int(number))

    def asked_at(self, incoming: Incoming) -> datetime | None:
        """Since when a typed answer is meant for the question that it is meant for now; None where there is none."""
        found = self._open.get(incoming.person) if incoming.is_private else None
        if found is None:
            return None
        if found.answered is None:
            return found.since
        return found.answered if self._clock() - found.answered <= CLOSE else None

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to an answer or a wish in words; None if it is neither. Raises StorageError."""
        found = self._open.get(incoming.person) if incoming.is_private else None
        if found is None:
            return None
        if found.answered is not None:
            return await self._grant_after(found, incoming)
        question = found.question
        chosen = options_by_words(incoming.text, question.options)
        wish = parse_wish(incoming.text) if chosen is None else None
        if wish is not None and (self._is_close(found) or wish not in {"answer", "repeat"}):
            return await self._grant(wish, found, incoming)
        if chosen is None and (self._is_close(found) or is_option_answer(incoming.text)):
            chosen = parse_options(incoming.text, question.options)
        return await self._answer(incoming, chosen) if chosen is not None else None

    async def unread(self, incoming: Incoming) -> Reply | None:
        """What is said of a text that is no answer to a question shown just now; None of any other."""
        found = self._open.get(incoming.person) if incoming.is_private else None
        waits = found is not None and found.answered is None and self._is_close(found)
        return unread(found.question) if found is not None and waits else None

    async def _grant(self, wish: Wish, found: _Open, incoming: Incoming) -> Reply:
        """What is wanted in place of an answer. Raises StorageError."""
        match wish:
            case "pass" | "next":  # it comes back another day
                return await self._answer(incoming, PASSED)
            case "hint":
                self._open[incoming.person] = replace(found, hints=found.hints + 1)
                return hint(found.question, place_of_question(self._knowledge(), found.question), found.hints)
            case "answer":
                return say(Wording.ANSWER_BEFORE)
            case "repeat":
                return found.shown
            case "stop":
                self._open.pop(incoming.person, None)
                return say(Wording.REVIEW_STOPPED)

    async def _grant_after(self, found: _Open, incoming: Incoming) -> Reply | None:
        """What is wanted after an answer; None if it is something else. Raises StorageError."""
        match parse_wish(incoming.text):
            case "next":
                return await self._next(incoming, found.practice)
            case "answer":
                return passed(found.question)
            case "stop":
                self._open.pop(incoming.person, None)
                return say(Wording.REVIEW_STOPPED)
            case _:
                return None

    def _is_close(self, found: _Open) -> bool:
        return self._clock() - found.since <= CLOSE

    async def repeated(self, incoming: Incoming) -> Reply | None:
        """What became of an answer that was kept by a process that ended before it said so; None of any other.

        A platform delivers such an answer again, by the same number. Raises StorageError.
        """
        if not incoming.is_private or not incoming.sequence:
            return None
        answers = await self._store.answers_of(incoming.person)
        kept = (one for one in answers if one.contest == REVIEW and one.receipt == incoming.sequence)
        found = next(kept, None)
        question = self._bank.find(found.question) if found is not None else None
        if found is None or question is None:
            return None
        if self._guard.is_open(incoming, self._knowledge(), question):
            return told(Wording.WITHHELD_REVIEWS, incoming)
        # which letters the options had then is not known any more
        shown = verdict(question, found.right, answer=_words_of(question))
        return replace(shown, choices=(Choice(Wording.REVIEW_NEXT, Code.QUIZ.to("v")),))

    def forget(self, member: str) -> None:
        """Whatever a member is asked alone is not asked any more."""
        self._open.pop(member, None)

    async def _next(self, incoming: Incoming, practice: int | None = None) -> Reply:
        """The next question that is due; with ``practice``, of those that were not answered since that moment."""
        now = self._clock()
        found = await self._book(incoming.person)
        if practice is None:
            due = [question for card, question in found if card.due <= now]
        else:
            due = [question for card, question in found if int(card.answered.timestamp()) < practice]
        if not due:
            self._open.pop(incoming.person, None)
            return self._done(found, now) if practice is None else say(Wording.PRACTICE_DONE)
        fair = self._guard.without_open(due, self._knowledge(), incoming)
        if not fair:  # its answer would tell a contest's
            return told(Wording.WITHHELD_REVIEWS, incoming)
        self._number = number = max(self._number + 1, int(now.timestamp()))  # not that of an earlier process
        question = shuffle_options(fair[0], f"{incoming.person}{number}")
        several = len(question.correct) > 1
        title = Wording.REVIEW_LEFT if practice is None else Wording.PRACTICE_LEFT
        title = title.format(count=len(due)) + several_of(question)
        parts = [Part("title", title), Part("text", question.question)]
        form = form_of(question, Code.QUIZ.to(f"v-{number}-"))
        if several:
            options = [Part("typed", label) for label in form.labels]
            shown = Reply((*parts, *options, Part("typed", Wording.HOW_SEVERAL)), expects_answer=True, form=form)
        else:
            choices = tuple(Choice(label, form.chosen([index])) for index, label in enumerate(form.labels))
            shown = Reply(tuple(parts), choices, form=form)
        self._open[incoming.person] = _Open(number, question, now, shown, practice=practice)
        return shown

    def _done(self, found: Sequence[tuple[ReviewCard, Question]], now: datetime) -> Reply:
        """That nothing more is due; what is left may be repeated all the same."""
        practice = Choice(Wording.PRACTICE_BEGIN, _practice(int(now.timestamp())))
        return Reply((Part("text", Wording.REVIEW_DONE),), (practice,) if found else ())

    async def _answer(self, incoming: Incoming, chosen: tuple[int, ...], number: int | None = None) -> Reply:
        """An answer to what is asked alone, by the button of question ``number`` or typed."""
        now = self._clock()
        receipt = receipt_of(incoming, self._clock)
        found = self._open.get(incoming.person)
        if found is None or found.answered is not None or number not in {None, found.number}:
            return await self.repeated(incoming) or say(Wording.REVIEW_GONE)
        if chosen != PASSED and any(index >= len(found.question.options) for index in chosen):
            return say(Wording.NO_OPTION)
        question = found.question
        if self._guard.is_open(incoming, self._knowledge(), question):  # the verdict would tell a contest's answer
            return told(Wording.WITHHELD_REVIEW, incoming)
        right = chosen == question.correct
        ms = max(int((now - found.since).total_seconds() * 1000), 0)
        # chosen as shown here: what is right is kept with it, as the options stand in another order each time
        await self._store.save(
            AnswerRecord(
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
        self._open[incoming.person] = replace(found, answered=now)
        shown = passed(question) if chosen == PASSED else verdict(question, right)
        if right and found.practice is not None:
            shown = replace(shown, parts=(*shown.parts, Part("note", Wording.PRACTICE_MOVES_NOTHING)))
        given = form_of(question, Code.QUIZ.to(f"v-{found.number}-")).chosen(chosen) if chosen != PASSED else ""
        return replace(shown, choices=(Choice(Wording.REVIEW_NEXT, found.next),), selected_action=given)

    async def _book(self, member: str) -> list[tuple[ReviewCard, Question]]:
        """What a member has still to learn and may be asked, the longest due first. Raises StorageError."""
        bank = {question.id: question for question in await self._bank.askable()}
        cards = review_cards(
            PastAnswer(answer.question, answer.right, answer.at, answer.contest == REVIEW)
            for answer in await self._store.answers_of(member)
            if not answer.voided
        )
        return [(card, bank[card.question]) for card in cards if not card.mastered and card.question in bank]

    def _when(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return Wording.DAY.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)


def _practice(since: int) -> str:
    """The action that asks what was not answered since that moment, in seconds since 1970."""
    return Code.QUIZ.to(f"v-{_EARLY}-{since}")


def _words_of(question: Question) -> str:
    """The right options in words: where the question is not asked, they have no letters."""
    return "；".join(question.options[index] for index in question.correct)


def _tallies(answers: Sequence[AnswerRecord]) -> list[Tally]:
    answered = Counter(answer.point for answer in answers)
    right = Counter(answer.point for answer in answers if answer.right)
    return [Tally(point, right[point], answered[point]) for point in sorted(answered)]


def _percent(right: int, answered: int) -> str:
    return f"{100 * right / answered:.0f}%" if answered else "0%"
