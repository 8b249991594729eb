"""articles by the texts they had

Revision: 0024
Before it: 0023
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_revision_text_hash", "revision", ["text_hash"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_revision_text_hash", table_name="revision")
