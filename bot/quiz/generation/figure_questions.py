"""Questions for a figure, and statements in which a figure may have been changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.model import Fact, Knowledge, Point
from bot.quiz.generation.clauses import clauses_around
from bot.quiz.generation.draft import QuestionDraft, is_question
from bot.quiz.generation.number_with_unit import figures_in, parse_figure, plausible_figure, wrong_figures
from bot.quiz.seeded_random import seeded_index
from bot.wording import Quiz

WRONG = 3
MAX_SENTENCE = 100
MIN_SENTENCE = 8  # around the gap
_A_NUMBER = re.compile("[数额率度量]$|总额|资金")


def figure_drafts(knowledge: Knowledge, seed: int) -> Iterator[QuestionDraft]:
    """A question for each fact whose value is a figure, and for each figure of a passage that no fact asks for."""
    asked: set[int] = set()  # where in the source the figures stand that were asked for: passages overlap
    for point in knowledge.points:
        for fact in point.facts:
            if draft := _of_fact(knowledge, point, fact, seed):
                asked.add(_place(point, fact.value))
                yield draft
    for point in knowledge.points:
        yield from _of_passage(knowledge, point, asked, seed)


def _place(point: Point, words: str) -> int:
    """Where in the source ``words`` stand that stand in the passage of ``point``."""
    texts = zip(point.spans, point.quotes, strict=True)
    return next(span.start + quote.index(words) for span, quote in texts if words in quote)


def _of_fact(knowledge: Knowledge, point: Point, fact: Fact, seed: int) -> QuestionDraft | None:
    real = parse_figure(fact.value)
    quote = next((quote for quote in point.quotes if fact.value in quote), "")
    if real is None or not quote or is_question(fact.ask):
        return None
    wrong = wrong_figures(real, knowledge, WRONG, seed, fact.ask)
    if not wrong:
        return None
    counted = len(real.unit) == 1 and real.unit not in "%‰" and not _A_NUMBER.search(fact.ask)
    question = (Quiz.HOW_MANY if counted else Quiz.HOW_MUCH).format(ask=fact.ask, unit=real.unit)
    return QuestionDraft("figure", point, (fact.ask, fact.value), question, (fact.value,), wrong, quote, fact.value)


def _of_passage(knowledge: Knowledge, point: Point, asked: set[int], seed: int) -> Iterator[QuestionDraft]:
    """Figures that stand in the passage and in no fact: left out of their clause. ``asked`` takes in their places."""
    for quote in point.quotes:
        for real in figures_in(quote):
            if quote.count(str(real)) != 1 or _place(point, str(real)) in asked:
                continue
            asked.add(_place(point, str(real)))
            clause = clauses_around(quote, str(real), MAX_SENTENCE, MIN_SENTENCE + len(str(real)))
            wrong = wrong_figures(real, knowledge, WRONG, seed, clause)
            if wrong and MIN_SENTENCE <= len(clause) - len(str(real)) <= MAX_SENTENCE:
                question = Quiz.FILL_FIGURE.format(sentence=clause.replace(str(real), Quiz.GAP))
                yield QuestionDraft(
                    "figure", point, (clause, str(real)), question, (str(real),), wrong, quote, str(real)
                )


def true_false_drafts(knowledge: Knowledge, seed: int) -> Iterator[QuestionDraft]:
    """For each passage with a figure: does the source say so? In about half of them a figure was changed."""
    for point in knowledge.points:
        found = [real for real in figures_in(point.quotes[0]) if point.quotes[0].count(str(real)) == 1]
        if not found:
            continue
        real = found[seeded_index(len(found), seed, point.id, "which")]
        sentence = clauses_around(point.quotes[0], str(real), MAX_SENTENCE)
        changed = plausible_figure(real, seed, point.id)
        if changed is None or len(sentence) > MAX_SENTENCE:
            continue
        false = sentence.replace(str(real), str(changed))
        if false in knowledge.source:
            continue
        holds = seeded_index(2, seed, point.id, "holds") == 0
        yield QuestionDraft(
            kind="true_false",
            point=point,
            asked=(sentence,),
            question=Quiz.TRUE_OR_FALSE.format(sentence=sentence if holds else false),
            right=(Quiz.TRUE if holds else Quiz.FALSE,),
            wrong=(Quiz.FALSE if holds else Quiz.TRUE,),
            quote=sentence,
            focus=str(real),
            fixed=(Quiz.TRUE, Quiz.FALSE),
        )
