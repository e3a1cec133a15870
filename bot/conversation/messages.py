"""What comes into the conversation and what goes out of it; no channel's terms. Pure.

What a button does is a short ASCII string: at most 64 bytes, the smallest button of all platforms.

==================  =====================================================
``p:<point>``       show a point
``c:<point>``       show a point in its paragraph
``o:``              the outline, ``o:<section>`` the points of one section
``u:<answer>``      this answer helped 👍
``d:<answer>``      it did not 👎
``h:``              help
``b:<document>``    read another document, or look there for what was asked
``q:<what>``        quizzes, see ``bot.features.contests.buttons``
``a:<what>``        admins' work, see ``bot.conversation.router``
==================  =====================================================

The same strings name things in deep links: ``p-<point>`` where a colon is not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final, Literal

from bot.conversation.capabilities import EVERYTHING, Capabilities
from bot.knowledge.model import Knowledge, MarkedText, Point
from bot.knowledge.structure import Span, without_heading_marks
from bot.records.chats import is_topic
from bot.records.feedback import Clock
from bot.retrieval.verdict import Verdict
from bot.wording import TABLE_CELL, TABLE_CELL_MARK, TABLE_ROW

PartKind = Literal["title", "quote", "citation", "text", "note", "context", "typed"]
"""How a part is meant; each channel has its own way to show it.

