"""A bank as it was read, in lines for a person: each question, then what could not be read, then how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.knowledge.model import Knowledge
from bot.quiz.banks.model import LETTERS, BankFault, ReadBank, ReadQuestion
from bot.quiz.banks.source_link import SourceLinks
from bot.wording import Banks


def listed(bank: ReadBank, document: Knowledge | None) -> Iterator[str]:
    """Everything that was read of a file, each question with its passage in ``document``."""
    links = SourceLinks(document) if document is not None else None
    linked = 0
    for number, read in enumerate(bank.questions, start=1):
        yield from question_lines(number, read)
        if document is not None and links is not None:
            point = links.passage_of(read.question)
            linked += point is not None
            yield (
                Banks.SHOWN_NO_SOURCE
                if point is None
                else Banks.SHOWN_SOURCE.format(quote=point.quote, citation=document.citation(point))
            )
        for note in read.notes:
            yield Banks.SHOWN_NOTE.format(place=read.place, note=note)
    yield from bank.notes
    yield from map(fault_line, bank.faults)
    yield counted(bank)
    if bank.faults:
        yield Banks.FAULTS.format(count=len(bank.faults))
    if links is not None and bank.questions:
        yield Banks.LINKED.format(count=linked)


def counted(bank: ReadBank) -> str:
    """How many questions of which kinds were read."""
    counts = Counter(read.question.kind for read in bank.questions)
    kinds = "，".join(f"{Banks.KINDS[kind]} {count}" for kind, count in counts.items())
    return Banks.COUNTED.format(count=len(bank.questions), kinds=kinds) if kinds else Banks.NOTHING_READ


def question_lines(number: int, read: ReadQuestion) -> Iterator[str]:
    """A question as it was read."""
    question = read.question
    yield Banks.SHOWN.format(number=number, kind=Banks.KINDS[question.kind], stem=question.stem)
    if question.kind != "true_false":
        for letter, option in zip(LETTERS, question.options, strict=False):
            yield Banks.SHOWN_OPTION.format(letter=letter, option=option)
    yield Banks.SHOWN_ANSWER.format(answer=question.answer)
    if question.explanation:
        yield Banks.SHOWN_EXPLANATION.format(explanation=question.explanation)
    if question.chapter:
        yield Banks.SHOWN_CHAPTER.format(chapter=question.chapter)


def fault_line(fault: BankFault) -> str:
    """What could not be read, where it stands and how to mend it."""
    shown = Banks.SHOWN_STEM.format(stem=fault.shown) if fault.shown else ""
    return Banks.SHOWN_FAULT.format(place=fault.place, message=fault.message, shown=shown)
