"""Telegram updates that were dealt with, or that Telegram will not send again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "telegram_updates",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("bot", "id", name="pk_telegram_updates"),
    )
