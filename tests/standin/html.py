"""HTML parse mode: markup in, text and entities out, with the server's complaints about bad markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.standin.errors import ApiError, Json, bad_request
from tests.standin.text import Marked, entity, ordered, utf16

PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
TAGS = {*PLAIN_TAGS, "a", "span", "tg-emoji"}
REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
START_TAG = re.compile(r"<([^\s>]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"([^\s=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
WEB_LINK = re.compile(r"(?:https?|tg|ton)://[^\s]+", re.I)


@dataclass
class OpenTag:
    """A start tag whose end has not come yet."""

    name: str
    attributes: dict[str, str]
    start: int


def parse_html(markup: str) -> Marked:
    """The text without tags, and the entities the tags stood for; bad markup is a Bad Request."""
    text = ""
    marks: list[Json] = []
    open_tags: list[OpenTag] = []
    at = 0
    while at < len(markup):
        if markup[at] == "&" and (reference := REFERENCE.match(markup, at)):
            text += _character(reference.group(1))
            at = reference.end()
        elif markup.startswith("</", at):
            at = _close(markup, at, open_tags, marks, utf16(text))
        elif markup[at] == "<":
            tag, at = _open(markup, at, utf16(text))
            open_tags.append(tag)
        else:
            text += markup[at]
            at += 1
    if open_tags:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].name}"')
    return Marked(text, ordered(_with_languages(marks)))


def _open(markup: str, at: int, length: int) -> tuple[OpenTag, int]:
    place = _bytes(markup, at)
    word = TAG_NAME.match(markup, at + 1)
    name = word.group().lower() if word else ""
    if at + 1 + len(name) == len(markup):
        raise _wrong(f"Unclosed start tag at byte offset {place}")
    if name not in TAGS:
        raise _wrong(f'Unsupported start tag "{name}" at byte offset {place}')
    match = START_TAG.match(markup, at)
    if match is None and ">" not in markup[at:]:
        raise _wrong(f'Unclosed start tag "{name}" at byte offset {place}')
    if match is None:
        raise _wrong(f'Empty attribute name in the tag "{name}" at byte offset {place}')
    attributes = {
        found.group(1).lower(): _unescaped(found.group(2) or found.group(3) or found.group(4) or "")
        for found in ATTRIBUTE.finditer(match.group(2))
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
    return OpenTag(name, attributes, length), match.end()


def _close(markup: str, at: int, open_tags: list[OpenTag], marks: list[Json], length: int) -> int:
    place = _bytes(markup, at)
    if not open_tags:
        raise _wrong(f"Unexpected end tag at byte offset {place}")
    match = re.compile(r"</([^\s>]*)\s*>").match(markup, at)
    if match is None:
        raise _wrong(f"Unclosed end tag at byte offset {place}")
    tag, found = open_tags.pop(), match.group(1).lower()
    if found and found != tag.name:
        expected = f'expected "</{tag.name}>", found "</{found}>"'
        raise _wrong(f"Unmatched end tag at byte offset {place}, {expected}")
    if length > tag.start:
        marks.extend(_marks(tag, length - tag.start))
    return match.end()


def _marks(tag: OpenTag, length: int) -> list[Json]:
    """The entity a finished tag stands for; none for a link that leads nowhere."""
    if tag.name == "a":
        link = tag.attributes.get("href", "")
        if not WEB_LINK.fullmatch(link):
            return []
        return [entity("text_link", tag.start, length, url=link)]
    if tag.name == "span":
        return [entity("spoiler", tag.start, length)]
    if tag.name == "tg-emoji":
        return [entity("custom_emoji", tag.start, length, custom_emoji_id=tag.attributes.get("emoji-id", ""))]
    if tag.name == "blockquote" and "expandable" in tag.attributes:
        return [entity("expandable_blockquote", tag.start, length)]
    language = tag.attributes.get("class", "").removeprefix("language-") if tag.name == "code" else ""
    return [entity(PLAIN_TAGS[tag.name], tag.start, length, **({"language": language} if language else {}))]


def _with_languages(marks: list[Json]) -> list[Json]:
    """``<pre><code class="language-x">`` is one entity; a language elsewhere is dropped."""
    pres = {(mark["offset"], mark["length"]): mark for mark in marks if mark["type"] == "pre"}
    kept: list[Json] = []
    for mark in marks:
        outer = pres.get((mark["offset"], mark["length"]))
        language = mark.pop("language", None) if mark["type"] == "code" else None
        if mark["type"] == "code" and outer is not None:
            outer |= {"language": language} if language else {}
        else:
            kept.append(mark)
    return kept


def _character(name: str) -> str:
    if name in NAMED:
        return NAMED[name]
    number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000:
        return chr(number)
    return f"&{name};"


def _unescaped(value: str) -> str:
    return REFERENCE.sub(lambda found: _character(found.group(1)), value)


def _bytes(markup: str, at: int) -> int:
    return len(markup[:at].encode())


def _wrong(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")
