"""No pattern reads a run of the same words in more than one way: who types 嗯 forty times waits like others."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined] # the parsed pattern has no public form
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import bot.conversation
import bot.features
import bot.knowledge
import bot.quiz
import bot.retrieval

MOST_TEXTS = 4_000


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of the modules that read what people type, by what they are called."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (bot.retrieval, bot.conversation, bot.features, bot.quiz, bot.knowledge):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for number, pattern in enumerate(_patterns_in(value)):
                    found[f"{_home(module, name)}[{number}]"] = pattern
    return found


def _home(module: ModuleType, name: str) -> str:
    return f"{module.__name__}.{name}"


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _patterns_in(one, depth + 1)


def ambiguous_runs(pattern: str, flags: int = 0) -> set[str]:
    """The texts that a repeated group of ``pattern`` reads in several ways, such as 问问 of ``(?:问|问问)*``."""
    return set(_ambiguous(parser.parse(pattern, flags)))


def _ambiguous(parsed: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for operation, value in parsed:
        if operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            _, most, body = value
            if most > 4:
                yield from _read_twice(_texts(body) or ())
            yield from _ambiguous(body)
        elif operation is sre.POSSESSIVE_REPEAT:  # reads it in the first way, whatever comes behind
            continue
        elif operation is sre.SUBPATTERN:
            yield from _ambiguous(value[3])
        elif operation is sre.BRANCH:
            for alternative in value[1]:
                yield from _ambiguous(alternative)
        elif operation in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _ambiguous(value[1])


def _read_twice(texts: Collection[str]) -> Iterator[str]:
    pieces = set(texts) - {""}
    for text in pieces:
        ways = [1] + [0] * len(text)
        for end in range(1, len(text) + 1):
            ways[end] = sum(ways[start] for start in range(end) if text[start:end] in pieces)
        if ways[-1] > 1:
            yield text


def _texts(parsed: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """All texts that fit, a repeat taken up to three times; None if there are too many."""
    found: set[str] = {""}
    for operation, value in parsed:
        pieces = _pieces(operation, value)
        if pieces is None:
            return None
        found = {first + second for first in found for second in pieces}
        if len(found) > MOST_TEXTS:
            return None
    return found


def _pieces(operation: Any, value: Any) -> set[str] | None:
    found: set[str] | None = None
    if operation is sre.LITERAL:
        found = {chr(value)}
    elif operation is sre.IN and all(kind is sre.LITERAL for kind, _ in value):
        found = {chr(char) for _, char in value}
    elif operation is sre.SUBPATTERN:
        found = _texts(value[3])
    elif operation is sre.BRANCH:
        every = [_texts(alternative) for alternative in value[1]]
        found = None if None in every else {text for texts in every for text in texts or ()}
    elif operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
        found = _runs(*value)
    elif operation in {sre.ASSERT, sre.ASSERT_NOT, sre.AT}:
        found = {""}
    return found


def _runs(least: int, most: int, body: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The texts of ``least`` to ``most`` times ``body``, at most three times."""
    once = _texts(body)
    if once is None or len(once) ** min(most, 3) > MOST_TEXTS:
        return None
    found, run = set[str](), {""}
    for times in range(min(most, 3) + 1):
        if times >= least:
            found |= run
        run = {first + second for first in run for second in once}
    return found


def test_what_reads_in_two_ways_is_found() -> None:
    assert ambiguous_runs("(?:问|问问|那)*") == {"问问"}
    assert ambiguous_runs("(?:嗯+|好)*x") >= {"嗯嗯"}
    assert ambiguous_runs("(?:要|想|想要)*") == {"想要"}
    assert ambiguous_runs("(?:问|想要|那)*") == ambiguous_runs("(?:问|问问)*+") == set()


def test_no_repeated_group_reads_a_text_in_two_ways() -> None:
    found = {name: ambiguous_runs(pattern.pattern, pattern.flags) for name, pattern in patterns().items()}
    assert len(found) > 600
    assert {name: texts for name, texts in found.items() if texts} == {}
