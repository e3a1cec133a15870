"""A question that asks by place, order or count → what it asks for; nothing for every other question.

«“…”的下一句», «第三条第二款», «一共几条», «哪些地方提到“…”», «把所有数字列出来». The patterns match a question from end
to end. The same words may be read in several ways: whoever looks up takes the first that the source bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.retrieval.message.politeness import strip_politeness
from bot.retrieval.normalize.colloquial import normalize_colloquial
from bot.text import parse_count, squash

RequestKind = Literal[
    "beside", "place", "places", "named", "outline", "count", "where", "mentions", "sentences", "figures", "items"
]
MAX_READ = 90  # characters without what is quoted; who asks by place is brief
_QUOTED: Final = "ⴰ"
_TITLE: Final = "ⴱ"
"""Stand for what is quoted and for a title in its marks: letters that no question has."""
_OPENING: Final = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_TITLE_MARKS: Final = re.compile("《[^《》]{1,60}》")
_WHICH_ONES: Final = re.compile("哪几个?(?=[条款项点句段章节])")
_MAY_ASK: Final = re.compile(
    '[句段条章节款项点处次回遍编字篇块“「『‘"]|部分|方面|地方|位置|数[字据值目]|百分|金额|钱数|日期|年份|时间|电话|号码|出现|提[到及]'
    "|框架|结构|提纲|大纲|脉络|层次|目录|标题|主要内容|[讲说写][了的是些]*(?:什么|啥)"
    "|第一|开头|开篇|结尾|末尾|收尾|哪里|哪儿|出自|后面|后边|前面|前边|下面|上面|接着|之前|之后"
)

_N: Final = r"(?:[〇零一二两三四五六七八九十百千]{1,7}|\d{1,4})"
_ASKED: Final = r"(?:几|多少|哪些?|哪几)"
_DOCUMENT: Final = (
    rf"(?:{_TITLE}|(?:(?:书记|领导|主任|主席|校长|老师)的?)?(?:这|那|本|该|此|整)?一?(?:篇|个|份|部|次|本)?"
    r"(?:法律|法规|讲话|文章|全文|文件|原文|正文|文本|文字|稿子|材料|报告|办法|规定|条例|制度|[\u4e00-\u9fff]{0,8}法|手册|章程|细则|通知|方案|文档|资料|课文|全书|文中|文里)"
    r"(?:稿|全文|原文)?)"
)
_OF: Final = r"(?:的|里面|里头|里|中间|当中|之中|中|上(?![一那]?[条句段章款项点节部])|内(?!容)){0,3}"
_LEAD: Final = (
    r"(?:请问|请|有没有|有|比较一?下?|对比一?下?|帮我|给我|麻烦|把|将|那么|那|就|我?想(?:知道|看看|看|问)|看看|看一?下|找找|找出来?|找一?下|找|列出来?|列一?下|列举一?下|列举"
    r"|数一?数|数一?下|统计一?下|统计|念一?下|读一?下|给出|说说|说一?下|讲讲|告诉我|查一?下|查查|在|从|关于){0,4}"
)
_TAIL: Final = (
    r"(?:分别|各自|各|具体|原话|原句|原文|内容|主要|到底|什么|怎么样|怎么|怎样|如何|哪些|哪|几个|一句|一个|个|话|来着|一下|列出来|列一下|列出|列|说说|讲讲"
    r"|说|讲|写|谈|提|到|管|指|规定|念|读|给我|看看|看|告诉我|有|出来|数一数|里面|里|方面|意思|主题|小标题|标题|哪方面|全部|全文|全|叫|句|给大家|贴出来|念出来|贴|听|次数|题目|名称|名字"
    r"|是|的|了|呢|啊|呀|吗|嘛|吧|呗|哦|都|又|多少|处|地方|位置|些|我|发)*+"
)
_WORD: Final = (
    r"(?:这个词|那个词|这个字|这几个字|几个字|这?[两三四五六]个字"
    r"|这句话|那句话|这句|那句|[那这]一?[条款项]|这段话|这段|这个说法|这个提法|一词|这话)?"
)
_TOLD: Final = r"(?:提|讲|说|谈|写|用|出现|涉|强调|重复|论述|引用|规定|包含|含)(?:及|到|过|了|起|出|的是|有)*+"
_TIMES: Final = rf"(?:{_ASKED}个?(?:地方|位置|段落|段话|句话|处|次|回|遍))"
_UNIT: Final = r"(?:部分|板块|方面|章节|章|节|条款|条文|条|款|项|目|点|自然段|段|句|编|篇|块)"
_WHICH: Final = r"(?:哪一?|哪些|哪几)(?:个|大){0,2}(?:部分|章节|章|节|条款|条|款|自然段|段|句|篇)"
_AFTER: Final = (
    r"(?:再|紧跟着|紧接着|紧接|紧跟|紧)?"
    r"(?:往下|往后|后面|后边|后头|下面|下边|之后|以后|接下来|接着|随后|跟着|下文|后半|下|后)"
)
_BEFORE: Final = r"(?:再|紧挨着|紧)?(?:往前|往上|前面|前边|前头|上面|上边|之前|以前|上文|前半|上|前)"
_BESIDE: Final = rf"(?:(?P<both>前后|上下文?)|(?P<after>{_AFTER})|(?P<before>{_BEFORE}))"
_CLINGING: Final = r"(?:紧|紧紧)?(?:接|跟|挨|排|放|连|说完|讲完)?(?:着|在)?"
_COUNTS: Final = "[一两二三123]"
_REST: Final = rf"(?:{_COUNTS}|的|紧接着|紧跟着|接着|跟着|挨着|各自|各|紧|呢|又|还|那|这|是|句话|句|话|段|几|就)*+"
_TERM: Final = rf"(?P<term>{_QUOTED}|[^{_QUOTED}{_TITLE}]{{2,40}}?)"
_PARTS: Final = r"(?:部分|块|板块|章|大点|大标题|标题|层次|层意思|大方面)"
_OUTLINE: Final = (
    rf"(?:(?:一共|总共|共|都|主要|大致|到底)*(?:分成?了?|分为|有|包括|包含|讲了?|说了?|由)*"
    rf"(?:几|哪几|多少|[二两三四五六七八九十])(?:个|大|主要)*{_PARTS}(?:内容)?(?:组成|构成)?{_TAIL}"
    rf"|(?:一共|总共|共|都|主要)*(?:讲|说|谈|写)了?(?:几|哪几|哪些|多少)(?:个|大)*(?:方面|部分|内容|问题|点)的?(?:内容)?{_TAIL}"
    rf"|(?:主要|整体|总体|的)*(?:提纲|框架|结构|大纲|脉络|层次|目录|(?:每|各)个?(?:大)?(?:部分|章)的?(?:标题|题目|名称|名字)){_TAIL})"
)
_CONTENT: Final = (
    rf"(?:(?:主要|中心|核心)?(?:讲|说|谈|写)(?:了|的是?|了些|些)?什么(?:内容)?|的?(?:主要|中心|核心)内容{_TAIL})"
)
_NUMERAL: Final = r"(?:\d[\d.]*%?|百分之?[〇零一二三四五六七八九十百\d]+)"
_P: Final = rf"{_LEAD}(?:{_DOCUMENT}{_OF})?"

_STEP: Final = re.compile(
    rf"(?:第(?P<number>{_N})|倒数第?(?P<back>{_N})"
    rf"|(?:最后面?的?|最末尾?的?|末尾的?|结尾的?|末)(?:那|这)?(?P<last>{_N}(?=[个大小]*{_UNIT}))?"
    rf"|(?P<first>开头的?|开篇的?|最前面的?|最开始的?|首|头|前(?=[二两三四五六七八九十\d]))(?:那|这)?第?(?P<few>{_N}(?=[个大小]*{_UNIT}))?"
    rf"|(?P<bare>{_N})(?=条|是))(?:个|大|小){{0,2}}(?P<unit>{_UNIT}|是)(?:话|文字|落|内容|条文)?"
)
_BESIDE_STEP: Final = re.compile(
    rf"(?:的|再)?(?:(?P<after>{_AFTER})|(?P<before>{_BEFORE}))(?:的|那|面|边|一|是)*(?P<unit>条|句话?|段|章|款|项|点|节|部分)?"
)
_EDGE: Final = re.compile(
    r"(?:最后|一?开始)?(?:是|又)?(?:(?P<first>开头|开篇|一开头)|(?P<last>结尾|末尾|收尾|结束语))(?:部分)?(?:是|又)?(?:怎么|怎样|如何|说|讲|写|什么|的)"
    + _TAIL
    + rf"|(?:最后|一?开始)?(?:是|又)?(?:怎么|怎样|如何)(?:(?P<start>开头|开篇)|(?P<end>结尾|收尾|结束))的?{_TAIL}"
)
_COUNT: Final = re.compile(
    rf"(?P<sum>(?:一共|总共|共计|合计|总计|共|都|到底|又|全部|大概)*)(?:有|是|分为|分成|分|包括|包含|由|写|含)?了?"
    rf"(?:几|多少|哪些|哪几)(?:个|大|小){{0,2}}(?P<unit>{_UNIT}|字)(?:话|文字|落|规定)?(?:组成|构成)?{_TAIL}"
)
_FIGURES: Final = re.compile(
    r"(?:所有|全部|一切|每个|提到|出现|涉及|用到|列出|列|过|了|的|有|都|几个|多少个|多少|哪些|里|中)*+"
    rf"(?P<unit>数字|数据|数值|数目|百分比|百分数|金额|钱数|年份|日期|时间|电话号码|电话|号码){_TAIL}"
)
_ALL: Final = re.compile("所有|全部|一切|每个|哪些|列|几个|多少个|都")
_WORDINGS: Final[tuple[tuple[RequestKind, str], ...]] = (
    (
        "beside",
        rf"{_P}{_CLINGING}(?P<term>{_QUOTED}|[^{_QUOTED}{_TITLE}]{{2,60}}?)"
        rf"(?P<glue>(?:这|那|一|句话|句|话|段|的|说完|讲完|完|紧|它)*+){_BESIDE}(?P<rest>{_REST})(?:{_TAIL})",
    ),
    (
        "beside",
        rf"{_P}(?:哪|什么)(?:一|几)?(?:句话|句|话)是?{_CLINGING}(?P<term>{_QUOTED})(?P<glue>的?)"
        rf"{_BESIDE}(?P<rest>){_TAIL}",
    ),
    ("mentions", rf"{_P}(?:有|在)?{_TIMES}(?:都|有|里|中)?{_TOLD}{_TERM}{_WORD}{_TAIL}"),
    (
        "mentions",
        rf"{_P}{_TERM}{_WORD}(?:一共|总共|共|都|在|被)*(?:{_TIMES}{_TOLD}|{_TOLD}(?:在)?{_TIMES}){_OF}{_TAIL}",
    ),
    ("mentions", rf"{_P}(?:一共|总共|共|都)*{_TOLD}{_TIMES}{_TERM}{_WORD}{_TAIL}"),
    (
        "mentions",
        rf"{_P}(?:一共|共|有)*{_TOLD}(?P<number>{_N})(?:个|次|回|处|遍){_TERM}{_WORD}(?:分别|各自|各|都|又|是哪|在哪|哪){_TAIL}",
    ),
    (
        "mentions",
        rf"{_P}(?P<number>{_N})(?:次|回|处|遍){_TOLD}{_TERM}{_WORD}(?:分别|各自|各|都|是哪|在哪|哪){_TAIL}",
    ),
    ("mentions", rf"{_P}{_TOLD}{_TERM}{_WORD}的(?:有|是|在|都|一共|总共)*{_TIMES}{_TAIL}"),
    (
        "mentions",
        rf"{_P}{_TERM}{_WORD}(?:一共|总共|所有|全部)?{_TOLD}(?:的)?(?:次数|频率|频次|位置|地方|段落|句子)(?:有)?{_TAIL}",
    ),
    ("mentions", rf"{_P}{_TERM}{_WORD}(?:一共|总共)?{_TOLD}{_N}(?:次|回|处|遍)(?:分别|各自|各|都|是哪|在哪|哪){_TAIL}"),
    (
        "mentions",
        rf"{_P}{_N}(?:个|次|处|回|遍)(?:{_TOLD}的?)?(?P<term>{_QUOTED}|{_NUMERAL})(?:分别|各自|各|都|是哪|在哪|哪){_TAIL}",
    ),
    (
        "mentions",
        rf"{_P}(?:所有|全部|有|都|列|出现|提到|说|讲|过|了|的|一共|用)*(?:所有|全部|哪些|几个|几处|几次|多少个|多少处|多少次)(?:地方|的)*(?P<term>{_QUOTED}|第一|{_NUMERAL}){_TAIL}",
    ),
    (
        "mentions",
        rf"{_P}(?:{_TOLD})?(?P<term>{_QUOTED}){_WORD}(?:有没有|是否)?(?:{_TOLD})?没?(?:吗|没有?|不|么){_TAIL}",
    ),
    (
        "mentions",
        rf"{_P}(?:有没有|有无|是否)(?:{_TOLD})?(?P<term>{_QUOTED}){_WORD}{_TAIL}",
    ),
    (
        "items",
        rf"{_P}(?P<steps>(?:第{_N}(?:个|大)?(?:部分|章|条|点))?)(?:说|讲|提|写|谈)?(?:到|的|里|中|面)*(?P<number>{_N})(?:个|大|种|项|处|次|条|点|句|回|遍)(?P<term>{_QUOTED})"
        rf"(?:(?:分别|各自|各|都|具体|又)*.{{0,8}}?(?:什么|哪|怎么){_TAIL}|{_TAIL})",
    ),
    (
        "sentences",
        rf"{_P}{_TERM}(?:那|这)一?(?:句话|句|段话)(?:原文|原话|完整|具体|到底)?(?:的|是|怎么|怎样|如何|全文|给我|发|念|在|哪|说|讲){_TAIL}",
    ),
    (
        "sentences",
        rf"{_P}(?:带着?|含有|包含|含|{_TOLD}|有){_TERM}{_WORD}的(?:是|有)?(?:那|这|哪|所有|全部)?(?:一|几|些)?个?(?:句话|句子|原句|原话|句|话|地方|段落|段){_TAIL}",
    ),
    (
        "sentences",
        rf"{_P}(?:哪|那)(?:一|几|些)?个?(?:句话|句子|句|话)(?:里面?|中)?(?:带着?|含有|包含|含|{_TOLD}|有){_TERM}{_WORD}{_TAIL}",
    ),
    (
        "where",
        rf"{_P}{_TERM}{_WORD}(?:是|又|都|出现|写|讲|说|提到|放|规定|属于|位于)*(?:出自|来自|出|在|于)?(?:文中|文章|原文|全文|讲话|文件)?(?:的|里)?"
        rf"(?:第几(?:个|大){{0,2}}{_UNIT}|{_WHICH})(?:话|落)?(?:里面?|中|的)*{_TAIL}",
    ),
    (
        "where",
        rf"{_P}(?P<term>{_QUOTED}){_WORD}(?:是|又|都|写|讲|说|放|属于|位于)*(?:出自|来自|出|在|于)?"
        rf"(?:哪里?|哪儿|哪一?(?:个|大){{0,2}}{_UNIT})(?:里面?|中)?(?:{_TOLD})?{_TAIL}",
    ),
    (
        "where",
        rf"{_P}(?P<term>{_QUOTED}){_WORD}(?:是|又|都|出现|写|讲|说|提到|放|这话)*(?:出自|来自|出|在|于)?(?:文中|文章|原文|全文|讲话|文件)?(?:的|里)?"
        rf"(?:哪里|哪儿|哪个?地方|哪个?位置|什么地方|什么位置){_TAIL}",
    ),
    (
        "where",
        rf"{_P}(?:在)?(?:第几(?:个|大){{0,2}}{_UNIT}|{_WHICH})(?:话|落)?(?:里面?|中|的)*(?:有|{_TOLD}){_TERM}{_WORD}{_TAIL}",
    ),
    ("where", rf"{_P}{_TOLD}{_TERM}{_WORD}的(?:有|是|在)*{_WHICH}{_TAIL}"),
    ("where", rf"{_P}(?:在)?(?:哪里|哪儿|什么地方)(?:都|有)?{_TOLD}(?P<term>{_QUOTED}){_WORD}{_TAIL}"),
    ("outline", rf"{_P}{_OUTLINE}|{_DOCUMENT}{_OF}{_CONTENT}"),
    (
        "named",
        rf"{_P}{_TERM}(?:那|这)?一?(?:个|大)?(?P<unit>部分|章|节)(?:里面?|中)?(?:有|包括|包含|讲|说|规定|写|的|是){_TAIL}",
    ),
)
_PATTERNS: Final = tuple((kind, re.compile(wording)) for kind, wording in _WORDINGS)
_PREFIX: Final = re.compile(_P)
_LEAD_ONLY: Final = re.compile(_LEAD)
_TAIL_ONLY: Final = re.compile(_TAIL)
_STEP_OF: Final = re.compile(_OF)
_NAMED: Final = re.compile(
    r"(?P<term>[^第ⴰⴱ]{2,20}?)(?:(?:那|这)?一?(?:个|大)?(?:部分|章|节)|(?=(?:里面?|中)?(?:一共|总共|共)?有?(?:几|多少)[条款项节]))"
    + _OF
)
_OF_SECTION: Final = frozenset({"place", "count", "figures"})
_HEADING: Final = re.compile("标题|题目|叫什么|名称|名字")
_JOINT: Final = re.compile("(?P<through>到|至)?(?:和|与|跟|同|及|以及|还有)?(?=第)")
_DIFFERENCE: Final = re.compile(
    rf"(?:之间|相比|比起来|比)*(?:的|有|是|什么|哪些)*(?:区别|不同|异同|差别|差异|对比|比较|一样|关系)(?:在哪里?|之处|吗)?{_TAIL}|(?!.*(?:分别|各|都)){_TAIL}"
)
_SPELLINGS: Final = {"章节": "章", "条款": "条", "条文": "条", "自然段": "段", "是": "点"}
MAX_RELATIVE = 16  # characters
_RELATIVE: Final = re.compile(
    rf"(?:那么?|它|这句话?|这条|这段)?的?(?:(?P<after>{_AFTER})|(?P<before>{_BEFORE}))"
    rf"(?P<rest>(?:{_COUNTS}|的|那|是|紧接着|接着|紧)*)(?P<unit>句|条|段|点|项|款|章|节)(?:话|落)?(?:呢|又)*{_TAIL}"
)
MAX_STEPS = 4  # 编, 章, 条, 款; then whatever is asked is no place
MAX_SEVERAL = 4  # places that are shown beside each other
_SENTENCE_OF: Final = re.compile("^(?:讲|说|关于|带着?|含有?|提到?|有)+|(?:那|这|的|一|个)*(?:句话|句)?$")
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
    ``offset``: so many units behind it, below 0 before it, ``both``: before
    and behind it. ``unit`` is what is counted or asked for; ``number``
    how many there are said to be.
    """

    kind: RequestKind
    term: str = ""
    quoted: bool = False
    steps: tuple[Step, ...] = ()
    places: tuple[tuple[Step, ...], ...] = ()
    offset: int = 0
    both: bool = False
    unit: str = ""
    number: int = 0


