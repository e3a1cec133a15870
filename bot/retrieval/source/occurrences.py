"""Where a term stands in a source, and what is shown around it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Final

from bot.knowledge.structure import Span, Structure, trimmed
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.text import clean, parse_count, spell_count, squash

MAX_MERGED = 240  # characters of neighbouring places that are shown as one
MAX_LEFT_OUT = 200  # characters that an ellipsis in a quotation stands for
_LEAST_CLAUSE = 10  # characters of a clause that is shown by itself
_KEPT: Final = re.compile(r"[\w%]|(?<=\d)[.:/-](?=\d)|(?<=[a-z])(?:\+|#)")
_ELLIPSIS: Final = re.compile(r"\.{2,}|…+")
_SMALL_WORD: Final = re.compile("[的了和与跟及在是把将对讲说]|关于|那个|这个")
CLAUSE: Final = re.compile("[,，;；:：。!?！？\n]")
_CODE: Final = re.compile(r"[a-z0-9.%:/+#-]+")
_RUNS_UP: Final = re.compile(r"(?:[a-z0-9]|\d\.)$")
_RUNS_ON: Final = re.compile(r"\d|\.\d")
_LETTERS_UP: Final = re.compile("[a-z0-9]$")
_LETTERS_ON: Final = re.compile("[a-z0-9]")


class Occurrences:
    """Finds terms in the source of ``structure``, which is folded for comparing once."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._source = structure.source
        self._fold = _fold(structure.source)

    def find(self, term: str) -> list[Span]:
        """Where ``term`` stands, whatever the punctuation and the width of its characters; a number in any form.

        Of a quotation with an ellipsis, what stands between its beginning and its end.
        """
        first, *others = [piece for piece in _ELLIPSIS.split(clean(term)) if folded(piece)] or [""]
        found = self._spelled(first)
        for piece in others:
            ends = self._spelled(piece)
            nearest = ((one, next((end for end in ends if one.end <= end.start), None)) for one in found)
            found = [
                Span(one.start, end.end)
                for one, end in nearest
                if end is not None and end.start <= one.end + MAX_LEFT_OUT
            ]
        return found

    def sentences_with(self, term: str) -> list[Span]:
        """The one sentence that has all words of ``term``, split at the small ones; none if others have them too."""
        pieces = [piece for piece in _SMALL_WORD.split(clean(term)) if len(piece) > 1]
        if not pieces:
            return []
        found = [{self._structure.sentence_at(span.start) for span in self._spelled(piece)} for piece in pieces]
        common = [sentence for sentence in set.intersection(*found) if sentence is not None]
        return [common[0].span] if len(common) == 1 else []

    def _spelled(self, term: str) -> list[Span]:
        spellings = {folded(term), folded(normalize_numerals(squash(term)))}
        number = parse_count(term) if len(term) > 1 else None
        if number is not None and number > 10:
            spellings |= {str(number), spell_count(number)}
        found = {span for spelling in spellings if spelling for span in self._found(spelling)}
        return sorted(found, key=lambda span: span.start)

    def _found(self, needle: str) -> Iterator[Span]:
        text, positions = self._fold
        code = _CODE.fullmatch(needle) is not None
        at = text.find(needle)
        while at >= 0:
            end = at + len(needle)
            span = Span(positions[at], positions[end - 1] + 1)
            if not code or not self._runs_on(span, needle):
                yield span
            at = text.find(needle, end)

    def _runs_on(self, span: Span, needle: str) -> bool:
        """Whether the number or the code at ``span`` is part of a longer one: 29 is not in 2.29, 129 and H29."""
        before, behind = self._source[max(span.start - 2, 0) : span.start], self._source[span.end : span.end + 2]
        return (_RUNS_UP if needle[0].isdecimal() else _LETTERS_UP).search(clean(before)) is not None or (
            _RUNS_ON if needle[-1].isdecimal() else _LETTERS_ON
        ).match(clean(behind)) is not None

    def around(self, span: Span, limit: int) -> Span:
        """What is shown around ``span``: its sentences, or the clauses of them if these are longer than ``limit``."""
        first, last = self._structure.sentence_at(span.start), self._structure.sentence_at(span.end - 1)
        if first is None or last is None:
            return span
        start, end = min(first.span.start, span.start), max(last.span.end, span.end)
        if end - start <= limit:
            return Span(start, end)
        bounds = [start, *(found.end() for found in CLAUSE.finditer(self._source, start, end)), end]
        left = max(bound for bound in bounds if bound <= span.start)
        right = min(bound for bound in bounds if bound >= span.end)
        if right - left < _LEAST_CLAUSE:
            right = min((bound for bound in bounds if bound > right), default=right)
        found = trimmed(self._source, left, right)
        return Span(found.start, found.end - (self._source[found.end - 1] in ",，、:：" and found.end > span.end))

    def merged(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """The spans in their order, those as one that adjoin or overlap within a paragraph."""
        found: list[Span] = []
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            last = found[-1] if found else None
            if last is None or span.start > last.end + 1:
                found.append(span)
            elif span.end > last.end:
                alike = self._structure.paragraph_at(last.start) == self._structure.paragraph_at(span.start)
                if span.start < last.end or (alike and span.end - last.start <= MAX_MERGED):
                    found[-1] = Span(last.start, span.end)
                else:
                    found.append(span)
        return tuple(found)


def folded(text: str) -> str:
    """What is left of a cleaned ``text`` to compare it by."""
    return "".join(_KEPT.findall(text))


def _fold(source: str) -> tuple[str, array[int]]:
    """``source`` as ``folded`` has it, and where each of its characters stands."""
    folds: dict[int, str] = {ord(char): fold if len(fold := clean(char)) == 1 else char for char in set(source)}
    kept = [(found[0], found.start()) for found in _KEPT.finditer(source.translate(folds))]
    return "".join(char for char, _ in kept), array("L", (position for _, position in kept))
