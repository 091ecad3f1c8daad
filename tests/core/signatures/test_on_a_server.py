"""On PostgreSQL: the same keys, signatures, proofs and verdicts as in a file."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.journal import Journal, Site
from app.core.reports import Archives
from app.core.signatures import Meaning, Proof, SignatureState, Undersigned
from app.core.training.models import RequirementRow
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.on_a_server import founded, site_on_a_server
from tests.support.signers import PASSWORD
from tests.support.sites import STATION

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with site_on_a_server(clock) as opened:
        yield opened


def test_signing_and_proving_on_a_server(site: Site, tmp_path: Path, clock: TurnedClock) -> None:
    served = founded(site, tmp_path, clock)
    signatures, meera = served.signatures, served.meera
    pen = signatures.pen(meera, Proof(password=PASSWORD))
    with site.transaction(meera, "requirement.approve") as unit:
        row = RequirementRow(code="FIRE", title="Fire", course_id=None, valid_months=12)
        unit.add(row)
        unit.flush()
        signed = Undersigned(pen, "12 months").sign(unit, row, Meaning.APPROVED, "12 months")
    assert signatures.signature(ACTOR, signed).state is SignatureState.VALID

    with site.transaction(ACTOR, "requirement.edit") as unit:
        unit.get_one(RequirementRow, row.id).valid_months = 24

    found = {one.line.id: one.state for one in signatures.check(ACTOR, PageRequest(text="meera"))}
    assert found[signed] is SignatureState.RECORD_CHANGED
    assert sorted(one.value for one in found.values()) == ["record-changed", "valid"]
    assert [one.signatures for one in signatures.signers(ACTOR)] == [2]
    assert signatures.keys_in_use(ACTOR).count == 1
    assert Journal(site, STATION).verify(ACTOR).first_bad is None
    archive = tmp_path / "2026.zip"
    archives = Archives(site, served.keys, Journal(site, STATION))
    assert archives.write(ACTOR, 2026, archive).signatures == 2
    proved = subprocess.run(
        [sys.executable, "-I", resource("archive", "verify.py"), archive], check=False
    )
    assert proved.returncode == 0
