"""Typos in a YAML file: what is written in full width or left out, so that YAML reads something else. Pure.

YAML takes most of them for text: nothing is wrong with the file, yet it does not say what was meant. If it surely
does not, the typo is an issue, and the only one that is reported; if it may be meant, a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from bot.text import shorten
from bot.wording import Lint

KEYS: Final = (
    *("title", "speaker", "source", "sections", "points", "id", "begins", "section", "quote", "aliases", "questions"),
    *("facts", "gaps", "ask", "value", "point", "several", "question", "right", "wrong", "alike"),
)
"""Every key that a file of a knowledge folder may have."""
_NAMES: Final = frozenset({"id", "section", "source", "point", "several"})  # their values name something
_PHRASINGS: Final = frozenset({"questions", "aliases", "gaps", "ask"})  # quotation marks around them say nothing
_BEFORE: Final = 12  # lines above the one where YAML stopped, in which the typo is looked for
_LOOKED_AT: Final = 500  # characters of a line
_SHOWN: Final = 20  # characters of a text
_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u30fc•●"
_KEY = "|".join(sorted(KEYS, key=len, reverse=True))
_STRUCTURE = rf"(?:-(?:[\s{_SPACES}]|$)|[{_DASHES}]|(?:{_KEY})[ \t]*[:\uff1a])"
_INDENT = re.compile(rf"[ \t{_SPACES}]*[{_SPACES}][ \t{_SPACES}]*(?={_STRUCTURE})")
_WIDE_COLON = re.compile(rf"(?:- +)*({_KEY})[ \t]*\uff1a")
_NO_SPACE = re.compile(rf"(?:- +)*({_KEY}):(?=[^ \t\r/])")
_DASH = re.compile(rf"([{_DASHES}])(?!\1)")
_NO_DASH_SPACE = re.compile(rf"-(?=[\u4e00-\u9fff“「\"'{_SPACES}])")
_COMMENT = re.compile(r"[ \t]+#(?=[^\s#])")
_NOTHING_BUT_COMMENT = re.compile(rf"\s*(?:- +)*(?:(?:{_KEY}):[ \t]+|- +)#(?=[^\s#])")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_OPEN, _CLOSE = "“\uff02", "”\uff02"
_WIDE_COMMA = re.compile(r"[\[{][^\]}\"']*\uff0c")
_CURLY = re.compile(r"(?:^|[:\-\[,]\s*)“[^”]*[:#\-\[\]{},][^”]*”?")


@dataclass(frozen=True, slots=True)
class Typo:
    """One typo: on which ``line``, counted from 1, and what to do about it. ``sure``: it cannot be meant."""

    line: int
    message: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a scalar stands: under which ``key``, in brackets or not, and whether it is the only item of its list.

    ``all_curly``: all items of the list stand in Chinese quotation marks.
    """

    key: str = ""
    in_flow: bool = False
    alone: bool = False
    all_curly: bool = False


def typos_in(text: str, root: yaml.Node) -> list[Typo]:
    """The typos in ``text``, which YAML could read as ``root``, each line's once."""
    lines = _lines_of(text)
    inside: set[int] = set()  # lines that are text, whatever they look like
    found: list[Typo] = []
    for node, place in _scalars(root):
        if not node.style:  # the C parser has "" for a plain one
            found += _in_plain(node, place, text, lines)
        else:
            inside.update(range(node.start_mark.line + 1, node.end_mark.line + (node.style in {'"', "'"})))
    for number, line in enumerate(lines):
        if number not in inside:
            if _INDENT.match(line):
                found.append(Typo(number + 1, Lint.WIDE_INDENT))
            if _NOTHING_BUT_COMMENT.match(line):
                found.append(Typo(number + 1, Lint.ALL_COMMENT))
    by_line = {typo.line: typo for typo in sorted(found, key=lambda typo: typo.sure)}
    return [by_line[line] for line in sorted(by_line)]


def reads_as_typo(text: str, *, flow: bool) -> bool:
    """Whether ``text`` would be taken for a typo if it stood without quotation marks; ``flow``: in brackets."""
    in_brackets = flow and ("\uff0c" in text or text.count("“") != text.count("”"))
    return bool(text) and (in_brackets or _is_curly(text) or bool(_structure(text)))


