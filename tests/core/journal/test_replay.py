"""A journal, applied to an empty database, gives the same records."""

from datetime import date

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import system_actor
from app.core.journal import Journal, Site
from app.core.journal.projection import first_difference, rebuild, scratch_tables
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.storage.tables import journalled_models, table_of
from tests.support.sites import STATION

ACTOR = system_actor()

acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "leave", "place", "close"]),
        st.integers(0, 5),
        st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8),
    ),
    max_size=25,
)


def carry_out(site: Site, act: str, which: int, text: str) -> None:
    """Do one thing an administrator does, to the `which`-th person if there is one."""
    with site.transaction(ACTOR, act, reason=text) as unit:
        people = list(unit.scalars(sa.select(PersonRow).order_by(PersonRow.id)))
        person = people[which % len(people)] if people else None
        if act == "add" or person is None:
            unit.add(PersonRow(number=f"E-{len(people)}", name=text))
        elif act == "rename":
            person.name = text
        elif act == "leave":
            person.left_on = date(2026, 1, 1 + which)
            person.email = text
        elif act == "place":
            unit_row = OrgUnitRow(code=f"U{unit.version.hex()}", name=text)
            unit.add(unit_row)
            unit.flush()
            unit.add(
                PlacementRow(person_id=person.id, org_unit_id=unit_row.id, from_on=date(2026, 1, 1))
            )
        else:
            for placement in unit.scalars(sa.select(PlacementRow)):
                placement.to_on = date(2026, 2, 1 + which)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=acts)
def test_rebuilding_gives_the_same_records(site: Site, history: list[tuple[str, int, str]]) -> None:
    for act, which, text in history:
        carry_out(site, act, which, text)

    tables = [table_of(model) for model in journalled_models()]
    with scratch_tables() as rebuilt, site.read() as session:
        rebuild(session.connection(), rebuilt)
        differences = [first_difference(session.connection(), rebuilt, t) for t in tables]
    assert differences == [None] * len(tables)


def test_a_row_edited_in_the_unit_that_inserts_it_is_rebuilt_as_it_is(site: Site) -> None:
    with site.transaction(ACTOR, "add") as unit:
        person = PersonRow(number="E-1", name="First")
        unit.add(person)
        unit.flush()
        person.name = "Second"
        unit.flush()
        person.name = "Third"

    assert Journal(site, STATION).verify(ACTOR).ok
