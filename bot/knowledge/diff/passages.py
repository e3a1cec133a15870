"""Two editions of a document → which passages changed, came, went and moved; how much two documents share. Pure.

A passage is an article, or a paragraph or row of a table that belongs to none. Its number is no part of what it says:
an article that only counts on because another one came before it has moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.diff.align import align_lines
from bot.knowledge.structure import Span, Structure
from bot.text import squash

LEAST_ALIKE = 0.5  # the share of pairs of characters that a passage and what became of it have in common
MAX_PAIRS = 4_000  # of passages between two that stayed: beyond it nobody says what became of which
LEAST_SENTENCE = 6  # characters of a sentence that tells one document from another


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: where it stands, as a reader says it, what it says, and that without its number and marks."""

    place: str
    text: str
    core: str


@dataclass(frozen=True, slots=True)
class PassageChanges:
    """What differs between two editions. ``changed`` and ``moved`` have each passage before and after."""

    changed: tuple[tuple[Passage, Passage], ...] = ()
    added: tuple[Passage, ...] = ()
    removed: tuple[Passage, ...] = ()
    moved: tuple[tuple[Passage, Passage], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self == PassageChanges()


def shared_sentences(one: Structure, other: Structure) -> float:
    """The share of sentences, 0-1, that the document with fewer of them has in common with the other one."""
    sentences = [_sentences(structure) for structure in (one, other)]
    fewer = min(map(len, sentences))
    return len(sentences[0] & sentences[1]) / fewer if fewer else 0.0


def _sentences(structure: Structure) -> set[str]:
    found = (squash(structure.source[one.span.start : one.span.end]) for one in structure.sentences)
    return {core for core in found if len(core) >= LEAST_SENTENCE}


def compare_passages(old: Structure, new: Structure) -> PassageChanges:
    """What became of the passages of ``old`` in ``new``."""
    before, after = list(_passages(old)), list(_passages(new))
    changed: list[tuple[Passage, Passage]] = []
    removed: list[Passage] = []
    added: list[Passage] = []
    moved: list[tuple[Passage, Passage]] = []
    for tag, start, end, begin, stop in align_lines([one.core for one in before], [one.core for one in after]):
        if tag == "equal":
            pairs = zip(before[start:end], after[begin:stop], strict=True)
            moved += [(one, other) for one, other in pairs if one.place != other.place]
            continue
        pairs_alike, lost, new_ones = _pair_up(before[start:end], after[begin:stop])
        changed += pairs_alike
        removed += lost
        added += new_ones
    elsewhere = {one.core: one for one in added}
    for one in [one for one in removed if one.core in elsewhere]:
        other = elsewhere.pop(one.core, None)
        if other is not None:
            removed.remove(one)
            added.remove(other)
            moved.append((one, other))
    return PassageChanges(tuple(changed), tuple(added), tuple(removed), tuple(moved))


def _pair_up(
    old: Sequence[Passage], new: Sequence[Passage]
) -> tuple[list[tuple[Passage, Passage]], list[Passage], list[Passage]]:
    """Which of ``new`` is what became of which of ``old``, the most alike first; the others of both."""
    if len(old) * len(new) > MAX_PAIRS:
        return [], list(old), list(new)
    ranked = sorted(
        ((_alike(one.core, other.core), -at, -there) for at, one in enumerate(old) for there, other in enumerate(new)),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for alike, at, there in ranked:
        if alike >= LEAST_ALIKE and -at not in partner and -there not in partner.values():
            partner[-at] = -there
    pairs = [(old[at], new[there]) for at, there in sorted(partner.items())]
    lost = [one for at, one in enumerate(old) if at not in partner]
    return pairs, lost, [one for there, one in enumerate(new) if there not in partner.values()]


def _alike(one: str, other: str) -> float:
    """The share of pairs of neighbouring characters that two texts have in common (Dice's coefficient)."""
    pairs = [Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1))) for text in (one, other)]
    total = sum(map(Counter.total, pairs))
    return 2 * (pairs[0] & pairs[1]).total() / total if total else 0.0


def _passages(structure: Structure) -> Iterator[Passage]:
    """The passages of a document in their order, without its headings."""
    last = -1
    for paragraph in structure.paragraphs:
        start = paragraph.span.start
        if start < last or not paragraph.number:
            continue
        section = structure.section_at(start)
        chain = structure.ancestors(section) if section is not None else ()
        article = next((one for one in chain if one.kind == "article" and one.span.start <= start), None)
        span = article.span if article is not None else paragraph.span
        last = span.end
        text = structure.source[span.start : span.end]
        owner = article or section
        label = owner.label if owner is not None and owner.span.start == span.start else ""
        place = article.label if article is not None else structure.place(Span(span.start, span.end))
        core = squash(text.removeprefix(label))
        if core:
            yield Passage(place, text, core)
