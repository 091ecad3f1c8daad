"""Headquarters hold a plant's data key, and send it back to the PC that asked, and to no other."""

from pathlib import Path

import pytest

from app.core.base.errors import NotAllowed
from app.core.keys import NobodyNamed, NotSealedForHere, PaperForged, SlotKind, WordsDiffer
from app.core.operations import (
    Escrow,
    LockedRecords,
    NoEscrow,
    NoHeadquarters,
    Protection,
    Recovery,
    recover,
)
from app.core.people import create_first_administrator
from app.core.reports.audit import AuditSearch, AuditTrail
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, CHEAP, PASSWORD, Pc, first_pc, know_each_other
from tests.ui.reports.opened import auditor

NEW = "Monsoon-Lathe-27"
PEOPLE = ("Asha Rao", "Farida Khan")
WHY = "both administrators have left"


@pytest.fixture
def headquarters(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "hq", clock, code="HQ")


@pytest.fixture
def plant(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "plant", clock, code="PUN")
    create_first_administrator(made.opened.site, login="meera", name="Meera", password=PASSWORD)
    know_each_other(headquarters, made)
    return made


def locked(pc: Pc, tmp_path: Path, clock: TurnedClock) -> LockedRecords:
    return LockedRecords(pc.opened.folder, tmp_path / "plant" / "keys", clock)


def recovery(answer: bytes) -> Recovery:
    return Recovery(people=PEOPLE, login="meera", password=NEW, answer=answer, cost=CHEAP)


def test_there_and_back_opens_the_records(
    headquarters: Pc, plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    standing = Escrow(plant.opened).standing(ACTOR)
    assert (standing.name, standing.is_given, standing.is_current) == ("Plant HQ", True, True)
    key = plant.opened.data_key
    plant.opened.site.close()
    asked = locked(plant, tmp_path, clock).ask(PEOPLE, WHY)

    at_hq = Escrow(headquarters.opened)
    seen = at_hq.look_at(ACTOR, asked.document)
    assert (seen.site, seen.is_known_pc) == ("Plant PUN", True)
    assert (seen.asked.people, seen.asked.reason) == ("Asha Rao + Farida Khan", WHY)
    assert seen.asked.words == asked.words
    answer = at_hq.answer(ACTOR, asked.document, asked.words)
    assert key not in answer
    assert key not in asked.document

    got = locked(plant, tmp_path, clock).key_in(answer)
    opened = recover(plant.folder, recovery(answer), bring_up_to_date, got)
    try:
        assert got == key
        assert opened.data_key_file.slots.open_with_password(NEW) == key
        entries = AuditTrail(opened.site).page(ACTOR, AuditSearch(action="data-key.")).rows
        assert any("Asha Rao + Farida Khan" in entry.reason for entry in entries)
    finally:
        opened.site.close()
    entries = AuditTrail(headquarters.opened.site).page(ACTOR, AuditSearch(action="data-key.")).rows
    assert [WHY in entry.reason and "Plant PUN" in entry.reason for entry in entries] == [True]


def test_only_with_the_words_of_the_plants_screen(
    headquarters: Pc, plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    asked = locked(plant, tmp_path, clock).ask(PEOPLE, WHY)

    with pytest.raises(WordsDiffer):
        Escrow(headquarters.opened).answer(ACTOR, asked.document, "one two three")
    with pytest.raises(NotAllowed):
        Escrow(headquarters.opened).answer(auditor(), asked.document, asked.words)


def test_an_answer_opens_nothing_on_another_pc_and_nothing_twice(
    headquarters: Pc, plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    here = locked(plant, tmp_path, clock)
    asked = here.ask(PEOPLE, WHY)
    answer = Escrow(headquarters.opened).answer(ACTOR, asked.document, asked.words)

    elsewhere = LockedRecords(plant.opened.folder, tmp_path / "keys of another PC", clock)
    with pytest.raises(NotSealedForHere):
        elsewhere.key_in(answer)
    assert here.key_in(answer) == plant.opened.data_key
    here.forget()
    with pytest.raises(NotSealedForHere):
        here.key_in(answer)


def test_a_request_that_was_changed_is_refused(
    headquarters: Pc, plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    asked = locked(plant, tmp_path, clock).ask(PEOPLE, WHY)
    changed = asked.document.replace(b"Asha", b"Ravi")

    with pytest.raises(PaperForged):
        Escrow(headquarters.opened).look_at(ACTOR, changed)


def test_what_was_sealed_for_others_is_not_opened(
    plant: Pc, headquarters: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    asked = locked(plant, tmp_path, clock).ask(PEOPLE, WHY)
    stranger = first_pc(tmp_path / "stranger", clock, code="NAG")

    with pytest.raises(NotSealedForHere):
        Escrow(stranger.opened).answer(ACTOR, asked.document, asked.words)


def test_two_people_and_a_reason_are_asked_for(
    plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    Escrow(plant.opened).give(ACTOR)
    here = locked(plant, tmp_path, clock)

    with pytest.raises(NobodyNamed):
        here.ask(("Asha Rao", "asha rao"), WHY)
    with pytest.raises(NobodyNamed):
        here.ask(PEOPLE, " ")


def test_without_headquarters_there_is_nothing_to_give_and_nothing_to_ask(
    headquarters: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    alone = first_pc(tmp_path / "plant", clock, code="PUN")

    with pytest.raises(NoHeadquarters):
        Escrow(alone.opened).give(ACTOR)
    with pytest.raises(NoEscrow):
        locked(alone, tmp_path, clock).ask(PEOPLE, WHY)


def test_it_is_taken_back_and_ends_with_another_key(plant: Pc, headquarters: Pc) -> None:
    Escrow(plant.opened).give(ACTOR)
    Escrow(plant.opened).give(ACTOR)
    (way,) = [
        one for one in Protection(plant.opened).ways(ACTOR).ways if one.kind is SlotKind.ESCROW
    ]
    assert way.label == "Plant HQ"

    Protection(plant.opened).remove(ACTOR, way.id)

    assert not Escrow(plant.opened).standing(ACTOR).is_given


def test_a_new_key_of_headquarters_asks_for_it_anew(plant: Pc, headquarters: Pc) -> None:
    Escrow(plant.opened).give(ACTOR)
    slots, key = plant.opened.data_key_file.slots, plant.opened.data_key
    slot = slots.read().escrow
    assert slot is not None
    slots.set_escrow(slot.label, slot.wrapped, "age1of-an-earlier-key", key)

    standing = Escrow(plant.opened).standing(ACTOR)

    assert (standing.is_given, standing.is_current) == (True, False)
