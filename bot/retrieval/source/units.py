"""The structure of a source → the sentences that are ranked, and the units that they form.

A sentence is the smallest stretch that is shown, a unit what is searched beside it: at most ``MAX_UNIT`` characters of
one block. A block is what belongs together: an article with its paragraphs and items, a sentence that ends in a colon
with the short items it announces, or else one paragraph or one row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bot.knowledge.structure import NAMED_KINDS, Paragraph, Span, Structure, trimmed

MAX_UNIT: Final = 280
MAX_SENTENCE: Final = 120
MAX_LEAD: Final = 40
"""Characters of what leads to a sentence: the end of what announces it, or the beginning of its block."""
MAX_ITEM: Final = 160
"""Characters of an item that is read together with what announces it; longer ones stand by themselves."""
_COLONS: Final = "：:"
_NO_ITEMS: Final = {*NAMED_KINDS, "heading"}
_CLAUSE: Final = re.compile(r"[^，,、：:\n]*[，,、：:\n]?")


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence, or a part of a long one, at ``start`` up to ``end``.

    ``lead``: the words before it without which it may not be understood.
    """

    start: int
    end: int
    unit: int
    block: int
    heading: bool
    lead: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The sentences ``first`` up to, not including, ``last``. ``context``: the headings above, the outer first."""

    first: int
    last: int
    block: int
    context: str


@dataclass(frozen=True)
class Units:
    """All sentences of a source in order, the units they form, and how many blocks there are."""

    sentences: tuple[RankedSentence, ...]
    units: tuple[Unit, ...]
    blocks: int

    @cached_property
    def size(self) -> int:
        """The characters of all sentences."""
        return sum(sentence.end - sentence.start for sentence in self.sentences)


@dataclass(slots=True)
class _Block:
    context: str
    sentences: list[Span] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    heading: bool = False


def make_units(structure: Structure) -> Units:
    """The sentences and units of ``structure``. What is no white space lies in exactly one sentence."""
    sentences: list[RankedSentence] = []
    units: list[Unit] = []
    blocks = _blocks(structure)
    for number, block in enumerate(blocks):
        for first, last in _groups([span.end - span.start for span in block.sentences]):
            begin = len(sentences)
            sentences += (
                RankedSentence(span.start, span.end, len(units), number, block.heading, lead)
                for span, lead in zip(block.sentences[first:last], block.leads[first:last], strict=True)
            )
            units.append(Unit(begin, len(sentences), number, block.context))
    return Units(tuple(sentences), tuple(units), len(blocks))


def _blocks(structure: Structure) -> list[_Block]:
    blocks: list[_Block] = []
    owner = header = ""
    announced = False
    for paragraph in structure.paragraphs:
        text = structure.source[paragraph.span.start : paragraph.span.end]
        section = structure.section_at(paragraph.span.start)
        chain = structure.ancestors(section) if section is not None else ()
        article = next((one.id for one in chain if one.kind == "article"), "")
        item = section is not None and section.span.start == paragraph.span.start and section.kind not in _NO_ITEMS
        heading = not paragraph.number and not article
        joins = bool(blocks) and not heading and not paragraph.is_row
        if not (joins and ((article and article == owner) or (announced and item and len(text) <= MAX_ITEM))):
            above = (one for one in chain if one.is_heading and one.head.end <= paragraph.span.start)
            blocks.append(_Block(" ".join(_title(structure, one.head) for one in above), heading=heading))
        header = header if paragraph.is_row else ""
        _add(structure, blocks[-1], paragraph, header, item=item)
        if paragraph.is_row and not header:
            header = text[:MAX_LEAD]
        owner = article
        announced = not heading and (text[-1] in _COLONS or (announced and item))
    return blocks


def _title(structure: Structure, head: Span) -> str:
    return " ".join(structure.source[head.start : head.end][:MAX_LEAD].split())


def _add(structure: Structure, block: _Block, paragraph: Paragraph, header: str, *, item: bool) -> None:
    """Add the sentences of ``paragraph`` to ``block``, each with the words that lead to it."""
    source = structure.source
    whole = (paragraph.span,) if paragraph.is_row else [each.span for each in structure.sentences_of(paragraph.span)]
    for sentence in whole:
        lead = header
        if block.sentences and not lead:
            announcing = [source[each.start : each.end] for each in block.sentences if source[each.end - 1] in _COLONS]
            lead = announcing[-1][-MAX_LEAD:] if announcing and item else _opening(structure, block)
        for part in _parts(source, sentence):
            block.sentences.append(part)
            block.leads.append(lead)


def _opening(structure: Structure, block: _Block) -> str:
    """How ``block`` begins, without its number."""
    first = block.sentences[0]
    section = structure.section_at(first.start)
    text = structure.source[first.start : first.end]
    if section is not None and section.label and text.startswith(section.label) and len(text) > len(section.label):
        text = text[len(section.label) :].strip()
    return text[:MAX_LEAD]


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """``sentence``, or parts of it of at most ``MAX_SENTENCE`` characters that end with a clause if possible."""
    start, end = sentence.start, sentence.end
    wanted = (end - start) / max(1, -(-(end - start) // MAX_SENTENCE))
    begin = start
    if end - start > MAX_SENTENCE:
        last = start
        for found in _CLAUSE.finditer(text, start, end):
            while found.end() - begin > MAX_SENTENCE:  # a clause that is too long itself is cut anywhere
                cut = last if last > begin else begin + MAX_SENTENCE
                yield from _some(text, begin, cut)
                begin = cut
            last = found.end()
            if last - begin >= wanted:
                yield from _some(text, begin, last)
                begin = last
    yield from _some(text, begin, end)


def _some(text: str, start: int, end: int) -> Iterator[Span]:
    span = trimmed(text, start, end)
    if span.start < span.end:
        yield span


def _groups(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of sentences of about equal length in all, none longer than ``MAX_UNIT``."""
    total = sum(lengths)
    wanted = total / max(1, -(-total // MAX_UNIT))
    first = size = 0
    for number, length in enumerate(lengths):
        if number > first and (size + length > MAX_UNIT or size + length / 2 > wanted):
            yield first, number
            first, size = number, 0
        size += length
    if lengths:
        yield first, len(lengths)
