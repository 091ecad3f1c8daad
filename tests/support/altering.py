"""Altering records beneath the program, as somebody would who has the data key and a database tool."""

from app.core.journal import Site

_GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def alter(site: Site, *statements: str) -> None:
    """Run statements on the tables, past what keeps facts from being changed."""
    with site.database.write() as connection:
        for name in connection.exec_driver_sql(_GUARDS).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
