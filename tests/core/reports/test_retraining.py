"""Retraining that was ordered for a CAPA: everybody of its number, and whether they have done it."""

from datetime import date, timedelta

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import NewPerson, People
from app.core.reports import Reports
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.requirements import NewRequirement
from tests.core.reports.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.teaching import a_school

TODAY = date(2026, 11, 23)


def test_i15_a_capa_finds_who_had_to_learn_again_and_who_has(
    site: Site, clock: TurnedClock
) -> None:
    training = a_school(site).training
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.ENTERED)
    new = NewRequirement(code="LOTO", title="Lockout", type=RequirementType.EXTERNAL, terms=terms)
    loto = training.catalogue.add(SYSTEM, new)
    ids = [
        People(site).add(SYSTEM, NewPerson(number=number, name=f"Fitter {number}"))
        for number in ("E-1", "E-2", "E-3")
    ]
    order = training.assignments.retraining.order
    due = TODAY + timedelta(days=7)
    order(SYSTEM, "LOTO", ("E-1", "E-2"), reason="Reached in", due_on=due, about=" CAPA-26-017 ")
    order(SYSTEM, "LOTO", ("E-3",), reason="Long away")
    clock.turn(timedelta(days=8))
    shown = EnteredEvidence(issuer="Trainer", obtained_on=TODAY + timedelta(days=8))
    training.assignments.evidence.enter(SYSTEM, ids[0], loto, shown)

    def told(text: str = "", **asked: str) -> list[tuple[object, ...]]:
        request = PageRequest(text=text).filtered_by(list(asked.items()))
        return [
            (row[0], row[1], row[8])
            for row in Reports(site).table(SYSTEM, "retraining", request).rows
        ]

    assert sorted(told("capa-26-017")) == [
        ("CAPA-26-017: Reached in", "E-1", "done"),
        ("CAPA-26-017: Reached in", "E-2", "overdue"),
    ]
    assert told(state="open") == [("Long away", "E-3", "open")]