def read_request(cleaned: str, title: str = "") -> Iterator[LookupRequest]:
    """What ``cleaned`` may ask of the document of that ``title`` by place, order or count, the likeliest first."""
    if _MAY_ASK.search(cleaned) is None:
        return
    masked, quoted = _mask(cleaned)
    if len(set(quoted)) > 1 or len(masked) > MAX_READ:
        return
    text = normalize_colloquial(_WHICH_ONES.sub("哪些", squash(strip_politeness(masked))))
    name = squash(title)
    if name and text.startswith(name) and len(text) > len(name):
        text = _TITLE + text.removeprefix(name)
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            request = _as_request(kind, found, quoted[0] if quoted else "")
            if request is not None:
                yield request
                if request.term and not request.quoted and _LEAD_ONLY.fullmatch(text, 0, found.start("term")):
                    yield replace(request, term=text[: found.end("term")])  # «把…» may be how the term begins
    yield from _by_place(text)


def _mask(text: str) -> tuple[str, list[str]]:
    """``text`` with one letter for each quotation and each title, and what is quoted."""
    pieces: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(text):
        closing = _OPENING.get(text[at])
        end = _closing(text, at, closing) if closing else -1
        if end > at + 1:
            quoted.append(text[at + 1 : end])
            pieces.append(_QUOTED)
            at = end + 1
        else:
            pieces.append(text[at])
            at += 1
    return _TITLE_MARKS.sub(_TITLE, "".join(pieces)), quoted


