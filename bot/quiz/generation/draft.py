"""A ``QuestionDraft``: what a generator of questions returns. Its options are still apart, right from wrong.

Its sentences are verbatim text, cut at the ends of clauses only, so that what is left still reads. A question is not
asked if a poll cannot carry it, or if it has more than one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.quiz.generation.material import Material, Statement, full_width, nested
from bot.quiz.generation.number_with_unit import parse_figure
from bot.quiz.question import (
    MAX_EXPLANATION,
    MAX_LINE_FEEDS,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_QUESTION,
    MIN_OPTIONS,
    Question,
    QuestionKind,
)
from bot.quiz.seeded_random import digest, seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

_ASKS = re.compile("什么|谁|哪|几|怎样|怎么|多少|如何")
_CLAUSE = re.compile(r"[^,，;；。！？!?\n]+[,，;；。！？!?\n]*")
_TAIL = ",，;；。、 \n"
ELLIPSIS = "…"
_MIN_QUOTE = 30


def is_question(text: str) -> bool:
    """Whether ``text`` asks by itself, and needs no “是什么” behind it."""
    return _ASKS.search(text) is not None


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question before its options are put in order.

    ``asked`` are the words of the source that the question is about: its id hangs on them and on its kind, so that it
    keeps its id when other wrong options are drawn. ``quote`` is verbatim, ``focus`` the part of it that must not
    be cut off in the explanation, ``note`` what it says first, such as what was changed. ``fixed``: the options stay as
    they are, right ones first or not. ``uses`` are the stretches of the source that the question asks for: what
    another question asks for as well is a double in substance. ``place``: where it stands, if not what the point
    says. ``is_quoted``: the explanation quotes ``quote``; else its note says all.
    """

    kind: QuestionKind
    point: Point
    asked: tuple[str, ...]
    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    quote: str
    focus: str = ""
    fixed: tuple[str, ...] = ()
    id: str = ""
    note: str = ""
    uses: tuple[Span, ...] = ()
    place: str = ""
    is_quoted: bool = True

    def to_question(self, knowledge: Knowledge, seed: int) -> Question:
        """The question, its options in the order that ``seed`` draws."""
        id = self.id or f"{self.kind}-{digest(self.kind, *self.asked)[:10]}"
        options = self.fixed or tuple(seeded_shuffle((*self.right, *self.wrong), seed, id))
        return Question(
            id=id,
            kind=self.kind,
            point=self.point.id,
            question=self.question,
            options=options,
            correct=tuple(number for number, option in enumerate(options) if option in self.right),
            explanation=self._explanation(self.place or knowledge.citation(self.point)),
            quote=self.quote,
        )

    def _explanation(self, citation: str) -> str:
        if self.note and not self.is_quoted:
            return f"{self.note}\n{Quiz.PLACE.format(citation=citation)}"
        return make_explanation(self.quote, self.focus, citation, self.note)


def make_explanation(quote: str, focus: str, citation: str, note: str = "") -> str:
    """``note``, ``quote`` and where it stands, in what a poll can carry; cut at a clause's end around ``focus``.

    A note that leaves no room for the quote stands alone: it has the words of the source that matter.
    """
    note = note and note + "\n"
    room = MAX_EXPLANATION - len(note) - len(Quiz.EXPLANATION.format(quote="", citation=citation))
    if note and room < _MIN_QUOTE:
        return note + Quiz.PLACE.format(citation=citation)
    return note + Quiz.EXPLANATION.format(
        quote=elide_around(quote, focus or quote[:1], max(room, 3)), citation=citation
    )


