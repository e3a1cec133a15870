"""How characters sound and look: toneless syllables, with what people mix up folded together, and look-alikes.

Folded: initials zh/z, ch/c, sh/s and n/l, finals ang/an, eng/en and ing/in: the common mix-ups of input methods and of
southern speech. Readings come from ``pypinyin``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from pypinyin.pinyin_dict import pinyin_dict

_ALIKE: Final = (
    "己已巳 未末 士土 干千于 日曰目 人入八 天夫无 大太犬 木本术 白自百 今令 晴睛情清请 候侯 折拆析 戊戌戍 "
    "买卖 氏民 刀力 王玉主 住往佳 拔拨 辩辨辫 场扬杨 建健键 第弟 处外 历厉 斤斥 仓仑 币市 "
    "北比 贝见 兔免 遣遗 晚晓 管营 准淮 冶治 问间 甲由申"
)
_LIKE: Final = {char: frozenset(group) - {char} for group in _ALIKE.split() for char in group}
_FOLDS: Final = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[aeiouv])"), "l"),
    (re.compile(r"([aei]n)g$"), r"\1"),
)
MAX_SYLLABLE = 6
MAX_SPELLINGS = 6
_LETTERS = re.compile(r"[a-z]{4,}")


def look_alikes(char: str) -> frozenset[str]:
    """Characters that are easily taken for ``char``."""
    return _LIKE.get(char, frozenset())


@cache
def readings(char: str) -> frozenset[str]:
    """The toneless syllables of ``char``, ü written v; empty for what is no Chinese character."""
    spelled = pinyin_dict.get(ord(char), "") if len(char) == 1 else ""
    return frozenset(_toneless(reading) for reading in spelled.split(",") if reading)


@cache
def folded(syllable: str) -> str:
    """``syllable`` with the common mix-ups folded together."""
    for pattern, replacement in _FOLDS:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def spelled_out(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways to spell Latin ``letters`` in the fewest syllables of pinyin: ``pingan`` is ping an or pin gan.

    At most MAX_SPELLINGS of them; none where no syllables spell them.
    """
    known = _syllables()
    best: list[list[tuple[str, ...]]] = [[()], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        found = [
            (*before, letters[start:end])
            for start in range(max(0, end - MAX_SYLLABLE), end)
            if letters[start:end] in known
            for before in best[start]
        ]
        fewest = min(map(len, found), default=0)
        best[end] = [spelling for spelling in found if len(spelling) == fewest][:MAX_SPELLINGS]
    return tuple(best[-1])


def in_pinyin(core: str) -> bool:
    """Whether a stretch of ``core`` is pinyin: Latin letters that spell two syllables or more."""
    return any(len(spelling) > 1 for letters in _LETTERS.findall(core) for spelling in spelled_out(letters))


@cache
def _syllables() -> frozenset[str]:
    common = range(0x4E00, 0x9FA6)
    return frozenset(
        reading for code in common for reading in readings(chr(code)) if len(reading) > 1 or reading in "ae"
    )


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v"))
    decomposed = decomposed.replace("u\u0308", "v")
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ɡ", "g")