def _closing(text: str, at: int, closing: str) -> int:
    """Where the quotation ends that begins at ``at``, with others inside; -1 if it does not."""
    if closing == text[at]:
        return text.find(closing, at + 1)
    depth = 0
    for position in range(at, len(text)):
        depth += (text[position] == text[at]) - (text[position] == closing)
        if depth == 0:
            return position
    return -1


def _as_request(kind: RequestKind, found: re.Match[str], quoted: str) -> LookupRequest | None:
    groups = found.groupdict()
    if kind == "outline":
        return LookupRequest(kind)
    is_quoted = groups["term"] == _QUOTED
    term = quoted if is_quoted else groups["term"]
    request = LookupRequest(kind, term, is_quoted, unit=groups.get("unit") or "")
    if groups.get("number"):
        request = replace(request, number=parse_count(groups["number"]) or 0)
    if kind == "items" and groups["steps"]:
        step = _STEP.fullmatch(groups["steps"])
        request = replace(request, steps=(_as_step(step),) if step is not None else ())
    if kind == "beside":
        glue, rest = groups["glue"], groups["rest"]
        if not is_quoted:
            if "句" not in glue + rest + term[-2:]:
                return None
            term = _SENTENCE_OF.sub("", term)
        if groups["both"] and not is_quoted:
            return None
        counted = re.search(_COUNTS, rest.replace("一", ""))
        many = parse_count(counted[0]) or 1 if counted else 1
        request = replace(request, term=term, offset=-many if groups["before"] else many, both=bool(groups["both"]))
    return request if len(squash(request.term)) > 1 or is_quoted else None


