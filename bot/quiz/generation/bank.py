"""The bank: every question that a knowledge gives, those written by hand first, no two of them alike.

And the bank as a person reads it: by section, with the right options marked, and counted at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice
from string import ascii_uppercase

from bot.knowledge.model import Knowledge
from bot.knowledge.structure import Span
from bot.quiz.generation.draft import QuestionDraft, lint_question
from bot.quiz.generation.figures import figure_drafts
from bot.quiz.generation.handwritten import handwritten_questions
from bot.quiz.generation.lists import inline_list_drafts, item_list_drafts
from bot.quiz.generation.material import Material
from bot.quiz.generation.outline import outline_drafts
from bot.quiz.generation.relations import relation_drafts
from bot.quiz.generation.statements import (
    choice_drafts,
    figure_statement_drafts,
    plain_drafts,
    true_false_drafts,
)
from bot.quiz.generation.tables import (
    table_choice_drafts,
    table_drafts,
    table_reverse_drafts,
    table_row_drafts,
    table_statement_drafts,
)
from bot.quiz.generation.terms import term_drafts
from bot.quiz.question import Question
from bot.quiz.seeded_random import seeded_index
from bot.text import squash
from bot.wording import Quiz

ENOUGH = 40
"""Questions from which a bank is large enough that no two of them ask for the same words.

