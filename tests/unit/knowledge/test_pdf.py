"""A PDF with a text layer gives its paragraphs; what stands at the edges of pages is no part of them."""

from __future__ import annotations

import pytest

from bot.errors import DocumentError
from bot.knowledge.import_.pdf import read_pdf
from bot.wording import Document, Reading
from tests.unit.knowledge.pdf import FULL, Placed, body, pdf

LONG = (
    "食堂每天早上六点开门，中午十一点半开饭，晚上五点半开饭，来得晚的可以请人带饭，带饭的人要先在门口登记姓名和桌号。"
)
SHORT = "剩下的饭菜晚上七点以后半价。"


def wrapped(text: str, width: int = FULL) -> list[str]:
    """``text`` with an indent, broken into full lines."""
    text = f"\u3000\u3000{text}"
    return [text[at : at + width] for at in range(0, len(text), width)]


def test_the_lines_of_a_paragraph_are_joined_and_an_indent_begins_the_next_one() -> None:
    text, notes = read_pdf(pdf(body("食堂守则", *wrapped(LONG), *wrapped(SHORT), *wrapped(LONG))))
    assert text.split("\n") == ["食堂守则", LONG, SHORT, LONG]
    assert notes == ()


def test_a_paragraph_goes_on_over_the_page_without_header_and_page_number() -> None:
    lines = wrapped(LONG + LONG)
    pages = [
        [Placed("某某单位内部资料", 200, 810, 9), *body(*part), Placed(f"— {number} —", 280, 30, 9)]
        for number, part in enumerate((lines[:2], lines[2:]), start=1)
    ]
    assert read_pdf(pdf(*pages))[0] == LONG + LONG


def test_lines_without_indents_end_a_paragraph_with_a_sentence() -> None:
    full = "请" * (FULL - 1) + "。"
    text, _ = read_pdf(pdf(body(full, full, "请" * FULL, "慢走。", full)))
    assert text.split("\n") == [full, full, "请" * FULL + "慢走。", full]


def test_cells_beside_each_other_are_a_row() -> None:
    rows = [("餐别", "时间"), ("早餐", "六点到八点"), ("晚餐", "五点半到七点")]
    cells = [
        Placed(text, 60 + 200 * column, 600 - 24 * row)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    text, notes = read_pdf(pdf([*body(*wrapped(LONG)), *cells]))
    assert text.split("\n") == [LONG, "餐别\t时间", "早餐\t六点到八点", "晚餐\t五点半到七点"]
    assert notes == (Reading.PDF_TABLE,)


def test_pages_without_text_are_named_and_a_document_of_such_is_a_scan() -> None:
    text, notes = read_pdf(pdf(body(SHORT), [], body(LONG[:FULL])))
    assert text.startswith(SHORT)
    assert notes == (Reading.EMPTY_PAGES.format(count=1, pages="2"),)
    with pytest.raises(DocumentError) as caught:
        read_pdf(pdf([], []))
    assert str(caught.value) == Document.SCANNED


PROTECTED = (
    b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<</Filter/Standard/V 1/R 2"
    b"/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"%PDF-1.7\n", Document.NO_PDF, id="nothing in it"),
        pytest.param(pdf(body(SHORT))[:300], Document.NO_PDF, id="cut off"),
        pytest.param(pdf(body(SHORT), trailer=PROTECTED), Document.PDF_PASSWORD, id="a password"),
        pytest.param(pdf(*([[]] * 1_001)), Document.MANY_PAGES.format(limit=1_000), id="too many pages"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_pdf(data)
    assert str(caught.value) == message
