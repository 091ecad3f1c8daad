"""What goes back to the HR system: every training, whatever it was met by, and nothing twice."""

from datetime import date

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Audience, NewPerson, People
from app.core.reports import Reports, Value
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.reports.conftest import SYSTEM
from tests.support.teaching import a_school

TODAY = date(2026, 11, 23)


def test_r7_training_that_is_no_course_goes_back_too_and_what_it_stands_in_for_does_not(
    site: Site,
) -> None:
    training = a_school(site).training
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.ENTERED)
    crane, lifting = (
        training.catalogue.add(
            SYSTEM,
            NewRequirement(code=code, title=title, type=RequirementType.EXTERNAL, terms=terms),
        )
        for code, title in (("CRANE", "Crane licence"), ("LIFT", "Lifting gear"))
    )
    training.catalogue.change(SYSTEM, lifting, RequirementChange(substitutes=(crane,)))
    asha = People(site).add(SYSTEM, NewPerson(number="E-1", name="Asha Kulkarni"))
    training.assign(SYSTEM, "LIFT", Audience(numbers=("E-1",)), due_on=None, origin="Riggers")
    shown = EnteredEvidence(issuer="Inspector", obtained_on=date(2026, 11, 2))
    training.assignments.evidence.enter(SYSTEM, asha, crane, shown)
    (stands_in,) = training.assignments.of_person(SYSTEM, asha)
    assert stands_in.is_held

    def told(*asked: tuple[str, str]) -> tuple[tuple[Value, ...], ...]:
        request = PageRequest().filtered_by(list(asked))
        return Reports(site).table(SYSTEM, "hr-completions", request).rows

    row = ("E-1", "Asha Kulkarni", "Crane licence", date(2026, 11, 2), None, "")
    assert told() == (row,)
    assert told(("from", "2026-11-02"), ("to", "2026-11-02"), ("layout", "keka")) == (row,)
    assert told(("from", "2026-11-03")) == ()
