"""Somebody of another site at the gate: nobody lets them in but a day pass, which says who gave it and why."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.people import Destination, NewPerson, People, PersonKind, rebuild_listing
from app.core.training import EvidenceRule, RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.permits import Permit, Stop, TaskWords, Verdict, reasons_of, verdict_in_words
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc, know_each_other
from tests.support.teaching import School, a_school


@pytest.fixture
def here(tmp_path: Path, clock: TurnedClock) -> Pc:
    """Return the PC of headquarters, where Asha of the plant is known by a sync file, and Meera works."""
    hq, plant = (
        first_pc(tmp_path / "hq", clock, code="HQ"),
        first_pc(tmp_path / "plant", clock, code="BADDI"),
    )
    know_each_other(hq, plant)
    asha = NewPerson(number="E-1", name="Asha", joined_on=clock.now().date() - timedelta(days=9))
    People(plant.opened.site).add(SYSTEM, asha)
    (tmp_path / "stick").mkdir()
    to = [plant.sync.peer(SYSTEM, "Plant HQ")]
    hq.take(plant.sync.export(SYSTEM, to, tmp_path / "stick").path)
    people = People(hq.opened.site)
    for code in ("STORE", "LAB"):
        unit = people.organisation.add_org_unit(SYSTEM, code, code.title())
        new = NewPerson(
            number=f"M-{code}", name=f"Meera {code}", place=Destination(org_unit_id=unit)
        )
        people.add(SYSTEM, new)
    with hq.opened.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)
    return hq


@pytest.fixture
def school(here: Pc) -> School:
    """Return what teaches there: the store asks for a forklift licence, the yard for an induction."""
    school = a_school(here.opened.site)
    terms = Terms(from_on=here.opened.site.clock.now().date(), validity=Validity.MONTHS,
                  valid_count=12, evidence=EvidenceRule.ENTERED)  # fmt: skip
    for code, title in (("FORK", "Licence"), ("INDUCT", "Induction")):
        new = NewRequirement(code=code, title=title, type=RequirementType.EXTERNAL, terms=terms)
        school.training.catalogue.add(SYSTEM, new)
    for words in (
        TaskWords(code="STORE", title="Forklift", needs=("FORK",)),
        TaskWords(code="YARD", title="Enter the yard", needs=("INDUCT",)),
    ):
        school.training.permits.tasks.add(SYSTEM, words)
    prove(school, "E-1", "INDUCT")
    return school


def prove(school: School, number: str, code: str) -> None:
    """Let somebody show today's certificate of another issuer."""
    requirement = school.training.catalogue.coded(SYSTEM, code).summary.id
    said = school.training.permits.may(SYSTEM, number, "YARD")
    assert said.standing is not None
    shown = EnteredEvidence(issuer="RTO", obtained_on=said.day)
    school.training.assignments.evidence.enter(SYSTEM, said.standing.person_id, requirement, shown)


def ask(school: School, task: str = "YARD", **said: object) -> Permit:
    return school.training.permits.may(SYSTEM, "E-1", task, **said)  # type: ignore[arg-type]  # test convenience


def test_who_is_of_another_site_is_let_in_today_by_a_pass_that_says_who_gave_it_and_why(
    school: School, here: Pc, clock: TurnedClock
) -> None:
    assert ask(school).answer.stops == (Stop.OTHER_SITE,)
    passes = school.training.permits.passes
    meera = somebody("Meera Joshi", Capability.ASSIGN)

    given = passes.give(meera, "E-1", "M-STORE", purpose="Repairs the crane")

    assert (given.by_name, given.from_site) == ("Meera Joshi", "Plant BADDI")
    said = ask(school)
    assert said.is_free
    assert verdict_in_words(said) == "Allowed today by Meera Joshi"
    assert reasons_of(said)[:2] == (
        "Of Plant BADDI; allowed today by Meera Joshi: Repairs the crane",
        "Comes to Meera STORE",
    )
    assert said.answer.until == said.day
    assert passes.on(SYSTEM) == (given,)
    assert passes.paper(given, "HQ").content.startswith(b"%PDF")
    clock.turn(timedelta(days=1))
    assert ask(school).answer.stops == (Stop.OTHER_SITE,)
    assert verified(here.opened.site)


def test_a_pass_stands_in_for_nothing_that_the_task_asks_for(school: School) -> None:
    school.training.permits.passes.give(SYSTEM, "E-1", "M-STORE", purpose="Drives")
    said = ask(school, "STORE")
    assert (said.answer.verdict, said.answer.stops) == (Verdict.NOT_ALLOWED, (Stop.NOT_MET,))
    prove(school, "E-1", "FORK")
    assert ask(school, "STORE").is_free


def test_a_pass_is_taken_back_and_does_not_come_without_a_reason(school: School) -> None:
    passes = school.training.permits.passes
    for purpose, host, words in (("", "M-STORE", "why they are here"), ("x", "E-1", "escort")):
        with pytest.raises(TrainingRefused, match=words):
            passes.give(SYSTEM, "E-1", host, purpose=purpose)
    with pytest.raises(TrainingRefused, match="no visitor"):
        passes.give(SYSTEM, "M-LAB", "M-STORE", purpose="x")
    passes.give(SYSTEM, "E-1", "M-STORE", purpose="Repairs")
    passes.take_back(SYSTEM, "E-1", reason="Has gone")
    assert ask(school).answer.stops == (Stop.OTHER_SITE,)
    assert passes.on(SYSTEM) == ()


def test_it_is_given_by_who_answers_for_whom_they_come_to(school: School, here: Pc) -> None:
    people, passes = People(here.opened.site), school.training.permits.passes
    units = {one.name: one.id for one in people.organisation.org_units(SYSTEM)}
    grant = Grant(capability=Capability.ASSIGN, org_units=frozenset({units["Store"]}))
    keeper = replace(somebody("Keeper"), grants=frozenset({grant}))
    with pytest.raises(NotAllowed):
        passes.give(keeper, "E-1", "M-LAB", purpose="Repairs")
    passes.give(keeper, "E-1", "M-STORE", purpose="Repairs")
    other = replace(grant, org_units=frozenset({units["Lab"]}))
    with pytest.raises(NotAllowed):
        passes.take_back(replace(keeper, grants=frozenset({other})), "E-1")
    passes.take_back(keeper, "E-1")


def test_a_guest_supervises_nobody(school: School, here: Pc) -> None:
    People(here.opened.site).add(
        SYSTEM, NewPerson(number="V-1", name="Vera", kind=PersonKind.VISITOR)
    )
    permits = school.training.permits
    prove(school, "V-1", "INDUCT")
    permits.passes.give(SYSTEM, "E-1", "M-STORE", purpose="Repairs")
    permits.passes.give(SYSTEM, "V-1", "M-STORE")
    said = permits.may(SYSTEM, "V-1", "YARD", supervisor="E-1")
    assert said.supervisor_refused == "Asha is a guest here and supervises nobody."
