"""What is asked by place, order or count, looked up in the source: exact, never by likeness.

Every span is verbatim and whole. That something is not there is said only where all of the source was gone through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final, Literal

from bot.knowledge.model import MAX_PASSAGE_SPANS, Knowledge, Point, Section
from bot.knowledge.structure import Kind, Sentence, SourceSection, Span, Structure, trimmed
from bot.retrieval.source.lookup_request import HEADING, quotation, read_request, terms_told_of
from bot.retrieval.source.occurrences import CLAUSE, Occurrences, folded
from bot.retrieval.source.place_request import LookupRequest, Step
from bot.text import clean, spell_count

LookupKind = Literal[
    "beside",
    "around",
    "edge",
    "place",
    "beginnings",
    "count",
    "where",
    "mentions",
    "figures",
    "items",
    "missing",
    "unsaid",
]
"""What the spans are.

``beside``      what stands before or behind something
``around``      what stands before and behind it
``edge``        what was asked about: nothing stands before or behind it
``place``       what stands at the place that was asked for
``beginning``   how that begins, as all of it would be too long
``beginnings``  how the sections or sentences there begin, as all of it would be too long
``count``       the headings of what was counted, or the last of it
``where``       where something stands
``mentions``    each place of a term
``figures``     the places of all figures
``items``       the items of a list that was asked for by their number
``missing``     nothing: there is no such place; ``count`` says how many there are
``unsaid``      nothing: the term does not stand in the source
"""
MAX_PLACES = 12  # places that are shown; a longer list is no answer on a phone
MAX_WHOLE = 400  # characters of a section that is shown whole
MAX_BEGINNING = 80  # characters of the beginning of a section
MAX_QUOTED = 300  # characters of sentences that stand for a section
MAX_READ = 20 * MAX_PLACES  # of the places of a term of which is looked how much is shown of them
MAX_AROUND = 40  # characters of a sentence that is shown whole around one of many places
MAX_ANCHORS = 3  # places of a quotation whose neighbours are shown
_LEAST_QUOTATION = 8  # characters from which one that is not found may have been quoted inexactly
_MARKS: Final = " \t\r\n　,，、;；:：。.!?！？”’」』)）"
_OPENING: Final = "“「『‘《"
_OPEN_ENDS: Final = "；;"
_D: Final = "〇零一二两三四五六七八九十百千万亿"
_MEASURE: Final = (
    "个百分点|百分点|个工作日|个月|公里|平方米|平方公里|小时|分钟"
    "|[%％‰元块日天年人个名家户项亩次条件岁倍米吨度厘台辆所处座册斤棵只头张本篇]|[a-zA-Z]{1,3}"
)
_FIGURE: Final = re.compile(
    rf"(?<![第a-zA-Z0-9_.:\-{_D}])(?:\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}:\d\d|\d{{3,4}}-\d{{7,8}}|1\d{{10}}"
    rf"|\d+(?:[.,]\d+)*[十百千万亿]*(?:{_MEASURE})?|百分之[{_D}]+|[{_D}]{{2,8}}(?:{_MEASURE})|[二两三四五六七八九十](?:元|日|天|年|个月|小时|倍|个工作日)(?!之内的))"
)
_LIST_MARK: Final = re.compile(r"\s*[.、．)）]")
_OF_UNIT: Final[dict[str, re.Pattern[str]]] = {
    unit: re.compile(pattern)
    for units, pattern in (
        (("百分比", "百分数"), "[%％‰]|百分"),
        (("金额", "钱数"), "[元块]"),
        (("年份",), r"\d{4}年"),
        (("日期",), r"月|号|\d{4}年"),
        (("时间",), "[年月日天时分:]"),
        (("电话", "电话号码", "号码"), r"\d{7}"),
    )
    for unit in units
}
_PART_KINDS: Final = frozenset({"部分", "板块", "方面", "块", "篇"})
_OUTER: Final = _PART_KINDS | {"章", "点", "条"}
_INNER: Final = frozenset({"部分", "方面", "节", "条", "项", "点"})
"""How readers call the curated sections, and those within."""
_KIND_OF: Final[dict[str, Kind]] = {"章": "chapter", "节": "section", "条": "article", "编": "book"}
_COUNTER: Final = {"字": "个字", **dict.fromkeys(("部分", "板块", "方面", "块", "篇"), "个部分")}


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found. ``count`` is how many there are of what was asked for, with its ``counter``: 12 条.

    ``left`` of them are not shown. ``asked`` is the term or the place, as it is told; ``listed`` are figures.
    """

    kind: LookupKind
    spans: tuple[Span, ...] = ()
    count: int = 0
    counter: str = ""
    asked: str = ""
    left: int = 0
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Node:
    """A stretch of the source at a place, and the section that it is, if it is one."""

    span: Span
    section: SourceSection | None = None


