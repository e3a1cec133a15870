"""Writing errors, made at random: each takes a text and spoils one place of it as members do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.spelling.pinyin import fold_syllable, readings

HAN = re.compile("[\u4e00-\u9fa5]")
COMMON = 1500  # how often a character must occur in jieba's dictionary for somebody to mistype another as it
SHAPES = (  # as in school lists of characters that are confused, written down without looking at the bot's own
    "己已 末未 戊戌 干千 拨拔 辨辩 侯候 折拆 土士 日曰 人入 天夫 今令 晴睛 情清 买卖 历厉 住往 场扬 建健 第弟 "
    "处外 币市 晚晓 管营 准淮 治冶 问间 田由 牛午 享亨 冒昌 茶荼 幕慕 簿薄 钩钧 陷馅 斩轩 抢枪 优忧 亚业 社杜 "
    "员圆 项顶 颂领 材村 党堂 侦贞 破坡 移多 贫贪 援缓 助肋 镇填 资贷 投没 计讨 完宗 成戍 现观 收牧 功切 信倍 "
    "安妥 族旅 教救 战占 级极 挂桂 创刨 零雷 纳纲 考老 环坏 体休 风凤 办为 努怒 施拖 兴关 民氏 名各 查杳 升开 "
    "增赠 机杌 率卒 转传 动劲 农衣 就蹴 实买"
)
INITIALS_MIXED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("z", "zh"), ("c", "ch"), ("s", "sh"))


def homophone(text: str, rng: Random) -> str:
    """One character written as another of the same sound."""
    return _replaced(text, rng, lambda char: [o for o in _common() if o != char and readings(o) & readings(char)])


def two_homophones(text: str, rng: Random) -> str:
    """Two of them."""
    return homophone(homophone(text, rng), rng)


def near_homophone(text: str, rng: Random) -> str:
    """One character written as one whose sound is mixed up with it: zh and z, n and l, ang and an."""
    return _replaced(text, rng, _nearly)


def look_alike(text: str, rng: Random) -> str:
    """One character written as one that looks like it."""
    return _replaced(text, rng, lambda char: [o for pair in SHAPES.split() if char in pair for o in pair if o != char])


def missing(text: str, rng: Random) -> str:
    """One character left out."""
    at = rng.choice(_places(text))
    return text[:at] + text[at + 1 :]


def doubled(text: str, rng: Random) -> str:
    """One character typed twice."""
    at = rng.choice(_places(text))
    return text[:at] + text[at] + text[at:]


def swapped(text: str, rng: Random) -> str:
    """Two neighbours in the wrong order."""
    places = [at for at in _places(text) if at and HAN.match(text[at - 1]) and text[at] != text[at - 1]]
    at = rng.choice(places) if places else 0
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] if at else text


def pinyin(text: str, _: Random) -> str:
    """All of it in pinyin."""
    return "".join(lazy_pinyin(text))


def pinyin_partly(text: str, rng: Random) -> str:
    """Two to four neighbours in pinyin."""
    at = rng.choice(_places(text))
    start = max(0, at - rng.randint(1, 2))
    end = min(len(text), start + rng.randint(2, 4))
    return text[:start] + "".join(lazy_pinyin(text[start:end])) + text[end:]


def pinyin_fuzzy(text: str, rng: Random) -> str:
    """All of it in pinyin, some initials and finals mixed up."""
    found: list[str] = []
    for syllable in lazy_pinyin(text):
        mixed = syllable
        if rng.random() < 0.4:
            for right, wrong in INITIALS_MIXED:
                if syllable.startswith(right) and not syllable.startswith(right + "h"):
                    mixed = wrong + syllable[len(right) :]
                    break
            else:
                mixed = re.sub("([aei]n)g$", r"\1", syllable)
        found.append(mixed)
    return "".join(found)


def pinyin_mistyped(text: str, rng: Random) -> str:
    """All of it in pinyin, one letter missing, doubled or wrong."""
    letters = "".join(lazy_pinyin(text))
    at = rng.randrange(1, len(letters))
    typed = rng.choice(["", letters[at] * 2, rng.choice("abcdefghijklmnopqrstuvwxyz")])
    return letters[:at] + typed + letters[at + 1 :]


def initials(text: str) -> str:
    """The first letters of its pinyin."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


KINDS: Mapping[str, Callable[[str, Random], str]] = {
    "homophone": homophone,
    "two homophones": two_homophones,
    "near homophone": near_homophone,
    "look-alike": look_alike,
    "missing": missing,
    "doubled": doubled,
    "swapped": swapped,
    "pinyin": pinyin,
    "pinyin partly": pinyin_partly,
    "pinyin fuzzy": pinyin_fuzzy,
    "pinyin mistyped": pinyin_mistyped,
}


def _replaced(text: str, rng: Random, others: Callable[[str], list[str]]) -> str:
    places = [(at, found) for at in _places(text) if (found := others(text[at]))]
    if not places:
        return text
    at, found = rng.choice(places)
    return text[:at] + rng.choice(found) + text[at + 1 :]


def _nearly(char: str) -> list[str]:
    own = {fold_syllable(reading) for reading in readings(char)}
    near = [o for o in _common() if not readings(o) & readings(char)]
    return [other for other in near if own & {fold_syllable(reading) for reading in readings(other)}]


def _places(text: str) -> list[int]:
    """Where a character stands that says something: one of a word of two characters and more."""
    found: list[int] = []
    at = 0
    for word in shared_tokenizer().words(text):
        if len(word) > 1 and HAN.match(word):
            found.extend(range(at, at + len(word)))
        at += len(word)
    return found or [0]


@cache
def _common() -> tuple[str, ...]:
    known = shared_tokenizer().frequencies
    return tuple(chr(code) for code in pinyin_dict if HAN.match(chr(code)) and known.get(chr(code), 0) >= COMMON)
