"""The migrations: they end at the models, guard what must be kept, and run whole or not at all."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import app.core.schema  # noqa: F401  loads every model
from app.core.schema.at_once import script_of
from app.core.schema.upgrade import HEAD, MIGRATIONS, bring_up_to_date, is_current, revision
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Base, Kind, journalled_models, table_of
from tests.migrations.steps import bring_to


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(SqliteFile(path=tmp_path / "site.db", key=bytes(32)))


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_head_is_the_newest_migration() -> None:
    assert scripts().get_current_head() == HEAD


def test_the_chain_has_one_start_and_no_branches() -> None:
    assert len(scripts().get_bases()) == 1
    assert len(scripts().get_heads()) == 1


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    assert revision(database) is None
    bring_to(database, "head")

    assert is_current(database)
    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)
    database.close()
    # full-text tables are SQLite's own kind, which the models do not describe
    assert [one for one in differences if "search_text_fts" not in str(one)] == []


def test_a_new_database_is_what_all_migrations_leave(database: Database, tmp_path: Path) -> None:
    """Where this fails: `python -m tools.migration at-once`."""
    bring_up_to_date(database)
    gone_through = Database(SqliteFile(path=tmp_path / "chain.db"))
    bring_to(gone_through, "head")

    scripts = []
    for one in (database, gone_through):
        with one.write() as connection:
            scripts.append(script_of(connection))
        one.close()
    assert scripts[0] == scripts[1]


def test_every_table_has_the_key_of_its_model(database: Database) -> None:
    bring_up_to_date(database)
    with database.write() as connection:
        inspector = sa.inspect(connection)
        keys = {
            table.name: inspector.get_pk_constraint(table.name)["constrained_columns"]
            for table in Base.metadata.sorted_tables
        }
    database.close()

    assert keys == {
        table.name: [column.name for column in table.primary_key]
        for table in Base.metadata.sorted_tables
    }


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    bring_up_to_date(database)
    bring_up_to_date(database)

    assert revision(database) == HEAD
    database.close()


def test_every_journalled_table_is_guarded(database: Database) -> None:
    bring_up_to_date(database)
    with database.write() as connection:
        found = set(
            connection.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
        )
    database.close()
    wanted = {f"keep_{table_of(model).name}_delete" for model in journalled_models()}
    wanted |= {
        f"keep_{table_of(model).name}_update"
        for model in journalled_models()
        if model.table_kind is Kind.FACT
    }
    wanted |= {"keep_journal_entry_delete", "keep_journal_entry_update"}
    assert wanted <= found
