"""/reports: quiz hosts look at the questions that members found bad, and take them out, back in, or leave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply
from bot.conversation.question_replies import lettered, right_answer
from bot.conversation.router import Feature, Handler
from bot.question_bank import QuestionPool
from bot.quiz.item_analysis import QuestionStatistics, Verdict
from bot.quiz.question import Question
from bot.text import shorten
from bot.wording import Reports as Wording

if TYPE_CHECKING:
    from bot.storage.contests import QuestionReportRepository


PAGE: Final = 8  # questions
_LABEL: Final = 60  # characters


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
