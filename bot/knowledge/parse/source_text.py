"""The text of a source → its ``Structure``, whatever kind of document it is. Pure.

Nothing is known of the document beforehand: a speech (一、 … 一是 …), a law (第三章, 第三十九条, （一）), a manual (1.,
1.2, headings of markdown) and a text without any heading are read by the same rules. A label that was seen before
belongs beside the one before it; a new one, counted from one, lies within what it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bot.knowledge.structure import (
    CLOSERS,
    ENDS,
    NAMED_KINDS,
    SENTENCE_END,
    TRAILING,
    Kind,
    Paragraph,
    Sentence,
    SourceSection,
    Span,
    Structure,
    first_words,
    joined,
    trimmed,
)
from bot.text import parse_count, unify_characters

MAX_NAME = 40  # characters of a section's title if it is cut from a paragraph
MAX_HEADING_LINE = 30  # characters of a line that is taken as a heading though nothing marks it
MAX_DOCUMENT_TITLE = 60
MAX_JOINED = 2_000  # characters of a paragraph that is put together from lines
MAX_DEPTH = 12  # sections within sections; what is nested deeper belongs to the last of them
_UNITS: Final[dict[str, Kind]] = {"编": "book", "分编": "subbook", "章": "chapter", "节": "section", "条": "article"}
_N: Final = "[〇零一二三四五六七八九十百千0-9]{1,9}"
_TENS: Final = "[一二三四五六七八九十]"
_SPACE: Final = r"[ \t\u3000\u00a0]"
_PREFIX: Final = re.compile(rf"{_SPACE}*(?:(#{{1,6}}){_SPACE}+)?(?:[*_]{{2}})?{_SPACE}*")
_HEADING_MARK: Final = re.compile(rf"#{{1,6}}{_SPACE}+(?=\S)")
_NAMED: Final = re.compile(rf"第({_N})(分编|编|章|节|条|部分)(之{_N})?([*_]{{2}})?(?={_SPACE}|[:：、.．【（(《]|$|(.))")
_MENTION: Final = re.compile("规定|的|至|到|和|及|与|、第|或|所|款|项|第|中(?!华|国|央)|之|内|以[上下外及]")
_MARKED: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("part", re.compile(f"([一二三四五六七八九十百]{{1,4}})(?:[、．.](?!{_TENS})|[,，](?=[^,，]))")),
    ("item", re.compile("[（(]([一二三四五六七八九十百]{1,4})[）)][、.．]?")),
    ("subnumber", re.compile(r"[（(](\d{1,3})[）)][、.．]?|(\d{1,3})[）)]")),
    ("decimal3", re.compile(r"\d{1,2}\.\d{1,2}\.(\d{1,2})(?=[ \t\u3000]|[\u4e00-\u9fff])")),
    ("decimal2", re.compile(r"\d{1,2}\.(\d{1,2})(?=[ \t\u3000]+[\u4e00-\u9fffA-Za-z“《])")),
    ("number", re.compile(r"(\d{1,3})(?:[、．](?!\d)|\.(?!\d))")),
    ("circled", re.compile("([①-⑳])")),
    ("ordinal", re.compile(f"({_TENS}{{1,2}})(?:是|要(?!求))|第({_TENS}{{1,2}})[,，、]|其({_TENS})[,，、]")),
)
_INLINE: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("ordinal", re.compile(f"(?:(?<=[。；：，,;:、！])|(?<=[。；：，,;:]”))({_TENS}{{1,2}})(?:是|要(?!求))")),
    ("ordinal", re.compile(f"(?<=[。；：，,;:])第({_TENS}{{1,2}})[,，、]")),
    ("item", re.compile(f"(?<=[。；：，,;:])[（(]({_TENS}{{1,2}})[）)]")),
    ("subnumber", re.compile(r"(?<=[。；：，,;:])[（(](\d{1,2})[）)]")),
    ("number", re.compile(r"(?<=[。；：，,;:])(\d{1,2})[.．、](?!\d)")),
    ("circled", re.compile("([①-⑳])")),
)
_LINE_END: Final = re.compile(rf"[{ENDS}：:.][{CLOSERS}*_]*$")
_CLOSED: Final = re.compile(rf"[{ENDS}：:]")
_BROKEN_START: Final = frozenset("，。、；：！？,;:!?”’」』）)》】…")  # no line begins with these unless it was broken
_BROKEN_END: Final = frozenset("，、,“‘「『（(《【")  # no line ends with these unless it was broken
_PAIRS: Final = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", "》": "《", "】": "【"}
_NO_HEADING: Final = re.compile(
    rf"[{ENDS}：:，,|\t]|^[（(\[【“”‘’\-—·•*>]|^\d|来源|^[{CLOSERS}]|电话|\d{{4}}年\d{{1,2}}月\d"
)
_SITE: Final = re.compile(r"[ _|｜-]+[^ _|｜-]{2,12}网$")  # what a browser puts behind the title of a page
_BACK_MATTER: Final = re.compile("附(?:件|录|则|表|图|注)")


@dataclass(slots=True)
class _Line:
    """A paragraph while it is read: its span, and what numbers or marks it.

    ``outset`` is where the line begins, before the marks of a heading, if there are any.
    """

    start: int
    end: int
    outset: int
    kind: Kind | None = None
    number: int = 0
    label_end: int = 0
    rank: int = 0  # of a heading: the number of its marks #, 0 without
    is_heading: bool = False
    is_row: bool = False


@dataclass(slots=True)
class _Node:
    line: _Line
    kind: Kind
    end: int = 0
    children: list[_Node] = field(default_factory=list)
    texts: list[_Line] = field(default_factory=list)  # paragraphs of its own behind its head


def parse_structure(source: str) -> Structure:
    """Read ``source``, whatever kind of document it is."""
    folded = unify_characters(source)
    lines = _paragraphs(folded)
    title_lines = _title_lines(folded, lines)
    title = _document_title(source, lines[:title_lines])
    _find_headings(folded, lines, title_lines)
    roots = _tree(folded, lines)
    _trim(roots, len(source.rstrip()))
    sections: list[SourceSection] = []
    _add_sections(folded, roots, "", 1, sections)
    sections.sort(key=lambda section: section.span.start)
    heads = {section.head.start for section in sections if section.is_heading} | {
        line.start for line in lines[:title_lines]
    }
    paragraphs: list[Paragraph] = []
    count = 0
    for line in lines:
        is_heading = line.start in heads
        count += not is_heading
        paragraphs.append(Paragraph(Span(line.start, line.end), 0 if is_heading else count, line.is_row))
    return Structure(source, title, tuple(sections), tuple(paragraphs), _sentences(folded, paragraphs))


def _paragraphs(text: str) -> list[_Line]:
    """The paragraphs of ``text``, with broken lines put together again."""
    lines = (trimmed(text, found.start(), found.end()) for found in re.finditer(r"[^\n]+", text))
    spans = [(line.start, line.end) for line in lines if line.start < line.end]
    breaks = sum(
        text[end - 1] in _BROKEN_END or text[following] in _BROKEN_START for (_, end), (following, _) in pairwise(spans)
    )
    width = _wrapped_at(text, spans)
    is_broken = breaks >= 2 or bool(width)
    found: list[_Line] = []
    last_number: dict[Kind, int] = {}
    previous = 0
    for start, end in spans:
        line = _labelled(text, start, end, last_number)
        if found and line.kind is None and not line.rank and not line.is_row:
            before = found[-1]
            blank = "\n" in text[previous:start].replace("\n", "", 1)
            if _continues(text, before, previous, (start, end), is_broken=is_broken, width=width, blank=blank):
                before.end = previous = end
                continue
        if line.kind is not None:
            last_number[line.kind] = line.number
        found.append(line)
        previous = end
    return found


def _wrapped_at(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """The width at which the lines of a whole text were broken; 0 if they were not."""
    lengths = sorted(end - start for start, end in spans)
    if len(lengths) < 8:
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    full = [(start, end) for start, end in spans if abs(end - start - width) <= 3]
    if not 15 <= width <= 60 or len(full) < 0.4 * len(spans):
        return 0
    open_ = sum(_LINE_END.search(text[start:end]) is None for start, end in full)
    return width if open_ >= 0.6 * len(full) else 0


def _continues(
    text: str, before: _Line, end: int, span: tuple[int, int], *, is_broken: bool, width: int, blank: bool
) -> bool:
    """Whether the line at ``span`` belongs to the paragraph ``before``, whose last line ends at ``end``."""
    said = text[before.start : end]
    if before.is_row or before.rank or len(said) > MAX_JOINED:
        return False
    if before.kind in NAMED_KINDS and before.label_end >= end:  # 第三条 alone on its line
        return True
    if _LINE_END.search(said[-8:]) is not None:
        return False
    if text[end - 1] in _BROKEN_END or text[span[0]] in _BROKEN_START or _is_open(said):
        return True
    is_within = "\n" in said or before.kind == "article"  # in the middle of a sentence that was broken already
    is_full = bool(width) and not blank and end - max(text.rfind("\n", 0, end) + 1, before.start) >= width - 3
    return is_broken and (is_within or is_full)


def _is_open(said: str) -> bool:
    """Whether a quotation or a bracket is not closed yet."""
    return any(said.count(opening) > said.count(closing) for closing, opening in _PAIRS.items())


def _labelled(text: str, start: int, end: int, last: dict[Kind, int]) -> _Line:
    """The line from ``start`` to ``end`` with the label it begins with, if any."""
    prefix = _PREFIX.match(text, start, end)
    begin = prefix.end() if prefix else start
    rank = len(prefix[1] or "") if prefix else 0
    outset = start
    if rank and (mark := _HEADING_MARK.match(text, start, end)):
        start = mark.end()  # the mark says what the line is, and is no part of what it says
    line = _Line(start, end, outset, rank=rank, is_row="\t" in text[start:end])
    if named := _NAMED.match(text, begin, end):
        unit, number = named[2], parse_count(named[1])
        if number is not None and not _MENTION.match(text, named.end(), end):
            kind: Kind = "part" if unit == "部分" else _UNITS[unit]
            if named[5] is None or number == last.get(kind, 0) + 1:
                line.kind, line.number, line.label_end = kind, number, named.end()
                line.is_row = False
                return line
    if line.is_row:
        return line
    for kind, pattern in _MARKED:
        if found := pattern.match(text, begin, end):
            number = parse_count(next(group for group in found.groups() if group))
            if number is None:
                continue
            numbered = number in {1, last.get(kind, 0) + 1}
            if numbered or kind in {"part", "item", "circled"}:
                line.kind, line.number, line.label_end = kind, number, found.end()
                return line
    return line


def _title_lines(text: str, lines: Sequence[_Line]) -> int:
    """How many of the first lines are the document's title: one, or none."""
    if not lines:
        return 0
    first = lines[0]
    said = text[first.start : first.end].strip(TRAILING)
    if first.rank == 1:
        return 1
    fits = first.kind is None and not first.rank and not first.is_row and len(said) <= MAX_DOCUMENT_TITLE
    return int(fits and len(lines) > 1 and SENTENCE_END.search(said) is None and not said.startswith(("（", "(")))


