"""On PostgreSQL: the same keys, signatures, proofs and verdicts as in a file."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.journal import Journal, Site
from app.core.keys import KeyFolder, SiteAuthority, SiteKeys, SiteRegister
from app.core.people import SignIn, create_first_administrator
from app.core.reports import Archives
from app.core.signatures import Meaning, Proof, Signatures, SignatureState, Signing, SigningKeys
from app.core.training.models import RequirementRow
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.postgres import postgres_database, postgres_server
from tests.support.signers import LIGHT, LOGIN, PASSWORD
from tests.support.sites import STATION, open_site

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def keys_of(site: Site, folder: Path, clock: TurnedClock) -> SiteKeys:
    site_id = new_id()
    keys = KeyFolder(folder / "keys", site_id)
    founding = SiteAuthority(keys, site_id, "Pune plant")
    founding.create(clock.now())
    register = SiteRegister(site, site_id)
    register.found(ACTOR, "Pune plant", "PUN", "en", founding.trusted())
    authority = SiteAuthority(keys, site_id, "Pune plant", register.trusted())
    known = SiteKeys(site, register, authority, STATION, "the server's PC")
    known.establish()
    return known


def test_signing_and_proving_on_a_server(site: Site, tmp_path: Path, clock: TurnedClock) -> None:
    keys = keys_of(site, tmp_path, clock)
    own = SigningKeys(site, keys, LIGHT)
    create_first_administrator(
        site, login=LOGIN, name="Meera Joshi", password=PASSWORD, cost=LIGHT, keepers=[own]
    )
    door = SignIn(site, LIGHT)
    signatures = Signatures(site, keys, door, own)
    meera = door.sign_in(LOGIN, PASSWORD).actor
    signatures.accept_statement(meera, Proof(name=LOGIN, password=PASSWORD))
    pen = signatures.pen(meera, Proof(password=PASSWORD))
    with site.transaction(meera, "requirement.approve") as unit:
        row = RequirementRow(code="FIRE", title="Fire", course_id=None, valid_months=12)
        unit.add(row)
        unit.flush()
        signed = pen.sign(unit, row, Signing(meaning=Meaning.APPROVED, shown="12 months"))
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
    archives = Archives(site, keys, Journal(site, STATION))
    assert archives.write(ACTOR, 2026, archive).signatures == 2
    proved = subprocess.run(
        [sys.executable, "-I", resource("archive", "verify.py"), archive], check=False
    )
    assert proved.returncode == 0
