"""On PostgreSQL: the matrix asks, tries, changes and tells as in a file."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import People
from app.core.reports import Reports
from app.core.training.enrolment import OneOf
from app.core.training.matrix import Need, Proposal
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_matrix import ASSIGNED, TODAY, Add, Grid
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import open_site
from tests.support.teaching import School

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def test_the_matrix_works_on_a_server(
    site: Site, school: School, people: People, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    grid = Grid(school, people, meera)
    asha, ravi = add("E-1", role="PRESS"), add("E-2", role="CLERK")
    for code in ("LOTO", "FIRE", "GST"):
        grid.requirement(code)
    matrix = grid.matrix
    grid.ids["SAFE"] = matrix.curricula.add(
        meera, "SAFE", "Safety", [grid.of("LOTO"), grid.of("FIRE")]
    )
    grid.ids["FIN"] = matrix.audiences.add(meera, "FIN", "Finance", OneOf("unit", ("FIN",)))
    both = grid.edits(("PRESS", "SAFE", Need.MANDATORY), ("FIN", "GST", Need.MANDATORY))
    tried = matrix.try_out(meera, both)
    assert (tried.gain, tried.people) == (4, 2)
    assert matrix.apply(meera, both, reason="Start").assigned == 4
    parts = Proposal(parts={grid.of("SAFE"): (grid.of("FIRE"),)})
    assert matrix.try_out(meera, parts).lose == 1
    assert matrix.apply(meera, parts, reason="Less").cancelled == 1
    other = Proposal(conditions={grid.of("FIN"): OneOf("role", ("CLERK",))})
    assert matrix.apply(meera, other, reason="Clerks").cancelled == 1
    gap = matrix.gap(meera, asha, [grid.of("CLERK")])
    assert [one.code for one in gap.gains] == ["GST"]
    assert [one.code for one in gap.loses] == ["FIRE"]
    grid.move(asha, "CLERK")
    assert ("GST", *ASSIGNED) in grid.stands(asha)
    assert grid.stands(ravi) == [("GST", *ASSIGNED)]
    grid.ask("CLERK", "LOTO", Need.RECOMMENDED)
    grid.ask("CLERK", "FIRE", on=TODAY + timedelta(days=1))
    clock.turn(timedelta(days=1))
    assert school.training.begin_day(meera).assigned == 2
    columns = matrix.people.columns(meera, PageRequest())
    assert [one.code for one in columns] == ["FIRE", "GST", "LOTO"]
    (first, _second) = matrix.people.page(meera, PageRequest()).rows
    assert [first.at(one.id).mark.value for one in columns] == ["A", "A", "R"]
    assert matrix.paper(meera).content.startswith(b"%PDF")
    assert Reports(site).page(SYSTEM, "matrix", PageRequest()).total == 4
    assert verified(site)