``title``     what a passage is about
``quote``     verbatim words of the source that answer
``citation``  where they stand
``text``      a sentence of the bot
``note``      a sentence of the bot in smaller print
``context``   verbatim words of the source around a quote; joined to the quote without a break
``typed``     an option with its letter, or how to answer by typing; left out where the reply's ``form`` is shown
"""
SUGGESTIONS = 4
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody sent: its name and size in bytes as the sender's program gave them.

    ``read`` fetches it; raises DocumentError with a sentence for the sender if that fails.
    """

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a reply. ``picture``: to be shown, not only offered to be saved."""

    name: str
    data: bytes = field(repr=False)
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did: typed ``text``, or pressed a button with ``action`` (then ``text`` is empty).

    ``person`` and ``chat`` are opaque keys such as ``telegram:12345``; together they name a dialogue.
    ``request_id`` is what the log lines about this message carry. ``is_inline``: asked while the person still types
    (Telegram's inline mode); answered like any other, but nothing of it is remembered or stored.

    ``name`` is what others see of the person. ``sequence`` numbers what a channel delivers, growing; 0 if it has no
    such number. ``is_private``: nobody else is in this chat. ``sent_at``: when it was said, in seconds since 1970; 0 if
    the channel does not tell. ``skip_rate_limit``: answered however much comes this way. ``ephemeral``: the key of the
    person was made for this one message, so that the same person's next one will have another. ``document``: a file was
    sent, with ``text`` below it. ``reply_to_member`` and ``reply_to_name``: whose message this one replies to, if a
    member's. ``answer``: the id of the answer that it replies to. ``offered``: the choices of the numbered list that it
    replies to, whoever that was made for. ``channel``: what the channel can do there. ``departure`` returns when the
    client is gone. ``guest``: nobody knows yet what to call the person, so that nothing can be scored. ``origin``: the
    address from which somebody comes whom no platform knows; what is stored of such visitors is bounded by
    it. ``shared_origin``: many may come from there, as from a proxy that nobody named.
    ``document_key``: which of several documents is meant, whatever the chat reads.
    """

    person: str
    chat: str
    text: str = ""
    action: str = ""
    request_id: str = "-"
    is_inline: bool = False
    name: str = ""
    sequence: int = 0
    is_private: bool = True
    ephemeral: bool = False
    document: Document | None = None
    reply_to_member: str = ""
    reply_to_name: str = ""
    answer: str = ""
    offered: tuple[Choice, ...] = ()
    sent_at: float = 0.0
    skip_rate_limit: bool = False
    departure: Callable[[], Awaitable[object]] | None = field(default=None, repr=False, compare=False)
    channel: Capabilities = field(default=EVERYTHING, compare=False, repr=False)
    guest: bool = field(default=False, compare=False)
    origin: str = field(default="", compare=False)
    shared_origin: bool = field(default=False, compare=False)
    document_key: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap: what stands on it, and what comes back in ``Incoming.action``."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The options of a question, for channels that show more than text and buttons.

    ``action`` stands before the index of the chosen option, ``labels`` have their letters. ``several``: more than one
    may be chosen; their indices, with dots between, are sent together.
    """

    action: str
    labels: tuple[str, ...]
    several: bool = False

    def chosen(self, indices: Sequence[int]) -> str:
        """The action that answers with the options of these indices."""
        return self.action + ".".join(map(str, sorted(set(indices))))

    def owns(self, action: str) -> bool:
        """Whether ``action`` answers this question."""
        return action.startswith(self.action) and option_indices(action.removeprefix(self.action)) is not None


def option_indices(spelled: str) -> tuple[int, ...] | None:
    """The indices that ``spelled`` lists with dots between, ascending; None if it is no such list."""
    numbers = spelled.split(".")
    if not all(number.isdecimal() and number.isascii() and len(number) < 3 for number in numbers):
        return None
    return tuple(sorted({int(number) for number in numbers}))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reply, and how it is meant. ``point`` is the id of the point that a citation cites, or nothing.

    ``marks`` are the stretches of a quote that answer, where the rest only completes the sentence: start and end, in
    characters of ``text``, ascending and apart.
    """

    kind: PartKind
    text: str
    point: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> tuple[MarkedText, ...]:
        """``text`` in pieces, those of ``marks`` marked."""
        bounds = [0, *(bound for mark in self.marks for bound in mark), len(self.text)]
        pieces = (
            MarkedText(self.text[start:end], marked=bool(n % 2)) for n, (start, end) in enumerate(pairwise(bounds))
        )
        return tuple(piece for piece in pieces if piece.text)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person gets.

    ``choices`` are what the person may tap, rows of buttons if a channel has buttons; ``numbered`` says that
    they may be picked by typing their number. ``tools`` are small buttons about the reply itself (👍 👎 看前后文).
    A ``toast`` is a short notice that answers a press; if it stands alone, nothing else is shown.
    ``selected_action`` is the action of the tool that is selected from now on, and ``deselected_action`` of one that no
    longer is, for channels that can show it.
    ``verdict`` is there if a question was asked, ``point`` if the reply shows one, asked for or picked.
    ``expects_answer``: this is a question to be answered, so a number is an answer and no pick of what was offered
    before. ``failed``: an internal error kept the conversation from replying; ``parts`` only say so. ``busy``: the same
    if too much else is waiting for an answer, or the bot is about to stop.
    ``edits_message``: it replaces the message whose button was pressed, if a channel can do that.
    ``files`` go with it. ``private``: nobody but who asked may see it, wherever it was asked.
    ``form``: this is a question with options; a channel that shows them so leaves out the parts that are ``typed``, and
    the buttons that answer it. ``needs_name``: what was wanted is done for people with a name; a channel whose guests
    can get one asks for it, and says the same again. ``transient``: a channel that stores what is said stores neither
    this nor what it replies to.
    """

    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    tools: tuple[Choice, ...] = ()
    numbered: bool = False
    toast: str = ""
    selected_action: str = ""
    deselected_action: str = ""
    verdict: Verdict | None = None
    point: Point | None = None
    expects_answer: bool = False
    failed: bool = False
    busy: bool = False
    edits_message: bool = False
    files: tuple[Attachment, ...] = ()
    private: bool = False
    form: AnswerForm | None = None
    needs_name: bool = False
    transient: bool = False
    document: str = ""

    @property
    def text(self) -> str:
        """The reply as plain text, without markup."""
        lines: list[str] = []
        joined = ""  # a passage in its context reads as one paragraph
        for part in self.parts:
            if part.kind == "context" or (part.kind == "quote" and joined):
                joined += part.text
                continue
            if joined:
                lines.append(joined)
                joined = ""
            lines.append(f"—— {part.text}" if part.kind == "citation" else part.text)
        if joined:
            lines.append(joined)
        if self.numbered:
            lines += [f"{number}. {choice.label}" for number, choice in enumerate(self.choices, start=1)]
        elif self.parts and self.parts[-1].kind == "note":  # the note leads up to them: «you may try these»
            lines += [f"· {choice.label}" for choice in self.choices]
        return "\n".join(lines)


def receipt_of(incoming: Incoming, clock: Clock) -> int:
    """The channel's number of what came in; where it has none, the time in microseconds, which grows as well."""
    return incoming.sequence or int(clock().timestamp() * 1_000_000)


class Code(StrEnum):
    """The letter that a button begins with; buttons of old messages have them, so they never change."""

    POINT = "p"
    CONTEXT = "c"
    OUTLINE = "o"
    HELPFUL = "u"
    UNHELPFUL = "d"
    HELP = "h"
    BOOK = "b"
    QUIZ = "q"
    ADMIN = "a"

    def to(self, target: str = "") -> str:
        """The action that a button of this letter spells."""
        return f"{self.value}:{target}"


