"""The outbox against a real relay on loopback: sent once, put off, refused, crashed, written to a stick."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.certificates import Certificates
from app.core.content import AssetStore
from app.core.egress import FileTaken, SavedFileRow
from app.core.journal import Journal, Site
from app.core.keys import KeyFolder, SiteAuthority
from app.core.links import (
    MailKind,
    MailPlan,
    MailRefused,
    MailState,
    Message,
    NoRelay,
    NotTheSender,
    Outbox,
    Security,
)
from app.core.links.mail.models import OutboxRow
from app.core.links.mail.queue import LEASE, claim, wait_after
from app.core.links.mail.writing import written
from app.core.people import Audience, Destination, NewPerson, People, PersonChange
from app.core.training import (
    EvidenceRule,
    ReasonNeeded,
    RequirementType,
    Terms,
    Training,
    Validity,
)
from app.core.training.assignments import EnteredEvidence
from app.core.training.reminders import LadderWords, whom_told
from app.core.training.requirements import NewRequirement
from tests.support.clock import TurnedClock
from tests.support.mail_relay import MailRelay, own_certificate, relaying
from tests.support.sites import STATION
from tests.support.teaching import a_school

SYSTEM = system_actor()
TODAY = date(2026, 11, 23)
SENDER = "training@plant.example"
_MANY = 2_000
"""10,000 take a minute and show the same."""


class Desk:
    """An outbox over a site with its people and its training."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.keys = KeyFolder(folder / "keys", new_id())
        authority = SiteAuthority(self.keys, new_id(), "Pune")
        authority.create(site.clock.now())
        assets = AssetStore(folder / "assets", site.clock)
        self.training: Training = a_school(site).training
        certificates = Certificates(site, assets, authority, "PUN")
        reminders = self.training.reminders
        self.outbox = Outbox(site, self.keys, assets, reminders, certificates, "Pune plant")
        self.outbox.sending.patience = 2.0
        self.people = People(site)

    def plan(self, port: int = 0, **changes: object) -> None:
        """Let this PC send, by a relay where a port is given."""
        values: dict[str, object] = {
            "host": "127.0.0.1" if port else "", "port": port or 25, "sender": SENDER,
            "reminds": True, "sends_here": True, **changes,
        }  # fmt: skip
        self.outbox.plans.keep(SYSTEM, MailPlan(**values))  # type: ignore[arg-type]  # of each field its own

    def messages(self, *states: MailState) -> tuple[Message, ...]:
        filters = tuple(("state", one.value) for one in states)
        return self.outbox.page(SYSTEM, PageRequest(limit=20_000, filters=filters)).rows

    def register(self) -> list[SavedFileRow]:
        with self.site.read() as session:
            return list(session.scalars(sa.select(SavedFileRow).order_by(SavedFileRow.saved_at)))


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    """Asha and Ravi, whose supervisor is Meera; a course is due today; the ladder is on."""
    desk = Desk(site, tmp_path)
    unit = desk.people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
    meera = desk.people.add(
        SYSTEM, NewPerson(number="M-1", name="Meera", email="meera@plant.example")
    )
    place = Destination(org_unit_id=unit, manager_id=meera)
    for number, name, language in (("E-1", "Asha", "hi"), ("E-2", "Ravi", "en")):
        email = f"{name.casefold()}@plant.example"
        new = NewPerson(number=number, name=name, email=email, language=language, place=place)
        desk.people.add(SYSTEM, new)
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    kind = RequirementType.EXTERNAL
    title = "जीएसटी प्रशिक्षण — GST"
    new_one = NewRequirement(code="GST", title=title, type=kind, terms=terms)
    desk.training.catalogue.add(SYSTEM, new_one)
    ladder = LadderWords(
        from_on=TODAY, learner_before=7, supervisor_after=0, head_after=None, qa_after=None
    )
    desk.training.reminders.set_ladder(SYSTEM, ladder)
    to = Audience(numbers=("E-1", "E-2"))
    desk.training.assign(SYSTEM, "GST", to, due_on=TODAY, origin="All")
    return desk


@pytest.fixture
def relay() -> Iterator[MailRelay]:
    with relaying() as made:
        yield made


