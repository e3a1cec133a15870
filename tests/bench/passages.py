"""What a system searches and what it shows: cuts of the source, and the knowledge's own phrasings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.knowledge.model import Knowledge
from bot.retrieval.index.phrasing import NO_OWNER, texts_of

_SENTENCE = re.compile(r"[^。!?！？;；\n]+[。!?！？;；]*")


class Passage(NamedTuple):
    """A ``text`` to be compared with questions, and what is ``shown`` where it is the nearest: nothing for a gap."""

    text: str
    shown: str


def cuts(knowledge: Knowledge) -> dict[str, list[Passage]]:
    """The source cut in each of the ways in which a program without phrasings may search it, by the way's name."""
    return {
        "sentences": _whole(_SENTENCE.findall(knowledge.source)),
        "paragraphs": _whole(knowledge.source.splitlines()),
        "points": list(_quotes(knowledge)),
    }


def phrasings(knowledge: Knowledge) -> list[Passage]:
    """Every title, quote, alias, question and fact of every point, with the sentences that we show for the point."""
    return [passage for passage in _phrasings(knowledge, ()) if passage.shown]


def phrasings_and_gaps(knowledge: Knowledge, foreign: Iterable[str]) -> list[Passage]:
    """``phrasings``, and whatever the knowledge and ``foreign`` mark as not answered, which shows nothing."""
    return list(_phrasings(knowledge, foreign))


def _whole(texts: Iterable[str]) -> list[Passage]:
    return [Passage(text.strip(), text.strip()) for text in texts if text.strip()]


def _quotes(knowledge: Knowledge) -> Iterator[Passage]:
    for point in knowledge.points:
        yield Passage(point.quote, "\n".join(knowledge.excerpt_texts(point)))


def _phrasings(knowledge: Knowledge, foreign: Iterable[str]) -> Iterator[Passage]:
    shown = ["\n".join(knowledge.excerpt_texts(point)) for point in knowledge.points]
    for owner, kind, text in texts_of(knowledge, foreign):
        yield Passage(text, "" if kind == "gap" or owner == NO_OWNER else shown[owner])
