"""The tables, and types of their columns: one keeps time zones honest, one keeps every text storable."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    TypeDecorator,
    event,
    false,
    text,
)

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Without names of our own the two databases would make up different ones."""
KEEPS_FIRST: Final = "keeps first"
"""In the ``info`` of a column: a row that is written again leaves it as it was."""
# SQLAlchemy cannot encode a lone surrogate (half an emoji), PostgreSQL refuses NUL
_NOT_STORABLE = re.compile("[\ud800-\udfff\0]")
metadata = MetaData(naming_convention=NAMING)


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


def _document() -> Column[str]:
    """The key of the document that a row belongs to; nothing for the main one."""
    return Column("document", StorableText, nullable=False, server_default=text("''"))


def _visitor() -> Column[bool]:
    """Whether it comes from somebody whom no platform knows."""
    return Column("visitor", Boolean, nullable=False, server_default=false())


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
    _visitor(),
    Column("reason", StorableText, nullable=False, server_default=text("''")),
    _document(),
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
    # what the same question in the same dialogue is called, so that a tap on a suggestion takes it back; may be empty
    Column("key", StorableText),
    _visitor(),
    _document(),
    Index(None, "at"),
    Index(None, "nearest", "verdict"),
    Index(None, "key"),
)

# What a bot on Telegram keeps across restarts, see ``UpdateTracker``: a row with a body is still to be dealt with, one
# without has been. Some thousand rows at most, unless Telegram lets chats wait.
telegram_updates = Table(
    "telegram_updates",
    metadata,
    Column("bot", BigInteger, primary_key=True),
    Column("id", BigInteger, primary_key=True),
    Column("body", StorableText),
)

# ── quizzes ─────────────────────────────────────────────────────────────────────────────────────────────────

