"""Text in any encoding that an office uses is read; what nobody can read is left out, and said."""

from __future__ import annotations

import pytest

from bot.errors import DocumentError
from bot.knowledge.import_.plain_text import MAX_RUN, decode_text, readable_text
from bot.wording import Document, Reading

TEXT = "值班守则\n一、白天开门，晚上锁门。\n二、离开前关灯，并在本子上签名。\n"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028"])
def test_every_usual_encoding_and_line_end_is_read(codec: str, ends: str) -> None:
    if codec == "gbk" and ends == "\u2028":
        return
    assert decode_text(TEXT.replace("\n", ends).encode(codec)) == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(TEXT.encode()[:-2], Document.CUT_OFF, id="cut off"),
        pytest.param(b"\x89PNG\r\n\0\0\0\rIHDR\0\1\2\3\4", Document.NOT_TEXT, id="a picture"),
        pytest.param(
            "日本語の文章です。部屋を閉めて下さい。".encode("shift_jis"),
            Document.ENCODING,
            id="Japanese",
        ),
        pytest.param(TEXT.encode("gbk") + TEXT.encode(), Document.MIXED.format(line=4), id="two encodings"),
    ],
)
def test_what_is_no_text_of_one_encoding_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode_text(data)
    assert str(caught.value) == message


def test_characters_that_nobody_sees_are_left_out_and_those_that_nobody_can_read_are_counted() -> None:
    text, notes = readable_text("\uf0b7 开\u200b门，\u202e锁门\u202c。\ue123")
    assert text == " 开门，锁门。"
    assert notes == (Reading.CHARACTERS.format(count=2),)
    assert readable_text(TEXT) == (TEXT, ())
    assert readable_text("⼀、⼈⼝") == ("一、人口", ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ue001\ue002\ue003\ue004开门", Document.UNREADABLE),
        ("مرحبا بكم في المكتب، 开门", Document.RIGHT_TO_LEFT),
        ("请\n" + "开门。" * 20_000, Document.LONG_LINE.format(line=2, length=60_000)),
        ("开" * MAX_RUN, Document.ENDLESS.format(limit=MAX_RUN)),
    ],
)
def test_a_text_that_nobody_can_be_answered_from_says_why(text: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        readable_text(text)
    assert str(caught.value) == message
