"""A ``Reply`` as the templates need it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal, get_args

from bot import wording
from bot.channels.web.conversation_log import Exchange
from bot.conversation.messages import AnswerForm, Choice, Code, Part, Reply, option_indices, parse_action
from bot.knowledge.model import Knowledge, MarkedText, Point, Section
from bot.knowledge.structure import Sentence, Span, Structure, joined
from bot.records.feedback import UnhelpfulReason

BlockKind = Literal["title", "quote", "citation", "text", "note", "passage"]
Icon = Literal["", "up", "down"]
MAX_HEADING_LEVEL = 4
_JUDGEMENTS: Final[dict[Code, tuple[str, Icon]]] = {
    Code.HELPFUL: (wording.Web.HELPFUL, "up"),
    Code.UNHELPFUL: (wording.Web.UNHELPFUL, "down"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a bubble: a ``passage`` has pieces, every other kind has ``text``; a quote of which some is
    marked has both.

    ``point`` is the id of the passage that a citation cites, or nothing.
    """

    kind: BlockKind
    text: str = ""
    pieces: tuple[MarkedText, ...] = ()
    point: str = ""


@dataclass(frozen=True, slots=True)
class ToolButton:
    """A small button. With an ``icon`` it is one of two to choose between, and ``pressed`` says whether it is the
    chosen one; its answer is then a toast, so nothing is put into the conversation meanwhile."""

    label: str
    action: str
    icon: Icon = ""
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option of a question: its label, what choosing it does, and whether it is chosen."""

    label: str
    action: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The options of a question. ``several``: they are ticked, and sent together behind ``action``.

    ``is_open``: they can still be chosen.
    """

    action: str
    options: tuple[OptionView, ...]
    several: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class NameForm:
    """A field for the visitor's name; then ``question`` is said or ``action`` pressed again.

    ``refusal`` says why the last one could not be had.
    """

    question: str = ""
    action: str = ""
    refusal: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """An exchange, ready to be shown. ``point`` is the id of the passage it shows, or nothing."""

    said: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...]
    tools: tuple[ToolButton, ...]
    numbered: bool
    point: str
    reasons: tuple[ToolButton, ...] = ()
    """Why the answer did not help, to be tapped once that was said."""
    number: int = 0
    question: QuestionView | None = None
    name_form: NameForm | None = None

    @property
    def disliked(self) -> bool:
        """Whether 👎 is the chosen one of its tools."""
        return any(tool.icon == "down" and tool.pressed for tool in self.tools)

    @property
    def card(self) -> bool:
        """Whether this shows a passage rather than only a sentence of the bot."""
        return any(block.kind in {"quote", "passage"} for block in self.blocks)


def exchange_view(exchange: Exchange, name_form: NameForm | None = None) -> ExchangeView:
    """``exchange`` as the template shows it."""
    reply, form = exchange.reply, exchange.reply.form
    tools = [tool for tool in reply.tools if form is None or not form.owns(tool.action)]
    choices = [choice for choice in reply.choices if form is None or not form.owns(choice.action)]
    if exchange.is_answered and form is not None:  # what can be done with an open question cannot be done any more
        tools = []
    return ExchangeView(
        exchange.text,
        tuple(_blocks(reply)),
        tuple(choices),
        tuple(_tool(tool, exchange.selected_action) for tool in tools),
        reply.numbered,
        _point_of(reply),
        tuple(_reasons(tools)),
        exchange.number,
        _question(exchange, form) if form is not None else None,
        name_form,
    )


def _reasons(tools: Sequence[Choice]) -> Iterator[ToolButton]:
    for tool in tools:
        action = parse_action(tool.action)
        if action is not None and action.code is Code.UNHELPFUL:
            for reason in get_args(UnhelpfulReason)[1:]:
                yield ToolButton(wording.Web.REASONS[reason], f"{action}.{reason}")


def _question(exchange: Exchange, form: AnswerForm) -> QuestionView:
    selected = exchange.selected_action
    chosen = option_indices(selected.removeprefix(form.action)) if form.owns(selected) else None
    options = (
        OptionView(label, form.chosen([index]), index in (chosen or ())) for index, label in enumerate(form.labels)
    )
    return QuestionView(form.action, tuple(options), form.several, not exchange.is_answered)


def _blocks(reply: Reply) -> list[Block]:
    if reply.form is not None:
        reply = replace(reply, parts=tuple(part for part in reply.parts if part.kind != "typed"))
    if not any(part.kind == "context" for part in reply.parts):
        return [
            Block(_plain(part), part.text, pieces=part.pieces if part.marks else (), point=part.point)
            for part in reply.parts
        ]
    blocks: list[Block] = []
    pieces: list[MarkedText] = []
    last = ""
    for part in reply.parts:
        verbatim = part.kind in {"context", "quote"}
        # what follows a quote is its paragraph's rest; two of a kind can only come from two paragraphs
        if pieces and (not verbatim or part.kind == last):
            blocks.append(Block("passage", pieces=tuple(pieces)))
            pieces = []
        if verbatim:
            pieces.append(MarkedText(part.text, marked=part.kind == "quote"))
        else:
            blocks.append(Block(_plain(part), part.text, pieces=part.pieces if part.marks else (), point=part.point))
        last = part.kind
    if pieces:
        blocks.append(Block("passage", pieces=tuple(pieces)))
    return blocks


def _plain(part: Part) -> BlockKind:
    match part.kind:
        case "context" | "typed":
            return "text"
        case kind:
            return kind


