"""A person's record: everything, for those who may see it."""

import csv
import io
from datetime import timedelta
from fractions import Fraction

import pypdfium2
import pytest
import sqlalchemy as sa

from app.core.assessments.models import (
    AttemptExtensionRow,
    AttemptRow,
    AttemptUnlockRow,
    ExtraTimeRow,
)
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.figures import day
from app.core.base.ids import new_id
from app.core.base.progress import NoProgress
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.courses.models import LessonRow
from app.core.journal import Site
from app.core.learning.launches.models import PackageReportRow
from app.core.learning.models import CourseCompletionRow, CourseStartRow
from app.core.reports import CourseRecord, Reports, dossier_document, table_bytes
from tests.core.reports.conftest import SYSTEM, head_of, nobody
from tests.support.clock import TurnedClock
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


def test_p11_02_a_record_is_copied_with_every_row_and_score_that_the_screen_shows(
    plant: Plant, reports: Reports
) -> None:
    who = plant.people[1]
    dossier, tables = reports.dossiers.of(SYSTEM, who), reports.dossiers.tables(SYSTEM, who)
    document = dossier_document("Record", dossier, tables, NoProgress())
    pages = pypdfium2.PdfDocument(document.content)
    printed = "\n".join(page.get_textpage().get_text_range() for page in pages)

    courses, attempts = tables[0], next(one for one in tables if one.key == "dossier-attempts")
    assert (len(courses.rows), len(attempts.rows)) == (len(dossier.courses), len(dossier.attempts))
    for table in tables:
        lines = list(csv.reader(io.StringIO(table_bytes(table, "csv").decode("utf-8-sig"))))
        assert len(lines) == 1 + len(table.rows)
        assert lines[0] == list(table.headings)
    told = table_bytes(courses, "csv").decode("utf-8-sig")
    scores = [f"{one.score / 10:.1f}" for one in dossier.courses if one.score is not None]
    assert scores
    for score in scores:
        assert score in told
        assert score in printed
    pages.close()


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


def test_fa_06_who_may_see_it(plant: Plant, reports: Reports) -> None:
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


def test_what_was_given_at_quizzes_is_in_the_record(
    site: Site, plant: Plant, reports: Reports, clock: TurnedClock
) -> None:
    who, quiz = plant.people[1], plant.courses[0].quiz_id
    given = {"at": clock.now(), "by": None, "by_name": "Ravi Iyer", "reason": "Slow PC"}
    attempt = AttemptRow(
        person_id=who, lesson_id=quiz, number=9, seed=1, began_at=clock.now(), language="en"
    )
    with site.transaction(SYSTEM, "attempt.unlock") as unit:
        unit.add(attempt)
        unit.flush()
        unlock = {"person_id": who, "lesson_id": quiz}
        unit.add(AttemptUnlockRow(**unlock, adds_attempt=True, **given))
        unit.add(AttemptExtensionRow(attempt_id=attempt.id, seconds=300, **given))
        unit.add(ExtraTimeRow(person_id=who, percent=25, seconds=0, **given))
        unit.add(ExtraTimeRow(person_id=plant.people[2], percent=10, seconds=0, **given))

    gifts = reports.dossiers.of(SYSTEM, who).gifts

    assert [(one.what, one.percent, one.seconds) for one in gifts] == [
        ("attempt", 0, 0),
        ("extra_time", 25, 0),
        ("time", 0, 300),
    ]
    assert {(one.at, one.by, one.reason) for one in gifts} == {
        (clock.now(), "Ravi Iyer", "Slow PC")
    }
    assert [one.course for one in gifts] == ["Safety course 1", "", "Safety course 1"]
    table = next(one for one in reports.dossiers.tables(SYSTEM, who) if one.key == "dossier-gifts")
    assert [row[4] for row in table.text_rows] == ["", "25%", "5 min"]


