"""Databases as earlier programs had them: the newest migrations undone, one at a time."""

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

_CREDIT_KEY = ("person_id", "requirement_id", "occasion_id")


def before_occasions(connection: sa.Connection) -> None:
    """Undo 0050: credits without occasions, corrections that only name credits, plain requirements."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("correction_verdict") as batch:
        for column in ("replaces_id", "credit_id"):
            batch.drop_constraint(f"fk_correction_verdict_{column}", type_="foreignkey")
    with operations.batch_alter_table("requirement_credit") as batch:
        batch.drop_constraint(f"uq_requirement_credit_{'_'.join(_CREDIT_KEY)}", type_="unique")
        batch.drop_column("occasion_id")
    connection.exec_driver_sql("ALTER TABLE requirement_terms DROP COLUMN template")
    connection.exec_driver_sql("ALTER TABLE requirement DROP COLUMN titles")
