"""What a question bank is made of: questions of five kinds, each whole, and what of a file could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.text import clean
from bot.wording import Banks, Quiz

BankKind = Literal["single", "several", "true_false", "fill", "order"]
"""``single``: one option is right. ``several``: all right options have to be chosen, be it one. ``true_false``: the
options are 对 and 错. ``fill``: the answer is typed. ``order``: the options are put in their right order."""
Difficulty = Literal["", "易", "中", "难"]
Place = Callable[[int], str]
"""Names the place of a line, counted from 1, for who brought the file."""

KINDS: Final[tuple[BankKind, ...]] = ("single", "several", "true_false", "fill", "order")
LETTERS: Final = "ABCDEFGHIJKL"
MAX_OPTIONS: Final = len(LETTERS)
MAX_STEM: Final = 1_500
MAX_TEXT: Final = 1_500  # of an option, an accepted answer or an explanation
MAX_QUESTIONS: Final = 10_000
_MARKS: Final = re.compile(r"[\s,，。、;；:：?？!！()（）\[\]【】《》<>〈〉\"'“”‘’「」_]+|\.(?!\d)")
TRUE_FALSE: Final = (Quiz.TRUE, Quiz.FALSE)


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of a bank.

    ``options`` as they are shown; of ``fill`` none. ``correct``: indices of the right options, ascending; of ``order``
    all indices in the right order. ``accepted``: of ``fill`` alone, each a whole answer that counts as right, the
    first the one to be shown; the answers to several blanks are one, separated by ；. ``source``: where the bank itself
    says the question is from.
    """

    kind: BankKind
    stem: str
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""
    chapter: str = ""
    difficulty: Difficulty = ""
    source: str = ""

    @property
    def answer(self) -> str:
        """The answer as people write it: B, ABD, 正确, 北京 或 北京市."""
        if self.kind == "true_false":
            return Banks.TRUE_WORD if self.correct == (0,) else Banks.FALSE_WORD
        if self.kind == "fill":
            return Banks.OR.join(self.accepted)
        return "".join(LETTERS[index] for index in self.correct)

    def accepts(self, typed: str) -> bool:
        """Whether ``typed`` is one of the accepted answers of ``fill``; spaces and marks do not count."""
        said = comparable(typed)
        return bool(said) and said in {comparable(form) for form in self.accepted}


def comparable(text: str) -> str:
    """What of ``text`` counts when it is compared: no spaces, brackets, quotation marks and ends of sentences."""
    cleaned = clean(text)
    return _MARKS.sub("", cleaned) or "".join(cleaned.split())


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as it was read. ``place``: where it stands in its file; ``notes``: what somebody should look at."""

    question: BankQuestion
    place: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BankFault:
    """What could not be read: where it stands, what is wrong and how to mend it, and how it begins."""

    place: str
    message: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ReadBank:
    """All that a file has: every question is among ``questions`` whole, or told in ``faults``; never half."""

    questions: tuple[ReadQuestion, ...] = ()
    faults: tuple[BankFault, ...] = ()
    notes: tuple[str, ...] = ()


def problem_of(question: BankQuestion) -> str:
    """What is wrong with ``question``, as a sentence that says how to mend it; empty if nothing is."""
    if not question.stem.strip():
        return Banks.NO_STEM
    if len(question.stem) > MAX_STEM:
        return Banks.STEM_LONG.format(length=len(question.stem), limit=MAX_STEM)
    longest = max((*question.options, *question.accepted, question.explanation), key=len, default="")
    if len(longest) > MAX_TEXT:
        return Banks.TEXT_LONG.format(length=len(longest), limit=MAX_TEXT)
    if question.kind == "fill":
        return "" if any(comparable(form) for form in question.accepted) else Banks.NO_ANSWER
    return _problem_of_options(question.options) or _problem_of_correct(question)


def _problem_of_options(options: Sequence[str]) -> str:
    if not options:
        return Banks.NO_OPTIONS
    if len(options) < 2:
        return Banks.FEW_OPTIONS
    if len(options) > MAX_OPTIONS:
        return Banks.MANY_OPTIONS.format(limit=MAX_OPTIONS)
    seen: dict[str, int] = {}
    for index, option in enumerate(options):
        first = seen.setdefault(option.strip(), index)
        if first != index:
            return Banks.SAME_OPTIONS.format(one=LETTERS[first], other=LETTERS[index])
    return ""


def _problem_of_correct(question: BankQuestion) -> str:
    if not question.correct:
        return Banks.NO_ANSWER
    if question.kind == "order":
        whole = sorted(question.correct) == list(range(len(question.options)))
        return "" if whole else Banks.BAD_ORDER.format(answer=question.answer)
    if question.kind in {"single", "true_false"} and len(question.correct) > 1:
        return Banks.SINGLE_SEVERAL.format(answer=question.answer)
    return ""
