"""Questions for a term or name, and verbatim sentences with a term left out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.model import Fact, Knowledge, Point
from bot.quiz.generation.clauses import clauses_around
from bot.quiz.generation.distractors import TermPool, list_members, strip_quotes
from bot.quiz.generation.draft import QuestionDraft, is_question
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

WRONG = 3
MIN_ASK = 11  # a shorter one, such as “要不断加强的建设”, could be asked of several passages
MAX_SENTENCE = 90
MIN_SENTENCE = 12  # around the gap: a shorter one gives nothing to go by


def name_drafts(knowledge: Knowledge, terms: TermPool, seed: int) -> Iterator[QuestionDraft]:
    """A question for each fact whose value is a term."""
    for point in knowledge.points:
        found = terms.terms_of(point)
        for fact in point.facts:
            term = strip_quotes(fact.value)
            if term in found and not list_members(fact.value) and (draft := _of_fact(terms, point, fact, seed)):
                yield draft


def _of_fact(terms: TermPool, point: Point, fact: Fact, seed: int) -> QuestionDraft | None:
    quote = next(quote for quote in point.quotes if fact.value in quote)
    wrong = terms.distractors([strip_quotes(fact.value)], WRONG, seed, fact.ask, beside=fact.ask + point.quote)
    if not wrong or len(squash(fact.ask)) < MIN_ASK:
        return None
    question = (Quiz.AS_ASKED if is_question(fact.ask) else Quiz.WHAT_IS).format(ask=fact.ask)
    if gives_away(question, strip_quotes(fact.value), wrong):
        return None
    return QuestionDraft(
        "name", point, (fact.ask, fact.value), question, (strip_quotes(fact.value),), wrong, quote, fact.value
    )


def blank_drafts(knowledge: Knowledge, terms: TermPool, seed: int) -> Iterator[QuestionDraft]:
    """For each passage, a sentence with one of its terms left out; those with a family come first."""
    for point in knowledge.points:
        found = seeded_shuffle(terms.terms_of(point), seed, point.id)
        for term in sorted(found, key=lambda term: not terms.has_family(term)):
            if draft := _of_term(knowledge, terms, point, term, seed):
                yield draft


def _of_term(knowledge: Knowledge, terms: TermPool, point: Point, term: str, seed: int) -> QuestionDraft | None:
    quote = next(quote for quote in point.quotes if term in quote)
    sentence = clauses_around(quote, term, MAX_SENTENCE, MIN_SENTENCE + len(term))
    if sentence.count(term) != 1 or not MIN_SENTENCE <= len(sentence) - len(term) <= MAX_SENTENCE:
        return None
    wrong = terms.distractors([term], WRONG, seed, sentence, term, beside=sentence)
    # the gap filled with a wrong option must not be what the source says in another place
    if not wrong or any(sentence.replace(term, option) in knowledge.source for option in wrong):
        return None
    left = sentence.replace(term, Quiz.GAP)
    if gives_away(left, term, wrong):
        return None
    question = Quiz.FILL.format(sentence=left)
    return QuestionDraft("blank", point, (sentence, term), question, (term,), wrong, quote, term)


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
