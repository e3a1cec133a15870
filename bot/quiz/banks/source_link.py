"""The passage of the served document that a question of a bank rests on, if one plainly does.

A question is made a statement: its blank filled with what is right. The sentence is looked for that has most of what
the statement says, and that has the right answer in so many words. If none has enough, the question has no source: a
passage that does not answer is worse than none.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bot.knowledge.model import MAX_PASSAGE_SPANS, Knowledge, Point
from bot.knowledge.structure import Sentence, Span
from bot.quiz.banks.interpret import GAP
from bot.quiz.banks.model import BankQuestion, comparable

_GRAM: Final = 2
_ENOUGH: Final = 0.6
"""The least share of a statement, weighed by how rare its pairs of characters are, that its sentence has."""
_ENOUGH_WITH_ANSWER: Final = 0.45
"""The same if the sentence has the right answer too, and that is no single character."""
_ENOUGH_FALSE: Final = 0.55  # of a statement that is false: something in it was exchanged
_LEAST_GRAMS: Final = 4  # of a statement that says something
_CANDIDATES: Final = 12
_LONGEST: Final = 400  # characters of a sentence that is looked at as one
_BLANKS: Final = re.compile(rf"{GAP}|《　　》|[_＿]{{2,}}")
_FRAME: Final = re.compile(
    "(?:下列|以下|下面)[^，。；,;]{0,12}?(?:正确|错误|不正确|属于|不属于|包括|不包括)?(?:的?是|的?有|的)?(?=[（(:：？?]|$)"
    "|(?:根据|按照|依据)[^，。]{0,20}?(?:规定|要求|精神|指出)?[，,]|(?:正确|错误|不正确)的(?:一项|选项)?是|哪些|哪一项|哪个|什么|多少|几"
)
_NEGATIVE: Final = re.compile("不(?:正确|属于|包括|符合|准确|恰当|对的)|不是[（(:：？?。]|错误的|有误的|说错|未提到")
_STATEMENT: Final = 10  # characters of an option that says something by itself
_QUOTED: Final = re.compile("[“《]([^”》]{2,30})[”》]")


class SourceLinks:
    """Finds passages of ``knowledge``; made once for many questions."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        sentences = [one for one in knowledge.structure.sentences if not one.is_heading]
        self._sentences: Sequence[Sentence] = sentences
        self._texts = [comparable(knowledge.source[one.span.start : one.span.end][:_LONGEST]) for one in sentences]
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            for gram in set(_grams(text)):
                self._having[gram].append(number)

    def passage_of(self, question: BankQuestion) -> Point | None:
        """The point or the passage that says what ``question`` asks for; None if none plainly does."""
        if question.kind != "true_false" and _NEGATIVE.search(question.stem):
            return None  # what is right there is what the document does not say
        best: tuple[float, int] | None = None
        for statement, answers in _statements(question):
            found = self._best(comparable(statement), list(map(comparable, answers)), _least(question, answers))
            if found is not None and (best is None or found > best):
                best = found
        if best is not None:
            return self._point_of(self._sentences[best[1]].span)
        return self._in_several_places(question)

    def _in_several_places(self, question: BankQuestion) -> Point | None:
        """The sentences that have the right options, each a statement in so many words; None if one is missing."""
        right = [comparable(question.options[index]) for index in question.correct]
        if question.kind not in {"single", "several"} or len(right) > MAX_PASSAGE_SPANS:
            return None
        if any(len(one) < _STATEMENT for one in right):
            return None
        places = [next((number for number, text in enumerate(self._texts) if one in text), None) for one in right]
        spans = [self._sentences[number].span for number in places if number is not None]
        if len(spans) < len(right):
            return None
        return self._point_of(spans[0]) if len(set(spans)) == 1 else self._knowledge.passage(spans)

    def _best(self, statement: str, answers: Sequence[str], least: float) -> tuple[float, int] | None:
        """The share and the number of the sentence that has most of ``statement``; it must have all ``answers``."""
        grams = set(_grams(statement))
        if len(grams) < _LEAST_GRAMS:
            return None
        weights = {gram: self._weight(gram) for gram in grams}
        total = sum(weights.values())
        shares = Counter[int]()
        for gram, weight in weights.items():
            for number in self._having.get(gram, ()):
                shares[number] += weight  # type: ignore[assignment]  # a Counter adds floats as well
        for number, weight in shares.most_common(_CANDIDATES):
            if weight / total < least:
                return None
            if all(answer in self._texts[number] for answer in answers):
                return weight / total, number
        return None

    def _weight(self, gram: str) -> float:
        return math.log(1 + len(self._texts) / (0.5 + len(self._having.get(gram, ()))))

    def _point_of(self, span: Span) -> Point:
        """The curated point that has the whole sentence, the shortest of several; else the sentence as a passage."""
        holding = [
            point
            for point in self._knowledge.points
            if any(one.start <= span.start and span.end <= one.end for one in point.spans)
        ]
        if holding:
            return min(holding, key=lambda point: len(point.quote))
        return self._knowledge.passage([span])


def _least(question: BankQuestion, answers: Sequence[str]) -> float:
    if question.kind == "true_false":
        return _ENOUGH if question.correct == (0,) else _ENOUGH_FALSE
    return _ENOUGH_WITH_ANSWER if sum(map(len, answers)) > 1 else _ENOUGH


def _statements(question: BankQuestion) -> Iterator[tuple[str, Sequence[str]]]:
    """What the document may say if ``question`` rests on it, each with the words that the sentence must have."""
    stem = question.stem
    if question.kind == "true_false":
        yield stem, ()
        return
    right = question.accepted or tuple(question.options[index] for index in question.correct)
    if question.kind in {"several", "order"}:
        yield _filled(stem, "、".join(right)), right
        quoted = "".join(_QUOTED.findall(stem))
        if quoted:
            yield quoted + "".join(right), right
        return
    for answer in right:
        yield _filled(stem, answer), [one for one in re.split("[；;]", answer) if one]


def _filled(stem: str, answer: str) -> str:
    """``stem`` with ``answer`` in its blanks, or behind it if it has none, without what only asks."""
    parts = iter(answer.split("；"))
    if _BLANKS.search(stem):
        filled = (
            _BLANKS.sub(lambda _: next(parts, ""), stem)
            if "；" in answer
            else _BLANKS.sub(lambda _: answer, stem, count=1)
        )
        return _FRAME.sub("", _BLANKS.sub("", filled))
    return _FRAME.sub("", stem) + answer


def _grams(text: str) -> Iterator[str]:
    return (text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1))
