"""Question banks that organisers brought, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BankRecord:
    """A bank by its ``name``; ``questions`` is JSON, a list of ``count`` objects, each a ``BankQuestion``."""

    name: str
    saved_at: datetime
    count: int
    questions: str


@dataclass(frozen=True, slots=True)
class BankSummary:
    """What is listed of a bank."""

    name: str
    saved_at: datetime
    count: int
