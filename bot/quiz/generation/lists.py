"""Lists as a whole: which of these belong to it, more than one being right, or which one does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.structure import SourceSection, Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft, clauses_around, gap_stem
from bot.quiz.generation.inline_list import InlineList
from bot.quiz.generation.material import Material, Statement, full_width
from bot.quiz.generation.relations import cells_of_bodies
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

FEW, MAX_RIGHT, MAX_WRONG, MAX_ODD = 2, 4, 2, 3
MAX_SENTENCE, MIN_AROUND = 110, 5
MAX_MEMBERS = 6
MAX_ITEM = 48
MAX_NOTE = 110
_LIKE = 0.6  # the share of pairs of characters from which two items might say the same
_OTHER = re.compile("其他|规定的|前款|本法第|第[一二三四五六七八九十百]+条|上述")
_PUNISHES = re.compile("处罚|罚款|刑事责任|处分")
"""A list of wrongs: nobody takes what is none for one of them, and what is one might be punished all the same."""
_ANNOUNCING = ("下列", "以下", "如下")
_ENDS = "；;。，, \n"


def inline_list_drafts(material: Material, seed: int, *, is_short: bool = False) -> Iterator[QuestionDraft]:
    """For each short list within a sentence: which of these does it have? The wrong ones are formed like its members.

    ``is_short``: the document is so short that one wrong option of another list is enough, and any that is as long.
    """
    for found in material.lists:
        text = material.source[found.span.start : found.span.end]
        statement = _around(material, found.span)
        if statement is None or len(statement.text) - len(text) < MIN_AROUND or len(found.members) > MAX_MEMBERS:
            continue
        wrong = _strangers(material, found, statement.text, any_sort=is_short)
        if len(wrong) < (1 if is_short else MAX_WRONG):
            continue
        yield QuestionDraft(
            kind="several",
            point=material.point_at(statement.span),
            asked=(text,),
            question=gap_stem(material, statement, statement.text, text) + Quiz.SEVERAL_MARK,
            right=found.members,
            wrong=tuple(seeded_shuffle(wrong[: MAX_WRONG + 1], seed, text)[:MAX_WRONG]),
            quote=statement.text,
            focus=text,
            uses=(found.span,),
        )


def _strangers(material: Material, found: InlineList, sentence: str, *, any_sort: bool) -> list[str]:
    """Members of other lists that could stand in this one: as long, ending alike or in a list of such things.

    What shares a word with a member (权益保护 and 产权保护) would test eyesight.
    """
    sizes = sorted(map(len, found.members))
    sort, slogans = _sort_of(material, found), _is_slogans(material, found)
    fitting: dict[str, int] = {}
    for other in material.lists:
        same_sort = bool(sort) and _sort_of(material, other) == sort
        same_sort = same_sort or (slogans and _is_slogans(material, other))
        for one in other.members:
            alike = any(one[-1] == member[-1] for member in found.members)
            apart = not any(
                is_restatement(one, member)
                or one[:2] == member[:2]
                or (len(one) >= _SLOGAN and one[-2:] == member[-2:])
                for member in found.members
            )
            if one not in sentence and apart and sizes[0] <= len(one) <= sizes[-1] and (same_sort or alike or any_sort):
                fitting[one] = max(fitting.get(one, 0), same_sort + 2 * alike)
    return sorted(fitting, key=lambda one: -fitting[one])


def _is_slogans(material: Material, found: InlineList) -> bool:
    """Whether a list is one of phrases of four characters that end their clause: 稳扎稳打、久久为功."""
    source, span = material.source, found.span
    alone = source[span.start - 1 : span.start] in set("，,。；;") or source[: span.start].endswith("坚持")
    ends = source[span.end : span.end + 1] in set("。，,；;")
    return alone and ends and all(len(member) == _SLOGAN for member in found.members)


_SLOGAN = 4


def _sort_of(material: Material, found: InlineList) -> str:
    """The word behind the list that says what its members are: 领域 in 甲、乙等领域; empty if there is none."""
    behind = re.match(r"等(\w\w)", material.source[found.span.end : found.span.end + 3])
    return behind.group(1) if behind else ""


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
    """One question for each list of numbered items below a sentence: which of these items does it have?

    The wrong ones are items of other lists of the same noun; a long list is asked for one item if it has too few.
    """
    lists = list(_item_lists(material))
    for found in lists:
        usable = [text for text in found.texts if _is_usable(text)]
        near = [text for text in _near(material, found, lists) if len(text) <= 1.6 * max(map(len, usable), default=0)]
        alone = any(material.source.count(found.lead.replace(Quiz.GAP, word).rstrip("。")) == 1 for word in _ANNOUNCING)
        if len(usable) < FEW or len(near) < FEW or not alone or _PUNISHES.search(found.lead):
            continue
        order = seeded_shuffle(usable, seed, found.lead)
        wrong = seeded_shuffle(near, seed, found.lead, "other")[:MAX_WRONG]
        yield _items(material, found, order[:3], wrong, "several")


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
        note=_listed(found.texts) or _listed(own),
        uses=found.uses(own),
    )


def _near(material: Material, found: _ItemList, lists: Sequence[_ItemList]) -> list[str]:
    """Items of other lists of the same noun that say nothing of what this list says; without any, who is named.

    They must read as items of this list: none of a list with another subject, and none that names the subject again.
    Of two lists with one subject and the same kind of consequence an item may belong to both, whatever it says.
    """
    own = _subject_and_course(found)
    article = material.source[found.parent.span.start : found.parent.span.end]
    others = []
    for other in lists:
        theirs = _subject_and_course(other)
        if other is found or other.noun != found.noun or theirs[0] not in {"", own[0]}:
            continue
        if own[0] and theirs == own:
            continue
        others += [text for text in other.texts if not own[0] or own[0] not in text[:-1]]
    others = [
        text
        for text in others
        if _is_usable(text)
        and not _begins_with_other_subject(text, own[0], lists)
        and not any(_alike(text, mine) for mine in found.texts)
        and not _is_touched(text, article)
        and not material.is_said_elsewhere(found.lead + text, Span(0, 0))
    ]
    people = (
        cell
        for cell in cells_of_bodies(material)
        if found.noun == "人员" and not cell.endswith("会议") and not any(_alike(cell, mine) for mine in found.texts)
    )
    return list(dict.fromkeys(others or people))


def _is_usable(text: str) -> bool:
    """Whether an item reads alone: it refers to nothing else and sets no further duty."""
    return len(text) <= MAX_ITEM and not _OTHER.search(text) and "应当" not in text


def _subject_and_course(found: _ItemList) -> tuple[str, bool]:
    """Whose circumstances a list tells (empty if its sentence does not say), and whether it forbids something."""
    subject = re.match("^(?:第[^条]+条)?([^，,（]{2,8})有（", found.lead)
    return (subject.group(1) if subject else ""), "不得" in found.lead or "不予" in found.lead


def _begins_with_other_subject(text: str, subject: str, lists: Sequence[_ItemList]) -> bool:
    subjects = {_subject_and_course(other)[0] for other in lists} - {"", subject}
    return bool(subject) and any(text.startswith(other) for other in subjects)


def _is_touched(text: str, article: str) -> bool:
    """Whether the article of a list speaks, beside the list, of what an item says: it might hold there as well."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    sentences = re.split("[。；;\n]", article)
    return any(sum(pair in sentence for pair in pairs) >= 0.5 * len(pairs) for sentence in sentences)