def _document_title(source: str, lines: Sequence[_Line]) -> str:
    if not lines:
        return ""
    title = joined(source[lines[0].start : lines[0].end]).strip(TRAILING)
    before = _SITE.sub("", title.split("——", 1)[0]).strip()
    return unify_characters(before if len(before) >= 4 else title)


def _find_headings(text: str, lines: list[_Line], skip: int) -> None:
    """Mark the lines that are headings: with a label and no sentence behind it, with #, or short among paragraphs."""
    begun = False  # whether anything but the document's own lines has been read
    for number, line in enumerate(lines):
        if number < skip:
            continue
        said = text[max(line.start, line.label_end) : line.end].strip(TRAILING)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if line.kind is not None:
            line.is_heading = _heads(line, said)
            begun = True
        elif line.rank:
            line.is_heading = begun = True
            line.kind = "heading"
        elif _is_text(text, line) or line.is_row:
            begun = True
        elif following is not None and _is_plain_heading(text[line.start : line.end].strip(TRAILING)):
            before = lines[number - 1] if number else None
            apart = before is None or number == skip or before.is_heading or before.is_row or _is_text(text, before)
            leads = _is_text(text, following) or (following.kind is not None and begun)
            if (apart or not begun) and leads and not following.is_row:
                line.is_heading = begun = True
                line.kind = "heading"


