"""Two people who are one: proposed, decided by somebody with a reason, and undone exactly (ADR 23)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.courses import Outline
from app.core.courses.models import CourseRow
from app.core.journal import Site
from app.core.learning.models import CourseStartRow
from app.core.people import (
    AccountId,
    BecameAnother,
    Destination,
    NameIsDouble,
    NewPerson,
    NumberTaken,
    People,
    PersonId,
    RoleName,
    SignIn,
    WrongSignIn,
    rebuild_listing,
)
from app.core.people.merging import (
    AlreadyOne,
    Likeness,
    NotMerged,
    OwnRecordsGo,
    StandsForOthers,
)
from app.core.people.models import PersonRow
from app.core.storage.tables import journalled_models, table_of
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock
from tests.support.teaching import a_lesson, published

WHY = "Same badge photo, moved from the other hall"
DAY = date(2026, 3, 2)


@pytest.fixture
def twin(people: People, site: Site, plant: Plant, asha: PersonId) -> PersonId:
    """Asha as another PC entered her, before either knew of the other: her number, and her name."""
    place = Destination(org_unit_id=plant.paint, job_role_id=plant.fitter)
    key = people.add(SYSTEM, NewPerson(number="E-9", name="KULKARNI, Asha", place=place))
    with site.transaction(SYSTEM, "test.arrive") as unit:
        row = unit.get_one(PersonRow, key)
        row.number, row.search_text = "E-1042", "e-1042 kulkarni, asha"
        unit.flush()
        rebuild_listing(unit)
    return key


@pytest.fixture
def twins_account(sign_in: SignIn, people: People, plant: Plant) -> Callable[[PersonId], AccountId]:
    """Gives the twin an account with PIN 8256, a badge, a password and the administrator's role."""

    def give(person: PersonId) -> AccountId:
        accounts = sign_in.accounts
        account = accounts.give_account(
            SYSTEM, person, login="asha.k", roles=(RoleName.ADMINISTRATOR,)
        )
        accounts.set_pin(SYSTEM, account, "8256", must_change=False)
        accounts.set_badge(SYSTEM, account, "0BADCAFE")
        return account

    return give


