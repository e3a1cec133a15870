"""What is stored of accounts that belong to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An account, such as ``web:1f``, that belongs to a ``person``, who is called by one of the accounts."""

    account: str
    person: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that was given to ``account``: its SHA-256 in hex, never the code itself."""

    digest: str
    account: str
    expires_at: datetime