def fill(desk: Desk, count: int) -> None:
    """Put many messages into the outbox."""
    now = desk.site.clock.now()
    with desk.site.transaction(SYSTEM, "mail.compose") as unit:
        unit.insert_many(
            OutboxRow,
            (
                {
                    "id": new_id(), "key": f"k{number}", "kind": MailKind.REMINDER,
                    "person_id": None, "address": f"p{number}@plant.example", "name": f"P {number}",
                    "subject": "Due", "text": "Due\n", "attachment": "", "attachment_name": "",
                    "made_at": now, "state": MailState.QUEUED, "tries": 0, "next_at": now,
                    "left_at": None, "why": "",
                }
                for number in range(count)
            ),
        )  # fmt: skip


def test_everybody_gets_one_letter_in_their_language_and_nobody_two(
    desk: Desk, relay: MailRelay
) -> None:
    desk.plan(relay.port)
    assert desk.outbox.compose(SYSTEM) == 3  # Asha, Ravi, and one about both to Meera
    assert desk.outbox.compose(SYSTEM) == 0
    done = desk.outbox.send(SYSTEM)
    assert (done.sent, done.waiting, done.trouble) == (3, 0, "")
    assert sorted(relay.recipients) == [
        "asha@plant.example",
        "meera@plant.example",
        "ravi@plant.example",
    ]
    letters = {one["To"].addresses[0].addr_spec: one for one in relay.messages()}
    assert letters["ravi@plant.example"]["Subject"] == "Due on 23 Nov 2026: जीएसटी प्रशिक्षण — GST"
    both = letters["meera@plant.example"].get_content()
    assert "E-1 Asha, Finance" in both
    assert "E-2 Ravi" in both
    raw = next(one for one in relay.taken if b"ravi@" in one)
    assert raw.split(b"\r\n\r\n")[0].isascii()
    assert desk.outbox.send(SYSTEM).sent == 0
    assert [(one.kind, one.records, one.saved_to) for one in desk.register()] == [
        ("mail", 3, "127.0.0.1")
    ]
    assert {one.text for one in desk.messages()} == {""}  # not kept once it has left
    assert Journal(desk.site, STATION).verify(SYSTEM).ok


def test_a_pc_that_is_not_the_sender_opens_nothing(desk: Desk, relay: MailRelay) -> None:
    for act in (desk.outbox.compose, desk.outbox.send):
        with pytest.raises(NotTheSender):
            act(SYSTEM)
    desk.plan(relay.port, sends_here=False)
    with pytest.raises(NotTheSender):
        desk.outbox.compose(SYSTEM)
    assert desk.outbox.send_if_due().sent == 0
    assert relay.connections == 0
    desk.plan()
    with pytest.raises(NoRelay):
        desk.outbox.send(SYSTEM)


def test_months_without_a_relay_then_thousands_of_messages_go_out_in_batches(
    desk: Desk, clock: TurnedClock
) -> None:
    desk.plan(1)
    fill(desk, _MANY)
    for _month in range(3):
        done = desk.outbox.send(SYSTEM)
        assert "was not reached" in done.trouble
        assert done.waiting == _MANY
        clock.turn(timedelta(days=30))
    with relaying() as relay:
        desk.plan(relay.port)
        done = desk.outbox.send(SYSTEM)
        assert (done.sent, done.waiting, done.trouble) == (_MANY, 0, "")
        assert len(set(relay.recipients)) == len(relay.recipients) == _MANY
        assert relay.connections == _MANY // 50


def test_what_is_refused_is_given_up_and_what_is_put_off_is_tried_again(
    desk: Desk, clock: TurnedClock
) -> None:
    refused = {
        "p1@plant.example": "550 no such user\x1b[31m",
        "p2@plant.example": "450 later",
    }

    def answer(command: str) -> str | None:
        address = command.partition("<")[2].partition(">")[0]
        return refused.get(address) if command[:4].upper() == "RCPT" else None

    with relaying(answer) as relay:
        desk.plan(relay.port)
        fill(desk, 4)
        done = desk.outbox.send(SYSTEM)
        assert (done.sent, done.given_up, done.put_off) == (2, 1, 1)
        (gone,) = desk.messages(MailState.GIVEN_UP)
        assert (gone.address, gone.why) == ("p1@plant.example", "550 no such user [31m")
        (later,) = desk.messages(MailState.FAILED)
        assert (later.tries, later.why) == (1, "450 later")
        assert desk.outbox.send(SYSTEM).put_off == 0  # not before its time
        refused.clear()
        clock.turn(timedelta(minutes=1))
        assert desk.outbox.send(SYSTEM).sent == 1
        desk.outbox.try_again(SYSTEM, gone.id)
        assert desk.outbox.send(SYSTEM).sent == 1
        with pytest.raises(MailRefused, match="has left"):
            desk.outbox.give_up(SYSTEM, gone.id)
        assert desk.outbox.counts(SYSTEM).left == 4


