"""Golden questions and quiz questions that a draft brings, and the text of golden.yaml and quiz.yaml. Pure.

A golden question is asked in other words than the point has: a model's phrasing that was held back, or what patterns
make of a term, a figure or a gap. Only what is answered as it should be is written down: it shows later what a change
breaks. Of the questions that the bank makes, those are written down that quiz.yaml can say; a curator can mend them
there, and an edition of the document tells which of them lost their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from bot.knowledge.edit.yaml_emit import item_lines, to_flow_style
from bot.knowledge.files import QUIZ_FILE
from bot.knowledge.model import GoldenQuestion, HandwrittenQuestion, Knowledge, Point, QuizAdditions
from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.handwritten import lint_handwritten
from bot.quiz.question import Question
from bot.retrieval.retriever import Retriever
from bot.text import squash
from bot.wording import Drafting

MAX_GOLDEN: Final = 80
"""Golden questions of a draft: all are asked before each change."""
GAPS_EACH: Final = 3
"""Of so many points with gaps, one's is asked for."""


def make_golden(retriever: Retriever, held_back: Mapping[str, str]) -> tuple[GoldenQuestion, ...]:
    """The golden questions on the points of ``retriever``'s knowledge, at most ``MAX_GOLDEN``, spread over it.

    ``held_back`` are questions, by id of their point, that a model wrote and that the point does not have.
    """
    points = retriever.knowledge.points
    known = {squash(text) for point in points for text in _phrasings(point)}
    asked = [
        GoldenQuestion(ask, (point.id,))
        for point in points
        for ask in chain((held_back.get(point.id, ""),), _asked_otherwise(point))
        if ask and squash(ask) not in known
    ]
    gaps = [point.gaps[0] for point in points if point.gaps]
    asked += [GoldenQuestion(Drafting.GOLDEN_GAP.format(gap=gap.rstrip("?？"))) for gap in gaps[::GAPS_EACH]]
    found: dict[tuple[str, ...] | str, GoldenQuestion] = {}
    for golden in asked:
        of_one = golden.points or golden.ask  # of each point the first that is answered
        if of_one not in found and _is_right(golden, retriever):
            found[of_one] = golden
    return tuple(_spread([*{one.ask: one for one in found.values()}.values()]))


def make_quiz(knowledge: Knowledge) -> tuple[HandwrittenQuestion, ...]:
    """The questions of the bank on ``knowledge`` that can be written down by its points, in their order."""
    plain = replace(knowledge, quiz_additions=QuizAdditions())
    points = {point.id: point for point in plain.points}
    written = [
        replace(_written(question, points[question.point]), line=number)
        for number, question in enumerate(make_bank(plain), start=1)
        if question.point in points
    ]
    while True:  # what is told of one of two alike may be of the other when the one has gone
        additions = QuizAdditions(tuple(written))
        faulty = {issue.line for issue in lint_handwritten(replace(plain, quiz_additions=additions), QUIZ_FILE)}
        if not faulty:
            return tuple(written)
        written = [one for one in written if one.line not in faulty]


def golden_text(golden: Iterable[GoldenQuestion]) -> str:
    """The text of golden.yaml that says ``golden``."""
    return _file_text(Drafting.GOLDEN_HEAD, map(_golden_lines, golden))


def quiz_text(quiz: Iterable[HandwrittenQuestion]) -> str:
    """The text of quiz.yaml that says ``quiz``."""
    return _file_text(Drafting.QUIZ_HEAD, map(_quiz_lines, quiz))


def _phrasings(point: Point) -> Iterator[str]:
    yield from (point.title, *point.aliases, *point.questions, *point.gaps)
    yield from (fact.ask for fact in point.facts)


def _asked_otherwise(point: Point) -> Iterator[str]:
    """A point's terms and figures, asked in a way in which it does not have them."""
    for alias in point.aliases:
        yield Drafting.GOLDEN_TERM.format(term=alias)
    for fact in point.facts:
        yield Drafting.GOLDEN_FIGURE.format(ask=fact.ask)


def _is_right(golden: GoldenQuestion, retriever: Retriever) -> bool:
    verdict = retriever.ask(golden.ask)
    return golden.accepts([point.id for point in verdict.points] if verdict.kind == "answer" else ())


def _spread(golden: Sequence[GoldenQuestion]) -> Iterator[GoldenQuestion]:
    count = min(len(golden), MAX_GOLDEN)
    return (golden[number * len(golden) // count] for number in range(count))


def _written(question: Question, point: Point) -> HandwrittenQuestion:
    right = [question.options[number] for number in question.correct]
    return HandwrittenQuestion(
        id=question.id.replace("_", "-"),
        point=question.point,
        question=question.question,
        right=tuple(right),
        wrong=tuple(option for option in question.options if option not in right),
        quote=question.quote if any(question.quote in quote for quote in point.quotes) else "",
    )


def _file_text(head: str, items: Iterable[Iterator[str]]) -> str:
    lines = list(chain.from_iterable(items))
    comments = [f"# {line}" for line in head.splitlines()]
    return "\n".join([*comments, "questions:" if lines else "questions: []", *lines, ""])


def _golden_lines(golden: GoldenQuestion) -> Iterator[str]:
    points = {"point": golden.points[0]} if golden.points else {}
    return item_lines({"ask": golden.ask, **points}, 2, 2)


def _quiz_lines(written: HandwrittenQuestion) -> Iterator[str]:
    values = {"id": written.id, "point": written.point, "question": written.question}
    yield from item_lines(values, 2, 2)
    for key, options in (("right", written.right), ("wrong", written.wrong)):
        yield f"    {key}: {to_flow_style(options)}"
    if written.quote:
        yield f"    quote: {to_flow_style(written.quote)}"
