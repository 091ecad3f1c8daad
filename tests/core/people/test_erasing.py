"""Erasing somebody: asked by one, confirmed by another, held back by law and retention, for good."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.journal import Journal, Site, index_mentions
from app.core.journal.personal import personal_tables
from app.core.keys import KeyFolder
from app.core.people import (
    Destination,
    GatePass,
    NewPerson,
    People,
    PersonChange,
    PersonId,
    PersonKind,
    SignIn,
    WrongSignIn,
)
from app.core.people.account_models import AccountRow, CredentialRow
from app.core.people.erasing import (
    AlreadyAsked,
    ErasedOutside,
    ErasureHindered,
    HindranceKind,
    NothingAsked,
    PersonErased,
    RetentionRefused,
    SecondPersonNeeded,
)
from app.core.people.erasing.queries import years_after
from app.core.people.erasing.words import GOES
from app.core.people.merging import AlreadyOne
from app.core.people.models import PersonRow
from tests.core.people.conftest import SYSTEM, Plant
from tests.support.sites import STATION
from tests.support.traces import traces

ONE = replace(SYSTEM, account_id=new_id(), name="Asha Rao")
OTHER = replace(SYSTEM, account_id=new_id(), name="Binod Das")
WHY = "Asked for it in writing"
NAMES = ("Kamala", "कमला", "K-4711", "kamala@plant", "GP-KAMALA")


@pytest.fixture(autouse=True)
def _one_of_several_sites(site: Site) -> None:
    site.site_id = new_id()


@pytest.fixture
def kamala(people: People, plant: Plant) -> PersonId:
    """Somebody who left long ago."""
    who = people.add(
        SYSTEM,
        NewPerson(
            number="K-4711",
            name="Kamala Devi",
            name_local="कमला देवी",
            email="kamala@plant.example",
            kind=PersonKind.CONTRACTOR,
            gate_pass=GatePass(number="GP-KAMALA-7", until=date(2015, 3, 1)),
            joined_on=date(2010, 1, 1),
            place=Destination(org_unit_id=plant.press, job_role_id=plant.operator),
        ),
    )
    people.leave(SYSTEM, who, date(2015, 3, 1))
    return who


def erase(people: People, who: PersonId) -> None:
    people.erasures.confirm(OTHER, people.erasures.request(ONE, who, WHY))


def test_dp_08_nothing_of_a_name_is_left_and_the_record_stays(
    people: People, site: Site, kamala: PersonId
) -> None:
    erase(people, kamala)
    assert traces(site, *NAMES) == []
    person = people.person(SYSTEM, kamala)
    assert person.name.startswith("Person ")
    assert person.number.startswith("P-")
    assert person.joined_on == date(2010, 1, 1)
    assert [place.org_unit for place in person.placements] == ["Press shop"]


def test_who_is_erased_is_found_under_the_pseudonym_alone(people: People, kamala: PersonId) -> None:
    erase(people, kamala)
    name = people.person(SYSTEM, kamala).name

    def found(text: str) -> list[str]:
        return [one.name for one in people.list_people(SYSTEM, PageRequest(text=text)).rows]

    assert found("kamala") == []
    assert found(name) == [name]


def test_the_account_closes_and_opens_by_nothing(
    people: People, sign_in: SignIn, site: Site, kamala: PersonId
) -> None:
    account = sign_in.accounts.give_account(SYSTEM, kamala)
    sign_in.accounts.set_pin(SYSTEM, account, "493817")
    sign_in.accounts.set_badge(SYSTEM, account, "BADGE-77-88")
    erase(people, kamala)
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("K-4711", "493817")
    with site.read() as session:
        row = session.get_one(AccountRow, account)
        secrets = set(session.scalars(sa.select(CredentialRow.secret)))
        open_ones = sa.select(CredentialRow).where(CredentialRow.revoked_at.is_(None))
        assert row.disabled_at is not None
        assert secrets == {"erased"}
        assert session.scalars(open_ones).all() == []


def test_a_decision_that_they_took_stands_without_their_name(
    people: People, sign_in: SignIn, site: Site, kamala: PersonId
) -> None:
    account = sign_in.accounts.give_account(SYSTEM, kamala)
    acting = replace(SYSTEM, account_id=UUID(str(account)), person_id=kamala, name="Kamala Devi")
    one = people.add(SYSTEM, NewPerson(number="E-1", name="Ravi"))
    other = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi"))
    people.merging.keep_apart(acting, one, other, "Two people")
    erase(people, kamala)
    assert traces(site, *NAMES) == []


def test_whatever_goes_is_said_in_words() -> None:
    assert set(GOES) == set(personal_tables())


def test_it_takes_two_people(people: People, kamala: PersonId) -> None:
    request = people.erasures.request(ONE, kamala, WHY)
    for actor in (ONE, SYSTEM, replace(OTHER, person_id=kamala)):
        with pytest.raises(SecondPersonNeeded):
            people.erasures.confirm(actor, request)
    assert people.person(SYSTEM, kamala).name == "Kamala Devi"


def test_nobody_asks_for_their_own(people: People, kamala: PersonId) -> None:
    for actor in (SYSTEM, replace(ONE, person_id=kamala)):
        with pytest.raises(SecondPersonNeeded):
            people.erasures.request(actor, kamala, WHY)


def test_only_who_may_erase_does(people: People, kamala: PersonId) -> None:
    grants = frozenset(one for one in ONE.grants if one.capability is not Capability.ERASE_PEOPLE)
    actor = replace(ONE, grants=grants)
    acts = (
        lambda: people.erasures.desk(actor),
        lambda: people.erasures.plan(actor, kamala),
        lambda: people.erasures.request(actor, kamala, WHY),
        lambda: people.erasures.hold(actor, kamala, WHY),
        lambda: people.erasures.set_retention(actor, 5, WHY),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_what_has_no_reason_is_refused(people: People, kamala: PersonId) -> None:
    for act in (people.erasures.request, people.erasures.hold):
        with pytest.raises(ReasonMissing):
            act(ONE, kamala, "  ")


def test_who_is_here_is_not_erased(people: People) -> None:
    who = people.add(SYSTEM, NewPerson(number="E-9", name="Ravi Iyer"))
    request = people.erasures.request(ONE, who, WHY)
    with pytest.raises(ErasureHindered) as refusal:
        people.erasures.confirm(OTHER, request)
    assert [one.kind for one in refusal.value.hindrances] == [HindranceKind.HERE]
    assert people.person(SYSTEM, who).name == "Ravi Iyer"


def test_p11_03_dp_06_retention_stands_in_the_way_until_its_day(
    people: People, kamala: PersonId
) -> None:
    people.erasures.set_retention(ONE, 50, "The law of the land")
    request = people.erasures.request(ONE, kamala, WHY)
    with pytest.raises(ErasureHindered) as refusal:
        people.erasures.confirm(OTHER, request)
    (hindrance,) = refusal.value.hindrances
    assert hindrance.until == date(2065, 3, 1)
    assert "by the retention rule until" in refusal.value.happened
    people.erasures.set_retention(ONE, 10, "The law was changed")
    people.erasures.confirm(OTHER, request)
    assert people.erasures.desk(ONE).retention_years == 10


@pytest.mark.parametrize("years", [-1, 0, 101])
def test_no_retention_is_none(people: People, years: int) -> None:
    with pytest.raises(RetentionRefused):
        people.erasures.set_retention(ONE, years, WHY)


def test_years_after_a_leap_day_end_on_the_day_before(people: People) -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_dp_06_a_hold_stands_until_it_is_lifted(people: People, kamala: PersonId) -> None:
    hold = people.erasures.hold(ONE, kamala, "Inquiry 12")
    request = people.erasures.request(ONE, kamala, WHY)
    with pytest.raises(ErasureHindered, match="Inquiry 12"):
        people.erasures.confirm(OTHER, request)
    people.erasures.lift(OTHER, hold, "Inquiry closed")
    assert people.erasures.desk(ONE).holds == ()
    people.erasures.confirm(OTHER, request)
    with pytest.raises(NothingAsked):
        people.erasures.lift(OTHER, hold, "Again")


def test_a_request_that_was_withdrawn_is_confirmed_by_nobody(
    people: People, kamala: PersonId
) -> None:
    request = people.erasures.request(ONE, kamala, WHY)
    with pytest.raises(AlreadyAsked):
        people.erasures.request(OTHER, kamala, WHY)
    people.erasures.withdraw(OTHER, request, "They changed their mind")
    with pytest.raises(NothingAsked):
        people.erasures.confirm(OTHER, request)
    assert people.erasures.desk(ONE).requests == ()
    people.erasures.request(OTHER, kamala, WHY)


def test_a_plan_says_what_goes_and_changes_nothing(people: People, kamala: PersonId) -> None:
    plan = people.erasures.plan(ONE, kamala)
    assert {one.key: one.count for one in plan.goes} == {"person": 1}
    assert plan.stays == 1
    assert plan.open_entries == 0
    assert plan.hindrances == ()
    assert people.person(SYSTEM, kamala).name == "Kamala Devi"
    erase(people, kamala)
    assert people.person(SYSTEM, kamala).name == plan.pseudonym


def test_who_was_merged_into_them_goes_with_them(
    people: People, site: Site, kamala: PersonId
) -> None:
    twin = people.add(SYSTEM, NewPerson(number="K-4711-B", name="Kamala D."))
    people.merging.merge(SYSTEM, kamala, twin, "One person")
    erase(people, kamala)
    assert traces(site, *NAMES) == []
    with pytest.raises(PersonErased):
        people.erasures.plan(ONE, twin)


def test_who_is_erased_is_neither_edited_nor_merged_nor_given_an_account(
    people: People, sign_in: SignIn, kamala: PersonId
) -> None:
    erase(people, kamala)
    other = people.add(SYSTEM, NewPerson(number="E-3", name="Somebody"))
    refused = (
        lambda: people.edit(SYSTEM, kamala, PersonChange(name="Kamala")),
        lambda: people.rejoin(SYSTEM, kamala),
        lambda: people.merging.merge(SYSTEM, other, kamala, "One person"),
        lambda: sign_in.accounts.give_account(SYSTEM, kamala),
        lambda: people.erasures.request(ONE, kamala, WHY),
    )
    for act in refused:
        with pytest.raises(PersonErased):
            act()


def test_entries_of_before_are_counted_and_blanked_in_the_tables(
    people: People, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            "app.core.journal.transactions.with_people_hidden", lambda _c, changes: changes
        )
        who = people.add(SYSTEM, NewPerson(number="K-4711", name="Kamala Devi"))
        people.edit(SYSTEM, who, PersonChange(name="Kamala Rao"))
        people.leave(SYSTEM, who)
        people.leave(SYSTEM, who, people.person(SYSTEM, who).joined_on)
    people.edit(SYSTEM, who, PersonChange(email="kamala@plant.example"))
    index_mentions(site)
    assert people.erasures.plan(ONE, who).open_entries == 2
    people.erasures.set_retention(ONE, 1, "Least")
    with site.transaction(SYSTEM, "test.act") as unit:
        unit.get_one(PersonRow, who).left_on = date(2015, 1, 1)
    erase(people, who)
    with site.read() as session:
        row = session.get_one(PersonRow, who)
        assert row.name.startswith("Person ")
    assert {one.split()[0] for one in traces(site, *NAMES)} <= {"journal_entry"}
    assert Journal(site, STATION).verify(SYSTEM).ok


def test_the_list_says_who_was_erased_by_whom_and_why(people: People, kamala: PersonId) -> None:
    erase(people, kamala)
    (erased,) = people.erasures.desk(ONE).erased
    assert (erased.reason, erased.asked_by, erased.confirmed_by) == (WHY, "Asha Rao", "Binod Das")


def test_who_is_erased_is_kept_outside_the_records(
    site: Site, people: People, kamala: PersonId, tmp_path: Path
) -> None:
    outside = ErasedOutside(KeyFolder(tmp_path / "keys", "here"))
    kept = People(site, outside)
    erase(kept, kamala)
    assert outside.read() == {UUID(str(kamala))}
    (tmp_path / "keys" / "here" / "erased.json").write_bytes(b"\xff{")
    assert outside.read() == frozenset()
    kept.erasures.attend()
    assert outside.read() == {UUID(str(kamala))}


def test_every_refusal_says_what_is_safe(people: People, kamala: PersonId) -> None:
    refusals: list[UserFacingError] = []
    for act in (
        lambda: people.erasures.confirm(OTHER, new_id()),
        lambda: people.erasures.lift(OTHER, new_id(), WHY),
        lambda: people.erasures.set_retention(OTHER, 0, WHY),
        lambda: people.merging.compare(OTHER, kamala, kamala),
    ):
        try:
            act()
        except UserFacingError as refusal:
            refusals.append(refusal)
    assert len(refusals) == 4
    assert all(one.safe for one in refusals if not isinstance(one, AlreadyOne))
