"""What the source offers for questions: its statements, headings, lists and figures. Read from the source alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import SourceSection, Span
from bot.quiz.generation.inline_list import InlineList, list_in
from bot.quiz.generation.number_with_unit import Figure, figures_in, spelled_figures_in, wrong_figures

MIN_STATEMENT, MAX_STATEMENT = 12, 90
MAX_TOPIC = 24
_LABEL = re.compile(
    r"(?:第[〇零一二三四五六七八九十百千0-9]+[编章节条款]|[一二三四五六七八九十]+[、是]|"
    r"各位[^：:，,。]{1,6}[：:！!]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[.．、](?![0-9])|——+)\s*"
)
_LEANS = re.compile(  # words that lean on another sentence
    "前款|前条|前项|前两|本条|下列|上述|如下|以下|本法第|依照第|依据第|第[一二三四五六七八九十百0-9]+[条款项]|^(?:但是?|其|该|这|此|同时|而|"
    "并|否则|对此|为此|因此|上述|他们|它|各位|另外|此外)"
)
_HALF = re.compile("[^，,]{2,14}的，|有权|可以|应当|不得")
"""A short condition that names nobody: whose it is stands in the sentence before."""
_CLAUSE = re.compile(r"[^,，;；。！？!?\n]+[,，;；。！？!?\n]*")
_CEREMONY = re.compile("感谢|致敬|致以|问候|祝[贺愿]|请予审议|我代表")
"""What is said to the listeners: it teaches nothing."""
_FORMAL = re.compile("起施行|施行之日|施行前|负责解释|咨询电话")
_DUTY = re.compile(r"[^，,。]*(?:应当|必须|不得|的，(?:还)?(?:应当|必须|不得))")
"""What an item begins with that is a sentence of its own: whose duty it sets stands in its first clause."""
_ITEMS = {"item", "number", "subnumber", "circled"}
_FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
_TAIL = ",，;；。、：: \n\t"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the source, or whole clauses of one, that can be judged by itself. ``span`` is where it stands.

    ``text`` is verbatim, without a label before it and marks behind it. ``topic`` is the heading above it, ``part`` the
    id of the topmost section that it stands in. ``opens``: it begins its paragraph, and needs no sentence before it.
    ``is_formal``: it says when the document came into force, or who explains it.
    """

    span: Span
    text: str
    topic: str
    part: str
    opens: bool = True

    @property
    def is_formal(self) -> bool:
        """Whether it is about the document itself and teaches nothing of its matter."""
        return _FORMAL.search(self.text) is not None


