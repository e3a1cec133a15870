"""What the page for admins needs from outside, and the rows that it shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.features.admin_login.login import Admitted, Refused
from bot.records.statistics import Figures


class Door(Protocol):
    """Lets people in; ``bot.features.admin_login.login.Entrance`` is one. May raise StorageError."""

    async def knock(self, link: str, request_id: str) -> Refused | None:
        """Why ``link`` lets nobody in; None where it does, and it is not used up by this."""

    async def enter(self, link: str, request_id: str) -> str | Refused:
        """Use up ``link``: the cookie for who comes by it, or why nobody does."""

    async def admitted(self, cookie: str) -> Admitted | None:
        """Who comes with ``cookie``, and may see the page at this moment."""

    async def leave(self, cookie: str) -> None:
        """Let ``cookie`` open nothing any more, wherever there is a copy of it."""

    async def refuse(self, refused: Refused, request_id: str) -> Refused:
        """Audit that somebody was refused."""


@dataclass(frozen=True, slots=True)
class MissedGroup:
    """Questions that are about the same and have no answer: how they are worded, how often, the nearest point."""

    wordings: tuple[str, ...]
    count: int
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """An applied version of the knowledge: by whom, why, and what it changed, in words."""

    number: int
    at: datetime
    author: str
    note: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class ShownAudit:
    """Who did what, in words; ``allowed`` is False where it was refused."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Console:
    """All that the page shows. A part that is None is not offered.

    ``figures`` gives those of the last so many days, points by their titles; the others give rows, the largest or
    latest first. Each may raise StorageError. ``zone``: by whose clocks moments are told.
    """

    door: Door
    figures: Callable[[int], Awaitable[Figures]]
    zone: str
    misses: Callable[[], Awaitable[Sequence[MissedGroup]]] | None = None
    versions: Callable[[], Awaitable[Sequence[ShownVersion]]] | None = None
    audits: Callable[[], Awaitable[Sequence[ShownAudit]]] | None = None
