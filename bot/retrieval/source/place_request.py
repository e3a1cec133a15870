"""The place that a question names → the steps to it: 第三条第二款, 最后一章的第一句, 第四条的下一条, 第三条和第五条.

And what is asked of it by count: 一共几条, 第二章有几条, 第三部分有哪些数字. The words that such questions are made
of stand here too; ``lookup_request`` reads those that ask for a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.retrieval.normalize.question import normalize_colloquial, strip_politeness
from bot.text import parse_count, squash

RequestKind = Literal[
    "beside", "place", "places", "named", "outline", "count", "where", "mentions", "sentences", "figures", "items"
]
QUOTED: Final = "ⴰ"
TITLE: Final = "ⴱ"
"""Stand for what is quoted and for a title in its marks: letters that no question has."""
NUMBER: Final = r"(?:[〇零一二两三四五六七八九十百千]{1,7}|\d{1,4})"
DOCUMENT: Final = (
    rf"(?:{TITLE}|(?:(?:书记|领导|主任|主席|校长|老师)的?)?(?:这|那|本|该|此|整)?一?(?:篇|个|份|部|次|本)?"
    r"(?:法律|法规|讲话|文章|全文|全篇|通篇|整篇|文件|原文|正文|文本|文字|稿子|材料|报告|办法|规定|条例|制度|[\u4e00-\u9fff]{0,8}法|手册|章程|细则|通知|方案|文档|资料|课文|全书|文中|文里)"
    r"(?:稿|全文|原文)?)"
)
OF: Final = (
    r"(?:的|里面|里头|里|中间|当中|之中|中|上(?![一那]?[条句段章款项点节部])|内(?!容)"
    r"|(?:底下|下面|之下)的?(?=第|最后)){0,3}"
)
LEAD: Final = (
    r"(?:请问|请|有没有|有|比较一?下?|对比一?下?|帮我|给我|麻烦|把|将|那么|那|就|我?(?:想|要|需要|想要)(?:知道|看看|看|问|找|查)|看看|看一?下|找找|找出来?|找一?下|找|列出来?|列一?下|列举一?下|列举"
    r"|数一?数|数一?下|统计一?下|统计|念一?下|读一?下|给出|说说|说一?下|讲讲|告诉我|查一?下|查查|在|从|关于){0,4}"
)
TAIL: Final = (
    r"(?:分别|各自|各|具体|原话|原句|原文|内容|主要|到底|什么|怎么样|怎么|怎样|如何|哪些|哪|几个|一句|一个|个|话|来着|一下|列出来|列一下|列出|列|说说|讲讲"
    r"|说|讲|写|谈|提|到|管|指|规定|念|读|给我|看看|看|告诉我|有|出来|数一数|里面|里|方面|意思|主题|小标题|标题|哪方面|全部|全文|全|叫|句|给大家|贴出来|念出来|贴|听|次数|题目|名称|名字"
    r"|是|的|了|呢|啊|呀|吗|嘛|吧|呗|哦|都|又|多少|处|地方|位置|些|我|发)*+"
)
UNIT: Final = r"(?:部分|板块|方面|章节|章|节|条款|条文|条|款|项|目|点|自然段|段|句|编|篇|块)"
AFTER: Final = (
    r"(?:再|紧跟着|紧接着|紧接|紧跟|紧)?"
    r"(?:往下|往后|后面|后边|后头|下面|下边|之后|以后|接下来|接着|随后|跟着|下文|后半|下|后)"
)
BEFORE: Final = r"(?:再|紧挨着|紧)?(?:往前|往上|前面|前边|前头|上面|上边|之前|以前|上文|前半|上|前)"
COUNTS: Final = "[一两二三123]"
BEGIN: Final = rf"{LEAD}(?:{DOCUMENT}{OF})?"

STEP: Final = re.compile(
    rf"(?:第(?P<number>{NUMBER})|倒数第?(?P<back>{NUMBER})"
    rf"|(?:最后面?的?|最末尾?的?|末尾的?|结尾的?|末)(?:那|这)?(?P<last>{NUMBER}(?=[个大小]*{UNIT}))?"
    rf"|(?P<first>开头的?|开篇的?|最前面的?|最开始的?|首|头|前(?=[二两三四五六七八九十\d]))(?:那|这)?第?(?P<few>{NUMBER}(?=[个大小]*{UNIT}))?"
    rf"|(?P<bare>{NUMBER})(?=条|是))(?:个|大|小){{0,2}}(?P<unit>{UNIT}|是)(?:话|文字|落|内容|条文)?"
)
_BESIDE_STEP: Final = re.compile(
    rf"(?:的|再)?(?:(?P<after>{AFTER})|(?P<before>{BEFORE}))(?:的|那|面|边|一|是)*(?P<unit>条|句话?|段|章|款|项|点|节|部分)?"
)
_EDGE: Final = re.compile(
    r"(?:最后|一?开始)?(?:是|又)?(?:(?P<first>开头|开篇|一开头)|(?P<last>结尾|末尾|收尾|结束语))(?:部分)?(?:是|又)?(?:怎么|怎样|如何|说|讲|写|什么|的)"
    + TAIL
    + "|(?P<falls>(?:最后|最终|结尾|末尾)(?:是|又|都)?(?:落|落脚|落笔|收|收束|归|归结|停|结束|收尾)"
    + "(?:在|到|于|成)了?(?:哪|什么|何))(?:一|个|里|儿|处|句|话|点|上|子)*"
    + rf"{TAIL}|(?:最后|一?开始)?(?:是|又)?(?:怎么|怎样|如何)(?:(?P<start>开头|开篇)|(?P<end>结尾|收尾|结束))的?{TAIL}"
)
_COUNT: Final = re.compile(
    rf"(?P<sum>(?:一共|总共|共计|合计|总计|共|都|到底|又|全部|大概)*)(?:有|是|分为|分成|分|包括|包含|由|写|含)?了?"
    rf"(?:几|多少|哪些|哪几)(?:个|大|小){{0,2}}(?P<unit>{UNIT}|字)(?:话|文字|落|规定)?(?:组成|构成)?{TAIL}"
)
_FIGURES: Final = re.compile(
    r"(?:所有|全部|一切|每个|提到|出现|涉及|用到|列出|列|过|了|的|有|都|几个|多少个|多少|哪些|里|中)*+"
    rf"(?P<unit>数字|数据|数值|数目|百分比|百分数|金额|钱数|年份|日期|时间|电话号码|电话|号码){TAIL}"
)
_ALL: Final = re.compile("所有|全部|一切|每个|哪些|列|几个|多少个|都")
_PREFIX: Final = re.compile(BEGIN)
_TAIL_ONLY: Final = re.compile(TAIL)
_STEP_OF: Final = re.compile(OF)
_NAMED: Final = re.compile(
    r"(?P<term>[^第ⴰⴱ]{2,20}?)(?:(?:那|这)?一?(?:个|大)?(?:部分|章|节)|(?=(?:里面?|中)?(?:一共|总共|共)?有?(?:几|多少)[条款项节]))"
    + OF
)
_HEADED_STEP: Final = re.compile(
    rf"(?P<step>第{NUMBER}(?:个|大){{0,2}}(?:部分|章|节))(?P<name>[^第的里中]{{2,10}}?)(?:的|里面?|中)(?=第{NUMBER})"
)
"""第二部分转变作风的第三点: a section by its number and by its heading."""
_OF_SECTION: Final = frozenset({"place", "count", "figures"})
_HEADING: Final = re.compile("标题|题目|叫什么|名称|名字")
_JOINT: Final = re.compile("(?P<through>到|至)?(?:和|与|跟|同|及|以及|还有)?(?=第)")
_DIFFERENCE: Final = re.compile(
    rf"(?:之间|相比|比起来|比)*(?:的|有|是|什么|哪些)*(?:区别|不同|异同|差别|差异|对比|比较|一样|关系)(?:在哪里?|之处|吗)?{TAIL}|(?!.*(?:分别|各|都)){TAIL}"
)
_SPELLINGS: Final = {"章节": "章", "条款": "条", "条文": "条", "自然段": "段", "是": "点"}
MAX_RELATIVE = 16  # characters
_RELATIVE: Final = re.compile(
    rf"(?:那么?|它|这句话?|这条|这段)?的?(?:(?P<after>{AFTER})|(?P<before>{BEFORE}))"
    rf"(?P<rest>(?:{COUNTS}|的|那|是|接着|紧)*)(?P<unit>句|条|段|点|项|款|章|节)(?:话|落)?(?:呢|又)*{TAIL}"
)
MAX_STEPS = 4  # 编, 章, 条, 款; then whatever is asked is no place
MAX_SEVERAL = 4  # places that are shown beside each other
_BARE_LEAST = 6  # from which 39条 is the article and not so many of them


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a place: ``count`` of the units from ``number`` on, which counts from 1, below 0 from the end."""

    unit: str
    number: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class LookupRequest:
    """What is asked for.

    ``term`` is what is looked for, ``quoted`` if it stands in quotation marks; with ``steps`` or a ``unit`` to be
    counted, the name of the section they are in. ``steps`` lead to the place, from the widest; ``places`` are several.
    ``exact``: the words are meant as they are written. ``of``: what the section at the first of the ``steps`` is said
    to be headed by.
    ``offset``: so many units behind it, below 0 before it, ``both``: before and behind it. ``unit`` is what is counted
    or asked for; ``number`` how many there are said to be.
    """

    kind: RequestKind
    term: str = ""
    quoted: bool = False
    exact: bool = False
    steps: tuple[Step, ...] = ()
    places: tuple[tuple[Step, ...], ...] = ()
    offset: int = 0
    both: bool = False
    unit: str = ""
    number: int = 0
    of: str = ""


