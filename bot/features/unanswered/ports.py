"""What the miss loop reads of the store: questions without an answer, and how some of them were dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.records.admin import KeptSettled
from bot.records.unanswered import Unanswered

WINDOW = timedelta(days=90)
"""How far back questions count."""


class MissedQuestions(Protocol):
    """Where they are read. Every method raises StorageError."""

    async def unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Misses and answers judged with 👎 at or after a moment, the latest first, members' before
        visitors'; at most some ten thousand."""

    async def settled(self) -> Sequence[KeptSettled]:
        """The questions that were dealt with."""
