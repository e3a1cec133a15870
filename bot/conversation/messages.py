"""What comes into the conversation and what goes out of it; no channel's terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from bot.conversation.capabilities import EVERYTHING, Capabilities
from bot.knowledge.model import Piece, Point
from bot.retrieval.verdict import Verdict

PartKind = Literal["title", "quote", "citation", "text", "note", "context"]
"""How a part is meant; each channel has its own way to show it.

``title``     what a passage is about
``quote``     verbatim words of the source that answer
``citation``  where they stand
``text``      a sentence of the bot
``note``      a sentence of the bot in smaller print
``context``   verbatim words of the source around a quote; joined to the quote without a break
"""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody sent: its name and size in bytes as the sender's program gave them.

    ``read`` fetches it; raises DocumentError with a sentence for the sender where that cannot be done.
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
    ``request_id`` is what the log lines about this message carry. ``preview``: asked while the person still types
    (Telegram's inline mode); answered like any other, but nothing of it is remembered or kept.

    ``name`` is what others see of the person. ``receipt`` numbers what a channel delivers, growing; 0 where it has no
    such number. ``solo``: nobody else is in this chat. ``at``: when it was said, in seconds since 1970; 0 where the
    channel does not tell. ``unlimited``: however much comes this way, it is listened to. ``passing``: the key of the
    person was made for this one message, so that the same person's next one will have another. ``document``: a file was
    sent, with ``text`` below it. ``about`` and ``about_name``: whose message this one replies to, if a member's.
    ``answer``: the id of the answer that it replies to. ``offered``: what the numbered list offers that it replies to,
    whoever that was made for. ``channel``: what can be done where it was said. ``departure`` returns when whoever asks
    is gone. ``origin``: the address from which somebody comes whom no platform knows; what is kept of such visitors is
    bounded by it. ``shared_origin``: many may come from there, as from a proxy that nobody named.
    """

    person: str
    chat: str
    text: str = ""
    action: str = ""
    request_id: str = "-"
    preview: bool = False
    name: str = ""
    receipt: int = 0
    solo: bool = True
    passing: bool = False
    document: Document | None = None
    about: str = ""
    about_name: str = ""
    answer: str = ""
    offered: tuple[Choice, ...] = ()
    at: float = 0.0
    unlimited: bool = False
    departure: Callable[[], Awaitable[object]] | None = field(default=None, repr=False, compare=False)
    channel: Capabilities = field(default=EVERYTHING, compare=False, repr=False)
    origin: str = field(default="", compare=False)
    shared_origin: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap: what stands on it, and what comes back in ``Incoming.action``."""

    label: str
    action: str


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
    def pieces(self) -> tuple[Piece, ...]:
        """``text`` in pieces, those of ``marks`` marked."""
        bounds = [0, *(bound for mark in self.marks for bound in mark), len(self.text)]
        pieces = (Piece(self.text[start:end], marked=bool(n % 2)) for n, (start, end) in enumerate(pairwise(bounds)))
        return tuple(piece for piece in pieces if piece.text)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person gets.

    ``choices`` are what the person may tap, rows of buttons where a channel has buttons; ``numbered`` says that
    they may be picked by typing their number. ``tools`` are small buttons about the reply itself (👍 👎 看前后文).
    A ``toast`` is a short notice that answers a press; where it stands alone, nothing else is shown. ``pressed`` is
    the action of the tool that is from now on the one chosen, and ``released`` of one that no longer is, for channels
    that can show it.
    ``verdict`` is there when a question was asked, ``point`` when the reply shows one, asked for or picked.
    ``asks``: this is a question to be answered, so a number is an answer and no pick of what was offered before.
    ``failed``: a fault of our own kept the conversation from replying; ``parts`` only say so. ``busy``: the same where
    too much else is to be answered, or the bot is about to stop.
    ``turns``: it takes the place of the message whose button was pressed, where a channel can do that.
    ``files`` go with it. ``private``: nobody but who asked may see it, wherever it was asked.
    """

    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    tools: tuple[Choice, ...] = ()
    numbered: bool = False
    toast: str = ""
    pressed: str = ""
    released: str = ""
    verdict: Verdict | None = None
    point: Point | None = None
    asks: bool = False
    failed: bool = False
    busy: bool = False
    turns: bool = False
    files: tuple[Attachment, ...] = ()
    private: bool = False

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
