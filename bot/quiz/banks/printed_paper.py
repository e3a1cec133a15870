"""A bank as a paper to print: a Word document by kinds of questions, with the answers or without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from bot.quiz.banks.model import KINDS, LETTERS, BankQuestion
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.text import spell_count
from bot.wording import Banks

_WITH_ANSWERS: Final = Capacity()
_WITHOUT: Final = Capacity(fields=())


def write_docx(questions: Sequence[BankQuestion], title: str, *, answers: bool) -> WrittenBank:
    """``questions`` as a Word document headed ``title``; with ``answers`` also explanations, chapters and sources."""
    import docx  # noqa: PLC0415 - takes 60 ms that only an export need wait
    from docx.shared import Pt  # noqa: PLC0415

    document = docx.Document()
    _set_fonts(document)
    document.add_heading(title or Banks.PAPER_TITLE, level=0)
    if not answers:
        document.add_paragraph(Banks.PAPER_NAME)
    sections = [(kind, [one for one in questions if one.kind == kind]) for kind in KINDS]
    for ordinal, (kind, members) in enumerate((one for one in sections if one[1]), start=1):
        head = Banks.PAPER_SECTION.format(ordinal=spell_count(ordinal), kind=Banks.KINDS[kind], count=len(members))
        document.add_heading(head, level=1)
        for number, question in enumerate(members, start=1):
            for text in _lines(question, number, answers=answers):
                paragraph = document.add_paragraph(text)
                paragraph.paragraph_format.space_after = Pt(2)
    out = BytesIO()
    document.save(out)
    losses = (_WITH_ANSWERS if answers else _WITHOUT).losses(questions)
    told = (
        ()
        if answers or not questions
        else (Banks.FIELD_LOST.format(field=Banks.FIELDS["answers"], count=len(questions)),)
    )
    return WrittenBank(out.getvalue(), len(questions), (*told, *losses))


def _set_fonts(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - see write_docx

    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _lines(question: BankQuestion, number: int, *, answers: bool) -> Iterator[str]:
    """The paragraphs of a question, as ``paper`` reads them."""
    yield f"{number}. {question.stem}"
    if question.kind != "true_false":
        options = [f"{letter}. {text}" for letter, text in zip(LETTERS, question.options, strict=False)]
        yield from options
    if not answers:
        return
    yield Banks.PAPER_ANSWER.format(answer=question.answer)
    told = (
        (Banks.PAPER_EXPLANATION, "explanation"),
        (Banks.PAPER_CHAPTER, "chapter"),
        (Banks.PAPER_DIFFICULTY, "difficulty"),
        (Banks.PAPER_SOURCE, "source"),
    )
    for sentence, name in told:
        if text := getattr(question, name):
            yield sentence.format(**{name: text})
