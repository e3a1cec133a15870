"""Questions that ask by place: «第三部分第二点讲了什么» → the section 3.2, as the knowledge numbers its sections."""

from __future__ import annotations

import re
from typing import Final

_N = r"([一二三四五六七八九十]|\d{1,2})"
_PLACE: Final = re.compile(
    rf"(?:讲话|文章|全文|文件|原文|正文)?(?:的|里|中)?第{_N}(?:个|大)*(?:部分|块|章|篇|方面|点|条)(?:里面|里|中|内容)?的?"
    rf"(?:第{_N}(?:个|小)*(?:点|条|方面|部分|项|节)|{_N}是)?(?:里面|里|中)?(?:主要|具体|都)?"
    r"(?:讲|说|谈|提|写|是|的|了|到|些|什么|啥|哪些|哪方面|内容|主题|标题|小标题|怎么|怎样|如何|呢)*"
)
_NUMBERS: Final = {char: number for number, char in enumerate("一二三四五六七八九十", start=1)}


def section_asked_for(core: str) -> str:
    """The id of the section that ``core`` asks for as a whole, such as ``3.2`` or ``3``; empty for other questions."""
    found = _PLACE.fullmatch(core)
    if found is None:
        return ""
    part, first, second = found.groups()
    inner = first or second
    return f"{_value(part)}.{_value(inner)}" if inner else str(_value(part))


def _value(numeral: str) -> int:
    return _NUMBERS.get(numeral) or int(numeral)