@pytest.mark.parametrize(
    ("greeting", "answer", "words"),
    [
        ("554 go away", None, "lets nobody in now: 554 go away"),
        ("HTTP/1.1 400 Bad Request", None, "The relay"),
        ("220 hi", "MAIL:550 not you", "takes no mail from"),
        ("220 hi", "RCPT:421 closing", "ended the connection: 421 closing"),
        ("220 hi", "EHLO:" + "x" * 20_000, "ended the connection"),
        ("220 hi", "DATA:451 busy", ""),
    ],
)
def test_a_hostile_relay_loses_nothing_and_is_told_in_a_sentence(
    desk: Desk, greeting: str, answer: str | None, words: str
) -> None:
    verb, _colon, said = (answer or "NONE:").partition(":")

    def speak(command: str) -> str | None:
        return said if command.upper().startswith(verb) else None

    with relaying(speak, greeting) as relay:
        desk.plan(relay.port)
        fill(desk, 3)
        done = desk.outbox.send(SYSTEM)
    assert (done.sent, done.waiting) == (0, 3)
    assert words in done.trouble
    assert {one.state for one in desk.messages()} == {MailState.FAILED}


def test_a_login_crosses_the_network_encrypted_alone(desk: Desk, tmp_path: Path) -> None:
    with relaying() as relay:
        secret = {"security": Security.STARTTLS, "login": "plant"}
        desk.plan(relay.port, **secret)
        fill(desk, 1)
        assert "does not offer what the settings ask for" in desk.outbox.send(SYSTEM).trouble
        relay.tls = own_certificate(tmp_path)
        done = desk.outbox.send(SYSTEM, at_once=True)
        assert "certificate is not trusted on this PC" in done.trouble
        assert relay.logins == []
        plan = desk.outbox.plans.plan()
        plan = replace(plan, security=Security.UNCHECKED)
        desk.outbox.plans.keep(SYSTEM, plan, password="open sesame")
        assert desk.outbox.send(SYSTEM, at_once=True).sent == 1
        assert relay.logins == ["\0plant\0open sesame"]


def test_a_relay_that_drips_its_answer_is_left(desk: Desk) -> None:
    with relaying() as relay:
        relay.drip = 0.2
        desk.outbox.sending.patience = 0.5
        desk.plan(relay.port)
        fill(desk, 1)
        done = desk.outbox.send(SYSTEM)
    assert done.waiting == 1
    assert done.trouble != ""


def test_after_a_crash_between_send_and_note_the_message_goes_again_under_the_same_id(
    desk: Desk, clock: TurnedClock
) -> None:
    with relaying() as relay:
        desk.plan(relay.port)
        fill(desk, 3)
        relay.dies_after = 1  # it took the first, and the line is cut before it says so
        done = desk.outbox.send(SYSTEM)
        assert (done.sent, done.waiting) == (0, 3)
        clock.turn(timedelta(minutes=6))
        assert desk.outbox.send(SYSTEM).sent == 3
        ids = [one["Message-ID"] for one in relay.messages()]
        assert (len(ids), len(set(ids))) == (4, 3)


def test_who_died_while_sending_is_taken_over_when_the_lease_ends(
    desk: Desk, relay: MailRelay, clock: TurnedClock
) -> None:
    desk.plan(relay.port)
    fill(desk, 2)
    with desk.site.transaction(SYSTEM, "mail.claim") as unit:
        assert len(claim(unit, clock.now(), 50, at_once=False)) == 2
    assert desk.outbox.send(SYSTEM, at_once=True).sent == 0  # another program has them
    assert desk.outbox.counts(SYSTEM).waiting == 2
    clock.turn(LEASE)
    assert desk.outbox.send(SYSTEM).sent == 2


def test_messages_leave_on_a_stick_in_one_go_with_one_line_in_the_register(
    desk: Desk, tmp_path: Path
) -> None:
    desk.plan()
    desk.outbox.compose(SYSTEM)
    stick = tmp_path / "stick" / "mail"
    stick.parent.mkdir()
    assert desk.outbox.write(SYSTEM, stick) == 3
    files = sorted(stick.iterdir())
    assert len(files) == 3
    read = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]
    assert {one["To"].addresses[0].addr_spec for one in read} == {
        "asha@plant.example", "ravi@plant.example", "meera@plant.example",
    }  # fmt: skip
    assert len(desk.messages(MailState.WRITTEN)) == 3
    (line,) = desk.register()
    assert (line.records, line.saved_to) == (3, str(stick))
    with pytest.raises(MailRefused, match="No message waits"):
        desk.outbox.write(SYSTEM, stick.with_name("again"))
    fill(desk, 1)
    with pytest.raises(FileTaken):
        desk.outbox.write(SYSTEM, stick)
    assert desk.outbox.counts(SYSTEM).waiting == 1
    assert sorted(one.name for one in stick.parent.iterdir()) == ["mail"]


