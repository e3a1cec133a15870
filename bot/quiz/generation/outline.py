"""What belongs to which part: of measures that sound alike, those that stand under a heading.

A measure that repeats the words of its heading tells the answer. So the right ones share no word with it, and the wrong
ones, from under other headings, do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.structure import SourceSection, Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.inline_list import VERB
from bot.quiz.generation.material import Material, full_width, heading_of, nested
from bot.quiz.seeded_random import seeded_shuffle
from bot.wording import Quiz

RIGHT, WRONG = 2, 2
MIN_HEADINGS = 3
MIN_MEASURE, MAX_MEASURE = 7, 18
MOST = 4
_FIRST = re.compile(r"^[^，,。；;：:、]+")
_COMMON = 3
"""In so many headings a word tells none of them."""


@dataclass(frozen=True, slots=True)
class _Measure:
    text: str
    span: Span
    section: str


def outline_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Up to four questions; none for a rule, whose chapters say only where something stands."""
    if material.is_rule:
        return
    headings = _headings(material)
    if len(headings) < MIN_HEADINGS:
        return
    measures = list(_measures(material, headings))
    drafts = {
        heading_of(section): draft
        for section in headings
        if (draft := _belonging(material, section, headings, measures, seed))
    }
    yield from (drafts[name] for name in seeded_shuffle(drafts, seed, "outline")[:MOST])


def _headings(material: Material) -> list[SourceSection]:
    """The headings right below the parts, as far as they are tasks."""
    return [
        child
        for part in material.structure.children()
        for child in material.structure.children(part)
        if child.kind not in {"article", "number", "subnumber", "circled"} and heading_of(child)
    ]


def _measures(material: Material, headings: Sequence[SourceSection]) -> Iterator[_Measure]:
    """What the sentences under each heading begin with, as far as it is something to be done."""
    for section in headings:
        for sentence in material.structure.sentences:
            start, end = sentence.span.start, sentence.span.end
            if not section.head.end <= start < section.span.end:
                continue
            if material.is_addressed(section.head.end, start):
                break
            found = _FIRST.match(material.source[start:end])
            if found and MIN_MEASURE <= len(found.group()) <= MAX_MEASURE and VERB.match(found.group()):
                yield _Measure(found.group(), Span(start, start + len(found.group())), section.id)


def _belonging(
    material: Material,
    section: SourceSection,
    headings: Sequence[SourceSection],
    measures: Sequence[_Measure],
    seed: int,
) -> QuestionDraft | None:
    name, text = heading_of(section), material.source[section.span.start : section.span.end]
    words = {
        word
        for word in _pairs(name)
        if sum(word in heading_of(other) for other in headings) < _COMMON and not VERB.match(word)
    }
    telling = {word for word in words if _is_topic(word, text, material.source)}
    parent = section.parent
    own = [one for one in measures if one.section == section.id and not words & _pairs(one.text)]
    beside = {other.id for other in headings if other.parent == parent and other is not section}
    traps = [
        one
        for one in measures
        if one.section in beside
        and telling & _pairs(one.text)
        and one.text not in text
        and not any(is_restatement(one.text, mine.text) for mine in own)
    ]
    texts = {one.text: one for one in (*own, *traps)}
    right = seeded_shuffle([one.text for one in own], seed, name)[:RIGHT]
    wrong = seeded_shuffle([one.text for one in traps], seed, name)[:WRONG]
    if len(right) < RIGHT or len(wrong) < WRONG:
        return None
    first = min((texts[one] for one in right), key=lambda one: one.span.start)
    topics = {other.id: heading_of(other) for other in headings}
    told = "".join(Quiz.STANDS_IN.format(measure=nested(one), part=nested(topics[texts[one].section])) for one in wrong)
    return QuestionDraft(
        kind="match",
        point=material.point_at(first.span),
        asked=(name, "belongs"),
        question=Quiz.MEASURES.format(part=nested(name)) + Quiz.SEVERAL_MARK,
        right=tuple(map(full_width, right)),
        wrong=tuple(map(full_width, wrong)),
        quote=material.source[first.span.start : first.span.end],
        note=told + Quiz.OTHERS_HERE,
        is_quoted=False,
        uses=tuple(texts[one].span for one in right),
    )


def _is_topic(word: str, text: str, source: str) -> bool:
    """Whether a section speaks of ``word`` more often than the whole document does."""
    return text.count(word) >= _OFTEN and text.count(word) * len(source) >= _MORE * source.count(word) * len(text)


_OFTEN, _MORE = 3, 2.5


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
