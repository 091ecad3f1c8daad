"""The same figures on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people.models import OrgUnitRow
from app.core.reports import AS_OF, REPORTS, AuditSearch, Reports, count_kept
from app.core.training.assignments.listing import nothing_kept
from tests.core.reports.conftest import SYSTEM
from tests.core.reports.recount import read_all
from tests.core.reports.test_figures_kept import work_shown
from tests.support.clock import TurnedClock
from tests.support.plant import build_plant
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import DATA_KEY, empty_database, open_site

pytestmark = pytest.mark.postgresql


@pytest.fixture
def on_server(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """A small plant on a PostgreSQL server."""
    with postgres_server() as url, postgres_database(url) as database:
        site = open_site(database, clock)
        build_plant(site, people=30, courses=3, units=3)
        yield site


def test_reports_and_overview_are_the_same(
    on_server: Site, tmp_path: Path, clock: TurnedClock
) -> None:
    folder = tmp_path / "file"
    folder.mkdir()
    in_file = open_site(empty_database(folder, DATA_KEY), clock)
    plant = build_plant(in_file, people=30, courses=3, units=3)
    there, here = Reports(on_server), Reports(in_file)

    for report in REPORTS:
        for column in report.columns:
            request = PageRequest(sort=column.key, limit=500)
            expected = here.page(SYSTEM, report.key, request)
            assert there.page(SYSTEM, report.key, request).total == expected.total
        found = there.page(SYSTEM, report.key, PageRequest(limit=500)).rows
        expected_rows = here.page(SYSTEM, report.key, PageRequest(limit=500)).rows
        assert sorted(map(repr, found)) == sorted(map(repr, expected_rows))
        if report.looks_back:
            then = PageRequest(limit=500).filtered_by([(AS_OF, "2026-06-30")])
            found = there.page(SYSTEM, report.key, then).rows
            expected_rows = here.page(SYSTEM, report.key, then).rows
            assert sorted(map(repr, found)) == sorted(map(repr, expected_rows))
    shown, expected_overview = there.overview(SYSTEM), here.overview(SYSTEM)
    assert shown.trend == expected_overview.trend
    assert shown.overdue == expected_overview.overdue
    assert shown.expiring == expected_overview.expiring
    assert shown.active_learners == expected_overview.active_learners
    assert shown.overdue.value == read_all(on_server).count(shown.today).overdue
    with on_server.read() as session:
        scope = frozenset(session.scalars(sa.select(OrgUnitRow.id).limit(2)))
    counted = work_shown(on_server, scope, nothing_kept)
    assert work_shown(on_server, scope, count_kept) == counted
    assert counted[0] > counted[1] > 0
    assert shown.system is not None
    assert shown.system.database_bytes > 0
    found_entries = there.audit.page(SYSTEM, AuditSearch(text="plant", limit=3))
    assert found_entries.total == here.audit.page(SYSTEM, AuditSearch(text="plant")).total
    assert here.dossiers.of(SYSTEM, plant.people[0]).courses
    in_file.close()
