"""The key at the end of a typed paper: 1-5 BCDAA, 1.B 2.C, a table of numbers and letters; given to its questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.quiz.banks.interpret import KindOrUnknown, RawQuestion, judgement_of, kind_of
from bot.quiz.banks.model import BankFault, Place
from bot.quiz.banks.paper_lines import CHAPTER, COUNTED, LABEL, LABEL_WITHIN, SECTION, label_of
from bot.text import shorten
from bot.wording import Banks

_KEY_HEADING: Final = re.compile(
    r"(?:\#+\s*)?(?:附[件录]?[:：]?\s*)?(?:[一-龥]{0,16}?)(?:参考|标准|正确|试题|习题|题目)?答案(?:[及与和]?(?:解析|详解|评分标准)|部分|一览|汇总|页|表)?\s*[:：]?"
)
_KEY_RANGE: Final = re.compile(r"(\d{1,4})\s*[-—–~～－至到]+\s*(\d{1,4})\s*题?\s*[.．、:：)）]?\s*")
_KEY_ONE: Final = re.compile(
    r"(\d{1,4})\s*[.．、:：)）]?\s*([A-La-lＡ-Ｌ](?:[,，、]?\s?[A-La-lＡ-Ｌ])*(?![A-Za-z])|[√✓✔×✗✘✕╳]|[对错](?!误)|正确|错误)"
)
_KEY_NUMBER: Final = re.compile(r"(?:^|(?<=[\s,，;；。|\t]))[（(]?(\d{1,4})\s*[.．、:：)）]\s*")
_KEY_SECTION: Final = re.compile(rf"(?:{COUNTED}\s*[、.．:：]|[（(]{COUNTED}[）)])\s*(?=[（(]?\d|$)")
_KEY_ROW: Final = re.compile(r"题号(?:[\s|:：]+\d{1,4})+\s*\|?\s*$")
_KEY_CELLS: Final = re.compile(r"答案[\s|:：]+")
_KEY_VALUE: Final = re.compile(r"[A-L]+|[√✓✔×✗✘✕╳对错TFtf]")
MAX_NOTES: Final = 20


@dataclass(slots=True)
class NumberedQuestion:
    """A question of the paper with what connects it with the key at the end."""

    raw: RawQuestion
    number: int | None
    section: int


@dataclass(slots=True)
class _KeyAnswer:
    section: int
    kind: KindOrUnknown
    number: int
    line: int
    answer: str
    explanation: str = ""
    used: bool = field(default=False)


def is_key_heading(line: str) -> bool:
    """Whether a key may stand below ``line``: 参考答案."""
    return len(line) <= 40 and _KEY_HEADING.fullmatch(line) is not None


def begins_key(line: str) -> bool:
    """Whether a key may begin with ``line``."""
    patterns = (_KEY_NUMBER, _KEY_RANGE, _KEY_ONE, _KEY_ROW, _KEY_SECTION, SECTION)
    return any(pattern.match(line) for pattern in patterns) or CHAPTER.fullmatch(line) is not None


class AnswerKey:
    """The answers below the questions. What is to be said of it goes to ``notes`` and ``faults``."""

    def __init__(self, place: Place, notes: list[str], faults: list[BankFault]) -> None:
        self._place = place
        self._notes = notes
        self._faults = faults
        self._answers: list[_KeyAnswer] = []

    def read(self, lines: Sequence[str], start: int, kind: KindOrUnknown) -> None:
        """Read ``lines`` from ``start`` on. ``kind``: of the first questions of the paper."""
        section, last, headed = 0, 0, False
        columns: list[int] = []  # the numbers in the row above of a table
        for index in range(start, len(lines)):
            line = lines[index]
            if not line:
                continue
            found = SECTION.match(line)
            if found is not None and kind_of(found["kind"]):
                section, last, kind, headed = section + 1, 0, kind_of(found["kind"]), True
                tail = re.search(r"(?:题|部分|择|断|空)[^\d]*?(?=\d)", line)
                line = (
                    line[tail.end() :] if tail and not re.match(r"\s*(?:道|题|分|小题)", line[tail.end() + 1 :]) else ""
                )
                if not line:
                    continue
            if CHAPTER.fullmatch(line):
                last = 0
                continue
            counted = _KEY_SECTION.match(line)
            if counted is not None:
                section, last, kind, headed = section + 1, 0, "", True
                line = line[counted.end() :]
                if not line:
                    continue
            row = _KEY_ROW.match(line)
            if row is not None:
                columns = [int(number) for number in re.findall(r"\d+", line)]
                continue
            cells = _KEY_CELLS.match(line)
            if cells is not None and columns:
                line = " ".join(
                    f"{number}.{cell}" for number, cell in zip(columns, line[cells.end() :].split(), strict=False)
                )
                columns = []
            answers = list(key_answers(line))
            if not answers:
                self._text(index, line)
                continue
            for number, answer in answers:
                if number <= last and not headed:
                    section += 1
                last = number
                told, explanation = _without_label(answer)
                at = section if headed else section + 1
                self._answers.append(_KeyAnswer(at, kind if headed else "", number, index + 1, told, explanation))

    def _text(self, index: int, line: str) -> None:
        labelled = LABEL.match(line)
        if self._answers and labelled:
            self._answers[-1].explanation += line[labelled.end() :]
        elif self._answers and self._answers[-1].explanation:
            self._answers[-1].explanation += f"\n{line}"
        elif len(self._notes) < MAX_NOTES:
            self._notes.append(Banks.SKIPPED_LINE.format(place=self._place(index + 1), text=shorten(line, 30)))

    def give(self, questions: Sequence[NumberedQuestion]) -> None:
        """Give the answers to the questions of their numbers; those left over are faults."""
        if not self._answers:
            return
        runs = _runs(questions)
        numbers = [answer.number for answer in self._answers]
        if runs and runs[-1] == 1 and len(set(numbers)) == len(numbers):
            for answer in self._answers:  # numbered through: headings tell nothing
                answer.section, answer.kind = 1, ""
        by_number: dict[tuple[int, int], _KeyAnswer] = {}
        for answer in self._answers:
            if (answer.section, answer.number) in by_number:
                message = Banks.NUMBER_TWICE.format(number=answer.number)
                self._faults.append(BankFault(self._place(answer.line), message))
            by_number.setdefault((answer.section, answer.number), answer)
        kinds: dict[KindOrUnknown, int] = {one.kind: one.section for one in reversed(self._answers) if one.kind}
        sections = len({answer.section for answer in self._answers})
        several = sections > 1
        for question, run in zip(questions, runs, strict=True):
            if question.number is None or question.raw.answer:
                continue
            by_kind = question.raw.kind in kinds and sections != runs[-1]
            section = kinds[question.raw.kind] if by_kind else run
            found = by_number.get((section if several else self._answers[0].section, question.number))
            if found is None or (not several and found.used):
                continue
            found.used = True
            question.raw.answer = found.answer
            question.raw.explanation = question.raw.explanation or found.explanation
        for answer in self._answers:
            if not answer.used:
                message = Banks.ANSWER_WITHOUT_QUESTION.format(number=answer.number)
                self._faults.append(BankFault(self._place(answer.line), message))


def _runs(questions: Sequence[NumberedQuestion]) -> list[int]:
    """Of each question, which run of numbers it belongs to, counted from 1."""
    run, last, section, found = 1, 0, None, list[int]()
    for question in questions:
        number = question.number if question.number is not None else last + 1
        if section is not None and number <= last:
            run += 1
        last, section = number, question.section
        found.append(run)
    return found


def key_answers(line: str) -> Iterator[tuple[int, str]]:
    """Numbers and answers of a line of a key: 1-5 BCDAA, 1.B 2.C, 3、√, 4. 北京."""
    ranges = list(_KEY_RANGE.finditer(line))
    if ranges:
        ends = [*(one.start() for one in ranges[1:]), len(line)]
        for found, end in zip(ranges, ends, strict=True):
            yield from _of_range(int(found[1]), int(found[2]), line[found.end() : end].strip())
        return
    ones = list(_KEY_ONE.finditer(line))
    rest = _KEY_ONE.sub("", line).strip(" \t,，;；。、.|\u3000")
    if ones and not rest:
        for found in ones:
            yield int(found[1]), found[2]
        return
    numbers = list(_KEY_NUMBER.finditer(line))
    if not numbers or numbers[0].start() > 0:
        return
    ends = [*(one.start() for one in numbers[1:]), len(line)]
    for found, end in zip(numbers, ends, strict=True):
        yield int(found[1]), line[found.end() : end].strip(" \t;；|")


def _of_range(first: int, last: int, text: str) -> Iterator[tuple[int, str]]:
    count = last - first + 1
    if not 1 <= count <= 500:
        return
    pieces = [piece for piece in re.split(r"[\s,，、;；]+", text) if piece]
    if len(pieces) != count:
        singles = [char for piece in pieces for char in piece]
        if len(pieces) > 1 and all(_KEY_VALUE.fullmatch(piece) for piece in pieces) and len(singles) != count:
            return
        pieces = singles
    if len(pieces) == count:
        yield from zip(range(first, last + 1), pieces, strict=True)


def _without_label(answer: str) -> tuple[str, str]:
    """An answer of a key and its explanation: 【答案】B【解析】…."""
    told, explanation = "", ""
    for piece in LABEL_WITHIN.split(answer):
        found = LABEL.match(piece)
        name = label_of(found) if found else "answer"
        rest = piece[found.end() :].strip() if found else piece.strip()
        if name == "answer":
            told += rest
        elif name == "explanation":
            explanation += rest
    lettered = re.fullmatch(r"([A-L]+|[√×✓✗])[。.．,，;；\s]+(\S.*)", told)
    if lettered and not explanation and judgement_of(told) is None:
        told, explanation = lettered[1], lettered[2]
    return told, explanation
