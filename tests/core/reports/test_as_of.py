"""Reports as of a day gone by: as it was, and as it was known."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.base.clock import start_of
from app.core.base.paging import PageRequest
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow
from app.core.people.models import (
    FurtherRoleRow,
    JobRoleRow,
    OrgUnitRow,
    PersonListingRow,
    PersonRow,
    PlacementRow,
)
from app.core.reports import (
    AS_OF,
    KNOWN_AT,
    REPORTS,
    FilterRefused,
    Reports,
    ReportTable,
    ToldOfNowOnly,
)
from app.core.reports.past_rows import pasts
from app.core.storage.tables import table_of
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow
from tests.core.reports.conftest import SYSTEM, recorded_late
from tests.support.clock import TurnedClock
from tests.support.plant import Plant

LOOKS_BACK = [report.key for report in REPORTS if report.looks_back]
ALL = PageRequest(limit=10_000)


def told(reports: Reports, key: str, on: date, known: date | None = None) -> ReportTable:
    pairs = [(AS_OF, on.isoformat())]
    if known is not None:
        pairs.append((KNOWN_AT, known.isoformat()))
    return reports.table(SYSTEM, key, ALL.filtered_by(pairs))


def rows(table: ReportTable, *keys: str) -> set[tuple[object, ...]]:
    places = [[one.key for one in table.columns].index(key) for key in keys]
    return {tuple(row[place] for place in places) for row in table.rows}


def test_as_of_today_is_as_it_is(plant: Plant, reports: Reports, site: Site) -> None:
    today = site.clock.now().astimezone().date()
    for key in LOOKS_BACK:
        assert told(reports, key, today).rows == reports.table(SYSTEM, key, ALL).rows


def test_a_report_says_what_had_happened_by_the_end_of_its_day(
    plant: Plant, reports: Reports, site: Site
) -> None:
    with site.read() as session:
        people = {one.id: one for one in session.scalars(sa.select(PersonRow))}
        asked = session.scalars(sa.select(AssignmentRow)).all()
        done = session.scalars(
            sa.select(CourseCompletionRow).order_by(CourseCompletionRow.at)
        ).all()
    course_of = {one.requirement_id: one.id for one in plant.courses}
    today = site.clock.now().astimezone().date()
    for days in (30, 200, 400):
        on = today - timedelta(days=days)
        end = start_of(on + timedelta(days=1))
        newest = {(one.person_id, one.course_id): one for one in done if one.at < end}
        recounted = set()
        for one in asked:
            left_on = people[one.person_id].left_on
            if one.assigned_at < end and (left_on is None or left_on > on):
                found = newest.get((one.person_id, course_of[one.requirement_id]))
                until = None if found is None else found.valid_until
                at = None if found is None else found.at
                recounted.add((people[one.person_id].number, at, until))
        report = told(reports, "people-status", on)
        assert rows(report, "number", "completed_at", "valid_until") == recounted


def test_what_was_entered_later_is_left_out_where_it_was_not_known(
    plant: Plant, reports: Reports, site: Site, clock: TurnedClock
) -> None:
    """Features 2, 9: imported on 20 March for 12 March, asked as of 14 March."""
    person, requirement = plant.people[0], plant.courses[0].requirement_id
    today = clock.now().astimezone().date()
    happened, asked = today - timedelta(days=8), today - timedelta(days=6)
    until = today + timedelta(days=4000)
    recorded_late(site, clock, person, requirement, until)

    assert until in {row[0] for row in rows(told(reports, "holders", asked), "valid_until")}
    as_known = told(reports, "holders", asked, known=asked)
    assert until not in {row[0] for row in rows(as_known, "valid_until")}
    before = told(reports, "holders", happened - timedelta(days=1))
    assert until not in {row[0] for row in rows(before, "valid_until")}


def test_people_are_where_they_were(plant: Plant, reports: Reports, site: Site) -> None:
    person, today = plant.people[0], site.clock.now().astimezone().date()
    with site.transaction(SYSTEM, "person.place") as unit:
        number = unit.get(PersonRow, person).number  # type: ignore[union-attr]  # it is there
        was = unit.scalars(sa.select(PlacementRow).where(PlacementRow.person_id == person)).one()
        new = next(one for one in plant.units if one != was.org_unit_id)
        was.to_on = today - timedelta(days=3)
        unit.add(PlacementRow(person_id=person, org_unit_id=new, from_on=today - timedelta(days=3)))
        names = {
            one: unit.get(OrgUnitRow, one).name  # type: ignore[union-attr]  # as above
            for one in (was.org_unit_id, new)
        }
        before = names[was.org_unit_id]
        listed = unit.scalars(
            sa.select(PersonListingRow).where(PersonListingRow.person_id == person)
        ).one()
        listed.org_unit_id, listed.org_unit = new, names[new]

    now = rows(reports.table(SYSTEM, "people-status", ALL), "number", "department")
    then = rows(told(reports, "people-status", today - timedelta(days=5)), "number", "department")
    assert (number, names[new]) in now
    assert (number, before) in then


def test_people_had_the_further_roles_of_then(plant: Plant, reports: Reports, site: Site) -> None:
    person, today = plant.people[0], site.clock.now().astimezone().date()
    with site.transaction(SYSTEM, "person.give-role") as unit:
        number = unit.get(PersonRow, person).number  # type: ignore[union-attr]  # it is there
        role = JobRoleRow(site_id=site.site_id, code="CRANE", title="Crane driver")
        unit.add(role)
        unit.flush()
        days = {"from_on": today - timedelta(days=9), "to_on": today - timedelta(days=3)}
        unit.add(FurtherRoleRow(person_id=person, job_role_id=role.id, **days))
    narrowed = [("job_role", "CRANE")]
    for days_ago, found in ((0, set()), (3, set()), (5, {(number,)}), (12, set())):
        on = (today - timedelta(days=days_ago)).isoformat()
        request = ALL.filtered_by([*narrowed, (AS_OF, on)])
        assert rows(reports.table(SYSTEM, "people-status", request), "number") == found


def test_waivers_closings_and_revocations_of_later_are_undone(
    plant: Plant, reports: Reports, site: Site, clock: TurnedClock
) -> None:
    on = clock.now().astimezone().date() - timedelta(days=10)
    before = {key: told(reports, key, on).rows for key in ("people-status", "certificates")}
    act = {"at": clock.now(), "by": None, "by_name": "Meera Iyer"}
    with site.transaction(SYSTEM, "assignment.waive") as unit:
        some = unit.scalars(sa.select(AssignmentRow).limit(2)).all()
        some[0].waived_until = date.max
        some[1].closed_at, some[1].cancelled_reason = clock.now(), "Gone"
        unit.add(
            AssignmentEventRow(
                assignment_id=some[0].id,
                event=AssignmentEvent.WAIVED,
                until_on=None,
                reason="Exempt",
                **act,
            )
        )
        certificate = unit.scalars(sa.select(CertificateRow).limit(1)).one()
        unit.add(
            RevocationRow(certificate_id=certificate.id, reason="Fraud", at=clock.now(), by=None)
        )
    for key, was in before.items():
        assert told(reports, key, on).rows == was
        assert reports.table(SYSTEM, key, ALL).rows != was


def test_nothing_was_before_the_first_day(plant: Plant, reports: Reports) -> None:
    for key in ("people-status", "overdue", "certificates", "holders"):
        assert told(reports, key, date(2001, 1, 1)).rows == ()


def test_it_says_as_of_when_and_refuses_what_cannot_be_told(plant: Plant, reports: Reports) -> None:
    table = told(reports, "overdue", date(2026, 3, 14), date(2026, 3, 20))
    assert table.filters == ("As it stood on: 14 Mar 2026", "As it was known on: 20 Mar 2026")
    with pytest.raises(ToldOfNowOnly, match="can only be told as of now"):
        told(reports, "settings", date(2026, 3, 14))
    with pytest.raises(FilterRefused):
        reports.table(SYSTEM, "overdue", ALL.filtered_by([(AS_OF, "31/02/26")]))


def test_what_looks_back_reads_nothing_that_changes_without_a_past(
    plant: Plant, reports: Reports, site: Site
) -> None:
    """A table of these reports has a past, dates of its own, or says names and settings of now."""
    named = {table_of(one.model).name for one in pasts()}
    of_now = {
        # names, and the tree of org units
        "org_unit", "org_unit_reach", "job_role", "site", "person", "course", "course_version",
        "lesson", "requirement", "audience", "curriculum",
        # dated by themselves
        "placement", "person_job_role", "matrix_entry", "legal_reference", "requirement_terms",
        "requirement_link",
        # what a practical or a session is about: what was done there are facts
        "practical_run", "session_requirement",
        # by whom one row stands for another
        "row_aside",
    }  # fmt: skip
    read: set[str] = set()

    def note(_c: object, _m: object, statement: str, *_rest: object) -> None:
        read.update(statement.replace('"', " ").replace(",", " ").split())

    engine = site.database._reader
    sa.event.listen(engine, "before_cursor_execute", note)
    for key in LOOKS_BACK:
        reports.page(SYSTEM, key, ALL)
    sa.event.remove(engine, "before_cursor_execute", note)
    tables = {name for name in read if name in sa.inspect(engine).get_table_names()}
    assert tables - named - of_now - {"site_key"} == set()


def test_a_moment_ends_with_its_day(plant: Plant, reports: Reports, clock: TurnedClock) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC).date()
    counts = [len(told(reports, "holders", first + timedelta(days=n)).rows) for n in (0, 90, 300)]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]
