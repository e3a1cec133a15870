"""The tables, and two column types: one that keeps time zones honest, one that keeps every text storable."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

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


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# ``at`` is indexed for retention; the second index of each table serves counting by point. There is none on
# ``question``: PostgreSQL refuses an index entry of more than some 2,700 bytes, and a question can be longer.
feedback = Table(
    "feedback",
    metadata,
    Column("key", StorableText, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("point", StorableText, nullable=False),
    Column("question", StorableText, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Index(None, "at"),
    Index(None, "point", "helpful"),
)

misses = Table(
    "misses",
    metadata,
    # SQLite numbers only INTEGER keys by itself
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("question", StorableText, nullable=False),
    Column("verdict", StorableText, nullable=False),
    Column("nearest", StorableText, nullable=False),
    Index(None, "at"),
    Index(None, "nearest", "verdict"),
)

# What a bot on Telegram keeps across restarts, see ``ledger``: a row with a body is still to be dealt with, one without
# has been. Some two hundred rows at most, unless Telegram lets chats wait.
telegram_updates = Table(
    "telegram_updates",
    metadata,
    Column("bot", BigInteger, primary_key=True),
    Column("id", BigInteger, primary_key=True),
    Column("body", StorableText),
)
