"""What a new document can be asked: a few questions in its own words, each with the passage that answers it. Pure.

They are made of the document's terms, figures and headings, and asked like any other question. One is shown only if the
retriever finds the passage that it was made of; the answer is shown from the sentence in question on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from bot.knowledge.model import Knowledge
from bot.knowledge.structure import Span, Structure, without_heading_marks
from bot.retrieval.retriever import Retriever
from bot.text import shorten
from bot.wording import Samples

COUNT: Final = 3
MAX_ASKED: Final = 18  # questions that are tried: each takes up to a quarter of a second
MAX_ANSWER: Final = 60  # characters of a passage that are shown
_LONGEST: Final = 16  # characters of a heading that is asked for
_DEFINED: Final = re.compile(
    r"(?:^|(?<=[。；\n：]))[ 　]*(?:第[一二三四五六七八九十百零〇0-9]+条[ 　]*)?(?:本[\u4e00-\u9fff]{1,4}所称的?)?"
    r"([\u4e00-\u9fff]{2,8})，?是指[^。]{4,}",
    re.MULTILINE,
)
_FIGURE: Final = re.compile(
    r"(?<=[。；，：\n])([\u4e00-\u9fff]{3,8}?)(?:为|是|不超过|不少于|不得超过|达到|共)\d+[\u4e00-\u9fff%.]"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with the beginning of the passage that answers it, and its place."""

    question: str
    answer: str
    place: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A question and the stretch of the source that it was made of."""

    question: str
    span: Span


def sample_questions(retriever: Retriever) -> tuple[Sample, ...]:
    """At most ``COUNT`` questions for which ``retriever`` shows what they were made of, each another passage."""
    knowledge = retriever.knowledge
    answered: list[Sample] = []
    near: list[Sample] = []
    shown: set[str] = set()
    for number, made in enumerate(_questions(knowledge)):
        if len(answered) == COUNT or number == MAX_ASKED:
            break
        verdict = retriever.ask(made.question)
        point = verdict.matches[0].point if verdict.matches else None
        if verdict.kind not in {"answer", "suggest"} or point is None:
            continue
        spans = [span for span in knowledge.excerpt(point) if _says_more(knowledge.structure, span)]
        span = next((span for span in spans if _overlap(span, made.span)), None)
        if span is None:
            continue
        sentence = knowledge.structure.sentence_at(max(made.span.start, span.start))
        start = span.start if sentence is None else max(sentence.span.start, span.start)
        text = " ".join(without_heading_marks(knowledge.source[start : span.end]).split())
        if text in shown:
            continue
        shown.add(text)
        place = knowledge.citation(knowledge.passage([span])) if knowledge.is_passage(point) else point.title
        sample = Sample(made.question, shorten(text, MAX_ANSWER), place)
        (answered if verdict.kind == "answer" else near).append(sample)
    return tuple([*answered, *near][:COUNT])


def _says_more(structure: Structure, span: Span) -> bool:
    """Whether anything but headings stands in ``span``."""
    return any(not sentence.is_heading for sentence in structure.sentences_of(span))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _questions(knowledge: Knowledge) -> Iterator[_Made]:
    """What may be asked of a document, questions of each kind in turn, spread over its length."""
    source, structure = knowledge.source, knowledge.structure
    points = [_Made(point.questions[0], point.spans[0]) for point in knowledge.points if point.questions]
    terms = [_Made(Samples.TERM.format(term=found[1]), Span(*found.span())) for found in _DEFINED.finditer(source)]
    figures = [_Made(Samples.FIGURE.format(term=found[1]), Span(*found.span())) for found in _FIGURE.finditer(source)]
    headings, places = list(_headings(structure)), list(_places(structure))
    kinds = (_spread(kind) for kind in (points, terms, figures, headings, places))
    return (made for made in chain.from_iterable(zip_longest(*kinds)) if made is not None)


def _headings(structure: Structure) -> Iterator[_Made]:
    for section in structure.sections:
        if section.is_heading and section.kind != "article" and 2 <= len(section.name) <= _LONGEST:
            yield _Made(Samples.HEADING.format(name=section.name), section.span)


def _places(structure: Structure) -> Iterator[_Made]:
    """Questions for an article by its number, or for a section by its heading."""
    articles = [section for section in structure.sections if section.kind == "article" and section.label]
    for section in articles or [one for one in structure.sections if one.is_heading and one.name]:
        asked = Samples.ARTICLE.format(label=section.label) if articles else Samples.SECTION.format(name=section.name)
        yield _Made(asked, section.span)


def _spread(made: list[_Made]) -> list[_Made]:
    """Some of what was ``made``, from the middle of each part of the document."""
    step = max(len(made) // (MAX_ASKED // 3), 1)
    return made[step // 2 :: step]