def _item_lists(material: Material) -> Iterator[_ItemList]:
    for section in material.structure.sections:
        children = material.structure.children(section)
        if section.is_heading or any(material.structure.children(item) for item in children):
            continue
        for items in _runs(children):
            if len(items) >= FEW and (lead := _lead(material, section, items)):
                yield _ItemList(section, items, tuple(_text(material, item) for item in items), *lead)


def _runs(items: Sequence[SourceSection]) -> Iterator[tuple[SourceSection, ...]]:
    """The lists of one article: each begins with the first number again."""
    run: list[SourceSection] = []
    for item in items:
        if run and item.label == run[0].label:
            yield tuple(run)
            run = []
        run.append(item)
    yield tuple(run)


def _lead(material: Material, parent: SourceSection, items: Sequence[SourceSection]) -> tuple[str, str] | None:
    """The sentence before the items with a gap for them, and the noun that they are; None if it does not say 下列."""
    before = material.source[parent.span.start : items[0].span.start].strip()
    lines = [line for line in before.split("\n") if line.strip()]
    text = lines[-1].strip() if lines else ""
    text = text[text.rfind("。") + 1 :].removeprefix(parent.label).strip()
    found = re.search("(?:下列|以下|如下)(?P<noun>[^，,：:之一的]{0,6}?)(?=之一|的|[，,：:]|$|参加|提出)", text)
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
