"""Saying something once: never again where it may have come through, and what Telegram said against it."""

from __future__ import annotations

from httpx import ConnectError, ConnectTimeout
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.channel import Announced

_GONE = ("chat not found", "group chat was deactivated", "peer_id_invalid", "user_is_blocked")
_FORBIDDEN = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
)


def refusal_of(error: TelegramError) -> Announced:
    """What ``error``, which came of sending a message, means for whether the message is in its chat."""
    if isinstance(error, RetryAfter):
        return "later"
    if isinstance(error, Forbidden):
        return "gone"
    said = str(error).lower()
    if isinstance(error, BadRequest):  # which the library makes a NetworkError
        return "gone" if any(text in said for text in _GONE) else _forbidden_or_refused(said)
    if isinstance(error, ChatMigrated):
        return "later"
    if isinstance(error, NetworkError):
        return "later" if isinstance(error.__cause__, ConnectError | ConnectTimeout) else "unsure"
    return "refused"


def _forbidden_or_refused(said: str) -> Announced:
    return "forbidden" if any(text in said for text in _FORBIDDEN) else "refused"
