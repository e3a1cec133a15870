"""The queue of updates for the bot, fetched by long polling or posted to a webhook."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from tests.standin.errors import ApiError, Json, conflict
from tests.standin.signals import Signal

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
ON_REQUEST = {"chat_member", "message_reaction"}
"""Kinds that come only when allowed_updates names them."""
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
LONGEST_POLL = 50


class UpdateQueue:
    """Updates the bot has not confirmed yet; confirming is asking for a later offset."""

    def __init__(self, signal: Signal, next_id: Callable[[], int]) -> None:
        self._signal = signal
        self._next_id = next_id
        self._turns = count(1)
        self._turn = 0
        self._ended: ApiError | None = None
        self.waiting = 0
        """Fetches that wait for an update now."""
        self.pending: list[Json] = []
        self.allowed: list[str] = []

    def put(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot does not want its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if wanted:
            self.pending.append({"update_id": self._next_id(), kind: payload})
            self._signal.notify()

    def allow(self, kinds: list[object] | None) -> None:
        """Choose the kinds to come; None keeps the choice, an empty list is the default again."""
        if kinds is not None:
            self.allowed = [kind for kind in KINDS if kind in kinds]

    def confirm(self, offset: int) -> None:
        """Forget updates before the offset; a negative one keeps only that many of the latest."""
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if _id(update) >= offset]

    def interrupt(self, reason: ApiError) -> None:
        """End a long poll that is waiting, with an error for its caller."""
        self._turn = next(self._turns)
        self._ended = reason
        self._signal.notify()

    async def fetch(self, limit: int, seconds: int) -> list[Json]:
        """The next updates, at once or as soon as there are any; a later fetch ends this one with 409."""
        self.interrupt(conflict(OTHER_POLLER))
        turn = self._turn

        def look() -> list[Json] | None:
            if self._turn != turn:
                raise self._ended or conflict(OTHER_POLLER)
            return self.pending[:limit] or None

        self.waiting += 1
        self._signal.notify()
        try:
            found = await self._signal.until(look, min(max(seconds, 0), LONGEST_POLL))
        finally:
            self.waiting -= 1
        return found or []


def _id(update: Json) -> int:
    number = update["update_id"]
    return number if isinstance(number, int) else 0
