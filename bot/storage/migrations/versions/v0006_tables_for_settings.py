"""Schedules, quiz settings, quiet hours, removed questions and the outbox move from texts to tables of their own.

Each was a JSON text, or the like, among the settings. A text that cannot be read stays where it is: the program left it
out before as well. An empty text was none.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_QUIET = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_NOT_STORABLE = re.compile("[\ud800-\udfff\0]")  # no database takes them; JSON escaped them
_STATES = frozenset({"waiting", "begun", "sent", "later", "gone", "forbidden", "refused", "unsure", "held", "late"})
_QUESTION = "question:"
_MOVED = ("daily", "reminder", "quiz", "quiet", "out", "notices")
_Row = dict[str, object]


def upgrade() -> None:
    tables = {table.name: table for table in _make_tables()}
    settings = sa.table("settings", sa.column("owner"), sa.column("name"), sa.column("value"))
    connection = op.get_bind()
    stored = connection.execute(
        sa.select(settings).where(settings.c.name.in_(_MOVED)).order_by(settings.c.owner, settings.c.name)
    ).all()
    for owner, name, value in stored:
        try:
            table, rows = _read(owner, name, value)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            continue
        if rows:
            connection.execute(sa.insert(tables[table]), rows)
        connection.execute(sa.delete(settings).where(settings.c.owner == owner, settings.c.name == name))


def _read(owner: str, name: str, value: str) -> tuple[str, list[_Row]]:
    """The table and the rows that a setting becomes. Raises ValueError, TypeError or KeyError if it is unreadable."""
    match name:
        case "daily" | "reminder":
            return "schedules", [{"chat": owner, "kind": name, **_schedule(value)}] if value else []
        case "quiz":
            return "quiz_settings", [{"chat": owner, **_quiz(value)}] if value else []
        case "quiet":
            return "quiet_hours", [{"chat": owner, **_quiet(value)}] if value else []
        case "notices":
            notices = json.loads(value) if value else []
            return "outbox", [{"chat": owner, **_notice(notice)} for notice in _list(notices)]
        case _:
            if not owner.startswith(_QUESTION):
                raise ValueError(owner)
            return "removed_questions", [{"question": owner.removeprefix(_QUESTION)}] if value else []


def _schedule(value: str) -> _Row:
    row = json.loads(value)
    return {
        "hour": _number(row["hour"]),
        "minute": _number(row["minute"]),
        "zone": _text(row["zone"]),
        "handled_at": _moment(row["handled"]),
    }


def _quiz(value: str) -> _Row:
    row = json.loads(value)
    if row.get("topic"):  # was never set
        raise ValueError(value)
    return {
        "count": _number(row.get("count", 10)),
        "seconds": _number(row.get("seconds", 20)),
        "mode": _text(row.get("mode", "contest")),
        "scoring": _text(row.get("scoring", "right")),
    }


def _quiet(value: str) -> _Row:
    found = _QUIET.fullmatch(value)
    if found is None:
        raise ValueError(value)
    hour, minute, last_hour, last_minute = map(int, found.groups())
    starts, ends = time(hour, minute), time(last_hour, last_minute)
    if starts == ends:
        raise ValueError(value)
    return {"starts": starts, "ends": ends}


def _notice(row: _Row) -> _Row:
    if row.get("state", "waiting") not in _STATES:
        raise ValueError(row)
    return {
        "notice": _text(row["id"]),
        "text": _text(row["text"]),
        "posted_at": _moment(row["at"]),
        "about": _text(row.get("about", "")),
        "author": _text(row.get("tell", "")),
        "chat_name": _text(row.get("where", "")),
        "state": _text(row.get("state", "waiting")),
        "author_told": _truth(row.get("told", False)),
        "repeated": _truth(row.get("again", False)),
        "posted_to": _text(row.get("to", "")),
    }


def _list(value: object) -> Iterator[_Row]:
    if not isinstance(value, list):
        raise TypeError(value)
    yield from value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**31:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return _NOT_STORABLE.sub("\ufffd", value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.utcoffset() is None:
        raise ValueError(value)
    return found.astimezone(UTC)


def _make_tables() -> Iterator[sa.Table]:
    yield op.create_table(
        "schedules",
        _column("chat"),
        _column("kind"),
        _column("hour", sa.Integer()),
        _column("minute", sa.Integer()),
        _column("zone"),
        _column("handled_at", _MOMENT),
        sa.PrimaryKeyConstraint("chat", "kind", name="pk_schedules"),
    )
    op.create_index("ix_schedules_kind", "schedules", ["kind"])
    yield op.create_table(
        "quiz_settings",
        _column("chat"),
        _column("count", sa.Integer()),
        _column("seconds", sa.Integer()),
        _column("mode"),
        _column("scoring"),
        sa.PrimaryKeyConstraint("chat", name="pk_quiz_settings"),
    )
    yield op.create_table(
        "quiet_hours",
        _column("chat"),
        _column("starts", sa.Time()),
        _column("ends", sa.Time()),
        sa.PrimaryKeyConstraint("chat", name="pk_quiet_hours"),
    )
    yield op.create_table(
        "removed_questions", _column("question"), sa.PrimaryKeyConstraint("question", name="pk_removed_questions")
    )
    yield op.create_table(
        "outbox",
        _column("id", _NUMBER),
        _column("chat"),
        _column("notice"),
        _column("text"),
        _column("posted_at", _MOMENT),
        _column("about"),
        _column("author"),
        _column("chat_name"),
        _column("state"),
        _column("author_told", sa.Boolean()),
        _column("repeated", sa.Boolean()),
        _column("posted_to"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_chat", "outbox", ["chat"])
    op.create_index("ix_outbox_posted_at", "outbox", ["posted_at"])


def _column(name: str, type_: sa.types.TypeEngine[Any] | None = None) -> sa.Column[Any]:
    return sa.Column(name, type_ or sa.Text(), nullable=False)
