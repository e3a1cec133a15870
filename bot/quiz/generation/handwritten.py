"""Questions written by hand: which of them can be asked, and why the others are inactive.

A question is bound to words of the source: ``quote``, or the whole passage of its point. While those words are gone, or
no longer tell right from wrong, the question is kept and not asked. There are three forms, recognised by the options
alone: right ones stand in those words and wrong ones do not; wrong ones stand there and right ones do not
(“哪一项不是”); and 对 or 错.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.errors import ValidationIssue
from bot.knowledge.model import HandwrittenQuestion, Knowledge, Point
from bot.knowledge.structure import Span
from bot.quiz.generation.draft import QuestionDraft, lint_question
from bot.quiz.generation.material import nested
from bot.quiz.generation.number_with_unit import differs_by_one_digit
from bot.quiz.question import Question
from bot.text import squash
from bot.wording import Lint, Quiz

_JUDGED = (Quiz.TRUE, Quiz.FALSE)
_NEGATIVE = "不没未非"
_SEED = 0  # whether a question can be asked does not hang on the order of its options


def handwritten_questions(knowledge: Knowledge, seed: int) -> Iterator[tuple[Question, tuple[Span, ...]]]:
    """The questions written by hand that can be asked, each with the stretches of the source that it asks for."""
    every = zip(knowledge.quiz_additions.questions, _judged(knowledge, seed), strict=True)
    for written, (question, issues) in every:
        if question is not None and not issues:
            yield question, _uses(knowledge, written, knowledge.point(written.point))


def _uses(knowledge: Knowledge, written: HandwrittenQuestion, point: Point) -> tuple[Span, ...]:
    """Where the options stand that are in the passage; all of the words it rests on, if none is there word for word."""
    words = [written.quote] if written.quote else point.quotes
    starts = [
        (span.start + quote.index(word), word)
        for word in words
        for span, quote in zip(point.spans, point.quotes, strict=True)
        if word in quote
    ]
    found = [
        Span(start + word.index(option), start + word.index(option) + len(option))
        for start, word in starts
        for option in (*written.right, *written.wrong)
        if option in word and not _is_judged(written)
    ]
    return tuple(found or [Span(start, start + len(word)) for start, word in starts])


def lint_handwritten(knowledge: Knowledge, file: str) -> list[ValidationIssue]:
    """Why each of the others cannot be asked, and what to mend in those that can; none is fatal.

    ``file`` is the name of quiz.yaml.
    """
    every = list(zip(knowledge.quiz_additions.questions, _judged(knowledge, _SEED), strict=True))
    asked = [question for _, (question, issues) in every if question is not None and not issues]
    lines = {written.id: written.line for written, _ in every}
    styles = {question.id: list(style_faults(question)) for question in asked}
    for question, twin in doubles(asked):
        styles[question.id].append(Lint.DOUBLE.format(id=question.id, line=lines[twin.id]))
    return [
        ValidationIssue(file, written.line, message, fatal=False)
        for written, (_, issues) in every
        for message in (*issues, *styles.get(written.id, ()))
    ]


def inactive_ids(knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the others."""
    every = zip(knowledge.quiz_additions.questions, _judged(knowledge, _SEED), strict=True)
    return tuple(written.id for written, (_, issues) in every if issues)


def _judged(knowledge: Knowledge, seed: int) -> Iterator[tuple[Question | None, list[str]]]:
    """Each question written by hand, if it can be put at all, with what keeps it from being asked."""
    answers: dict[tuple[str, ...], int] = {}
    for written in knowledge.quiz_additions.questions:
        question, issues = _judge(knowledge, written, seed)
        key = (written.point, *(sorted(_JUDGED) if _is_judged(written) else sorted(map(squash, written.right))))
        if not issues and key in answers:
            issues = [Lint.SAME_ANSWER.format(id=written.id, line=answers[key])]
        answers.setdefault(key, written.line)
        yield question, issues


def _judge(knowledge: Knowledge, written: HandwrittenQuestion, seed: int) -> tuple[Question | None, list[str]]:
    point = next((point for point in knowledge.points if point.id == written.point), None)
    if point is None:
        return None, [Lint.POINT_GONE.format(id=written.id, point=written.point)]
    if not any(written.quote in quote for quote in point.quotes):
        return None, [Lint.QUOTE_GONE.format(id=written.id, point=point.id)]
    question = _draft(written, point).to_question(knowledge, seed)
    issues = [Lint.QUESTION_BAD.format(id=written.id, problem=problem) for problem in lint_question(question)]
    return question, [*_bindings(written, squash(written.quote or point.quote)), *issues]


