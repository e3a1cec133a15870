"""A question that asks by place, order or count → what it asks for; nothing for every other question.

«“…”的下一句», «第三条第二款», «一共几条», «哪些地方提到“…”», «把所有数字列出来». The patterns match a question from end
to end. The same words may be read in several ways: whoever looks up takes the first that the source bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bot.retrieval.normalize.question import normalize_colloquial, strip_politeness
from bot.retrieval.source.place_request import (
    AFTER,
    BEFORE,
    BEGIN,
    COUNTS,
    DOCUMENT,
    LEAD,
    NUMBER,
    OF,
    QUOTED,
    STEP,
    TAIL,
    TITLE,
    UNIT,
    LookupRequest,
    RequestKind,
    as_step,
    requests_by_place,
)
from bot.text import parse_count, squash

MAX_CLAUSES = 3  # from the end of a message at which a question may begin
_LEAST_CLAUSE = 5  # characters of such a question
_OF_A_CLAUSE: Final = frozenset({"beside", "place", "places", "where", "mentions", "sentences", "items"})
_PAUSE: Final = re.compile("[,;。!?:\\s]+")
_ASKS: Final = re.compile("[几哪谁啥咋吗呢么?]|什么|怎|多少|多[久大长]|是不是|有没有|是否|不$|没$")
_SENTENCES: Final = re.compile("[^;。!?]+")
_BESIDE_ASKED: Final = re.compile(
    f"(?:{AFTER}|{BEFORE})(?:紧|接|跟|连|挨|着|的|是|又|那|这|一|上|下)*(?:哪|那|什么|一)?一?句(?:话)?(?:是|又|说|讲|写|的)*(?:什么|啥|哪句|怎么[说写讲]的?)?"
)
"""Asks for the sentence behind or before something."""
HEADING: Final = "标题"
"""The unit of who asks which heading something stands under."""
MAX_READ = 90  # characters without what is quoted; who asks by place is brief
_LEAST_STRETCH = 8  # characters from which words without quotation marks may be a stretch of the source
_OPENING: Final = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_TITLE_MARKS: Final = re.compile("《[^《》]{1,60}》")
_WHICH_ONES: Final = re.compile("哪几个?(?=[条款项点句段章节])")
_MAY_ASK: Final = re.compile(
    '[句段条章节款项点处次回遍编字篇块“「『‘"]|部分|方面|地方|位置|数[字据值目]|百分|金额|钱数|日期|年份|时间|电话|号码|出现|提[到及]'
    "|框架|结构|提纲|大纲|脉络|层次|目录|标题|主要内容|[讲说写][了的是些]*(?:什么|啥)"
    "|[指是在](?:的是)?(?:什么|啥)|第一|开头|开篇|结尾|末尾|收尾|哪里|哪儿|出自|后面|后边|前面|前边|下面|上面|接着|之前|之后"
)

_ASKED: Final = r"(?:几|多少|哪些?|哪几)"
_WORD: Final = (
    r"(?:这个词|那个词|这个字|这几个字|几个字|这?[两三四五六]个字"
    r"|这句话|那句话|这句|那句|[那这]一?[条款项]|这段话|这段|这个说法|这个提法|一词|这话)?"
)
_TOLD: Final = r"(?:提|讲|说|谈|写|用|出现|涉|强调|重复|论述|引用|规定|包含|含)(?:及|到|过|了|起|出|的是|有)*+"
_TIMES: Final = rf"(?:{_ASKED}个?(?:地方|位置|段落|段话|句话|处|次|回|遍))"
_WHICH: Final = (
    r"(?:哪一?|哪些|哪几)(?:个|大){0,2}(?:部分|章节|章|节|条款|条|款|自然段|段|句|篇|大?点|小?标题|小点)"
    r"(?:下面|底下|之下|下)?"
)
_NTH: Final = rf"(?:第几(?:个|大|小){{0,2}}{UNIT}(?:里面?|中|的)*)+"
_BESIDE: Final = rf"(?:(?P<both>前后|上下文?)|(?P<after>{AFTER})|(?P<before>{BEFORE}))"
_CLINGING: Final = r"(?:紧|紧紧)?(?:接|跟|挨|排|放|连|说完|讲完)?(?:着|在)?"
_REST: Final = (
    rf"(?:{COUNTS}|的|紧接着|紧跟着|接着|跟着|挨着|连着|接|跟|连|挨|各自|各|紧|呢|又|还|那|这|是|句话|句|话|段|几|就)*+"
)
_TERM: Final = rf"(?P<term>{QUOTED}|[^{QUOTED}{TITLE}]{{2,40}}?)"
_LIST_ALL: Final = "(?:都|全部?|一起)*(?:找|列|标|指|摘|挑|数)(?:出来|一?下|给我(?:看看?)?|一?遍|全)+"
_PARTS: Final = r"(?:部分|块|板块|章|大点|大标题|标题|层次|层意思|大方面)"
_OUTLINE: Final = (
    rf"(?:(?:一共|总共|共|都|主要|大致|到底)*(?:分成?了?|分为|有|包括|包含|讲了?|说了?|由)*"
    rf"(?:几|哪几|多少|[二两三四五六七八九十])(?:个|大|主要)*{_PARTS}(?:内容)?(?:组成|构成)?{TAIL}"
    rf"|(?:一共|总共|共|都|主要)*(?:讲|说|谈|写)了?(?:几|哪几|哪些|多少)(?:个|大)*(?:方面|部分|内容|问题|点)的?(?:内容)?{TAIL}"
    rf"|(?:主要|整体|总体|的)*(?:提纲|框架|结构|大纲|脉络|层次|目录|(?:每|各)个?(?:大)?(?:部分|章)的?(?:标题|题目|名称|名字)){TAIL})"
)
_CONTENT: Final = (
    rf"(?:(?:主要|中心|核心)?(?:讲|说|谈|写)(?:了|的是?|了些|些)?什么(?:内容)?|的?(?:主要|中心|核心)内容{TAIL})"
)
_NUMERAL: Final = r"(?:\d[\d.]*%?|百分之?[〇零一二三四五六七八九十百\d]+)"
_WORDINGS: Final[tuple[tuple[RequestKind, str], ...]] = (
    (
        "beside",
        rf"{BEGIN}{_CLINGING}(?P<term>{QUOTED}|[^{QUOTED}{TITLE}]{{2,60}}?)"
        rf"(?P<glue>(?:这|那|一|句话|句|话|段|的|说完|讲完|完|紧|它)*+){_BESIDE}(?P<rest>{_REST})(?:{TAIL})",
    ),
    (
        "beside",
        rf"{BEGIN}(?:哪|什么)(?:一|几)?(?:句话|句|话)是?{_CLINGING}(?P<term>{QUOTED})(?P<glue>的?)"
        rf"{_BESIDE}(?P<rest>){TAIL}",
    ),
    (
        "beside",
        rf"{BEGIN}{_CLINGING}(?P<term>{QUOTED})(?P<glue>(?:这|那|一|句话|句|话|段|的|说完|讲完|完|紧|它)*+){_BESIDE}(?P<rest>{_REST})"
        rf"(?:{_TOLD}|是)?(?:哪|什么|多少|几|怎).{{0,10}}",
    ),
    ("mentions", rf"{BEGIN}(?:有|在)?{_TIMES}(?:都|有|里|中)?{_TOLD}{_TERM}{_WORD}(?:{_LIST_ALL})?{TAIL}"),
    (
        "mentions",
        rf"{BEGIN}(?:里面?|中|有|出现|用|说|讲|提|写|了|的|一共|总共|共)*{NUMBER}(?:个|次|处|回|遍)(?:{_TOLD}的?)?"
        rf"(?P<term>{QUOTED}|{_NUMERAL})(?:分别|各自|各|都|又)*(?:指|说|讲|是|在|用|写|的|形容|表示|代表)*(?:什么|哪|谁|啥|哪里|哪儿){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}{_TERM}{_WORD}(?:一共|总共|共|都|在|被)*(?:{_TIMES}{_TOLD}|{_TOLD}(?:在)?{_TIMES}){OF}{TAIL}",
    ),
    ("mentions", rf"{BEGIN}(?:一共|总共|共|都)*{_TOLD}{_TIMES}{_TERM}{_WORD}{TAIL}"),
    (
        "mentions",
        rf"{BEGIN}(?:一共|共|有)*{_TOLD}(?P<number>{NUMBER})(?:个|次|回|处|遍){_TERM}{_WORD}(?:分别|各自|各|都|又|是哪|在哪|哪){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}(?P<number>{NUMBER})(?:次|回|处|遍){_TOLD}{_TERM}{_WORD}(?:分别|各自|各|都|是哪|在哪|哪){TAIL}",
    ),
    ("mentions", rf"{BEGIN}{_TOLD}{_TERM}{_WORD}的(?:有|是|在|都|一共|总共)*{_TIMES}{TAIL}"),
    (
        "mentions",
        rf"{BEGIN}{_TERM}{_WORD}(?:一共|总共|所有|全部)?{_TOLD}(?:的)?(?:次数|频率|频次|位置|地方|段落|句子)(?:有)?{TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}{_TERM}{_WORD}(?:一共|总共)?{_TOLD}{NUMBER}(?:次|回|处|遍)(?:分别|各自|各|都|是哪|在哪|哪){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}{NUMBER}(?:个|次|处|回|遍)(?:{_TOLD}的?)?(?P<term>{QUOTED}|{_NUMERAL})(?:分别|各自|各|都|是哪|在哪|哪){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}(?:所有|全部|有|都|列|出现|提到|说|讲|过|了|的|一共|用)*(?:所有|全部|哪些|几个|几处|几次|多少个|多少处|多少次)(?:地方|的)*(?P<term>{QUOTED}|第一|{_NUMERAL}){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}(?:{_TOLD})?(?P<term>{QUOTED}){_WORD}(?:有没有|是否)?(?:{_TOLD})?没?(?:吗|没有?|不|么){TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}(?:有没有|有无|是否)(?:{_TOLD})?(?P<term>{QUOTED}){_WORD}{TAIL}",
    ),
    (
        "mentions",
        rf"{BEGIN}(?P<term>{QUOTED}|{_NUMERAL})(?:这个)?(?:数字?|数目|数据|词|字|说法)?(?:好像|似乎|应该|一共|总共|在文中|文中)*(?:冒出来?|出现|提到?|用|讲|说|写)(?:了|过|到)*"
        rf"(?P<number>{NUMBER})(?:次|回|处|遍)[,、]?.{{0,24}}?(?:什么|啥|哪里?|哪儿|谁){TAIL}",
    ),
    (
        "items",
        rf"{BEGIN}(?P<steps>(?:第{NUMBER}(?:个|大)?(?:部分|章|条|点|块))?)(?:说|讲|提|写|谈)?(?:到|的|里|中|面)*(?P<number>{NUMBER})(?:个|大|种|项|处|次|条|点|句|回|遍)(?P<term>{QUOTED})"
        rf"(?:(?:分别|各自|各|都|具体|又)*.{{0,8}}?(?:什么|哪|怎么)(?:{NUMBER}个)?(?:里?去)?{TAIL}|{TAIL})",
    ),
    (
        "items",
        rf"{BEGIN}(?P<steps>第{NUMBER}(?:个|大)?(?:部分|章|条|点))(?:里面?|中|的)*(?P<number>)(?P<term>{QUOTED}){_WORD}(?:一共|总共|共|都)*{_TOLD}{_TIMES}{TAIL}",
    ),
    (
        "items",
        rf"{BEGIN}(?P<steps>(?:第{NUMBER}(?:个|大)?(?:部分|章|条|点))?)(?:里面?|中|的|一共|总共|共|都|说|讲|提|写|谈|用|出现|有|到|过|了)*(?P<number>)(?:几|多少|哪几|哪些)(?:个|大|种|项|处|次|条|点|句|回|遍)?(?:地方|的)?(?P<term>{QUOTED}){_WORD}"
        rf"(?:(?:分别|各自|各|都|具体|又)*.{{0,8}}?(?:什么|哪|怎么)(?:{NUMBER}个)?(?:里?去)?{TAIL}|{TAIL})",
    ),
    (
        "sentences",
        rf"{BEGIN}{_TERM}(?:那|这)一?(?:句话|句|段话)(?:原文|原话|完整|具体|到底)?(?:的|是|怎么|怎样|如何|全文|给我|发|念|在|哪|说|讲){TAIL}",
    ),
    (
        "sentences",
        rf"{BEGIN}(?:带着?|含有|包含|含|{_TOLD}|有){_TERM}{_WORD}的(?:是|有)?(?:那|这|哪|所有|全部)?(?:一|几|些)?个?(?:句话|句子|原句|原话|句|话|地方|段落|段){TAIL}",
    ),
    (
        "sentences",
        rf"{BEGIN}(?:哪|那)(?:一|几|些)?个?(?:句话|句子|句|话)(?:里面?|中)?(?:带着?|含有|包含|含|{_TOLD}|有){_TERM}{_WORD}{TAIL}",
    ),
    (
        "where",
        rf"{BEGIN}{_TERM}{_WORD}(?:是|又|都|出现|写|讲|说|提到|放|规定|属于|位于)*(?:出自|来自|出|在|于)?(?:文中|文章|原文|全文|讲话|文件)?(?:的|里)?"
        rf"(?:{_NTH}|{_WHICH})(?:话|落)?(?:里面?|里头|中|的|下面|底下|之下|下)*{TAIL}",
    ),
    (
        "where",
        rf"{BEGIN}(?P<term>{QUOTED}){_WORD}(?:是|又|都|写|讲|说|放|属于|位于)*(?:出自|来自|出|在|于)?"
        rf"(?:哪里?|哪儿|哪一?(?:个|大){{0,2}}{UNIT})(?:里面?|里头|中|下面|底下|下)?(?:{_TOLD})?{TAIL}",
    ),
    (
        "where",
        rf"{BEGIN}(?P<term>{QUOTED}){_WORD}(?:是|又|都|出现|写|讲|说|提到|放|这话)*(?:出自|来自|出|在|于)?(?:文中|文章|原文|全文|讲话|文件)?(?:的|里)?"
        rf"(?:哪里|哪儿|哪个?地方|哪个?位置|什么地方|什么位置){TAIL}",
    ),
    (
        "where",
        rf"{BEGIN}(?:在)?(?:第几(?:个|大){{0,2}}{UNIT}|{_WHICH})(?:话|落)?(?:里面?|中|的)*(?:有|{_TOLD}){_TERM}{_WORD}{TAIL}",
    ),
    ("where", rf"{BEGIN}{_TOLD}{_TERM}{_WORD}的(?:有|是|在)*{_WHICH}{TAIL}"),
    ("where", rf"{BEGIN}(?:在)?(?:哪里|哪儿|什么地方)(?:都|有)?{_TOLD}(?P<term>{QUOTED}){_WORD}{TAIL}"),
    ("outline", rf"{BEGIN}{_OUTLINE}|{DOCUMENT}{OF}{_CONTENT}"),
    (
        "named",
        rf"{BEGIN}{_TERM}(?:那|这)?一?(?:个|大)?(?P<unit>部分|章|节)(?:里面?|中)?(?:有|包括|包含|讲|说|规定|写|的|是){TAIL}",
    ),
)
_PREFIX: Final = re.compile(BEGIN)
_REMEMBERED: Final = re.compile(f"{QUOTED}(?:这|那)?[一两二三四五六七八几](?:个)?(?:字|词)")
_TOLD_OF: Final = re.compile(
    r"(?:有没有|有无|是否|是不是|没有|都|又)?(?:(?:提|讲|说|谈|写|涉)(?:及|到|过|了)+)?(?P<term>[\u4e00-\u9fff]{2,8}?)(?:这个词|这个|问题)?"
    r"(?:(?:是|又|都|有没有|有|是否)*(?:怎么|怎样|如何)?(?:提|讲|说|谈|写|规定)(?:及|到|过|了|的|些|什么|没有?|吗|呢|么)*|(?:没有?|吗|么|呢))?"
)
_PATTERNS: Final = tuple((kind, re.compile(wording)) for kind, wording in _WORDINGS)
_BESIDE_PATTERNS: Final = tuple(one for one in _PATTERNS if one[0] == "beside")
_TOLD_STRETCH: Final = re.compile(
    "(?:说|讲|问|认为|觉得|以为|关于|^)(?P<of>[^说讲问的是]{2,8}?)(?:那|这)(?:一|几|两)?(?:句|段|块)"
)
_ASKS_HEADING: Final = re.compile(
    "哪一?(?:个|大|小){0,2}(?:标题|点)|第几(?:个|大|小){0,2}[^第]{1,4}第几|第几(?:大|小)点"
)
_STRETCH: Final = re.compile("(?:的)?(?:这|那)?(?:一|两|二|几|三)?(?:句话|段话|句|段|块|条)?$")
_ONLY_LEAD: Final = re.compile(LEAD)
_SENTENCE_OF: Final = re.compile("^(?:讲|说|关于|带着?|含|提到?|有)+|(?:那|这|的|一|个)*(?:句话|句)?$")


@lru_cache(maxsize=1024)  # a question is looked at for its place, its heading and its sections
def read_request(cleaned: str, title: str = "") -> tuple[LookupRequest, ...]:
    """What ``cleaned`` may ask of the document of that ``title`` by place, order or count, the likeliest first.

    Or else what the end of it asks, if a story stands before that.
    """
    return tuple(_readings(cleaned, title))


def _readings(cleaned: str, title: str) -> Iterator[LookupRequest]:
    if _MAY_ASK.search(cleaned) is None:
        return
    masked, quoted = _mask(cleaned)
    if len(set(quoted)) > 1:
        return
    if len(masked) <= MAX_READ:
        yield from _read(masked, quoted, title)
    for begin in [pause.end() for pause in _PAUSE.finditer(masked)][-MAX_CLAUSES:]:
        if _LEAST_CLAUSE <= len(masked) - begin <= MAX_READ:
            clause = _read(masked[begin:], quoted, title)
            yield from (one for one in clause if one.kind in _OF_A_CLAUSE and (one.term or one.steps or one.places))
    *before, last = [clause for clause in _PAUSE.split(masked) if clause] or [""]
    if before and not _ASKS.search(last):  # a remark behind the question: «…在第几条,我没找到»
        told = _read(before[-1], quoted, title)
        yield from (one for one in told if one.kind in _OF_A_CLAUSE and (one.term or one.steps or one.places))
    yield from _read_beside(masked, quoted, title)


def _read_beside(masked: str, quoted: Sequence[str], title: str) -> Iterator[LookupRequest]:
    """What stands beside words that are quoted amid a story: its end need not be the question.

    Of «把地“翻深翻透” 后面接的哪句», where a part of the words stands in quotation marks, those are left out.
    """
    if len(masked) > MAX_READ and not quoted:
        return
    for clause in _SENTENCES.findall(masked):
        at = clause.find(QUOTED)
        for asked in list(_BESIDE_ASKED.finditer(clause))[-MAX_CLAUSES:]:
            begins = {
                0,
                *[pause.end() for pause in _PAUSE.finditer(clause, 0, asked.start())][-MAX_CLAUSES:],
                max(at, 0),
            }
            for begin in sorted(begins):
                reading = clause[begin : asked.end()]
                if begin >= asked.start() or len(reading) > MAX_READ:
                    continue
                plain = reading.replace(QUOTED, quoted[0]) if quoted else reading
                for text in (reading,) if begin == at else dict.fromkeys((plain, reading)):
                    yield from (
                        one for one in _read_terms(text, quoted, title, _BESIDE_PATTERNS) if one.quoted or quoted
                    )


def asked_under_heading(cleaned: str) -> str:
    """What ``cleaned`` asks the heading of: «办证那两句放在哪个小标题里»; empty for every other question."""
    clauses = [clause for clause in _PAUSE.split(cleaned) if clause]
    if len(clauses) > 1 and _ASKS_HEADING.search(clauses[-1]):  # of what, may be told before
        stretches = (_TOLD_STRETCH.search(clause) for clause in clauses[:-1])
        told = next((stretch["of"] for stretch in stretches if stretch is not None), "")
        if told:
            return told
    wheres = (request for request in read_request(cleaned) if request.kind == "where" and request.unit == HEADING)
    found = next((request.term for request in wheres if not request.quoted), "")
    return _STRETCH.sub("", found)


def quotation(cleaned: str) -> str:
    """The one thing that ``cleaned`` quotes, without the marks; empty if it quotes none or several."""
    _, quoted = _mask(cleaned)
    return quoted[0] if len(quoted) == 1 else ""


def remembers_words(cleaned: str) -> bool:
    """Whether ``cleaned`` quotes a few words as those that somebody remembers: «只记得有“热心”两个字»."""
    return _REMEMBERED.search(_mask(cleaned)[0]) is not None


def terms_told_of(cleaned: str) -> tuple[str, ...]:
    """What ``cleaned`` may ask of whether or what is said of it: «关于X说了什么»; none for other questions."""
    text = normalize_colloquial(squash(strip_politeness(cleaned)))
    begin = _PREFIX.match(text)
    starts = dict.fromkeys((0, begin.end() if begin is not None else 0))
    found = (_TOLD_OF.fullmatch(text, start) for start in starts)
    return tuple(one["term"] for one in found if one is not None)


def _read(masked: str, quoted: Sequence[str], title: str) -> Iterator[LookupRequest]:
    yield from _read_terms(masked, quoted, title, _PATTERNS)
    yield from requests_by_place(_plain(masked, title))


def _plain(masked: str, title: str) -> str:
    text = normalize_colloquial(_WHICH_ONES.sub("哪些", squash(strip_politeness(masked))))
    name = squash(title)
    return TITLE + text.removeprefix(name) if name and text.startswith(name) and len(text) > len(name) else text


def _read_terms(
    masked: str, quoted: Sequence[str], title: str, patterns: Sequence[tuple[RequestKind, re.Pattern[str]]]
) -> Iterator[LookupRequest]:
    text = _plain(masked, title)
    for kind, pattern in patterns:
        found = pattern.fullmatch(text)
        request = _as_request(kind, found, quoted[0] if quoted else "") if found is not None else None
        if found is None or request is None:
            continue
        if kind == "where" and _ASKS_HEADING.search(text, found.end("term")):
            request = replace(request, unit=HEADING)
        yield request
        if request.term and not request.quoted and _ONLY_LEAD.fullmatch(text, 0, found.start("term")):
            yield replace(request, term=text[: found.end("term")])  # «把…» may be how the term begins


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
            pieces.append(QUOTED)
            at = end + 1
        else:
            pieces.append(text[at])
            at += 1
    return _TITLE_MARKS.sub(TITLE, "".join(pieces)), quoted


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
    is_quoted = groups["term"] == QUOTED
    term = quoted if is_quoted else groups["term"]
    request = LookupRequest(kind, term, is_quoted, unit=groups.get("unit") or "")
    if groups.get("number"):
        request = replace(request, number=parse_count(groups["number"]) or 0)
    if kind == "items" and groups["steps"]:
        step = STEP.fullmatch(groups["steps"])
        request = replace(request, steps=(as_step(step),) if step is not None else ())
    if kind == "beside":
        glue, rest = groups["glue"], groups["rest"]
        if not is_quoted:
            is_quoted = len(term) >= _LEAST_STRETCH and "句" not in glue + term[-2:]
            named = "句" in glue + term[-2:]  # else it may be what is asked for: «后面接哪句»
            if not is_quoted and not named and "句" not in found.string[found.start("rest") :]:
                return None
            term = _SENTENCE_OF.sub("", term)
            request = replace(request, quoted=is_quoted, exact=not named)
        if groups["both"] and not is_quoted:
            return None
        counted = re.search(COUNTS, rest.replace("一", ""))
        many = parse_count(counted[0]) or 1 if counted else 1
        request = replace(request, term=term, offset=-many if groups["before"] else many, both=bool(groups["both"]))
    return request if len(squash(request.term)) > 1 or is_quoted else None
