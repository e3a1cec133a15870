"""Lists as a whole: which of these belong to it, more than one being right, or which one does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.structure import SourceSection, Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft, clauses_around, gap_stem
from bot.quiz.generation.material import Material, Statement, full_width
from bot.quiz.generation.relations import cells_of_bodies
from bot.quiz.seeded_random import seeded_index, seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

FEW, MAX_RIGHT, MAX_WRONG, MAX_ODD = 2, 4, 2, 3
MAX_SENTENCE = 110
MAX_ITEM = 48
NEAR = 250  # characters between two lists that speak of one matter
ODD_SHARE = 0.4  # of the lists within a sentence, which are asked for what they do not have
MAX_NOTE = 110
MAX_SINGLE = 2  # questions for one item of a list, besides the one for several
_LIKE = 0.6  # the share of pairs of characters from which two items might say the same
_OTHER = re.compile("其他|规定的|前款|本法第|第[一二三四五六七八九十百]+条|上述")
_ENDS = "；;。，, \n"


def inline_list_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For each list within a sentence: which of these does it have?"""
    for found in material.lists:
        text = material.source[found.span.start : found.span.end]
        statement = _around(material, found.span)
        if statement is None or len(statement.text) - len(text) < 6:
            continue
        members = found.members
        sizes = sorted(map(len, members))
        others = [
            other
            for other in material.members
            if other not in members
            and len(other) in sizes
            and other not in statement.text
            and not any(is_restatement(other, member) or other[:2] == member[:2] for member in members)
        ]
        near = {
            member
            for other in material.lists
            if abs(other.span.start - found.span.start) <= NEAR
            for member in other.members
        }
        alike = {other for other in others if any(other[-1] == member[-1] for member in members)}
        fitting = [other for other in others if other in near | alike]
        fitting.sort(key=lambda other: -(2 * (other in alike) + (other in near)))
        wrong = tuple(fitting[: MAX_WRONG if len(members) <= MAX_RIGHT else 1])
        if not wrong:
            continue
        right = tuple(member for member in members if member in set(seeded_shuffle(members, seed, text)[:MAX_RIGHT]))
        stem = gap_stem(material, statement, statement.text, text)
        odd = seeded_index(100, seed, text, "odd") < 100 * ODD_SHARE
        whole = len(right) == len(members)
        ask = Quiz.NOT_IN_LIST if odd else (Quiz.SEVERAL_MARK if whole else Quiz.INCLUDING + Quiz.SEVERAL_MARK)
        kind: Literal["member", "several"] = "member" if odd else "several"
        yield QuestionDraft(
            kind=kind,
            point=material.point_at(statement.span),
            asked=(text,),
            question=stem + ask,
            right=wrong[:1] if odd else right,
            wrong=right[:MAX_ODD] if odd else wrong,
            quote=statement.text,
            focus=text,
            uses=(found.span,),
        )


def _around(material: Material, span: Span) -> Statement | None:
    for statement in material.statements:
        if statement.span.start <= span.start and span.end <= statement.span.end:
            if len(statement.text) <= MAX_SENTENCE:
                return statement
            text = clauses_around(statement.text, material.source[span.start : span.end], MAX_SENTENCE)
            return Statement(statement.span, text, statement.topic, statement.part)
    return None


@dataclass(frozen=True, slots=True)
class _ItemList:
    """Numbered items below a sentence: ``lead`` is it with a gap for them, ``noun`` what it calls them (情形, 材料)."""

    parent: SourceSection
    items: tuple[SourceSection, ...]
    texts: tuple[str, ...]
    lead: str
    noun: str

    def uses(self, texts: Sequence[str]) -> tuple[Span, ...]:
        """Where the items stand that say ``texts``."""
        return tuple(item.span for item, text in zip(self.items, self.texts, strict=True) if text in texts)


