"""Why an answer did not help."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("feedback", sa.Column("reason", sa.Text(), nullable=False, server_default=sa.text("''")))
