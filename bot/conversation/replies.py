"""Replies that any feature makes: a sentence, a passage, a button that shows one. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.buttons import Code
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.knowledge.model import Knowledge, Point
from bot.records.chat_key import is_topic
from bot.retrieval.verdict import Verdict

SUGGESTIONS = 4
NEAREST = 3


def choice(point: Point) -> Choice:
    """A button that shows ``point``."""
    return Choice(point.title, Code.POINT.to(point.id))


def passage_parts(knowledge: Knowledge, point: Point) -> tuple[Part, ...]:
    """What ``point`` is about, its words, and where they stand."""
    shown = zip(knowledge.excerpt_texts(point), knowledge.excerpt_marks(point), strict=True)
    quotes = (Part("quote", quote, marks=marks) for quote, marks in shown)
    return (Part("title", point.title), *quotes, Part("citation", knowledge.citation(point), point.id))


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