def clauses_around(text: str, part: str, limit: int, least: int = 0) -> str:
    """The whole clauses of ``text`` that hold ``part``, with as many of their neighbours as ``limit`` has room for.

    Those before come first: they carry the subject. With ``least`` no more is taken than is needed to reach so many
    characters. The clauses that hold ``part`` are kept even if they are longer than ``limit``; empty if ``text``
    does not have ``part``. Marks at the end are left out.
    """
    start = text.find(part)
    if start < 0 or not part:
        return ""
    spans = [found.span() for found in _CLAUSE.finditer(text)]
    inside = [number for number, (begin, end) in enumerate(spans) if begin < start + len(part) and end > start]
    if not inside:  # nothing but marks
        return ""
    first, last = inside[0], inside[-1]

    def cut(first: int, last: int) -> str:
        return text[spans[first][0] : spans[last][1]].strip(_TAIL)

    while not least or len(cut(first, last)) < least:
        if first > 0 and len(cut(first - 1, last)) <= limit:
            first -= 1
        elif last + 1 < len(spans) and len(cut(first, last + 1)) <= limit:
            last += 1
        else:
            break
    return cut(first, last)


def elide_around(text: str, part: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters around ``part``, with an ellipsis on each side that lost something."""
    whole = text.strip(" \n")
    if len(whole) <= limit:
        return whole
    room = limit - 2 * len(ELLIPSIS)
    kept = clauses_around(whole, part, room)
    if not kept or len(kept) > room:  # one clause that is longer than the limit: there is no good place to cut it
        start = max(whole.find(part), 0)
        kept = whole[start : start + room]
    before = "" if whole.startswith(kept) else ELLIPSIS
    after = "" if whole.endswith(kept) else ELLIPSIS
    return f"{before}{kept}{after}"


def lint_question(question: Question) -> Iterator[str]:
    """Each thing wrong with ``question``, as a sentence for the person who wrote it."""
    yield from _sizes(question)
    yield from _readings(question)


def _sizes(question: Question) -> Iterator[str]:
    if len(question.options) < MIN_OPTIONS or not 0 < len(question.correct) < len(question.options):
        yield Quiz.FEW_OPTIONS
    if len(question.options) > MAX_OPTIONS:
        yield Quiz.MANY_OPTIONS.format(limit=MAX_OPTIONS)
    if len(question.question) > MAX_QUESTION:
        yield Quiz.QUESTION_LONG.format(limit=MAX_QUESTION)
    for option in question.options:
        if len(option) > MAX_OPTION:
            yield Quiz.OPTION_LONG.format(text=option, limit=MAX_OPTION)
    if len(question.explanation) > MAX_EXPLANATION or question.explanation.count("\n") > MAX_LINE_FEEDS:
        yield Quiz.EXPLANATION_LONG.format(limit=MAX_EXPLANATION, lines=MAX_LINE_FEEDS)


def _readings(question: Question) -> Iterator[str]:
    seen: set[str] = set()
    for option in question.options:
        if squash(option) in seen:
            yield Quiz.SAME_OPTIONS.format(text=option)
        seen.add(squash(option))
    right = [question.options[number] for number in question.correct]
    wrong = [option for option in question.options if option not in right]
    for one in right:
        for other in wrong:
            if squash(one) != squash(other) and _overlap(one, other):
                yield Quiz.TWO_TRUE.format(wrong=other, right=one)
        if len(squash(one)) > 1 and squash(one) in squash(question.question):
            yield Quiz.ANSWER_VISIBLE.format(text=one)


def _overlap(one: str, other: str) -> bool:
    """Whether one option is a part of the other; ``2个`` is no part of ``32个``."""
    if parse_figure(one) is not None and parse_figure(other) is not None:
        return False
    short, long = sorted((squash(one), squash(other)), key=len)
    return short in long and long not in {negation + short for negation in "无非不未"}


def gap_stem(material: Material, statement: Statement, text: str, left_out: str) -> str:
    """``text`` of a statement with a gap for ``left_out``; where a sentence alone is of no one, with its heading."""
    sentence = full_width(text.replace(left_out, Quiz.GAP, 1)).rstrip("！？。")
    topic = "" if material.is_rule else nested(statement.topic)
    return (Quiz.FILL_IN if topic else Quiz.FILL).format(topic=topic, sentence=sentence)
