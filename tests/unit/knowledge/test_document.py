"""Any document becomes the files of a knowledge; a reader that loops, crashes or eats memory is ended."""

from __future__ import annotations

import json

import pytest

from bot.errors import DocumentError
from bot.knowledge.import_ import document
from bot.knowledge.import_.bounded_process import serve
from bot.knowledge.import_.document import MAX_BYTES, MAX_CHARACTERS, read_apart, read_document
from bot.wording import Document, Reading
from tests.unit.knowledge.pdf import body, pdf
from tests.unit.knowledge.test_xlsx import PAIRS, workbook
from tests.unit.knowledge.word import archive, document_xml, encrypted, paragraphs


@pytest.mark.parametrize(
    ("name", "data", "files"),
    [
        ("守则.docx", paragraphs("守则", "开门。"), {"守则.txt": "守则\n开门。"}),
        ("守则.PDF", pdf(body("守则", "开门。")), {"守则.txt": "守则\n开门。"}),
        ("守则.txt", "守则\r\n开门。".encode("gbk"), {"守则.txt": "守则\n开门。"}),
        ("守则.md", "# 守则\n开门。".encode(), {"守则.md": "# 守则\n开门。"}),
        ("a/..\\..*?.txt", "开门。".encode(), {"source.txt": "开门。"}),
    ],
)
def test_a_document_becomes_a_text_of_its_name(name: str, data: bytes, files: dict[str, str]) -> None:
    assert read_document(name, data).files == files


def test_a_workbook_of_pairs_brings_its_points() -> None:
    read = read_document("问答.xlsx", workbook(PAIRS))
    assert (read.source, set(read.files)) == ("问答.txt", {"问答.txt", "points.yaml"})
    assert Reading.HALF_PAIRS.format(count=1) in read.notes


MACRO = archive(document_xml("<w:p/>"), ("word/vbaProject.bin", b"x"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"", Document.OLD_WORD),
        ("a.docm", b"", Document.MACRO),
        ("a.docx", MACRO, Document.MACRO),
        ("a.docx", encrypted(paragraphs("甲")), Document.OLD_WORD),
        ("a.exe", b"", Document.UNKNOWN_DOCUMENT.format(known=".docx、.pdf、.xlsx、.md、.txt")),
        ("a.txt", pdf(body("甲")), Document.DISGUISED.format(kind="PDF", ending=".pdf")),
        ("a.pdf", paragraphs("甲"), Document.DISGUISED.format(kind="Word", ending=".docx")),
        ("a.txt", b" \n", Document.EMPTY),
        ("a.md", b"# ", Document.EMPTY),
        ("a.txt", b"a" * (MAX_BYTES + 1), Document.FILE_LARGE.format(limit=32)),
        ("a.txt", "开门。".encode() * (MAX_CHARACTERS // 3 + 1), Document.TOO_LONG),
    ],
)
def test_what_cannot_be_served_says_why(name: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(name, data)
    assert str(caught.value) == message


def test_a_reader_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "PATIENCE", 0.01)
    with pytest.raises(DocumentError) as caught:
        read_document("守则.docx", paragraphs("守则"))
    assert str(caught.value) == Document.TOO_SLOW.format(seconds=0)


def test_the_reading_process_gives_json_or_the_sentence_of_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    said: list[bytes] = []
    assert serve(read_apart, '[".txt", "甲"]\n开门。'.encode, said.append) == 0
    assert json.loads(said[0]) == {"files": {"甲.txt": "开门。"}, "notes": []}
    assert serve(read_apart, lambda: b'[".txt", "a"]\n ', said.append) == 3
    assert said[1].decode() == Document.EMPTY
