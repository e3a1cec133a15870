"""A statement of the source with one concept exchanged for another: false, and near enough to be held true.

What is exchanged is found in the document: fillers of two clauses built alike, what is said of two subjects, what
drives and what is driven, members of a list, ranks and scopes, who decides. Figures are left alone: another digit tests
eyesight. Each change is checked against the whole source: what is said there, or nearly said in another sentence, is
no false statement.
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
_OPPOSITES = (
    ("不得低于", "不得高于"), ("不得超过", "不得少于"), ("不低于", "不高于"), ("不少于", "不多于"),
    ("之前", "之后"), ("以前", "以后"), ("书面", "口头"), ("高于", "低于"), ("多于", "少于"),
    ("全部", "部分"), ("全额", "部分"), ("事先", "事后"), ("无偿", "有偿"), ("全程", "阶段性"), ("至少", "至多"),
    ("连带赔偿责任", "补充赔偿责任"), ("过半数", "三分之二以上"),
    ("三分之二以上", "过半数"), ("不影响", "影响"), ("全面取消", "逐步取消"),
)  # fmt: skip
_ABSURD = re.compile("最[低高长短多少]|严格控制|(?:应当|必须|订立|采用|出具)[^，,。]{0,6}口头|口头证明|一定比例")
"""What only one of two opposites goes with: nobody would doubt the false one."""
_MODALS = (("不得", "可以"), ("应当", "可以"), ("必须", "可以"), ("可以", "应当"))
_CONDITIONAL = re.compile("但|协商一致|除外|除非|不得不|可以不|不可以|是否|也可以|可以[^，,。]{0,12}应当")
_WRONGDOING = re.compile(
    "不得(?:强迫|扣押|克扣|收取|私自|擅自|挪用|侵[占犯害]|泄露|歧视|违反|损害|伪造|滥用|索取|拒绝|隐瞒)"
)
"""What nobody takes for allowed."""
_BOUND = re.compile("不得(?:低于|高于|超过|少于)")
_PLAIN_DUTY = re.compile("备查|公示|讨论通过|告知|说明|公布|备案|备[注存]|登记|公开")
"""Duties of which one might think that they are left to whoever has them."""
_SUBJECT = re.compile(
    r"^(?P<subject>[^，,。；;：、“”]{1,14}?)(?P<copula>，?是指|是|要)(?P<said>[^。；;“”]{3,60}?)(?=$|[，,](?!.{0,30}的[^，,]*$))"
)
_MAX_SUBJECT_APART = 1
BODY = (
    "(?:部门|机构|机关|单位|委员会|法院|检察院|政府|工会|办公室|[科处局厅院]|大会|会议|领导|主任|书记|党委|党组|支部|组织|国务院|"
    "理事会|董事会|代表|负责人|管理员|当事人)"
)
"""The last word of the name of somebody who decides."""
_WHO = re.compile(
    f"(?:(?<![自理缘事])由|应当向|应当报送?|应当经|经向)(?P<who>[^，,。；;、：由向的“”对]{{0,12}}?{BODY})(?=责令|确认|批准|决定|处理|审批|审查|"
    "审核|讨论|报告|备案|申请|提出|$|[，,；;])"
)


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
    makers = (_swapped, _turned, _predicated, _ranked, _decided, _of_one_list, _opposite, _of_modal)
    for rank, make in enumerate(makers):
        for real, false, at, said in make(material, statement, seed):
            span = Span(statement.span.start + at, statement.span.start + at + len(real))
            if said in found or material.stands(said):
                continue
            if make is not _predicated and (
                material.stands(_clause(said, at)) or material.is_said_elsewhere(said, statement.span)
            ):
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
        listed = "、" in text[max(0, one.start() - 1) : one.start()] + text[one.end() : other.start()]
        for frame in sorted(frames, key=lambda frame: (-len(frame), frame)):
            if one.group().count(frame) != 1 or other.group().count(frame) != 1:
                continue
            if (listed and not _FRAME.fullmatch(frame)) or "等" in one.group() + other.group():
                continue
            head, first = one.group().split(frame)
            head_too, second = other.group().split(frame)
            lead = _common(first, second)
            first, second = first[len(lead) :], second[len(lead) :]
            tail = _common(first[::-1], second[::-1])[::-1]
            first, second = first[: len(first) - len(tail)], second[: len(second) - len(tail)]
            if not first or not second or head == head_too or first == second:
                continue
            if _repeats(first, head, head_too) or _repeats(second, head_too, head):
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


def _repeats(tail: str, own: str, other: str) -> bool:
    """Whether what is said of one thing repeats a word of its name: 该立的要立起来 cannot be said of another one."""
    return bool((set(own) - set(other)) & set(tail))


def _turned(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """What drives and what is driven change places: 以甲推动乙."""
    for found in _DRIVES.finditer(statement.text):
        if f"以{found['driven']}" in statement.text:  # both would begin alike
            continue
        turned = found["driven"] + found["drives"] + found["driver"]
        yield _exchange(statement.text, found.group(), turned, found.start())


_DRIVES = re.compile(
    "(?<=以)(?P<driver>[^，,、。以]{2,8})(?P<drives>推动|促进|带动|保障|引领|支撑|赋能)(?P<driven>[^，,、。以]{2,8})(?=[，,。、]|$)"
)


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


def _of_one_list(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """A member of a list, in a sentence that does not list it, is another one of that list."""
    text = statement.text
    for member in material.members:
        others = material.siblings(member)
        if text.count(member) != 1 or any(other in text for other in others):
            continue
        at = text.index(member)
        if _IN_NAME.match(text, at + len(member)) or "、" in text[max(0, at - 1) : at + len(member) + 1]:
            continue
        for other in seeded_shuffle(others, seed, text)[:1]:
            yield _exchange(text, member, other, at)


def _predicated(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """What is said of one subject is said of another one of the same part: 甲是指…, 乙是指…."""
    found = _SUBJECT.match(statement.text)
    if found is None or not _names_something(found["subject"]):
        return
    real = found["said"]
    others = [
        other
        for other in _said_of_subjects(material, statement.part)
        if other["copula"] == found["copula"]
        and other["said"] != real
        and found["subject"] != other["subject"]
        and abs(len(other["subject"]) - len(found["subject"])) <= _MAX_SUBJECT_APART
        and (other["subject"][-1] == found["subject"][-1] or len(other["subject"]) == len(found["subject"]) == 1)
        and len(other["said"]) <= _LONGER * len(real)
        and len(real) <= _LONGER * len(other["said"])
        and found["subject"] not in other["said"]
        and other["subject"] not in statement.text[len(found["subject"]) :]
    ]
    others.sort(key=lambda one: abs(len(one["subject"]) - len(found["subject"])))
    for other in others[:1]:
        yield _exchange(statement.text, real, other["said"], found.start("said"))


_LONGER = 3.0
"""How many times as long as the real words the false ones may be, and the other way round."""


def _said_of_subjects(material: Material, part: str) -> Iterator[re.Match[str]]:
    for other in material.statements:
        if other.part == part and (found := _SUBJECT.match(other.text)) and _names_something(found["subject"]):
            yield found


def _names_something(subject: str) -> bool:
    """Whether what stands before 是 or 要 is a subject: no verb, and not the beginning of 需要, 主要 or 重要."""
    is_verb = VERB.match(subject) is not None and "的" not in subject
    return not is_verb and not subject.endswith(("需", "主", "重", "必", "只", "还", "都", "也", "就"))


def _decided(material: Material, statement: Statement, seed: int) -> Iterator[_Exchange]:
    """Who decides, or who is asked, is somebody else who does so elsewhere in the document."""
    found = _WHO.search(statement.text)
    if not material.is_rule or found is None or statement.text.count(found["who"]) != 1:
        return
    known = dict.fromkeys(
        other["who"] for one in material.statements for other in _WHO.finditer(one.text) if len(other["who"]) > 1
    )
    others = [
        body
        for body in known
        if body not in statement.text and found["who"] not in body and body[-2:] != found["who"][-2:]
    ]
    for body in seeded_shuffle(others, seed, statement.text)[:1]:
        yield _exchange(statement.text, found["who"], body, found.start("who"))


_IN_NAME = re.compile(r"[^，,。；;、的]{0,10}(?:行动|工程|战略|制度|机制|体系|计划|规划|政策|办法)")
"""What follows a word that is part of a name."""


def _opposite(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """One bound or manner is its opposite."""
    text = statement.text
    for real, false in _OPPOSITES:
        if text.count(real) != 1 or false in text.replace(real, ""):
            continue
        at = text.index(real)
        around = text[max(0, at - 3) : at], text[at + len(real) : at + len(real) + 2]
        said = text[:at] + false + text[at + len(real) :]
        if (
            around[0].endswith(("级", "个", "需"))
            or around[1].startswith(("不满", "以下", "的"))
            or _is_condition(text, at)
        ):
            continue
        if not _ABSURD.search(said):
            yield _exchange(text, real, false, at)


def _of_modal(material: Material, statement: Statement, _: int) -> Iterator[_Exchange]:
    """What must be done may be done, what must not may."""
    text = statement.text
    if not material.is_rule or _CONDITIONAL.search(text) or _WRONGDOING.search(text) or _BOUND.search(text):
        return
    standing = [pair for pair in _MODALS if pair[0] in text]
    if standing and standing[0][0] in {"应当", "必须"} and not _PLAIN_DUTY.search(text):
        return
    if len(standing) == 1 and text.count(standing[0][0]) == 1 and not _is_condition(text, text.index(standing[0][0])):
        yield _exchange(text, *standing[0], text.index(standing[0][0]))


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