def typo_near(text: str, line: int) -> Typo | None:
    """The typo because of which YAML stopped at ``line``, counted from 1: the nearest at or above it."""
    lines = _lines_of(text)
    for number in range(min(line, len(lines)), max(line - _BEFORE, 0), -1):
        message = _at_the_beginning(lines[number - 1]) or (number >= line - 1 and _within(lines[number - 1]))
        if message:
            return Typo(number, message)
    return None


def _lines_of(text: str) -> list[str]:
    """The beginnings of the lines of ``text``, as YAML counts them: a typo stands there, and a long line is a trap."""
    return [line[:_LOOKED_AT] for line in _LINE_END.split(text)]


def _at_the_beginning(line: str) -> str:
    if _INDENT.match(line):
        return Lint.WIDE_INDENT
    return _structure(line.lstrip(" \t"))


def _structure(text: str) -> str:
    """What is wrong with the beginning of ``text``, at which a line or a value begins; nothing if it is fine."""
    if message := _key_of(text):
        return message
    if found := _DASH.match(text):
        return Lint.WIDE_DASH.format(dash=found[1])
    return Lint.NO_DASH_SPACE if _NO_DASH_SPACE.match(text) else ""


def _key_of(text: str) -> str:
    """What is wrong with the colon behind the key with which ``text`` begins; nothing if there is none."""
    if found := _WIDE_COLON.match(text):
        return Lint.WIDE_COLON.format(key=found[1])
    found = _NO_SPACE.match(text)
    return Lint.NO_SPACE.format(key=found[1]) if found else ""


def _within(line: str) -> str:
    if _CURLY.search(line):
        return Lint.CURLY
    return Lint.WIDE_COMMA if _WIDE_COMMA.search(line) else ""


def _scalars(root: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, _Place]]:
    """Every scalar, and where it stands."""
    waiting: list[tuple[yaml.Node, _Place]] = [(root, _Place())]
    while waiting:
        node, place = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node, place
        elif isinstance(node, yaml.SequenceNode):
            all_curly = all(isinstance(item, yaml.ScalarNode) and _is_curly(str(item.value)) for item in node.value)
            here = _Place(place.key, bool(node.flow_style), len(node.value) == 1, all_curly)
            waiting += [(item, here) for item in node.value]
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                key = str(name.value) if isinstance(name, yaml.ScalarNode) else ""
                waiting += [(name, _Place()), (value, _Place(key, alone=True, all_curly=_is_curly(value.value)))]


def _is_curly(value: object) -> bool:
    return isinstance(value, str) and value[:1] == "“" and value[-1:] == "”" and value.count("“") == 1


def _in_plain(node: yaml.ScalarNode, place: _Place, text: str, lines: Sequence[str]) -> Iterator[Typo]:
    first, value = int(node.start_mark.line), str(node.value)
    if not value:
        return
    before = lines[first][: node.start_mark.column].strip(" \t")
    begins = value[:_LOOKED_AT]
    if message := _structure(begins) if not before else _key_of(begins):
        yield Typo(first + 1, message)
    for number in range(first + 1, int(node.end_mark.line) + 1):
        if number < len(lines) and (message := _at_the_beginning(lines[number])):
            yield Typo(number + 1, message)
    if _COMMENT.match(text, int(node.end_mark.index)):
        yield Typo(int(node.end_mark.line) + 1, Lint.COMMENT.format(text=shorten(value, _SHOWN)), sure=False)
    if place.in_flow and "\uff0c" in value and (place.alone or place.key in _PHRASINGS):
        yield Typo(first + 1, Lint.WIDE_COMMA_IN.format(text=shorten(value, _SHOWN)), sure=False)
    in_marks = value[0] in _OPEN or value[-1] in _CLOSE
    if (place.key in _NAMES and in_marks) or (place.in_flow and value.count("“") != value.count("”")):
        yield Typo(first + 1, Lint.CURLY)
    elif place.key in _PHRASINGS and place.all_curly:  # one of several may ask about words that are quoted
        yield Typo(first + 1, Lint.CURLY_AROUND.format(text=shorten(value, _SHOWN)), sure=False)
