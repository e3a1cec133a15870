"""Which of several documents a question, a miss or a judgement belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for table in ("feedback", "misses", "asked"):
        op.add_column(table, sa.Column("document", sa.Text(), nullable=False, server_default=sa.text("''")))
