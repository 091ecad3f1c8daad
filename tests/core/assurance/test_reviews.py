"""The audit trail is reviewed by month, with a signature; a month nobody reviewed is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.core.assurance import (
    DaysNotOver,
    NewIncident,
    NewReview,
    OversightRule,
    SaidTooLittle,
    Severity,
)
from app.core.assurance.errors import AlreadyClosed
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.people import NewPerson
from app.core.signatures import Proof, SignatureState, Undersigned
from app.services import Services
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.in_touch import first_pc
from tests.support.pdfs import text_of
from tests.support.signers import LIGHT, LOGIN, PASSWORD, found_administrator
from tests.ui.reports.opened import somebody

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock) -> Iterator[Services]:
    pc = first_pc(tmp_path, clock)
    found_administrator(pc)
    opened = assemble(pc.opened, LIGHT)
    yield opened
    opened.close()


@pytest.fixture
def boss(services: Services) -> Actor:
    actor = services.sign_in.sign_in(LOGIN, PASSWORD).actor
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    return actor


def in_december(clock: TurnedClock, day: int) -> None:
    clock.turn(SOME_MORNING.replace(month=12, day=day) - clock.now())


def november(findings: str = "Nothing out of the ordinary.") -> NewReview:
    return NewReview(
        first_on=NOVEMBER[0],
        last_on=NOVEMBER[1],
        looked_at=("account.", "sign-in.locked"),
        findings=findings,
    )


def signed(services: Services, actor: Actor, shown: str) -> Undersigned:
    return Undersigned(services.signatures.pen(actor, Proof(password=PASSWORD, name=LOGIN)), shown)


def test_a11_09_a_month_that_nobody_reviewed_is_overdue_until_somebody_signs_what_was_found(
    services: Services, boss: Actor, clock: TurnedClock
) -> None:
    services.oversight_rules.say(boss, OversightRule(review_days=10), "SOP QA-021")
    services.people.add(boss, NewPerson(number="E-2", name="Ravi"))
    in_december(clock, 10)
    assert services.oversight.checks() == ()
    in_december(clock, 11)
    (late,) = services.oversight.checks()
    assert (late.key, late.says) == ("audit-reviews", "1 month waits for its review: Nov 2026")

    reviews, new = services.audit_reviews, november()
    offered = {one.actions: one.entries for one in reviews.offers(boss, *NOVEMBER)}
    assert offered["site."] >= 1
    shown = reviews.shown(boss, new)
    reviews.sign(boss, new, signed(services, boss, shown))

    assert services.oversight.checks() == ()
    month = reviews.months(boss)[1]
    assert month.review is not None
    assert (month.review.by, month.review.findings) == (
        "Meera Joshi",
        "Nothing out of the ordinary.",
    )
    assert [one.title for one in month.review.looked_at] == [
        "Accounts, PINs and passwords",
        "Accounts that were locked",
    ]
    (line,) = services.signatures.under(month.review.id)
    detail = services.signatures.signature(boss, line.id)
    assert detail.state is SignatureState.VALID
    assert "Looked at:" in detail.shown


def test_days_that_are_not_over_and_a_review_without_words_are_refused(
    services: Services, boss: Actor, clock: TurnedClock
) -> None:
    reviews = services.audit_reviews
    with pytest.raises(DaysNotOver):
        reviews.shown(boss, november())
    in_december(clock, 1)
    with pytest.raises(SaidTooLittle):
        reviews.shown(boss, november("  "))
    with pytest.raises(NotAllowed):
        reviews.shown(somebody("Ravi", Capability.ASSIGN), november())


def test_months_before_a_site_asked_for_reviews_are_not_late(
    services: Services, boss: Actor, clock: TurnedClock
) -> None:
    in_december(clock, 5)
    services.oversight_rules.say(boss, OversightRule(review_days=1), "SOP QA-021")
    in_december(clock, 31)

    assert [one.due_on for one in services.audit_reviews.months(boss)] == [date(2027, 1, 1), None]
    assert services.oversight.checks() == ()


def test_a11_13_an_incident_is_logged_with_its_entries_and_closed_with_a_signature(
    services: Services, boss: Actor, clock: TurnedClock
) -> None:
    incidents = services.incidents
    entry = services.reports.audit.page(boss).rows[0].position
    incident_id = incidents.report(
        boss,
        NewIncident(
            title="Records  closed by themselves",
            what="The window closed during the shift change.",
            severity=Severity.MAJOR,
            happened_at=clock.now() - timedelta(hours=2),
            entries=(entry,),
        ),
    )
    (check,) = services.oversight.checks()
    assert (check.key, check.says) == ("incidents", "1 incident is open.")
    incidents.note(boss, incident_id, "The log of the program was saved.")
    with pytest.raises(SaidTooLittle):
        incidents.shown(boss, incident_id, "", "Cable replaced.")
    shown = incidents.shown(boss, incident_id, "A loose power cable.", "Cable replaced.")
    incidents.close(
        boss,
        incident_id,
        "A loose power cable.",
        "Cable replaced.",
        signed(services, boss, shown),
    )

    (closed,) = incidents.incidents(boss)
    assert not closed.is_open
    assert (closed.title, closed.entries) == ("Records closed by themselves", (entry,))
    assert [(one.closes, one.done) for one in closed.steps] == [
        (False, "The log of the program was saved."),
        (True, "Cable replaced."),
    ]
    assert services.oversight.checks() == ()
    with pytest.raises(AlreadyClosed):
        incidents.note(boss, incident_id, "One more thing.")
    assert services.journal.verify(boss).ok


def test_a11_11_an_evaluation_gathers_what_happened_and_what_was_found(
    services: Services, boss: Actor, clock: TurnedClock, tmp_path: Path
) -> None:
    services.incidents.report(
        boss,
        NewIncident(
            title="Reader fell off the wall",
            what="At gate 1.",
            severity=Severity.MINOR,
            happened_at=clock.now(),
        ),
    )
    services.backups.make(boss)
    in_december(clock, 2)
    new = november("Two accounts were locked; both by their owners.")
    shown = services.audit_reviews.shown(boss, new)
    services.audit_reviews.sign(boss, new, signed(services, boss, shown))

    made = services.evaluations.made(boss, date(2026, 1, 1), date(2026, 12, 2), NoProgress())
    paper = tmp_path / "evaluation.pdf"
    services.egress.save(boss, paper, made)

    words = text_of(paper)
    for said in (
        "Reader fell off the wall",
        "Two accounts were locked; both by their owners.",
        "Access given and taken away",
        "Administrator",
        "Parts by others, with licences",
        "Settings in force",
        "Incident reported",
        "What did not work",
    ):
        assert said in words, said
    with pytest.raises(DaysNotOver):
        services.evaluations.made(boss, date(2026, 12, 2), date(2026, 1, 1), NoProgress())


def test_p11_29_tests_of_badge_readers_are_kept_and_told_when_they_are_due_again(
    services: Services, boss: Actor, clock: TurnedClock
) -> None:
    readers = services.reader_tests
    services.oversight_rules.say(boss, OversightRule(reader_days=90), "SOP IT-009")
    first = readers.keep(boss, "Gate 1", is_right=True)
    assert first.due_on == date(2027, 2, 21)
    assert services.oversight.checks() == ()

    clock.turn(timedelta(days=91))
    (late,) = services.oversight.checks()
    assert late.key == "readers"
    assert "Gate 1" in late.says
    readers.keep(boss, "gate 1", is_right=True)
    assert services.oversight.checks() == ()
    with pytest.raises(SaidTooLittle):
        readers.keep(boss, "Gate 1", is_right=False)
    readers.keep(boss, "Gate 1", is_right=False, remark="Reads nothing since the rain.")
    assert [one.key for one in services.oversight.checks()] == ["readers"]
    assert [(one.reader, one.is_right) for one in readers.readers(boss)] == [("Gate 1", False)]
