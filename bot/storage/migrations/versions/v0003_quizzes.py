"""Contests with their players, answers and polls; members, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "contests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("starter", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setup", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contests"),
    )
    op.create_index("ix_contests_chat_started", "contests", ["chat", "started"])
    op.create_index("ix_contests_finished", "contests", ["finished"])
    op.create_table(
        "players",
        sa.Column("contest", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contest", "member", name="pk_players"),
    )
    op.create_index("ix_players_member", "players", ["member"])
    op.create_table(
        "answers",
        sa.Column("contest", sa.Text(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("ms", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contest", "round", "member", name="pk_answers"),
    )
    op.create_index("ix_answers_chat_at", "answers", ["chat", "at"])
    op.create_index("ix_answers_member_at", "answers", ["member", "at"])
    op.create_table(
        "polls",
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("contest", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("poll", name="pk_polls"),
    )
    op.create_index("ix_polls_contest", "polls", ["contest"])
    op.create_table(
        "members",
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_members"),
    )
    op.create_table(
        "settings",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name="pk_settings"),
    )
    op.create_index("ix_settings_name", "settings", ["name"])
