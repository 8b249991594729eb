"""Alembic's entry: migrates on the connection that schema.migrate gives; its own CLI takes QUOTH_DATABASE_URL."""

from alembic import context

from schema.database import engine_for
from schema.settings import DatabaseSettings
from schema.tables import UtcDateTime, metadata


def _render_item(kind, item, autogen_context):
    # A migration is frozen: it names the type of the database, not a class of ours that may change.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def _run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=_render_item,
        compare_type=True,
        # SQLite alters a table by copying it.
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    engine = engine_for(DatabaseSettings.from_environment().url)
    with engine.connect() as connection:
        _run(connection)
        connection.commit()
