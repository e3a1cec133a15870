"""A reply → pages of Telegram HTML. Pure.

A message holds 4096 UTF-16 units, counted after its markup was read. A longer reply goes on in another
message, cut at the end of a sentence and never inside a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from bot.conversation.messages import Part, Reply
from bot.knowledge.model import MarkedText

PAGE = 4096  # UTF-16 units
LONG_QUOTE = 300  # characters from which a quote is folded
_WORTH_FILLING = 200  # units; a page with less room than this is left as it is
_TAGS = {
    "title": ("<b>", "</b>"),
    "citation": ("<i>—— ", "</i>"),
    "note": ("<i>", "</i>"),
    "text": ("", ""),
    "context": ("", ""),
}
_QUOTE = ("<blockquote>", "</blockquote>")
_FOLDED_QUOTE = ("<blockquote expandable>", "</blockquote>")
_QUOTE_IN_CONTEXT = ("<b>", "</b>")
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"[。!?;…!?;\n][”’」』)》]*")


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
