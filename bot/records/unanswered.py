"""Questions that were not answered well, as they are read for grouping; how they were dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Settlement = Literal["ignored", "linked", "added"]
"""How a question without an answer was dealt with: left alone, given to a point, made a point of its own."""

MissKind = Literal["decline", "suggest", "unhelpful", "off_topic", "incomplete", "unclear"]
"""Declined; met with suggestions of which none was tapped; judged with 👎, without a reason or with one."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered well, when, and how so. Who asked is kept nowhere.

    ``near``: some point was near it. ``visitor``: somebody asked whom no platform knows. ``document``: the key of the
    document that it belongs to; nothing for the main one.
    """

    at: datetime
    question: str
    kind: MissKind
    near: bool = True
    visitor: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class SettledRecord:
    """A question without an answer that was dealt with; ``core`` is what is left of it for comparing."""

    core: str
    how: Settlement
    point: str
    by: str
    at: datetime
