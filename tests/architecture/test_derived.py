"""Everything that is worked out from the records can be made anew, by one line of one registry."""

import app.core.schema  # noqa: F401  loads every model
from app.core.operations import DERIVED
from app.core.storage.tables import Base, Derived, Kind, model_of, table_of


def test_every_derived_table_has_its_line() -> None:
    derived = {
        table_of(mapper.class_).name
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Derived)
    }
    named = [name for line in DERIVED for name in line.tables]

    assert derived <= set(named)
    assert len(named) == len(set(named))
    assert derived


def test_no_line_makes_records_anew() -> None:
    kinds = {name: model_of(name).table_kind for line in DERIVED for name in line.tables}

    assert set(kinds.values()) == {Kind.LOCAL}