def item_list_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """For each list of numbered items below a sentence: which of these items does it have, several or one?

    The wrong ones are items of other lists of the same noun.
    """
    lists = list(_item_lists(material))
    for found in lists:
        usable = [text for text in found.texts if len(text) <= MAX_ITEM and not _OTHER.search(text)]
        near = [text for text in _near(material, found, lists) if len(text) <= 1.6 * max(map(len, usable), default=0)]
        alone = material.source.count(found.lead.replace(Quiz.GAP, "下列").rstrip("。")) == 1
        if len(usable) < FEW or not near or not alone:
            continue
        order = seeded_shuffle(usable, seed, found.lead)
        odd = seeded_shuffle(near, seed, found.lead, "other")
        right = order[: 3 if len(odd) >= FEW else FEW]
        if len(odd) >= FEW or len(order) < MAX_RIGHT:
            yield _items(material, found, right, odd[:MAX_WRONG], "several")
            order = [text for text in order if text not in right]
        for one in order[:MAX_SINGLE]:
            wrong = seeded_shuffle([text for text in near if text not in odd[:1]], seed, one)[:MAX_ODD]
            if len(wrong) == MAX_ODD:
                yield _items(material, found, [one], wrong, "member")


def _items(
    material: Material, found: _ItemList, own: Sequence[str], odd: Sequence[str], kind: Literal["several", "member"]
) -> QuestionDraft:
    lead = full_width(found.lead)
    return QuestionDraft(
        kind=kind,
        point=material.point_at(found.parent.head),
        asked=(found.lead, kind),
        question=lead + Quiz.SEVERAL_MARK if kind == "several" else lead,
        right=tuple(map(full_width, own)),
        wrong=tuple(map(full_width, odd)),
        quote=material.source[found.parent.head.start : found.parent.head.end].strip(),
        note=_listed(own),
        uses=found.uses(own),
    )


def _near(material: Material, found: _ItemList, lists: Sequence[_ItemList]) -> list[str]:
    """Items of other lists of the same noun that say nothing of what this list says; without any, who is named."""
    others = [text for other in lists if other is not found and other.noun == found.noun for text in other.texts]
    others = [
        text
        for text in others
        if len(text) <= MAX_ITEM
        and not _OTHER.search(text)
        and not any(_alike(text, own) for own in found.texts)
        and not material.is_said_elsewhere(found.lead + text, Span(0, 0))
    ]
    bodies = (cell for cell in cells_of_bodies(material) if not any(_alike(cell, own) for own in found.texts))
    return list(dict.fromkeys(others or bodies))


def _item_lists(material: Material) -> Iterator[_ItemList]:
    for section in material.structure.sections:
        items = material.structure.children(section)
        if section.is_heading or len(items) < FEW or any(material.structure.children(item) for item in items):
            continue
        if lead := _lead(material, section, items):
            yield _ItemList(section, items, tuple(_text(material, item) for item in items), *lead)


def _lead(material: Material, parent: SourceSection, items: Sequence[SourceSection]) -> tuple[str, str] | None:
    """The sentence before the items with a gap for them, and the noun that they are; None if it does not say 下列."""
    before = material.source[parent.span.start : items[0].span.start].strip()
    lines = [line for line in before.split("\n") if line.strip()]
    text = lines[-1].strip() if lines else ""
    text = text[text.rfind("。") + 1 :].removeprefix(parent.label).strip()
    found = re.search("下列(?P<noun>[^，,：:之一的]{0,6}?)(?=之一|的|[，,：:]|$|参加|提出)", text)
    if found is None or len(text) > MAX_SENTENCE:
        return None
    lead = text[: found.start()] + Quiz.GAP + text[found.start() + 2 :]
    return lead.rstrip("：: ") + "。", found["noun"]


def _listed(items: Sequence[str]) -> str:
    """What the source lists, as far as an explanation carries it."""
    told = Quiz.LISTED_ARE.format(items="；".join(map(full_width, items)))
    return told if len(told) <= MAX_NOTE else ""


def _text(material: Material, item: SourceSection) -> str:
    text = material.source[item.span.start : item.span.end].strip()
    return re.sub(r"^(?:[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[.．、])\s*", "", text).strip(_ENDS)


def _alike(one: str, other: str) -> bool:
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (squash(one), squash(other)))
    return len(first & second) >= _LIKE * min(len(first), len(second))
