"""Delegation: who assigns lets somebody else give training for a while, and nothing else (ADR 72)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import LentOnly, NotAllowed
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.courses import Outline, PublishedCourse
from app.core.journal import Site
from app.core.keys import SlotCost
from app.core.people import (
    AccountId,
    Audience,
    LendingOver,
    OrgUnitId,
    People,
    PersonId,
    RoleName,
    SignIn,
)
from app.core.people.delegating import (
    MOST_DAYS,
    Delegation,
    DelegationId,
    DelegationRefused,
    DelegationState,
    DelegationTerms,
)
from app.core.reports import Reports
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import AssignmentDetail
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.other_program import OtherProgram
from tests.support.sites import DATA_KEY
from tests.support.teaching import School, a_lesson, published

TODAY = date(2026, 11, 23)
LAST = date(2026, 12, 4)
PIN = "8256"
LIGHT = SlotCost(memory=32, passes=1, lanes=1)
Add = Callable[..., UUID]


@dataclass
class House:
    """A plant in which Ravi assigns in the press shop, and Asha learns there."""

    school: School
    people: People
    sign_in: SignIn
    press: OrgUnitId
    paint: OrgUnitId
    ravi: PersonId
    asha: PersonId
    accounts: dict[PersonId, AccountId]

    def give_account(
        self, person: UUID, role: RoleName, place: OrgUnitId | None = None
    ) -> AccountId:
        """Let somebody sign in with the PIN, as something."""
        who = PersonId(person)
        account = self.sign_in.accounts.give_account(SYSTEM, who)
        if role is not RoleName.LEARNER:
            self.sign_in.accounts.grant_role(SYSTEM, account, role, place)
        self.sign_in.accounts.set_pin(SYSTEM, account, PIN, must_change=False)
        self.accounts[who] = account
        return account

    def come(self, number: str) -> Actor:
        """Let somebody sign in."""
        return self.sign_in.sign_in(number, PIN).actor

    def let(self, whom: PersonId | None = None, by: str = "RAVI", **terms: object) -> DelegationId:
        """Let Ravi, or another, let somebody assign for him until 4 December."""
        said = {"until_on": LAST, "reason": "on leave", **terms}
        return self.people.delegations.give(
            self.come(by),
            whom or self.asha,
            DelegationTerms(**said),  # type: ignore[arg-type]  # as the tests say them
        )

    def assign(self, actor: Actor, *numbers: str) -> int:
        """Give the licence."""
        return self.school.training.assign(
            actor, "FORK", Audience(numbers=numbers), due_on=None, origin="Drives"
        )

    def why(self, person: UUID) -> AssignmentDetail:
        """Return why somebody has the licence to get."""
        acts = self.school.training.assignments
        (one,) = acts.of_person(SYSTEM, person)
        return acts.detail(SYSTEM, one.id)

    def listed(self, actor: Actor = SYSTEM) -> tuple[Delegation, ...]:
        """Return every delegation that somebody sees."""
        return self.people.delegations.listed(actor, with_past=True)


@pytest.fixture
def house(site: Site, school: School, people: People, add: Add) -> House:
    ravi, asha = PersonId(add("RAVI", "PRESS")), PersonId(add("ASHA", "PRESS"))
    add("P-1", "PRESS")
    add("Q-1", "PAINT")
    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    sign_in = SignIn(site, LIGHT)
    made = House(school, people, sign_in, units["PRESS"], units["PAINT"], ravi, asha, {})
    made.give_account(ravi, RoleName.TRAINER, made.press)
    made.give_account(asha, RoleName.LEARNER)
    kind = RequirementType.EXTERNAL
    school.training.catalogue.add(
        SYSTEM,
        NewRequirement(
            code="FORK",
            title="Licence",
            type=kind,
            terms=Terms(from_on=TODAY, validity=Validity.FOR_GOOD),
        ),
    )
    return made


def person(house: House, number: str) -> UUID:
    return house.people.find(SYSTEM, number).id


def test_a11_12_a_delegate_gives_training_there_and_it_says_for_whom(
    house: House, site: Site
) -> None:
    house.let()
    asha = house.come("ASHA")

    assert house.school.training.preview(asha, "FORK", Audience()).audience == 3
    assert house.assign(asha, "P-1", "Q-1") == 1

    why = house.why(person(house, "P-1")).why
    assert (why.origin, why.given) == ("Drives", "Given by Person ASHA for Person RAVI")
    entry = Reports(site).audit.page(SYSTEM).rows[0]
    assert (entry.actor, entry.acts_for) == ("Person ASHA", "Person RAVI")
    assert {one.name: one.new for one in entry.changes[0].columns}["delegation_id"] == "Person RAVI"
    table = Reports(site).table(SYSTEM, "given-for-others", PageRequest().searching("asha"))
    told = dict(zip((one.key for one in table.columns), table.rows[0], strict=True))
    assert (told["name"], told["giver"], told["state"], told["given"]) == (
        "Person ASHA", "Person RAVI", "lasting", 1,
    )  # fmt: skip
    assert verified(site)


def test_the_learner_reads_who_gave_it_for_whom(house: House, site: Site) -> None:
    outline = Outline(title="Fire", lessons=(a_lesson("page"),))
    course = published(site, outline, code="FIRE")
    with site.transaction(SYSTEM, "test.require") as unit:
        house.school.training.require_course(
            unit,
            PublishedCourse(
                course_id=course, version_id=new_id(), code="FIRE", number=1, outline=outline
            ),
        )
    house.give_account(person(house, "P-1"), RoleName.LEARNER)
    house.let()
    given = house.school.training.assign(
        house.come("ASHA"), "FIRE", Audience(numbers=("P-1",)), due_on=None, origin="New here"
    )

    assert given == 1
    (mine,) = house.school.training.my_courses(house.come("P-1"))
    assert mine.origin == "New here · Given by Person ASHA for Person RAVI"


def test_nothing_else_is_open_to_a_delegate(house: House) -> None:
    house.let()
    asha = house.come("ASHA")
    training = house.school.training

    assert {one.capability for one in asha.grants} == {
        Capability.LEARN,
        Capability.GIVE_TRAINING,
        Capability.VIEW_PEOPLE,
    }
    for act in (
        lambda: training.begin_day(asha),
        lambda: training.assignments.retraining.order(asha, "FORK", ("P-1",), reason="x"),
        lambda: training.enrolment.rules(asha),
        lambda: training.matrix.curricula.all(asha),
        lambda: training.practicals.forms.all(asha),
    ):
        with pytest.raises(LentOnly, match="You may give training for Person RAVI, and do nothing"):
            act()
    with pytest.raises(LentOnly):  # what was lent is nobody's to lend
        house.people.delegations.give(asha, house.ravi, DelegationTerms(until_on=LAST, reason="x"))
    with pytest.raises(NotAllowed):
        house.people.person(asha, PersonId(person(house, "Q-1")))


def test_whom_ones_own_role_reaches_gets_it_from_oneself(house: House) -> None:
    house.sign_in.accounts.grant_role(
        SYSTEM, house.accounts[house.asha], RoleName.TRAINER, house.paint
    )
    house.let()
    asha = house.come("ASHA")

    assert house.assign(asha) == 4

    assert house.why(person(house, "Q-1")).why.given == ""
    assert house.why(person(house, "P-1")).why.given == "Given by Person ASHA for Person RAVI"


def test_it_holds_on_its_days_alone(house: House, clock: TurnedClock) -> None:
    first = TODAY + timedelta(days=2)
    house.let(from_on=first)
    assert house.listed()[0].state is DelegationState.TO_COME
    assert not house.come("ASHA").may(Capability.GIVE_TRAINING)
    clock.turn(timedelta(days=2))
    asha = house.come("ASHA")
    assert house.assign(asha, "P-1") == 1
    clock.turn(LAST - first)
    assert house.listed()[0].state is DelegationState.IN_FORCE
    assert house.come("ASHA").may(Capability.GIVE_TRAINING)
    clock.turn(timedelta(days=1))

    assert house.listed()[0].state is DelegationState.OVER
    assert not house.come("ASHA").may(Capability.GIVE_TRAINING)
    with pytest.raises(LendingOver, match="You give training for Person RAVI no longer"):
        house.assign(asha, "RAVI")  # who has been signed in since


def test_it_holds_while_the_giver_may_do_so_themselves(house: House) -> None:
    house.let()
    asha, ravis = house.come("ASHA"), house.accounts[house.ravi]
    accounts = house.sign_in.accounts

    def stands() -> tuple[bool, DelegationState]:
        return house.come("ASHA").may(Capability.GIVE_TRAINING), house.listed()[0].state

    gone = (False, DelegationState.GIVER_MAY_NOT)
    assert stands() == (True, DelegationState.IN_FORCE)
    accounts.disable(SYSTEM, ravis)
    assert stands() == gone
    with pytest.raises(LendingOver):
        house.assign(asha, "P-1")
    accounts.enable(SYSTEM, ravis)
    accounts.revoke_role(SYSTEM, ravis, RoleName.TRAINER, house.press)
    assert stands() == gone
    accounts.grant_role(SYSTEM, ravis, RoleName.TRAINER, house.paint)
    assert house.come("ASHA").scope_of(Capability.GIVE_TRAINING) == {house.paint}
    house.people.leave(SYSTEM, house.ravi)
    assert stands() == gone


def test_in_one_department_it_reaches_no_further(house: House) -> None:
    accounts = house.sign_in.accounts
    accounts.grant_role(SYSTEM, house.accounts[house.ravi], RoleName.TRAINER)
    house.let(org_unit_id=house.paint)

    assert house.come("ASHA").scope_of(Capability.GIVE_TRAINING) == {house.paint}
    house.let()
    asha = house.come("ASHA")
    assert asha.scope_of(Capability.GIVE_TRAINING) is None
    assert [one.name for one in asha.lenders()] == ["Person RAVI"] * 2
    accounts.revoke_role(SYSTEM, house.accounts[house.ravi], RoleName.TRAINER)
    accounts.revoke_role(SYSTEM, house.accounts[house.ravi], RoleName.TRAINER, house.press)
    assert not house.come("ASHA").may(Capability.GIVE_TRAINING)


def test_what_may_not_be_lent_is_refused(house: House, add: Add) -> None:
    auditor, guest = PersonId(add("AUDI", "PRESS")), PersonId(add("GUEST", "PRESS"))
    gone = PersonId(add("GONE", "PRESS"))
    house.give_account(auditor, RoleName.AUDITOR)
    house.sign_in.accounts.disable(SYSTEM, house.give_account(gone, RoleName.LEARNER))
    refusals = (
        ("yourself", house.ravi, {}),
        ("no account", guest, {}),
        ("auditor", auditor, {}),
        ("closed", gone, {}),
        ("first day is past", None, {"from_on": TODAY - timedelta(days=1)}),
        ("before the first", None, {"from_on": LAST, "until_on": LAST - timedelta(days=1)}),
        ("366 days", None, {"until_on": TODAY + timedelta(days=MOST_DAYS)}),
    )
    for words, whom, terms in refusals:
        with pytest.raises(DelegationRefused, match=words):
            house.let(whom, **terms)
    with pytest.raises(ReasonMissing):
        house.let(reason=" ")
    with pytest.raises(NotAllowed):
        house.let(org_unit_id=house.paint)  # not his
    with pytest.raises(NotAllowed):
        house.let(house.ravi, by="ASHA")
    with pytest.raises(DelegationRefused, match="signed in"):
        house.people.delegations.give(
            SYSTEM, house.asha, DelegationTerms(until_on=LAST, reason="x")
        )
    assert house.listed() == ()

    house.let(until_on=TODAY + timedelta(days=MOST_DAYS - 1))
    with pytest.raises(DelegationRefused, match="already"):
        house.let(from_on=LAST)
    house.let(from_on=LAST, org_unit_id=house.press)  # another place


def test_who_gave_it_or_manages_accounts_ends_it(house: House, add: Add) -> None:
    house.give_account(add("BOSS", "PAINT"), RoleName.ADMINISTRATOR)
    house.give_account(add("MEERA", "PAINT"), RoleName.TRAINER)
    first = house.let()
    asha, ravi = house.come("ASHA"), house.come("RAVI")
    delegations = house.people.delegations
    assert [len(house.listed(one)) for one in (asha, ravi, house.come("MEERA"))] == [1, 1, 0]
    for other in (asha, house.come("MEERA")):
        with pytest.raises(NotAllowed):
            delegations.end(other, first, "no")

    delegations.end(ravi, first, "back again")

    assert not house.come("ASHA").may(Capability.GIVE_TRAINING)
    with pytest.raises(LendingOver):
        house.assign(asha, "P-1")
    with pytest.raises(DelegationRefused, match="over already"):
        delegations.end(ravi, first, "again")
    second = house.let()
    delegations.end(house.come("BOSS"), second, "audit")
    assert {one.state for one in house.listed()} == {DelegationState.ENDED}
    assert delegations.listed(house.come("BOSS")) == ()


def test_what_another_program_wrote_lets_nobody_do_more(house: House, site: Site) -> None:
    house.let()
    location = site.database.location
    other = OtherProgram(location.path, DATA_KEY)  # type: ignore[union-attr]  # a file here
    edit = other._connection.execute
    edit("UPDATE delegation SET until_on = '2099-01-01'")
    try:
        assert not house.come("ASHA").may(Capability.GIVE_TRAINING)
        assert not verified(site)
    finally:
        edit("UPDATE delegation SET until_on = ?", (LAST.isoformat(),))
        other.close()
    assert verified(site)


def test_what_was_given_to_an_account_that_rests_rests(
    house: House, site: Site, add: Add, clock: TurnedClock
) -> None:
    twin = PersonId(add("TWIN", "PRESS"))
    house.give_account(twin, RoleName.TRAINER, house.press)
    meera = PersonId(add("MEERA", "PRESS"))
    house.give_account(meera, RoleName.LEARNER)
    house.let(twin)
    house.let(meera, by="TWIN")
    assert house.come("MEERA").may(Capability.GIVE_TRAINING)

    decided = house.people.merging
    decided.merge(SYSTEM, house.asha, twin, "the same badge")

    assert not house.come("ASHA").may(Capability.GIVE_TRAINING)
    assert not house.come("MEERA").may(Capability.GIVE_TRAINING)
    decided.undo(SYSTEM, twin, "two after all")
    assert house.come("TWIN").may(Capability.GIVE_TRAINING)
    assert house.come("MEERA").may(Capability.GIVE_TRAINING)
    assert verified(site)
