"""Corrections: the old stays, the new is told beside it, signed, by two where it matters."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.people import Audience
from app.core.signatures import Meaning, SignatureState
from app.core.training import (
    DueRule,
    ReasonNeeded,
    Source,
    Substitutes,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import AssignmentSummary, EnteredEvidence
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.models import EvidenceRow
from app.core.training.requirements import RequirementChange
from app.core.training.signing import (
    NothingWaits,
    NotOneself,
    SignatureMissing,
    SigningRule,
    SigningTerms,
)
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.paper.conftest import Shop
from tests.support.clock import TurnedClock

TODAY = date(2026, 11, 23)


@pytest.fixture
def evidence(shop: Shop) -> UUID:
    """Ravi entered a licence of 1 June 2026: a year."""
    entered = EnteredEvidence(issuer="RTO", number="F-1", obtained_on=date(2026, 6, 1))
    proving = shop.school.training.assignments.evidence
    return proving.enter(shop.ravi, shop.ids["E-2"], shop.requirements["FORK"], entered)


def to_correct(
    record_id: UUID, field: str, new: str, kind: RecordKind = RecordKind.EVIDENCE
) -> ToCorrect:
    return ToCorrect(kind=kind, record_id=record_id, field=field, new=new, reason="Misread")


def test_a_slip_of_the_pen_is_corrected_at_once_and_the_old_stays(
    shop: Shop, evidence: UUID
) -> None:
    corrections = shop.school.training.corrections

    corrections.correct(shop.ravi, to_correct(evidence, "number", "F-2"))

    (one,) = corrections.of_person(shop.ravi, shop.ids["E-2"])
    assert (one.old, one.new, one.reason, one.is_accepted, one.second) == (
        "F-1",
        "F-2",
        "Misread",
        True,
        "",
    )
    with shop.pc.opened.site.read() as session:
        assert session.get_one(EvidenceRow, evidence).number == "F-1"
    (record,) = corrections.records(shop.ravi, shop.ids["E-2"])
    assert record.values["number"] == "F-2"
    corrections.correct(shop.ravi, to_correct(evidence, "number", "F-3"))
    assert [each.old for each in corrections.of_person(shop.ravi, shop.ids["E-2"])] == [
        "F-1",
        "F-2",
    ]


def test_i22_a_day_on_which_validity_hangs_takes_a_second_person(
    shop: Shop, evidence: UUID
) -> None:
    corrections = shop.school.training.corrections
    assert shop.held("E-2", "FORK") == date(2027, 6, 1)
    made = corrections.correct(shop.ravi, to_correct(evidence, "obtained_on", "2026-03-01"))
    assert shop.held("E-2", "FORK") == date(2027, 6, 1)
    (waiting,) = corrections.waiting(shop.meera)
    assert (waiting.is_critical, waiting.is_mine) == (True, False)
    with pytest.raises(NotOneself):
        corrections.approve(shop.ravi, made)

    corrections.approve(shop.meera, made)

    assert shop.held("E-2", "FORK") == date(2027, 3, 1)
    (one,) = corrections.of_person(shop.ravi, shop.ids["E-2"])
    assert (one.is_accepted, one.second) == (True, "Meera Joshi")
    with pytest.raises(NothingWaits):
        corrections.approve(shop.meera, made)
    again = corrections.correct(shop.ravi, to_correct(evidence, "valid_until", "2026-12-31"))
    corrections.approve(shop.meera, again)
    assert shop.held("E-2", "FORK") == date(2026, 12, 31)
    assert verified(shop.pc.opened.site)


def test_a_correction_that_is_refused_changes_nothing(shop: Shop, evidence: UUID) -> None:
    corrections = shop.school.training.corrections
    made = corrections.correct(shop.ravi, to_correct(evidence, "obtained_on", "2026-03-01"))
    with pytest.raises(ReasonNeeded):
        corrections.refuse(shop.meera, made, " ")

    corrections.refuse(shop.meera, made, "The paper says June")

    assert shop.held("E-2", "FORK") == date(2027, 6, 1)
    assert corrections.waiting(shop.meera) == ()
    (record,) = corrections.records(shop.ravi, shop.ids["E-2"])
    assert record.values["obtained_on"] == "2026-06-01"


def test_evidence_that_was_an_error_counts_no_more_and_is_asked_for_again(
    shop: Shop,
) -> None:
    training = shop.school.training
    training.assign(SYSTEM, "FORK", Audience(numbers=("E-2",)), due_on=None, origin="The law")
    entered = EnteredEvidence(issuer="RTO", obtained_on=date(2026, 6, 1))
    evidence = training.assignments.evidence.enter(
        shop.ravi, shop.ids["E-2"], shop.requirements["FORK"], entered
    )
    made = training.corrections.correct(shop.ravi, to_correct(evidence, "counts", ""))

    training.corrections.approve(shop.meera, made)

    assert shop.held("E-2", "FORK") is None
    cycles = training.assignments.of_person(SYSTEM, shop.ids["E-2"])
    assert [one.stands.state.value for one in cycles] == ["completed", "assigned"]
    with pytest.raises(TrainingRefused, match="does not count"):
        training.corrections.correct(shop.ravi, to_correct(evidence, "number", "X"))


def prove(shop: Shop, code: str, on: date, until: date | None = None) -> UUID:
    entered = EnteredEvidence(issuer="RTO", obtained_on=on, valid_until=until)
    proving = shop.school.training.assignments.evidence
    return proving.enter(shop.ravi, shop.ids["E-2"], shop.requirements[code], entered)


def test_a_number_that_was_put_right_is_the_one_that_is_compared(shop: Shop) -> None:
    proving, fork = shop.school.training.assignments.evidence, shop.requirements["FORK"]
    paper = EnteredEvidence(issuer="RTO", number="MH-12", obtained_on=date(2026, 6, 1))
    kept = proving.enter(shop.ravi, shop.ids["E-2"], fork, paper)
    other = shop.ids["E-3"]
    assert len(proving.same_numbers(shop.ravi, other, fork, paper)) == 1
    corrections = shop.school.training.corrections
    corrections.correct(shop.ravi, to_correct(kept, "number", "MH-21"))

    assert proving.same_numbers(shop.ravi, other, fork, paper) == ()
    (same,) = proving.same_numbers(shop.ravi, other, fork, replace(paper, number="mh21"))
    assert (same.person, same.certificate) == ("Person E-2 (E-2)", "mh21")
    put_right(shop, kept, "counts", "")
    assert proving.same_numbers(shop.ravi, other, fork, replace(paper, number="mh21")) == ()


def put_right(shop: Shop, record_id: UUID, field: str, new: str) -> None:
    """Let two people correct evidence."""
    corrections = shop.school.training.corrections
    corrections.approve(
        shop.meera, corrections.correct(shop.ravi, to_correct(record_id, field, new))
    )


def cycles(shop: Shop, code: str) -> list[AssignmentSummary]:
    found = shop.school.training.assignments.of_person(SYSTEM, shop.ids["E-2"])
    return sorted((one for one in found if one.code == code), key=lambda one: one.cycle)


def linked(shop: Shop, asked: Substitutes = Substitutes.ANY) -> None:
    """Let FORK, for good, be met by REACH, or by REACH and TRUCK together; CRANE by FORK; all are assigned."""
    catalogue = shop.school.training.catalogue
    shop.add_requirement("REACH", "Reach truck")
    shop.add_requirement("TRUCK", "Truck")
    shop.add_requirement("CRANE", "Crane", months=None)
    good = Terms(
        from_on=TODAY,
        validity=Validity.FOR_GOOD,
        substitutes=asked,
        due_rule=DueRule.AFTER_ASSIGNMENT,
        due_days=14,
    )
    subs = ("REACH",) if asked is Substitutes.ANY else ("REACH", "TRUCK")
    ids = shop.requirements
    links = RequirementChange(terms=good, substitutes=tuple(ids[one] for one in subs))
    catalogue.change(SYSTEM, ids["FORK"], links)
    catalogue.change(SYSTEM, ids["CRANE"], RequirementChange(substitutes=(ids["FORK"],)))
    for code in ("FORK", "CRANE", "REACH"):
        who = Audience(numbers=("E-2",))
        shop.school.training.assign(SYSTEM, code, who, due_on=None, origin="The law")


def test_what_evidence_stood_in_for_falls_with_it_and_is_asked_for_again(
    shop: Shop, clock: TurnedClock
) -> None:
    linked(shop)
    licence = prove(shop, "REACH", date(2026, 6, 1))
    assert shop.held("E-2", "CRANE") == shop.held("E-2", "FORK") == date(2027, 6, 1)
    put_right(shop, licence, "valid_until", "2027-01-31")
    assert shop.held("E-2", "CRANE") == shop.held("E-2", "FORK") == date(2027, 1, 31)
    assert [one.stands.state.value for one in cycles(shop, "CRANE")] == ["completed"]
    clock.turn(timedelta(hours=1))

    put_right(shop, licence, "counts", "")

    assert shop.held("E-2", "CRANE") is shop.held("E-2", "FORK") is None
    for code in ("FORK", "CRANE", "REACH"):
        closed, again = cycles(shop, code)
        assert (closed.stands.state.value, again.stands.state.value) == ("completed", "assigned")
        assert again.origin == "Misread"
    assert cycles(shop, "FORK")[1].due_on == date(2026, 12, 7)  # as its terms say
    assert cycles(shop, "REACH")[1].due_on == TODAY  # its terms say nothing: at once
    assert shop.school.training.begin_day(SYSTEM).opened == 0
    prove(shop, "REACH", date(2026, 10, 1))  # the right one, which is older than the correction
    for code in ("FORK", "CRANE", "REACH"):
        assert [one.stands.state.value for one in cycles(shop, code)] == ["completed"] * 2
    assert verified(shop.pc.opened.site)


def test_what_stood_on_several_falls_with_each_of_them(shop: Shop) -> None:
    linked(shop, Substitutes.ALL)
    licence = prove(shop, "REACH", date(2026, 6, 1))
    truck = prove(shop, "TRUCK", date(2026, 7, 1))
    assert shop.held("E-2", "FORK") == date(2027, 6, 1)
    put_right(shop, licence, "valid_until", "2027-01-31")
    assert shop.held("E-2", "FORK") == date(2027, 1, 31)

    put_right(shop, licence, "counts", "")

    assert shop.held("E-2", "FORK") is None
    assert [one.stands.state.value for one in cycles(shop, "FORK")] == ["completed", "assigned"]
    prove(shop, "REACH", date(2026, 8, 1))
    assert shop.held("E-2", "FORK") == date(2027, 7, 1)
    put_right(shop, truck, "valid_until", "2026-11-01")
    assert shop.held("E-2", "FORK") == date(2026, 11, 1)
    assert [one.stands.state.value for one in cycles(shop, "FORK")][-1] == "assigned"


def test_evidence_that_falls_while_its_renewal_is_open_is_asked_for_at_once(
    shop: Shop, clock: TurnedClock
) -> None:
    linked(shop)
    licence = prove(shop, "REACH", date(2026, 6, 1), until=date(2026, 12, 20))
    shop.school.training.begin_day(SYSTEM)
    for code in ("FORK", "REACH"):
        assert cycles(shop, code)[-1].due_on == date(2026, 12, 20)
    clock.turn(timedelta(hours=1))
    put_right(shop, licence, "valid_until", "2026-12-05")
    for code in ("FORK", "REACH"):
        renewal = cycles(shop, code)[-1]
        assert (renewal.origin, renewal.due_on) == ("Misread", date(2026, 12, 5))
        assert (renewal.source, renewal.is_held) == (Source.RENEWAL, True)

    put_right(shop, licence, "counts", "")

    for code in ("FORK", "REACH"):
        *_before, replaced, again = cycles(shop, code)
        assert replaced.stands.state.value == "superseded"
        assert (again.stands.state.value, again.origin) == ("assigned", "Misread")
        assert again.due_on == {"FORK": date(2026, 12, 5), "REACH": TODAY}[code]
    assert shop.school.training.begin_day(SYSTEM).opened == 0


def test_what_was_corrected_and_ends_on_its_day_is_renewed_like_any_other(
    shop: Shop, clock: TurnedClock
) -> None:
    linked(shop)
    put_right(shop, prove(shop, "REACH", date(2026, 6, 1)), "valid_until", "2026-11-25")
    clock.turn(timedelta(days=5))

    for _again in range(2):
        shop.school.training.begin_day(SYSTEM)
        for code in ("FORK", "REACH"):
            _met, renewal = cycles(shop, code)
            assert (renewal.source, renewal.stands.state.value) == (Source.RENEWAL, "assigned")
            assert "valid until 25 Nov 2026" in renewal.origin
        clock.turn(timedelta(days=1))


def test_older_evidence_counts_again_when_newer_falls(shop: Shop) -> None:
    linked(shop)
    prove(shop, "REACH", date(2026, 5, 1))
    newer = prove(shop, "REACH", date(2026, 6, 1))
    assert shop.held("E-2", "REACH") == shop.held("E-2", "FORK") == date(2027, 6, 1)

    put_right(shop, newer, "counts", "")

    assert shop.held("E-2", "REACH") == shop.held("E-2", "FORK") == date(2027, 5, 1)
    assert [one.is_held for one in cycles(shop, "REACH")] == [True]
    assert [one.is_held for one in cycles(shop, "FORK")] == [True]


def test_old_training_of_a_signed_batch_is_corrected_row_by_row(shop: Shop) -> None:
    shop.sign(shop.bring())
    corrections = shop.school.training.corrections
    record = next(
        one for one in shop.legacy.of_person(shop.ravi, shop.ids["E-2"]) if one.code == "FIRST-AID"
    )
    wanted = to_correct(record.id, "trained_on", "2025-06-01", RecordKind.OLD)

    corrections.approve(shop.meera, corrections.correct(shop.ravi, wanted))

    assert shop.held("E-2", "FIRST-AID") == date(2028, 6, 1)
    score = to_correct(record.id, "score", "45%", RecordKind.OLD)
    corrections.approve(shop.meera, corrections.correct(shop.ravi, score))
    assert [one.new for one in corrections.of_person(shop.ravi, shop.ids["E-2"])] == [
        "2025-06-01",
        "45%",
    ]
    assert verified(shop.pc.opened.site)


def test_p11_15_the_old_signature_stays_on_the_old_and_the_correction_is_signed_apart(
    shop: Shop,
) -> None:
    batch_id = shop.bring()
    shop.sign(batch_id)
    terms = SigningTerms(from_on=TODAY, corrections=SigningRule.SIGNED)
    shop.school.training.signing.say(shop.meera, terms, "The customer asks for it")
    corrections = shop.school.training.corrections
    record = shop.legacy.of_person(shop.ravi, shop.ids["E-2"])[0]
    wanted = to_correct(record.id, "trainer", "S. Rao", RecordKind.OLD)
    with pytest.raises(SignatureMissing):
        corrections.correct(shop.meera, wanted)
    text = corrections.text(shop.meera, wanted)
    assert "R. Patil becomes S. Rao" in text

    made = corrections.correct(shop.meera, wanted, shop.signed(text))

    (before,) = shop.door.signatures.under(batch_id)
    (line,) = shop.door.signatures.under(made)
    assert (line.meaning, line.record_kind) == (Meaning.CORRECTED, "correction")
    for one in (before, line):
        assert shop.door.signatures.signature(shop.meera, one.id).state is SignatureState.VALID
    assert shop.door.signatures.under(record.id) == ()


@pytest.mark.parametrize(
    ("field", "new", "words"),
    [
        ("obtained_on", "2027-01-01", "has not come yet"),
        ("obtained_on", "2026-02-30", "is not a day"),
        ("obtained_on", "", "is not a day"),
        ("valid_until", "2026-01-01", "ended before"),
        ("number", "F-1", "stands there already"),
        ("colour", "red", "cannot be corrected"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    shop: Shop, evidence: UUID, field: str, new: str, words: str
) -> None:
    with pytest.raises(TrainingRefused, match=words):
        shop.school.training.corrections.correct(shop.ravi, to_correct(evidence, field, new))


def test_one_correction_of_a_record_waits_at_a_time(shop: Shop, evidence: UUID) -> None:
    corrections = shop.school.training.corrections
    corrections.correct(shop.ravi, to_correct(evidence, "obtained_on", "2026-03-01"))

    with pytest.raises(TrainingRefused, match="waits for somebody else"):
        corrections.correct(shop.ravi, to_correct(evidence, "number", "F-9"))


def test_nobody_corrects_their_own_record(shop: Shop) -> None:
    assert shop.meera.person_id is not None
    with pytest.raises(NotOneself):
        shop.school.training.corrections.records(shop.meera, shop.meera.person_id)
