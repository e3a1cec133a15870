"""A document, cut into passages that are as long as an answer: articles, paragraphs, rows of tables. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.knowledge.model import WHOLE, Knowledge
from bot.knowledge.structure import SourceSection, Span, Structure, trimmed
from bot.text import shorten, squash

MAX_PASSAGE: Final = 280
"""Characters of a passage, unless one sentence has more: a reply quotes at most 300."""
MAX_PIECE: Final = 160
"""Characters to which sentences of running text are put together: finer passages are found more surely."""
SHORT_PIECE: Final = 40
"""Characters of a piece that is no passage by itself if what stands behind it fits: 一是加快结构调整。"""
MIN_PASSAGE: Final = 6
"""Characters that mean something, below which a line is no passage: a page number, a row of dashes."""
MAX_TITLE: Final = 40


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """A passage of the source.

    ``name`` is made of where it stands (``s2-1``, ``s2-1-p2``), unique and fit for an id. ``section`` is the id of a
    section of the knowledge. ``headings`` are the headings that it stands below, from the top, without numbers.
    """

    name: str
    title: str
    section: str
    span: Span
    quote: str
    headings: tuple[str, ...] = ()


def cut_passages(knowledge: Knowledge) -> tuple[DraftPassage, ...]:
    """The passages of ``knowledge``'s source in their order; of equal ones the first alone."""
    structure = knowledge.structure
    found: list[DraftPassage] = []
    names: dict[str, int] = {}
    seen: set[str] = set()
    for unit in _units(structure):
        pieces = list(_pieces(structure, unit))
        for span in pieces:
            quote = structure.source[span.start : span.end]
            core = squash(quote)
            if len(core) < MIN_PASSAGE or core in seen:
                continue
            seen.add(core)
            section = structure.section_at(span.start)
            base = _name(section)
            names[base] = names.get(base, 0) + 1
            found.append(
                DraftPassage(
                    name=f"{base}-p{names[base]}" if names[base] > 1 else base,
                    title=_title(structure, section, span),
                    section=_listed(knowledge, structure, section),
                    span=span,
                    quote=quote,
                    headings=_headings(structure, section),
                )
            )
    return tuple(found)


def _units(structure: Structure) -> Iterator[Span]:
    """What is not put together with anything else: articles, rows, and paragraphs outside of articles."""
    articles = [section.span for section in structure.sections if section.kind == "article"]
    within = iter(articles)
    current = next(within, None)
    for paragraph in structure.paragraphs:
        while current is not None and current.end <= paragraph.span.start:
            current = next(within, None)
        if current is not None and current.start <= paragraph.span.start:
            if current.start == paragraph.span.start:
                yield current
        elif paragraph.number:
            yield paragraph.span


def _pieces(structure: Structure, unit: Span) -> Iterator[Span]:
    """``unit`` in pieces of at most MAX_PASSAGE characters, cut at paragraphs and items, else between sentences."""
    if unit.end - unit.start <= MAX_PASSAGE and not _has_inline_items(structure, unit):
        yield unit
        return
    section = structure.section_at(unit.start)
    limit = MAX_PASSAGE if section is not None and section.kind == "article" else MAX_PIECE
    inline = {one.span.start for one in structure.sections if one.inline and unit.start < one.span.start < unit.end}
    starts = {one.span.start for one in structure.paragraphs if unit.start < one.span.start < unit.end} | inline
    bounds = [unit.start, *sorted(starts), unit.end]
    blocks = [trimmed(structure.source, start, end) for start, end in pairwise(bounds)]
    yield from _packed(structure, (span for span in blocks if span.start < span.end), limit, inline)


def _packed(structure: Structure, blocks: Iterable[Span], limit: int, apart: Iterable[int]) -> Iterator[Span]:
    """``blocks`` put together as far as ``limit`` allows; what begins at one of ``apart`` begins anew."""
    first = set(apart)
    parts: list[Span] = []
    for block in blocks:
        if block.end - block.start <= limit:
            parts.append(block)
        else:
            parts += _sentences(structure, block)
    run: Span | None = None
    for part in parts:
        room = MAX_PASSAGE if run is not None and run.end - run.start < SHORT_PIECE else limit
        if run is not None and part.start not in first and part.end - run.start <= room:
            run = Span(run.start, part.end)
            continue
        if run is not None:
            yield run
        run = part
    if run is not None:
        yield run


def _sentences(structure: Structure, block: Span) -> list[Span]:
    spans = [
        Span(max(sentence.span.start, block.start), min(sentence.span.end, block.end))
        for sentence in structure.sentences_of(block)
    ]
    return [span for span in spans if span.start < span.end] or [block]


def _has_inline_items(structure: Structure, unit: Span) -> bool:
    return any(one.inline and unit.start < one.span.start < unit.end for one in structure.sections)


def _name(section: SourceSection | None) -> str:
    """``s2-1`` for what stands in the first section of the second one, ``p`` for what stands in none."""
    if section is None:
        return "p"
    return section.id.replace(".", "-").lower()


def _title(structure: Structure, section: SourceSection | None, span: Span) -> str:
    own = structure.heading_of(span)
    if section is not None and section.kind == "article" and section.label not in own:
        own = f"{section.label} {own}"
    return shorten(own, MAX_TITLE)


def _listed(knowledge: Knowledge, structure: Structure, section: SourceSection | None) -> str:
    """The innermost section around that the knowledge lists."""
    listed = {one.id for one in knowledge.sections}
    around = structure.ancestors(section) if section is not None else ()
    return next(
        (one.id for one in reversed(around) if one.id in listed), WHOLE if WHOLE in listed else _first(knowledge)
    )


def _first(knowledge: Knowledge) -> str:
    return knowledge.sections[0].id if knowledge.sections else WHOLE


def _headings(structure: Structure, section: SourceSection | None) -> tuple[str, ...]:
    around: Sequence[SourceSection] = structure.ancestors(section) if section is not None else ()
    return tuple(one.name for one in around if one.is_heading)
