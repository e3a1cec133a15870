"""What retrieval says about a question, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import Point
from bot.retrieval.source.lookup import Lookup
from bot.retrieval.source.source_judge import SourceJudgement

VerdictKind = Literal["answer", "suggest", "decline", "chat"]
Layer = Literal["points", "source", "place"]
"""What found the passage: the curated points, the source itself by likeness, or the source by place, order or count."""
ChatIntent = Literal[
    "",
    "greeting",
    "thanks",
    "identity",
    "help",
    "farewell",
    "presence",
    "trouble",
    "chatter",
    "insult",
    "acknowledged",
    "option",
    "unsure",
    "doubt",
    "why",
    "next",
    "repeat",
    "human",
    "restart",
    "english",
    "whole_text",
    "summary",
]
Lacking = Literal["", "figure", "person", "place", "time", "contact", "members", "meaning", "scope"]
"""What kind of thing was asked for that a passage does not give; ``members`` of a list, another ``scope`` than its."""
Reason = Literal[
    "match",
    "close",
    "gap",
    "premise",
    "not_given",
    "weak",
    "unrelated",
    "preparing",
    "empty",
    "too_long",
    "smalltalk",
]
"""Why the verdict is what it is.

``match``      one point stands out and carries what was asked
``close``      several points are as likely, or one is likely but not enough
``gap``        the nearest phrasing is one that the curator marked as not answered by the source
``premise``    it takes something for granted, ``Verdict.missing``, that the source does not carry
``not_given``  the passage is there, and does not give the kind of thing that was asked for: a figure, a name …
``weak``       something was found, too little to show as an answer
``unrelated``  nothing of the question is in the source
``preparing``  the embeddings are not made yet, and may give another verdict than words do
``empty``      nothing readable was asked
``too_long``   longer than a question is
``smalltalk``  a greeting, thanks, who are you, a reaction to the answer before …

A reaction has the reason of the question before it, ``close`` or ``preparing``, if that was neither answered nor
declined.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A point that may answer: how likely it answers (0–1), by which phrasing of it, and the numbers behind that."""

    point: Point
    score: float
    phrasing: str
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What retrieval says about one question. ``matches`` are best first; an answer is the first ``answers``.

    Of a reaction to the answer before (doubt, why, next) they are what that showed, or what comes next.
    """

    kind: VerdictKind
    question: str
    reason: Reason
    matches: tuple[Match, ...] = ()
    intent: ChatIntent = ""
    context: str = ""
    """The earlier question that this one was read together with, or nothing."""

    missing: str = ""
    """What the question takes for granted and the source does not carry, such as a year; or nothing."""

    answers: int = 1
    """How many of the matches an answer shows: more than one if they are about as likely, each in its own place."""

    sections: tuple[str, ...] = ()
    """The ids of the sections whose headings answer; none for most questions."""

    considered: tuple[Match, ...] = ()
    """Of a «no»: the points that stood nearest, best first, whether they are near enough to be offered or not."""

    layer: Layer = "points"
    """What found the matches."""

    corrected: str = ""
    """What the question had wrong, as it was typed, where the passage has it right; or nothing."""

    lacking: Lacking = ""
    """Of ``not_given``: the kind of thing that was asked for."""

    asked: str = ""
    """Of a part of a message: how it reads there."""

    parts: tuple[Verdict, ...] = ()
    """Of a message that asks several things: the verdict on each of them, in their order.

    ``matches`` are then those of all parts that are answered, and behind them what is offered for the others.
    """

    mentioned: str = ""
    """The term whose meaning was asked, if the passage uses it and does not say what it is; or nothing."""

    source: SourceJudgement | None = None
    """What the source itself says to the question, if documents are compared."""

    lookup: Lookup | None = None
    """What was looked up by place, order or count; the matches are its spans. None for most questions."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that answer, the likeliest first; none for every other kind of verdict."""
        return tuple(match.point for match in self.matches[: self.answers]) if self.kind == "answer" else ()

    @property
    def point(self) -> Point | None:
        """The point that answers best; None for every other kind of verdict."""
        return next(iter(self.points), None)
