"""Live rooms, and from which round on somebody plays."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("contest", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("citations", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("contest", name="pk_rooms"),
    )
    op.create_index("ix_rooms_opened_at", "rooms", ["opened_at"])
    op.add_column("players", sa.Column("first_round", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
