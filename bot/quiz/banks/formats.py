"""A file of any known format → the questions in it, read in a process with limits; and questions → a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, Literal

from bot.errors import DocumentError
from bot.knowledge.import_.bounded_process import run_bounded, serve
from bot.knowledge.import_.document import MAX_BYTES, refuse_other_kind
from bot.knowledge.import_.plain_text import decode_text, readable_text
from bot.quiz.banks.aiken import is_aiken, read_aiken, write_aiken
from bot.quiz.banks.gift import is_gift, read_gift, write_gift
from bot.quiz.banks.interpret import RawQuestion, read_bank
from bot.quiz.banks.json_form import read_json
from bot.quiz.banks.model import BankFault, BankQuestion, ReadBank, ReadQuestion
from bot.quiz.banks.moodle_xml import is_moodle, read_moodle, write_moodle
from bot.quiz.banks.paper import read_paper
from bot.quiz.banks.printed_paper import write_docx
from bot.quiz.banks.qti import is_qti, read_package, read_qti, write_qti
from bot.quiz.banks.table import Table, as_lines, has_headings, read_csv, read_table, write_csv
from bot.quiz.banks.workbook import write_xlsx
from bot.quiz.banks.written import WrittenBank
from bot.quiz.banks.xml_form import parse_xml
from bot.wording import Banks, Document

Format = Literal["xlsx", "csv", "gift", "aiken", "moodle", "qti", "docx"]
FORMATS: Final[tuple[Format, ...]] = ("xlsx", "csv", "gift", "aiken", "moodle", "qti", "docx")
NAMES: Final[dict[Format, str]] = {
    "xlsx": "Excel", "csv": "CSV", "gift": "GIFT", "aiken": "Aiken", "moodle": "Moodle XML", "qti": "QTI 2.1",
    "docx": "Word",
}  # fmt: skip
BANK_ENDINGS: Final = (".xlsx", ".csv", ".docx", ".txt", ".md", ".json", ".jsonl", ".xml", ".gift", ".aiken", ".zip")
_Found = tuple[list[RawQuestion | BankFault], list[str]]


def is_bank_name(name: str) -> bool:
    """Whether a file of that name may be a question bank."""
    return _ending_of(name) in BANK_ENDINGS


def _ending_of(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def read_bank_file(name: str, data: bytes) -> ReadBank:
    """The questions in the file ``data``, called ``name``. Waits for another process; bounded in time and memory.

    Raises DocumentError with what to do about it if the file as a whole cannot be read.
    """
    ending = _ending_of(name)
    refuse_other_kind(ending, data)
    if ending not in BANK_ENDINGS:
        raise DocumentError(Banks.UNKNOWN_FILE.format(known="、".join(BANK_ENDINGS)))
    if len(data) > MAX_BYTES:
        raise DocumentError(Document.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))
    return _restored(json.loads(run_bounded("bot.quiz.banks.formats", ending.encode() + b"\n" + data)))


def read_here(ending: str, data: bytes) -> ReadBank:
    """What ``read_bank_file`` gives, read in this process."""
    raws, notes = _found(ending, data)
    if not raws:
        raise DocumentError(Banks.NOT_BANK)
    return read_bank(raws, notes)


def _found(ending: str, data: bytes) -> _Found:
    if ending == ".xlsx":
        return _of_workbook(data)
    if ending == ".docx":
        from bot.knowledge.import_.docx import read_docx  # noqa: PLC0415 - loads a library that few need

        text, notes = read_docx(data)
        raws, told = _of_text(text)
        return raws, [*notes, *told]
    if ending == ".zip":
        return read_package(data), []
    if ending == ".xml":
        return _of_xml(data)
    text, notes = readable_text(decode_text(data))
    if not text.strip():
        raise DocumentError(Document.EMPTY)
    if ending == ".csv":
        raws, told = _of_table(read_csv(text))
    elif ending == ".gift":
        raws, told = read_gift(text), []
    elif ending == ".aiken":
        raws, told = read_aiken(text), []
    elif ending in {".json", ".jsonl"}:
        raws, told = read_json(text), []
    else:
        raws, told = _of_text(text)
    return raws, [*notes, *told]


def _of_workbook(data: bytes) -> _Found:
    from bot.knowledge.import_.xlsx import read_sheets  # noqa: PLC0415 - loads a library that few need
    from bot.wording import Reading  # noqa: PLC0415

    sheets, hidden = read_sheets(data)
    notes = [Reading.HIDDEN_SHEETS.format(count=hidden)] if hidden else []
    tables = []
    for sheet in sheets:
        if len(sheets) > 1:
            places = [Banks.SHEET_ROW.format(sheet=sheet.name, line=number) for number in sheet.numbers]
        else:
            places = [Banks.ROW.format(line=number) for number in sheet.numbers]
        tables.append(Table(sheet.rows, places))
    headed = [table for table in tables if has_headings(table)]
    raws: list[RawQuestion | BankFault] = []
    for table in headed or tables:
        found, told = _of_table(table)
        raws += found
        notes += told
    return raws, notes


def _of_table(table: Table) -> _Found:
    return read_table(table) if has_headings(table) else as_lines(table)


def _of_xml(data: bytes) -> _Found:
    root = parse_xml(data)
    if is_moodle(root):
        return read_moodle(root), []
    if is_qti(root):
        return read_qti(root), []
    raise DocumentError(Banks.UNKNOWN_XML)


def _of_text(text: str) -> _Found:
    """The questions of a text in whatever format it turns out to be."""
    begins = text.lstrip()[:1]
    if begins in {"{", "["}:
        try:
            return read_json(text), []
        except DocumentError:
            if not is_gift(text) and begins == "{":
                raise
    if begins == "<" and text.lstrip().startswith(("<?xml", "<quiz", "<assessmentItem")):
        return _of_xml(text.encode())
    if is_aiken(text):
        return read_aiken(text), []
    if is_gift(text):
        return read_gift(text), []
    if "\t" in text:
        rows = [line.split("\t") for line in text.split("\n")]
        table = Table(rows, [Banks.LINE.format(line=number) for number in range(1, len(rows) + 1)])
        if has_headings(table):
            return read_table(table)
    return read_paper(text)


def write_bank(
    questions: Sequence[BankQuestion], form: Format, title: str = "", *, answers: bool = True
) -> WrittenBank:
    """``questions`` as a file in the format ``form``; ``title`` and ``answers`` matter to a printed paper alone."""
    if form == "docx":
        return write_docx(questions, title, answers=answers)
    if form == "csv":
        return WrittenBank(write_csv(questions), len(questions))
    writers = {"xlsx": write_xlsx, "gift": write_gift, "aiken": write_aiken, "moodle": write_moodle, "qti": write_qti}
    return writers[form](questions)


def _restored(found: dict[str, Any]) -> ReadBank:
    questions = tuple(
        ReadQuestion(question_of(one["question"]), one["place"], tuple(one["notes"])) for one in found["questions"]
    )
    return ReadBank(questions, tuple(BankFault(**one) for one in found["faults"]), tuple(found["notes"]))


def question_of(fields: dict[str, Any]) -> BankQuestion:
    """The question that ``dataclasses.asdict`` and JSON made ``fields`` of."""
    lists = {name: tuple(fields[name]) for name in ("options", "correct", "accepted")}
    return BankQuestion(**{**fields, **lists})


def read_apart(data: bytes) -> bytes:
    """What the reading process gives: a ``ReadBank`` as JSON. ``data`` begins with a line of the ending."""
    ending, _, content = data.partition(b"\n")
    return json.dumps(asdict(read_here(ending.decode(), content))).encode()


if __name__ == "__main__":
    sys.exit(serve(read_apart, sys.stdin.buffer.read, sys.stdout.buffer.write))
