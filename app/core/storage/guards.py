"""Triggers that keep facts and journal entries as they were written, whatever program tries.

Used by migrations: `guard(connection, table, update=True)` when a table is made.

The journal itself is kept always. Tables that are made of it give way to the projection alone: while
`projection_turn` has a row, which is only ever so inside the projection's own transaction. What
proves the records is `journal verify`; the trigger keeps programs from changing them by mistake.
"""

import sqlalchemy as sa

TURN = "projection_turn"
_KEPT_ALWAYS = frozenset({"journal_entry", "journal_seal"})


def guard(connection: sa.Connection, table: str, *, update: bool) -> None:
    """Refuse deletes, and updates when `update`, on `table` from now on."""
    gives_way = table not in _KEPT_ALWAYS and sa.inspect(connection).has_table(TURN)
    verbs = ["DELETE", "UPDATE"] if update else ["DELETE"]
    for verb in verbs:
        for statement in _statements(connection.dialect.name, table, verb, gives_way=gives_way):
            connection.exec_driver_sql(statement)


def unguard(connection: sa.Connection, table: str) -> None:
    """Take the guards of a table away, to put others in their place."""
    on_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    for verb in ("delete", "update"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS keep_{table}_{verb}{on_table}")


def _statements(dialect: str, table: str, verb: str, *, gives_way: bool) -> list[str]:
    name = f"keep_{table}_{verb.lower()}"
    message = f"{table} rows are never changed by {verb}"
    if dialect != "postgresql":
        occasion = f"WHEN NOT EXISTS (SELECT 1 FROM {TURN}) " if gives_way else ""  # noqa: S608  a name of ours
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {occasion}{refuse}"]
    refuse = f"RAISE EXCEPTION '{message}';"
    if gives_way:
        absent = f"NOT EXISTS (SELECT 1 FROM {TURN})"  # noqa: S608  a name of ours
        refuse = f"IF {absent} THEN {refuse} END IF; RETURN NULL;"
    body = f"BEGIN {refuse} END"
    occasion = f"BEFORE {verb} ON {table} FOR EACH STATEMENT"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {name} {occasion} EXECUTE FUNCTION {name}()",
    ]
