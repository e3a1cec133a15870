"""Which chat, topic and message an answer goes to."""

from __future__ import annotations

from typing import NamedTuple

from telegram import MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

GROUPS = frozenset({ChatType.GROUP.value, ChatType.SUPERGROUP.value})


class Address(NamedTuple):
    """A chat, the forum topic in it, and the message to reply to; None if an answer just follows.

    ``stays``: what does not come into that topic comes nowhere else.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    stays: bool = False


def chat_key(chat: int, thread: int | None) -> str:
    """The conversation's key for a chat, or for a topic in it."""
    return f"telegram:{chat}" if thread is None else f"telegram:{chat}:{thread}"


def address_of(key: str) -> Address:
    """The address of the conversation that ``chat_key`` named. Raises ValueError for anything else."""
    _, chat, *thread = key.split(":")
    return Address(int(chat), int(thread[0]) if thread else None)


def thread_of(message: MaybeInaccessibleMessage) -> int | None:
    """The topic that ``message`` lies in. Plain replies have a thread id too, which must not be sent back."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def reply_address(message: MaybeInaccessibleMessage, *, quoting: bool | None = None) -> Address:
    """The address for the answer to ``message``: in groups as a reply to it, in private just below it.

    ``quoting`` decides that instead.
    """
    in_group = message.chat.type in GROUPS if quoting is None else quoting
    return Address(message.chat.id, thread_of(message), message.message_id if in_group else None)
