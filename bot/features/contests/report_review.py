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
    from bot.storage.reports import QuestionReportRepository


PAGE: Final = 8  # questions
_LABEL: Final = 60  # characters


def make_reports(box: QuestionReportRepository, questions: QuestionPool) -> Feature:
    """What a desk needs for reported questions."""
    desk = _Reports(box, questions)
    return Feature(
        commands={"reports": Handler(desk.first_page, "host", audited=False)},
        buttons={
            "b": Handler(desk.page, "host", audited=False),
            "bq": Handler(desk.card, "host", audited=False),
            "boff": Handler(desk.take_out, "host"),
            "bon": Handler(desk.take_back, "host"),
            "bno": Handler(desk.ignore, "host"),
        },
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A question of the bank that was reported or taken out."""

    question: Question
    count: int
    out: bool


class _Reports:
    """Shows right answers, so only to who asked."""

    def __init__(self, box: QuestionReportRepository, questions: QuestionPool) -> None:
        self._box = box
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
        return _card(_Case(found, 0, out=False)) if found is not None else Reply(toast=Wording.GONE)

    async def take_out(self, question: str, incoming: Incoming) -> Reply:
        return await self._set(question, incoming, out=True)

    async def take_back(self, question: str, incoming: Incoming) -> Reply:
        return await self._set(question, incoming, out=False)

    async def ignore(self, question: str, incoming: Incoming) -> Reply:
        await self._box.delete_reports(question)
        return replace(await self.page("0", incoming), toast=Wording.IGNORED)

    async def _set(self, question: str, incoming: Incoming, *, out: bool) -> Reply:
        if self._questions.find(question) is None:
            return Reply(toast=Wording.GONE)
        if out:
            await self._box.remove_question(question)
        else:
            await self._box.restore_question(question)
        return replace(await self.card(question, incoming), toast=Wording.OUT if out else Wording.BACK_IN)

    async def _cases(self) -> list[_Case]:
        """Those still asked first, those reported most first. What the bank has no more is nobody's concern."""
        out = await self._questions.removed()
        counts = {reported.question: reported.count for reported in await self._box.list_reported()}
        found = ((self._questions.find(id), id) for id in {**counts, **dict.fromkeys(out)})
        cases = [_Case(question, counts.get(id, 0), id in out) for question, id in found if question is not None]
        return sorted(cases, key=lambda case: (case.out, -case.count, case.question.id))


def _label(case: _Case) -> str:
    state = Wording.STATE_OUT if case.out else Wording.STATE.format(count=case.count)
    return state + shorten(case.question.question, _LABEL)


def _card(case: _Case) -> Reply:
    question = case.question
    parts = [
        Part("title", (Wording.CARD_OUT if case.out else Wording.CARD).format(count=case.count)),
        Part("text", question.question),
        *(Part("text", lettered(question, index)) for index in range(len(question.options))),
        Part("text", Wording.RIGHT_ANSWER.format(answer=right_answer(question))),
        Part("text", question.explanation),
    ]
    name, label = ("bon", Wording.TAKE_BACK) if case.out else ("boff", Wording.TAKE_OUT)
    choices = [Choice(label, Code.ADMIN.to(f"{name}-{question.id}"))]
    if case.count:
        choices.append(Choice(Wording.IGNORE, Code.ADMIN.to(f"bno-{question.id}")))
    choices.append(Choice(Wording.TO_LIST, Code.ADMIN.to("b-0")))
    return Reply(tuple(parts), tuple(choices), edits_message=True, private=True)