A group would soon have seen all of fewer: a short document is asked again in other ways, and the other way round.
"""
A_QUESTION_EACH = 70  # characters of a sentence: so much of it gives no more than one question
JUDGED_FIRST = 10
"""Of statements to be judged so many are made before other kinds take what could be changed, and as many behind."""
LEAST, SHORT = 20, 5000
"""A document of so many characters is short; a longer one only if it gives less than so many questions."""
LEAST_JUDGED = 4
CHOICES_FIRST = 8
_WAYS = {"true_false": 1, "statement": 2}
"""Ways of asking, besides a gap: a short document is asked for the same in each of them."""
_OF_HEADINGS = {"match"}


def make_bank(knowledge: Knowledge, seed: int = 0) -> tuple[Question, ...]:
    """The questions on ``knowledge``, in the order of its source. The same seed makes the same bank."""
    material = Material(knowledge)
    bank = QuestionBank(material, seed)
    for question, uses in handwritten_questions(knowledge, seed):
        bank.add(question, uses)
    bank.add_drafts(_made(material, seed, bank))
    few = len(bank.questions) < (ENOUGH if len(material.source) < SHORT else LEAST)
    if few:  # a short document is asked about what it has from more than one side
        bank.is_short = True
        bank.add_drafts(islice(plain_drafts(material, bank.is_taken), LEAST_JUDGED))
        bank.add_drafts(inline_list_drafts(material, seed, is_short=True))
        bank.add_drafts(relation_drafts(material, seed, is_formal=True))
        bank.add_drafts(figure_drafts(material, seed, each=4))
        bank.add_drafts(table_row_drafts(material, seed))
        bank.add_drafts(table_choice_drafts(material, seed))
        bank.add_drafts(choice_drafts(material, seed))
        if not any(question.form == "multiple" for question in bank.questions):
            bank.add_drafts(choice_drafts(material, seed, is_short=True))
        bank.add_drafts(table_statement_drafts(material, seed, bank.is_judged, bank.wants_true))
        for more in (seed, seed + 1):
            made = true_false_drafts(material, more, bank.is_judged, bank.wants_true, is_told=bank.is_asked)
            bank.add_drafts(islice(made, JUDGED_FIRST))
        if sum(question.form == "judged" for question in bank.questions) < LEAST_JUDGED:
            made = figure_statement_drafts(material, seed, bank.is_judged, bank.wants_true)
            bank.add_drafts(islice(made, LEAST_JUDGED))
        bank.add_drafts(islice(table_reverse_drafts(material, seed), max(0, ENOUGH - len(bank.questions))))
    return tuple(sorted(bank.questions, key=lambda question: question.at))


def _made(material: Material, seed: int, bank: QuestionBank) -> Iterator[QuestionDraft]:
    """Drafts of all kinds; of two that ask for the same, the first made stays."""
    yield from item_list_drafts(material, seed)
    yield from inline_list_drafts(material, seed)
    yield from table_drafts(material, seed)
    yield from relation_drafts(material, seed)
    yield from term_drafts(material, seed)
    figures = list(figure_drafts(material, seed))
    if material.is_rule:  # terms and sums are what a rule is asked for first
        yield from figures
    choices = list(choice_drafts(material, seed))
    yield from choices[:CHOICES_FIRST]
    judged = true_false_drafts(material, seed, bank.is_taken, bank.wants_true)
    yield from islice(judged, JUDGED_FIRST)
    early = [draft for draft in figures if seeded_index(2, "early", *draft.asked) == 0]
    yield from early
    yield from outline_drafts(material, seed)
    yield from choices
    yield from (draft for draft in figures if draft not in early)
    yield from islice(judged, JUDGED_FIRST)


class QuestionBank:
    """Questions, no two of which are alike.

    Alike are two that ask for the same words of the source, or with the same words; and two with the same options
    of which a member could carry over the one to the other. ``is_short``: of one sentence more is asked, and what a gap
    asks for may be judged in a statement as well.
    """

    def __init__(self, material: Material, seed: int) -> None:
        self.questions: list[Question] = []
        self.is_short = False
        self._material = material
        self._seed = seed
        self._keys: set[tuple[str, ...]] = set()
        self._uses: list[tuple[Span, int]] = []
        self._asked: Counter[int] = Counter()

    def add_drafts(self, drafts: Iterable[QuestionDraft]) -> None:
        """Add what ``drafts`` make, apart from questions with a problem."""
        for draft in drafts:
            place = self._material.closing_place(draft.uses[0].start) if draft.uses else ""
            question = replace(draft, place=place).to_question(self._material.knowledge, self._seed)
            if not any(lint_question(question)):
                self.add(question, draft.uses)

    def is_taken(self, uses: Sequence[Span]) -> bool:
        """Whether another question asks for one of these stretches of the source, or enough for their sentence."""
        return self.is_asked(uses) or self._is_full(uses)

    def is_asked(self, uses: Sequence[Span]) -> bool:
        """Whether another question asks for one of these stretches of the source."""
        return any(self._is_asked(span) for span in uses)

    def is_judged(self, uses: Sequence[Span]) -> bool:
        """Whether a statement is judged for one of these stretches."""
        return any(way == _WAYS["true_false"] and _overlap(span, own) for span in uses for own, way in self._uses)

    def wants_true(self) -> bool:
        """Whether fewer statements to be judged are right than wrong."""
        judged = Counter(
            question.options[question.correct[0]] for question in self.questions if question.form == "judged"
        )
        return judged[Quiz.TRUE] < judged[Quiz.FALSE]

    def add(self, question: Question, uses: Sequence[Span]) -> None:
        """Take ``question`` in, if none is like it. Of those written by hand all are kept: lint has judged them."""
        keys = set(_keys(question))
        way = _WAYS.get(question.kind, 0)
        if question.kind != "written":
            taken = self.is_taken(uses) if not self.is_short else self._is_asked_alike(uses, way)
            if taken or not self._keys.isdisjoint(keys):
                return
        self._keys |= keys
        self._uses += [(span, way) for span in uses]
        self._asked.update({self._sentence(span) for span in uses})
        self.questions.append(self._placed(question, uses))

    def _is_asked(self, span: Span) -> bool:
        return any(_overlap(span, own) for own, _ in self._uses)

    def _is_asked_alike(self, uses: Sequence[Span], way: int) -> bool:
        return any(own_way == way and _overlap(span, own) for span in uses for own, own_way in self._uses)

    def _is_full(self, uses: Sequence[Span]) -> bool:
        return any(self._asked[self._sentence(span)] >= self._share(span) for span in uses)

    def _share(self, span: Span) -> int:
        found = self._material.structure.sentence_at(span.start)
        if found is None or "\t" in self._material.source[found.span.start : found.span.end]:
            return ENOUGH  # each cell of a table says something of its own
        return 1 + (found.span.end - found.span.start) // A_QUESTION_EACH

    def _sentence(self, span: Span) -> int:
        found = self._material.structure.sentence_at(span.start)
        return found.number if found is not None else -1

    def _placed(self, question: Question, uses: Sequence[Span]) -> Question:
        at = min((span.start for span in uses), default=self._material.source.find(question.quote))
        return replace(
            question,
            at=at,
            part=self._material.part_of(at),
            core=question.kind in _OF_HEADINGS or any(self._material.is_core(span) for span in uses),
            difficulty=estimate_difficulty(question),
        )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _keys(question: Question) -> Iterator[tuple[str, ...]]:
    options = sorted(map(squash, question.options))
    yield "id", question.id
    yield "words", squash(question.question), *(options if question.kind in {"statement", "match"} else ())
    if question.form != "judged" and question.kind not in {"table", "relation"}:
        yield "options", *options


_DIFFICULTY = {
    "table": 0.3, "member": 0.5, "figure": 0.5, "blank": 0.45, "name": 0.3, "true_false": 0.4, "several": 0.65,
    "statement": 0.6, "relation": 0.45, "match": 0.6, "order": 0.55, "place": 0.4, "written": 0.4,
}  # fmt: skip


def estimate_difficulty(question: Question) -> float:
    """How hard a question is before anybody answered it, from 0 to 1: by kind, form and how near the options are."""
    found = _DIFFICULTY[question.kind]
    if question.form == "multiple":
        found = max(found, 0.65)
    right = {question.options[number] for number in question.correct}
    wrong = [option for option in question.options if option not in right]
    if question.form != "judged" and wrong:
        near = max(_nearness(one, other) for one in right for other in wrong)
        found += 0.2 * (near - 0.4)
    return round(min(max(found, 0.05), 0.95), 2)


def _nearness(one: str, other: str) -> float:
    first, second = set(one), set(other)
    return len(first & second) / len(first | second)


def bank_lines(knowledge: Knowledge, bank: Sequence[Question]) -> Iterator[str]:
    """The lines of the list of ``bank``, which was made from ``knowledge``."""
    if not bank:
        yield Quiz.EMPTY
        return

    def section(question: Question) -> str:
        return knowledge.point(question.point).section

    number = 0
    for id, questions in groupby(bank, key=section):
        yield knowledge.section(id).title
        for question in questions:
            number += 1
            yield from _lines(number, question)
        yield ""
    yield Quiz.BY_KIND.format(counts=_counts({Quiz.KINDS[kind]: count for kind, count in _kinds(bank).items()}))
    sections = Counter(knowledge.section(section(question)).title for question in bank)
    yield Quiz.BY_SECTION.format(counts=_counts(sections))
    yield Quiz.TOTAL.format(count=len(bank))
    written = sum(question.kind == "written" for question in bank)
    if inactive := len(knowledge.quiz_additions.questions) - written:
        yield Quiz.RESTING.format(count=inactive)


def _lines(number: int, question: Question) -> Iterator[str]:
    yield Quiz.LISTED.format(number=number, kind=Quiz.KINDS[question.kind], question=question.question)
    for place, option in enumerate(question.options):
        mark = Quiz.RIGHT_MARK if place in question.correct else Quiz.WRONG_MARK
        yield Quiz.OPTION.format(mark=mark, letter=ascii_uppercase[place], option=option)
    for line in question.explanation.splitlines():
        yield Quiz.EXPLAINED.format(explanation=line)


def _kinds(bank: Sequence[Question]) -> Counter[str]:
    return Counter(question.kind for question in bank)


def _counts(counts: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count}" for name, count in counts.items())
