"""What an admin sends becomes the text of a file that is known, or an issue; never anything else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.knowledge.edit.amend import amend
from bot.knowledge.edit.amendment import AddPoint, AddQuestion
from bot.knowledge.import_.upload import ACCEPTED_FILES, extract_text, target_file
from bot.knowledge.parse.golden_file import parse_golden
from bot.wording import Document
from tests.unit.knowledge.word import paragraphs
from tests.unit.library import POINTS


@pytest.mark.parametrize("name", ACCEPTED_FILES)
def test_a_text_is_taken_as_it_is_but_for_its_mark_and_line_ends(name: str) -> None:
    assert target_file(name) == name
    assert extract_text(name, b"\xef\xbb\xbf" + "“甲”,\r\n乙\n".encode()) == "“甲”,\n乙\n"


@pytest.mark.parametrize(
    "name", ["points (1).yaml", "points（2）.yaml", "points(12).yaml", "points - 副本.yaml", "points-1.yaml"]
)
def test_a_copy_as_phones_name_it_is_the_file_itself(name: str) -> None:
    assert target_file(name) == "points.yaml"
    assert extract_text(name, b"points: []\n") == "points: []\n"


@pytest.mark.parametrize(("name", "file"), [("points (1).yaml", "points.yaml"), ("source(12).txt", "source.txt")])
def test_a_copy_is_taken_for_what_it_is_a_copy_of(name: str, file: str) -> None:
    assert target_file(name) == file
    assert extract_text(name, "甲".encode()) == "甲"


@pytest.mark.parametrize("name", ["讲话 (1).docx", "SPEECH.DOCX"])
def test_a_word_document_of_any_name_is_the_source(name: str) -> None:
    assert target_file(name) == "source.txt"
    assert extract_text(name, paragraphs("甲", "乙")) == "甲\n乙"


@pytest.mark.parametrize("name", ["讲话.txt", "讲话 (2).txt", "source.txt", "修改稿.docx"])
def test_the_source_may_be_sent_under_the_name_that_it_has_in_the_folder(name: str) -> None:
    assert target_file(name, "讲话.txt") == "讲话.txt"
    data = paragraphs("甲") if name.endswith(".docx") else "甲".encode()
    assert extract_text(name, data, "讲话.txt") == "甲"


@pytest.mark.parametrize(
    ("name", "file", "message"),
    [
        ("../points.yaml", "points.yaml", Document.PATH_IN_NAME),
        ("..\\points.yaml", "points.yaml", Document.PATH_IN_NAME),
        ("/etc/passwd", "passwd", Document.PATH_IN_NAME),
        ("C:points.yaml", "points.yaml", Document.PATH_IN_NAME),
        ("points.yaml\0.docx", "points.yaml.docx", Document.PATH_IN_NAME),
        (".docx", ".docx", Document.PATH_IN_NAME),
        ("../", "?", Document.PATH_IN_NAME),
        ("Points.yaml", "Points.yaml", Document.NEAR_NAME.format(name="points.yaml")),
        ("points.yml", "points.yml", Document.NEAR_NAME.format(name="points.yaml")),
        ("POINTS.YAML", "POINTS.YAML", Document.NEAR_NAME.format(name="points.yaml")),
        ("golden.yaml.txt", "golden.yaml.txt", Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES))),
        ("Source.TXT", "Source.TXT", Document.NEAR_NAME.format(name="source.txt")),
        ("quiz (1).yml", "quiz (1).yml", Document.NEAR_NAME.format(name="quiz.yaml")),
        ("讲话.doc", "讲话.doc", Document.OLD_WORD),
        ("讲话.pdf", "讲话.pdf", Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES))),
        ("长" * 300, "长" * 59 + "…", Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES))),
        ("points (1) (2).yaml", "points (1) (2).yaml", Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES))),
        ("", "?", Document.UNKNOWN_NAME.format(known="、".join(ACCEPTED_FILES))),
    ],
)
def test_a_name_with_a_path_or_one_that_nobody_knows_is_refused(name: str, file: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        extract_text(name, POINTS.encode())
    assert [(issue.file, issue.line, issue.message) for issue in caught.value.issues] == [(file, 1, message)]


@given(st.sampled_from([*ACCEPTED_FILES, "a.docx", "x"]), st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_fault(name: str, data: bytes) -> None:
    with contextlib.suppress(KnowledgeError):
        assert extract_text(name, data).strip() != ""


PIECES = [
    "points:",
    "questions:",
    "sections:",
    "- ",
    "  ",
    "\n",
    "id: a",
    "ask: ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "&a",
    "*a",
]


@given(st.lists(st.sampled_from([*PIECES, "|", "# ", "甲", ", ", "? ", ": ", "\t", "---\n", "\x85"])).map("".join))
def test_any_text_is_amended_or_refused_with_a_fault(text: str) -> None:
    parse_golden(text, "golden.yaml")
    for amendment in (AddQuestion("a", "甲"), AddPoint("b", "甲", "1", ("甲",), ())):
        with contextlib.suppress(KnowledgeError):
            amend(text, amendment)
