"""Questions that ask by place or for the outline, as the sections are numbered: «第三部分第二点讲了什么», «一共几部分»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.knowledge.model import Section
from bot.text import CHINESE_NUMERALS

_N = rf"([{CHINESE_NUMERALS}]|\d{{1,2}})"
_WHOLE: Final = (
    r"(?:这篇|这个|这次|本次)?(?:书记的?)?(?:讲话|文章|全文|文件|原文|正文|稿子|材料|报告)?(?:的|里面?|中|里头)?"
)
_DOCUMENT: Final = r"(?:这篇|这个|这次|本次)?(?:书记的?)?(?:讲话|文章|全文|文件|稿子|材料|报告)"
_TELL: Final = r"(?:讲|说|谈|提|写|是|的|了|到|些|什么|啥|哪些|哪方面|内容|主题|标题|小标题|怎么|怎样|如何|呢|都|分别|各|各自|叫|主要|具体|一下|列出来)*"
_PLACE: Final = re.compile(
    rf"{_WHOLE}第{_N}(?:个|大)*(?:部分|块|章|篇|方面|点|条)(?:里面|里|中|内容)?的?"
    rf"(?:第{_N}(?:个|小)*(?:点|条|方面|部分|项|节)|{_N}是)?(?:里面|里|中)?{_TELL}"
)
_POINTS_OF: Final = re.compile(
    rf"{_WHOLE}第{_N}(?:个|大)*(?:部分|块|章|篇|方面)(?:里面|里|中|内容)?(?:一共|总共|共|又|都|主要)*"
    rf"(?:分成?|分为|有|包括|包含|讲了?|说了?|提了?|列了?)*(?:几|哪几|多少)(?:个|大|小)*(?:点|条|方面|部分|项|节|层)(?:内容)?{_TELL}"
)
_PARTS: Final = r"(?:部分|块|板块|章|大点|大标题|标题|层次|层意思|大方面)"
_OUTLINE: Final = re.compile(
    rf"{_WHOLE}(?:一共|总共|共|都|主要|大致|到底)*(?:分成?了?|分为|有|包括|包含|讲了?|说了?|由)*"
    rf"(?:几|哪几|多少|[二两三四五六七八九十])(?:个|大|主要)*{_PARTS}(?:内容)?(?:组成|构成)?{_TELL}"
    rf"|{_WHOLE}(?:一共|总共|共|都|主要)*(?:讲|说|谈|写)了?(?:几|哪几|哪些|多少)(?:个|大)*(?:方面|部分|内容|问题|点)的?(?:内容)?{_TELL}"
    rf"|{_DOCUMENT}(?:的|里面?|中)?(?:主要|中心|核心)?(?:讲|说|谈|写)(?:了|的是?|了些|些)?(?:什么|啥)(?:内容)?|{_DOCUMENT}的?(?:主要|中心|核心)内容{_TELL}"
    rf"|{_WHOLE}(?:的|主要|整体|总体)*(?:提纲|框架|结构|大纲|脉络|层次)(?:{_TELL})"
)
_NUMBERS: Final = {char: number for number, char in enumerate(CHINESE_NUMERALS, start=1)}
MAX_HEADINGS = 12  # a longer list is no answer on a phone; the outline has its own command


def sections_asked_for(core: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """The ids of the sections that ``core`` asks for as a whole, in their order; none for other questions.

    One id is the section itself, and may be one that is not there; of several ids the headings are asked for.
    """
    if _OUTLINE.fullmatch(core):
        chapters = tuple(section.id for section in sections if section.begins and section.chapter == section.id)
        return chapters if 1 < len(chapters) <= MAX_HEADINGS else ()
    found = _PLACE.fullmatch(core) or _POINTS_OF.fullmatch(core)
    if found is None:
        return ()
    part, *inner = found.groups()
    number = next(filter(None, inner), None)
    if number is not None:
        return (f"{_value(part)}.{_value(number)}",)
    chapter = str(_value(part))
    within = tuple(section.id for section in sections if section.begins and section.chapter == chapter)
    return within if 1 < len(within) <= MAX_HEADINGS else (chapter,)


def _value(numeral: str) -> int:
    return _NUMBERS.get(numeral) or int(numeral)