_CODES: Final = {code.value: code for code in Code}
_ACTION = re.compile(r"([a-z])[:-]([A-Za-z0-9._-]{0,60})", re.ASCII)
_OF_A_DOCUMENT: Final = (Code.POINT, Code.CONTEXT, Code.OUTLINE)
_TAGGED = re.compile(r"(.+)_([0-9a-f]{6})", re.ASCII)
MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class Action:
    """A button, taken apart: what it does, and to what; and the key of the ``document`` that it says it is of."""

    code: Code
    target: str = ""
    document: str = ""

    def __str__(self) -> str:
        return tagged(self.code.to(self.target), self.document)


def parse_action(text: str) -> Action | None:
    """The action that ``text`` spells, with a colon or a dash behind its letter; None for anything else."""
    found = _ACTION.fullmatch(text)
    code = _CODES.get(found[1]) if found is not None else None
    if found is None or code is None:
        return None
    of_one = _TAGGED.fullmatch(found[2]) if code in _OF_A_DOCUMENT else None
    return Action(code, found[2]) if of_one is None else Action(code, of_one[1], of_one[2])


def tagged(action: str, key: str) -> str:
    """``action`` with the ``key`` of the document that it shows something of; as it is if it shows nothing of one."""
    found = parse_action(action)
    if found is None or found.code not in _OF_A_DOCUMENT or not key or len(action) + len(key) >= MAX_BYTES:
        return action
    return f"{action}_{key}"


def untagged(action: str) -> tuple[str, str]:
    """``action`` without the key of its document, and that key, or nothing."""
    found = parse_action(action)
    if found is None or not found.document:
        return action, ""
    return action.removesuffix(f"_{found.document}"), found.document


ASK_THERE: Final = "ask"
"""Stands behind the key of a document in a button that asks it the last question."""


def ask_document(key: str) -> str:
    """The action that asks the document of that ``key`` what was asked last."""
    return Code.BOOK.to(f"{key}-{ASK_THERE}")


def choice(point: Point) -> Choice:
    """A button that shows ``point``."""
    return Choice(point.title, Code.POINT.to(point.id))


def passage_parts(knowledge: Knowledge, point: Point) -> tuple[Part, ...]:
    """What ``point`` is about, its words, and where they stand.

    A passage that no curator wrote down has no title but its own first words, which are shown once.
    """
    if knowledge.is_passage(point):
        return placed_parts(knowledge, point)
    shown = zip(knowledge.excerpt_texts(point), knowledge.excerpt_marks(point), strict=True)
    quotes = (Part("quote", quote, marks=marks) for quote, marks in shown)
    named = (part for span in knowledge.excerpt(point) for part in _cell_notes(knowledge, span))
    return (Part("title", point.title), *quotes, *named, Part("citation", knowledge.citation(point), point.id))


def placed_parts(knowledge: Knowledge, point: Point) -> tuple[Part, ...]:
    """The words of ``point``; of a passage in several places each with its own place."""
    spans = knowledge.excerpt(point)
    if not knowledge.is_passage(point) or len(spans) == 1:
        places = [knowledge.citation(point)] * len(spans)
    else:
        places = [knowledge.citation(knowledge.passage([span])) for span in spans]
    parts: list[Part] = []
    for place, found in groupby(zip(places, spans, strict=True), key=itemgetter(0)):
        for _, span in found:
            parts.append(Part("quote", without_heading_marks(knowledge.source[span.start : span.end])))
            parts += _cell_notes(knowledge, span)
        parts.append(Part("citation", place, point.id))
    return tuple(parts)


def _cell_notes(knowledge: Knowledge, span: Span) -> Iterator[Part]:
    """A note for each row of a table in ``span``: what its cells are called at the head of the table."""
    for cells in knowledge.structure.named_cells(span):
        named = [TABLE_CELL.format(name=name, cell=cell) if name else cell for name, cell in cells]
        yield Part("note", TABLE_ROW.format(cells=TABLE_CELL_MARK.join(named)))


def shown_points(verdict: Verdict) -> tuple[Point, ...]:
    """The points that the reply to ``verdict`` shows, or offers in place of an answer."""
    count = {"answer": verdict.answers, "suggest": SUGGESTIONS, "decline": NEAREST, "chat": 1}[verdict.kind]
    return tuple(match.point for match in verdict.matches[:count])


def say(text: str, verdict: Verdict | None = None) -> Reply:
    """One sentence of the bot."""
    return Reply((Part("text", text),), verdict=verdict)


def told(text: str, incoming: Incoming) -> Reply:
    """One sentence to who said ``incoming``: a press is answered by a notice that nobody else sees."""
    return Reply(toast=text) if incoming.action else say(text)


def with_topic_note(reply: Reply, chat: str, sentence: str) -> Reply:
    """``reply`` with ``sentence``, which says what it holds for, where ``chat`` is a topic and that is a question."""
    return replace(reply, parts=(*reply.parts, Part("note", sentence))) if is_topic(chat) else reply
