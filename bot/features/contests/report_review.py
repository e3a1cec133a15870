"""/reports: quiz hosts look at the questions that members found bad, and take them out, back in, or leave them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply
from bot.conversation.question_replies import lettered, right_answer
from bot.conversation.router import Feature, Handler
from bot.question_bank import QuestionPool
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
    """A question of the bank that was reported or removed."""

    question: Question
    count: int
    removed: bool


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
        return _card(_Case(found, 0, removed=False)) if found is not None else Reply(toast=Wording.GONE)

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
        """Those still asked first, those reported most first. What the bank has no more is nobody's concern."""
        removed = await self._questions.removed()
        counts = {reported.question: reported.count for reported in await self._repository.list_reported()}
        found = ((self._questions.find(id), id) for id in {**counts, **dict.fromkeys(removed)})
        cases = [_Case(question, counts.get(id, 0), id in removed) for question, id in found if question is not None]
        return sorted(cases, key=lambda case: (case.removed, -case.count, case.question.id))


def _label(case: _Case) -> str:
    state = Wording.STATE_OUT if case.removed else Wording.STATE.format(count=case.count)
    return state + shorten(case.question.question, _LABEL)


def _card(case: _Case) -> Reply:
    question = case.question
    parts = [
        Part("title", (Wording.CARD_OUT if case.removed else Wording.CARD).format(count=case.count)),
        Part("text", question.question),
        *(Part("text", lettered(question, index)) for index in range(len(question.options))),
        Part("text", Wording.RIGHT_ANSWER.format(answer=right_answer(question))),
        Part("text", question.explanation),
    ]
    name, label = ("bon", Wording.TAKE_BACK) if case.removed else ("boff", Wording.TAKE_OUT)
    choices = [Choice(label, Code.ADMIN.to(f"{name}-{question.id}"))]
    if case.count:
        choices.append(Choice(Wording.IGNORE, Code.ADMIN.to(f"bno-{question.id}")))
    choices.append(Choice(Wording.TO_LIST, Code.ADMIN.to("b-0")))
    return Reply(tuple(parts), tuple(choices), edits_message=True, private=True)
