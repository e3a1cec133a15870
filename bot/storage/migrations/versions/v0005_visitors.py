"""Which misses and which feedback come from visitors whom no platform knows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for table in ("feedback", "misses"):
        op.add_column(table, sa.Column("visitor", sa.Boolean(), nullable=False, server_default=sa.false()))
