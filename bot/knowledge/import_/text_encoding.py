"""The bytes of a text file → its text, or what is wrong with them, where, and how to correct it. Pure."""

from __future__ import annotations

import re

from bot.errors import KnowledgeError, ValidationIssue
from bot.wording import Lint

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e“”‘’—…·]")
_SURE = 0.8  # the share of characters beyond ASCII that must be Chinese for what was read as GBK to be GBK


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8 file named ``file``, byte for byte but for a byte order mark and Windows' line ends.

    Raises KnowledgeError with the line of the first byte that is wrong.
    """
    if data.startswith(_UTF16):
        raise _error(file, 1, Lint.UTF16)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":  # all before it is UTF-8
            raise _error(file, line, Lint.CUT_OFF) from None
        raise _error(file, line, Lint.GBK if _is_gbk(data) else Lint.NOT_UTF8) from None
    nul = text.find("\0")
    if nul >= 0:
        raise _error(file, text.count("\n", 0, nul) + 1, Lint.NUL)
    return text.replace("\r\n", "\n")


def _is_gbk(data: bytes) -> bool:
    try:
        foreign = [char for char in data.decode("gb18030") if not char.isascii()]
    except UnicodeDecodeError:
        return False
    return len(_CHINESE.findall("".join(foreign))) >= _SURE * len(foreign)


def _error(file: str, line: int, message: str) -> KnowledgeError:
    return KnowledgeError([ValidationIssue(file, line, message)])
