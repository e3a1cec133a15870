"""Bad questions: /report, by which members say that one is, and /reports, where quiz hosts decide what becomes of it.

Hosts take a question out, back in, or leave it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.contests.persistence import asked_in
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.conversation.question_replies import lettered, right_answer
from bot.conversation.router import Feature, Handler
from bot.question_bank import QuestionPool
from bot.quiz.item_analysis import QuestionStatistics, Verdict
from bot.quiz.question import Question
from bot.records.contests import REVIEW, ReportRecord
from bot.records.feedback import Clock, feedback_key
from bot.text import shorten
from bot.wording import Reports as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository, QuestionReportRepository


OFFERED: Final = 8  # questions that were asked last
_CONTESTS: Final = 5  # of a chat, that are looked through for them
_LOOKED_THROUGH: Final = 100  # contests of a chat, for whether a question was asked there
_LABEL: Final = 60  # characters of a question that tell which one it is


class QuestionReporting:
    """Reports of members: one for each member and question, kept without a name."""

    def __init__(self, store: ContestRepository, questions: QuestionPool, clock: Clock) -> None:
        self._store = store
        self._questions = questions
        self._clock = clock

    async def report(self, _: str, incoming: Incoming) -> Reply:
        """The questions that were asked here last, to pick the bad one. Raises StorageError."""
        contests = await self._store.last_contests(incoming.chat, _CONTESTS)
        asked = [one for kept in contests for one in asked_in(kept)]
        if incoming.is_private:
            answers = await self._store.answers_of(incoming.person)
            asked += [(answer.at, answer.question) for answer in answers if answer.contest == REVIEW]
        latest = (question for _, question in sorted(asked, reverse=True))
        none = Wording.NOTHING_ASKED_ALONE if incoming.is_private else Wording.NOTHING_ASKED
        return await self._offered(latest, OFFERED, none)

    async def press_contest(self, contest: str, incoming: Incoming) -> Reply:
        """The questions of a contest of this chat, in their order, to pick the bad one. Raises StorageError."""
        kept = await self._store.contest(contest)
        if kept is None or kept.chat != incoming.chat:
            return Reply(toast=Wording.GONE)
        asked = asked_in(kept)
        return await self._offered((question for _, question in asked), len(asked))

    async def press_question(self, question: str, incoming: Incoming) -> Reply:
        """Take down that this question is bad, from somebody who was asked it. Raises StorageError."""
        if self._questions.find(question) is None:
            return Reply(toast=Wording.GONE)
        if not await self._was_asked(question, incoming):
            return Reply(toast=Wording.NOT_ASKED)
        await self._store.save(ReportRecord(feedback_key(question, incoming.person), question, self._clock()))
        return Reply(toast=Wording.THANKS)

    async def keys_of(self, member: str) -> tuple[str, ...]:
        """The keys of all that a member may have reported, of whichever document or bank. Raises StorageError."""
        return tuple(feedback_key(reported.question, member) for reported in await self._store.list_reported())

    async def _was_asked(self, question: str, incoming: Incoming) -> bool:
        """Whether the question came up in this chat, or this member has answered it anywhere."""
        contests = await self._store.last_contests(incoming.chat, _LOOKED_THROUGH)
        if any(asked == question for kept in contests for _, asked in asked_in(kept)):
            return True
        return any(answer.question == question for answer in await self._store.answers_of(incoming.person))

    async def _offered(self, questions: Iterable[str], count: int, none: str = Wording.NOTHING_ASKED) -> Reply:
        askable = {question.id: question for question in await self._questions.askable()}
        found = [askable[question] for question in dict.fromkeys(questions) if question in askable][:count]
        if not found:
            return say(none)
        choices = [Choice(shorten(question.question, _LABEL), Code.QUIZ.to(f"e-{question.id}")) for question in found]
        return Reply((Part("text", Wording.WHICH),), tuple(choices), numbered=True)


PAGE: Final = 8  # questions


def make_reports(repository: QuestionReportRepository, questions: QuestionPool) -> Feature:
    """/reports and its buttons."""
    review = _Reports(repository, questions)
    return Feature(
        commands={"reports": Handler(review.first_page, "host", audited=False)},
        buttons={
            "b": Handler(review.page, "host", audited=False),
            "bq": Handler(review.card, "host", audited=False),
            "boff": Handler(review.remove, "host"),
            "bon": Handler(review.restore, "host"),
            "bno": Handler(review.ignore, "host"),
        },
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A question of the bank that was reported or removed, or is proposed for rest by how it has done in play."""

    question: Question
    count: int
    removed: bool
    statistics: QuestionStatistics | None = None

    @property
    def verdict(self) -> Verdict:
        """Why it is proposed for rest; nothing if it is not."""
        return self.statistics.verdict if self.statistics is not None and not self.removed else ""


