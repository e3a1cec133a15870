"""Whom and what a question is about that the document does not have: another office, person, body or place.

«省委书记是谁» is not answered by the card of the district's secretary, however like the two questions are. What the
document has is read off its source, its title and its line of the speaker: if a mayor speaks, 市长 is right and 书记 is
missing. Persons and offices that only stand beside a question («我是村支书,…», «主任让我…») are not what it asks about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.knowledge.model import Knowledge, Point
from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.index.tokenizer import ProperNames
from bot.retrieval.normalize.question import normalize_colloquial, strip_politeness
from bot.retrieval.people.persons import (
    BODIES,
    LEVELS,
    MIN_NAME,
    Office,
    PersonNames,
    chiefs_in,
    is_surname,
    leaders_in,
    mentions_chief,
    offices_in,
)
from bot.text import CHINESE_NUMERALS, clean, squash

_BREAK: Final = re.compile(r"[\s,.!?;:、~…()《》“”\"'「」]+")
_MAX_PLACE = 3
_MAX_BODY = 10
_BRIEF = 24  # characters of a name with an office and all that leads to it
_LONGEST = 60  # characters of a clause that are looked at: nobody asks for a person further behind
_SEAT: Final = re.compile("[省市县区州](?![长委级直])")
_NUMERALS: Final = frozenset(f"{CHINESE_NUMERALS}两")  # 二十大 is no name, whatever the dictionary says
_EACH: Final = frozenset("各全本该这那每城")  # 各县区 is no name
_MISWRITTEN: Final = (
    (re.compile("书[计纪际己季基](?![划录元算])"), "书记"),
    (re.compile("(?<=[省市区县镇乡局厅部校])[掌涨](?![握声控])"), "长"),
    (re.compile("(?<![规合])总[里礼](?=是|说|讲|怎|有|对|$)"), "总理"),
    (re.compile("主[习喜](?=是|说|讲|怎|有|对|$)"), "主席"),
)
"""Offices as they are miswritten by ear."""

_LEAD: Final = re.compile(
    "(?:那么|那个|那|请问|想问|问|想知道|知道|就是|听说|说说|讲讲|介绍一下|介绍|你们|你|您|谁|我们|我|咱们|咱|俺们|俺|他们|这个|这|现在|现任"
    "|当前|目前|是|哪个|哪位|帮|查|找|关于|老师|同志|机器人|讲话|文章|文件|材料|里面|里|中|今年|次|的|个|位|有没有|提没提到|提没提|提到|说到|讲到|有"
    "|本|全|一下|到底|究竟|各位|大家|群友|家人们|话说|对了|啊|哎|诶|喂|嗯|还有|和|跟|与|尊敬|敬爱|伟大|党)*+"
)
_PARTICLES: Final = "[呢啊呀吗嘛咯吧哦哈哩喽么的]*"
_IDENTITY: Final = re.compile(
    "(?:现在|到底|究竟|他|她|它|这人|那个人|这个人|同志|先生|女士|大人|的|本人)*+"
    "(?:是(?:谁|哪|什么|啥|何|干|做|男|女|不是|个)|叫(?:什么|啥|么|谁|哪|做|作|$)|姓|名|全名|大名|谁|哪位|哪个|哪里|哪儿|哪年|电话|手机|号码"
    "|多大|几岁|年龄|年纪|简历|资料|照片|在哪|在不在|办公|联系|怎么称呼|怎么联系|长什么|有几个|有几位|有多少)"
)
_FILLING: Final = (
    "(?:同志|先生|女士|他|她|它|们|那边|那里|也|还|又|都|到底|究竟|有没有|有没|没有|没|有|是|怎么样|怎么|怎样|如何|为什么|曾经|曾|最近|昨天"
    "|今天|上次|这次|那次|当时|到时候|会|能|的|了|过|什么|啥|哪些|几|句|条|点|重要|最新|具体|以前|之前)*+"
)
_SAYS: Final = re.compile(
    f"{_FILLING}(?:(?:对|在|给|就|关于|针对|为|向|跟|和).{{1,14}}?)?{_FILLING}"
    "(?:说|讲|提|谈|要求|要怎|指示|强调|认为|觉得|看|评价|批示|号召|部署|表态|态度|安排|打算|意见|观点|想法|思想|精神|发言|报告|话|政策|文件|规定|措施"
    "|办法|做法|计划|任务|来过?|去过?|支持|反对|知道|满意|评|批评|表扬|肯定|寄语|回应|宣布|承诺|签|视察|调研|考察|参加|出席|主张|希望|做|干|管|搞|抓"
    "|负责|出台|发布|下发|问责|重视|关心)"
)
_IS_ASKER: Final = re.compile(
    "(?:(?:我|俺|咱|本人)们?(?:就|也|还|只|以前|现在|原来)*(?:是|当|做|任|干|为)(?:了|过|一|个|名|位|的)*|作为(?:一|个|名)*|身为(?:一|个|名)*|(?:我|俺)(?:一|个|名)+)$"
)
"""In front of an office: the one who asks holds it."""

_ASKER: Final = re.compile(
    "(?:我|俺|咱|本人|自己|老子|爸|妈|爷爷|奶奶|哥|姐|老公|老婆|替|帮|听|写给|推荐|让|好比|像).{0,5}$|(?:对|给|让|要求|希望|叫|跟|向|为|请)$"
)
"""In front of an office: the one who asks, somebody beside him, or to whom something is said."""

_CALLED: Final = re.compile(
    "(?:.{0,3}?(?:(?:让|喊|催|派|叫(?!什么|啥|么|谁|做|作)|要(?![求是不怎点务领]))|(?:布置|通知|问|考|骂|吩咐|安排|告诉|甩给?|发)(?:给)?(?:我|俺|咱|大家|大伙|起))|.{0,4}往后|一个$|一枚$)"
)
"""Behind an office: somebody who sent the one who asks."""

_UNIT: Final = "(?:委员会|办公室|分公司|小组|中心|车间|公司|集团|部门|部|组|办|处|科|室|队|班|站|所|局|厂|店|院|会|委)"
"""What a short form of an office leaves out: 项目经理 is who is called 项目部经理."""

_DUTY: Final = re.compile(
    r"(?:是|有|要|应当?|得|该|主要|具体|都|还|的)*(?:负责?|职责|责任|分工|分管|主管|承担|履行|(?:要|应该?|应当|该|需要|必须)(?:怎么|如何|怎样)?(?:做|干|管|抓))"
)
"""Behind an office: what its holder has to do, whoever that is."""

_CHOICE: Final = re.compile("还是|或者|或是|是不是|是否|不是")
_WHO: Final = re.compile(f"(?:同志|先生|女士)?(?:是谁|是哪位|是哪个|叫什么(?:名字?)?|姓什么)?{_PARTICLES}")
"""Behind a person: who that is, or nothing more."""

_THIRD: Final = re.compile("[他她]|那位|那个人|这个人|这位|本人")
_ASKING: Final = re.compile(
    QUESTION_WORDS.pattern
    + "|[没不冇]$|没有$|有没有|是不是|能不能|会不会|啥|咋|好不好|对不对|好多$|到底|究竟|如何|介绍|讲讲|说说|列|告诉"
)
_ONLY_POINTS: Final = re.compile(
    "(?:那个人|这个人|那位|这位|那么?|还有|还|又|也|再|都|另外|另|然后|后来|接着|最近|之后|之前|以前|具体|到底|究竟|他们?|她们?|它们?|本人|人家"
    "|是|有|没|的|了|过|呢|啊|呀|吗|么|嘛|吧|咯|哪些?|什么|啥|怎么样?|怎样|如何|几|多少|句|点|别的|其他|其它|话|内容|地方|事情?|名字|谁|人|叫|姓|全名|里"
    "|说|讲|提|谈|要求|指示|强调|认为|看|评价|做|干|多大|几岁|哪里|哪年|出生|原话|为什么|还有|继续|接着|介绍|一下|讲讲|说说|对|这|那|此|件)++"
)
"""A question that has nothing of its own: what it asks, it asks of whom was asked about before."""


@dataclass(frozen=True, slots=True)
class MissingEntity:
    """What a question asks about and the document does not have, as it stands in the question.

    ``plain``: the question asks for nothing but that one: who it is, what it said.
    """

    text: str
    plain: bool


class Entities:
    """The offices, persons, bodies and places that ``knowledge`` has.

    ``uses(word)``: the document or its phrasings have the word; ``words`` are those of a dictionary.
    """

    def __init__(
        self, knowledge: Knowledge, uses: Callable[[str], bool], words: Mapping[str, int], names: ProperNames
    ) -> None:
        speaker = clean(knowledge.speaker)
        self._text = "\n".join(map(squash, (speaker, knowledge.title, knowledge.source)))
        self._uses = uses
        self._dictionary = names
        self._own = tuple(offices_in(squash(speaker)))
        others = chain.from_iterable(offices_in(squash(line)) for line in clean_lines(knowledge.source))
        self._offices = (*self._own, *(office for office in others if office.level or office.body))
        self._levels = frozenset(office.level for office in self._own if office.level)
        self._names = PersonNames(_speakers(speaker), words, names.persons)

    @property
    def persons(self) -> tuple[str, ...]:
        """The names of those who speak in the document."""
        return self._names.known

    def presenting(self, points: tuple[Point, ...]) -> frozenset[str]:
        """The ids of those ``points`` that present a person of the document."""
        return frozenset(
            point.id
            for point in points
            if any(name in squash(text) for name in self._names.known for text in (point.title, point.quote))
        )

    def missing(self, question: str) -> MissingEntity | None:
        """What ``question``, cleaned, asks about and the document does not have; None if it has all."""
        bare = strip_politeness(question)
        clauses = [part for part in (_spelled(squash(text))[:_LONGEST] for text in _BREAK.split(bare)) if part]
        found: MissingEntity | None = None
        for number, clause in enumerate(clauses):
            others = [*clauses[:number], *clauses[number + 1 :]]
            for one in self._asked(clause):
                if (not one.plain or len(clause) > _BRIEF) and not _is_asked(clause, others):
                    continue
                if one.plain or found is None:
                    found = one
                if one.plain:
                    return one
        return found

    def is_speaker(self, core: str) -> bool:
        """Whether ``core`` is nothing but a person of the document, by name, by office or by both."""
        if len(core) > _BRIEF:
            return False
        core = _spelled(core)
        for office in offices_in(core):
            start = self._start(core, office)
            bare = _leads(core[:start]) and _WHO.fullmatch(core[office.end :])
            if bare and any(office.may_be(own) for own in self._own) and self._has(core, office, start):
                return True
        return any(
            _leads(core[: core.index(name)]) and _WHO.fullmatch(core[core.index(name) + len(name) :]) is not None
            for name in self._names.known
            if name in core
        )

    def points_only(self, question: str) -> bool:
        """Whether ``question``, cleaned, has no subject of its own: «他还说了什么»."""
        bare = squash(strip_politeness(question))
        return _ONLY_POINTS.fullmatch(bare) is not None or (_THIRD.search(bare) is not None and len(bare) <= 12)

    def _asked(self, clause: str) -> Iterator[MissingEntity]:
        yield from self._offices_asked(clause)
        yield from self._chiefs_asked(clause)
        yield from self._persons_asked(clause)
        yield from self._bodies_asked(clause)
        yield from self._places_asked(clause)

    def _places_asked(self, clause: str) -> Iterator[MissingEntity]:
        for found in _SEAT.finditer(clause):
            for size in (3, 2):
                start = found.start() - size
                place = clause[max(start, 0) : found.end()]
                if start < 0 or place[0] in _EACH or not self._is_place(place, clause[:start]):
                    continue
                if place not in self._text and not self._uses(place) and not _ASKER.search(clause[:start]):
                    yield MissingEntity(place, plain=False)
                    break

    def _is_place(self, place: str, before: str) -> bool:
        if place in self._dictionary.places:
            return True
        return place[:-1] in self._dictionary.persons and _leads(before)

    def _offices_asked(self, clause: str) -> Iterator[MissingEntity]:
        for office in chain(offices_in(clause), leaders_in(clause)):
            start = self._start(clause, office)
            end = office.end
            before, behind = clause[:start], clause[end:]
            named = self._name_behind(behind)
            if self._has(clause, office, start) and not named:
                continue
            end += len(named)
            behind = clause[end:]
            text = clause[start:end]
            if squash(text) in self._text:
                continue
            if _IS_ASKER.search(before):
                continue
            if _leads(before) and _asks_of(behind) and not _CHOICE.match(behind) and not _CALLED.match(behind):
                like = _DUTY.match(behind) and any(office.head == other.head for other in self._offices)
                yield MissingEntity(text, plain=not like)  # the duties of a like office may be what is meant
            elif not _ASKER.search(before) and not _CALLED.match(behind) and not _CHOICE.search(clause):
                yield MissingEntity(text, plain=False)

    def _chiefs_asked(self, clause: str) -> Iterator[MissingEntity]:
        for start, end, unit in chiefs_in(clause):
            asked = _leads(clause[:start]) and (_asks_of(clause[end:]) or _DUTY.match(clause[end:]))
            if asked and not mentions_chief(self._text, unit):
                yield MissingEntity(clause[start:end], plain=_DUTY.match(clause[end:]) is None)

    def _has(self, clause: str, office: Office, start: int) -> bool:
        """Whether the document has the ``office``, with the name or place before it from ``start`` on."""
        front = clause[start : office.start]
        if office.head in {"领导", "一把手", "头头", "当家的"}:
            return office.level in self._levels or not self._levels or clause[office.start : office.end] in self._text
        if len(front) == 1 and not any(name.startswith(front) for name in self._names.known):
            return False
        if len(front) > 1 and front not in self._text and not self._names.is_known(front):
            return False
        short = len(front) > 1 and not (office.level or office.body or office.deputy)
        if short and re.search(f"{re.escape(front)}{_UNIT}{office.head}", self._text):
            return True
        known = self._offices or tuple(offices_in(self._text))
        return any(office.may_be(other) for other in known)

    def _start(self, clause: str, office: Office) -> int:
        """Where the name or the place begins that stands in front of ``office``; its own beginning without one."""
        before = clause[: office.start]
        name = self._names.name_before(before)
        if name and (name in self._dictionary.persons or _leads(before[: -len(name)])):
            own = before.endswith(self._names.known)
            return office.start - (0 if own else len(name))
        place = self._place_before(before, office) or self._body_before(before)
        if place:
            return office.start - len(place)
        alone = before[-1:]
        if alone and is_surname(alone, alone=True) and not office.body and _leads(before[:-1].rstrip("老小")):
            return office.start - 1
        return office.start

    def _place_before(self, before: str, office: Office) -> str:
        level = office.level
        for size in range(_MAX_PLACE, MIN_NAME - 1, -1):
            stem = before[-size:]
            if len(stem) < size:
                continue
            leads = _leads(before[:-size])
            if stem in self._text and stem + level in self._text and (level or leads):
                return stem
            if stem + level in self._dictionary.places and (level or leads):
                return stem
            taken = level and stem in self._dictionary.persons  # the dictionary takes many a place for a person
            if leads and (taken or stem in self._dictionary.places):
                return stem
        return ""

    def _body_before(self, before: str) -> str:
        """What the document has and an office is named after: 民调中心 of 民调中心主任."""
        sizes = range(_MAX_BODY, MIN_NAME, -1)
        found = (before[-size:] for size in sizes if len(before) >= size and _leads(before[:-size]))
        return next((body for body in found if body in self._text), "")

    def _name_behind(self, behind: str) -> str:
        """The name of somebody else that follows an office: 书记王强."""
        for size in (3, 2):
            name, rest = behind[:size], behind[size:]
            if len(name) < size or not self._names.may_be_name(name) or self._is_there(name):
                continue
            if not rest or _IDENTITY.match(rest) or _SAYS.match(rest):
                return name
        return ""

    def _persons_asked(self, clause: str) -> Iterator[MissingEntity]:
        for start in range(len(clause)):
            if not is_surname(clause[start]):
                continue
            for size in (4, 3, 2):
                name, behind = clause[start : start + size], clause[start + size :]
                if len(name) < size or not self._names.may_be_name(name) or self._is_there(name):
                    continue
                leads = _leads(clause[:start])
                if (
                    (leads and (_IDENTITY.match(behind) or _SAYS.match(behind)))
                    or (leads and not behind.strip("呢啊呀吗") and self._names.is_famous(name))
                    or (
                        re.search("(?:谁是|认识|提到了?|说到|讲到|关于|学习|引用)$", clause[:start])
                        and (self._names.is_famous(name) or not behind.strip("呢啊呀吗的没有不了话"))
                    )
                ):
                    yield MissingEntity(name, plain=True)
                elif self._names.is_famous(name) and re.search("(?:是|由|被|像|跟|和)$", clause[:start]):
                    yield MissingEntity(name, plain=False)

        for start, size in ((start, size) for start in range(len(clause)) for size in (4, 3, 2)):
            name, behind = clause[start : start + size], clause[start + size :]
            bare = len(name) > 2 and name[0] not in _NUMERALS and self._is_name(name)
            if not (bare or name in self._dictionary.places) or not _leads(clause[:start]) or self._is_there(name):
                continue
            if (bare and not behind.strip("呢啊呀吗")) or _IDENTITY.match(behind) or _SAYS.match(behind):
                yield MissingEntity(name, plain=True)

    def _is_name(self, name: str) -> bool:
        return name in self._dictionary.transcribed or name in self._dictionary.persons

    def _is_there(self, name: str) -> bool:
        return self._names.is_known(name) or name in self._text or self._uses(name)

    def _bodies_asked(self, clause: str) -> Iterator[MissingEntity]:
        for found in BODIES.finditer(clause):
            start, end, text = found.start(), found.end(), found[0]
            place = self._place_before(clause[:start], Office(start, end, _level(text), "", "", ""))
            text = place + text
            if self._uses(text) or not _leads(clause[: start - len(place)]) or self._is_own(text):
                continue
            behind = clause[end:]
            if next(offices_in(clause[start:]), None) is not None and offices_at(clause, start):
                continue
            if not behind.strip("呢啊呀吗里") or _SAYS.match(behind) or _IDENTITY.match(behind):
                yield MissingEntity(text, plain=True)

    def _is_own(self, body: str) -> bool:
        """Whether ``body`` is the committee or the government of the speaker's own level: 区政府 of a district's."""
        level = _level(body)
        rest = body[len(level) :] if body.startswith(level) else body
        rest = rest.lstrip("里的")
        if rest in {"政府", "委", "党委"}:
            return not level or not self._levels or level in self._levels
        return self._uses(rest) and (not level or level in self._levels)


def as_typed(typed: str, text: str) -> str:
    """``text``, found in a question, as it stands in what was ``typed``: in its script and with its spelling."""
    sizes = range(len(text), len(text) + 4)
    windows = (typed[start : start + size] for size in sizes for start in range(len(typed) - size + 1))
    return next((window for window in windows if _spelled(squash(window)) == text and squash(window[0])), text).strip()


def offices_at(clause: str, start: int) -> bool:
    """Whether the body at ``start`` is part of an office: 教育局 of 教育局局长."""
    return any(office.start <= start < office.end for office in offices_in(clause))


def clean_lines(source: str) -> list[str]:
    """The lines of ``source``, cleaned."""
    return [clean(line) for line in source.splitlines()]


def _level(text: str) -> str:
    found = LEVELS.match(text)
    return found[0] if found else ""


def _spelled(clause: str) -> str:
    """``clause`` with offices that are miswritten by ear, and asking words, in their usual spelling."""
    for pattern, right in _MISWRITTEN:
        clause = pattern.sub(right, clause)
    return normalize_colloquial(clause)


def _leads(before: str) -> bool:
    """Whether ``before`` only leads to what a question is about."""
    return _LEAD.fullmatch(before) is not None


def _asks_of(behind: str) -> bool:
    """Whether ``behind`` asks who somebody is or what he said, or nothing at all."""
    return (
        re.fullmatch(_PARTICLES, behind) is not None
        or _IDENTITY.match(behind) is not None
        or _SAYS.match(behind) is not None
    )


def _is_asked(clause: str, others: list[str]) -> bool:
    """Whether ``clause`` is where the question is, and not the story before it."""
    if _ASKING.search(clause.rstrip("呢") if others else clause):  # after a statement, 呢 asks nothing
        return True
    asking = [other for other in others if _ASKING.search(other)]
    return not asking or any(_THIRD.search(other) for other in asking)


def _speakers(speaker: str) -> Iterator[str]:
    """The names in the line of the speaker: what stands behind the offices, or by itself."""
    for part in map(squash, re.split(r"[\s,、;:/()]+", speaker)):
        last = max((office.end for office in offices_in(part)), default=0)
        name = part[last:]
        if MIN_NAME <= len(name) <= 4:
            yield name
