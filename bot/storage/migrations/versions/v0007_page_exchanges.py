"""The conversations on the web page."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "exchanges",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "number", name="pk_exchanges"),
    )
    op.create_index("ix_exchanges_at", "exchanges", ["at"])
    op.create_index("ix_members_name", "members", ["name"])