def test_who_is_overdue_gets_one_letter_more_that_names_the_work_once(
    desk: Desk, clock: TurnedClock, tmp_path: Path
) -> None:
    desk.plan()
    due = TODAY + timedelta(days=2)
    requirement = NewRequirement(
        code="LATE",
        title="Late",
        type=RequirementType.EXTERNAL,
        terms=Terms(from_on=TODAY, validity=Validity.FOR_GOOD),
    )
    desk.training.catalogue.add(SYSTEM, requirement)
    desk.training.assign(SYSTEM, "LATE", Audience(numbers=("E-2",)), due_on=due, origin="All")
    assert desk.outbox.compose(SYSTEM) == 3
    clock.turn(timedelta(days=3))
    assert desk.outbox.compose(SYSTEM) == 3  # to both, and to Meera
    assert desk.outbox.compose(SYSTEM) == 0
    late = [one for one in desk.messages() if one.name == "Ravi"][-1]
    assert late.text.count("(LATE): 1 day overdue") == 1
    assert late.subject == "2 trainings are due"
    clock.turn(timedelta(days=30))
    assert desk.outbox.compose(SYSTEM) == 0


@pytest.mark.parametrize("by_relay", [True, False])
def test_letters_that_waited_for_months_and_say_the_same_by_now_leave_once(
    desk: Desk, clock: TurnedClock, tmp_path: Path, *, by_relay: bool
) -> None:
    desk.plan(1)
    for _week in range(6):  # due, then overdue: two letters to each, and nobody takes them
        desk.outbox.compose(SYSTEM)
        assert "was not reached" in desk.outbox.send(SYSTEM).trouble
        clock.turn(timedelta(days=7))
    told = ["asha@plant.example", "meera@plant.example", "ravi@plant.example"]
    assert len(desk.messages()) == 5

    if by_relay:
        with relaying() as relay:
            desk.plan(relay.port)
            done = desk.outbox.send(SYSTEM)
            assert (done.sent, done.waiting) == (3, 0)
            assert sorted(relay.recipients) == told
    else:
        assert desk.outbox.write(SYSTEM, tmp_path / "stick") == 3

    gone = desk.messages(MailState.OVERTAKEN)
    assert {one.why for one in gone} == {"Another message says the same."}
    assert sorted({one.address for one in gone}) == ["asha@plant.example", "ravi@plant.example"]
    assert desk.outbox.compose(SYSTEM) == 0


def test_what_was_on_a_lost_stick_is_sent_again_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    desk.plan()
    desk.outbox.compose(SYSTEM)
    lost, found = tmp_path / "lost", tmp_path / "found"
    desk.outbox.write(SYSTEM, lost)
    asha = next(one for one in desk.messages() if one.name == "Asha")
    for message_id, reason, words in ((asha.id, " ", "reason"), (new_id(), "Lost", "message")):
        with pytest.raises((MailRefused, NotFound, ReasonNeeded), match=words):
            desk.outbox.send_again(SYSTEM, message_id, reason)
    requirement = desk.training.catalogue.coded(SYSTEM, "GST").summary.id
    ravi = desk.people.find(SYSTEM, "E-2").id
    desk.training.assignments.evidence.enter(
        SYSTEM, ravi, requirement, EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    )

    boss = Actor(account_id=new_id(), person_id=None, name="Boss", grants=SYSTEM.grants)
    assert desk.outbox.send_again(boss, asha.id, "The stick was lost", whole_stick=True) == 2
    with pytest.raises(MailRefused, match="waits"):
        desk.outbox.send_again(SYSTEM, asha.id, "Once more")
    assert desk.outbox.write(SYSTEM, found) == 2  # Ravi holds it by now
    texts = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in found.iterdir()]
    assert {one["To"].addresses[0].addr_spec for one in texts} == {
        "asha@plant.example", "meera@plant.example",
    }  # fmt: skip
    assert all("Ravi" not in one.get_content() and "GST" in one.get_content() for one in texts)
    old = [one for one in desk.messages(MailState.WRITTEN) if one.why]
    assert {one.why for one in old} == {"Sent again by Boss: The stick was lost"}
    assert len(desk.messages(MailState.WRITTEN)) == 5
    assert desk.outbox.compose(SYSTEM) == 0
    assert desk.outbox.send_again(SYSTEM, asha.id, "Lost, too") == 1


