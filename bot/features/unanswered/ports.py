"""What the miss loop reads of the store: questions without an answer, and how some of them were dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.records.admin import KeptSettled

MissKind = Literal["decline", "suggest", "unhelpful"]
"""Declined; met with suggestions of which none was tapped; answered and judged with 👎."""
WINDOW = timedelta(days=90)
"""How far back questions count."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered well, when, and how so. Who asked is kept nowhere.

    ``near``: some point was near it. ``visitor``: somebody asked whom no platform knows.
    """

    at: datetime
    question: str
    kind: MissKind
    near: bool = True
    visitor: bool = False


class MissedQuestions(Protocol):
    """Where they are read. Every method raises StorageError."""

    async def unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Misses and answers judged with 👎 at or after a moment, the latest first, members' before
        visitors'; at most some ten thousand."""

    async def settled(self) -> Sequence[KeptSettled]:
        """The questions that were dealt with."""
