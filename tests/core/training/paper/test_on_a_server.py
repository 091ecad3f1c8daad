"""On PostgreSQL: old training, waivers, evidence and corrections as in a file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.base.actor import Capability
from app.core.base.paging import PageRequest
from app.core.content import AssetStore
from app.core.journal import Journal, Site
from app.core.people import Audience, NewPerson, People
from app.core.reports import Reports
from app.core.signatures import Proof, Undersigned
from app.core.spreadsheets import GivenFile
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.legacy import Legacy, Papers
from app.core.training.requirements import NewRequirement
from app.core.training.signing import SigningRule, SigningTerms
from tests.core.training.conftest import SYSTEM, somebody
from tests.core.training.paper.conftest import LIST, PDF
from tests.support.clock import TurnedClock
from tests.support.on_a_server import founded, site_on_a_server
from tests.support.signers import LOGIN, PASSWORD
from tests.support.sites import STATION
from tests.support.teaching import a_school

pytestmark = pytest.mark.postgresql
TODAY = date(2026, 11, 23)
RAVI = somebody("Ravi Das", Capability.ASSIGN)


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with site_on_a_server(clock) as opened:
        yield opened


def test_paper_comes_in_on_a_server_as_in_a_file(
    site: Site, tmp_path: Path, clock: TurnedClock
) -> None:
    served = founded(site, tmp_path, clock)
    signatures, meera = served.signatures, served.meera
    people, training = People(site), a_school(site).training
    asha, ravi = (
        people.add(SYSTEM, NewPerson(number=number, name=number)) for number in ("E-2", "E-3")
    )
    for code, title in (("FORK", "Forklift licence"), ("FIRST-AID", "First aid")):
        terms = Terms(
            from_on=TODAY, validity=Validity.MONTHS, valid_count=36, evidence=EvidenceRule.CONFIRMED
        )
        new = NewRequirement(code=code, title=title, type=RequirementType.EXTERNAL, terms=terms)
        training.catalogue.add(SYSTEM, new)
        training.assign(SYSTEM, code, Audience(), due_on=None, origin="The law")
    rules = SigningTerms(from_on=TODAY, waivers=SigningRule.TWO_PERSONS)
    training.signing.say(meera, rules, "The customer asks for it")
    assets = AssetStore(tmp_path / "assets", clock)

    def signed(text: str) -> Undersigned:
        return Undersigned(signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD)), text)

    legacy = Legacy(site, assets)
    plan = legacy.look(RAVI, GivenFile(name="old.csv", content=LIST.encode()))
    scan = GivenFile(name="E-2 FORK.pdf", content=PDF)
    batch = legacy.bring_in(RAVI, plan, scans=[scan]).batch_id
    assert legacy.sign(meera, batch, signed(legacy.batch(meera, batch).text)) == 3
    fork = next(
        one for one in training.assignments.of_person(SYSTEM, ravi) if one.code == "FIRST-AID"
    )
    waivers = training.assignments.waivers
    waivers.ask(RAVI, fork.id, until_on=None, reason="In the office")
    (asked,) = waivers.waiting(meera)
    waivers.approve(meera, fork.id, signed(asked.text))
    papers = Papers(site, assets)
    entered = EnteredEvidence(issuer="RTO", obtained_on=date(2026, 6, 1))
    kept = papers.enter(RAVI, ravi, fork.requirement_id, entered, [scan])
    assert [one.scans for one in training.assignments.evidence.waiting(meera)] == [1]
    training.assignments.evidence.confirm(meera, kept)
    wanted = ToCorrect(
        kind=RecordKind.EVIDENCE, record_id=kept, field="obtained_on", new="2026-05-01", reason="x"
    )
    training.corrections.approve(meera, training.corrections.correct(RAVI, wanted))

    held = {
        (one.number, one.code): one.valid_until
        for person in (asha, ravi)
        for one in training.assignments.of_person(SYSTEM, person)
    }
    assert held["E-2", "FIRST-AID"] == date(2029, 6, 1)
    assert held["E-3", "FIRST-AID"] == date(2029, 5, 1)
    reports = Reports(site, served.keys)
    assert reports.table(SYSTEM, "old-training", PageRequest()).total == 3
    dossier = reports.dossiers.of(SYSTEM, ravi)
    assert [one.mark for one in dossier.corrections] == ["Δ1"]
    assert len(dossier.signatures) == 2
    assert papers.destroy_scans([ravi]) == 0  # the same page shows Asha's licence
    assert Journal(site, STATION).verify(SYSTEM).first_bad is None
