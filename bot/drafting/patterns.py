"""What can be read off a passage's own words: terms, definitions, figures and what they count. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.passages import DraftPassage
from bot.knowledge.model import Fact
from bot.text import squash

MAX_FACTS: Final = 8
MAX_ALIASES: Final = 6
MIN_ASK: Final = 6
"""Characters of what a figure counts that mean something: fewer single nothing out."""
MAX_ASK: Final = 40
GENERIC_HEADINGS: Final = ("", "总则", "附则", "总纲", "前言", "引言", "序言", "附件", "附录", "目录", "其他")
_TERM: Final = re.compile("[“「『]([^“”「」『』\n]{2,14})[”」』]|《([^《》\n]{2,30})》")
_DEFINED: Final = re.compile(
    r"(?:^|[。；;\n、.）)条]\s*|本(?:法|条例|规定|办法|细则|准则|通知)所称的?)"
    r"([^，,。；;：:\n“”]{2,16}?)[，,]?(?:是指|系指|指的是|是|即)(?=[^否不])"
)
_CALLED: Final = re.compile("(?:以下|下)简?称(?:为)?[“「]?([^）)”」，,。；;\n]{2,12})[”」]?[）)]?")
_CLAUSE: Final = re.compile("[^，,。；;：:！？!?\n]+")
_NUMBER: Final = r"\d[\d,，.]*\d|\d|[一二三四五六七八九十百千万两]{1,5}"
_UNIT: Final = (
    "万亿斤|亿斤|万斤|斤|万亿元|亿元|万元|美元|元|个百分点|%|％|‰|万亿|亿|万人次|人次|万人|万户|万亩|公里|千米|平方米|公顷|亩|吨|公斤"
    "|册|本|篇|页|场|只|头|棵|株|处|户|人|个月|个工作日|工作日|小时|分钟|周岁|岁|年|天|日|倍|次|件|项|家|所|座|台|套|辆|名|份|张|级|条"
)
_FIGURE: Final = re.compile(rf"(?P<number>{_NUMBER})(?P<more>多|余)?(?P<unit>{_UNIT})")
_LEAD: Final = re.compile(
    "^(?:第[一二三四五六七八九十百零]+[章节条款项]|[（(]?[一二三四五六七八九十\\d]{1,3}[）)、.．]|[一二三四五六七八九十]是)\\s*"
)
_DATE: Final = re.compile("年|月|日|号")
_NAMED: Final = re.compile("[“「『《][^”」』》]*[”」』》]")
_REFERENCE: Final = re.compile("^(?:(?:本|前)(?:条|款|项|法|条例|规定|办法|细则)(?:所称|规定)?的?)")


@dataclass(frozen=True, slots=True)
class PatternFindings:
    """What patterns found in one passage."""

    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


def find_patterns(passages: Sequence[DraftPassage]) -> tuple[PatternFindings, ...]:
    """For each of ``passages``, what its own words give. What several of them give is of the first, or of none.

    A term belongs to the passage that has it first; a question for a figure that two passages answer is asked of none.
    """
    terms: dict[str, int] = {}
    for number, passage in enumerate(passages):
        for term in _terms(passage):
            terms.setdefault(squash(term), number)
    facts = [list(_facts(passage)) for passage in passages]
    asked = Counter(squash(fact.ask) for of_one in facts for fact in of_one)
    alone = Counter(passage.headings for passage in passages)
    defined: set[str] = set()
    found: list[PatternFindings] = []
    for number, passage in enumerate(passages):
        own = [term for term in _terms(passage) if terms[squash(term)] == number]
        heading = passage.headings[-1] if passage.headings else ""
        if alone[passage.headings] == 1 and heading not in GENERIC_HEADINGS and len(heading) <= MAX_ASK:
            own.insert(0, heading)
        names = [name for name in _definitions(passage.quote) if squash(name) not in defined]
        defined.update(map(squash, names))
        found.append(
            PatternFindings(
                aliases=_distinct(own)[:MAX_ALIASES],
                questions=_distinct([f"{name}是什么" for name in names] + [f"什么是{name}" for name in names]),
                facts=tuple(fact for fact in facts[number] if asked[squash(fact.ask)] == 1)[:MAX_FACTS],
            )
        )
    return tuple(found)


def _terms(passage: DraftPassage) -> Iterator[str]:
    for match in _TERM.finditer(passage.quote):
        yield match[1] or match[2]
    for match in _CALLED.finditer(passage.quote):
        yield match[1]


def _definitions(quote: str) -> Iterator[str]:
    """What ``quote`` defines: 非全日制用工，是指…; 固定资产是指…."""
    for match in _DEFINED.finditer(quote):
        name = _REFERENCE.sub("", _LEAD.sub("", match[1])).strip()
        explicit = "指" in match[0][match.end(1) - match.start() :]
        if explicit and len(name) >= 2:
            yield name


def _facts(passage: DraftPassage) -> Iterator[Fact]:
    """Figures with a clause that tells what they count: 硬化村道12.5公里 → 硬化村道多少公里."""
    for clause in _CLAUSE.finditer(passage.quote):
        text = _LEAD.sub("", clause[0].strip())
        figures = list(_FIGURE.finditer(text))
        if len(figures) != 1:
            continue
        figure = figures[0]
        if _DATE.search(text[figure.end() : figure.end() + 1]) or _is_counted_name(text, figure):
            continue
        unit = figure["unit"]
        word = "百分之多少" if unit in ("%", "％") else f"多少{unit}"
        ask = text[: figure.start()] + word + text[figure.end() :]
        rest = squash(text[: figure.start()] + text[figure.end() :])
        if len(rest) >= MIN_ASK and len(ask) <= MAX_ASK and figure[0] in passage.quote:
            yield Fact(ask, figure[0])


def _is_counted_name(text: str, figure: re.Match[str]) -> bool:
    """Whether a number in Chinese is part of a name or an order: 第三条, 一级响应, 2024年."""
    before = text[: figure.start()][-1:]
    spelled = not figure["number"][0].isdigit()
    year = figure["unit"] == "年" and re.fullmatch(r"(?:19|20)\d\d", figure["number"]) is not None
    named = any(name.start() < figure.start() < name.end() for name in _NAMED.finditer(text))
    of_a_name = spelled and (figure["number"] == "一" or figure["unit"] == "项")
    return before in ("第", "之", "同") or of_a_name or year or named or figure["unit"] in ("条", "级")


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple({squash(text): text for text in reversed(texts) if squash(text)}.values())[::-1]
