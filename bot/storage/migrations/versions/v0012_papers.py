"""Competitions that last for days, and their papers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "competitions",
        _text("id"),
        _text("title"),
        _at("starts_at"),
        _at("ends_at"),
        _text("document"),
        _text("bank"),
        _number("count"),
        _number("minutes"),
        _number("tries"),
        _text("counting"),
        _text("branches"),
        sa.Column("has_roster", sa.Boolean(), nullable=False),
        _text("author"),
        _at("published_at"),
        _text("seed"),
        sa.PrimaryKeyConstraint("id", name="pk_competitions"),
    )
    op.create_index("ix_competitions_ends_at", "competitions", ["ends_at"])
    op.create_table(
        "roster",
        _text("competition"),
        _text("name"),
        _text("branch"),
        sa.PrimaryKeyConstraint("competition", "name", "branch", name="pk_roster"),
    )
    op.create_table(
        "entrants",
        _text("competition"),
        _text("member"),
        _text("name"),
        _text("branch"),
        _at("entered_at"),
        sa.PrimaryKeyConstraint("competition", "member", name="pk_entrants"),
    )
    op.create_index("ix_entrants_member", "entrants", ["member"])
    op.create_index("ix_entrants_competition_name", "entrants", ["competition", "name"])
    op.create_table(
        "papers",
        _text("id"),
        _text("competition"),
        _text("member"),
        _number("number"),
        _at("started_at"),
        _at("due_at"),
        _number("count"),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.Column("given_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
    )
    op.create_index("ix_papers_competition_member", "papers", ["competition", "member"])
    op.create_index("ix_papers_member", "papers", ["member"])
    op.create_index("ix_papers_due_at", "papers", ["due_at"])
    op.create_table(
        "paper_answers",
        _text("paper"),
        _number("number"),
        _text("question"),
        _text("chosen"),
        _text("typed"),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.BigInteger(), nullable=False),
        _at("at"),
        sa.PrimaryKeyConstraint("paper", "number", name="pk_paper_answers"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
