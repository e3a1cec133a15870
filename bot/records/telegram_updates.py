"""Telegram updates, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    """An update of the bot of an id. ``body``: its JSON if it is still to be handled; None once it was handled."""

    bot: int
    id: int
    body: str | None
