"""XML and HTML of question banks: parsed without entities and declarations, which could harm; HTML as plain text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, Final

from bot.errors import DocumentError
from bot.knowledge.import_.office_archive import MAX_TAGS, MAX_XML, count_tags
from bot.wording import Banks, Document

_LINES: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "pre"})
_UNSAID: Final = frozenset({"script", "style", "head", "title"})
_MEDIA: Final = frozenset({"img", "video", "audio", "object", "iframe", "svg"})


def parse_xml(data: bytes) -> Any:
    """The root of an XML document. Raises DocumentError for what is none, and for what could harm its reader."""
    from lxml import etree  # noqa: PLC0415 - only these formats need it

    if len(data) > MAX_XML or count_tags(data) > MAX_TAGS:
        raise DocumentError(Document.TOO_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(Banks.NOT_XML.format(line=error.lineno or 1)) from None


def local_name(node: Any) -> str:
    """The name of an element without its namespace; empty of what is no element."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.has_media = False
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_media = self.has_media or tag in _MEDIA
        self._unsaid += tag in _UNSAID
        if tag in _LINES:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid = max(0, self._unsaid - (tag in _UNSAID))
        if tag in _LINES:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.pieces.append(" ".join(data.split("\n")))


def text_of_html(html: str) -> str:
    """What a reader sees of ``html``, a paragraph a line."""
    return _read(html)[0]


def has_media(html: str) -> bool:
    """Whether there is more in ``html`` than text."""
    return _read(html)[1]


def _read(html: str) -> tuple[str, bool]:
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line), parser.has_media
