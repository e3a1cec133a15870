"""Which term can stand as a wrong option for another: one of its family, else one that is formed alike.

A family is a list in quiz.yaml. For a document without any, two of its terms are formed alike when both are named “…”
in the source, or when their last two characters, which carry the sort of a Chinese noun, are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from bot.knowledge.model import Knowledge, Point
from bot.quiz.generation.number_with_unit import parse_figure
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash

MAX_TERM = 16  # a longer one is a clause, not a term
MIN_TERM = 2
_NAMED = re.compile(r"“([^“”]+)”")
_BREAKS = re.compile(r"[,，;；。:：！？!?\n]")
_LAST_AND = re.compile(r"[和及]")
MIN_MEMBERS = 3


def list_members(value: str) -> tuple[str, ...]:
    """The members of a list such as ``甲、乙和丙``; empty for what is no list of three or more short terms."""
    if "、" not in value or _BREAKS.search(value):
        return ()
    *first, last = value.split("、")
    found = [*first, *_LAST_AND.split(last, maxsplit=1)] if len(first) > 0 else [value]
    short = all(MIN_TERM <= len(term) <= MAX_TERM for term in found)
    return tuple(found) if len(found) >= MIN_MEMBERS and short else ()


def strip_quotes(term: str) -> str:
    """``term`` without the quotation marks around it."""
    return found.group(1) if (found := _NAMED.fullmatch(term)) else term


def is_restatement(one: str, other: str) -> bool:
    """Whether one of two terms says the other with more words: both could then be held right."""
    short, long = sorted((squash(one), squash(other)), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


class TermPool:
    """The terms of one document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._families: dict[str, tuple[str, ...]] = {}
        for family in knowledge.quiz_additions.term_families:
            for term in family:
                self._families[squash(term)] = self._families.get(squash(term), ()) + family

    def has_family(self, term: str) -> bool:
        """Whether quiz.yaml has a family of terms for ``term``."""
        return squash(term) in self._families

    def terms_of(self, point: Point) -> tuple[str, ...]:
        """The terms that stand in the passage of ``point``, each once, in their order."""
        found = [term for term in _terms(point) if any(term in quote for quote in point.quotes)]
        return tuple(dict.fromkeys(found))

    def distractors(self, right: Iterable[str], count: int, *seed: object, beside: str = "") -> tuple[str, ...]:
        """``count`` wrong options for the terms ``right``, all of which are right; fewer: none.

        None of them stands in the text ``beside``, or says the same as a right one or as another one.
        """
        right = tuple(right)
        if not self._families:
            pool = [term for term in self._pool if all(self._formed_alike(term, one) for one in right)]
        else:  # a curator has sorted the terms: what was left out fits nowhere
            pool = [term for one in right for term in self._families.get(squash(one), ())]
        found: list[str] = []
        for term in seeded_shuffle(dict.fromkeys(pool), *seed):
            apart = not any(is_restatement(term, other) for other in (*right, *found))
            if apart and squash(term) not in squash(beside):
                found.append(term)
        return tuple(found[:count]) if len(found) >= count else ()

    @cached_property
    def _pool(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for point in self._knowledge.points for term in self.terms_of(point)))

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(_NAMED.findall(self._knowledge.source))

    def _formed_alike(self, one: str, other: str) -> bool:
        longer, shorter = max(len(one), len(other)), min(len(one), len(other))
        if longer > 1.5 * shorter:
            return False
        return (one in self._named and other in self._named) or one[-2:] == other[-2:]


def _terms(point: Point) -> Iterator[str]:
    """What may be a term of ``point``: facts, members of lists in them, names in quotation marks, aliases."""
    for fact in point.facts:
        yield from map(
            strip_quotes,
            list_members(fact.value) or (fact.value,) if _is_term(fact.value) or list_members(fact.value) else (),
        )
    for quote in point.quotes:
        yield from (name for name in _NAMED.findall(quote) if _is_term(name))
    yield from filter(_is_term, point.aliases)


def _is_term(text: str) -> bool:
    plain = strip_quotes(text)
    return (
        MIN_TERM <= len(plain) <= MAX_TERM
        and not _BREAKS.search(plain)
        and "、" not in plain
        and parse_figure(plain) is None
    )
