"""On PostgreSQL: several stations share the numbers, the register and the documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import Certificates, CertificateState
from app.core.content import AssetStore, StoredAsset
from app.core.journal import Site, Unit
from tests.core.certificates.plants import Plant
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
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


class OvertakenStore(AssetStore):
    """Keeps a file only after another PC has frozen its own document."""

    rival: Certificates
    rivals_pdf = b""
    certificate_id: object = None

    @override
    def add_bytes(self, unit: Unit, content: bytes, media_type: str, name: str) -> StoredAsset:
        self.rivals_pdf = self.rival.document(ACTOR, self.certificate_id)  # type: ignore[arg-type]  # set by the test
        return super().add_bytes(unit, content, media_type, name)


def test_a_document_that_another_pc_froze_meanwhile_is_the_one(
    plant: Plant, tmp_path: Path
) -> None:
    _asha, certificate = plant.certified()
    other = open_site(plant.site.database, plant.clock, another_station())
    store = OvertakenStore(tmp_path / "assets", plant.clock)
    store.rival = Certificates(other, plant.assets, plant.authority, "PUN")
    store.certificate_id = certificate.id
    mine = Certificates(plant.site, store, plant.authority, "PUN")

    pdf = mine.document(ACTOR, certificate.id)

    assert pdf == store.rivals_pdf
    assert plant.document(certificate) == pdf
