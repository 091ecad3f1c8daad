"""Where a site asks for two people, no sync file with personal data goes out on the word of one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest

from app.core.approvals import Approvals, EasingWaits, OwnWork
from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.people import NewPerson, People
from app.core.signatures import Pen, Proof, SignatureState, Undersigned
from app.core.sync import (
    ONE_WRITES,
    TWO_PERSONS,
    ExportOrder,
    ExportTerms,
    NotTheSecond,
    SecondSignatureNeeded,
)
from app.core.sync.export_terms import TermsRefused
from tests.support.approving import approve_less
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import (
    LOGIN,
    PASSWORD,
    SECOND,
    SECOND_PASSWORD,
    Door,
    door_of,
    found_administrator,
    second_administrator,
)


@pytest.fixture
def door(one: Pc) -> Door:
    found_administrator(one)
    return door_of(one)


@pytest.fixture
def meera(door: Door) -> Actor:
    actor = door.enter()
    door.accept(actor)
    return actor


def ask_two(pc: Pc, actor: Actor, *, on: bool = True, days: int = 0) -> None:
    today = local_day(pc.opened.site.clock) + timedelta(days=days)
    pc.sync.rule.say(actor, ExportTerms(from_on=today, two_persons=on), "The auditor asked")


def ravis_pen(door: Door, ravi: Actor) -> Pen:
    assert ravi.account_id is not None
    guest = door.sign_in.signer_by(ravi.account_id)
    assert not guest.grants
    return door.signatures.pen(guest, Proof(name=SECOND, password=SECOND_PASSWORD))


def prepared(pc: Pc, actor: Actor, other: Pc) -> ExportOrder:
    return pc.sync.releasing.prepare(actor, [pc.sync.peer(actor, other.key)])


def test_one_prepares_another_signs_and_both_stand_on_slip_and_register(
    one: Pc, two: Pc, door: Door, meera: Actor, stick: Path
) -> None:
    ravi = second_administrator(one.opened.site, door.sign_in, door.signatures, meera)
    peer = one.sync.peer(meera, two.key)
    one.sync.export(meera, [peer], stick)  # off by default
    ask_two(one, meera)
    with pytest.raises(SecondSignatureNeeded):
        one.sync.export(meera, [peer], stick)
    order = prepared(one, meera, two)
    with pytest.raises(SecondSignatureNeeded):
        one.sync.export_order(meera, order, stick)
    own = door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    with pytest.raises(NotTheSecond):
        one.sync.releasing.release(order, Undersigned(own, order.shown))
    assert [one.id for one in one.sync.releasing.seconds(meera)] == [ravi.account_id]
    assert len(list(stick.glob("*.dksb"))) == 1

    one.sync.releasing.release(order, Undersigned(ravis_pen(door, ravi), order.shown))
    People(one.opened.site).add(meera, NewPerson(number="E-9", name="Came meanwhile"))
    written = one.sync.export_order(meera, order, stick)

    assert (written.bundle_id, written.entries) == (order.bundle_id, order.entries)
    two.take(written.path)
    slip = one.sync.slips.of(meera, written.bundle_id)
    assert slip.prepared_by == "Meera Joshi"
    assert slip.confirmed is not None
    assert (slip.confirmed.name, slip.confirmed.meaning) == ("Ravi Iyer", "confirmed")
    detail = door.signatures.signature(meera, slip.confirmed.id)
    assert detail.state is SignatureState.NOT_CONFIRMED
    for words in ("Sync file for ", "Meera Joshi (E-1)", str(order.bundle_id), "2 people"):
        assert words in detail.shown
    paper = one.sync.slips.document(meera, written.bundle_id).content
    text = pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
    assert "Meera Joshi" in text
    assert "Ravi Iyer (E-2) · Confirmed" in text
    newest = one.sync.board(meera).sent[0]
    assert (newest.id, newest.confirmed) == (written.bundle_id, slip.confirmed)
    with pytest.raises(SecondSignatureNeeded):  # one signature, one file
        one.sync.export_order(meera, order, stick / "again.dksb")
    with pytest.raises(SecondSignatureNeeded):  # nor another's, nor for other entries
        one.sync.export_order(ravi, order, stick / "again.dksb")


def test_a_signature_lets_no_other_entries_out_than_those_that_were_read(
    one: Pc, two: Pc, door: Door, meera: Actor, stick: Path
) -> None:
    ravi = second_administrator(one.opened.site, door.sign_in, door.signatures, meera)
    ask_two(one, meera)
    order = prepared(one, meera, two)
    one.sync.releasing.release(order, Undersigned(ravis_pen(door, ravi), order.shown))
    People(one.opened.site).add(meera, NewPerson(number="E-9", name="Not read"))

    more = replace(order, lacked=prepared(one, meera, two).lacked)
    for other in (more, replace(order, bundle_id=uuid4())):
        with pytest.raises(SecondSignatureNeeded):
            one.sync.export_order(meera, other, stick)

    assert not list(stick.iterdir())
    # what lies in the folder of the room has not left the site
    folder = stick / "room"
    folder.mkdir()
    came = 0
    for _round in range(2):
        one.sync.go_round(meera, folder)
        came += two.sync.go_round(ACTOR, folder).imported.applied
    assert came


def test_what_goes_on_paper_takes_two_as_well(one: Pc, two: Pc, door: Door, meera: Actor) -> None:
    ravi = second_administrator(one.opened.site, door.sign_in, door.signatures, meera)
    ask_two(one, meera)
    peer = one.sync.peer(meera, two.key)
    with pytest.raises(SecondSignatureNeeded):
        one.sync.sheets.export(meera, [peer])
    order = prepared(one, meera, two)
    one.sync.releasing.release(order, Undersigned(ravis_pen(door, ravi), order.shown))

    made = one.sync.sheets.export(meera, [peer], order=order)

    assert made.exported.bundle_id == order.bundle_id
    newest = one.sync.board(meera).sent[0]
    assert (newest.id, newest.sheets) == (order.bundle_id, made.sheets)
    assert newest.confirmed is not None


def test_the_rule_is_dated_and_says_why(one: Pc, door: Door, meera: Actor) -> None:
    for terms, reason in (
        (ExportTerms(two_persons=True), "Why"),
        (ExportTerms(from_on=local_day(one.opened.site.clock)), " "),
    ):
        with pytest.raises(TermsRefused):
            one.sync.rule.say(meera, terms, reason)
    ask_two(one, meera, days=1)
    assert not one.sync.rule.now(meera).two_persons
    ask_two(one, meera)
    assert one.sync.rule.now(meera).two_persons
    assert [one.two_persons for one in one.sync.rule.all(meera)] == [True, True]


def test_that_one_person_writes_again_takes_two(
    one: Pc, two: Pc, door: Door, meera: Actor, stick: Path
) -> None:
    ravi = second_administrator(one.opened.site, door.sign_in, door.signatures, meera)
    approvals = Approvals(one.opened.site)
    approvals.take_two_to_ease(TWO_PERSONS, ONE_WRITES)
    with pytest.raises(TermsRefused, match="already"):
        ask_two(one, meera, on=False)
    ask_two(one, meera)
    proposal = one.sync.rule.say(meera, ExportTerms(), "The auditor has left")
    assert proposal is not None
    assert (one.sync.rule.proposed(meera), one.sync.rule.now(meera).two_persons) == (proposal, True)
    with pytest.raises(EasingWaits):
        ask_two(one, meera, on=False)
    with pytest.raises(OwnWork):
        approve_less(approvals, door, meera, proposal)
    (line,) = approvals.waiting(ravi)
    assert (line.title, line.detail) == ("Sync files by two people", "one person to write them")
    with pytest.raises(SecondSignatureNeeded):
        one.sync.export(meera, [one.sync.peer(meera, two.key)], stick)

    approve_less(approvals, door, ravi, proposal)

    assert one.sync.rule.proposed(meera) is None
    assert not one.sync.rule.now(meera).two_persons
    assert [one.two_persons for one in one.sync.rule.all(meera)] == [True, False]
    one.sync.export(meera, [one.sync.peer(meera, two.key)], stick)


def test_asking_for_two_again_ends_what_let_one_write(one: Pc, door: Door, meera: Actor) -> None:
    ravi = second_administrator(one.opened.site, door.sign_in, door.signatures, meera)
    approvals = Approvals(one.opened.site)
    approvals.take_two_to_ease(TWO_PERSONS, ONE_WRITES)
    ask_two(one, meera)
    proposal = one.sync.rule.say(meera, ExportTerms(), "For the move")
    assert proposal is not None
    approve_less(approvals, door, ravi, proposal, days=3)
    assert one.sync.rule.now(meera).two_persons
    ask_two(one, meera, days=5)
    assert [two.two_persons for two in one.sync.rule.all(meera)] == [True, False, True]
    ask_two(one, meera)
    assert [two.two_persons for two in one.sync.rule.all(meera)] == [True, True]
    assert one.sync.rule.say(meera, ExportTerms(), "Then for good") is not None


def test_what_is_planned_alone_never_lets_one_write(one: Pc, door: Door, meera: Actor) -> None:
    with pytest.raises(TermsRefused):
        ask_two(one, meera, on=False, days=2)
    ask_two(one, meera, days=1)
    assert one.sync.rule.say(meera, ExportTerms(), "Before it begins") is not None
    assert [one.two_persons for one in one.sync.rule.all(meera)] == [True]