class Material:
    """What one document offers. Everything is found when it is first wanted."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.source = knowledge.source
        self.structure = knowledge.structure
        self.remembered: dict[tuple[int, int], Any] = {}
        """What was found for a seed and a place, by those who look it up more than once."""
        self._bare = _bare(self.source)

    @cached_property
    def is_rule(self) -> bool:
        """Whether the source has articles: a clause cut out of a rule would lose its condition."""
        return any(section.kind == "article" for section in self.structure.sections)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the source; those of one sentence do not overlap."""
        return tuple(self._statements())

    @cached_property
    def lists(self) -> tuple[InlineList, ...]:
        """Lists of which both ends are certain."""
        return tuple(self._lists())

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members of all lists, each once."""
        return tuple(dict.fromkeys(member for found in self.lists for member in found.members))

    def siblings(self, member: str) -> tuple[str, ...]:
        """The other members of a list with ``member``, formed as it is: as long, with the same last character."""
        return self._siblings.get(member, ())

    def part_of(self, position: int) -> str:
        """The id of the topmost section that holds ``position``; empty for what stands before the first."""
        section = self.structure.section_at(position)
        if section is not None:
            return self.structure.ancestors(section)[0].id
        curated = self.knowledge.section_at(position)
        return curated.chapter if curated is not None else ""

    def is_core(self, span: Span) -> bool:
        """Whether ``span`` stands in a heading or in the opening: what a document is about."""
        return any(core.start < span.end and span.start < core.end for core in self._core)

    @cached_property
    def _core(self) -> tuple[Span, ...]:
        """The headings of parts and of what is right below them, and the opening; without one, the first part."""
        listed = {"article", *_ITEMS} if self.is_rule else {"article"}
        inner = [section for section in self.structure.sections if section.kind not in listed or section.level == 1]
        heads = [
            section.head if section.is_heading else Span(section.head.start, section.head.start + len(section.title))
            for section in inner
        ]
        first = self.structure.sections[0] if self.structure.sections else None
        if first is None:
            begin = next((one.span.start for one in self.structure.paragraphs if one.number), 0)
            return (Span(begin, begin + len(self.source) // 8),)
        opening = [one for one in self.structure.sentences if one.span.end <= first.span.start and not one.is_heading]
        if opening and not self.is_rule:
            return (*heads, Span(opening[0].span.start, opening[-1].span.end))
        return (*heads, first.span) if self.is_rule else tuple(heads)

    def is_addressed(self, start: int, end: int) -> bool:
        """Whether the listeners are addressed in a line of its own between two places: a new stretch begins there."""
        return _ADDRESS.search(self.source, start, end) is not None

    def closing_place(self, position: int) -> str:
        """Where a closing stands that belongs to no item, though it comes behind the last one; empty for all else."""
        section = self.structure.section_at(position)
        if self.knowledge.points or section is None or section.is_heading or not section.parent:
            return ""
        parent = self.structure.section(section.parent)
        if parent is None or not self.is_addressed(section.head.end, position):
            return ""
        return self.structure.place(parent.head)

    def topic_of(self, position: int) -> str:
        """The heading that ``position`` stands under, without its number; empty if there is none."""
        section = self.structure.section_at(position)
        if section is not None and not section.is_heading and self.is_addressed(section.head.end, position):
            section = self.structure.section(section.parent)  # a closing behind the last item belongs to no item
        for above in reversed(self.structure.ancestors(section)) if section is not None else ():
            if above.kind in {"article", "number", "subnumber", "circled"}:
                continue
            if found := heading_of(above):
                return found
        return ""

    def figures(self, statement: Statement) -> Iterator[tuple[str, Callable[[int, object], tuple[str, ...]]]]:
        """The figures of a statement that can be asked for, each with what draws wrong ones for it; no dates."""
        text = statement.text
        seen: set[str] = set()
        dates = list(_DATE.finditer(text))
        spelled = spelled_figures_in(text) if self.is_rule else ()  # 三年, 一年: elsewhere they are common knowledge
        for real in (*figures_in(text), *spelled):
            at = text.find(str(real))
            if str(real) in seen or any(date.start() <= at < date.end() for date in dates):
                continue
            seen.add(str(real))
            before, behind = text[max(0, at - 3) : at], text[at + len(str(real)) :][:5]
            quoted = text[:at].count("“") > text[:at].count("”")
            if quoted or "多" in real.unit or "余" in real.unit or not real.value or _NO_FIGURE.search(before):
                continue
            if behind.startswith(("以上不满", "以上三", "以来")) or before.endswith("不满"):
                continue
            if _VAGUE.fullmatch(str(real)) and not _BOUND.search(before):
                continue
            if not self.is_rule and (
                real.unit in _COUNTED or (before.endswith(("增加", "减少")) and "元" in real.unit)
            ):
                continue
            if real.unit == "版" or (real.unit == "年" and real.value > 1000):
                continue
            yield str(real), partial(self._wrong_figures, real, text)

    def _wrong_figures(self, real: Figure, text: str, count: int, seed: object) -> tuple[str, ...]:
        return wrong_figures(real, self.knowledge, count, seed, text, beside=text)

    def point_at(self, span: Span) -> Point:
        """The curated point that holds ``span``, the shortest of several; else the passage itself."""
        holding = [
            point
            for point in self.knowledge.points
            if any(own.start <= span.start and span.end <= own.end for own in point.spans)
        ]
        if holding:
            return min(holding, key=lambda point: (len(point.quote), point.id))
        return self.knowledge.passage([span])

    def unlabelled(self, span: Span) -> str:
        """The text of ``span`` without the label it begins with."""
        text = self.source[span.start : span.end].strip()
        label = _LABEL.match(text)
        return text[label.end() :] if label else text

    def stands(self, text: str) -> bool:
        """Whether the source says ``text``, whatever the punctuation."""
        return _bare(text) in self._bare

    def is_said_elsewhere(self, text: str, span: Span) -> bool:
        """Whether another sentence than the one at ``span`` says most of ``text``: it might be true by that."""
        wanted = _pairs(_bare(text))
        for sentence, pairs in self._sentence_pairs:
            apart = sentence.end <= span.start or span.end <= sentence.start
            if apart and len(wanted & pairs) >= 0.7 * len(wanted):
                return True
        return False

    @cached_property
    def _sentence_pairs(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        spans = (sentence.span for sentence in self.structure.sentences)
        return tuple((span, _pairs(_bare(self.source[span.start : span.end]))) for span in spans)

    @cached_property
    def _siblings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for listed in self.lists:
            for member in listed.members:
                alike = [
                    other
                    for other in listed.members
                    if other != member
                    and len(other) == len(member) > 2
                    and other[-1] == member[-1]
                    and not member.endswith(_LOOSE)
                ]
                found[member] = tuple(dict.fromkeys((*found.get(member, ()), *alike)))
        return found

    def _statements(self) -> Iterator[Statement]:
        rows = {paragraph.span.start for paragraph in self.structure.paragraphs if paragraph.is_row}
        first = self.structure.sections[0].span.start if self.structure.sections else 0
        for sentence in self.structure.sentences:
            start, end = sentence.span.start, sentence.span.end
            if sentence.is_heading or start in rows or "\t" in self.source[start:end]:
                continue
            section = self.structure.section_at(start)
            is_item = section is not None and section.kind in _ITEMS
            if is_item and _DUTY.match(self.unlabelled(sentence.span)):
                is_item = False
            if self.is_rule and (start < first or section is None or is_item):
                continue  # when and by whom it was passed; an item of a list says nothing without its beginning
            if label := _LABEL.match(self.source, start, end):
                start = label.end()
                if heading := self._heads(sentence.span):
                    start = max(start, heading)
            yield from self._pieces(start, end)

    def _heads(self, span: Span) -> int:
        """Where the text goes on if a sentence is but the heading of its section (一是…。); 0 if it is none."""
        section = self.structure.section_at(span.start)
        inline = section is not None and section.kind in {"ordinal", "item", "part"}
        return span.end if inline and section is not None and section.span.end > span.end else 0

    def _pieces(self, start: int, end: int) -> Iterator[Statement]:
        text = self.source[start:end]
        if len(text.strip(_TAIL)) <= MAX_STATEMENT:
            bounds = [(0, len(text))]
        elif self.is_rule:
            return
        else:
            bounds = list(_runs(text))
        for begin, stop in bounds:
            piece = text[begin:stop]
            said = piece.strip(_TAIL)
            at = start + begin + piece.index(said) if said else 0
            if not MIN_STATEMENT <= len(said) <= MAX_STATEMENT or _LEANS.search(said) or "\n" in said:
                continue
            if (self.is_rule and _HALF.match(said)) or _CEREMONY.search(said):
                continue
            if piece.rstrip().endswith(("：", ":")) or said.count("“") != said.count("”"):
                continue
            before = self.source[self.source.rfind("\n", 0, at) + 1 : at]
            opens = not _LABEL.sub("", before).strip()
            yield Statement(Span(at, at + len(said)), said, self.topic_of(at), self.part_of(at), opens)

    def _lists(self) -> Iterator[InlineList]:
        for sentence in self.structure.sentences:
            text = self.source[sentence.span.start : sentence.span.end]
            if sentence.is_heading or "\t" in text:
                continue
            for found in _CLAUSE.finditer(text):
                listed = list_in(found.group().rstrip(_TAIL))
                if listed is not None:
                    begin, end, members, etc = listed
                    at = sentence.span.start + found.start()
                    yield InlineList(Span(at + begin, at + end), members, etc)


_DATE = re.compile(r"(?P<year>[12]\d{3})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_NO_FIGURE = re.compile("[A-Za-z第每同]$|过去|新的|近|(?<!提)前$|这$|用了$")
_COUNTED = {"件", "部", "篇", "项", "次", "周年"}
"""What is counted beside other things and says little alone."""
_LOOSE = ("化", "领域", "方面", "环节")
"""Ends of members that stand in any sentence: another member in their place is no concept of the same matter."""
_ADDRESS = re.compile(r"(?<=\n)[^\S\n]*[^\n。，,]{2,10}[！!：:][^\S\n]*(?=\n)")
_MARKS = re.compile(r"[^\w%.]+")
_BOUND = re.compile("(?:超过|少于|低于|高于|不满|至少|最长|每满|满|为|提前)$")
_VAGUE = re.compile("一[名人次年日天]|[12]个")


def heading_of(section: SourceSection) -> str:
    """The heading of a section without its number and what is cut off: whole clauses of at most 24 characters."""
    name = section.name.rstrip("…。")
    if len(name) <= MAX_TOPIC:
        return name
    first = re.split("[,，；;。：:]", name)[0]
    return first if 4 <= len(first) <= MAX_TOPIC else ""


def full_width(text: str) -> str:
    """``text`` with the marks of Chinese: a comma beside Chinese characters in full width."""
    return re.sub(
        r"(?<=[^\x00-\x7f])[,;:?!()]|[,;:?!()](?=[^\x00-\x7f])|[,;:?!()]$",
        lambda mark: mark.group().translate(_FULL),
        text,
    )


def nested(text: str) -> str:
    """``text`` with full marks, to stand within quotation marks: its own become single ones."""
    return full_width(text).replace("“", "‘").replace("”", "’")


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of whole clauses of a long sentence, each of a size that is read at a glance."""
    begin = stop = None
    for found in _CLAUSE.finditer(text):
        if begin is None or stop is None:
            begin, stop = found.start(), found.end()
        elif found.end() - begin <= 46:
            stop = found.end()
        else:
            yield begin, stop
            begin, stop = found.start(), found.end()
    if begin is not None and stop is not None:
        yield begin, stop


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