def everything(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """Return what journalled tables say, but for which edit said it and for the decisions."""
    found = {}
    with site.read() as session:
        for model in journalled_models():
            table = table_of(model)
            columns = [
                one for one in table.columns if one.key not in {"row_versions", "merged_as_id"}
            ]
            if table.name not in {"person_decision", "sign_in"}:
                rows = session.execute(sa.select(*columns).order_by(table.c.id))
                found[table.name] = [tuple(row) for row in rows]
    return found


def test_numbers_that_differ_by_signs_are_not_called_the_same(
    people: People, asha: PersonId
) -> None:
    people.add(SYSTEM, NewPerson(number="E1042", name=people.person(SYSTEM, asha).name))

    (proposal,) = people.merging.proposals(SYSTEM)

    assert {Likeness.NEAR_NUMBER, Likeness.NAME} <= proposal.likenesses
    assert Likeness.NUMBER not in proposal.likenesses


def test_who_has_the_same_number_and_name_is_proposed(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    (proposal,) = people.merging.proposals(SYSTEM)

    assert {proposal.stays.id, proposal.other.id} == {asha, twin}
    assert {Likeness.NUMBER, Likeness.NAME} <= proposal.likenesses
    assert proposal.is_strong
    assert people.merging.proposals_for(SYSTEM, twin) == (proposal,)


def test_a_name_alone_is_no_reason_to_ask(people: People) -> None:
    people.add(SYSTEM, NewPerson(number="1", name="Ravi Kumar", joined_on=DAY))
    people.add(SYSTEM, NewPerson(number="2", name="Kumar, Ravi", joined_on=date(2024, 1, 1)))

    assert people.merging.proposals(SYSTEM) == ()


@pytest.mark.parametrize(
    ("more", "likeness"),
    [
        ({"joined_on": DAY}, Likeness.JOINED),
        ({"email": "Ravi@plant.in"}, Likeness.EMAIL),
    ],
)
def test_a_name_with_something_else_is_proposed(
    people: People, more: dict[str, Any], likeness: Likeness
) -> None:
    people.add(
        SYSTEM, NewPerson(number="1", name="Ravi K. Kumar", joined_on=DAY, email="ravi@plant.in")
    )
    people.add(
        SYSTEM,
        NewPerson(number="2", name="Kumar Ravi K", **{"joined_on": date(2024, 1, 1), **more}),
    )

    (proposal,) = people.merging.proposals(SYSTEM)

    assert proposal.likenesses == {Likeness.NAME, likeness}


def test_who_is_here_is_proposed_to_stay_before_who_has_left(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    people.leave(SYSTEM, asha, reason="Moved to the paint shop")

    (proposal,) = people.merging.proposals(SYSTEM)

    assert proposal.stays.id == twin


def test_a_merged_person_has_the_records_of_both(
    people: People, site: Site, asha: PersonId, twin: PersonId
) -> None:
    people.merging.merge(SYSTEM, asha, twin, WHY)

    listed = people.list_people(SYSTEM, PageRequest(text="kulkarni"))
    assert [row.id for row in listed.rows] == [asha]
    shown = people.person(SYSTEM, twin)
    assert shown.id == asha
    assert {place.org_unit for place in shown.placements} == {"Line 1", "Paint shop"}
    assert people.find(SYSTEM, "E-1042").id == asha
    (merged,) = people.merging.merged_into(SYSTEM, asha)
    assert (merged.id, merged.reason, merged.number) == (twin, WHY, "E-1042")
    assert people.merging.proposals(SYSTEM) == ()


def test_an_undo_puts_everything_back(
    people: People,
    site: Site,
    asha: PersonId,
    ashas_account: AccountId,
    twin: PersonId,
    twins_account: Callable[[PersonId], AccountId],
) -> None:
    twins_account(twin)
    before = everything(site)
    people.merging.merge(SYSTEM, twin, asha, WHY)
    assert everything(site) != before

    people.merging.undo(SYSTEM, asha, "Two sisters")

    assert everything(site) == before
    listed = people.list_people(SYSTEM, PageRequest(text="kulkarni"))
    assert {row.id for row in listed.rows} == {asha, twin}
    assert people.merging.merged(SYSTEM) == ()
    assert people.merging.proposals(SYSTEM) == ()


def test_who_was_said_to_be_two_is_not_proposed_again_but_may_be_merged_still(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    people.merging.keep_apart(SYSTEM, twin, asha, "Cousins")
    assert people.merging.proposals(SYSTEM) == ()

    people.merging.merge(SYSTEM, asha, twin, WHY)

    assert people.person(SYSTEM, twin).id == asha


def test_the_account_of_who_stays_signs_in_with_its_own_secrets_alone(
    people: People,
    sign_in: SignIn,
    asha: PersonId,
    ashas_account: AccountId,
    twin: PersonId,
    twins_account: Callable[[PersonId], AccountId],
) -> None:
    account = twins_account(twin)
    with pytest.raises(NameIsDouble):
        sign_in.sign_in("E-1042", "7392")

    people.merging.merge(SYSTEM, asha, twin, WHY)

    actor = sign_in.sign_in("E-1042", "7392").actor
    assert (actor.person_id, actor.account_id) == (asha, ashas_account)
    assert not actor.may(Capability.MANAGE_SITE)
    assert sign_in.sign_in("asha.k", "7392").actor.account_id == ashas_account
    for name, pin in (("E-1042", "8256"), ("asha.k", "8256"), ("0BADCAFE", "7392")):
        with pytest.raises(WrongSignIn):
            sign_in.sign_in(name, pin)

    people.merging.undo(SYSTEM, twin, "Two sisters")

    assert sign_in.sign_in("asha.k", "8256").actor.may(Capability.MANAGE_SITE)
    assert sign_in.sign_in("asha.k", "8256").actor.account_id == account


def test_the_account_of_who_stays_is_the_one_however_old_it_is(
    people: People,
    sign_in: SignIn,
    asha: PersonId,
    ashas_account: AccountId,
    twin: PersonId,
    twins_account: Callable[[PersonId], AccountId],
) -> None:
    account = twins_account(twin)

    people.merging.merge(SYSTEM, twin, asha, WHY)

    actor = sign_in.sign_in("E-1042", "8256").actor
    assert (actor.person_id, actor.account_id) == (twin, account)
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("00A1 B2C3", "8256")


def test_who_has_the_only_account_signs_in_with_it(
    people: People, sign_in: SignIn, asha: PersonId, ashas_account: AccountId, twin: PersonId
) -> None:
    people.merging.merge(SYSTEM, twin, asha, WHY)

    actor = sign_in.sign_in("00A1 B2C3", "7392").actor
    assert (actor.person_id, actor.account_id) == (twin, ashas_account)
    assert people.person(SYSTEM, twin).account_id == ashas_account


def test_who_was_merged_while_signed_in_signs_in_anew(
    people: People, sign_in: SignIn, asha: PersonId, ashas_account: AccountId, twin: PersonId
) -> None:
    actor = sign_in.sign_in("00A1 B2C3", "7392").actor
    assert sign_in.why_over(actor) is None

    people.merging.merge(SYSTEM, twin, asha, WHY)

    assert isinstance(sign_in.why_over(actor), BecameAnother)


def test_a_number_that_led_to_a_merged_person_is_not_free(
    people: People, site: Site, asha: PersonId
) -> None:
    other = people.add(SYSTEM, NewPerson(number="P-77", name="Asha Kulkarni"))
    people.merging.merge(SYSTEM, asha, other, WHY)

    assert people.find(SYSTEM, "p-77").id == asha
    assert people.list_people(SYSTEM, PageRequest(text="p-77")).rows[0].id == asha
    with pytest.raises(NumberTaken):
        people.add(SYSTEM, NewPerson(number="P-77", name="Somebody else"))
    plan = people.imports.plan(SYSTEM, b"number,name\nP-77,Asha Kulkarni\n")
    assert [error.number for error in plan.errors] == ["P-77"]


def test_starts_of_one_course_stay_two(
    people: People, site: Site, asha: PersonId, twin: PersonId, clock: TurnedClock
) -> None:
    course = published(site, Outline(title="Fire", language="en", lessons=(a_lesson("html"),)))
    keys = {begin(site, person, course, clock.now()) for person in (asha, twin)}

    people.merging.merge(SYSTEM, asha, twin, WHY)

    with site.read() as session:
        starts = session.scalars(sa.select(CourseStartRow)).all()
    assert {start.id for start in starts} == keys
    assert {start.person_id for start in starts} == {asha}


def begin(site: Site, person: PersonId, course: UUID, at: datetime) -> UUID:
    with site.transaction(SYSTEM, "test.begin") as unit:
        version = unit.get_one(CourseRow, course).current_version_id
        start = CourseStartRow(person_id=person, course_id=course, version_id=version, at=at)
        unit.add(start)
        unit.flush()
        return start.id


def test_a_decision_needs_a_reason(people: People, asha: PersonId, twin: PersonId) -> None:
    with pytest.raises(ReasonMissing):
        people.merging.merge(SYSTEM, asha, twin, " ")
    with pytest.raises(ReasonMissing):
        people.merging.keep_apart(SYSTEM, asha, twin, "")
    with pytest.raises(ReasonMissing):
        people.merging.undo(SYSTEM, twin, "")


def test_only_who_looks_after_the_site_decides(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    clerk = somebody(Capability.MANAGE_PEOPLE, Capability.VIEW_PEOPLE)

    with pytest.raises(NotAllowed):
        people.merging.merge(clerk, asha, twin, WHY)
    with pytest.raises(NotAllowed):
        people.merging.proposals(clerk)


def test_what_cannot_be_merged_is_refused(
    people: People, asha: PersonId, twin: PersonId, plant: Plant
) -> None:
    third = people.add(SYSTEM, NewPerson(number="T", name="Third"))
    people.merging.merge(SYSTEM, asha, twin, WHY)

    with pytest.raises(AlreadyOne):
        people.merging.merge(SYSTEM, asha, twin, WHY)
    with pytest.raises(StandsForOthers):
        people.merging.merge(SYSTEM, third, asha, WHY)
    with pytest.raises(NotMerged):
        people.merging.undo(SYSTEM, third, WHY)


def test_nobody_merges_away_who_they_are_signed_in_as(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    me = Actor(
        account_id=None,
        person_id=asha,
        name="Asha",
        grants=somebody(Capability.MANAGE_SITE).grants,
    )

    with pytest.raises(OwnRecordsGo):
        people.merging.merge(me, twin, asha, WHY)


def test_three_become_one_and_one_goes_again(
    people: People, asha: PersonId, twin: PersonId
) -> None:
    third = people.add(SYSTEM, NewPerson(number="T", name="Asha K"))
    people.merging.merge(SYSTEM, asha, twin, WHY)
    people.merging.merge(SYSTEM, twin, third, WHY)  # twin is Asha by now

    assert {one.id for one in people.merging.merged_into(SYSTEM, asha)} == {twin, third}

    people.merging.undo(SYSTEM, twin, "No")

    assert [one.id for one in people.merging.merged(SYSTEM)] == [third]
    assert people.person(SYSTEM, twin).id == twin
    assert people.person(SYSTEM, third).id == asha


def test_whether_anybody_is_here_twice_follows_what_changes(people: People, asha: PersonId) -> None:
    merging = people.merging
    assert not merging.is_anybody_twice(SYSTEM)
    other = people.add(SYSTEM, NewPerson(number="P-77", name="Asha Kulkarni"))
    assert merging.is_anybody_twice(SYSTEM)
    merging.keep_apart(SYSTEM, asha, other, "Cousins")
    assert not merging.is_anybody_twice(SYSTEM)
    merging.merge(SYSTEM, asha, other, "No, one")
    assert merging.is_anybody_twice(SYSTEM)
    merging.undo(SYSTEM, other, "Cousins, after all")
    assert not merging.is_anybody_twice(SYSTEM)
