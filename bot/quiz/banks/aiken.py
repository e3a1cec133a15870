"""Aiken: a stem in a line, options «A. …», «ANSWER: B». It carries single choice, right or wrong, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.quiz.banks.interpret import RawQuestion
from bot.quiz.banks.model import LETTERS, BankFault, BankQuestion
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.wording import Banks

CAPACITY: Final = Capacity(kinds=("single", "true_false"), fields=())
_OPTION: Final = re.compile(r"([A-Z])[.)]\s+(\S.*)|([A-Z])[.)](\S.*)")
_ANSWER: Final = re.compile(r"ANSWER:\s*([A-Z])\s*")
_BEGINS: Final = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE)


def is_aiken(text: str) -> bool:
    """Whether ``text`` is in Aiken format: the answers stand in lines of their own, and options before them."""
    return _BEGINS.search(text) is not None and re.search(r"^A[.)]\s*\S", text, re.MULTILINE) is not None


def read_aiken(text: str) -> list[RawQuestion | BankFault]:
    """The questions of a text in Aiken format."""
    found: list[RawQuestion | BankFault] = []
    raw: RawQuestion | None = None
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.strip()
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if not line:
            continue
        if raw is None:
            if answer or option:
                found.append(BankFault(Banks.LINE.format(line=number), Banks.NO_STEM, line[:30]))
                continue
            raw = RawQuestion(Banks.LINE.format(line=number), line, "single", exact=True)
            found.append(raw)
        elif answer:
            raw.answer = answer[1]
            raw = None
        elif option:
            raw.options.append((option[1] or option[3], option[2] or option[4]))
        elif raw.options:  # the last one had no answer
            raw = RawQuestion(Banks.LINE.format(line=number), line, "single", exact=True)
            found.append(raw)
        else:
            raw.stem += f"\n{line}"
    return found


def write_aiken(questions: Sequence[BankQuestion]) -> WrittenBank:
    """``questions`` in Aiken format, those that it can carry."""
    blocks: list[str] = []
    broken = marked = 0
    carried = CAPACITY.carried(questions)
    for question in carried:
        stem = " ".join(question.stem.split("\n"))
        if _OPTION.fullmatch(stem) or _ANSWER.fullmatch(stem):
            marked += 1
            continue
        broken += "\n" in question.stem
        options = [
            f"{letter}. {' '.join(text.split())}" for letter, text in zip(LETTERS, question.options, strict=False)
        ]
        blocks.append("\n".join([stem, *options, Banks.AIKEN_ANSWER.format(letter=LETTERS[question.correct[0]])]))
    told = ((Banks.LINE_BREAKS, broken), (Banks.LIKE_OPTION, marked))
    losses = (*CAPACITY.losses(questions), *(sentence.format(count=count) for sentence, count in told if count))
    return WrittenBank(("\n\n".join(blocks) + "\n").encode(), len(blocks), losses)
