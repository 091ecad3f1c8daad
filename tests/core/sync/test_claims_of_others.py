"""A plant with an altered program says who may sign in at headquarters: nothing of it counts, and it is told.

I2, I4: whichever file comes first, PCs of headquarters with equal entries have equal tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.ids import new_id
from app.core.journal.changes import Change, Edit, Edited
from app.core.journal.projection.registers import unpack_versions
from app.core.journal.shapes import shape_of
from app.core.people import (
    AccountId,
    OrgUnitId,
    People,
    WrongSignIn,
    create_first_administrator,
)
from app.core.people.account_models import (
    AccountRow,
    CredentialKind,
    CredentialRow,
    DelegationRow,
    RoleGrantRow,
)
from app.core.people.credentials import credential_of
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.secrets import SecretHasher
from app.core.signatures import SigningKeys
from app.core.signatures.keeping import is_ended, keys_of
from app.core.signatures.models import KeyEnd, SigningKeyEndRow, SigningKeyRow
from app.core.storage.tables import Base, Record
from tests.core.sync.test_accounts_of_plants import LIGHT, PIN, doors, settle, up
from tests.core.sync.test_exchange import is_sound
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc

OF_HQ, OF_PLANT, STOLEN = "monsoon over the lathe", "gearbox in the rain", "crowbar at the window"


@dataclass
class Ground:
    """Headquarters and a plant that know each other's records, as far as an insider may have learnt them."""

    hq: Pc
    plant: Pc
    stick: Path
    boss: AccountId
    """Headquarters' administrator."""
    person: UUID
    office: OrgUnitId
    plantboss: AccountId

    def row(self, model: type[Any], key: UUID) -> Any:
        """Return a row of headquarters'."""
        with self.hq.opened.site.read() as session:
            return session.get_one(model, key)

    def secret_of_boss(self) -> UUID:
        """Return the credential in force."""
        with self.hq.opened.site.read() as session:
            found = credential_of(session, self.boss, CredentialKind.PASSWORD)
        assert found is not None
        return found.id

    def edit(self, model: type[Record], key: UUID, **values: Any) -> Change:
        """Return an edit of a row of headquarters' that saw what stands there."""
        row, wires = self.row(model, key), shape_of(model).wires(values)
        versions = unpack_versions(row.row_versions)
        edits = {n: Edit(versions.get(n, versions[""]), None, new) for n, new in wires.items()}
        return Edited(shape_of(model).table, key, edits)


def begun(model: type[Base], key: UUID | None = None, **values: Any) -> Change:
    """Return a new row, which the plant's own tables could not hold."""
    shape = shape_of(model)
    return shape.inserted(key or new_id(), shape.wires(values))


def says(ground: Ground, *changes: Change) -> None:
    """Let the plant's altered program write an entry of its own station, whatever its tables say."""
    with ground.plant.opened.site.transaction(ACTOR, "test.altered") as unit:
        for change in changes:
            scope = next(
                m.class_.table_scope
                for m in Base.registry.mappers
                if m.class_.__tablename__ == change.table
            )
            assert scope is not None
            unit.changes.setdefault(scope, []).append(change)


@pytest.fixture
def ground(headquarters: Pc, plant: Pc, stick: Path) -> Ground:
    boss = create_first_administrator(
        headquarters.opened.site, login="boss", name="Boss", password=OF_HQ, number="1", cost=LIGHT,
        keepers=[SigningKeys(headquarters.opened.site, headquarters.opened.keys, LIGHT)],
    )  # fmt: skip
    office = People(headquarters.opened.site).organisation.add_org_unit(ACTOR, "OFFICE", "Office")
    plantboss = create_first_administrator(
        plant.opened.site, login="plantboss", name="Plant boss", password=OF_PLANT, cost=LIGHT
    )
    settle(headquarters)
    up(headquarters, plant, stick)
    with headquarters.opened.site.read() as session:
        person = session.get_one(AccountRow, boss).person_id
    assert person is not None
    return Ground(headquarters, plant, stick, boss, person, office, plantboss)


def stolen() -> str:
    return SecretHasher(LIGHT).hashed(STOLEN)


Attack = Callable[[Ground], list[Change]]


def a_new_account(ground: Ground) -> list[Change]:
    account = new_id()
    return [
        begun(AccountRow, account, login="ghost", name="Ghost", home_site_id=ground.hq.opened.site_id),
        begun(
            CredentialRow, account_id=account, kind=CredentialKind.PASSWORD, secret=stolen(),
            must_change=False, set_at=ground.hq.opened.site.clock.now(),
        ),
        begun(
            RoleGrantRow, account_id=account, role="administrator",
            granted_at=ground.hq.opened.site.clock.now(),
        ),
    ]  # fmt: skip


def a_new_password(ground: Ground) -> list[Change]:
    return [
        begun(
            CredentialRow, account_id=ground.boss, kind=CredentialKind.PASSWORD, secret=stolen(),
            must_change=False, set_at=ground.hq.opened.site.clock.now(),
        )
    ]  # fmt: skip


def another_password(ground: Ground) -> list[Change]:
    return [ground.edit(CredentialRow, ground.secret_of_boss(), secret=stolen())]


def a_password_taken_away(ground: Ground) -> list[Change]:
    now = ground.hq.opened.site.clock.now()
    return [ground.edit(CredentialRow, ground.secret_of_boss(), revoked_at=now)]


def a_badge(ground: Ground) -> list[Change]:
    return [
        begun(
            CredentialRow, account_id=ground.boss, kind=CredentialKind.PIN,
            secret=SecretHasher(LIGHT).hashed(PIN), must_change=False,
            set_at=ground.hq.opened.site.clock.now(),
        )
    ]  # fmt: skip


