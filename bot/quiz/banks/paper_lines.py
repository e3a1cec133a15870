"""What one line of a typed paper is by its form: a heading, a number, an option, a label such as 答案：."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.quiz.banks.interpret import KIND_WORD
from bot.quiz.banks.model import LETTERS

COUNTED = "[一二三四五六七八九十百]{1,4}"
SECTION: Final = re.compile(
    rf"(?:\#+\s*)?(?:第{COUNTED}(?:部分|大题)[:：、\s]*|{COUNTED}\s*[、.．:：]\s*|[（(]{COUNTED}[）)]\s*|[IVX]{{1,4}}[.．、]\s*"
    rf"|(?P<digit>\d{{1,2}}[.．、])\s*|[【\[])?"
    rf"(?P<kind>{KIND_WORD}(?P<named>(?:试?题)?))(?:部分|[】\]])?\s*(?P<tail>(?:[（(【\[:：].*|[，,。;；共每].*|\d+\s*[道题].*)?)",
    re.IGNORECASE,
)
CHAPTER: Final = re.compile(rf"(?:\#+\s*)?(第(?:{COUNTED}|\d{{1,3}})[章节编讲课单](?:元)?(?:[\s:：、]+.{{1,40}})?)")
NUMBER: Final = re.compile(
    r"(?:第\s*(\d{1,5})\s*[题道][.．、:：\s]*|[（(【\[]\s*(\d{1,5})\s*[）)】\]][.．、:：]?\s*|[Qq]?(\d{1,5})\s*[.．、:：)）]\s*)"
)
OPTION: Final = re.compile(r"[（(【\[]?\s*([A-La-lＡ-Ｌａ-ｌ])\s*(?:[.．、:：)）】\],，]|(?=[\s\u3000]))\s*")
BARE_OPTION: Final = re.compile(r"([A-LＡ-Ｌ])(?=[《“\u3400-\u9fff\d])")
MARK: Final = r"[.．、:：)）】\]]"
_LABELS: Final[dict[str, str]] = {
    "answer": r"第[一二三四五六七八九十\d]{1,2}空"
    "|(?:本题|此题|试题)?(?:正确|参考|标准|最佳)?答案|正确选项|答|answer|ans|key",
    "explanation": "(?:答案|试题|题目|本题|参考)?(?:解析|详解|分析|解释)|答案说明|说明|explanation|analysis",
    "chapter": "(?:所属|对应)?(?:章节|知识点|考点|目录|分类)|chapter",
    "difficulty": "难度(?:等级|系数)?|难易(?:度|程度)|difficulty",
    "kind": "题型|题目类型|试题类型|type",
    "source": "出处|来源|依据|source",
    "stem": "题干|题目|问题|问|试题|question",
    "options": "(?:备选)?选项|options",
    "score": "分值|分数|得分|(?:我|你|您|考生|学生)的?答案|score",
    "aliases": "(?:其他|其它|可接受的?|备选)答案|aliases",
}
_NAMES: Final = "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
LABEL: Final = re.compile(
    rf"(?:[【\[](?:{_NAMES})[】\]]\s*[:：]?|(?:{re.sub('<', '<p_', _NAMES)})\s*[:：])\s*", re.IGNORECASE
)
LABEL_WITHIN: Final = re.compile(
    r"(?:(?<=[\s。；;)）】\]])|(?<=\t))(?=[【\[]?(?:正确答案|参考答案|标准答案|答案解析|答案|试题解析|解析|难易度|难度|章节|知识点)"
    r"(?:[】\]]|\s*[:：]))|(?=【(?:正确答案|参考答案|标准答案|答案解析|答案|试题解析|解析|难度|知识点|章节|考点)】)"
)  # fmt: skip


def label_of(found: re.Match[str]) -> str:
    """Which field a label names, such as ``answer``."""
    return next(name.removeprefix("p_") for name, value in found.groupdict().items() if value is not None)


def plain_letter(letter: str) -> str:
    """A letter of half width, upper case."""
    code = ord(letter)
    return (chr(code - 0xFEE0) if code > 0xFF00 else letter).upper()


def first_option(text: str) -> int:
    """Where the options begin in a line that has the stem and at least A and B; its length if it has none."""
    for found in re.finditer(rf"(?:(?<=[\s）)。？?：:])|(?<=[（(]\s[)）]))[（(]?[AＡ]\s*{MARK}", text):
        if found.start() and len(list(split_options(text[found.start() :]))) > 1:
            return found.start()
    return len(text)


def split_options(text: str) -> Iterator[tuple[str, str]]:
    """The options of ``text``, which begins with one, by letter: each letter is looked for behind the one before."""
    first = OPTION.match(text) or BARE_OPTION.match(text)
    if first is None:
        return
    letter, start = plain_letter(first[1]), first.end()
    spaced = not text[first.end(1) : first.end()].strip()
    while True:
        following = LETTERS[LETTERS.index(letter) + 1 :][:1]
        found = _next_option(text, start, following, spaced=spaced) if following else None
        if found is None:
            yield letter, text[start:].strip()
            return
        yield letter, text[start : found.start()].strip(" \t\u3000;；")
        letter, start = following, found.end()


def _next_option(text: str, start: int, letter: str, *, spaced: bool) -> re.Match[str] | None:
    both = f"[{letter}{letter.lower()}{chr(ord(letter) + 0xFEE0)}]"
    upper = f"[{letter}{chr(ord(letter) + 0xFEE0)}]"
    behind_space = re.compile(rf"(?<=[\s\u3000;；，,])[（(]?\s*{both}\s*{MARK}\s*").search(text, start)
    if behind_space is not None:
        return behind_space
    if spaced:
        return re.compile(rf"(?<=[\s\u3000]){upper}(?:[\s\u3000]+|(?=[《“\u3400-\u9fff\d]))").search(text, start)
    close = re.compile(rf"(?<![A-Za-z0-9])[（(]?\s*{upper}\s*[.．、:：)）]\s*").search(text, start)
    return close if close is not None and close.start() > start else None
