"""Questions a user's app puts to the bot and waits for: pressed buttons and inline queries."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standin.errors import Json, bad_request
from tests.standin.people import User

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Query:
    """A callback query or inline query; it can be answered once, and not for long."""

    id: str
    user: User
    asked_at: float
    answer: Json | None = None

    def take(self, answer: Json, now: float, seconds: float) -> None:
        """Store the bot's answer; a second or a late one is too old."""
        if self.answer is not None or now > self.asked_at + seconds:
            raise bad_request(TOO_OLD)
        self.answer = answer
