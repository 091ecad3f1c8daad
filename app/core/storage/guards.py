"""Triggers that keep facts and journal entries as they were written, whatever program tries.

Used by migrations: `guard(connection, table, update=True, delete=True)` when a table is made.
"""

import sqlalchemy as sa


def guard(connection: sa.Connection, table: str, *, update: bool) -> None:
    """Refuse deletes, and updates when `update`, on `table` from now on."""
    verbs = ["DELETE", "UPDATE"] if update else ["DELETE"]
    for verb in verbs:
        for statement in _statements(connection.dialect.name, table, verb):
            connection.exec_driver_sql(statement)


def _statements(dialect: str, table: str, verb: str) -> list[str]:
    name = f"keep_{table}_{verb.lower()}"
    message = f"{table} rows are never changed by {verb}"
    if dialect != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {refuse}"]
    body = f"BEGIN RAISE EXCEPTION '{message}'; END"
    occasion = f"BEFORE {verb} ON {table} FOR EACH STATEMENT"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {name} {occasion} EXECUTE FUNCTION {name}()",
    ]
