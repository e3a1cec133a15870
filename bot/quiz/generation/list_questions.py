"""Questions on the lists of the source: which of these belongs to one, which does not, which ones do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import Knowledge, Point
from bot.quiz.generation.clauses import clauses_around
from bot.quiz.generation.distractors import TermPool, list_members
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.wording import Quiz

MAX_SENTENCE = 110
MIN_SENTENCE = 12
OPTIONS = 4
MORE_OPTIONS = 5
FEW_RIGHT, MANY_RIGHT = 2, 3


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is asked of a list, with the options that a generator chose."""

    kind: Literal["member", "several"]
    template: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def list_drafts(knowledge: Knowledge, terms: TermPool, seed: int) -> Iterator[QuestionDraft]:
    """One question for each list in a fact: of the kind ``member`` or ``several``, chosen by the seed."""
    for point in knowledge.points:
        for fact in point.facts:
            found = list_members(fact.value)
            if not found:
                continue
            choices = [choose(terms, point, found, seed) for choose in (_odd_one, _belongs, _several)]
            possible = [choice for choice in choices if choice.right and choice.wrong]
            quote = next((quote for quote in point.quotes if fact.value in quote), "")
            sentence = clauses_around(quote, fact.value, MAX_SENTENCE, len(fact.value) + MIN_SENTENCE)
            if not possible or not len(fact.value) + MIN_SENTENCE / 2 <= len(sentence) <= MAX_SENTENCE:
                continue
            chosen = possible[seeded_index(len(possible), seed, fact.value)]
            question = chosen.template.format(sentence=sentence.replace(fact.value, Quiz.GAP))
            yield QuestionDraft(
                chosen.kind, point, (fact.value,), question, chosen.right, chosen.wrong, quote, fact.value
            )


def _odd_one(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    fitting = tuple(seeded_shuffle(found, seed, *found)[: OPTIONS - 1])
    odd = terms.distractors(found, 1, seed, *found, beside=point.quote)
    return _Choice("member", Quiz.NOT_IN_LIST, odd, fitting)


def _belongs(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    fitting = tuple(seeded_shuffle(found, seed, *found)[:1])
    return _Choice(
        "member", Quiz.IN_LIST, fitting, terms.distractors(found, OPTIONS - 1, seed, *found, beside=point.quote)
    )


def _several(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    count = FEW_RIGHT + seeded_index(1 + MANY_RIGHT - FEW_RIGHT, seed, *found, "how many")
    fitting = tuple(seeded_shuffle(found, seed, *found)[:count])
    wrong = terms.distractors(found, MORE_OPTIONS - count, seed, *found, beside=point.quote)
    return _Choice("several", Quiz.SOME_IN_LIST, fitting, wrong)