class _Reports:
    """Shows right answers, so only to who asked."""

    def __init__(self, repository: QuestionReportRepository, questions: QuestionPool) -> None:
        self._repository = repository
        self._questions = questions

    async def first_page(self, _: str, incoming: Incoming) -> Reply:
        return replace(await self.page("0", incoming), edits_message=False)

    async def page(self, rest: str, _: Incoming) -> Reply:
        cases = await self._cases()
        if not cases:
            return Reply((Part("text", Wording.NONE),), edits_message=True, private=True)
        last = (len(cases) - 1) // PAGE
        number = min(int(rest[:4]), last) if rest.isdecimal() else 0
        choices = [
            Choice(_label(case), Code.ADMIN.to(f"bq-{case.question.id}")) for case in cases[number * PAGE :][:PAGE]
        ]
        if number > 0:
            choices.append(Choice(Wording.PREVIOUS, Code.ADMIN.to(f"b-{number - 1}")))
        if number < last:
            choices.append(Choice(Wording.NEXT, Code.ADMIN.to(f"b-{number + 1}")))
        text = Part("text", Wording.LIST.format(count=len(cases)))
        return Reply((text,), tuple(choices), numbered=True, edits_message=True, private=True)

    async def card(self, question: str, _: Incoming) -> Reply:
        case = next((case for case in await self._cases() if case.question.id == question), None)
        if case is not None:
            return _card(case)
        found = self._questions.find(question)
        if found is None:
            return Reply(toast=Wording.GONE)
        return _card(_Case(found, 0, removed=False, statistics=(await self._questions.statistics()).get(question)))

    async def remove(self, question: str, incoming: Incoming) -> Reply:
        return await self._set(question, incoming, removed=True)

    async def restore(self, question: str, incoming: Incoming) -> Reply:
        return await self._set(question, incoming, removed=False)

    async def ignore(self, question: str, incoming: Incoming) -> Reply:
        await self._repository.delete_reports(question)
        return replace(await self.page("0", incoming), toast=Wording.IGNORED)

    async def _set(self, question: str, incoming: Incoming, *, removed: bool) -> Reply:
        if self._questions.find(question) is None:
            return Reply(toast=Wording.GONE)
        if removed:
            await self._repository.remove_question(question)
        else:
            await self._repository.restore_question(question)
        return replace(await self.card(question, incoming), toast=Wording.OUT if removed else Wording.BACK_IN)

    async def _cases(self) -> list[_Case]:
        """Those still asked first, those reported most first, behind them those proposed for rest.

        What the bank has no more is nobody's concern.
        """
        statistics = await self._questions.statistics()
        proposed = [id for id, found in statistics.items() if found.verdict]
        removed = await self._questions.removed()
        counts = {reported.question: reported.count for reported in await self._repository.list_reported()}
        found = ((self._questions.find(id), id) for id in {**counts, **dict.fromkeys([*proposed, *removed])})
        cases = [
            _Case(question, counts.get(id, 0), id in removed, statistics.get(id))
            for question, id in found
            if question is not None
        ]
        return sorted(cases, key=lambda case: (case.removed, -case.count, case.question.id))


def _label(case: _Case) -> str:
    if case.removed:
        state = Wording.STATE_OUT
    elif case.verdict and not case.count:
        state = Wording.STATE_PROPOSED[case.verdict]
    else:
        state = Wording.STATE.format(count=case.count)
    return state + shorten(case.question.question, _LABEL)


def _title(case: _Case) -> str:
    if case.verdict and not case.count:
        return Wording.CARD_PROPOSED
    return (Wording.CARD_OUT if case.removed else Wording.CARD).format(count=case.count)


def _played(case: _Case) -> Iterator[Part]:
    """How the question has done, and what follows from that."""
    found = case.statistics
    if found is None:
        return
    text = Wording.PLAYED.format(answered=found.answered, share=f"{found.share:.0%}", skipped=found.skipped)
    if found.discrimination is not None:
        text += Wording.DISCRIMINATION.format(value=f"{found.discrimination:.2f}")
    yield Part("text", text)
    if case.verdict:
        yield Part("text", Wording.PROPOSALS[case.verdict])


def _card(case: _Case) -> Reply:
    question = case.question
    parts = [
        Part("title", _title(case)),
        Part("text", question.question),
        *(Part("text", lettered(question, index)) for index in range(len(question.options))),
        Part("text", Wording.RIGHT_ANSWER.format(answer=right_answer(question))),
        Part("text", question.explanation),
        *_played(case),
    ]
    name, label = ("bon", Wording.TAKE_BACK) if case.removed else ("boff", Wording.TAKE_OUT)
    choices = [Choice(label, Code.ADMIN.to(f"{name}-{question.id}"))]
    if case.count:
        choices.append(Choice(Wording.IGNORE, Code.ADMIN.to(f"bno-{question.id}")))
    choices.append(Choice(Wording.TO_LIST, Code.ADMIN.to("b-0")))
    return Reply(tuple(parts), tuple(choices), edits_message=True, private=True)
