"""How characters sound: toneless syllables, with what people mix up folded together, and syllables that were mistyped.

Folded: initials zh/z, ch/c, sh/s and n/l, finals ang/an, eng/en and ing/in, ü/u: the common mix-ups of input methods
and of southern speech. Readings come from ``pypinyin``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pypinyin.pinyin_dict import pinyin_dict
from rapidfuzz.distance import OSA

_FOLDS: Final = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[aeiouv])"), "l"),
    (re.compile(r"([aei]n)g$"), r"\1"),
    (re.compile(r"v"), "u"),
)
MAX_SYLLABLE = 6
LEAST_NAME: Final = 4  # characters of a name that is known by its sound
MAX_NAME: Final = 12
KEPT_SHARE: Final = 0.6  # of its characters that are typed as they are written
_LETTERS = re.compile("[a-z]{3,}")


@cache
def readings(char: str) -> frozenset[str]:
    """The toneless syllables of ``char``, ü written v; empty for what is no Chinese character."""
    spelled = pinyin_dict.get(ord(char), "") if len(char) == 1 else ""
    return frozenset(_toneless(reading) for reading in spelled.split(",") if reading)


@cache
def usual_reading(char: str) -> str:
    """The toneless syllable of ``char`` that is most usual; 是 is shi, and ti in old texts only."""
    spelled = pinyin_dict.get(ord(char), "") if len(char) == 1 else ""
    return _toneless(spelled.partition(",")[0])


@cache
def fold_syllable(syllable: str) -> str:
    """``syllable`` with the common mix-ups folded together."""
    for pattern, replacement in _FOLDS:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def may_be_pinyin(core: str) -> bool:
    """Whether a stretch of ``core`` may be pinyin, or the first letters of it: Latin letters, three or more."""
    return _LETTERS.search(core) is not None


class Syllables:
    """The syllables that ``chars`` stand for."""

    def __init__(self, chars: Iterable[str]) -> None:
        self._all = frozenset(reading for char in chars for reading in readings(char))
        self._by_shortened: dict[str, set[str]] = {}
        for syllable in self._all:
            for form in {syllable, *_shortened(syllable)}:
                self._by_shortened.setdefault(form, set()).add(syllable)

    def __contains__(self, letters: str) -> bool:
        return letters in self._all

    def mistyped(self, letters: str) -> frozenset[str]:
        """Those that ``letters`` are but for one letter missing, too many, wrong, or changed with its neighbour.

        Near ones meet in what is left of them without one letter (the symmetric deletes of SymSpell).
        """
        near: set[str] = set()
        for form in {letters, *_shortened(letters)}:
            near |= self._by_shortened.get(form, frozenset())
        return frozenset(syllable for syllable in near if OSA.distance(syllable, letters) == 1)


class NamesBySound:
    """The ``names`` of a document, found in what was typed by ear: 吴大提速工程 for 五大提速工程."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if LEAST_NAME <= len(name) <= MAX_NAME)
        self._by_head: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(self._names, key=lambda name: (-len(name), name)):
            sound = tuple(map(_sound, name))
            if all(sound):
                self._by_head.setdefault(sound[:2], []).append((sound, name))

    def respelled(self, text: str) -> str:
        """``text`` with each stretch that sounds like a name, and has most of its characters, spelled as that."""
        sounds = tuple(map(_sound, text))
        for at in range(len(text) - LEAST_NAME + 1):
            for sound, name in self._by_head.get(sounds[at : at + 2], ()):
                size = len(name)
                typed = text[at : at + size]
                if sounds[at : at + size] != sound or typed in self._names:
                    continue
                if sum(map(str.__eq__, typed, name)) >= KEPT_SHARE * size:
                    text = text[:at] + name + text[at + size :]
                    break
        return text


@cache
def _sound(char: str) -> str:
    return fold_syllable(usual_reading(char))


def _shortened(letters: str) -> Iterator[str]:
    return (letters[:at] + letters[at + 1 :] for at in range(len(letters)))


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v"))
    decomposed = decomposed.replace("u\u0308", "v")
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ɡ", "g")
