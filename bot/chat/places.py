"""What a chat's key tells: ``telegram:-100`` a chat, ``telegram:-100:7`` a topic in it."""

from __future__ import annotations


def group_of(chat: str) -> str:
    """The whole chat that ``chat`` is, or is a topic of."""
    return ":".join(chat.split(":", 2)[:2])
