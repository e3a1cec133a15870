"""Figures, terms of time and days: which one stands in a sentence that says what it is a figure of."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.structure import Span
from bot.quiz.generation.draft import QuestionDraft, clauses_around, gap_stem
from bot.quiz.generation.material import Material, full_width
from bot.quiz.seeded_random import seeded_shuffle

WRONG = 3
MAX_SENTENCE = 90
MIN_AROUND = 8


_SAME = 5
"""Pairs of characters from which two sentences of one part that have one figure say the same with it."""


def figure_drafts(material: Material, seed: int, each: int = 1) -> Iterator[QuestionDraft]:
    """Up to ``each`` questions for each statement with figures; those whose options no other one has come first."""
    asked: list[tuple[str, str, frozenset[str]]] = []
    for statement in material.statements:
        if statement.is_formal:
            continue
        made = 0
        figures = {real: wrong for real, wrong in material.figures(statement)}
        for real in seeded_shuffle(figures, seed, statement.text):
            wrong = figures[real](WRONG, seed)
            text = statement.text
            if text.count(real) > 1:  # the first clause that has it, if that says of what it is a figure
                text = clauses_around(text, real, 0)
                if not statement.text.startswith(text):
                    continue
            elif not material.is_rule or len(text) > MAX_SENTENCE:
                text = clauses_around(text, real, MAX_SENTENCE - 24, MIN_AROUND + len(real) + 8)
            if text != statement.text and material.is_rule and text.endswith("的"):  # but a condition
                continue
            if any(material.stands(text.replace(real, option)) for option in wrong):
                continue
            if (
                not wrong
                or made >= each
                or text.count(real) != 1
                or not MIN_AROUND <= len(text) - len(real) <= MAX_SENTENCE
            ):
                continue
            words = frozenset(text[at : at + 2] for at in range(len(text) - 1))
            if any(
                part == statement.part and figure == real and len(words & others) >= _SAME
                for part, figure, others in asked
            ):
                continue
            made += 1
            asked.append((statement.part, real, words))
            at = statement.span.start + statement.text.index(real)
            yield QuestionDraft(
                kind="figure",
                point=material.point_at(statement.span),
                asked=(text, real),
                question=gap_stem(material, statement, text, real),
                right=(full_width(real),),
                wrong=tuple(map(full_width, wrong)),
                quote=statement.text,
                focus=real,
                uses=(Span(at, at + len(real)),),
            )
