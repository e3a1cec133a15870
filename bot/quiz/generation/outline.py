"""How the document is built: the order of its parts, what belongs to which, which measures stand under a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.structure import SourceSection, Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.material import Material, full_width, heading_of, nested
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash
from bot.wording import Quiz

MIN_PARTS, MAX_ORDERED = 3, 4
MAX_LEAD, MAX_STATEMENT = 26, 60
RIGHT, WRONG = 3, 2
MAX_PLACES = 4
_EMPTY = {"附则", "总则", "结语", "前言", "引言", "导言", "开头"}
_FIRST = re.compile(r"^[^。！？!?\n]+")


@dataclass(frozen=True, slots=True)
class _Heading:
    section: SourceSection
    name: str
    span: Span


def outline_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Questions on the structure; none for a document without headings."""
    parts = _parts(material)
    yield from _order(material, parts, seed)
    below = {part.name: _below(material, part.section) for part in parts}
    names = Counter(found for section in material.structure.sections if (found := heading_of(section)))
    below = {name: [one for one in own if names[one.name] == 1] for name, own in below.items()}
    yield from _belonging(material, parts, below, seed, Quiz.PART_HAS)
    for part in parts:
        groups = [(heading, _leads(material, heading.section)) for heading in below[part.name]]
        full = {heading.name: leads for heading, leads in groups if len(leads) >= RIGHT - 1}
        yield from _belonging(material, [one for one, _ in groups if one.name in full], full, seed, Quiz.MEASURES)
    places = list(_places(material, parts, below, seed))
    order = seeded_shuffle([draft.asked[0] for draft in places], seed, "places")[:MAX_PLACES]
    yield from (draft for draft in places if draft.asked[0] in order)


def _parts(material: Material) -> list[_Heading]:
    """The parts of the document: headings at the top that are numbered alike, if any are numbered."""
    found = [part for section in material.structure.children() if section.is_heading and (part := _heading(section))]
    kinds = Counter(part.section.kind for part in found if part.section.label)
    kind = kinds.most_common(1)[0][0] if kinds else None
    return [part for part in found if kind is None or part.section.kind == kind]


