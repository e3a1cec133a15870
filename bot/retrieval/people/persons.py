"""Names of persons, as far as their form tells: a surname and one or two characters that are no word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.retrieval.spelling.pinyin import fold_syllable, usual_reading

SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚习温栗江金白庞樊兰殷施洪翟安颜倪严牛俞章鲁葛韦毕聂焦向柳邢骆岳齐梅庄辛管祝左涂谷祁舒耿牟卜詹"
)
_DOUBTFUL: Final = frozenset("向管祝左安石金白兰牛章施洪严易武温康马龙江谷庄史余连成叶田雷林何")
"""Surnames that begin many other words: alone before a title they are weak evidence."""

_NO_NAME: Final = frozenset(
    "的了是在和跟对说讲里上下个这那哪么什们我你他她它吗呢吧啊呀咯有没不要会能想请问叫让把被谁几多怎哦嗯也都还又就才很太最从到给为与及或之其第区市县省镇乡村委书记长"
)
MIN_NAME, MAX_NAME = 2, 3


class PersonNames:
    """Tells names from words. ``kinds`` has the names that a dictionary knows, ``words`` all that it knows."""

    def __init__(self, known: Iterable[str], words: Mapping[str, int], dictionary: frozenset[str]) -> None:
        self._known = tuple(known)
        self._sounds = frozenset(map(_sound, self._known))
        self._words = words
        self._dictionary = dictionary

    @property
    def known(self) -> tuple[str, ...]:
        """The persons whom the document names."""
        return self._known

    def is_known(self, name: str) -> bool:
        """Whether ``name`` is that of a person of the document, or sounds like it: a name is often miswritten."""
        return name in self._known or _sound(name) in self._sounds

    def may_be_name(self, text: str) -> bool:
        """Whether ``text`` looks like the full name of a person and is no word."""
        if any(name in text for name in self._known):  # 李斌当书记以前
            return False
        if text in self._dictionary and text[0] in SURNAMES and len(text) > 1 and text[0] != text[1]:
            return True
        if not MIN_NAME <= len(text) <= MAX_NAME or text[0] not in SURNAMES or not _NO_NAME.isdisjoint(text):
            return False
        if len(text) == MAX_NAME and self._words.get(text[1:], 0) > 0 and self._words.get(text[:2], 0) > 0:
            return False
        return self._words.get(text, 0) == 0

    def is_famous(self, text: str) -> bool:
        """Whether a dictionary has ``text`` as a full name."""
        return len(text) >= MAX_NAME and text in self._dictionary and text[0] in SURNAMES

    def name_before(self, text: str) -> str:
        """The full name that ``text`` ends with; empty if it ends with none."""
        return next((text[-n:] for n in (4, 3, 2) if len(text) >= n and self.may_be_name(text[-n:])), "")


def is_surname(char: str, *, alone: bool = False) -> bool:
    """Whether ``char`` is a usual surname; ``alone``: nothing else speaks for it."""
    return char in SURNAMES and not (alone and char in _DOUBTFUL)


def _sound(name: str) -> tuple[str, ...]:
    return tuple(fold_syllable(usual_reading(char)) for char in name)
