"""Certificates by mail: chosen ones, on issue, once each, and noted in the register of what left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.paging import PageRequest
from app.core.certificates import CertificateSummary
from app.core.content import AssetMissing
from app.core.egress import SavedFileRow
from app.core.journal import Site
from app.core.links import MailPlan, MailRefused, MailState, NotTheSender, Outbox
from app.core.links.mail import outbox as written_at_once
from app.core.people import PersonId
from app.core.training.reminders import Reminders
from tests.core.certificates.plants import Plant, a_plant, viewer
from tests.support.clock import TurnedClock
from tests.support.mail_relay import MailRelay, relaying

SYSTEM = system_actor()


@pytest.fixture
def plant(site: Site, clock: TurnedClock, tmp_path: Path) -> Plant:
    return a_plant(site, clock, tmp_path, "Bharat Forge, Pune", has_keys=True)


@pytest.fixture
def outbox(plant: Plant) -> Outbox:
    made = Outbox(
        plant.site, plant.keys, plant.assets, Reminders(plant.site), plant.certificates, "Pune"
    )
    made.sending.patience = 2.0
    return made


def let_send(outbox: Outbox, port: int = 0, *, on_issue: bool = False) -> None:
    plan = MailPlan(
        host="127.0.0.1" if port else "", port=port or 25, sender="t@plant.example",
        mails_certificates=on_issue, sends_here=True,
    )  # fmt: skip
    outbox.plans.keep(SYSTEM, plan)


def certified(
    plant: Plant, number: str, email: str, name: str = "आशा कुलकर्णी"
) -> tuple[Actor, CertificateSummary]:
    learner, certificate = plant.certified(number, name)
    plant.rename(learner, email=email, language="hi")
    return learner, certificate


@contextmanager
def mailed(
    plant: Plant, outbox: Outbox, email: str
) -> Iterator[tuple[Actor, CertificateSummary, MailRelay]]:
    """Let a certificate wait to be sent to an address by a relay that is there."""
    learner, certificate = certified(plant, "E-1", email)
    with relaying() as relay:
        let_send(outbox, relay.port)
        assert outbox.mail_certificates(SYSTEM, [certificate.id]) == 1
        yield learner, certificate, relay


def test_a_chosen_certificate_is_sent_once_with_the_very_bytes_of_the_register(
    plant: Plant, outbox: Outbox, site: Site
) -> None:
    learner, certificate = certified(plant, "E-1", "asha@plant.example")
    with relaying() as relay:
        let_send(outbox, relay.port)
        assert outbox.mail_certificates(SYSTEM, [certificate.id]) == 1
        assert outbox.mail_certificates(SYSTEM, [certificate.id]) == 0
        assert outbox.send(SYSTEM).sent == 1
        (letter,) = relay.messages()
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == f"{certificate.number}.pdf"
    assert attached.get_content() == plant.document(certificate)
    assert certificate.number in letter["Subject"]
    assert "आशा" in str(letter["To"])
    with site.read() as session:
        (line,) = session.scalars(sa.select(SavedFileRow))
    assert (line.kind, line.title, line.saved_to, line.about_id) == (
        "certificate", certificate.number, "asha@plant.example", learner.person_id,
    )  # fmt: skip


def test_a_certificate_that_went_astray_is_sent_again_to_the_right_address(
    plant: Plant, outbox: Outbox
) -> None:
    with mailed(plant, outbox, "asha@wrong.example") as (learner, certificate, relay):
        assert outbox.send(SYSTEM).sent == 1
        plant.rename(learner, email="asha@right.example")
        (first,) = outbox.page(SYSTEM, PageRequest()).rows
        assert outbox.mail_certificates(SYSTEM, [certificate.id]) == 0
        assert outbox.send_again(SYSTEM, first.id, "The address was wrong") == 1
        assert outbox.send(SYSTEM).sent == 1
        assert [str(one["To"].addresses[0].addr_spec) for one in relay.messages()] == [
            "asha@wrong.example", "asha@right.example",
        ]  # fmt: skip
        revoker = viewer(Capability.REVOKE_CERTIFICATES, Capability.VIEW_RECORDS)
        plant.certificates.revoke(revoker, certificate.number, "Wrong person")
        with pytest.raises(MailRefused, match="Nothing of the message is so"):
            outbox.send_again(SYSTEM, first.id, "Once more")
        with pytest.raises(MailRefused, match="not written to a stick"):
            outbox.send_again(SYSTEM, first.id, "Once more", whole_stick=True)


def test_what_waits_goes_to_the_address_of_the_day_and_is_listed_with_it(
    plant: Plant, outbox: Outbox
) -> None:
    with mailed(plant, outbox, "asha@wrong.example") as (learner, _certificate, relay):
        plant.rename(learner, email="asha@right.example")
        (waits,) = outbox.page(SYSTEM, PageRequest()).rows
        assert waits.address == "asha@right.example"
        outbox.send(SYSTEM)
        (letter,) = relay.messages()
    assert letter["To"].addresses[0].addr_spec == "asha@right.example"
    assert letter.get_body() is not None


def test_on_issue_those_go_that_are_issued_from_then_on(
    plant: Plant, outbox: Outbox, clock: TurnedClock
) -> None:
    certified(plant, "E-1", "before@plant.example")
    clock.turn(timedelta(minutes=1))
    let_send(outbox, on_issue=True)
    clock.turn(timedelta(minutes=1))
    certified(plant, "E-2", "after@plant.example")
    certified(plant, "E-3", "")
    assert outbox.compose(SYSTEM) == 1
    assert outbox.compose(SYSTEM) == 0
    (message,) = outbox.page(SYSTEM, PageRequest()).rows
    assert message.address == "after@plant.example"


def test_on_issue_every_one_goes_however_many_there_are_and_whenever_the_address_comes(
    plant: Plant, outbox: Outbox, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_at_once, "_CERTIFICATES_AT_ONCE", 2)
    let_send(outbox, on_issue=True)
    clock.turn(timedelta(minutes=1))
    late, _certificate = certified(plant, "E-0", "")
    for number in range(1, 5):
        certified(plant, f"E-{number}", f"p{number}@plant.example")
        clock.turn(timedelta(minutes=1))

    assert [outbox.compose(SYSTEM) for _round in range(3)] == [2, 2, 0]
    plant.rename(late, email="late@plant.example")
    assert outbox.compose(SYSTEM) == 1
    addresses = [one.address for one in outbox.page(SYSTEM, PageRequest(sort="made_at")).rows]
    assert addresses[-1] == "late@plant.example"
    assert len(set(addresses)) == 5


def test_what_cannot_be_sent_is_refused_with_a_sentence(plant: Plant, outbox: Outbox) -> None:
    learner, certificate = certified(plant, "E-1", "")
    with pytest.raises(NotTheSender):
        outbox.mail_certificates(SYSTEM, [certificate.id])
    let_send(outbox)
    with pytest.raises(MailRefused, match="has no mail address"):
        outbox.mail_certificates(SYSTEM, [certificate.id])
    plant.rename(learner, email="asha@plant.example")
    revoker = viewer(Capability.REVOKE_CERTIFICATES, Capability.VIEW_RECORDS)
    plant.certificates.revoke(revoker, certificate.number, "Wrong person")
    with pytest.raises(MailRefused, match="is revoked"):
        outbox.mail_certificates(SYSTEM, [certificate.id])
    assert outbox.counts(SYSTEM).waiting == 0


def test_a_document_that_was_destroyed_is_given_up_and_says_why(
    plant: Plant, outbox: Outbox
) -> None:
    learner, certificate = certified(plant, "E-1", "asha@plant.example")
    with relaying() as relay:
        let_send(outbox, relay.port)
        outbox.mail_certificates(SYSTEM, [certificate.id])
        detail = plant.certificates.detail(SYSTEM, certificate.id)
        assert detail.document is not None
        plant.assets.path(detail.document.sha256).unlink()
        with pytest.raises(AssetMissing):
            plant.assets.read(detail.document.sha256)
        done = outbox.send(SYSTEM)
        assert (done.sent, done.given_up, relay.taken) == (0, 1, [])
    (message,) = outbox.page(SYSTEM, PageRequest()).rows
    assert message.state is MailState.GIVEN_UP
    assert message.why != ""
    assert learner.person_id is not None
    assert outbox.forget([PersonId(learner.person_id)]) == 1
