"""What paper says stands in the person's record, marked and signed, on screen, on paper and in files."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pypdfium2
import pytest

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.courses import Outline
from app.core.courses.models import CourseVersionRow
from app.core.learning.models import CourseCompletionRow, CourseStartRow
from app.core.reports import Dossier, Reports, ReportTable, dossier_document, table_bytes
from app.core.signatures import SignatureState, state_in_words
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.signing import SigningRule, SigningTerms
from tests.core.training.conftest import SYSTEM
from tests.core.training.paper.conftest import Shop
from tests.support.teaching import a_lesson, published

TODAY = date(2026, 11, 23)


@pytest.fixture
def reports(shop: Shop) -> Reports:
    return Reports(shop.pc.opened.site, shop.pc.opened.keys)


def record(shop: Shop, reports: Reports) -> tuple[Dossier, dict[str, ReportTable]]:
    tables = reports.dossiers.tables(SYSTEM, shop.ids["E-2"])
    return reports.dossiers.of(SYSTEM, shop.ids["E-2"]), {one.key: one for one in tables}


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def test_d14_old_training_is_marked_as_migrated_and_waits_until_it_is_signed(
    shop: Shop, reports: Reports
) -> None:
    batch_id = shop.bring()
    dossier, tables = record(shop, reports)
    assert [(one.kind, one.state) for one in dossier.evidence] == [("migrated", "waits")] * 2
    shop.sign(batch_id)

    dossier, tables = record(shop, reports)

    assert [(one.code, one.kind, one.state) for one in dossier.evidence] == [
        ("FORK", "migrated", "counts"),
        ("FIRST-AID", "migrated", "counts"),
    ]
    assert tables["dossier-evidence"].text_rows[0][3] == "Migrated"
    assert "Migrated" in table_bytes(tables["dossier-evidence"], "csv").decode("utf-8-sig")


def test_a_batch_that_was_taken_back_is_not_shown(shop: Shop, reports: Reports) -> None:
    shop.legacy.take_back(shop.ravi, shop.bring(), "Wrong list")

    assert record(shop, reports)[0].evidence == ()


def test_p11_13_p11_14_screen_pdf_and_csv_show_name_meaning_and_local_time_with_its_zone(
    shop: Shop, reports: Reports
) -> None:
    shop.sign(shop.bring())
    dossier, tables = record(shop, reports)

    (signed,) = dossier.signatures
    assert (signed.signer, signed.meaning, signed.state) == (
        "Meera Joshi (E-1)",
        "Confirmed",
        state_in_words(SignatureState.VALID),
    )
    assert signed.signed_at.endswith("UTC+05:30")
    csv = table_bytes(tables["dossier-signatures"], "csv").decode("utf-8-sig")
    document = dossier_document("Record", dossier, tuple(tables.values()), NoProgress())
    alone = dossier_document("Record", dossier, (tables["dossier-courses"],), NoProgress())
    for told in (csv, pdf_text(document.content), pdf_text(alone.content)):
        for words in ("Meera Joshi (E-1)", "Confirmed", signed.signed_at):
            assert words in told


def test_a_signature_that_was_changed_says_so_in_the_record(shop: Shop, reports: Reports) -> None:
    shop.sign(shop.bring())
    good = record(shop, reports)[0].signatures[0].state
    with shop.pc.opened.site.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO projection_turn DEFAULT VALUES")
        connection.exec_driver_sql(
            "UPDATE signature SET payload = replace(payload, 'Meera', 'Ravi')"
        )
        connection.exec_driver_sql("DELETE FROM projection_turn")

    assert record(shop, reports)[0].signatures[0].state != good


@pytest.fixture
def completion(shop: Shop) -> UUID:
    """E-2 completed a course with 54 %."""
    site = shop.pc.opened.site
    course_id = published(site, Outline(title="Lock-out", lessons=(a_lesson("page"),)), "LOTO")
    completion_id, now = new_id(), site.clock.now()
    with site.transaction(SYSTEM, "test.complete") as unit:
        version = unit.query(CourseVersionRow).filter_by(course_id=course_id).one()
        start = CourseStartRow(
            person_id=shop.ids["E-2"],
            course_id=course_id,
            version_id=version.id,
            cycle=1,
            at=now,
        )
        unit.add(start)
        unit.flush()
        unit.add(
            CourseCompletionRow(
                id=completion_id,
                start_id=start.id,
                person_id=shop.ids["E-2"],
                course_id=course_id,
                at=now,
                score=Fraction(54, 100),
                valid_until=None,
            )
        )
    return completion_id


def test_a11_08_a_corrected_score_has_a_mark_and_a_footnote_on_the_printed_transcript(
    shop: Shop, reports: Reports, completion: UUID
) -> None:
    corrections = shop.school.training.corrections
    wanted = ToCorrect(
        kind=RecordKind.COMPLETION,
        record_id=completion,
        field="score",
        new="45",
        reason="Two figures were swapped",
    )
    made = corrections.correct(shop.ravi, wanted)
    assert record(shop, reports)[0].courses[0].score == 540
    corrections.approve(shop.meera, made)

    dossier, tables = record(shop, reports)

    assert (dossier.courses[0].score, dossier.courses[0].marks) == (450, "Δ1")
    text = pdf_text(
        dossier_document("Record", dossier, tuple(tables.values()), NoProgress()).content
    )
    assert "Δ1" in text
    for words in ("54%", "45%", "Two figures were swapped", "Ravi Das", "Meera Joshi"):
        assert words in text


def test_a_signed_correction_of_evidence_stands_beside_the_old_one_in_the_record(
    shop: Shop, reports: Reports
) -> None:
    terms = SigningTerms(from_on=TODAY, corrections=SigningRule.SIGNED)
    shop.school.training.signing.say(shop.meera, terms, "The customer asks for it")
    entered = EnteredEvidence(issuer="RTO", number="F-1", obtained_on=date(2026, 6, 1))
    evidence = shop.school.training.assignments.evidence.enter(
        shop.ravi, shop.ids["E-2"], shop.requirements["FORK"], entered
    )
    wanted = ToCorrect(
        kind=RecordKind.EVIDENCE, record_id=evidence, field="number", new="F-2", reason="Misread"
    )
    corrections = shop.school.training.corrections
    corrections.correct(shop.meera, wanted, shop.signed(corrections.text(shop.meera, wanted)))

    dossier, _tables = record(shop, reports)

    assert (dossier.evidence[0].number, dossier.evidence[0].marks) == ("F-2", "Δ1")
    assert [(one.mark, one.old, one.new) for one in dossier.corrections] == [("Δ1", "F-1", "F-2")]
    assert [one.meaning for one in dossier.signatures] == ["Corrected"]


def test_p11_13_the_report_of_old_training_says_migrated_and_who_signed(
    shop: Shop, reports: Reports
) -> None:
    shop.sign(shop.bring())

    table = reports.table(SYSTEM, "old-training", PageRequest())

    keys = [one.key for one in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.text_rows]
    assert [(one["number"], one["code"], one["kind"], one["state"]) for one in rows] == [
        ("E-2", "FORK", "Migrated", "Signed"),
        ("E-2", "FIRST-AID", "Migrated", "Signed"),
        ("E-3", "FORK", "Migrated", "Signed"),
    ]
    assert (rows[0]["signer"], rows[0]["meaning"]) == ("Meera Joshi", "Confirmed")
    assert rows[0]["local"].endswith("UTC+05:30")
    for form in ("csv", "xlsx", "pdf"):
        assert table_bytes(table, form)