def an_own_password_given_to_another(ground: Ground) -> list[Change]:
    with ground.plant.opened.site.read() as session:
        own = credential_of(session, ground.plantboss, CredentialKind.PASSWORD)
    assert own is not None
    return [ground.edit(CredentialRow, own.id, account_id=ground.boss)]


def a_role_in_the_office(ground: Ground) -> list[Change]:
    return [
        begun(
            RoleGrantRow, account_id=ground.plantboss, role="administrator",
            org_unit_id=ground.office, granted_at=ground.hq.opened.site.clock.now(),
        )
    ]  # fmt: skip


def a_home(ground: Ground) -> list[Change]:
    return [ground.edit(AccountRow, ground.plantboss, home_site_id=ground.hq.opened.site_id)]


def a_login(ground: Ground) -> list[Change]:
    return [ground.edit(AccountRow, ground.boss, login="nobody")]


def a_closed_account(ground: Ground) -> list[Change]:
    return [ground.edit(AccountRow, ground.boss, disabled_at=ground.hq.opened.site.clock.now())]


def the_account_once_more(ground: Ground) -> list[Change]:
    plant = ground.plant.opened.site_id
    return [begun(AccountRow, ground.boss, login="boss", name="Me", home_site_id=plant)]


def an_account_of_the_same_person(ground: Ground) -> list[Change]:
    return [
        begun(
            AccountRow, UUID(int=1), login="me", person_id=ground.person,
            home_site_id=ground.plant.opened.site_id,
        )
    ]  # fmt: skip


def somebody_of_headquarters(ground: Ground) -> list[Change]:
    return [
        begun(
            PersonRow, number="1", name="Nobody", search_text="1 nobody",
            home_site_id=ground.hq.opened.site_id,
        )
    ]  # fmt: skip


def one_person_with_another(ground: Ground) -> list[Change]:
    return [ground.edit(PersonRow, ground.person, merged_as_id=new_id(), left_on=date(2020, 1, 1))]


def an_office(ground: Ground) -> list[Change]:
    return [ground.edit(OrgUnitRow, ground.office, site_id=ground.plant.opened.site_id)]


def a_delegation(ground: Ground) -> list[Change]:
    return [
        begun(
            DelegationRow, account_id=ground.plantboss, giver_id=ground.boss,
            from_on=date(2026, 1, 1), until_on=date(2026, 12, 31),
        )
    ]  # fmt: skip


def a_signing_key(ground: Ground) -> list[Change]:
    return [
        begun(
            SigningKeyRow, account_id=ground.boss, public_key=bytes(32), paper=b"",
            made_at=ground.hq.opened.site.clock.now(),
        )
    ]  # fmt: skip


def the_end_of_a_key(ground: Ground) -> list[Change]:
    return [
        begun(
            SigningKeyEndRow, key_id=own_key(ground), why=KeyEnd.REVOKED, stamp=0,
            at=ground.hq.opened.site.clock.now(),
        )
    ]  # fmt: skip


def own_key(ground: Ground) -> UUID:
    with ground.hq.opened.site.read() as session:
        return keys_of(session, ground.boss)[0].id


ATTACKS: tuple[Attack, ...] = (
    a_new_account,
    a_new_password,
    another_password,
    a_password_taken_away,
    a_badge,
    an_own_password_given_to_another,
    a_role_in_the_office,
    a_home,
    a_login,
    a_closed_account,
    the_account_once_more,
    an_account_of_the_same_person,
    somebody_of_headquarters,
    one_person_with_another,
    an_office,
    a_delegation,
    a_signing_key,
    the_end_of_a_key,
)


def nothing_came_of_it(ground: Ground, pc: Pc) -> None:
    """Let headquarters' administrator come in as before at one of its PCs, and nobody else as one."""
    for name in ("boss", "1"):
        boss = doors(pc).with_password(name, OF_HQ)
        assert boss.account_id == ground.boss
        boss.require(Capability.MANAGE_SITE)
    for name in ("boss", "1", "hq/boss", "nobody"):
        for secret in (STOLEN, OF_PLANT, PIN):
            with pytest.raises(WrongSignIn):
                doors(pc).sign_in(name, secret)
    for name, secret in (("ghost", STOLEN), ("plantboss", OF_PLANT)):
        assert may_nothing(doors(pc).with_password(name, secret), ground.office)
    with pc.opened.site.read() as session:
        assert [one.id for one in keys_of(session, ground.boss)] == [own_key(ground)]
        assert not is_ended(session, own_key(ground))


def may_nothing(actor: Actor, office: UUID) -> bool:
    return all(
        office not in (actor.scope_of(one) or {office})
        for one in set(Capability) - {Capability.LEARN, Capability.VIEW_COURSES}
        if actor.may(one)
    )


def test_nothing_that_an_altered_plant_says_of_headquarters_counts(
    ground: Ground, tmp_path: Path, clock: TurnedClock
) -> None:
    """Each in a file of its own at one PC, all at once and before headquarters' own at another."""
    second = another_pc(ground.hq, tmp_path / "second", clock)
    for attack in ATTACKS:
        says(ground, *attack(ground))
        told = len(ground.hq.sync.board(ACTOR).claims)
        up(ground.hq, ground.plant, ground.stick)
        assert len(ground.hq.sync.board(ACTOR).claims) > told, attack.__name__
    every = ground.plant.sync.peer(ACTOR, str(ground.hq.opened.site_id))
    assert every
    nothing_came_of_it(ground, ground.hq)
    assert is_sound(ground.hq)
    second.take(ground.hq.send(ground.stick, second))
    settle(second)
    nothing_came_of_it(ground, second)
    assert is_sound(second)
