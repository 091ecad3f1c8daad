"""A backup that an earlier program made is restored by this one, a year later (21 CFR 11.10(c)).

`kept/schema-0020.dkbk` was written on 22 Nov 2025 by the program of that time, at schema 0020: three
certificates, the last of them revoked, with the documents of all three beside it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.core.base.paging import PageRequest
from app.core.certificates import VerificationStatus
from app.core.journal import Journal
from app.core.operations import SiteFolder
from app.core.schema.upgrade import bring_up_to_date
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc
from tests.support.signers import LIGHT

KEPT = Path(__file__).parent / "kept"


@pytest.fixture
def restored(tmp_path: Path, clock: TurnedClock) -> Iterator[Services]:
    """The site of the backup, on a PC that never knew it."""
    pc = PlantPc(tmp_path / "pc", clock)
    shutil.copytree(KEPT, pc.place, dirs_exist_ok=True)
    pc.restoring().restore(pc.place / "schema-0020.dkbk", PASSWORD)
    opened = assemble(SiteFolder(pc.data, pc.keys, clock).open(bring_up_to_date, PASSWORD), LIGHT)
    yield opened
    opened.close()


def test_p11_03_the_certificates_of_a_backup_of_a_year_ago_verify_in_todays_program(
    restored: Services,
) -> None:
    assert Journal(restored.open_site.site, restored.open_site.station).verify(ACTOR).ok
    certificates = restored.certificates
    found = certificates.register(ACTOR, PageRequest()).rows
    assert sorted(one.number for one in found) == [
        "PUN-2025-000001",
        "PUN-2025-000002",
        "PUN-2025-000003",
    ]
    by_document = [certificates.verify(certificates.document(ACTOR, one.id)) for one in found]
    by_code = [certificates.verify(certificates.detail(ACTOR, one.id).token) for one in found]
    assert all(one.is_document for one in by_document)
    for verified in (by_document, by_code):
        states = {one.claims.number: one.status for one in verified if one.claims}
        assert states == {
            "PUN-2025-000001": VerificationStatus.VALID,
            "PUN-2025-000002": VerificationStatus.VALID,
            "PUN-2025-000003": VerificationStatus.REVOKED,
        }
