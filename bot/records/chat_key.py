"""What a chat's key tells: ``telegram:-100`` a chat, ``telegram:-100:7`` a topic in it."""

from __future__ import annotations


def group_of(chat: str) -> str:
    """The whole chat that ``chat`` is, or is a topic of."""
    return ":".join(chat.split(":", 2)[:2])


def is_group(key: str) -> bool:
    """Whether ``key`` is that of a group: a number below zero. Who speaks as a group has its key too."""
    number = key.partition(":")[2]
    return number.startswith("-") and number[1:].isdecimal()


def is_topic(chat: str) -> bool:
    """Whether ``chat`` is a topic of a group and not the whole of one."""
    return group_of(chat) != chat
