"""On PostgreSQL: several stations share the numbers, the register and the documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import Certificates, CertificateState
from app.core.content import AssetStore
from app.core.journal import Site
from tests.core.certificates.plants import Plant
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.races import race
from tests.support.sites import another_station, open_site
from tests.support.teaching import ACTOR

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with (
        postgres_server() as url,
        postgres_database(url) as database,
    ):
        yield open_site(database, clock)


def test_numbers_register_and_documents(plant: Plant) -> None:
    course = plant.course(valid_months=1)
    for number in ("E-1", "E-2"):
        plant.certified(number, course_id=course)
    plant.certified("E-3")
    plant.certificates.revoke(ACTOR, "PUN-2026-000002", "mistake")

    def found(**request: object) -> list[str]:
        page = plant.certificates.register(ACTOR, PageRequest(**request))
        return [row.number[-1] for row in page.rows]

    assert found(sort="valid_until", descending=True) == ["2", "1", "3"]
    assert found(filters=(("state", CertificateState.REVOKED),)) == ["2"]
    assert found(filters=(("state", CertificateState.EXPIRING),)) == ["1"]
    assert found(text="ASHA", filters=(("expires_within", "90"),)) == ["1"]
    assert plant.certificates.make_missing_documents(NoProgress()) == 3


def test_of_two_pcs_that_make_a_document_at_once_one_is_kept(plant: Plant, tmp_path: Path) -> None:
    _asha, certificate = plant.certified()
    other = open_site(plant.site.database, plant.clock, another_station())
    mine, theirs = (
        Certificates(site, AssetStore(tmp_path / "assets", plant.clock), plant.authority, "PUN")
        for site in (plant.site, other)
    )

    pdf, told = race(
        plant.site,
        lambda: mine.document(ACTOR, certificate.id),
        lambda: theirs.document(ACTOR, certificate.id),
    )

    assert told.result() == pdf
    assert plant.document(certificate) == pdf
