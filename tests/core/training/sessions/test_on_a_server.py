"""On PostgreSQL: a session and a drill from the plan to the credit, as in a file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.content import AssetStore
from app.core.journal import Journal, Site
from app.core.people import NewPerson, People
from app.core.reports import Reports
from app.core.signatures import Proof, Undersigned
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.drills import DrillKind, DrillPlan, DrillRule, Drills
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan, Sessions
from tests.support.classes import BOSS
from tests.support.clock import TurnedClock
from tests.support.on_a_server import founded, site_on_a_server
from tests.support.signers import LOGIN, PASSWORD
from tests.support.sites import STATION
from tests.support.teaching import a_school

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with site_on_a_server(clock) as opened:
        yield opened


def test_a_session_and_a_drill_on_a_server(site: Site, tmp_path: Path, clock: TurnedClock) -> None:
    served = founded(site, tmp_path, clock)
    signatures, meera = served.signatures, served.meera
    school = a_school(site)
    assets = AssetStore(tmp_path / "assets", clock)
    sessions = Sessions(site, school.releases, school.learning, assets)
    drills = Drills(site, sessions, assets)
    asha = People(site).add(BOSS, NewPerson(number="E-10", name="Asha"))
    today = clock.now().astimezone().date()
    terms = Terms(from_on=today, validity=Validity.FOR_GOOD, evidence=EvidenceRule.ENTERED)
    kind = RequirementType.SESSION
    school.training.catalogue.add(
        BOSS, NewRequirement(code="FIRE", title="Fire", type=kind, terms=terms)
    )
    now = clock.now()
    plan = SessionPlan(
        title="Class", starts_at=now, ends_at=now + timedelta(hours=1), requirements=("FIRE",)
    )
    key = sessions.planning.plan(meera, plan)
    sessions.planning.invite(meera, key, [asha])
    sessions.rolling.open(meera, key)
    sessions.rolling.tap(meera, key, "E-10")
    clock.turn(timedelta(hours=1))
    sessions.rolling.end(meera, key)
    pen = signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    signed = sessions.signing.sign(meera, key, Undersigned(pen, sessions.signing.text(meera, key)))
    assert signed.credited == (asha,)

    rule = DrillRule(drill=DrillKind.FIRE, from_on=today, months=3)
    drills.register.set_rule(BOSS, rule)
    drill = drills.plan(meera, DrillPlan(drill=DrillKind.FIRE, title="", at=clock.now()))
    drills.start(meera, drill)
    sessions.rolling.tap(meera, drill, "E-10")
    clock.turn(timedelta(minutes=4))
    drills.all_clear(meera, drill)
    pen = signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    sessions.signing.sign(meera, drill, Undersigned(pen, sessions.signing.text(meera, drill)))
    (due,) = drills.register.due(meera)
    assert due.last_on == today
    unprepared = drills.register.unprepared(meera, "FIRE")
    assert [one.name for one in unprepared] == ["Meera Joshi"]  # who was at neither
    assert sessions.between(meera, today, today)[0].came == 1
    for report in ("programmes", "sessions", "unprepared"):
        assert Reports(site).page(BOSS, report, PageRequest()).total in {1, 2, 0}
    assert Journal(site, STATION).verify(BOSS).ok
