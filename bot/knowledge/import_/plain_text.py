"""The bytes of a text in any encoding an office uses → its characters, without those that nobody can read."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from typing import Final

from bot.errors import DocumentError
from bot.wording import Document, Reading

MAX_LINE: Final = 50_000  # characters of a paragraph: no document has longer ones, and each is compared as one
MAX_RUN: Final = 5_000  # characters without a mark or a space between them: no sentence, and nothing to cite
MAX_UNREADABLE: Final = 0.2  # the share of unreadable characters from which on a text says nothing any more
_MARKED: Final = (
    (BOM_UTF8, "utf-8"), (BOM_UTF32_LE, "utf-32-le"), (BOM_UTF32_BE, "utf-32-be"), (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_USUAL: Final = re.compile("[\t\n\r\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…·℃§①-⑳]")
_SURE: Final = 0.9  # the share of usual characters in a text that was decoded as it was written
_SURE_GBK: Final = 0.8  # the same among characters beyond ASCII
_SIMPLE: Final = 0.4  # the share of them that GB2312 has: in traditional Chinese about two thirds
_LEAST_UTF8: Final = 12  # bytes of a line beyond ASCII: no line of GBK is so long and valid UTF-8 by chance
_LINE_ENDS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_RUN: Final = re.compile(rf"[^\s。！？；：，、.!?;:,|]{{{MAX_RUN},}}")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_RADICALS: Final = re.compile("[\u2e80-\u2fdf]")


def decode_text(data: bytes) -> str:
    """The text of ``data``: UTF-8, UTF-16, UTF-32 or GB18030, marked or not, with ``\\n`` as line end.

    Raises DocumentError for what is none of them, for several in one file, and for data that are no text.
    """
    for mark, codec in _MARKED:
        if data.startswith(mark):
            return _with_plain_line_ends(_decoded(data[len(mark) :], codec))
    if b"\0" in data:
        return _with_plain_line_ends(_wide(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _chinese(data)
    return _with_plain_line_ends(text)


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise DocumentError(Document.CUT_OFF) from None


def _wide(data: bytes) -> str:
    """The text of ``data`` with bytes of zero in it: UTF-16 without a mark, or no text at all."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = data.decode(codec, "replace")
        if len(data) % 2 == 0 and len(_USUAL.findall(text)) >= _SURE * len(text):
            return text
    raise DocumentError(Document.NOT_TEXT)


def _chinese(data: bytes) -> str:
    """The text of ``data``, which is not UTF-8, as GB18030. Raises DocumentError if it is not that either."""
    whole = _is_cut_utf8(data)
    if whole:
        raise DocumentError(Document.CUT_OFF)
    _refuse_mixture(data)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = data.decode("utf-16-le", "replace")
        if len(data) % 2 == 0 and len(_USUAL.findall(text)) >= _SURE * len(text):
            return text
        raise DocumentError(Document.ENCODING) from None
    foreign = "".join(char for char in text if not char.isascii())
    usual = sum(_USUAL.match(char) is not None for char in foreign)
    simple = len(foreign.encode("gb2312", "ignore")) / 2  # what was another encoding turns into rare characters
    if usual < _SURE_GBK * len(foreign) or simple < _SIMPLE * len(foreign):
        raise DocumentError(Document.ENCODING)
    return text


def _is_cut_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start >= _LEAST_UTF8
    return False


def _refuse_mixture(data: bytes) -> None:
    """Refuse lines of UTF-8 among others: no single encoding reads both."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if sum(byte >= 0x80 for byte in line) >= _LEAST_UTF8:
            raise DocumentError(Document.MIXED.format(line=number))


def _with_plain_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def readable_text(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without the characters that nobody can read or see, and what is to be said of them.

    Raises DocumentError for a text that mostly consists of these, that is written from right to left, or that has an
    endless line or a stretch of thousands of characters without any mark.
    """
    kind_of: dict[str, str] = {}
    kinds = Counter[str]()
    printed = 1
    for char, count in Counter(text).items():
        kind_of[char] = _kind(char)
        kinds[kind_of[char]] += count
        printed += 0 if char.isspace() else count
    lost = kinds["private"] + kinds["replaced"]
    if lost > MAX_UNREADABLE * printed:
        raise DocumentError(Document.UNREADABLE)
    if kinds["right to left"] > MAX_UNREADABLE * printed:
        raise DocumentError(Document.RIGHT_TO_LEFT)
    longest, number = max((len(line), number) for number, line in enumerate(text.split("\n"), start=1))
    if longest > MAX_LINE:
        raise DocumentError(Document.LONG_LINE.format(line=number, length=longest))
    if _RUN.search(text):
        raise DocumentError(Document.ENDLESS.format(limit=MAX_RUN))
    dropped = {char for char, kind in kind_of.items() if kind in {"private", "hidden"} and char not in "\n\t"}
    if dropped:
        text = text.translate({ord(char): None for char in dropped})
    text = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    notes = [Reading.CHARACTERS.format(count=lost)] if lost else []
    return text, tuple(notes)


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\ufffd":
        return "replaced"
    if category == "Co":
        return "private"
    if category in {"Cc", "Cf", "Cs", "Cn"}:
        return "hidden"
    return "right to left" if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT else "usual"
