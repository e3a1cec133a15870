"""What the conversation needs from outside. ``storage`` and the tests' fakes implement these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, Protocol, TypeVar

Result = TypeVar("Result")
Clock = Callable[[], datetime]
"""Gives the present time, with a time zone."""


UnhelpfulReason = Literal["", "off_topic", "incomplete", "unclear"]
"""It is about something else; something is missing; it cannot be understood."""


class InThread(Protocol):
    """Runs slow work without holding up the event loop."""

    async def __call__(self, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; raises what it raises."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A 👍 (``helpful``) or 👎 on one answer.

    ``key`` is the same whenever the same person judges the same answer, and tells nobody who that was: a second
    press replaces the first.
    """

    key: str
    at: datetime
    point: str
    question: str
    helpful: bool
    visitor: bool = False
    """Whether it comes from somebody whom no platform knows."""
    reason: UnhelpfulReason = ""
    """Why it did not help, if that was said."""
    document: str = ""
    """The key of the document that it belongs to; nothing for the main one."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was declined or only met with suggestions. Nobody's name is kept with it."""

    at: datetime
    question: str
    """As it was typed, but for what cannot be read."""
    verdict: Literal["decline", "suggest"]
    nearest: str
    """The id of the nearest point; nothing where none is near at all."""
    key: str = ""
    """By which the miss can be taken back, when a suggestion is tapped after all; nothing where it cannot."""
    visitor: bool = False
    """Whether it was asked by somebody whom no platform knows."""
    document: str = ""
    """The key of the document that it belongs to; nothing for the main one."""


class Store(Protocol):
    """Where feedback and misses are kept. Every method raises StorageError when it could not."""

    async def save_feedback(self, feedback: Feedback) -> None:
        """Save ``feedback``; it replaces an earlier one of the same key."""

    async def delete_feedback(self, key: str) -> None:
        """Delete the feedback of that key, if there is any."""

    async def save_miss(self, miss: Miss) -> None:
        """Save ``miss``."""

    async def delete_miss(self, key: str) -> None:
        """Delete the misses of that key, after what was saved before."""

    async def delete_before(self, moment: datetime) -> int:
        """Delete what is older than ``moment`` and not counted from any more; gives how many rows went."""

    async def ping(self) -> None:
        """Return when the database has taken a write."""


def feedback_key(answer: str, person: str) -> str:
    """The same for the same person and answer, and nobody's name can be read from it."""
    return sha256(f"{answer}\0{person}".encode()).hexdigest()[:32]
