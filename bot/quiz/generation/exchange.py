"""A statement of the source with one concept exchanged for another: false, and near enough to be held true.

What is exchanged is found in the document: fillers of two clauses built alike, members of a list, ranks and scopes,
figures of one unit, who has to do something. Each change is checked against the whole source: what is said there,
or nearly said in another sentence, is no false statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.knowledge.structure import Span
from bot.quiz.generation.inline_list import VERB
from bot.quiz.generation.material import Material, Statement
from bot.quiz.seeded_random import seeded_shuffle

_CLAUSE = re.compile(r"[^,，;；。、\n]+")
_FRAME = re.compile("作为|转化为|转变为|成为|定为|归|是|为|在|由|占|即")
_MAX_FILLER, _MAX_PHRASE, _MAX_NAME = 14, 18, 8
_SCOPES = ("全世界", "全国", "全省", "全市", "全县", "全区", "全镇", "全乡", "全村", "全校", "全院", "全公司", "全行业")
_RANKS = ("第一方阵", "第一", "第二", "第三", "首位", "前列", "前茅")
_ROLES = (
    "出发点", "落脚点", "着力点", "切入点", "结合点", "突破口", "立足点", "前提", "核心", "基础", "关键",
    "根本", "保障", "保证", "重点", "主线", "目标", "动力", "抓手", "载体", "主题", "主体", "主导", "标准",
    "原则", "方向", "支撑", "引领", "牵引", "总揽", "首要任务", "中心任务", "总目标", "补充", "依托", "底线",
)  # fmt: skip
ROLE = re.compile(
    f"(?:(?<=作为)|(?<=为)|(?<=是))(?P<role>{'|'.join(_ROLES)})(?=$|[,，、；;。在])|^(?P<first>{'|'.join(_ROLES)})(?=在|是)"
)
_OPPOSITES = (
    ("不得低于", "不得高于"), ("不得超过", "不得少于"), ("不低于", "不高于"), ("不少于", "不多于"),
    ("以上", "以下"), ("之前", "之后"), ("以前", "以后"), ("书面", "口头"), ("高于", "低于"), ("多于", "少于"),
    ("全部", "部分"), ("全额", "部分"), ("事先", "事后"), ("无偿", "有偿"), ("全程", "阶段性"),
    ("每月", "每季度"), ("连带赔偿责任", "补充赔偿责任"), ("过半数", "三分之二以上"),
    ("三分之二以上", "过半数"),
)  # fmt: skip
_COURSE = re.compile(r"(?P<course>增长|上涨|上升|提高|增加|下降|降低|减少)(?=了?\d)")
_COURSES = {
    "增长": "下降",
    "上涨": "下降",
    "上升": "下降",
    "提高": "降低",
    "增加": "减少",
    "下降": "增长",
    "降低": "提高",
    "减少": "增加",
}
_MODALS = (("不得", "可以"), ("应当", "可以"), ("必须", "可以"), ("可以", "应当"))
_CONDITIONAL = re.compile("但|除外|除非|不得不|可以不|不可以|是否|也可以")


@dataclass(frozen=True, slots=True)
class Change:
    """A statement with one concept exchanged. ``said``: the false text. ``real`` became ``false``.

    ``span`` is where ``real`` stands in the source. ``rank`` is lower for a change that asks for more understanding.
    """

    statement: Statement
    said: str
    real: str
    false: str
    span: Span
    rank: int


def all_changes(material: Material, seed: int) -> Iterator[tuple[Statement, tuple[Change, ...]]]:
    """Every statement with its changes; found once for a document and a seed."""
    for statement in material.statements:
        key = (seed, statement.span.start)
        found = material.remembered.get(key)
        if found is None:
            found = material.remembered[key] = changes_of(material, statement, seed)
        yield statement, found


def changes_of(material: Material, statement: Statement, seed: int) -> tuple[Change, ...]:
    """All changes of a statement that are false by the source, the best ones first."""
    found: dict[str, Change] = {}
    makers = (_swapped, _ranked, _cast, _of_one_list, _opposite, _of_figure, _of_modal)
    for rank, make in enumerate(makers):
        for real, false, at, said in make(material, statement, seed):
            span = Span(statement.span.start + at, statement.span.start + at + len(real))
            if said in found or material.stands(_clause(said, at)) or material.stands(said):
                continue
            if make is not _of_figure and material.is_said_elsewhere(said, statement.span):
                continue
            found[said] = Change(statement, said, real, false, span, rank)
    return tuple(found.values())


_Exchange = tuple[str, str, int, str]
"""What stands there, what is put in its place, where in the statement, and the statement with it."""


def _exchange(text: str, real: str, false: str, at: int) -> _Exchange:
    return real, false, at, text[:at] + false + text[at + len(real) :]


def _clause(text: str, at: int) -> str:
    return next((found.group() for found in _CLAUSE.finditer(text) if found.start() <= at < found.end()), text)


def _swapped(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """Two clauses built alike have their ends exchanged: 前提在A,核心在B."""
    text = statement.text
    if material.is_rule:  # conditions and consequences are built alike as well
        return
    for one, other in pairwise(_CLAUSE.finditer(text)):
        frames = {frame.group() for frame in _FRAME.finditer(one.group()) if frame.group() in other.group()}
        if not frames and max(len(one.group()), len(other.group())) <= _MAX_PHRASE:
            frames = {
                pair for pair in _pairs(one.group()) & _pairs(other.group()) if _names(one.group(), other.group(), pair)
            }
        for frame in sorted(frames, key=lambda frame: (-len(frame), frame)):
            if one.group().count(frame) != 1 or other.group().count(frame) != 1:
                continue
            head, first = one.group().split(frame)
            head_too, second = other.group().split(frame)
            lead = _common(first, second)
            first, second = first[len(lead) :], second[len(lead) :]
            tail = _common(first[::-1], second[::-1])[::-1]
            first, second = first[: len(first) - len(tail)], second[: len(second) - len(tail)]
            if not first or not second or head == head_too or first == second:
                continue
            if (
                max(len(first), len(second)) > _MAX_FILLER
                or abs(len(first) - len(second)) > 2
                or not head
                or not head_too
            ):
                continue
            if not (tail or lead or len(frame) > 1) or any(
                part.count("“") != part.count("”") for part in (first, second)
            ):
                continue
            at = one.end() - len(tail) - len(first)
            also = other.end() - len(tail) - len(second)
            said = text[:at] + second + text[at + len(first) : also] + first + text[also + len(second) :]
            whole = text[one.start() : other.end()]
            yield whole, said[one.start() : one.start() + len(whole)], one.start(), said
            break


def _ranked(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """A rank or a scope is another one that the document has as well."""
    text = statement.text
    for words in (_RANKS, _SCOPES):
        standing = [word for word in words if word in text]
        if not standing or text.count(standing[0]) != 1 or sum(text.count(word) for word in standing) > 2:
            continue
        real = standing[0]
        at = text.index(real)
        if words is _RANKS and not re.search("居|列|位于|排|名列|保持", text[max(0, at - 8) : at]):
            continue
        known = [word for word in words if word in material.source and word != real and real not in word]
        for word in seeded_shuffle(known, seed, text)[:1]:
            yield _exchange(text, real, word, at)


def _cast(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """What something is taken for (前提, 动力, 抓手) is another such word of the document."""
    known = roles_of(material)
    for found in ROLE.finditer(statement.text):
        real = found.group()
        others = [word for word in known if word != real and word not in statement.text and len(word) == len(real)]
        for word in seeded_shuffle(others, seed, statement.text, real)[:1]:
            yield _exchange(statement.text, real, word, found.start())


def roles_of(material: Material) -> tuple[str, ...]:
    """What things are taken for in the document: 前提, 动力, 抓手."""
    found: tuple[str, ...] | None = material.remembered.get((-1, -1))
    if found is None:
        found = tuple(dict.fromkeys(match["role"] for match in ROLE.finditer(material.source) if match["role"]))
        material.remembered[-1, -1] = found
    return found


def _of_one_list(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """A member of a list, in a sentence that does not list it, is another one of that list."""
    text = statement.text
    for member in material.members:
        others = material.siblings(member)
        if text.count(member) != 1 or any(other in text for other in others):
            continue
        at = text.index(member)
        if "、" in text[max(0, at - 1) : at + len(member) + 1]:
            continue
        for other in seeded_shuffle(others, seed, text)[:1]:
            yield _exchange(text, member, other, at)


def _opposite(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """One bound or manner is its opposite, one course of a figure the other."""
    text = statement.text
    for found in _COURSE.finditer(text):
        if text.count(found["course"]) == 1:
            yield _exchange(text, found["course"], _COURSES[found["course"]], found.start())
    for real, false in _OPPOSITES:
        if text.count(real) != 1 or false in text:
            continue
        at = text.index(real)
        around = text[max(0, at - 3) : at], text[at + len(real) : at + len(real) + 2]
        if around[0].endswith(("级", "个")) or around[1].startswith(("不满", "以下", "的")) or _is_condition(text, at):
            continue
        yield _exchange(text, real, false, at)


def _of_modal(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """What must be done may be done, what must not may."""
    text = statement.text
    if not material.is_rule or _CONDITIONAL.search(text):
        return
    standing = [pair for pair in _MODALS if pair[0] in text]
    if len(standing) == 1 and text.count(standing[0][0]) == 1 and not _is_condition(text, text.index(standing[0][0])):
        yield _exchange(text, *standing[0], text.index(standing[0][0]))


def _of_figure(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """A figure is another one of its unit, a day of the calendar another day."""
    text = statement.text
    for real, wrong in material.figures(statement):
        false = wrong(1, seed)
        if false:
            yield _exchange(text, real, false[0], text.index(real))


def _is_condition(text: str, at: int) -> bool:
    """Whether what stands at ``at`` belongs to a condition: a clause that ends with 的."""
    clause = next((found.group() for found in _PHRASE.finditer(text) if found.start() <= at < found.end()), "")
    return clause.endswith(("的", "时")) and clause != text


_PHRASE = re.compile(r"[^,，;；。\n]+")


def _names(one: str, other: str, frame: str) -> bool:
    """Whether both clauses begin with a name that ends with ``frame``: 传统产业…, 未来产业…; not with a verb."""
    heads = one.partition(frame)[0], other.partition(frame)[0]
    tails = one.partition(frame)[2], other.partition(frame)[2]
    counted = {bool(re.search(r"\d", tail)) for tail in tails}
    return len(counted) == 1 and all(1 < len(head) <= _MAX_NAME and not VERB.match(head) for head in heads)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _common(one: str, other: str) -> str:
    size = next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
    return one[:size]