def test_who_gets_an_address_later_is_told_then(desk: Desk, relay: MailRelay) -> None:
    desk.plan(relay.port)
    desk.people.add(SYSTEM, NewPerson(number="E-3", name="Zoya"))
    to = Audience(numbers=("E-3",))
    desk.training.assign(SYSTEM, "GST", to, due_on=TODAY, origin="All")
    assert desk.outbox.compose(SYSTEM) == 3
    zoya = desk.people.find(SYSTEM, "E-3").id
    desk.people.edit(SYSTEM, zoya, PersonChange(email="zoya@plant.example"))
    assert desk.outbox.compose(SYSTEM) == 1


def test_what_waited_is_asked_again_when_it_leaves(desk: Desk, clock: TurnedClock) -> None:
    desk.plan(1)
    (unit,) = desk.people.organisation.org_units(SYSTEM)
    zoya = desk.people.add(SYSTEM, NewPerson(number="M-2", name="Zoya", email="zoya@plant.example"))
    place = Destination(org_unit_id=unit.id, manager_id=zoya)
    omar = NewPerson(number="E-3", name="Omar", email="omar@plant.example", place=place)
    desk.people.add(SYSTEM, omar)
    to = Audience(numbers=("E-3",))
    desk.training.assign(SYSTEM, "GST", to, due_on=TODAY, origin="All")
    assert desk.outbox.compose(SYSTEM) == 5
    gst = desk.training.catalogue.coded(SYSTEM, "GST").summary.id
    asha, ravi, meera = (desk.people.find(SYSTEM, one).id for one in ("E-1", "E-2", "M-1"))
    shown = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    desk.training.assignments.evidence.enter(SYSTEM, ravi, gst, shown)
    clock.turn(timedelta(days=60))
    desk.people.leave(SYSTEM, asha, TODAY + timedelta(days=30))
    with relaying() as relay:
        desk.plan(relay.port)
        assert desk.outbox.send(SYSTEM, at_once=True).sent == 2
        letters = {one["To"].addresses[0].addr_spec: one for one in relay.messages()}
    assert set(letters) == {"omar@plant.example", "zoya@plant.example"}
    assert "60 days overdue" in letters["omar@plant.example"].get_content()
    assert letters["omar@plant.example"]["Date"].datetime.date() == TODAY + timedelta(days=60)
    gone = desk.messages(MailState.OVERTAKEN)
    assert {one.person_id for one in gone} == {asha, ravi, meera}
    assert {one.text for one in gone} == {""}
    with pytest.raises(MailRefused, match="is so any more"):
        desk.outbox.try_again(SYSTEM, gone[0].id)


def test_instead_of_a_supervisor_who_has_left_theirs_is_told(
    desk: Desk, relay: MailRelay, clock: TurnedClock
) -> None:
    boss = desk.people.add(
        SYSTEM, NewPerson(number="H-1", name="Farida", email="farida@plant.example")
    )
    meera = desk.people.find(SYSTEM, "M-1").id
    (unit,) = desk.people.organisation.org_units(SYSTEM)
    desk.people.move(SYSTEM, meera, Destination(org_unit_id=unit.id, manager_id=boss))
    desk.plan(1)
    desk.outbox.compose(SYSTEM)
    clock.turn(timedelta(days=3))
    desk.people.leave(SYSTEM, meera, TODAY + timedelta(days=1))
    desk.plan(relay.port)

    assert desk.outbox.send(SYSTEM, at_once=True).sent == 3
    letters = {one["To"].addresses[0].addr_spec: one for one in relay.messages()}
    assert set(letters) == {"asha@plant.example", "ravi@plant.example", "farida@plant.example"}
    told = letters["farida@plant.example"].get_content()
    assert "E-1 Asha, Finance" in told
    assert "you are told instead of Meera, who is on leave or has left" in told
    listed = {whom_told(one) for one in desk.training.reminders.told(SYSTEM)}
    assert listed == {"Asha", "Ravi", "Farida, for Meera, who is on leave or has left"}
    assert [one.heading for one in desk.training.reminders.rolls(SYSTEM)] == ["Farida"]


