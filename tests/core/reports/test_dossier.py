"""A person's record: everything, for those who may see it."""

import pypdfium2
import pytest
import sqlalchemy as sa

from app.core.assessments.models import AttemptRow
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.ids import new_id
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow, CourseStartRow
from app.core.reports import Reports, table_bytes
from tests.core.reports.conftest import SYSTEM, head_of, nobody
from tests.support.plant import Plant


def test_the_record_has_everything(site: Site, plant: Plant, reports: Reports) -> None:
    who = plant.people[1]
    dossier = reports.dossiers.of(SYSTEM, who)

    with site.read() as session:

        def count(model: type) -> int:
            statement = sa.select(sa.func.count()).where(model.person_id == who)
            return session.scalar(statement) or 0

        assert len(dossier.courses) == count(CourseStartRow)
        assert len(dossier.attempts) == count(AttemptRow)
        completed = [course for course in dossier.courses if course.completed_at]
        assert len(completed) == count(CourseCompletionRow) > 0
        assert sum(bool(course.certificate) for course in completed) == count(CertificateRow)
    assert (dossier.number, dossier.name) == ("E-00001", "R. Venkatesan")
    assert len(dossier.required) == len(plant.courses)
    assert [one.department for one in dossier.placements] == ["Paint shop"]
    for course in completed:
        assert (course.lessons_done, course.lessons_required, course.sessions) == (2, 2, 2)
        assert course.active_seconds == 1080
        assert course.score is not None
        assert 800 <= course.score <= 1000
    assert dossier.active_seconds == 1080 * len(dossier.courses)


def test_a_revoked_certificate_says_so(site: Site, plant: Plant, reports: Reports) -> None:
    with site.read() as session:
        some = session.scalars(sa.select(CertificateRow)).first()
    assert some is not None
    with site.transaction(SYSTEM, "certificate.revoke") as unit:
        at = site.clock.now()
        unit.add(RevocationRow(certificate_id=some.id, reason="Fraud", at=at, by=None))

    courses = reports.dossiers.of(SYSTEM, some.person_id).courses
    (revoked,) = [course for course in courses if course.is_revoked]
    assert revoked.certificate == some.number
    record = reports.dossiers.tables(SYSTEM, some.person_id)[0]
    assert any(f"{some.number} (revoked)" in row for row in record.text_rows)


def test_who_may_see_it(plant: Plant, reports: Reports) -> None:
    who = plant.people[1]
    themselves = Actor(account_id=None, person_id=who, name="R. Venkatesan")
    here = head_of(plant.units[1], capability=Capability.VIEW_RECORDS)
    there = head_of(plant.units[0], capability=Capability.VIEW_RECORDS)

    assert reports.dossiers.of(themselves, who) == reports.dossiers.of(here, who)
    for actor in (there, nobody(), head_of(plant.units[1])):
        with pytest.raises(NotAllowed):
            reports.dossiers.of(actor, who)
        with pytest.raises(NotAllowed):
            reports.dossiers.tables(actor, who)


def test_nobody_has_no_record(reports: Reports) -> None:
    with pytest.raises(NotFound):
        reports.dossiers.of(SYSTEM, new_id())
    with pytest.raises(NotAllowed):
        reports.dossiers.of(nobody(), new_id())


def test_it_prints_in_the_persons_script(plant: Plant, reports: Reports) -> None:
    tables = reports.dossiers.tables(SYSTEM, plant.people[0])

    assert [table.key for table in tables] == [
        "dossier-courses",
        "dossier-attempts",
        "dossier-required",
        "dossier-placements",
    ]
    for table in tables:
        pages = pypdfium2.PdfDocument(table_bytes(table, "pdf"))
        assert "आशा कुलकर्णी" in pages[0].get_textpage().get_text_bounded()
