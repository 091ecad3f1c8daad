"""A certificate is issued with the completion, under a number without gaps, or left due."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.base.progress import NoProgress
from app.core.certificates import CannotSignHere, CertificateState, ClockInDoubt
from app.core.certificates.models import CertificateDueRow, CertificateRow
from app.core.certificates.token import verify
from app.core.journal import Journal
from app.core.journal.models import EntryRow
from app.core.learning.models import CourseCompletionRow
from tests.core.certificates.plants import Plant
from tests.support.sites import STATION
from tests.support.teaching import ACTOR, a_learner

Count = Callable[[type], int]


def numbers(plant: Plant) -> list[str]:
    with plant.site.read() as session:
        rows = session.scalars(sa.select(CertificateRow.number).order_by(CertificateRow.id))
        return list(rows)


def test_completing_a_course_issues_its_certificate(plant: Plant) -> None:
    _asha, certificate = plant.certified(course_id=plant.course(valid_months=12))

    assert certificate.number == "PUN-2026-000001"
    assert certificate.person_name == "Asha Kulkarni"
    assert certificate.completed_on == date(2026, 11, 23)
    assert certificate.valid_until == date(2027, 11, 23)
    assert certificate.state is CertificateState.VALID


def test_the_code_is_signed_by_the_site_and_says_the_same(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    token = plant.certificates.detail(ACTOR, certificate.id).token

    claims = verify(token, plant.authority.trusted().token_key)

    assert claims.certificate_id == certificate.id
    assert (claims.number, claims.person_number) == (certificate.number, "E-10442")
    assert (claims.person_name, claims.course_title) == ("Asha Kulkarni", "Lock-out, tag-out")


def test_names_are_printed_in_the_persons_own_script_and_language(plant: Plant) -> None:
    course = plant.course(titles={"mr": "लॉक-आउट, टॅग-आउट"})
    asha = a_learner(plant.site)
    plant.rename(asha, name_local="आशा कुलकर्णी", language="mr")

    plant.complete(asha, course)

    (certificate,) = plant.certificates.my_certificates(asha)
    assert (certificate.person_name, certificate.course_title) == (
        "आशा कुलकर्णी",
        "लॉक-आउट, टॅग-आउट",
    )


def test_a_course_without_a_certificate_issues_none(plant: Plant, count: Count) -> None:
    asha = a_learner(plant.site)

    plant.complete(asha, plant.course(certificate=None))

    assert count(CourseCompletionRow) == 1
    assert count(CertificateRow) == count(CertificateDueRow) == 0


def test_it_is_in_the_journal_entry_of_the_completion(plant: Plant, count: Count) -> None:
    course, asha = plant.course(), a_learner(plant.site)
    hand = plant.learning.begin(asha, course)
    before = count(EntryRow)

    plant.learning.tick(asha, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)

    assert count(EntryRow) - before == 1
    assert count(CertificateRow) == 1


def test_a_failed_transaction_leaves_neither_certificate_nor_gap(
    plant: Plant, count: Count
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("the power fails")

    course = plant.course()
    plant.certified("E-1", course_id=course)
    plant.learning.on_completed.append(fail)
    with pytest.raises(RuntimeError):
        plant.complete(a_learner(plant.site, "E-2"), course)
    assert count(CertificateRow) == count(CourseCompletionRow) == 1
    plant.learning.on_completed.remove(fail)

    plant.certified("E-3", course_id=course)

    assert numbers(plant) == ["PUN-2026-000001", "PUN-2026-000002"]


def test_numbers_begin_anew_with_the_local_year(plant: Plant) -> None:
    course = plant.course()
    plant.certified("E-1", course_id=course)
    plant.clock.set_wall(datetime(2026, 12, 31, 18, 29, tzinfo=UTC))  # 23:59 in India
    plant.certified("E-2", course_id=course)
    plant.clock.turn(timedelta(minutes=2))
    plant.certified("E-3", course_id=course)
    plant.certified("E-4", course_id=course)

    assert numbers(plant) == [
        "PUN-2026-000001",
        "PUN-2026-000002",
        "PUN-2027-000001",
        "PUN-2027-000002",
    ]


def test_without_keys_the_completion_stands_and_the_certificate_is_due(
    keyless: Plant, count: Count
) -> None:
    asha = a_learner(keyless.site)

    keyless.complete(asha, keyless.course())

    assert count(CourseCompletionRow) == 1
    assert keyless.certificates.my_certificates(asha) == ()
    assert keyless.certificates.waiting() == 1
    assert isinstance(keyless.certificates.hindrance(), CannotSignHere)
    assert keyless.certificates.issue_missing(NoProgress()) == 0


def test_what_is_due_is_issued_later_as_it_was_when_completed(keyless: Plant) -> None:
    asha = a_learner(keyless.site)
    keyless.complete(asha, keyless.course())
    keyless.rename(asha, name="Asha Joshi")
    keyless.clock.set_wall(datetime(2027, 1, 5, 6, 0, tzinfo=UTC))
    keyless.authority.create(keyless.clock.now())

    assert keyless.certificates.issue_missing(NoProgress()) == 1

    (certificate,) = keyless.certificates.my_certificates(asha)
    assert certificate.number == "PUN-2026-000001"
    assert (certificate.person_name, certificate.completed_on) == (
        "Asha Kulkarni",
        date(2026, 11, 23),
    )
    assert certificate.issued_at == keyless.clock.now()
    assert keyless.certificates.waiting() == 0
    assert keyless.certificates.issue_missing(NoProgress()) == 0


def test_more_than_one_transaction_of_due_certificates(keyless: Plant) -> None:
    course = keyless.course()
    for index in range(103):
        keyless.complete(a_learner(keyless.site, f"E-{index}"), course)
    keyless.authority.create(keyless.clock.now())

    assert keyless.certificates.issue_missing(NoProgress()) == 103

    assert sorted(numbers(keyless)) == [f"PUN-2026-{one:06}" for one in range(1, 104)]


def test_nothing_is_signed_while_the_clock_is_in_doubt(plant: Plant) -> None:
    course = plant.course()
    plant.certified("E-1", course_id=course)
    plant.clock.set_wall(plant.clock.now() - timedelta(days=1))
    ravi = a_learner(plant.site, "E-2")

    plant.complete(ravi, course)

    hindrance = plant.certificates.hindrance()
    assert isinstance(hindrance, ClockInDoubt)
    assert "24 h" in hindrance.sentence
    assert plant.certificates.my_certificates(ravi) == ()
    assert plant.certificates.issue_missing(NoProgress()) == 0

    plant.clock.turn(timedelta(days=1, minutes=1))

    assert plant.certificates.hindrance() is None
    assert plant.certificates.issue_missing(NoProgress()) == 1
    (certificate,) = plant.certificates.my_certificates(ravi)
    assert certificate.number == "PUN-2026-000002"


def test_the_journal_holds_after_all_of_it(plant: Plant) -> None:
    course = plant.course()
    _asha, certificate = plant.certified("E-1", course_id=course)
    plant.clock.set_wall(plant.clock.now() - timedelta(days=1))
    plant.complete(a_learner(plant.site, "E-2"), course)
    plant.clock.turn(timedelta(days=2))
    plant.certificates.issue_missing(NoProgress())
    plant.certificates.make_missing_documents(NoProgress())
    plant.certificates.revoke(ACTOR, certificate.number, "issued to the wrong person")

    assert Journal(plant.site, STATION).verify(ACTOR, NoProgress()).ok
