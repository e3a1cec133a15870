"""Which part of the document says it?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.knowledge.model import Knowledge, Point, Section
from bot.quiz.generation.clauses import clauses_around
from bot.quiz.generation.cloze_questions import gives_away
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.number_with_unit import figures_in
from bot.quiz.seeded_random import seeded_shuffle
from bot.wording import Quiz

WRONG = 3
MIN_WRONG = 2
MIN_SENTENCE, MAX_SENTENCE = 18, 80
_LONGER = 2  # a title that is so many times longer than another stands out


def section_drafts(knowledge: Knowledge, options: Collection[str], seed: int) -> Iterator[QuestionDraft]:
    """One question for each section: a sentence that stands there, and nowhere else.

    The sentence with the fewest ``options`` of other questions is taken: it could give an answer away.
    """
    for section in knowledge.sections:
        made = [_of_point(knowledge, section, point, seed) for point in knowledge.points_of(section.id)]
        drafts = {draft.quote: draft for draft in made if draft is not None}
        order = seeded_shuffle(drafts, seed, section.id)
        if order:
            yield drafts[min(order, key=lambda sentence: sum(option in sentence for option in options))]


def _of_point(knowledge: Knowledge, section: Section, point: Point, seed: int) -> QuestionDraft | None:
    sentence = clauses_around(point.quotes[0], point.quotes[0][:1], MAX_SENTENCE)
    heading = bool(section.begins) and (section.begins in sentence or sentence in section.begins)
    if figures_in(sentence):  # it would give away the answer to a question for that figure
        return None
    if heading or knowledge.source.count(sentence) != 1 or not MIN_SENTENCE <= len(sentence) <= MAX_SENTENCE:
        return None
    wrong = tuple(seeded_shuffle(_apart(knowledge, section), seed, point.id)[:WRONG])
    if len(wrong) < MIN_WRONG or gives_away(sentence, section.title, wrong):
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
