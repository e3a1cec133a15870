"""Whether a message names an option of a question, read as generously as retrieval reads it.

What retrieval reads and this does not would tell the right option: its passage is withheld, and the others' are shown.
So figures are compared in one spelling and words by their sound, a part of an option is as good as all of it, and
letters, which may be pinyin for anything, name every option.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from bot.quiz.question import Question
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.spelling.pinyin import fold_syllable, usual_reading
from bot.text import squash

_LETTERS: Final = re.compile("[a-z]{2}")  # pinyin, or the first letters of it
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_COUNTED: Final = re.compile("[一二两三四五六七八九十][^一二两三四五六七八九十]")  # 三个: small numbers are words
_SHORTEST = 2  # characters of an option whose mention tells anything: «对» stands in every other question
_RUN = 2  # characters in a row, by their sound, that are enough to name an option, however long it is

_Sounds = tuple[str, ...]


def names_an_option(asked: str, question: Question) -> bool:
    """Whether ``asked`` has an option of ``question`` in it, or a part of one; it may be written with errors."""
    bare = normalize_numerals(squash(asked))
    if not bare:
        return False
    core = normalize_question(asked).core
    if _LETTERS.search(bare) or _LETTERS.search(core):
        return True
    statement = question.question if len(question.options) == 2 else ""  # right or not: its figures are what is asked
    options = [normalize_numerals(squash(option)) for option in question.options]
    if _figures(" ".join((*options, normalize_numerals(squash(statement))))) & _figures(f"{bare} {core}"):
        return True
    said = normalize_numerals(squash(question.question))
    return any(_names(text, option, said) for text in {bare, core} if text for option in options)


def _names(asked: str, option: str, said: str) -> bool:
    """Whether ``asked`` names ``option``, by more than the question has ``said``. All in one spelling."""
    if asked in option:
        return True
    if len(option) < _SHORTEST:
        return False
    if _NUMBER.search(option):  # as a whole number; that was looked for
        return False
    counted = _COUNTED.match(option)
    if option in asked or (counted is not None and counted[0] in asked):
        return True
    heard, meant = _sounds(asked), _sounds(option)
    return bool((_runs(heard) & _runs(meant)) - _runs(_sounds(said))) or _is_near(heard, meant)


def _sounds(text: str) -> _Sounds:
    return tuple(fold_syllable(usual_reading(char)) or char for char in text)


def _runs(sounds: _Sounds) -> set[_Sounds]:
    return {sounds[at : at + _RUN] for at in range(len(sounds) - _RUN + 1)}


def _figures(text: str) -> set[str]:
    """The numbers in ``text``, each also without its decimals: who asks for 36 may mean 36.1."""
    found = _NUMBER.findall(text)
    return {*found, *(number.partition(".")[0] for number in found)}


def _is_near(heard: _Sounds, meant: _Sounds) -> bool:
    """Whether most of ``meant`` stands close together in ``heard``, in whatever order."""
    wanted = Counter(meant)
    needed = len(meant) - (max(1, len(meant) // 3) if len(meant) > _SHORTEST else 0)
    size = len(meant) + 1
    windows = (Counter(heard[at : at + size]) for at in range(max(len(heard) - size, 0) + 1))
    return any((window & wanted).total() >= needed for window in windows)
