"""What a restore would lose is told by what was done, whose it is, and what others give back."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap.benches.small_site import SmallSite, answer_in_turn, open_small_site
from app.core.base.actor import Capability, Grant, system_actor
from app.core.operations import (
    HeldElsewhere,
    Loss,
    OtherSiteThere,
    backups_of,
    loss_in_detail,
    loss_told,
)
from app.core.people import NewPerson
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.left_open import note_opened


@pytest.fixture
def small(tmp_path: Path, clock: TurnedClock) -> SmallSite:
    made = open_small_site(tmp_path / "small", clock)
    note_opened(made.services.open_site.site.database)
    return made


def lost(small: SmallSite, path: Path) -> Loss:
    return small.services.backups.loss(system_actor(), path)


def done(loss: Loss) -> dict[str, int]:
    return {deed.action: deed.entries for deed in loss.deeds}


def test_an_answer_that_would_be_lost_is_told_with_whose_it_is(small: SmallSite) -> None:
    path = small.services.backups.make(system_actor()).backup.path
    attempt = small.services.quizzes.start(small.learner, small.quiz_lesson)
    answer_in_turn(small, attempt, 3)

    loss = lost(small, path)

    assert done(loss)["attempt.answer"] == 3
    assert loss.people is not None
    (asha,) = loss.people.named
    assert (asha.name, asha.number, loss.people.total) == ("Asha Kulkarni", "E-1", 1)
    assert asha.entries == 4  # that the quiz was begun, and the answers
    told = loss_in_detail(loss)
    assert "Asha Kulkarni · E-1 · 4 entries" in told
    assert "3 × Question answered" in told


def test_everybody_is_counted_and_the_first_fifty_are_named(small: SmallSite) -> None:
    path = small.services.backups.make(system_actor()).backup.path
    for number in range(60):
        new = NewPerson(number=f"N-{number}", name=f"Somebody {number}")
        small.services.people.add(system_actor(), new)

    loss = lost(small, path)

    assert loss.people is not None
    assert (loss.people.total, len(loss.people.named)) == (60, 50)
    assert "and 10 more" in loss_in_detail(loss)


def test_who_may_not_look_at_people_is_told_no_names(small: SmallSite) -> None:
    path = small.services.backups.make(system_actor()).backup.path
    small.services.people.add(system_actor(), NewPerson(number="N-1", name="Ravi"))
    grants = frozenset({Grant(capability=Capability.MANAGE_SITE)})

    loss = small.services.backups.loss(replace(system_actor(), grants=grants), path)

    assert loss.people is None
    assert done(loss)["person.add"] == 1
    assert not any("Ravi" in line for line in loss_in_detail(loss))


def test_what_others_hold_too_is_told_apart_from_what_is_here_alone(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    two.sync.take_first(one.send(tmp_path, two))
    path, service = tmp_path / "one.dkbk", backups_of(one.opened, bring_up_to_date)
    service.make_at(ACTOR, path)
    write(one, "A")
    assert told_elsewhere(one, path).entries == 0

    two.take(one.send(tmp_path, two))
    one.take(two.send(tmp_path, one))
    write(one, "B")
    elsewhere = told_elsewhere(one, path)
    loss = service.loss(ACTOR, path)

    assert 0 < elsewhere.entries < loss.entries
    assert elsewhere.by == (one.sync.peer(ACTOR, two.key).label,)
    assert "is here alone" in loss_told(loss)[1] or "are here alone" in loss_told(loss)[1]


def write(pc: Pc, code: str) -> None:
    with pc.opened.site.transaction(ACTOR, "org-unit.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))


def told_elsewhere(pc: Pc, path: Path) -> HeldElsewhere:
    elsewhere = backups_of(pc.opened, bring_up_to_date).loss(ACTOR, path).elsewhere
    assert elsewhere is not None
    return elsewhere


def test_a_backup_of_another_site_is_refused_before_anything_is_asked(
    small: SmallSite, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="HQ")
    path = tmp_path / "other.dkbk"
    backups_of(other.opened, bring_up_to_date).make_at(ACTOR, path)

    with pytest.raises(OtherSiteThere):
        lost(small, path)
