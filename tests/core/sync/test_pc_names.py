"""What PCs are called: named at the start, renamed by a paper that travels, told apart where alike."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.core.keys import (
    KeyCertificate,
    KeyKind,
    NoSuchPc,
    NotTheSitesPc,
    PcNameRefused,
    PcNameTaken,
    SeveralPcs,
    fingerprint_words,
    short_words,
)
from app.core.operations import Founding, Join, SiteFolder
from app.core.schema.upgrade import bring_up_to_date
from app.core.sync import SeveralPeers
from app.core.sync.relations import Relations
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, CHEAP, PASSWORD, Pc, pc_of


def named_site(tmp: Path, clock: TurnedClock, pc_name: str) -> Pc:
    folder = SiteFolder(tmp / "data", tmp / "keys", clock)
    founding = Founding(
        name="Plant PUN", code="PUN", password=PASSWORD, cost=CHEAP, pc_name=pc_name
    )
    return pc_of(folder, folder.found(founding, bring_up_to_date))


def joined(first: Pc, tmp: Path, clock: TurnedClock, pc_name: str) -> Pc:
    folder = SiteFolder(tmp / "data", tmp / "keys", clock)
    request = folder.request(pc_name)
    paired = first.opened.keys.pairing.pair(ACTOR, request.document, request.words)
    assert paired.answer is not None
    join = Join(paper=paired.answer, password=PASSWORD, words=paired.words, cost=CHEAP)
    return pc_of(folder, folder.join(join, bring_up_to_date))


def words_of(pc: Pc) -> str:
    return fingerprint_words(pc.opened.station.public_key)


def label(seen: Pc, of: Pc) -> str:
    return Relations.now(seen.opened.keys).labels[of.opened.station.fingerprint]


def test_a_pc_is_called_as_it_was_named(tmp_path: Path, clock: TurnedClock) -> None:
    office = named_site(tmp_path / "office", clock, "Office")
    shop = joined(office, tmp_path / "shop", clock, "Press shop")

    assert (office.opened.keys.pc, shop.opened.keys.pc) == ("Office", "Press shop")
    assert label(office, shop) == label(shop, shop) == "Press shop"
    shop.reopen()
    assert shop.opened.keys.pc == "Press shop"
    with pytest.raises(PcNameRefused):
        named_site(tmp_path / "long", clock, "x" * 41)


def test_a_pc_that_joins_by_a_site_file_is_named_there(tmp_path: Path, clock: TurnedClock) -> None:
    office = named_site(tmp_path / "office", clock, "Office")
    made = office.opened.keys.care.site_file(
        ACTOR, "four words that differ", days=3, stations=2, cost=CHEAP
    )
    folder = SiteFolder(tmp_path / "shop" / "data", tmp_path / "shop" / "keys", clock)
    join = Join(
        paper=made,
        password=PASSWORD,
        passphrase="four words that differ",
        cost=CHEAP,
        pc_name="Press shop",
    )
    shop = pc_of(folder, folder.join(join, bring_up_to_date))

    assert shop.opened.keys.shown_pc == "Press shop"


def test_two_pcs_of_one_name_are_told_apart(
    tmp_path: Path, clock: TurnedClock, stick: Path
) -> None:
    one = named_site(tmp_path / "one", clock, "vm")
    two = joined(one, tmp_path / "two", clock, "VM")
    three = joined(one, tmp_path / "three", clock, "Third")
    first = one.send(stick, two)
    two.take(first)

    assert label(one, two) == label(two, two) == f"VM ({short_words(words_of(two))})"
    assert one.opened.keys.shown_pc == label(two, one) == f"vm ({short_words(words_of(one))})"
    assert one.opened.keys.pc == "vm"  # papers say the name alone
    assert short_words(words_of(one)).split()[0] in first.name
    assert label(one, three) == "Third"
    board = one.sync.board(ACTOR)
    assert {state.peer.label for state in board.peers} == {label(one, two), "Third"}


def test_words_of_the_key_name_one_of_several(tmp_path: Path, clock: TurnedClock) -> None:
    one = named_site(tmp_path / "one", clock, "Office")
    two, three = (joined(one, tmp_path / name, clock, "vm") for name in ("two", "three"))

    with pytest.raises(SeveralPeers, match="Several are called “vm”") as refused:
        one.sync.peer(ACTOR, "vm")
    assert short_words(words_of(two)) in refused.value.sentence
    for pc in (two, three):
        for name in (words_of(pc), short_words(words_of(pc)).upper(), label(one, pc), pc.key):
            assert one.sync.peer(ACTOR, name).key == pc.key
    with pytest.raises(SeveralPcs):
        one.opened.keys.care.pc_called(ACTOR, "vm")


def test_another_name_travels_and_replaces_the_one_before(
    tmp_path: Path, clock: TurnedClock, stick: Path
) -> None:
    one = named_site(tmp_path / "one", clock, "vm")
    two = joined(one, tmp_path / "two", clock, "vm")
    two.take(one.send(stick, two))
    care = one.opened.keys.care
    before = one.opened.keys.ring().known(two.opened.station.fingerprint)
    key = care.pc_called(ACTOR, short_words(words_of(two))).key
    care.rename_pc(ACTOR, key, "Press  shop", "It stands there")

    assert care.pc_called(ACTOR, "press shop").key == two.opened.station.fingerprint
    assert one.opened.keys.shown_pc == "vm"  # nobody else is called so now
    after: KeyCertificate = one.opened.keys.ring().known(two.opened.station.fingerprint)
    assert (after.label, after.valid_until) == ("Press shop", before.valid_until)
    assert (after.subject, after.sealing, after.scopes) == (
        before.subject,
        before.sealing,
        before.scopes,
    )
    two.take(one.send(stick, two))
    assert two.opened.keys.pc == "Press shop"
    assert one.take(two.send(stick, one)).troubles == []
    two.reopen()
    assert two.opened.keys.shown_pc == "Press shop"


def test_a_name_is_given_by_the_site_alone_and_once(tmp_path: Path, clock: TurnedClock) -> None:
    one = named_site(tmp_path / "one", clock, "Office")
    two = joined(one, tmp_path / "two", clock, "vm")
    care, station = one.opened.keys.care, one.opened.station.fingerprint

    with pytest.raises(PcNameTaken):
        care.rename_pc(ACTOR, station, "VM")
    with pytest.raises(PcNameRefused):
        care.rename_pc(ACTOR, station, " \u202e ")
    with pytest.raises(NotTheSitesPc):
        two.opened.keys.care.rename_pc(ACTOR, two.opened.station.fingerprint, "Mine")
    with pytest.raises(NoSuchPc):
        care.pc_called(ACTOR, "nobody")
    site_key = next(one for one in care.inventory(ACTOR) if one.kind is KeyKind.SITE)
    with pytest.raises(NoSuchPc):
        care.rename_pc(ACTOR, site_key.key, "Site")


def test_new_keys_of_a_renamed_pc_are_that_pcs(tmp_path: Path, clock: TurnedClock) -> None:
    one = named_site(tmp_path / "one", clock, "vm")
    joined(one, tmp_path / "two", clock, "two")
    care = one.opened.keys.care
    clock.turn(timedelta(minutes=1))
    care.rotate(ACTOR, KeyKind.STATION)
    one.reopen()
    care = one.opened.keys.care
    assert one.opened.keys.shown_pc == "vm"  # the key of before is no other PC

    care.rename_pc(ACTOR, one.opened.station.fingerprint, "Office")

    states = {
        (line.name, line.state.value)
        for line in care.inventory(ACTOR)
        if line.kind is KeyKind.STATION
    }
    assert states == {("Office", "in use"), ("vm", "replaced"), ("two", "in use")}
    care.rotate(ACTOR, KeyKind.STATION)
    one.reopen()
    assert one.opened.keys.pc == "Office"
