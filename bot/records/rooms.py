"""A live room, as it is stored: what its contest does not say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoomRecord:
    """The room of a contest. ``code``: six digits that people type, good for as long as the room is there.

    ``citations``: JSON, a list with the place of each question's passage in the document, empty for none.
    ``document``: the title of the document. ``locked``: nobody else may come in.
    """

    contest: str
    code: str
    title: str
    document: str
    citations: str
    opened_at: datetime
    locked: bool = False