def test_a_relay_that_refuses_everybody_by_its_rules_gives_nothing_up(
    desk: Desk, clock: TurnedClock
) -> None:
    answers = iter(["554 5.7.1 Relay access denied", "550 relaying denied", "530 log in first"])

    def answer(command: str) -> str | None:
        return next(answers, None) if command[:4].upper() == "RCPT" else None

    with relaying(answer) as relay:
        desk.plan(relay.port)
        fill(desk, 3)
        done = desk.outbox.send(SYSTEM, at_once=True)
        assert (done.sent, done.given_up, done.put_off) == (0, 0, 3)
        assert done.refusal == "530 log in first"
        clock.turn(timedelta(minutes=1))
        assert desk.outbox.send(SYSTEM).sent == 3


def test_all_that_was_refused_waits_again_but_not_what_somebody_gave_up(desk: Desk) -> None:
    refused = ["550 5.1.1 nobody here", "551 moved away"]

    def answer(command: str) -> str | None:
        return refused.pop() if refused and command[:4].upper() == "RCPT" else None

    with relaying(answer) as relay:
        desk.plan(relay.port)
        fill(desk, 3)
        desk.outbox.give_up(SYSTEM, desk.messages()[2].id)
        assert desk.outbox.send(SYSTEM).given_up == 2
        assert desk.outbox.try_all_again(SYSTEM) == 2
        assert desk.outbox.send(SYSTEM).sent == 2
        assert len(desk.messages(MailState.GIVEN_UP)) == 1


def test_messages_of_who_is_erased_are_forgotten(desk: Desk) -> None:
    desk.plan()
    desk.outbox.compose(SYSTEM)
    asha: UUID = desk.people.find(SYSTEM, "E-1").id
    assert desk.outbox.forget([asha]) == 1
    assert desk.outbox.counts(SYSTEM).waiting == 2


def test_plans_are_refused_with_a_reason_and_the_password_is_not_in_the_records(
    desk: Desk, tmp_path: Path
) -> None:
    for plan in (
        MailPlan(host="mail plant", sender=SENDER),
        MailPlan(host="mail", port=0, sender=SENDER),
        MailPlan(host="mail", sender="nobody"),
        MailPlan(host="mail", sender="a@b\r\nBcc: x@y"),
        MailPlan(host="mail", sender=SENDER, login="me", security=Security.NONE),
        MailPlan(reminds=True),
    ):
        with pytest.raises(MailRefused):
            desk.outbox.plans.keep(SYSTEM, plan)
    plan = MailPlan(host="mail", sender=SENDER, login="me", security=Security.STARTTLS)
    desk.outbox.plans.keep(SYSTEM, plan, password="hunter22 secret")
    assert desk.outbox.plans.login(plan).password == "hunter22 secret"
    assert "hunter22" not in repr(desk.outbox.plans.login(plan))
    desk.outbox.plans.keep(SYSTEM, plan, password="")
    assert desk.outbox.plans.login(plan).password == ""
    grant = Grant(capability=Capability.ASSIGN)
    trainer = Actor(account_id=None, person_id=None, name="T", grants=frozenset({grant}))
    for act in (desk.outbox.send, desk.outbox.counts, desk.outbox.compose):
        with pytest.raises(NotAllowed):
            act(trainer)


def test_the_wait_doubles_up_to_half_a_day() -> None:
    assert [wait_after(tries).total_seconds() / 60 for tries in (1, 2, 3, 99)] == [1, 2, 4, 720]


anything = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["Asha\r\nBcc: all@evil.example", "आशा\n\nbody", '"; <x@y>, "', "=?utf-8?q?a?=", "\x00", " "]
)


@given(anything, anything, st.text(max_size=200))
def test_no_name_or_title_gets_a_header_of_its_own(name: str, subject: str, text: str) -> None:
    now = TurnedClock().now()
    message = Message(
        id=new_id(), kind=MailKind.REMINDER, person_id=None, address="a@plant.example", name=name,
        subject=subject, text=text.encode("utf-8", "replace").decode(), attachment="",
        attachment_name="", made_at=now, state=MailState.QUEUED, tries=0, next_at=now,
        left_at=None, why="",
    )  # fmt: skip

    try:
        content = written(message, SENDER, name or "Plant", None)
    except MailRefused:
        return
    read = message_from_bytes(content, policy=policy.default)

    assert set(read.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert [one.addr_spec for one in read["To"].addresses] == ["a@plant.example"]
    assert content.split(b"\r\n\r\n")[0].isascii()