def _heads(line: _Line, said: str) -> bool:
    """Whether a line with a label is a heading: what it says behind the label is no sentence."""
    if line.kind in {"book", "subbook", "chapter", "section"} or line.rank:
        return True
    if line.kind == "article" and not said:
        return True
    limit = MAX_NAME if line.kind == "article" else 2 * MAX_NAME
    return bool(said) and len(said) <= limit and _CLOSED.search(said) is None and "\n" not in said


def _is_text(text: str, line: _Line) -> bool:
    """Whether a line is a sentence or more: it ends as one, or is too long for anything else."""
    return _LINE_END.search(text[max(line.start, line.end - 8) : line.end]) is not None or (
        line.end - line.start > 2 * MAX_HEADING_LINE and _CLOSED.search(text[line.start : line.end]) is not None
    )


def _is_plain_heading(said: str) -> bool:
    return 2 <= len(said) <= MAX_HEADING_LINE and _NO_HEADING.search(said) is None and "\n" not in said


def _tree(text: str, lines: list[_Line]) -> list[_Node]:
    """The sections of ``lines``, within each other as their labels say."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    labelled = [line for line in lines if line.kind is not None]
    following = {line.start: after for line, after in pairwise(labelled)}
    for line in lines:
        if line.kind is None:
            if stack:
                stack[-1].texts.append(line)
            continue
        _pop(text, stack, line, following.get(line.start))
        node = _Node(line, line.kind)
        (stack[-1].children if stack else roots).append(node)
        if len(stack) < MAX_DEPTH:
            stack.append(node)
    return roots


def _pop(text: str, stack: list[_Node], line: _Line, following: _Line | None) -> None:
    """Leave the sections of ``stack`` that the one beginning with ``line`` does not lie in."""
    kinds = [node.kind for node in stack]
    if line.kind == "heading":
        _pop_for_heading(text, stack, line, following)
    elif line.kind in kinds:
        del stack[kinds.index(line.kind) :]
    elif line.kind in NAMED_KINDS:
        rank = NAMED_KINDS[line.kind]
        for number, node in enumerate(stack):
            is_lower = node.kind in NAMED_KINDS and NAMED_KINDS[node.kind] > rank
            is_closed = node.kind == "heading" and not node.line.rank and (node.texts or node.children)
            if (
                is_lower
                or (is_closed and line.kind != "article")
                or not (node.line.is_heading or node.kind in NAMED_KINDS)
            ):
                del stack[number:]
                break


def _pop_for_heading(text: str, stack: list[_Node], line: _Line, following: _Line | None) -> None:
    if line.rank:  # headings of markdown lie within those of fewer marks
        for number, node in enumerate(stack):
            if not node.line.rank or node.line.rank >= line.rank:
                del stack[number:]
                return
        return
    if _BACK_MATTER.match(text[line.start : line.end]):
        while stack and not stack[-1].line.rank:
            stack.pop()
        return
    for number, node in enumerate(stack):
        begins_anew = following is not None and following.kind == node.kind != "heading" and following.number == 1
        is_sibling = node.kind == "heading" and not node.line.rank
        if begins_anew or is_sibling or not node.line.is_heading or node.kind == "article":
            del stack[number:]
            return


def _trim(nodes: list[_Node], end: int) -> None:
    """Set where each section ends; items of one paragraph each end with it, and not before what follows the last."""
    for number, node in enumerate(nodes, start=1):
        node.end = nodes[number].line.outset if number < len(nodes) else end
        _trim(node.children, node.end)
    for run in _runs(nodes):
        if all(not node.texts for node in run[:-1]):
            last = run[-1]
            children = last.children
            own = [text for text in last.texts if children and text.end <= children[-1].end]
            last.end = max([last.line.end, *(child.end for child in children), *(text.end for text in own)])


def _runs(nodes: list[_Node]) -> Iterator[list[_Node]]:
    """Lists of items: neighbours of one kind, counted on, none with a heading of its own."""
    run: list[_Node] = []
    for node in nodes:
        is_item = not node.line.is_heading and node.kind != "article"
        if run and (not is_item or node.kind != run[-1].kind or node.line.number <= run[-1].line.number):
            yield run
            run = []
        if is_item:
            run.append(node)
    if run:
        yield run


def _add_sections(folded: str, nodes: list[_Node], parent: str, level: int, found: list[SourceSection]) -> None:
    for place, node in enumerate(nodes, start=1):
        line = node.line
        id_ = f"{parent}.{place}" if parent else f"s{place}"
        prefix = _PREFIX.match(folded, line.start, line.end)
        begin = prefix.end() if prefix else line.start
        label = folded[begin : line.label_end].strip(TRAILING) if line.label_end else ""
        span = trimmed(folded, line.start, node.end)
        section = SourceSection(
            id=id_,
            kind=node.kind,
            number=line.number if line.label_end else place,
            label=label,
            title=_title(folded, line, begin, label),
            span=span,
            head=Span(line.start, line.end),
            level=level,
            parent=parent,
            is_heading=line.is_heading,
        )
        found.append(section)
        inside = len(found)
        _add_sections(folded, node.children, id_, level + 1, found)
        taken = sum(1 for other in found[inside:] if other.parent == id_)
        for text in ([] if line.is_heading else [line]) + node.texts:
            items = list(_inline(folded, text, section, taken))
            taken += len(items)
            found += items


def _title(folded: str, line: _Line, begin: int, label: str) -> str:
    words = joined(folded[max(begin, line.label_end) : line.end]).strip(TRAILING + ":：、—").split()
    said = ("" if all(len(word) == 1 for word in words) else " ").join(words)  # 总 则
    if not line.is_heading:
        said = first_words(said, MAX_NAME)
    if not label:
        return said
    return f"{label} {said}".strip() if label.startswith("第") and line.kind != "ordinal" else f"{label}{said}"


def _inline(folded: str, line: _Line, parent: SourceSection, taken: int) -> Iterator[SourceSection]:
    """The items of lists within a paragraph: «一是…；二是…», counted from one."""
    text = folded[line.start : line.end]
    for kind, pattern in _INLINE:
        if kind == parent.kind:
            continue
        run: list[re.Match[str]] = []
        runs: list[list[re.Match[str]]] = []
        for found in pattern.finditer(text):
            number = parse_count(found[1])
            if number == len(run) + 1:
                run.append(found)
            elif number == 1:
                runs.append(run)
                run = [found]
        for matches in [*runs, run]:
            if len(matches) < 2:
                continue
            for number, match in enumerate(matches, start=1):
                if number < len(matches):
                    end = matches[number].start()
                else:
                    stop = next((found.end() for found in re.finditer("。[”’」』）)]*", text[match.end() :])), None)
                    end = match.end() + stop if stop is not None else len(text)
                span = trimmed(folded, line.start + match.start(), line.start + end)
                taken += 1
                words = first_words(joined(text[match.start() : end]), MAX_NAME)
                yield SourceSection(
                    id=f"{parent.id}.{taken}",
                    kind=kind,
                    number=number,
                    label=match[0],
                    title=words,
                    span=span,
                    head=span,
                    level=parent.level + 1,
                    parent=parent.id,
                    is_heading=False,
                    inline=True,
                )
            return


def _sentences(folded: str, paragraphs: Sequence[Paragraph]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        if paragraph.number and not paragraph.is_row:
            for match in SENTENCE_END.finditer(folded, start, end):
                span = trimmed(folded, start, match.end())
                if span.start < span.end:
                    found.append(Sentence(span, len(found)))
                start = match.end()
        span = trimmed(folded, start, end)
        if span.start < span.end:
            found.append(Sentence(span, len(found), is_heading=not paragraph.number))
    return tuple(found)