def requests_by_place(text: str) -> Iterator[LookupRequest]:
    """What ``text``, squashed, may ask for by its place; the likeliest first."""
    prefix = _PREFIX.match(text)
    at = prefix.end() if prefix is not None else 0
    named = bool(re.search(DOCUMENT, text[:at]))
    for begin in dict.fromkeys((at, 0)):
        yield from _from(text, begin, named=named)
    for begin in dict.fromkeys((at, 0)):
        section = _NAMED.match(text, begin)
        if section is not None:
            inner = _from(text, section.end(), named=True)
            yield from (replace(one, term=section["term"]) for one in inner if one.kind in _OF_SECTION)
    headed = _HEADED_STEP.match(text, at)
    if headed is not None:
        plain = headed["step"] + text[headed.end() :]
        yield from (replace(one, of=headed["name"]) for one in _from(plain, 0, named=True) if one.kind == "place")


def _from(text: str, at: int, *, named: bool) -> Iterator[LookupRequest]:
    chain, at = _steps(text, at)
    if chain and _TAIL_ONLY.fullmatch(text, at):
        yield LookupRequest("place", steps=chain, unit="标题" if _HEADING.search(text, at) else "")
    beside = _BESIDE_STEP.match(text, at) if chain else None
    if beside is not None and _TAIL_ONLY.fullmatch(text, beside.end()):
        yield LookupRequest("beside", steps=chain, offset=1 if beside["after"] else -1, unit=beside["unit"] or "")
    yield from _several(text, at, chain)
    edge = _EDGE.fullmatch(text, at)
    if edge is not None:
        number = 1 if edge["first"] or edge["start"] else -1
        yield LookupRequest("place", steps=(*chain, Step("句", number)))
    count = _COUNT.fullmatch(text, at)
    if count is not None and (chain or named or count["sum"]):
        yield LookupRequest("count", steps=chain, unit=count["unit"].replace("章节", "章"))
    figures = _FIGURES.fullmatch(text, at)
    if figures is not None and _ALL.search(text):
        yield LookupRequest("figures", steps=chain, unit=figures["unit"])


