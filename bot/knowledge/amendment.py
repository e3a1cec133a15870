"""What is added to a knowledge in a chat, one addition at a time. Plain data, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddQuestion:
    """One more way to ask for a point."""

    point: str
    question: str


@dataclass(frozen=True, slots=True)
class AddPoint:
    """A new point. ``quotes`` are verbatim spans of the source."""

    id: str
    title: str
    section: str
    quotes: tuple[str, ...]
    questions: tuple[str, ...]


Amendment = AddQuestion | AddPoint
