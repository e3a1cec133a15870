"""Types of columns: one that keeps time zones honest, one that keeps every text storable; and how keys are named."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Without names of our own the two databases would make up different ones."""
# SQLAlchemy cannot encode a lone surrogate (half an emoji), PostgreSQL refuses NUL
_NOT_STORABLE = re.compile("[\ud800-\udfff\0]")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Goes in with any time zone, comes out in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """``value`` in UTC. SQLite drops the zone then, which is why it must be UTC and nothing else."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a datetime without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database gave, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StorableText(TypeDecorator[str]):
    """Any text. Lone surrogates and NUL, which no UTF-8 database takes, become U+FFFD.

    Cleaned rather than refused: half an emoji in a question must not cost the member's feedback on it.
    """

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """``value`` with each character that cannot be stored replaced."""
        return None if value is None else _NOT_STORABLE.sub("\ufffd", value)