def test_nobody_has_no_record(reports: Reports) -> None:
    with pytest.raises(NotFound):
        reports.dossiers.of(SYSTEM, new_id())
    with pytest.raises(NotAllowed):
        reports.dossiers.of(nobody(), new_id())


def test_it_prints_in_the_persons_script(plant: Plant, reports: Reports) -> None:
    tables = reports.dossiers.tables(SYSTEM, plant.people[0])

    assert [table.key for table in tables] == [
        "dossier-courses",
        "dossier-corrections",
        "dossier-evidence",
        "dossier-certificates",
        "dossier-signatures",
        "dossier-attempts",
        "dossier-packages",
        "dossier-gifts",
        "dossier-required",
        "dossier-placements",
        "dossier-further-roles",
    ]
    for table in tables:
        pages = pypdfium2.PdfDocument(table_bytes(table, "pdf"))
        assert "आशा कुलकर्णी" in pages[0].get_textpage().get_text_bounded()


def test_what_packages_report_is_in_the_record_with_what_cannot_be_so(
    site: Site, plant: Plant, reports: Reports, clock: TurnedClock
) -> None:
    who = plant.people[1]
    with site.read() as session:
        start = session.scalars(
            sa.select(CourseStartRow).where(CourseStartRow.person_id == who)
        ).first()
        assert start is not None
        lesson = session.scalars(
            sa.select(LessonRow).where(LessonRow.version_id == start.version_id)
        ).first()
        assert lesson is not None
    registration = new_id()

    def report(attempt: int, success: str, doubts: list[str]) -> PackageReportRow:
        return PackageReportRow(
            start_id=start.id,
            lesson_id=lesson.id,
            registration=registration,
            package="0" * 64,
            activity="ITEM-1",
            attempt=attempt,
            at=clock.now(),
            cause="end",
            completion="completed",
            success=success,
            score=Fraction(9, 10),
            progress=None,
            session_seconds=7200,
            seconds_open=60,
            doubts=doubts,
            data={},
            state=None,
        )

    doubt = "claims a session of 7200 s; it was open for 60 s"
    for attempt, success, doubts in ((1, "unknown", []), (1, "passed", [doubt]), (2, "failed", [])):
        with site.transaction(SYSTEM, "package.end") as unit:
            unit.add(report(attempt, success, doubts))
        clock.turn(timedelta(minutes=1))

    first, second = reports.dossiers.of(SYSTEM, who).packages

    assert (first.outcome, first.score, first.doubts) == ("passed", 900, (doubt,))
    assert (second.outcome, second.doubts) == ("failed", ())
    (table,) = [
        one for one in reports.dossiers.tables(SYSTEM, who) if one.key == "dossier-packages"
    ]
    assert table.text_rows[0][4:] == ("Passed", "90%", "2 h", "1 min", doubt)


def test_a_record_is_told_as_it_stood_on_a_day(
    site: Site, plant: Plant, reports: Reports, clock: TurnedClock
) -> None:
    who = next(one for one in plant.people if _completed(reports.dossiers.of(SYSTEM, one).courses))
    now = reports.dossiers.of(SYSTEM, who)
    first = min(one.completed_at for one in now.courses if one.completed_at is not None)
    before = first.astimezone().date() - timedelta(days=1)

    then = reports.dossiers.of(SYSTEM, who, before)
    assert _completed(now.courses)
    assert not _completed(then.courses)
    assert all(one.submitted_at is None or one.submitted_at < first for one in then.attempts)
    today = reports.dossiers.of(SYSTEM, who, clock.now().astimezone().date())
    assert (today.courses, today.attempts) == (now.courses, now.attempts)
    for table in reports.dossiers.tables(SYSTEM, who, before):
        assert table.filters == (f"As it stood on: {day(before)}",)


def _completed(courses: tuple[CourseRecord, ...]) -> list[CourseRecord]:
    return [one for one in courses if one.completed_at is not None]
