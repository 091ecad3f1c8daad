"""Every report: sorted, searched, narrowed, cut and counted; within scope; refusing nonsense."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa

from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    QuestionBankRow,
    QuestionRow,
    QuestionVersionRow,
    ResponseRow,
)
from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.base.words import LANGUAGES
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.journal import Site
from app.core.people.account_models import AccountRow, RoleGrantRow, SignInEvent, SignInRow
from app.core.people.models import PersonListingRow
from app.core.reports import REPORTS, FilterRefused, Reports, Row, SortRefused, UnknownReport
from app.core.reports.asking import Report
from app.core.training import Standing
from tests.core.reports.conftest import SYSTEM, head_of, nobody
from tests.core.reports.recount import read_all
from tests.support.plant import Plant

TODAY = date(2026, 11, 23)
ALL = PageRequest(limit=10_000)
every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key)


def column(report_key: str, rows: tuple[Row, ...], name: str) -> list:
    (report,) = (one for one in REPORTS if one.key == report_key)
    place = [one.key for one in report.columns].index(name)
    return [row[place] for row in rows]


def as_read(value: object) -> object:
    """Return what text sorts by where a report sorts as people read; others sort as the database does."""
    return value.casefold() if isinstance(value, str) else value


def test_keys_are_unique_and_words_are_there() -> None:
    keys = [report.key for report in REPORTS]
    assert len(set(keys)) == len(keys)
    for report in REPORTS:
        names = [one.key for one in report.columns]
        assert len(set(names)) == len(names)
        assert report.default_sort.key in names
        assert report.title
        assert report.question.endswith("?")
        assert resource("icons", f"{report.icon}.svg").is_file()
        assert all(one.title for one in (*report.columns, *report.filters))


@every_report
def test_every_column_sorts_both_ways(reports: Reports, plant: Plant, report: Report) -> None:
    for one in report.columns:
        up = reports.page(SYSTEM, report.key, PageRequest(sort=one.key, limit=1000))
        down = reports.page(
            SYSTEM, report.key, PageRequest(sort=one.key, descending=True, limit=1000)
        )
        assert sorted(map(repr, up.rows)) == sorted(map(repr, down.rows))
        if not one.sorted_as:
            found = [v for v in column(report.key, up.rows, one.key) if v is not None]
            assert found in (sorted(found), sorted(found, key=as_read))
            found = [v for v in column(report.key, down.rows, one.key) if v is not None]
            assert found in (
                sorted(found, reverse=True),
                sorted(found, key=as_read, reverse=True),
            )


@every_report
def test_stretches_make_the_whole(reports: Reports, report: Report) -> None:
    whole = reports.page(SYSTEM, report.key, ALL)
    pieces = [
        reports.page(SYSTEM, report.key, PageRequest(offset=offset, limit=7))
        for offset in range(0, whole.total + 7, 7)
    ]

    assert tuple(row for piece in pieces for row in piece.rows) == whole.rows
    assert {piece.total for piece in pieces} == {whole.total}
    assert len(whole.rows) == whole.total


@every_report
def test_searching_narrows_to_what_says_it(reports: Reports, report: Report) -> None:
    assert reports.page(SYSTEM, report.key, ALL.searching("no such words 100%")).total == 0


@every_report
def test_unknown_filters_sorts_and_actors_are_refused(reports: Reports, report: Report) -> None:
    with pytest.raises(FilterRefused):
        reports.page(SYSTEM, report.key, ALL.filtered_by([("shoe_size", "9")]))
    with pytest.raises(SortRefused):
        reports.page(SYSTEM, report.key, PageRequest(sort="shoe_size"))
    with pytest.raises(NotAllowed):
        reports.page(nobody(), report.key, ALL)
    for one in report.filters:
        with pytest.raises(FilterRefused) as refused:
            reports.page(SYSTEM, report.key, ALL.filtered_by([(one.key, "'; DROP")]))
        assert "\n" not in refused.value.sentence
        assert one.key in refused.value.sentence


@every_report
def test_nothing_from_outside_the_scope(
    site: Site, plant: Plant, reports: Reports, report: Report
) -> None:
    head = head_of(plant.units[1], capability=report.capability)
    with site.read() as session:
        theirs = set(
            session.scalars(
                sa.select(PersonListingRow.number).where(
                    PersonListingRow.org_unit_id == plant.units[1]
                )
            )
        )

    everything = reports.page(SYSTEM, report.key, ALL)
    found = reports.page(head, report.key, ALL)

    names = [one.key for one in report.columns]
    if "number" in names:
        assert set(column(report.key, found.rows, "number")) <= theirs
    if "department" in names:
        assert set(column(report.key, found.rows, "department")) <= {"Paint shop"}
    assert found.total <= everything.total
    elsewhere = head_of(new_id(), capability=report.capability)
    assert reports.page(elsewhere, report.key, ALL).total == 0


def test_an_unknown_report_is_told(reports: Reports) -> None:
    with pytest.raises(UnknownReport, match="people-status"):
        reports.page(SYSTEM, "salaries", ALL)


def test_what_is_offered_is_what_one_may_see(reports: Reports) -> None:
    assert len(reports.offers(SYSTEM)) == len(REPORTS)
    with pytest.raises(NotAllowed):
        reports.offers(nobody())
    with pytest.raises(NotAllowed):
        reports.offers(head_of(new_id(), capability=Capability.LEARN))


def test_people_stand_as_a_recount_says(site: Site, plant: Plant, reports: Reports) -> None:
    counted = read_all(site)
    expected = {
        (counted.people[person].number, requirement): stands.value
        for (person, requirement), stands in counted.standings(TODAY).items()
    }
    titles = {
        f"Safety course {number}": course.requirement_id
        for number, course in enumerate(plant.courses, start=1)
    }

    rows = reports.page(SYSTEM, "people-status", ALL).rows

    found = zip(
        column("people-status", rows, "number"),
        column("people-status", rows, "course"),
        column("people-status", rows, "standing"),
        strict=True,
    )
    assert {(number, titles[title]): stands for number, title, stands in found} == expected


@pytest.mark.parametrize("standing", Standing)
def test_people_are_found_by_standing(reports: Reports, standing: Standing) -> None:
    everything = reports.page(SYSTEM, "people-status", ALL)
    found = reports.page(SYSTEM, "people-status", ALL.filtered_by([("standing", standing.value)]))

    stand = column("people-status", everything.rows, "standing")
    assert found.total == stand.count(standing.value)


def test_departments_and_courses_add_up(site: Site, reports: Reports) -> None:
    now = read_all(site).count(TODAY)
    for key in ("completion-by-department", "completion-by-course"):
        rows = reports.page(SYSTEM, key, ALL).rows
        for name, expected in (
            ("required", now.required),
            ("held", now.held),
            ("expiring", now.expiring),
            ("overdue", now.overdue),
        ):
            assert sum(column(key, rows, name)) == expected
        parts = ("held", "overdue", "lapsed", "due_soon", "in_progress", "not_started")
        assert sum(sum(column(key, rows, name)) for name in parts) == now.required
        shares = zip(column(key, rows, "held"), column(key, rows, "required"), strict=True)
        assert column(key, rows, "compliance") == [held * 1000 // of for held, of in shares]


def test_overdue_says_how_long_and_whose(site: Site, reports: Reports) -> None:
    rows = reports.page(SYSTEM, "overdue", ALL).rows
    assert len(rows) == read_all(site).count(TODAY).overdue

    due, days = column("overdue", rows, "due_on"), column("overdue", rows, "days")
    assert days == [(TODAY - day).days for day in due]
    assert days == sorted(days, reverse=True)
    assert set(column("overdue", rows, "supervisor")) <= {"Asha Kulkarni", None}
    by_supervisor = reports.page(SYSTEM, "overdue", PageRequest(sort="supervisor", limit=5))
    assert column("overdue", by_supervisor.rows, "supervisor")[0] == "Asha Kulkarni"


@pytest.mark.parametrize(("within", "last"), [("0", -1), ("30", 30), ("60", 60), ("180", 180)])
def test_expiring_within_days(reports: Reports, within: str, last: int) -> None:
    everything = reports.page(SYSTEM, "expiring", ALL).rows
    found = reports.page(SYSTEM, "expiring", ALL.filtered_by([("within", within)])).rows

    left = column("expiring", found, "days_left")
    assert all(days <= last for days in left)
    assert len(left) == sum(days <= last for days in column("expiring", everything, "days_left"))
    assert left == [(day - TODAY).days for day in column("expiring", found, "valid_until")]


def test_departments_include_those_below(reports: Reports, plant: Plant) -> None:
    everything = reports.page(SYSTEM, "people-status", ALL)
    below = reports.page(SYSTEM, "people-status", ALL.filtered_by([("department", "PLANT")]))
    one = reports.page(
        SYSTEM, "people-status", ALL.filtered_by([("department", str(plant.units[0]))])
    )

    assert below.rows == everything.rows
    assert set(column("people-status", one.rows, "department")) == {"Press shop"}


def test_scores_are_whole_tenths_of_a_percent(site: Site, reports: Reports) -> None:
    with site.read() as session:
        results = list(session.scalars(sa.select(AttemptResultRow)))
        courses = session.execute(
            sa.select(AttemptRow.lesson_id, sa.func.count()).group_by(AttemptRow.lesson_id)
        ).all()

    rows = reports.page(SYSTEM, "scores-by-course", ALL).rows

    assert sum(column("scores-by-course", rows, "attempts")) == len(results)
    assert sorted(column("scores-by-course", rows, "attempts")) == sorted(n for _, n in courses)
    assert sum(column("scores-by-course", rows, "passed")) == sum(one.passed for one in results)
    for row in rows:
        _code, _course, _learners, attempts, passed, rate, average, best = row
        assert rate == passed * 1000 // attempts
        assert 400 <= average <= best <= 1000
    day = TODAY + timedelta(days=1)
    assert (
        reports.page(SYSTEM, "scores-by-course", ALL.filtered_by([("from", str(day))])).total == 0
    )


def test_certificates_say_whether_they_hold(site: Site, reports: Reports) -> None:
    with site.read() as session:
        some = session.scalars(sa.select(CertificateRow).order_by(CertificateRow.number)).first()
    assert some is not None
    with site.transaction(SYSTEM, "certificate.revoke", reason="Wrong person") as unit:
        unit.add(
            RevocationRow(
                certificate_id=some.id, reason="Wrong person", at=site.clock.now(), by=None
            )
        )

    revoked = reports.page(SYSTEM, "certificates", ALL.filtered_by([("state", "revoked")]))
    expired = reports.page(SYSTEM, "certificates", ALL.filtered_by([("state", "expired")]))

    assert column("certificates", revoked.rows, "certificate") == [some.number]
    assert column("certificates", revoked.rows, "reason") == ["Wrong person"]
    assert all(day < TODAY for day in column("certificates", expired.rows, "valid_until"))
    assert expired.total > 0


def test_an_auditors_visits_are_seen(site: Site, reports: Reports) -> None:
    with site.transaction(SYSTEM, "account.add") as unit:
        account = AccountRow(login="inspector", name="R. Shah, FDA")
        unit.add(account)
        unit.flush()
        at = site.clock.now()
        unit.add(RoleGrantRow(account_id=account.id, role="auditor", granted_at=at))
        unit.add(
            SignInRow(account_id=account.id, event=SignInEvent.IN, method="login+password", at=at)
        )
        unit.add(SignInRow(account_id=None, event=SignInEvent.REFUSED, method="login", at=at))

    rows = reports.page(SYSTEM, "sign-ins", ALL.filtered_by([("role", "auditor")])).rows

    assert column("sign-ins", rows, "name") == ["R. Shah, FDA"]
    table = reports.table(SYSTEM, "sign-ins", ALL)
    assert "Login and password" in {cell for row in table.text_rows for cell in row}
    assert reports.page(SYSTEM, "sign-ins", ALL).total == 2


def answer_a_question(site: Site) -> None:
    """Let three attempts answer one question: wrong then right, right, wrong."""
    bank, question, version = new_id(), new_id(), new_id()
    with site.read() as session:
        attempts = list(
            session.scalars(
                sa.select(AttemptRow.id).join(
                    AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id
                )
            )
        )[:3]
    now = site.clock.now()
    with site.transaction(SYSTEM, "bank.add") as unit:
        unit.add(QuestionBankRow(id=bank, code="LOTO", title="Lockout"))
        unit.flush()
        unit.add(QuestionRow(id=question, bank_id=bank, name="Lock first?", position=0))
        unit.flush()
        unit.add(
            QuestionVersionRow(
                id=version,
                question_id=question,
                number=1,
                type="true_false",
                question={},
                written_at=now,
            )
        )
        for attempt, share, minutes in (
            (attempts[0], 0, 1),
            (attempts[0], 1, 2),
            (attempts[1], 1, 1),
            (attempts[2], 0, 1),
        ):
            unit.add(
                ResponseRow(
                    attempt_id=attempt,
                    question_version_id=version,
                    response=True,
                    share=Fraction(share),
                    at=now + timedelta(minutes=minutes),
                )
            )


def test_questions_count_the_last_response(site: Site, reports: Reports) -> None:
    answer_a_question(site)

    rows = reports.page(SYSTEM, "questions", ALL).rows

    assert rows == (("LOTO", 1, "Lock first?", 1, "true_false", 3, 2, 666),)
    assert reports.table(SYSTEM, "questions", ALL).text_rows[0][4] == "True or false"


def test_refusals_are_one_sentence_in_every_language() -> None:
    assert issubclass(FilterRefused, UserFacingError)
    assert "hi" in LANGUAGES
    assert FilterRefused("x=1", ["a", "b"]).sentence.count("\n") == 0
