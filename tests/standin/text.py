"""Message text as Telegram measures and marks it: UTF-16 units, trimming, entities found by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.standin.errors import Json, bad_request
from tests.standin.params import Params

COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")
HASHTAG = re.compile(r"(?<!\w)#\w{1,256}")
URL = re.compile(
    r"(?<![\w@])(?:https?://[^\s<>，。；、（）“”]+|(?:[a-z0-9-]+\.)+(?:com|org|net|cn|me|io)\b(?:/[^\s<>，。]*)?)",
    re.I,
)
FOUND_ALONE = (("url", URL), ("bot_command", COMMAND), ("mention", MENTION), ("hashtag", HASHTAG))


@dataclass(frozen=True)
class Marked:
    """A text and its entities, offsets and lengths in UTF-16 units."""

    text: str
    entities: list[Json] = field(default_factory=list)

    def length(self) -> int:
        """How long Telegram thinks it is."""
        return utf16(self.text)


def utf16(text: str) -> int:
    """The number of UTF-16 code units; characters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def entity(kind: str, offset: int, length: int, **more: object) -> Json:
    """An entity as it goes over the wire."""
    return {"offset": offset, "length": length, "type": kind, **more}


def span(mark: Json) -> tuple[int, int]:
    """Where an entity starts and ends."""
    offset, length = mark["offset"], mark["length"]
    if not isinstance(offset, int) or not isinstance(length, int):
        raise TypeError("entity offsets are numbers")
    return offset, offset + length


def cut(text: str, start: int, end: int) -> str:
    """The part of the text between two UTF-16 offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def trimmed(marked: Marked) -> Marked:
    """Without white space around the text, as the server stores it; entities move along."""
    text = marked.text.replace("\r", "")
    front = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    end = utf16(text)
    kept: list[Json] = []
    for mark in marked.entities:
        start, stop = span(mark)
        start, stop = max(start - front, 0), min(stop - front, end)
        if stop > start:
            kept.append({**mark, "offset": start, "length": stop - start})
    return Marked(text, kept)


def with_found(marked: Marked) -> Marked:
    """With the commands, mentions, hashtags and links that Telegram finds by itself."""
    marks = list(marked.entities)
    taken = [span(mark) for mark in marks if mark["type"] in {"code", "pre", "text_link", "text_mention"}]
    for kind, pattern in FOUND_ALONE:
        for match in pattern.finditer(marked.text):
            found = match.group().rstrip(".,;:!?)") if kind == "url" else match.group()
            start = utf16(marked.text[: match.start()])
            stop = start + utf16(found)
            if all(stop <= left or right <= start for left, right in taken):
                taken.append((start, stop))
                marks.append(entity(kind, start, stop - start))
    return Marked(marked.text, ordered(marks))


def ordered(marks: Iterable[Json]) -> list[Json]:
    """Entities by place, the outer before the inner."""
    return sorted(marks, key=lambda mark: (span(mark)[0], -span(mark)[1]))


def given_entities(text: str, marks: list[Params]) -> list[Json]:
    """Entities that a bot sends along, checked against the text."""
    end = utf16(text)
    checked: list[Json] = []
    for mark in marks:
        kind, offset, length = mark.text("type"), mark.number("offset"), mark.number("length")
        if kind is None or offset is None or length is None:
            raise bad_request('can\'t parse MessageEntity: can\'t find field "type", "offset" or "length"')
        if offset < 0 or length <= 0 or offset + length > end:
            place = f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            raise bad_request(f"{place} at UTF-16 offset {end}")
        checked.append(dict(mark.values))
    return ordered(checked)
