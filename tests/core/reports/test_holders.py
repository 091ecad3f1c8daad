"""The register of holders: who is in it today, from when until when, and nobody is rubbed out."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Audience, NewPerson, People
from app.core.reports import Reports, ReportTable, table_bytes
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.requirements import LegalReference, NewRequirement, RequirementChange
from tests.core.reports.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.teaching import School, a_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(site: Site) -> School:
    """Three fitters; machinery in motion is valid for a year."""
    school = a_school(site)
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    new = NewRequirement(
        code="SHAFT", title="Machinery in motion", type=RequirementType.EXTERNAL, terms=terms
    )
    requirement = school.training.catalogue.add(SYSTEM, new)
    for number in ("E-1", "E-2", "E-3"):
        person = People(site).add(SYSTEM, NewPerson(number=number, name=f"Fitter {number}"))
        obtain(school, person, requirement)
    school.training.assign(
        SYSTEM, "SHAFT", Audience(numbers=("E-1", "E-2", "E-3")), due_on=None, origin="Fitters"
    )
    return school


def obtain(school: School, person_id: UUID, requirement_id: UUID) -> None:
    shown = EnteredEvidence(issuer="Inspector", obtained_on=TODAY)
    school.training.assignments.evidence.enter(SYSTEM, person_id, requirement_id, shown)


def register(site: Site, *pairs: tuple[str, str]) -> ReportTable:
    request = PageRequest().filtered_by([("requirement", "shaft"), *pairs])
    return Reports(site).table(SYSTEM, "holders", request)


def test_fa_03_who_no_longer_holds_it_leaves_the_list_of_today_and_stays_in_the_register(
    school: School, clock: TurnedClock
) -> None:
    site = school.site
    assert [row[1] for row in register(site, ("state", "held")).rows] == [
        "Fitter E-1",
        "Fitter E-2",
        "Fitter E-3",
    ]
    before = {row[0]: row for row in register(site).rows}
    people = People(site)
    gone, forged = (people.find(SYSTEM, number).id for number in ("E-1", "E-2"))
    clock.turn(timedelta(days=1))
    (theirs,) = school.training.assignments.of_person(SYSTEM, forged)
    school.training.assignments.ask_again(SYSTEM, theirs.id, reason="The paper was forged")
    people.leave(SYSTEM, gone)
    clock.turn(timedelta(days=1))

    assert [row[0] for row in register(site, ("state", "held")).rows] == ["E-3"]
    assert [row[0] for row in register(site, ("state", "ended")).rows] == ["E-1", "E-2"]
    after = {row[0]: row for row in register(site).rows}
    assert {number: row[:-2] for number, row in after.items()} == {
        number: row[:-2] for number, row in before.items()
    }
    clock.turn(timedelta(days=400))
    assert [row[0] for row in register(site, ("state", "lapsed")).rows] == ["E-3"]


def test_fa_08_the_register_of_a_day_prints_the_law_of_that_day(
    school: School, clock: TurnedClock
) -> None:
    catalogue, since = school.training.catalogue, TODAY + timedelta(days=30)
    old = LegalReference(act="Factories Act 1948", clause="s.22(1)", to_on=since)
    code = LegalReference(act="OSH Code 2020", clause="s.6", from_on=since)
    of_state = LegalReference(act="State rules", from_on=since)
    shaft = catalogue.coded(SYSTEM, "SHAFT").summary.id
    catalogue.change(SYSTEM, shaft, RequirementChange(laws=(old, code, of_state)))

    def laws(*pairs: tuple[str, str]) -> set[object]:
        return {row[-1] for row in register(school.site, *pairs).rows}

    assert laws() == {"Factories Act 1948 s.22(1)"}
    clock.turn(timedelta(days=40))
    assert laws() == {"OSH Code 2020 s.6; State rules"}
    assert laws(("as_of", TODAY.isoformat())) == {"Factories Act 1948 s.22(1)"}
    table = register(school.site, ("as_of", TODAY.isoformat()))
    assert b"Factories Act 1948 s.22(1)" in table_bytes(table, "csv")


def test_fa_03_the_register_is_printed_with_names_and_dates(school: School) -> None:
    table = register(school.site, ("state", "held"))

    lines = list(csv.reader(io.StringIO(table_bytes(table, "csv").decode("utf-8-sig"))))
    assert lines[1][:2] == ["E-1", "Fitter E-1"]
    assert table.rows[0][6] == date(2027, 11, 23)
    assert table_bytes(table, "pdf").startswith(b"%PDF")
