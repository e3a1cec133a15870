"""The generators: each turns points and facts into drafts.

For a figure, and statements in which a figure may have been changed; on the lists of the source: which of these belongs
to one, which does not, which ones do; for a term or name, and verbatim sentences with a term left out; for sections:
which part of the document says it?
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import Fact, Knowledge, Point, Section
from bot.quiz.generation.distractors import TermPool, list_members, strip_quotes
from bot.quiz.generation.draft import QuestionDraft, clauses_around, is_question
from bot.quiz.generation.number_with_unit import figures_in, parse_figure, plausible_figure, wrong_figures
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

WRONG = 3
FIGURE_MAX_SENTENCE = 100
FIGURE_MIN_SENTENCE = 8  # around the gap
_A_NUMBER = re.compile("[数额率度量]$|总额|资金")
LIST_MAX_SENTENCE = 110
LIST_MIN_SENTENCE = 12
LIST_OPTIONS = 4
LIST_MORE_OPTIONS = 5
FEW_RIGHT, MANY_RIGHT = 2, 3
TERM_MIN_ASK = 11  # a shorter one, such as “要不断加强的建设”, could be asked of several passages
TERM_MAX_SENTENCE = 90
TERM_MIN_SENTENCE = 12  # around the gap: a shorter one gives nothing to go by
SECTION_MIN_WRONG = 2
SECTION_MIN_SENTENCE, SECTION_MAX_SENTENCE = 18, 80
_LONGER = 2  # a title that is so many times longer than another stands out


def figure_drafts(knowledge: Knowledge, seed: int) -> Iterator[QuestionDraft]:
    """A question for each fact whose value is a figure, and for each figure of a passage that no fact asks for."""
    asked: set[int] = set()  # where in the source the figures stand that were asked for: passages overlap
    for point in knowledge.points:
        for fact in point.facts:
            if draft := _figure_of_fact(knowledge, point, fact, seed):
                asked.add(_place(point, fact.value))
                yield draft
    for point in knowledge.points:
        yield from _figures_of_passage(knowledge, point, asked, seed)


def _place(point: Point, words: str) -> int:
    """Where in the source ``words`` stand that stand in the passage of ``point``."""
    texts = zip(point.spans, point.quotes, strict=True)
    return next(span.start + quote.index(words) for span, quote in texts if words in quote)


def _figure_of_fact(knowledge: Knowledge, point: Point, fact: Fact, seed: int) -> QuestionDraft | None:
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


def _figures_of_passage(knowledge: Knowledge, point: Point, asked: set[int], seed: int) -> Iterator[QuestionDraft]:
    """Figures that stand in the passage and in no fact: left out of their clause. ``asked`` takes in their places."""
    for quote in point.quotes:
        for real in figures_in(quote):
            if quote.count(str(real)) != 1 or _place(point, str(real)) in asked:
                continue
            asked.add(_place(point, str(real)))
            clause = clauses_around(quote, str(real), FIGURE_MAX_SENTENCE, FIGURE_MIN_SENTENCE + len(str(real)))
            wrong = wrong_figures(real, knowledge, WRONG, seed, clause)
            if wrong and FIGURE_MIN_SENTENCE <= len(clause) - len(str(real)) <= FIGURE_MAX_SENTENCE:
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
        sentence = clauses_around(point.quotes[0], str(real), FIGURE_MAX_SENTENCE)
        changed = plausible_figure(real, seed, point.id)
        if changed is None or len(sentence) > FIGURE_MAX_SENTENCE:
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
            sentence = clauses_around(quote, fact.value, LIST_MAX_SENTENCE, len(fact.value) + LIST_MIN_SENTENCE)
            if not possible or not len(fact.value) + LIST_MIN_SENTENCE / 2 <= len(sentence) <= LIST_MAX_SENTENCE:
                continue
            chosen = possible[seeded_index(len(possible), seed, fact.value)]
            question = chosen.template.format(sentence=sentence.replace(fact.value, Quiz.GAP))
            yield QuestionDraft(
                chosen.kind, point, (fact.value,), question, chosen.right, chosen.wrong, quote, fact.value
            )


def _odd_one(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    fitting = tuple(seeded_shuffle(found, seed, *found)[: LIST_OPTIONS - 1])
    odd = terms.distractors(found, 1, seed, *found, beside=point.quote)
    return _Choice("member", Quiz.NOT_IN_LIST, odd, fitting)


def _belongs(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    fitting = tuple(seeded_shuffle(found, seed, *found)[:1])
    return _Choice(
        "member", Quiz.IN_LIST, fitting, terms.distractors(found, LIST_OPTIONS - 1, seed, *found, beside=point.quote)
    )


def _several(terms: TermPool, point: Point, found: tuple[str, ...], seed: int) -> _Choice:
    count = FEW_RIGHT + seeded_index(1 + MANY_RIGHT - FEW_RIGHT, seed, *found, "how many")
    fitting = tuple(seeded_shuffle(found, seed, *found)[:count])
    wrong = terms.distractors(found, LIST_MORE_OPTIONS - count, seed, *found, beside=point.quote)
    return _Choice("several", Quiz.SOME_IN_LIST, fitting, wrong)


def name_drafts(knowledge: Knowledge, terms: TermPool, seed: int) -> Iterator[QuestionDraft]:
    """A question for each fact whose value is a term."""
    for point in knowledge.points:
        found = terms.terms_of(point)
        for fact in point.facts:
            term = strip_quotes(fact.value)
            if term in found and not list_members(fact.value) and (draft := _name_of_fact(terms, point, fact, seed)):
                yield draft


def _name_of_fact(terms: TermPool, point: Point, fact: Fact, seed: int) -> QuestionDraft | None:
    quote = next(quote for quote in point.quotes if fact.value in quote)
    wrong = terms.distractors([strip_quotes(fact.value)], WRONG, seed, fact.ask, beside=fact.ask + point.quote)
    if not wrong or len(squash(fact.ask)) < TERM_MIN_ASK:
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
            if draft := _blank_of_term(knowledge, terms, point, term, seed):
                yield draft


def _blank_of_term(knowledge: Knowledge, terms: TermPool, point: Point, term: str, seed: int) -> QuestionDraft | None:
    quote = next(quote for quote in point.quotes if term in quote)
    sentence = clauses_around(quote, term, TERM_MAX_SENTENCE, TERM_MIN_SENTENCE + len(term))
    if sentence.count(term) != 1 or not TERM_MIN_SENTENCE <= len(sentence) - len(term) <= TERM_MAX_SENTENCE:
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


def section_drafts(knowledge: Knowledge, options: Collection[str], seed: int) -> Iterator[QuestionDraft]:
    """One question for each section: a sentence that stands there, and nowhere else.

    The sentence with the fewest ``options`` of other questions is taken: it could give an answer away.
    """
    for section in knowledge.sections:
        made = [_sentence_of_point(knowledge, section, point, seed) for point in knowledge.points_of(section.id)]
        drafts = {draft.quote: draft for draft in made if draft is not None}
        order = seeded_shuffle(drafts, seed, section.id)
        if order:
            yield drafts[min(order, key=lambda sentence: sum(option in sentence for option in options))]


def _sentence_of_point(knowledge: Knowledge, section: Section, point: Point, seed: int) -> QuestionDraft | None:
    sentence = clauses_around(point.quotes[0], point.quotes[0][:1], SECTION_MAX_SENTENCE)
    heading = bool(section.begins) and (section.begins in sentence or sentence in section.begins)
    if figures_in(sentence):  # it would give away the answer to a question for that figure
        return None
    if (
        heading
        or knowledge.source.count(sentence) != 1
        or not SECTION_MIN_SENTENCE <= len(sentence) <= SECTION_MAX_SENTENCE
    ):
        return None
    wrong = tuple(seeded_shuffle(_apart(knowledge, section), seed, point.id)[:WRONG])
    if len(wrong) < SECTION_MIN_WRONG or gives_away(sentence, section.title, wrong):
        return None
    question = Quiz.WHERE.format(sentence=sentence)
    return QuestionDraft("place", point, (sentence,), question, (section.title,), wrong, sentence, sentence)


def _apart(knowledge: Knowledge, section: Section) -> list[str]:
    """The titles of the sections of the same depth: one that holds the other would be right as well."""
    depth = section.id.count(".")
    size = len(section.title)
    return [
        other.title
        for other in knowledge.sections
        if other.id != section.id
        and other.id.count(".") == depth
        and size / _LONGER <= len(other.title) <= size * _LONGER
    ]
