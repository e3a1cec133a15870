"""Versions of the knowledge, roles, audit, settled and counted questions, groups, reports; misses to be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _at(name: str = "at") -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=False)


def upgrade() -> None:
    op.add_column("misses", sa.Column("key", sa.Text(), nullable=True))
    op.create_index("ix_misses_key", "misses", ["key"])
    op.create_table(
        "reports", _text("key"), _text("question"), _at(), sa.PrimaryKeyConstraint("key", name="pk_reports")
    )
    op.create_index("ix_reports_question", "reports", ["question"])
    op.create_index("ix_reports_at", "reports", ["at"])
    op.create_table(
        "blobs",
        _text("digest"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blobs"),
    )
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        _at(),
        _text("author"),
        _text("origin"),
        _text("note"),
        _text("files"),
        _text("amendments"),
        _text("folder"),
        _text("diff"),
        sa.PrimaryKeyConstraint("number", name="pk_versions"),
    )
    op.create_table(
        "roles",
        _text("member"),
        _text("role"),
        _text("by"),
        _at(),
        sa.PrimaryKeyConstraint("member", name="pk_roles"),
    )
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, nullable=False),
        _at(),
        _text("actor"),
        _text("action"),
        _text("detail"),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        _text("request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    _only_appended("audit")
    op.create_table(
        "settled",
        _text("core"),
        _text("how"),
        _text("point"),
        _text("by"),
        _at(),
        sa.PrimaryKeyConstraint("core", name="pk_settled"),
    )
    op.create_table(
        "asked",
        sa.Column("id", _NUMBER, nullable=False),
        _at(),
        _text("who"),
        _text("verdict"),
        _text("point"),
        sa.PrimaryKeyConstraint("id", name="pk_asked"),
    )
    op.create_index("ix_asked_at", "asked", ["at"])
    op.create_index("ix_asked_who", "asked", ["who"])
    op.create_table("chats", _text("chat"), _text("title"), _at(), sa.PrimaryKeyConstraint("chat", name="pk_chats"))
    op.create_table("used_links", _text("nonce"), _at("until"), sa.PrimaryKeyConstraint("nonce", name="pk_used_links"))


def _only_appended(table: str) -> None:
    """Let the database itself refuse to change or delete a row of ``table``."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only appended to'); END"
            )
    else:
        op.execute(
            f"CREATE FUNCTION {table}_only_appended() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is only appended to'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_only_appended BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_appended()"
        )
