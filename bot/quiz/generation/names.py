"""Named undertakings, such as …行动, …工程, …机制: which one a sentence speaks of; wrong are its namesakes.

A namesake ends with the same word and has a word in common with the name, with the sentence or with its heading: one
that is far from the matter would not be taken for it by anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.structure import Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft, clauses_around, gap_stem
from bot.quiz.generation.material import Material, Statement, full_width
from bot.quiz.generation.terms import gives_away
from bot.quiz.seeded_random import seeded_shuffle

WRONG = 3
MAX_DRAWN = 3
"""In so many questions a name is a wrong option."""
MIN_NAME, MAX_NAME = 5, 18
MAX_SENTENCE, MIN_AROUND = 64, 14
_LONGER = 2.2
_HEADS = (
    "行动|工程|战略|制度|机制|体系|试点|品牌|规划|平台|政策|攻坚战|歼灭战|保卫战|责任制|活动|示范区|先行区|清单|"
    "办法|计划|项目|中心|网络|基地"
)
_VERBS = (
    "组织开展|组织实施|建立健全|深入实施|全面实施|扎实开展|深入开展|建立|健全|完善|实施|开展|推进|启动|构建|制定|打造|"
    "打好|创建|推行|推出|出台|成立|设立|优化|落实|建成|推动"
)
_NAME = re.compile(
    rf"(?P<verb>{_VERBS})(?P<name>[^，,。；;、：:（）()\s的了]{{2,16}}?(?P<head>{_HEADS}))(?=[，,。；;]|$)"
)
_NO_NAME = re.compile(
    "^(?:[和与及或好等]|.*等|一[批项个些系]|新的|各项|有关|相关|配套|支持政策|这|该|其|形成|实施|建立|构建|推进|"
    "建设(?!性))|和(?!谐|平)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the source has it: ``text`` at ``span``, ending with the word ``head``, behind the word ``verb``."""

    text: str
    head: str
    verb: str
    span: Span


def names_of(material: Material) -> tuple[Name, ...]:
    """The names in the statements of a document, in their order."""
    found: tuple[Name, ...] | None = material.remembered.get((-1, -2))
    if found is None:
        found = material.remembered[-1, -2] = tuple(_names(material))
    return found


def _names(material: Material) -> Iterator[Name]:
    for statement in material.statements:
        for found in _NAME.finditer(statement.text):
            name = found["name"]
            whole = name.count("“") == name.count("”")
            if whole and MIN_NAME <= len(name) <= MAX_NAME and not _NO_NAME.search(name):
                at = statement.span.start + found.start("name")
                yield Name(name, found["head"], found["verb"], Span(at, at + len(name)))


def namesakes(material: Material, name: Name, statement: Statement) -> tuple[str, ...]:
    """Other names of the document for which ``name`` could be taken, the nearest first."""
    around = statement.text.replace(name.text, "") + statement.topic
    others: dict[str, int] = {}
    for other in names_of(material):
        long = max(len(other.text), len(name.text)) > _LONGER * min(len(other.text), len(name.text))
        if other.head != name.head or long or other.text in statement.text or is_restatement(other.text, name.text):
            continue
        stem = other.text.removesuffix(other.head)
        near = _shared(stem, name.text.removesuffix(name.head)) + _shared(stem, around)
        if near and ("“" in other.text) == ("“" in name.text):
            others[other.text] = max(others.get(other.text, 0), near)
    return tuple(sorted(others, key=lambda text: -min(others[text], 2)))


def name_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """A question for each name of which others are near enough."""
    statements = {statement.span.start: statement for statement in material.statements}
    starts = sorted(statements)
    drawn: Counter[str] = Counter()
    for name in names_of(material):
        statement = statements[max(start for start in starts if start <= name.span.start)]
        text = clauses_around(statement.text, name.text, MAX_SENTENCE, MIN_AROUND + len(name.text))
        others = namesakes(material, name, statement)
        if text.count(name.text) != 1 or len(text) - len(name.text) < MIN_AROUND or len(others) < WRONG:
            continue
        near = [other for other in others[: 2 * WRONG] if drawn[other] < MAX_DRAWN][: WRONG + 1]
        wrong = tuple(seeded_shuffle(near, seed, name.text)[:WRONG])
        if len(wrong) < WRONG:
            continue
        left = text.replace(name.text, "")
        told = gives_away(left, name.text.removesuffix(name.head), tuple(one.removesuffix(name.head) for one in wrong))
        said = any(material.stands(text.replace(name.text, option)) for option in wrong)
        alike = any(is_restatement(one, other) for one in wrong for other in wrong if one != other)
        if told or said or alike:
            continue
        drawn.update(wrong)
        yield QuestionDraft(
            kind="name",
            point=material.point_at(statement.span),
            asked=(text, name.text),
            question=gap_stem(material, statement, text, name.text),
            right=(full_width(name.text),),
            wrong=tuple(map(full_width, wrong)),
            quote=statement.text,
            focus=name.text,
            uses=(name.span,),
        )


_WEAK = {
    "发展", "质量", "高质", "提升", "建设", "三年", "加快", "推进", "重点", "国家", "专项", "体制", "协调", "管理",
    "工作", "支持", "促进", "健全", "完善", "能力", "水平", "提高",
    "重大", "主要", "全国", "全面", "深化", "改革", "服务", "实现", "现代", "新型",
}  # fmt: skip
"""What stands in names of all matters and brings none of them near to another."""


def _shared(one: str, other: str) -> int:
    """How many pairs of neighbouring characters of ``one`` that say something of its matter stand in ``other``."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)} - _WEAK
    return sum(pair in other for pair in pairs)
