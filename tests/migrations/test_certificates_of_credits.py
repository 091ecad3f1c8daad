"""Certificates of before are as they were, byte for byte, and verify; they rest on their completion."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from app.core.base.progress import NoProgress
from app.core.certificates import CertificateBasis, VerificationStatus, verify_with
from app.core.certificates.models import CertificateRow
from app.core.journal import Journal, Site
from app.core.schema.upgrade import HEAD, revision
from tests.core.certificates.plants import Plant, a_plant
from tests.migrations.steps import bring_to
from tests.support.clock import TurnedClock
from tests.support.schemas import take_back_to
from tests.support.sites import STATION
from tests.support.teaching import ACTOR

_TABLES = ("certificate", "certificate_due")


@pytest.fixture
def plant(site: Site, clock: TurnedClock, tmp_path: Path) -> Plant:
    return a_plant(site, clock, tmp_path, "Bharat Forge, Pune", has_keys=True)


def as_before(connection: sa.Connection) -> None:
    """Make the tables what the program before had."""
    take_back_to(connection, "0049")
    operations = Operations(MigrationContext.configure(connection))
    connection.exec_driver_sql("ALTER TABLE requirement_terms DROP COLUMN gives_certificate")
    for table in _TABLES:
        with operations.batch_alter_table(table) as batch:
            batch.drop_constraint(f"uq_{table}_credit_id", type_="unique")
            batch.drop_constraint(f"fk_{table}_credit_id", type_="foreignkey")
            for name in ("credit_id", "basis"):
                batch.drop_column(name)
            for name in ("completion_id", "course_id", "version"):
                batch.alter_column(name, nullable=False)
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0048'")


def kept(connection: sa.Connection) -> list[tuple[object, ...]]:
    columns = (
        "id, site_id, completion_id, person_id, course_id, template, language, printed_name, "
        "printed_number, printed_title, version, score, completed_on, valid_until, site_name, "
        "number, year, serial, token, search_text, issued_at"
    )
    found = connection.exec_driver_sql(f"SELECT {columns} FROM certificate ORDER BY id")
    return [tuple(row) for row in found]


def test_certificates_of_before_are_byte_for_byte_what_they_were(plant: Plant) -> None:
    course = plant.course(valid_months=12)
    _asha, first = plant.certified("E-1", "Asha Kulkarni", course)
    _ravi, second = plant.certified("E-2", "Ravi Kumar", course)
    plant.certificates.make_missing_documents(NoProgress())
    papers = [plant.document(one) for one in (first, second)]
    plant.certificates.revoke(ACTOR, second.number, "Issued to the wrong person")
    database = plant.site.database
    with database.reshape() as connection:
        as_before(connection)
        before = kept(connection)

    bring_to(database, "head")

    assert revision(database) == HEAD
    with database.write() as connection:
        assert kept(connection) == before
    with plant.site.read() as session:
        rows = session.scalars(sa.select(CertificateRow)).all()
        assert {(one.basis, one.credit_id) for one in rows} == {(CertificateBasis.COURSE, None)}
    assert [plant.document(one) for one in (first, second)] == papers
    told = [
        verify_with([plant.authority.trusted()], paper, plant.clock.now().date())
        for paper in papers
    ]
    assert {(one.status, one.is_document) for one in told} == {(VerificationStatus.VALID, True)}
    assert plant.certificates.verify(papers[1]).status is VerificationStatus.REVOKED
    assert Journal(plant.site, STATION).verify(ACTOR, NoProgress()).ok


def test_they_are_kept_as_before(plant: Plant) -> None:
    plant.certified()
    database = plant.site.database
    with database.reshape() as connection:
        as_before(connection)
    bring_to(database, "head")
    with (
        pytest.raises(sa.exc.IntegrityError, match="never changed"),
        database.write() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM certificate")
