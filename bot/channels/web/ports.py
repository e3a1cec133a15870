"""What the page needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.knowledge.model import Knowledge

CurrentKnowledge = Callable[[], Knowledge]
"""Gives the knowledge that is served at this moment."""

Probe = Callable[[], Awaitable[bool]]
"""Tells whether a question would be answered now. May raise, which means no."""

Ping = Callable[[], Awaitable[None]]
"""Returns when the database has taken a write; raises if it does not."""

NewId = Callable[[], str]
"""Gives an id that nobody can guess: ASCII letters, digits, dash and underscore."""

Stopwatch = Callable[[], float]
"""Gives seconds from any fixed moment; never runs backwards."""
