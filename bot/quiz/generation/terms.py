"""Terms that a curator has sorted in quiz.yaml: which one is left out of a sentence of the source."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.model import Point
from bot.knowledge.structure import Span
from bot.quiz.generation.distractors import TermPool
from bot.quiz.generation.draft import QuestionDraft, clauses_around
from bot.quiz.generation.material import Material, full_width
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

WRONG = 3
MAX_SENTENCE = 90
MIN_SENTENCE = 12  # around the gap: a shorter one gives nothing to go by


def term_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """One question for each term with a family; the wrong options are others of its family."""
    terms = TermPool(material.knowledge)
    for point in material.knowledge.points:
        for term in seeded_shuffle(terms.terms_of(point), seed, point.id):
            if terms.has_family(term) and (draft := _blank(material, terms, point, term, seed)):
                yield draft


def _blank(material: Material, terms: TermPool, point: Point, term: str, seed: int) -> QuestionDraft | None:
    number = next(number for number, quote in enumerate(point.quotes) if term in quote)
    quote = point.quotes[number]
    sentence = clauses_around(quote, term, MAX_SENTENCE, MIN_SENTENCE + len(term))
    if sentence.count(term) != 1 or not MIN_SENTENCE <= len(sentence) - len(term) <= MAX_SENTENCE:
        return None
    wrong = terms.distractors([term], WRONG, seed, sentence, term, beside=sentence)
    # the gap filled with a wrong option must not be what the source says in another place
    if not wrong or any(sentence.replace(term, option) in material.source for option in wrong):
        return None
    left = sentence.replace(term, Quiz.GAP)
    if gives_away(left, term, wrong):
        return None
    at = point.spans[number].start + quote.index(term)
    return QuestionDraft(
        kind="blank",
        point=point,
        asked=(sentence, term),
        question=Quiz.FILL.format(sentence=full_width(left)),
        right=(term,),
        wrong=wrong,
        quote=quote,
        focus=term,
        uses=(Span(at, at + len(term)),),
    )


def gives_away(question: str, right: str, wrong: tuple[str, ...]) -> bool:
    """Whether ``question`` repeats more of the right option than of any wrong one, so that one can guess."""
    asked = squash(question)
    shared = _shared(squash(right), asked)
    return shared >= 2 and all(_shared(squash(option), asked) < shared for option in wrong)


def _shared(option: str, asked: str) -> int:
    """How many characters of ``option`` stand in ``asked`` in one piece, at most."""
    sizes = range(len(option), 0, -1)
    return next(
        (size for size in sizes if any(option[at : at + size] in asked for at in range(len(option) - size + 1))), 0
    )