def _tool(tool: Choice, pressed: str) -> ToolButton:
    action = parse_action(tool.action)
    plain: tuple[str, Icon] = (tool.label, "")
    label, icon = plain if action is None else _JUDGEMENTS.get(action.code, plain)
    return ToolButton(label, tool.action, icon, pressed=tool.action == pressed)


def _point_of(reply: Reply) -> str:
    """The point that ``reply`` shows: the one whose context it offers."""
    actions = (parse_action(tool.action) for tool in reply.tools)
    return next((action.target for action in actions if action and action.code is Code.CONTEXT), "")


def without_files(reply: Reply) -> Reply:
    """``reply`` with a note in place of its files: what has some is admins' work, which is not done on the page."""
    if not reply.files:
        return reply
    return replace(reply, parts=(*reply.parts, Part("note", wording.Web.NO_FILES)), files=())


def table_of_contents(knowledge: Knowledge) -> tuple[tuple[Section, int], ...]:
    """The sections that an outline lists, in their order, each with how many points it has."""
    counts = Counter(point.section for point in knowledge.points)
    return tuple((section, counts[section.id]) for section in knowledge.listed_sections)


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of the whole text, with the id by which a link leads to it."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph of the source: a heading of some ``level`` of HTML, else 0; or ``rows`` of a table.

    ``anchor``: the id of the section that begins with it, or nothing. ``sentences``: those of ``text``, and ``place``
    where it stands, if they are to be linked to.
    """

    text: str = ""
    level: int = 0
    anchor: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[TextSentence, ...] = ()
    place: str = ""


def text_blocks(knowledge: Knowledge, within: Span | None = None) -> tuple[TextBlock, ...]:
    """The text of the source, or of what stands ``within`` a span without its heading, to be read."""
    structure = knowledge.structure
    begins = {section.head.start: section for section in structure.sections if not section.inline}
    blocks: list[TextBlock] = []
    for paragraph in structure.paragraphs:
        span = paragraph.span
        if within is not None and not within.start <= span.start < within.end:
            continue
        section = begins.get(span.start)
        text = structure.text(span)
        anchor = section.id if section is not None else ""
        if paragraph.is_row:
            rows = blocks.pop().rows if blocks and blocks[-1].rows else ()
            blocks.append(TextBlock(rows=(*rows, tuple(text.split("\t")))))
        elif section is not None and section.is_heading:
            if within is None or span.start != within.start:
                blocks.append(TextBlock(text.lstrip("#* "), min(section.level + 1, MAX_HEADING_LEVEL), anchor))
        elif paragraph.number or text.lstrip("#* ") != knowledge.title:
            sentences = _sentences(structure, span) if within is None else ()
            blocks.append(TextBlock(text, 0, anchor, sentences=sentences, place=structure.place(span)))
    return tuple(blocks)


def _sentences(structure: Structure, paragraph: Span) -> tuple[TextSentence, ...]:
    """The sentences of a paragraph, each with what stands between it and the next one."""
    found = structure.sentences_of(paragraph)
    starts = [max(sentence.span.start, paragraph.start) for sentence in found]
    bounds = pairwise([*starts, paragraph.end])
    return tuple(
        TextSentence(sentence_anchor(sentence), joined(structure.source[start:end]))
        for sentence, (start, end) in zip(found, bounds, strict=True)
    )


def sentence_anchor(sentence: Sentence) -> str:
    """The id of a sentence on the page of the whole text."""
    return f"t{sentence.number}"


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence in which a text was found, marked, with its place."""

    anchor: str
    pieces: tuple[MarkedText, ...]
    place: str


def find_in_text(knowledge: Knowledge, wanted: str, limit: int) -> tuple[tuple[FoundSentence, ...], int]:
    """The first ``limit`` sentences of the source that have ``wanted`` in them, and how many there are.

    Letters in either case; white space, line breaks and the width of characters do not count.
    """
    letters = [re.escape(char) for char in unicodedata.normalize("NFKC", wanted).casefold() if not char.isspace()]
    if not letters:
        return (), 0
    pattern = re.compile(r"\s*".join(letters), re.IGNORECASE)
    structure = knowledge.structure
    found: list[FoundSentence] = []
    count = 0
    for sentence in structure.sentences:
        text = structure.text(sentence.span)
        same = unicodedata.normalize("NFKC", text)
        hits = list(pattern.finditer(same if len(same) == len(text) else text))
        count += bool(hits)
        if hits and len(found) < limit:
            bounds = [0, *(bound for hit in hits for bound in hit.span()), len(text)]
            pieces = (MarkedText(text[a:b], marked=bool(n % 2)) for n, (a, b) in enumerate(pairwise(bounds)))
            place = structure.place(sentence.span)
            found.append(FoundSentence(sentence_anchor(sentence), tuple(one for one in pieces if one.text), place))
    return tuple(found), count


def neighbours_of(knowledge: Knowledge, point: Point) -> tuple[Point | None, Point | None]:
    """The points that come before and after ``point`` in the source; None at either end. Of a passage, passages."""
    if knowledge.is_passage(point):
        return knowledge.previous_passage(point), knowledge.next_passage(point)
    in_order = sorted(knowledge.points, key=lambda other: other.spans[0].start)
    at = next(index for index, other in enumerate(in_order) if other.id == point.id)
    return (in_order[at - 1] if at else None, in_order[at + 1] if at + 1 < len(in_order) else None)
