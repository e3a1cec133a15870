"""A reply → pages of Telegram HTML, and rows of inline buttons. Pure.

A message holds 4096 UTF-16 units, counted after its markup was read. A longer reply goes on in another
message, cut at the end of a sentence and never inside a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from json import dumps
from typing import NamedTuple

from bot.conversation.messages import Choice, Code, Part, Reply
from bot.knowledge.model import MarkedText
from bot.text import shorten

PAGE = 4096  # UTF-16 units
LONG_QUOTE = 300  # characters from which a quote is folded
LABEL = 30  # characters of a label that a phone shows in one row
NEW_PAGE = "o-"  # an ``o:`` whose outline comes as a new message; plain ``o:`` turns the page in place
OUTLINE = Code.OUTLINE.to()
_MAX_CHOICES = 90  # Telegram takes about a hundred buttons
_WORTH_FILLING = 200  # units; a page with less room than this is left as it is
_TAGS = {
    "title": ("<b>", "</b>"),
    "citation": ("<i>—— ", "</i>"),
    "note": ("<i>", "</i>"),
    "typed": ("", ""),
    "text": ("", ""),
    "context": ("", ""),
}
_QUOTE = ("<blockquote>", "</blockquote>")
_FOLDED_QUOTE = ("<blockquote expandable>", "</blockquote>")
_QUOTE_IN_CONTEXT = ("<b>", "</b>")
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"[。!?;…!?;\n][”’」』)》]*")

Keyboard = str
"""An InlineKeyboardMarkup as JSON."""


class _Segment(NamedTuple):
    """A stretch of text between two tags; ``joined`` to the one before it without a line break.

    ``pieces`` are its text again if some of it is marked; a page that cuts it shows no marks.
    """

    text: str
    tags: tuple[str, str]
    joined: bool = False
    pieces: tuple[MarkedText, ...] = ()


def render_pages(reply: Reply) -> list[str]:
    """The messages that show ``reply``, as HTML; none if there is nothing but a toast."""
    segments = list(_segments(reply.parts))
    if 2 * sum([len(segment.text) + 8 for segment in segments]) <= PAGE:  # the usual reply: no units to count
        page = _html(segments)
        return [page] if page else []
    return [_html(page) for page in _paginate(segments)]


def without_markup(page: str) -> str:
    """The text of a page without its markup."""
    return unescape(_TAG.sub("", page))


def escape(text: str) -> str:
    """``text`` so that Telegram's HTML shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def utf16_length(text: str) -> int:
    """The length of ``text`` as Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def split_at(text: str, room: int) -> tuple[str, str]:
    """``text`` in two, the first at most ``room`` UTF-16 units: at a sentence end if there is one."""
    end = used = 0
    for char in text:
        used += 2 if char > "\uffff" else 1
        if used > room:
            break
        end += 1
    if end == len(text):
        return text, ""
    best = 0
    for sentence in _SENTENCE_END.finditer(text, 0, end):
        best = sentence.end()
    if best < end // 4:
        best = end
    return text[:best].rstrip(), text[best:].lstrip()


def _segments(parts: Sequence[Part]) -> Iterator[_Segment]:
    passage: list[Part] = []
    for part in parts:
        if part.kind in {"quote", "context"}:
            passage.append(part)
            continue
        yield from _passage(passage)
        passage = []
        if part.text:
            yield _Segment(part.text, _TAGS[part.kind])
    yield from _passage(passage)


def _passage(parts: list[Part]) -> Iterator[_Segment]:
    """Quotes on their own; or quotes in their paragraphs: what stands before, the quote, what comes after."""
    if all(part.kind == "quote" for part in parts):
        for part in parts:
            tags = _QUOTE if len(part.text) <= LONG_QUOTE else _FOLDED_QUOTE
            yield _Segment(part.text, tags, pieces=part.pieces if part.marks else ())
        return
    place = "start"
    for part in parts:
        if part.kind == "quote":
            joined = place == "before"
            place = "quote"
            yield _Segment(part.text, _QUOTE_IN_CONTEXT, joined)
        else:
            joined = place == "quote"
            place = "after" if joined else "before"
            yield _Segment(part.text, _TAGS["context"], joined)


def _html(segments: Iterable[_Segment]) -> str:
    page = ""
    for segment in segments:
        if page and not segment.joined:
            page += "\n"
        page += segment.tags[0] + (_marked(segment.pieces) or escape(segment.text)) + segment.tags[1]
    return page


def _marked(pieces: Iterable[MarkedText]) -> str:
    return "".join(f"<b>{escape(piece.text)}</b>" if piece.marked else escape(piece.text) for piece in pieces)


def _paginate(segments: Iterable[_Segment]) -> Iterator[list[_Segment]]:
    page: list[_Segment] = []
    room = PAGE
    for segment in segments:
        rest = segment
        overhead = 1 + utf16_length(_TAG.sub("", segment.tags[0]))  # the line break, and text of a tag
        while (used := overhead + utf16_length(rest.text)) > room:
            if room >= _WORTH_FILLING:
                head, tail = split_at(rest.text, room - overhead)
                page.append(_Segment(head, rest.tags, rest.joined))
                rest = _Segment(tail, rest.tags)
            yield page
            page, room = [], PAGE
        if rest.text:
            page.append(rest)
            room -= used
    if page:
        yield page


def is_outline(reply: Reply, action: str = "") -> bool:
    """Whether ``reply``, which answers ``action``, is a page of the outline: made to be browsed in place."""
    choices = reply.choices
    if not choices:
        return False
    if action.startswith(OUTLINE):
        return True
    return choices[0].action.startswith(OUTLINE) and all(
        choice.action.startswith(OUTLINE) and choice.action != OUTLINE for choice in choices
    )


def keyboard_of(reply: Reply, *, outline: bool = False) -> Keyboard | None:
    """The buttons under ``reply``: its tools in one row, then its choices, one a row; None for no buttons.

    Buttons of an ``outline`` page turn that page; from anywhere else the outline comes as a new message.
    """
    rows = [_row((choice.label, choice.action) for choice in reply.tools)] if reply.tools else []
    for number, choice in enumerate(reply.choices[:_MAX_CHOICES], start=1):
        label = choice.label
        if reply.numbered and choice.action != OUTLINE:
            label = f"{number}. {label}"
        rows.append(_row([(shorten(label, LABEL), choice.action if outline else _elsewhere(choice))]))
    return f'{{"inline_keyboard":[{",".join(rows)}]}}' if rows else None


def action_of(data: str) -> str:
    """The action that a button's ``data`` stands for."""
    return f"{OUTLINE}{data[len(NEW_PAGE) :]}" if data.startswith(NEW_PAGE) else data


def _elsewhere(choice: Choice) -> str:
    return NEW_PAGE + choice.action[2:] if choice.action.startswith(OUTLINE) else choice.action


def _row(buttons: Iterable[tuple[str, str]]) -> str:
    """One row as JSON. Spelled out: every answer has some, and nested dicts take three times as long."""
    cells = [f'{{"text":{dumps(label)},"callback_data":{dumps(action)}}}' for label, action in buttons]
    return f"[{','.join(cells)}]"
