"""What is stored of the web page: the conversations of its visitors, as records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExchangeRecord:
    """What a visitor said and what was replied, as JSON; it replaces an earlier one of the same number.

    ``owner`` is the visitor's key. ``number`` grows with each exchange of an owner.
    """

    owner: str
    number: int
    content: str
    at: datetime
