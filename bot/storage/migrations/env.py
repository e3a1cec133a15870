"""What alembic runs for each command: the migrations, in the transaction of the connection it was handed."""

from alembic import context

from bot.storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