def _steps(text: str, at: int) -> tuple[tuple[Step, ...], int]:
    """The steps that ``text`` has from ``at`` on, and where they end."""
    steps: list[Step] = []
    while (found := STEP.match(text, at)) is not None and len(steps) < MAX_STEPS:
        step = as_step(found)
        again = bool(steps) and step.unit == steps[-1].unit and "小" not in found[0]  # «第四十条的前一条»
        if step.number == 0 or again or (found["unit"] == "是" and not (steps and found["bare"])):
            break
        if found["bare"] and found["unit"] == "条" and (steps or step.number < _BARE_LEAST):
            break
        steps.append(step)
        of = _STEP_OF.match(text, found.end())
        at = of.end() if of is not None else found.end()
    return tuple(steps), at


def _several(text: str, at: int, chain: tuple[Step, ...]) -> Iterator[LookupRequest]:
    """Several places named one after the other: 第三条和第五条, 第三条到第五条."""
    places = [chain]
    through = False
    while places[-1] and len(places) <= MAX_SEVERAL:
        joint = _JOINT.match(text, at)
        if joint is None:
            break
        through = through or joint["through"] is not None
        further, end = _steps(text, joint.end())
        if not further:
            break
        places.append(further)
        at = end
    units = {steps[-1].unit for steps in places if steps}
    if len(places) < 2 or len(units) > 1 or not _DIFFERENCE.fullmatch(text, at):
        return
    first, last = places[0][-1].number, places[-1][-1].number
    if through and len(places) == 2 and 0 < first < last and len(places[-1]) == 1:
        yield LookupRequest("place", steps=(*chain[:-1], Step(chain[-1].unit, first, last - first + 1)))
    elif not through:
        yield LookupRequest("places", places=tuple(places))


def as_step(found: re.Match[str]) -> Step:
    """The step that ``STEP`` found."""
    unit = _SPELLINGS.get(found["unit"], found["unit"])
    if found["number"] or found["bare"]:
        return Step(unit, parse_count(found["number"] or found["bare"]) or 0)
    if found["back"]:
        return Step(unit, -(parse_count(found["back"]) or 0))
    many = parse_count(found["last"] or found["few"] or "1") or 1
    return Step(unit, 1, many) if found["first"] else Step(unit, -many, many)


def relative_step(cleaned: str) -> tuple[str, int] | None:
    """The unit, and how many of it on (below 0 back), that ``cleaned`` asks for beside what was answered before.

    «它的后一句是什么» → 句, 1; «上一条» → 条, -1. None for every other text.
    """
    text = normalize_colloquial(squash(strip_politeness(cleaned)))
    found = _RELATIVE.fullmatch(text) if len(text) <= MAX_RELATIVE else None
    if found is None:
        return None
    counted = re.search(COUNTS, found["rest"].replace("一", ""))
    many = (parse_count(counted[0]) or 1) if counted else 1
    return found["unit"] or "句", many if found["after"] else -many