class _NoSuchPlaceError(Exception):
    """The source has fewer of these than were asked for; ``lookup`` tells how many."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(lookup.asked)
        self.lookup = lookup


class SourceLookup:
    """Looks things up in the source of ``knowledge``. Immutable; making it takes a moment for a long source."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._source = knowledge.source
        self._structure = knowledge.structure
        self._terms = Occurrences(self._structure)

    def find(self, cleaned: str) -> Lookup | None:
        """What ``cleaned`` asks for by place, order or count; None for every other question."""
        for request in read_request(cleaned, self._knowledge.title):
            try:
                found = self._resolve(request)
            except _NoSuchPlaceError as error:
                return error.lookup
            if found is not None:
                return found
        return None

    def mentioned(self, cleaned: str) -> Lookup | None:
        """Where that stands which ``cleaned`` quotes, or of which it asks what is said; None if it stands nowhere.

        For questions that nothing else answers: that the source has it is never denied.
        """
        quoted = quotation(cleaned)
        for term in (quoted,) if quoted else terms_told_of(cleaned):
            found = self._mentions(LookupRequest("mentions", term, quoted=True)) if len(folded(term)) > 1 else None
            if found is not None and found.spans and (not quoted or found.count <= MAX_ANCHORS):
                return found
        return None

    def under_headings(self, point: Point, asked: str) -> Lookup | None:
        """The headings that ``point`` stands under, from the widest, and its own words; None if there are none."""
        heads = self._heads_above(point.spans[0])
        spans = _in_order([*heads, *point.spans])
        return Lookup("where", spans, 1, "处", asked) if heads else None

    def _heads_above(self, span: Span) -> list[Span]:
        section = self._structure.section_at(span.start)
        around = self._structure.ancestors(section) if section is not None else ()
        return [self._beginning(one.head) for one in around if one.label or one.is_heading]

    @cached_property
    def has_articles(self) -> bool:
        """Whether the source is divided into articles: 第三条 is then no section."""
        return bool(self._units("条", None))

    def passages(self, lookup: Lookup) -> tuple[Point, ...]:
        """The spans of ``lookup`` as passages: those that follow each other at the same place are one."""
        found: list[Point] = []
        for _, group in groupby(lookup.spans, self._structure.place):
            spans = list(group)
            found += [
                self._knowledge.passage(spans[at : at + MAX_PASSAGE_SPANS])
                for at in range(0, len(spans), MAX_PASSAGE_SPANS)
            ]
        return tuple(found)

    def passage_beside(self, point: Point, step: int, unit: str = "句") -> Point | None:
        """What stands right behind the own words of ``point``, or before them if ``step`` is below 0; None at the end.

        The sentence there, and of one that ``point`` breaks off in, the rest; with another ``unit``, such as 条 or 段,
        the one behind that which ``point`` stands in.
        """
        spans = sorted(point.spans, key=lambda span: span.start)
        anchor = max(spans, key=lambda span: span.end) if step > 0 else spans[0]
        found: Sequence[Span] = ()
        if unit != "句":
            own = [one.span for one in self._units(unit, None) if one.span.start <= anchor.start < one.span.end]
            near = self._near(unit, own[0] if own else anchor, step)
            found = self._shown(near).spans if near else ()
        found = found or spans_beside(self._structure, anchor, step)
        return self._knowledge.passage(found[:MAX_PASSAGE_SPANS]) if found else None

    def _resolve(self, request: LookupRequest) -> Lookup | None:
        if request.kind == "beside":
            return self._beside_place(request) if request.steps else self._beside_term(request)
        if request.kind == "place":
            return self._place(request)
        resolve = {
            "places": self._places,
            "named": self._named,
            "outline": self._outline,
            "count": self._count,
            "figures": self._figures,
            "items": self._items,
        }.get(request.kind, self._mentions)
        return resolve(request)

    # terms

    def _mentions(self, request: LookupRequest) -> Lookup | None:
        found = self._terms.find(request.term)
        if request.term == "第一" and request.kind == "mentions":
            found = [span for span in found if not re.match("[条章节款项部编点]", self._source[span.end :][:1])]
        if not found and request.kind == "sentences" and not request.quoted:
            found = self._terms.sentences_with(request.term)
        if not found:
            short = request.quoted and len(request.term) < _LEAST_QUOTATION
            return Lookup("unsaid", asked=request.term) if short else None
        if request.kind == "sentences" and not request.quoted and len(found) > MAX_PLACES:
            return None
        whole = request.kind == "sentences"
        limit = max((2 * MAX_QUOTED if whole else MAX_QUOTED) // len(found), MAX_AROUND)
        places = self._terms.merged(self._terms.around(span, limit) for span in found[:MAX_READ])
        if request.kind == "where" and not request.quoted and len(places) > MAX_PLACES:
            return None
        places = places[:MAX_PLACES]
        if request.kind == "where" and request.unit == HEADING and len(found) <= MAX_ANCHORS:
            places = _in_order([*(head for span in found for head in self._heads_above(span)), *places])
        return Lookup(
            "where" if request.kind == "where" else "mentions",
            places,
            len(found),
            "处",
            request.term,
            left=_behind(found, places),
        )

    def _items(self, request: LookupRequest) -> Lookup | None:
        nodes = self._nodes(request.steps) if request.steps else [_Node(Span(0, len(self._source)))]
        for node in nodes:
            found = [span for span in self._terms.find(request.term) if _within(span, node.span)]
            every = not request.number and 0 < len(found) <= MAX_PLACES
            group = found if every else self._group_of(found, request.number)
            if group:
                places = self._terms.merged(self._terms.around(span, MAX_QUOTED // len(group)) for span in group)
                return Lookup("items", places[:MAX_PLACES], len(group), "处", request.term)
        return None

    def _group_of(self, found: Sequence[Span], number: int) -> Sequence[Span]:
        """Those of ``found`` that stand together, if they are so many: in a sentence, a paragraph, a section or all."""
        if not 1 < number <= MAX_PLACES:
            return ()
        structure = self._structure
        for key in (structure.sentence_at, structure.paragraph_at, structure.section_at, self._top_of):
            for _, group in groupby(found, lambda span, key=key: key(span.start)):  # type: ignore[misc]
                spans = list(group)
                if len(spans) == number:
                    return spans
        return found if len(found) == number else ()

    def _top_of(self, position: int) -> SourceSection | None:
        section = self._structure.section_at(position)
        return self._structure.ancestors(section)[0] if section is not None else None

    # beside

    def _beside_term(self, request: LookupRequest) -> Lookup | None:
        found = self._terms.find(request.term)
        found = found or ([] if request.quoted or request.exact else self._terms.sentences_with(request.term))
        anchors = (
            found if request.quoted else list({self._structure.sentence_at(one.start): one for one in found}.values())
        )
        if not anchors or (len(anchors) > MAX_ANCHORS and not request.quoted):
            return None
        spans: list[Span] = []
        for anchor in anchors[:MAX_ANCHORS]:
            sentence = self._structure.sentence_at(anchor.start) if request.both or not request.quoted else None
            own = anchor if sentence is None else sentence.span
            if request.both:
                spans += [*spans_beside(self._structure, own, -request.offset), own]
            beside = spans_beside(self._structure, own, request.offset)
            if request.quoted and beside and self._goes_on(anchor, beside[0]):  # torn off it could not be understood
                beside[0] = Span(anchor.start - (self._source[max(anchor.start - 1, 0)] in _OPENING), beside[0].end)
            spans += beside
        if not spans:
            return Lookup("edge", (self._terms.around(anchors[0], MAX_QUOTED),), counter="句", count=request.offset)
        return Lookup("around" if request.both else "beside", self._terms.merged(spans), count=request.offset)

    def _goes_on(self, anchor: Span, behind: Span) -> bool:
        """Whether ``behind`` is the rest of the sentence that ``anchor`` stands in."""
        sentence = self._structure.sentence_at(anchor.end - 1)
        return sentence is not None and anchor.end <= behind.start < sentence.span.end

    def _beside_place(self, request: LookupRequest) -> Lookup | None:
        nodes = self._nodes(request.steps)
        if not nodes:
            return None
        unit = request.unit if request.unit in {"条", "章", "节", "段", "部分"} else request.steps[-1].unit
        if request.unit.startswith("句") or unit == "句":
            spans = spans_beside(self._structure, nodes[-1].span, request.offset)
            return Lookup("beside", tuple(spans), count=request.offset) if spans else None
        near = self._near(unit, Span(nodes[0].span.start, nodes[-1].span.end), request.offset)
        if near:
            return replace(self._shown(near), kind="beside", count=request.offset)
        return replace(self._shown(nodes), kind="edge", counter=unit, count=request.offset)

    def _near(self, unit: str, around: Span, offset: int) -> list[_Node]:
        alike = self._units(unit, None)
        if offset > 0:
            return [one for one in alike if one.span.start >= around.end][:offset]
        return [one for one in alike if one.span.end <= around.start][offset:]

    # places

    def _place(self, request: LookupRequest) -> Lookup | None:
        if request.of and not self._is_headed(request.steps[0], request.of):
            return None
        found = self._nodes(request.steps, request.term)
        if request.unit and len(found) == 1 and (section := found[0].section) is not None and section.is_heading:
            return Lookup("place", (section.head,), 1)
        return self._shown(found) if found else None

    def _is_headed(self, step: Step, name: str) -> bool:
        """Whether the heading of what is at ``step`` has ``name``."""
        sections = [node.section for node in self._nodes([step])]
        return any(one is not None and folded(name) in folded(clean(one.name)) for one in sections)

    def _places(self, request: LookupRequest) -> Lookup | None:
        found = [self._nodes(steps) for steps in request.places]
        shown = [self._shown(nodes) for nodes in found if nodes]
        spans = _in_order(span for one in shown for span in one.spans)
        kind: LookupKind = "place" if all(one.kind == "place" for one in shown) else "beginnings"
        left = sum(one.left for one in shown) + max(len(spans) - 2 * MAX_PLACES, 0)
        return Lookup(kind, spans[: 2 * MAX_PLACES], len(spans), left=left) if len(shown) == len(found) else None

    def _named(self, request: LookupRequest) -> Lookup | None:
        section = self._section_named(request.term)
        return self._shown([section]) if section is not None else None

    def _section_named(self, term: str) -> _Node | None:
        """The one section with that heading."""
        name = folded(clean(term))
        found = [one for one in self._structure.sections if one.is_heading and folded(clean(one.name)) == name]
        return _Node(found[0].span, found[0]) if len(found) == 1 else None

    def _nodes(self, steps: Sequence[Step], name: str = "") -> list[_Node]:
        """What stands where ``steps`` lead, from the section of that ``name`` on; nothing if nothing is counted so.

        Raises _NoSuchPlaceError if there are fewer than that.
        """
        begin = self._section_named(name) if name else None
        if name and begin is None:
            return []
        nodes = [begin] if begin is not None else []
        for depth, step in enumerate(steps):
            scope = nodes[0] if nodes else None
            units = self._units(step.unit, scope)
            if step.unit == "条" and not self.has_articles:
                units = self._units("点", scope)
            if not units and scope is not None and step.unit in {"项", "目"}:
                raise _NoSuchPlaceError(Lookup("missing", asked=_spelled(steps[: depth + 1])))
            if not units:
                return []
            if step.number < 0:
                nodes = units[step.number :][: step.count] if -step.number <= len(units) else []
            else:
                numbered = [one for one in units if one.section is not None and one.section.number == step.number]
                exact = numbered and step.count == 1 and step.unit not in _PART_KINDS
                nodes = numbered if exact else units[step.number - 1 : step.number - 1 + step.count]
            if not nodes:
                counter = _COUNTER.get(step.unit, step.unit)
                raise _NoSuchPlaceError(Lookup("missing", (), len(units), counter, _spelled(steps[: depth + 1])))
        return nodes

    def _units(self, unit: str, scope: _Node | None) -> list[_Node]:
        """The units of that name in ``scope``, in their order; without one, in all of the source."""
        structure = self._structure
        within = scope.span if scope is not None else Span(0, len(self._source))
        if unit == "段":
            return [_Node(one.span) for one in structure.paragraphs if one.number and _within(one.span, within)]
        if unit == "句":
            return [_Node(one.span) for one in structure.sentences if not one.is_heading and _within(one.span, within)]
        if unit == "款":
            return [_Node(span) for span in structure.clauses(scope.section)] if scope and scope.section else []
        if unit in _KIND_OF:
            found = [one for one in structure.sections if one.kind == _KIND_OF[unit] and _within(one.span, within)]
            if found or unit in {"条", "节"}:
                return [_Node(one.span, one) for one in found]
        if scope is None:
            return self._parts() or [
                _Node(one.span, one) for one in structure.children() if unit not in _PART_KINDS and one.label
            ]
        inner = structure.children(scope.section) if scope.section is not None else self._items_in(within)
        return [_Node(one.span, one) for one in inner if one.label]

    def _items_in(self, within: Span) -> list[SourceSection]:
        found = [one for one in self._structure.sections if _within(one.span, within)]
        level = min((one.level for one in found), default=0)
        return [one for one in found if one.level == level]

    def _parts(self) -> list[_Node]:
        """What readers call the parts: sections marked 一、, else the chapters, else what has headings at the top."""
        found = [one for one in self._structure.sections if one.kind == "part"]
        level = min((one.level for one in found), default=0)
        found = [one for one in found if one.level == level]
        found = found or [one for one in self._structure.sections if one.kind == "chapter"]
        found = found or [one for one in self._structure.children() if one.is_heading]
        return [_Node(one.span, one) for one in found]

    def _shown(self, nodes: Sequence[_Node]) -> Lookup:
        """The nodes whole, or how they begin, or how what is in them begins."""
        spans = tuple(trimmed(self._source, node.span.start, node.span.end) for node in nodes)
        if sum(span.end - span.start for span in spans) <= MAX_WHOLE:
            return Lookup("place", spans[:MAX_PLACES], len(nodes), left=max(len(nodes) - MAX_PLACES, 0))
        if len(nodes) > 1:
            begun = tuple(self._beginning(span) for span in spans)
            return Lookup("beginnings", begun[:MAX_PLACES], len(nodes), left=max(len(nodes) - MAX_PLACES, 0))
        section = nodes[0].section
        children = self._structure.children(section) if section is not None else ()
        if section is not None and len(children) > 1:
            head = [self._beginning(section.head)] if section.head.end <= children[0].span.start else []
            begun = (*head, *(self._beginning(child.span) for child in children))
            return Lookup("beginnings", begun[:MAX_PLACES], len(children), left=max(len(begun) - MAX_PLACES, 0))
        sentences: list[Span] = []
        for sentence in self._structure.sentences_of(spans[0]):
            if sentences and sentence.span.end - spans[0].start > MAX_QUOTED:
                break
            sentences.append(sentence.span)
        return Lookup(
            "beginnings", (Span(spans[0].start, min(max(sentences[-1].end, spans[0].start + 1), spans[0].end)),)
        )

    def _beginning(self, span: Span) -> Span:
        """The first sentence of ``span``, or as many clauses of it as are read at a glance."""
        sentence = self._structure.sentence_at(span.start)
        end = min(span.end, sentence.span.end) if sentence is not None else span.end
        if end - span.start > MAX_BEGINNING:
            clauses = [found.end() for found in CLAUSE.finditer(self._source, span.start, span.start + MAX_BEGINNING)]
            end = clauses[-1] if clauses else span.start + MAX_BEGINNING
        return trimmed(self._source, span.start, end)

    # counts

    def _count(self, request: LookupRequest) -> Lookup | None:
        scope: _Node | None = None
        if request.steps or request.term:
            nodes = self._nodes(request.steps, request.term)
            if not nodes:
                return None
            scope = nodes[0]
        within = scope.span if scope is not None else Span(0, len(self._source))
        asked = request.term + _spelled(request.steps)
        if request.unit == "字":
            letters = sum(not char.isspace() for char in self._source[within.start : within.end])
            last = [one for one in self._structure.sentences_of(within) if not one.is_heading][-1:]
            return Lookup("count", tuple(one.span for one in last), letters, "个字", asked) if last else None
        units = self._units(request.unit, scope)
        if not units:
            return None
        counter = _COUNTER.get(request.unit, request.unit)
        headed = [one.section.head for one in units if one.section is not None and one.section.is_heading]
        if len(headed) == len(units) <= MAX_PLACES:
            return Lookup("count", tuple(self._beginning(head) for head in headed), len(units), counter, asked)
        return Lookup("count", (self._beginning(units[-1].span),), len(units), counter, asked)

    def _outline(self, _: LookupRequest) -> Lookup | None:
        parts = self._units("部分", None)
        if not 1 < len(parts) <= MAX_PLACES:
            return None
        heads = tuple(self._beginning(one.section.head) for one in parts if one.section is not None)
        return Lookup("count", heads, len(parts), _counter_of(parts[0].section))

    def _figures(self, request: LookupRequest) -> Lookup | None:
        scope = Span(0, len(self._source))
        if request.steps or request.term:
            nodes = self._nodes(request.steps, request.term)
            if not nodes:
                return None
            scope = nodes[0].span
        wanted = _OF_UNIT.get(request.unit)
        found = [
            Span(*one.span())
            for one in _FIGURE.finditer(self._source, scope.start, scope.end)
            if (wanted is None or wanted.search(one[0])) and not self._is_list_mark(Span(*one.span()))
        ]
        if not found:
            return None
        places = self._terms.merged(self._terms.around(span, MAX_AROUND) for span in found[:MAX_READ])[:MAX_PLACES]
        left = _behind(found, places)
        listed = tuple(dict.fromkeys(self._source[span.start : span.end] for span in found[: len(found) - left]))
        return Lookup("figures", places, len(found), "处", request.unit, left, listed)

    def _is_list_mark(self, span: Span) -> bool:
        """Whether the number at ``span`` only counts a paragraph: 1. or （2）."""
        paragraph = self._structure.paragraph_at(span.start)
        begins = paragraph is not None and span.start - paragraph.span.start <= 1
        return begins and _LIST_MARK.match(self._source, span.end) is not None


def spans_beside(structure: Structure, anchor: Span, offset: int) -> list[Span]:
    """The ``offset`` sentences behind ``anchor``, before it if below 0, and the rest of the one that it stands in."""
    source = structure.source
    sentence = structure.sentence_at(anchor.end - 1 if offset > 0 else anchor.start)
    if sentence is None:
        return []
    found: list[Span] = []
    rest = (
        Span(min(anchor.end, sentence.span.end), sentence.span.end)
        if offset > 0
        else Span(sentence.span.start, anchor.start)
    )
    start, end = rest.start, max(rest.end, rest.start)
    while start < end and source[start] in _MARKS:
        start += 1
    rest = trimmed(source, start, end)
    if len(re.findall(r"\w", source[rest.start : rest.end])) > 1:
        found.append(rest if offset > 0 else Span(sentence.span.start, max(sentence.span.end, anchor.end)))
    other: Sentence | None = sentence
    for _ in range(abs(offset)):
        other = (structure.after(other) if offset > 0 else structure.before(other)) if other is not None else None
        if other is not None:
            found.append(_to_full_stop(structure, other.span, back=offset < 0))
            other = structure.sentence_at(found[-1].start if offset < 0 else found[-1].end - 1)
    return sorted(found, key=lambda span: span.start)


def _to_full_stop(structure: Structure, span: Span, *, back: bool) -> Span:
    """``span``, a sentence that may end with a semicolon, with those beside it that its full stop ends."""
    paragraph = structure.paragraph_at(span.start)
    inside = structure.sentences_of(paragraph.span) if paragraph is not None else ()
    for one in reversed(inside) if back else inside:
        whole = Span(min(one.span.start, span.start), max(one.span.end, span.end))
        edge = one.span.end if back else span.end
        beside = one.span.end <= span.start if back else one.span.start >= span.end
        if beside and structure.source[edge - 1] in _OPEN_ENDS and whole.end - whole.start <= MAX_QUOTED:
            span = whole
        elif beside:
            break
    return span


def sections_asked_for(core: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """The ids of the curated sections that ``core`` asks for as a whole, in their order; none for other questions.

    One id is the section itself, and may be one that is not there; of several ids the headings are asked for.
    """
    for request in read_request(core):
        steps, unit = request.steps, request.unit
        if request.kind == "outline":
            chapters = tuple(section.id for section in sections if section.begins and section.chapter == section.id)
            return chapters if 1 < len(chapters) <= MAX_PLACES else ()
        if (
            request.kind not in {"place", "count"}
            or request.term
            or request.of
            or any(step.number < 0 or step.count > 1 for step in steps)
        ):
            continue
        inner = [step.unit for step in steps[1:]] + [unit] * (request.kind == "count")
        if not steps or len(inner) > 1 or steps[0].unit not in _OUTER or not _INNER.issuperset(inner):
            continue
        chapter = str(steps[0].number)
        if len(steps) == 2:
            return (f"{chapter}.{steps[1].number}",)
        within = tuple(section.id for section in sections if section.begins and section.chapter == chapter)
        return within if 1 < len(within) <= MAX_PLACES else (chapter,)
    return ()


def _counter_of(section: SourceSection | None) -> str:
    return "章" if section is not None and section.kind == "chapter" else "个部分"


def _behind(found: Sequence[Span], shown: Sequence[Span]) -> int:
    """How many of ``found`` stand behind all that is ``shown``."""
    return sum(span.start >= shown[-1].end for span in found)


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(sorted(spans, key=lambda span: (span.start, span.end))))


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _spelled(steps: Sequence[Step]) -> str:
    """第三条第二款, as it is written."""
    return "".join(f"{'倒数' if step.number < 0 else ''}第{spell_count(abs(step.number))}{step.unit}" for step in steps)