def relative_step(cleaned: str) -> tuple[str, int] | None:
    """The unit, and how many of it on (below 0 back), that ``cleaned`` asks for beside what was answered before.

    «后面一句是什么» → 句, 1; «上一条» → 条, -1. None for every other text.
    """
    text = normalize_colloquial(squash(strip_politeness(cleaned)))
    found = _RELATIVE.fullmatch(text) if len(text) <= MAX_RELATIVE else None
    if found is None:
        return None
    counted = re.search(_COUNTS, found["rest"].replace("一", ""))
    many = (parse_count(counted[0]) or 1) if counted else 1
    return found["unit"] or "句", many if found["after"] else -many


def _by_place(text: str) -> Iterator[LookupRequest]:
    prefix = _PREFIX.match(text)
    at = prefix.end() if prefix is not None else 0
    named = bool(re.search(_DOCUMENT, text[:at]))
    for begin in dict.fromkeys((at, 0)):
        yield from _from(text, begin, named=named)
    for begin in dict.fromkeys((at, 0)):
        section = _NAMED.match(text, begin)
        if section is not None:
            inner = _from(text, section.end(), named=True)
            yield from (replace(one, term=section["term"]) for one in inner if one.kind in _OF_SECTION)


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
    while (found := _STEP.match(text, at)) is not None and len(steps) < MAX_STEPS:
        step = _as_step(found)
        again = bool(steps) and step.unit == steps[-1].unit  # «第四十条的前一条»
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


def _as_step(found: re.Match[str]) -> Step:
    unit = _SPELLINGS.get(found["unit"], found["unit"])
    if found["number"] or found["bare"]:
        return Step(unit, parse_count(found["number"] or found["bare"]) or 0)
    if found["back"]:
        return Step(unit, -(parse_count(found["back"]) or 0))
    many = parse_count(found["last"] or found["few"] or "1") or 1
    return Step(unit, 1, many) if found["first"] else Step(unit, -many, many)