def _order(material: Material, parts: Sequence[_Heading], seed: int) -> Iterator[QuestionDraft]:
    """In which order the parts come."""
    if len(parts) < MIN_PARTS:
        return
    start = max(0, (len(parts) - MAX_ORDERED) // 2)
    chosen = [part for part in parts if part.name not in _EMPTY or len(parts) <= MAX_ORDERED][start:][:MAX_ORDERED]
    if len(chosen) < MIN_PARTS:
        return
    names = [full_width(part.name) for part in chosen]
    swapped = [[names[1], names[0], *names[2:]], [*names[:-2], names[-1], names[-2]], [names[-1], *names[:-1]]]
    if len(names) > MIN_PARTS:
        swapped.append([names[0], names[2], names[1], *names[3:]])
    right = Quiz.THEN.join(names)
    wrong = [text for text in dict.fromkeys(Quiz.THEN.join(order) for order in swapped) if text != right][:3]
    yield QuestionDraft(
        kind="order",
        point=material.point_at(chosen[0].section.head),
        asked=("order", *names),
        question=Quiz.ORDER_RULE if material.is_rule else Quiz.ORDER,
        right=(right,),
        wrong=tuple(wrong),
        quote=material.source[chosen[0].section.head.start : chosen[0].section.head.end],
        note=Quiz.ORDER_NOTE.format(order=right),
        uses=(Span(chosen[0].span.start, chosen[0].span.start + 1),),
    )


def _belonging(
    material: Material, parts: Sequence[_Heading], below: dict[str, list[_Heading]], seed: int, stem: str
) -> Iterator[QuestionDraft]:
    """Which of these stand under a heading; the wrong ones stand under its neighbours."""
    if len(parts) < 2:
        return
    for part in parts:
        own = below[part.name]
        others = [one for other in parts if other is not part for one in below[other.name]]
        others = [one for one in others if not any(is_restatement(one.name, mine.name) for mine in own)]
        others = [one for one in others if not _shares(one.name, part.name)]
        if len(own) < 2 or len(others) < WRONG:
            continue
        names = {one.name: one for one in own}
        right = seeded_shuffle(names, seed, part.name)[:RIGHT]
        wrong = seeded_shuffle([one.name for one in others], seed, part.name)[:WRONG]
        first = min((names[name] for name in right), key=lambda one: one.span.start)
        yield QuestionDraft(
            kind="match",
            point=material.point_at(first.span),
            asked=(part.name, stem),
            question=stem.format(part=nested(part.name)) + Quiz.SEVERAL_MARK,
            right=tuple(map(full_width, right)),
            wrong=tuple(map(full_width, wrong)),
            quote=material.source[first.span.start : first.span.end],
            uses=tuple(names[name].span for name in right),
        )


def _places(
    material: Material, parts: Sequence[_Heading], below: dict[str, list[_Heading]], seed: int
) -> Iterator[QuestionDraft]:
    """Under which heading something stands, for what no question on a whole heading has."""
    if len(parts) < MIN_PARTS:
        return
    for part in parts:
        for one in below[part.name]:
            others = [other.name for other in parts if other is not part]
            if _shares(one.name, part.name) or len(others) < 2:
                continue
            yield QuestionDraft(
                kind="place",
                point=material.point_at(one.span),
                asked=(one.name,),
                question=(Quiz.WHICH_PART_RULE if material.is_rule else Quiz.WHICH_PART).format(name=nested(one.name)),
                right=(full_width(part.name),),
                wrong=tuple(full_width(name) for name in seeded_shuffle(others, seed, one.name)[:3]),
                quote=material.source[one.span.start : one.span.end],
                uses=(one.span,),
            )


def chapter_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """In which chapter of a rule something is laid down; for rules too short to be asked more."""
    parts = {part.section.id: part.name for part in _parts(material)}
    if not material.is_rule or len(parts) < MIN_PARTS:
        return
    fitting = {statement.text: statement for statement in material.statements}
    made = 0
    for text in seeded_shuffle(fitting, seed, "chapters"):
        statement = fitting[text]
        name = parts.get(statement.part, "")
        others = [other for other in parts.values() if other != name]
        if (
            made < MAX_PLACES
            and name
            and not _shares(statement.text, name)
            and name not in _EMPTY
            and len(statement.text) <= MAX_STATEMENT
        ):
            made += 1
            yield QuestionDraft(
                kind="place",
                point=material.point_at(statement.span),
                asked=(statement.text,),
                question=Quiz.WHICH_CHAPTER.format(sentence=nested(statement.text)),
                right=(full_width(name),),
                wrong=tuple(full_width(other) for other in seeded_shuffle(others, seed, statement.text)[:3]),
                quote=statement.text,
                uses=(statement.span,),
            )


def _heading(section: SourceSection) -> _Heading | None:
    name = heading_of(section)
    return _Heading(section, name, section.head) if name else None


def _below(material: Material, section: SourceSection) -> list[_Heading]:
    """The headings right below a section, each as the source has it: a sentence of its own."""
    found = []
    for child in material.structure.children(section):
        if child.kind in {"article", "number", "subnumber", "circled"}:
            continue
        match = _FIRST.match(material.source[child.span.start : child.span.end])
        name = heading_of(child)
        if match is None or not name or name.startswith("第") or len(match.group()) > 2 * MAX_LEAD:
            continue
        at = child.span.start + max(match.group().find(name), 0)
        found.append(_Heading(child, name, Span(at, at + len(name))))
    return found


def _leads(material: Material, section: SourceSection) -> list[_Heading]:
    """The sentences with which the paragraphs of a section begin, as far as they read like headings."""
    found = []
    for paragraph in material.structure.paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        if not section.head.end <= start < section.span.end or start == section.span.start:
            continue
        if material.is_addressed(section.head.end, start):
            break
        match = _FIRST.match(material.source[start:end])
        if match and 6 <= len(match.group()) <= MAX_LEAD and len(match.group()) + 10 < end - start:
            found.append(_Heading(section, match.group(), Span(start, start + len(match.group()))))
    return found


def _shares(one: str, other: str) -> bool:
    """Whether two headings share a word: the one would tell the other."""
    first, second = squash(one), squash(other)
    return any(first[at : at + 2] in second for at in range(len(first) - 1))
