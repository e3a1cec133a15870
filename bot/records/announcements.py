"""Notices on their way to chats, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["sent", "later", "gone", "forbidden", "refused", "unsure", "held", "late"]
"""What became of a notice: see ``bot.conversation.channel.DeliveryOutcome``; ``held`` back by quiet hours; ``late``."""
NoticeState = Literal["waiting", "begun"] | Outcome
"""Where a notice is in one chat. ``begun``: it is being sent, or a process died while it was."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be sent to one chat. ``about``: what its author knows it by; ``author``: the chat that is told what
    became of it, if any.

    ``chat_name``: what the author knows the chat by. ``author_told``: the author knows that it still waits.
    ``repeated``: it may have been sent before. ``posted_to``: the key that the chat had when the notice was posted, by
    which it is found wherever it went since.
    """

    id: str
    text: str
    posted_at: datetime
    about: str = ""
    author: str = ""
    chat_name: str = ""
    state: NoticeState = "waiting"
    author_told: bool = False
    repeated: bool = False
    posted_to: str = ""


@dataclass(frozen=True, slots=True)
class ChatOutbox:
    """All notices that wait for a chat, or whose author is not told yet, in their order."""

    chat: str
    notices: tuple[Notice, ...]
