"""What Telegram's refusals mean. It tells them apart by their English sentences alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from httpx import ConnectError, ConnectTimeout
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.send.formatting import without_markup
from bot.conversation.channel import DeliveryOutcome, Refusal

_SETTLED = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
)
_NOBODY_THERE = (
    "send_poll_forbidden",
    "send_polls_forbidden",
    "send_plain_forbidden",
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "user_is_blocked",
    "group chat was deactivated",
    "peer_id_invalid",
)
_NO_TOPIC = ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NO_POLLS = ("send polls", "send_poll_forbidden", "send_polls_forbidden")
_GONE = ("chat not found", "group chat was deactivated", "peer_id_invalid", "user_is_blocked")
_FORBIDDEN = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
)
_TOO_LARGE = ("(413)", "entity too large")
_EDIT_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")


def is_obsolete(error: BadRequest) -> bool:
    """What was wanted is so already, or does not matter any more."""
    return _says(error, _SETTLED)


def is_unreachable(error: BadRequest) -> bool:
    """Nobody is there to read it, or we may not write there."""
    return _says(error, _NOBODY_THERE)


def is_topic_missing(error: BadRequest) -> bool:
    """The topic is deleted, or nobody may write there."""
    return _says(error, _NO_TOPIC)


def poll_refusal_of(error: TelegramError) -> Refusal | None:
    """Why a chat takes no polls at all; None if the next one may be taken."""
    if not isinstance(error, BadRequest | Forbidden):
        return None
    if _says(error, _NO_POLLS):
        return "no_polls"
    if _says(error, _NO_TOPIC):
        return "no_topic"
    if _says(error, _GONE):
        return "gone"
    if _says(error, _NOBODY_THERE):
        return "no_words"
    return "gone" if isinstance(error, Forbidden) else None


def is_edit_lost(error: BadRequest) -> bool:
    """The message to be edited is gone, or cannot be edited."""
    return _says(error, _EDIT_LOST)


def is_too_large(error: TelegramError) -> bool:
    """Another try would not be smaller."""
    return _says(error, _TOO_LARGE)


def degrade(data: dict[str, Any], error: BadRequest) -> bool:
    """Take out of ``data`` what Telegram complains of; False if nothing is left to take out."""
    if _says(error, _NO_TOPIC):
        return data.pop("message_thread_id", None) is not None
    if _says(error, ("replied not found", "reply message not found", "reply_message_id_invalid")):
        return data.pop("reply_parameters", None) is not None
    if _says(error, ("can't parse entities", "unsupported start tag", "entity_bounds_invalid")):
        if data.pop("parse_mode", None) is None:
            return False
        data |= {name: without_markup(data[name]) for name in ("text", "caption") if name in data}
        return True
    if _says(error, ("button_", "reply markup", "inline keyboard")):
        return data.pop("reply_markup", None) is not None
    return False


def delivery_outcome_of(error: TelegramError) -> DeliveryOutcome:
    """What ``error``, which came of sending a message, means for whether the message is in its chat."""
    if isinstance(error, RetryAfter):
        return "later"
    if isinstance(error, Forbidden):
        return "gone"
    if isinstance(error, BadRequest):  # which the library makes a NetworkError
        return "gone" if _says(error, _GONE) else _forbidden_or_refused(error)
    if isinstance(error, ChatMigrated):
        return "later"
    if isinstance(error, NetworkError):
        return "later" if isinstance(error.__cause__, ConnectError | ConnectTimeout) else "unsure"
    return "refused"


def _forbidden_or_refused(error: BadRequest) -> DeliveryOutcome:
    return "forbidden" if _says(error, _FORBIDDEN) else "refused"


def _says(error: TelegramError, texts: Sequence[str]) -> bool:
    message = str(error).lower()
    return any(text in message for text in texts)
