"""A certificate whose holder was erased: checked by its paper, told by number, without name or document."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import HolderErased, VerificationStatus
from app.core.certificates.models import CertificateDocumentRow
from app.core.content import absent_files
from app.core.egress import Egress, FileKind
from app.core.egress.models import SavedFileRow
from app.core.journal import Journal
from app.core.people.erasing.models import PersonErasureRow
from tests.core.certificates.plants import Plant
from tests.support.sites import STATION
from tests.support.teaching import ACTOR
from tests.support.traces import traces

NAME = "Asha Kulkarni"


def erase(plant: Plant, person_id: object) -> None:
    with plant.site.transaction(ACTOR, "person.erase") as unit:
        unit.erase(
            PersonErasureRow(
                person_id=person_id, request_id=None, at=plant.clock.now(), by_name="Two people"
            )
        )
    plant.certificates.destroy_documents([person_id])  # type: ignore[list-item]  # an id


def document_file(plant: Plant) -> Path:
    with plant.site.read() as session:
        sha256 = session.scalar(sa.select(CertificateDocumentRow.sha256))
    assert sha256 is not None
    return plant.assets.place_for(sha256)


def test_the_paper_is_still_proved_and_the_register_adds_that_its_holder_was_erased(
    plant: Plant,
) -> None:
    asha, certificate = plant.certified()
    paper = plant.document(certificate)
    token = plant.certificates.detail(ACTOR, certificate.id).token

    erase(plant, asha.person_id)

    for untrusted in (paper, token):
        verified = plant.certificates.verify(untrusted)
        assert verified.status is VerificationStatus.VALID
        assert "erased" in verified.why
    assert traces(plant.site, NAME) == []
    assert Journal(plant.site, STATION).verify(ACTOR).ok


def test_a_changed_code_is_still_refused(plant: Plant) -> None:
    asha, certificate = plant.certified()
    token = plant.certificates.detail(ACTOR, certificate.id).token
    erase(plant, asha.person_id)
    swapped = token[:-20] + ("A" if token[-20] != "A" else "B") + token[-19:]
    assert plant.certificates.verify(swapped).status is not VerificationStatus.VALID


def test_it_is_found_by_its_number_under_the_pseudonym(plant: Plant) -> None:
    asha, certificate = plant.certified()
    erase(plant, asha.person_id)
    (found,) = plant.certificates.register(ACTOR, PageRequest(text=certificate.number)).rows
    assert found.person_name.startswith("Person ")
    assert plant.certificates.register(ACTOR, PageRequest(text="Kulkarni")).rows == ()


def test_its_document_is_destroyed_and_neither_missed_nor_made_again(plant: Plant) -> None:
    asha, certificate = plant.certified()
    paper, file = plant.document(certificate), document_file(plant)
    erase(plant, asha.person_id)
    assert not file.exists()
    with pytest.raises(HolderErased):
        plant.document(certificate)
    assert plant.certificates.make_missing_documents(NoProgress()) == 0
    with plant.site.read() as session:
        assert absent_files(session, plant.assets) == {}
    file.write_bytes(paper)  # a stick brings it once more
    assert plant.certificates.destroy_documents([asha.person_id]) == 1  # type: ignore[list-item]  # has one
    assert not file.exists()


def test_nobody_elses_document_goes(plant: Plant) -> None:
    asha, _one = plant.certified()
    _ravi, other = plant.certified("E-2", "Ravi Iyer")
    paper = plant.document(other)
    erase(plant, asha.person_id)
    assert plant.document(other) == paper


def test_a_certificate_that_is_due_is_issued_without_the_name(plant: Plant, keyless: Plant) -> None:
    asha, _certificate = plant.certified()
    erase(plant, asha.person_id)
    plant.complete(asha, plant.course("GST"))
    assert traces(plant.site, NAME) == []
    assert plant.certificates.make_missing_documents(NoProgress()) == 0
    assert Journal(plant.site, STATION).verify(ACTOR).ok


def test_the_register_of_what_left_keeps_that_it_left(plant: Plant, tmp_path: Path) -> None:
    asha, certificate = plant.certified()
    path = tmp_path / "Asha Kulkarni.pdf"
    document = plant.certificates.paper(ACTOR, certificate.id)
    Egress(plant.site).save(ACTOR, path, document)
    erase(plant, asha.person_id)
    with plant.site.read() as session:
        row = session.scalars(sa.select(SavedFileRow)).one()
        assert (row.kind, row.saved_to) == (FileKind.CERTIFICATE, "")
        assert row.title.startswith("P-")
        assert row.sha256 != ""
    assert traces(plant.site, NAME) == []
