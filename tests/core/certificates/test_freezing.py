"""A document is made once and never changes; saving it is whole or not at all."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.base.words import current_language
from app.core.certificates import (
    CannotSignHere,
    Certificates,
    ClockInDoubt,
)
from app.core.certificates.freezing import Freezing
from app.core.certificates.issuing import Issuing
from app.core.certificates.models import CertificateDocumentRow
from app.core.certificates.register import by_id
from app.core.certificates.signing import check_pdf_signature
from app.core.content import AssetMissing
from app.core.content.models import AssetRow
from app.core.courses.models import CourseRow
from app.core.egress import FileTaken
from app.core.storage.faults import PlaceGone
from tests.core.certificates.plants import Plant, viewer
from tests.support.teaching import ACTOR, a_learner

Count = Callable[[type], int]


def test_a_document_is_signed_by_the_site_at_the_time_it_is_made(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    plant.clock.turn(timedelta(minutes=3))

    check = check_pdf_signature(
        plant.document(certificate), [plant.authority.trusted().pdf_certificate]
    )

    assert check.trusted
    assert check.signed_at == plant.clock.now()


def test_its_bytes_stay_when_person_and_course_are_renamed(plant: Plant) -> None:
    asha, certificate = plant.certified()
    first = plant.document(certificate)
    plant.rename(asha, name="Asha Joshi", name_local="आशा जोशी", language="mr")
    with plant.site.transaction(ACTOR, "course.edit") as unit:
        unit.get_one(CourseRow, certificate.course_id).title = "LOTO, second edition"
    plant.clock.turn(timedelta(days=400))

    assert plant.document(certificate) == first
    document = plant.certificates.detail(ACTOR, certificate.id).document
    assert document is not None
    assert (document.sha256, document.size) == (hashlib.sha256(first).hexdigest(), len(first))


def test_what_was_completed_before_a_rename_is_printed_as_it_was(plant: Plant) -> None:
    asha, certificate = plant.certified()
    plant.rename(asha, name="Asha Joshi")

    assert b"Asha Kulkarni" in plant.document(certificate)  # the title among the properties


def test_it_speaks_the_persons_language_and_leaves_the_windows_alone(plant: Plant) -> None:
    course, asha = plant.course(), a_learner(plant.site)
    plant.rename(asha, language="hi")
    plant.complete(asha, course)
    (certificate,) = plant.certificates.my_certificates(asha)

    assert b"/Lang (hi)" in plant.document(certificate)
    assert current_language() == "en"


def test_two_processes_freeze_one_document(plant: Plant, count: Count) -> None:
    _asha, certificate = plant.certified()
    with plant.site.read() as session:
        row = by_id(session, certificate.id)
    one, other = (
        Freezing(
            plant.site, plant.assets, plant.authority, Issuing(plant.site, plant.authority, "PUN")
        )
        for _process in range(2)
    )
    drawn, drawn_too = one._made(row), other._made(row)

    kept = one._freeze(row, drawn)

    assert other._freeze(row, drawn_too) == kept
    assert plant.document(certificate) == drawn
    assert count(CertificateDocumentRow) == count(AssetRow) == 1
    kept_file = plant.assets.path(kept)
    assert list(kept_file.parents[1].glob("*/*")) == [kept_file]


def test_bytes_that_were_changed_on_disk_are_not_handed_out(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    pdf = plant.document(certificate)
    path = plant.assets.path(hashlib.sha256(pdf).hexdigest())
    path.chmod(0o600)
    path.write_bytes(pdf.replace(b"Asha", b"Usha"))

    with pytest.raises(AssetMissing):
        plant.document(certificate)


def test_missing_documents_are_made_once(plant: Plant, count: Count) -> None:
    course = plant.course()
    certificates = [plant.certified(f"E-{one}", course_id=course)[1] for one in range(3)]
    plant.document(certificates[0])

    assert plant.certificates.make_missing_documents(NoProgress()) == 2
    assert plant.certificates.make_missing_documents(NoProgress()) == 0
    assert count(CertificateDocumentRow) == 3


def test_no_document_is_signed_while_the_clock_is_in_doubt(plant: Plant) -> None:
    course = plant.course()
    made, unmade = (plant.certified(f"E-{one}", course_id=course)[1] for one in range(2))
    pdf = plant.document(made)
    plant.clock.set_wall(plant.clock.now() - timedelta(days=1))

    assert plant.certificates.make_missing_documents(NoProgress()) == 0
    with pytest.raises(ClockInDoubt):
        plant.document(unmade)
    assert plant.document(made) == pdf


def test_without_keys_only_what_was_made_is_there(plant: Plant, keyless: Plant) -> None:
    course = plant.course()
    made, unmade = (plant.certified(f"E-{one}", course_id=course)[1] for one in range(2))
    pdf = plant.document(made)
    elsewhere = Certificates(plant.site, plant.assets, keyless.authority, "PUN")

    assert elsewhere.document(ACTOR, made.id) == pdf
    with pytest.raises(CannotSignHere):
        elsewhere.document(ACTOR, unmade.id)


def test_another_sites_certificate_is_not_signed_with_our_keys(
    plant: Plant, keyless: Plant
) -> None:
    _asha, certificate = plant.certified()
    keyless.authority.create(plant.clock.now())
    other_site = Certificates(plant.site, plant.assets, keyless.authority, "NSK")

    with pytest.raises(CannotSignHere):
        other_site.document(ACTOR, certificate.id)
    assert other_site.make_missing_documents(NoProgress()) == 0


def test_one_sees_ones_own_and_those_whose_records_one_may_view(plant: Plant) -> None:
    asha, certificate = plant.certified()
    press = plant.place(asha, "PRESS")
    others = [
        a_learner(plant.site, "E-9"),
        viewer(Capability.VIEW_RECORDS, units=frozenset({certificate.course_id})),
        viewer(Capability.REVOKE_CERTIFICATES),
    ]
    allowed: list[Actor] = [
        asha,
        viewer(Capability.VIEW_RECORDS),
        viewer(Capability.VIEW_RECORDS, units=frozenset({press})),
    ]

    assert len({plant.certificates.document(one, certificate.id) for one in allowed}) == 1
    for one in others:
        with pytest.raises(NotAllowed):
            plant.certificates.document(one, certificate.id)
        with pytest.raises(NotAllowed):
            plant.certificates.numbered(one, certificate.number)


def test_it_is_saved_whole_and_never_over_another_file(plant: Plant, tmp_path: Path) -> None:
    asha, certificate = plant.certified()
    path = tmp_path / "stick" / "asha.pdf"
    with pytest.raises(PlaceGone):
        plant.certificates.save(asha, certificate.id, path)
    path.parent.mkdir()
    path.write_bytes(b"holiday photo")

    with pytest.raises(FileTaken):
        plant.certificates.save(asha, certificate.id, path)
    assert path.read_bytes() == b"holiday photo"

    plant.certificates.save(asha, certificate.id, path, replace=True)
    assert path.read_bytes() == plant.document(certificate)
    assert list(path.parent.iterdir()) == [path]
