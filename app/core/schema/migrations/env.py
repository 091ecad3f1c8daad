"""Alembic's environment: migrations run on the connection that the caller opened."""

from alembic import context

import app.core.schema  # noqa: F401  loads every model
from app.core.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
    user_module_prefix="columns.",
)
with context.begin_transaction():
    context.run_migrations()