def _draft(written: HandwrittenQuestion, point: Point) -> QuestionDraft:
    words = written.quote or next((quote for quote in point.quotes if written.right[0] in quote), point.quotes[0])
    quote = next(quote for quote in point.quotes if words in quote)
    return QuestionDraft(
        kind="written",
        point=point,
        asked=(written.id,),
        question=written.question,
        right=written.right,
        wrong=written.wrong,
        quote=quote,
        focus=written.quote or written.right[0],
        fixed=_JUDGED if _is_judged(written) else (),
        id=written.id,
        note=written.note or _what_stands_there(written),
    )


def _what_stands_there(written: HandwrittenQuestion) -> str:
    return Quiz.CHANGED_LONG.format(real=nested(written.quote)) if written.right == (Quiz.FALSE,) else ""


def _is_judged(written: HandwrittenQuestion) -> bool:
    return {*written.right, *written.wrong} == set(_JUDGED)


def _bindings(written: HandwrittenQuestion, words: str) -> Iterator[str]:
    """What does not fit between the options and the ``words`` of the source, squashed, on which they rest."""
    if _is_judged(written):
        if not written.quote:
            yield Lint.JUDGE_QUOTE.format(id=written.id)
        return
    right = [squash(option) in words for option in written.right]
    wrong = [squash(option) in words for option in written.wrong]
    if all(wrong) and not any(right):
        if not any(char in written.question for char in _NEGATIVE):
            yield Lint.NOT_NEGATIVE.format(id=written.id)
        return
    for option, stands in zip(written.right, right, strict=True):
        if not stands:
            yield Lint.ANSWER_GONE.format(id=written.id, text=option)
    for option, stands in zip(written.wrong, wrong, strict=True):
        if stands:
            yield Lint.WRONG_IS_TRUE.format(id=written.id, text=option)


_LONGER, _LONGER_BY = 1.5, 5
"""How many times as long as every wrong option, and by how many characters, a right one stands out."""
_FEW_WORDS = 8  # characters of a question for a figure that does not say of what it is one
_DIGITS = 3  # from so many on, one digit more or less is a test of eyesight
_ALIKE = 0.75  # of the pairs of characters, from which two questions ask for the same


def style_faults(question: Question) -> Iterator[str]:
    """Each thing that gives the answer away or asks for nothing worth knowing, as a sentence."""
    right = [question.options[index] for index in question.correct]
    wrong = [option for option in question.options if option not in right]
    longest = max(map(len, wrong))
    for option in right:
        if len(right) == 1 and len(option) >= max(_LONGER * longest, longest + _LONGER_BY):
            yield Lint.RIGHT_LONGEST.format(id=question.id, text=option)
        if any(differs_by_one_digit(option, other) and _digits(option) >= _DIGITS for other in wrong):
            yield Lint.DIGIT_SLIP.format(id=question.id, text=option)
    if len({_is_quoted(option) for option in right}) == 1 and {*map(_is_quoted, wrong)} == {not _is_quoted(right[0])}:
        yield Lint.QUOTED_ALONE.format(id=question.id)
    if right[0][0].isdecimal() and len(squash(question.question)) < _FEW_WORDS:
        yield Lint.NO_SUBJECT.format(id=question.id)


def doubles(questions: Sequence[Question]) -> Iterator[tuple[Question, Question]]:
    """Each question that asks for the same as an earlier one, in nearly the same words, with that one."""
    seen: list[tuple[frozenset[str], Question]] = []
    for question in questions:
        words = squash(question.question + "".join(sorted(question.options[index] for index in question.correct)))
        pairs = frozenset(words[at : at + 2] for at in range(len(words) - 1))
        twin = next(
            (other for found, other in seen if pairs and len(pairs & found) > _ALIKE * len(pairs | found)), None
        )
        if twin is not None:
            yield question, twin
        seen.append((pairs, question))


def _digits(text: str) -> int:
    return len(re.findall(r"\d", text))


def _is_quoted(option: str) -> bool:
    return "“" in option