# ``setup`` and ``progress`` are JSON without a member in it: whoever is to be forgotten stands in columns only.
contests = Table(
    "contests",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("chat", StorableText, nullable=False),
    Column("starter", StorableText, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("setup", StorableText, nullable=False),
    Column("progress", StorableText, nullable=False),
    Column("finished", UtcDateTime),
    Index(None, "chat", "started"),
    Index(None, "finished"),
)

players = Table(
    "players",
    metadata,
    Column("contest", StorableText, primary_key=True),
    Column("member", StorableText, primary_key=True),
    Column("team", StorableText, nullable=False),
    Column("first_round", BigInteger, nullable=False, server_default=text("0")),
    Index(None, "member"),
)

# Live rooms, each with its contest. ``citations``: JSON, the place of each question's passage.
rooms = Table(
    "rooms",
    metadata,
    Column("contest", StorableText, primary_key=True),
    Column("code", StorableText, nullable=False),
    Column("title", StorableText, nullable=False),
    Column("document", StorableText, nullable=False),
    Column("citations", StorableText, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("locked", Boolean, nullable=False),
    Index(None, "opened_at"),
)

# The primary key is what keeps an answer from counting twice. ``chosen``: indices with spaces between.
# ``voided``: the question was declared void, and its answers count in no ranking.
answers = Table(
    "answers",
    metadata,
    Column("contest", StorableText, primary_key=True),
    Column("round", BigInteger, primary_key=True),
    Column("member", StorableText, primary_key=True),
    Column("chat", StorableText, nullable=False),
    Column("question", StorableText, nullable=False),
    Column("point", StorableText, nullable=False),
    Column("chosen", StorableText, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("ms", BigInteger, nullable=False),
    Column("receipt", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, info={KEEPS_FIRST: True}),
    Column("voided", Boolean, nullable=False, server_default=false()),
    Index(None, "chat", "at"),
    Index(None, "member", "at"),
)

# Also the message of each contest's board, see ``rows``.
polls = Table(
    "polls",
    metadata,
    Column("poll", StorableText, primary_key=True),
    Column("contest", StorableText, nullable=False),
    Column("round", Integer, nullable=False),
    Column("message", StorableText, nullable=False),
    Index(None, "contest"),
)

members = Table(
    "members",
    metadata,
    Column("member", StorableText, primary_key=True),
    Column("name", StorableText, nullable=False),
    Index(None, "name"),
)

# Accounts that belong to one person, who is called by one of them; rows of others keep the account they came from.
linked_accounts = Table(
    "linked_accounts",
    metadata,
    Column("account", StorableText, primary_key=True),
    Column("person", StorableText, nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    Index(None, "person"),
)

# Codes that join two accounts. ``digest``: SHA-256 of the code, in hex.
link_codes = Table(
    "link_codes",
    metadata,
    Column("digest", StorableText, primary_key=True),
    Column("account", StorableText, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

# Contests that begin at a set time. ``request``: JSON, what is to be played.
appointments = Table(
    "appointments",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("chat", StorableText, nullable=False),
    Column("starter", StorableText, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("request", StorableText, nullable=False),
    Index(None, "chat"),
)

# What a chat gets by itself every day. ``handled_at``: the due moment that was dealt with last.
schedules = Table(
    "schedules",
    metadata,
    Column("chat", StorableText, primary_key=True),
    Column("kind", StorableText, primary_key=True),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", StorableText, nullable=False),
    Column("handled_at", UtcDateTime, nullable=False),
    Index(None, "kind"),
)

quiz_settings = Table(
    "quiz_settings",
    metadata,
    Column("chat", StorableText, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("mode", StorableText, nullable=False),
    Column("scoring", StorableText, nullable=False),
)

quiet_hours = Table(
    "quiet_hours",
    metadata,
    Column("chat", StorableText, primary_key=True),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
)

# Quiz questions that are not asked any more, by their ids.
removed_questions = Table(
    "removed_questions",
    metadata,
    Column("question", StorableText, primary_key=True),
)

# What has no table of its own: texts by owner (a chat, a member, the bot) and name. An empty value is none.
settings = Table(
    "settings",
    metadata,
    Column("owner", StorableText, primary_key=True),
    Column("name", StorableText, primary_key=True),
    Column("value", StorableText, nullable=False),
    Index(None, "name"),
)

# ── what admins do ──────────────────────────────────────────────────────────────────────────────────────────

# A member says that a quiz question is bad. ``key`` is the same for the same member and question, and names neither.
reports = Table(
    "reports",
    metadata,
    Column("key", StorableText, primary_key=True),
    Column("question", StorableText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "question"),
    Index(None, "at"),
)

# The files of knowledge, each kept once however many versions have it. ``digest``: SHA-256 of the bytes, in hex;
# ``body``: the bytes, compressed with zlib.
blobs = Table(
    "blobs",
    metadata,
    Column("digest", StorableText, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# Applied versions of the knowledge, oldest first; the last one is served. ``files``: JSON, name → digest.
# ``amendments``: JSON, what was added in a chat and is not in the folder; ``folder``: the digest of the folder that
# was taken in last.
versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("author", StorableText, nullable=False),
    Column("origin", StorableText, nullable=False),
    Column("note", StorableText, nullable=False),
    Column("files", StorableText, nullable=False),
    Column("amendments", StorableText, nullable=False),
    Column("folder", StorableText, nullable=False),
    Column("diff", StorableText, nullable=False),
)

# Editors and quiz hosts; owners stand in ADMINS.
roles = Table(
    "roles",
    metadata,
    Column("member", StorableText, primary_key=True),
    Column("role", StorableText, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Who did what, when, and whether it was allowed. Triggers keep rows from being changed or deleted.
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", StorableText, nullable=False),
    Column("action", StorableText, nullable=False),
    Column("detail", StorableText, nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("request_id", StorableText, nullable=False),
    Index(None, "at"),
)

for _verb in ("update", "delete"):
    _trigger = (
        f"CREATE TRIGGER audit_no_{_verb} BEFORE {_verb} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is only appended to'); END"
    )
    _on_sqlite = DDL(_trigger).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # no types there
    event.listen(audit, "after_create", _on_sqlite)

# Questions without an answer that an admin has dealt with; ``core`` is what is left of the question for comparing.
# ``how``: ignored, linked or added (as a point); ``point``: to which.
settled = Table(
    "settled",
    metadata,
    Column("core", StorableText, primary_key=True),
    Column("how", StorableText, nullable=False),
    Column("point", StorableText, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# One row a question, without its words. ``who`` tells askers apart and names none.
asked = Table(
    "asked",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", StorableText, nullable=False),
    Column("verdict", StorableText, nullable=False),
    Column("point", StorableText, nullable=False),
    _document(),
    Index(None, "at"),
    Index(None, "who"),
)

# Groups that the bot is in.
chats = Table(
    "chats",
    metadata,
    Column("chat", StorableText, primary_key=True),
    Column("title", StorableText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Notices on their way to chats; those of a chat are sent in the order of their ``id``. ``notice``: the same for all
# chats that a notice goes to.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("chat", StorableText, nullable=False),
    Column("notice", StorableText, nullable=False),
    Column("text", StorableText, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("about", StorableText, nullable=False),
    Column("author", StorableText, nullable=False),
    Column("chat_name", StorableText, nullable=False),
    Column("state", StorableText, nullable=False),
    Column("author_told", Boolean, nullable=False),
    Column("repeated", Boolean, nullable=False),
    Column("posted_to", StorableText, nullable=False),
    Index(None, "chat"),
    Index(None, "posted_at"),
)

# The conversations on the web page; ``content`` is JSON.
exchanges = Table(
    "exchanges",
    metadata,
    Column("owner", StorableText, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("content", StorableText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
)

# Question banks that organisers brought. ``questions``: JSON, a list of ``count`` objects.
question_banks = Table(
    "question_banks",
    metadata,
    Column("name", StorableText, primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("count", Integer, nullable=False),
    Column("questions", StorableText, nullable=False),
)

# Competitions that last for days. ``branches``: one in each line.
competitions = Table(
    "competitions",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("title", StorableText, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("document", StorableText, nullable=False),
    Column("bank", StorableText, nullable=False),
    Column("count", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("counting", StorableText, nullable=False),
    Column("branches", StorableText, nullable=False),
    Column("has_roster", Boolean, nullable=False),
    Column("author", StorableText, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("seed", StorableText, nullable=False),
    Index(None, "ends_at"),
)

# The list of names of a competition that has one.
roster = Table(
    "roster",
    metadata,
    Column("competition", StorableText, primary_key=True),
    Column("name", StorableText, primary_key=True),
    Column("branch", StorableText, primary_key=True),
)

# Who takes part in a competition, under which name and for which branch.
entrants = Table(
    "entrants",
    metadata,
    Column("competition", StorableText, primary_key=True),
    Column("member", StorableText, primary_key=True),
    Column("name", StorableText, nullable=False),
    Column("branch", StorableText, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Index(None, "member"),
    Index(None, "competition", "name"),
)

# A paper is written once; a second one of its id, from another process, changes nothing. ``questions``: JSON,
# compressed with zlib.
papers = Table(
    "papers",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("competition", StorableText, nullable=False, info={KEEPS_FIRST: True}),
    Column("member", StorableText, nullable=False, info={KEEPS_FIRST: True}),
    Column("number", Integer, nullable=False, info={KEEPS_FIRST: True}),
    Column("started_at", UtcDateTime, nullable=False, info={KEEPS_FIRST: True}),
    Column("due_at", UtcDateTime, nullable=False, info={KEEPS_FIRST: True}),
    Column("count", Integer, nullable=False),
    Column("questions", LargeBinary, nullable=False, info={KEEPS_FIRST: True}),
    Column("given_in_at", UtcDateTime, info={KEEPS_FIRST: True}),
    Index(None, "competition", "member"),
    Index(None, "member"),
    Index(None, "due_at"),
)

# The primary key keeps an answer from counting twice. ``chosen``: indices with spaces between.
paper_answers = Table(
    "paper_answers",
    metadata,
    Column("paper", StorableText, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", StorableText, nullable=False),
    Column("chosen", StorableText, nullable=False),
    Column("typed", StorableText, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("receipt", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Links that were used, until they would have expired anyway.
used_links = Table(
    "used_links",
    metadata,
    Column("nonce", StorableText, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)
