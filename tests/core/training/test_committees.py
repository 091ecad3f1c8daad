"""Committees: who sits on them, whether the presiding officer is trained, and the notice of them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.assurance import Oversight
from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.egress import Egress
from app.core.journal import Journal, Site
from app.core.people import People, PersonChange
from app.core.training import RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import State
from app.core.training.committees import (
    Committee,
    CommitteeKind,
    CommitteeTerms,
    NewSeat,
    SeatRole,
)
from app.core.training.enrolment import OneOf, RuleWords
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import somebody
from tests.support.clock import TurnedClock
from tests.support.pdfs import text_of
from tests.support.sites import STATION
from tests.support.teaching import School

BOSS = system_actor()
Add = Callable[..., UUID]


@pytest.fixture
def committee_id(school: School, meera: Actor, add: Add, clock: TurnedClock) -> UUID:
    """The Internal Committee, which asks its presiding officer for orientation."""
    today = clock.now().astimezone().date()
    for code, title in (("IC-ORIENT", "Orientation of the committee"),):
        new = NewRequirement(
            code=code,
            title=title,
            type=RequirementType.DECLARATION,
            terms=Terms(from_on=today, validity=Validity.FOR_GOOD),
        )
        school.training.catalogue.add(BOSS, new)
    return school.training.committees.add(meera, "Internal Committee", ["IC-ORIENT"])


def found(school: School, actor: Actor, committee_id: UUID) -> Committee:
    return school.training.committees.committee(actor, committee_id)


def test_po_02_a_committee_is_amber_until_its_presiding_officer_is_trained(
    school: School, site: Site, meera: Actor, committee_id: UUID, add: Add, clock: TurnedClock
) -> None:
    today = clock.now().astimezone().date()
    committees = school.training.committees
    assert found(school, meera, committee_id).trouble(today) == "presiding"

    asha = add("E-1")
    new = NewSeat(role=SeatRole.PRESIDING, from_on=today, number="E-1", contact="ext. 204")
    committees.seat(meera, committee_id, new)
    one = found(school, meera, committee_id)
    assert one.trouble(today) == "untrained"
    assert one.sitting(today)[0].lacks == ("Orientation of the committee",)

    hold(site, school, asha, "IC-ORIENT", clock)
    one = found(school, meera, committee_id)
    assert one.sitting(today)[0].lacks == ()
    assert one.trouble(today) == "notice"
    committees.notice(meera, committee_id)
    assert found(school, meera, committee_id).trouble(today) is None
    assert Journal(site, STATION).verify(BOSS).ok


def hold(site: Site, school: School, person_id: UUID, code: str, clock: TurnedClock) -> None:
    """Let somebody hold a requirement for good, as a credit does."""
    requirement_id = school.training.requirement(BOSS, code).id
    with site.transaction(BOSS, "evidence.confirm") as unit:
        unit.add(
            RequirementCreditRow(
                person_id=person_id,
                requirement_id=requirement_id,
                at=clock.now(),
                basis=Basis.ENTERED,
                proof_id=new_id(),
                recorded_at=clock.now(),
            )
        )


def test_po_02_who_is_seated_is_asked_for_the_committees_training_beside_their_own_work(
    school: School, meera: Actor, committee_id: UUID, add: Add, clock: TurnedClock, site: Site
) -> None:
    today = clock.now().astimezone().date()
    asha = add("E-1", role="CLERK")
    terms = Terms(from_on=today, validity=Validity.FOR_GOOD)
    new = NewRequirement(
        code="IC-CAPACITY", title="Capacity", type=RequirementType.SESSION, terms=terms
    )
    catalogue, rules = school.training.catalogue, school.training.enrolment
    catalogue.add(BOSS, new)
    for code in ("IC-ORIENT", "IC-CAPACITY"):
        words = RuleWords(
            title="You sit on the Internal Committee",
            requirement_id=catalogue.coded(meera, code).summary.id,
            condition=OneOf("committee", ("Internal Committee",)),
            cancels=True,
        )
        rules.switch_on(meera, rules.add(meera, code, words))

    def asked() -> list[tuple[str, State]]:
        mine = school.training.assignments.of_person(meera, asha)
        return sorted((one.code, one.stands.state) for one in mine)

    committees = school.training.committees
    committees.seat(meera, committee_id, NewSeat(role=SeatRole.MEMBER, from_on=today, number="E-1"))
    assert asked() == [("IC-CAPACITY", State.ASSIGNED), ("IC-ORIENT", State.ASSIGNED)]
    (seat,) = found(school, meera, committee_id).seats
    committees.end_seat(meera, seat.id, today, "She moves to Baddi")
    assert asked() == [("IC-CAPACITY", State.CANCELLED), ("IC-ORIENT", State.CANCELLED)]

    begins = today + timedelta(days=3)
    committees.seat(
        meera, committee_id, NewSeat(role=SeatRole.PRESIDING, from_on=begins, number="E-1")
    )
    clock.turn(timedelta(days=2))
    assert school.training.begin_day(meera).assigned == 0
    clock.turn(timedelta(days=1))
    assert school.training.begin_day(meera).assigned == 2
    assert Journal(site, STATION).verify(BOSS).ok


def test_po_04_the_notice_names_the_members_and_is_superseded_when_one_changes(
    school: School, site: Site, meera: Actor, committee_id: UUID, add: Add,
    clock: TurnedClock, tmp_path: Path,
) -> None:  # fmt: skip
    today = clock.now().astimezone().date()
    committees = school.training.committees
    with pytest.raises(TrainingRefused):
        committees.notice(meera, committee_id)
    add("E-1")
    committees.seat(
        meera,
        committee_id,
        NewSeat(role=SeatRole.PRESIDING, from_on=today, number="E-1", contact="ext. 204"),
    )
    committees.seat(
        meera,
        committee_id,
        NewSeat(
            role=SeatRole.EXTERNAL, from_on=today, name="Adv. Leela Rao", contact="98200 00000"
        ),
    )
    paper = tmp_path / "notice.pdf"
    Egress(site).save(meera, paper, committees.notice(meera, committee_id))

    words = text_of(paper)
    for said in (
        "Internal Committee",
        "Person E-1",
        "Presiding officer · ext. 204",
        "Adv. Leela Rao",
    ):
        assert said in words
    one = found(school, meera, committee_id)
    assert [printed.is_superseded for printed in one.notices] == [False]

    clock.turn(timedelta(days=1))
    leela = next(seat for seat in one.seats if seat.role is SeatRole.EXTERNAL)
    committees.end_seat(meera, leela.id, today + timedelta(days=1), "Her term is over")
    one = found(school, meera, committee_id)
    assert [printed.is_superseded for printed in one.notices] == [True]
    assert [seat.name for seat in one.sitting(today + timedelta(days=1))] == ["Person E-1"]
    assert {seat.name for seat in one.sitting(today)} == {"Person E-1", "Adv. Leela Rao"}
    clock.turn(timedelta(hours=1))
    committees.notice(meera, committee_id)
    assert [printed.is_superseded for printed in found(school, meera, committee_id).notices] == [
        False,
        True,
    ]


def test_who_does_not_assign_training_keeps_no_committee(
    school: School, committee_id: UUID
) -> None:
    with pytest.raises(NotAllowed):
        school.training.committees.all(somebody("Ravi"))


def test_a_fire_squad_is_short_where_a_shift_has_too_few_who_are_trained_and_here(
    school: School, site: Site, meera: Actor, committee_id: UUID, add: Add, people: People,
    clock: TurnedClock, tmp_path: Path,
) -> None:  # fmt: skip
    """Minimum numbers in all and per shift; who has left, or lacks the training, does not count."""
    today = clock.now().astimezone().date()
    committees = school.training.committees
    terms = CommitteeTerms(kind=CommitteeKind.FIRE, least=2, least_per_shift=1, counts_trained=True)
    squad = committees.add(meera, "Fire squad", ["IC-ORIENT"], terms)
    for number, shift in (("E-1", "A"), ("E-2", "B"), ("E-3", "B")):
        person_id = add(number)
        people.edit(BOSS, person_id, PersonChange(shift=shift))
        if number != "E-3":
            new = NewSeat(role=SeatRole.MEMBER, from_on=today, number=number)
            committees.seat(meera, squad, new)
            committees.seat(meera, squad, new)  # twice on it: counted once
    ravi = people.find(BOSS, "E-2").id
    hold(site, school, people.find(BOSS, "E-1").id, "IC-ORIENT", clock)

    def strength(on: date = today) -> list[tuple[str, int, int]]:
        said = found(school, meera, squad).strength(on)
        return [(one.shift, one.have, one.need) for one in said]

    assert strength() == [("", 1, 2), ("A", 1, 1), ("B", 0, 1)]
    assert found(school, meera, squad).trouble(today) == "short"
    (check,) = [one for one in Oversight(site, clock.now).checks() if one.key == "committees"]
    assert "Fire squad (In all: 1 of 2, Shift B: 0 of 1)" in check.says
    paper = tmp_path / "notice.pdf"
    Egress(site).save(meera, paper, committees.notice(meera, squad))
    words = text_of(paper)
    assert "Shift B: 0 of 1" in words
    assert "harassment" not in words

    hold(site, school, ravi, "IC-ORIENT", clock)
    assert strength() == [("", 2, 2), ("A", 1, 1), ("B", 1, 1)]
    assert found(school, meera, squad).trouble(today) is None
    people.leave(BOSS, ravi)
    assert strength() == [("", 1, 2), ("A", 1, 1), ("B", 0, 1)]
    committees.set_terms(meera, squad, CommitteeTerms(kind=CommitteeKind.FIRE), "No more asked")
    assert strength() == []
    with pytest.raises(TrainingRefused):
        committees.set_terms(meera, squad, CommitteeTerms(least=-1))
    assert Journal(site, STATION).verify(BOSS).ok
