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
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.ids import new_id
from app.core.journal.changes import Change, Edit, Edited
from app.core.journal.projection.models import WriterRow
from app.core.journal.projection.registers import unpack_versions
from app.core.journal.shapes import shape_of
from app.core.people import (
    AccountId,
    OrgUnitId,
    People,
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
from app.core.people.erasing.models import PersonErasureRow
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.proving import named_by
from app.core.people.secrets import SecretHasher
from app.core.signatures import SigningKeys
from app.core.signatures.keeping import is_ended, keys_of
from app.core.signatures.models import KeyEnd, SigningKeyEndRow, SigningKeyRow
from app.core.storage.tables import Base, Record, model_of, table_of
from app.core.sync import claims_in_words, claims_of
from app.core.sync.relations import Relations
from tests.core.sync.test_accounts_of_plants import LIGHT, PIN, doors, down, settle, up
from tests.core.sync.test_exchange import is_sound, tables
from tests.core.sync.test_sites_in_touch import send
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other

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
    return [
        ground.edit(PersonRow, ground.person, merged_as_id=ground.person, left_on=date(2020, 1, 1))
    ]


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


def a_key_once_more(ground: Ground) -> list[Change]:
    key = ground.row(SigningKeyRow, own_key(ground))
    return [
        begun(
            SigningKeyRow, key.id, account_id=UUID(int=1), public_key=key.public_key, paper=b"",
            made_at=key.made_at,
        )
    ]  # fmt: skip


def an_erasure(ground: Ground) -> list[Change]:
    now = ground.hq.opened.site.clock.now()
    return [begun(PersonErasureRow, person_id=ground.person, at=now, by_name="Me")]


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
    a_key_once_more,
    an_erasure,
)


def nothing_came_of_it(ground: Ground, pc: Pc) -> None:
    """Let headquarters' administrator come in as before at one of its PCs, and nobody else as one."""
    for name in ("boss", "1"):
        boss = doors(pc).with_password(name, OF_HQ)
        assert boss.account_id == ground.boss
        boss.require(Capability.MANAGE_SITE)
    for name in ("boss", "1", "hq/boss", "nobody"):
        assert not any(opens(pc, name, secret) for secret in (STOLEN, OF_PLANT, PIN)), name
    for name, secret in (("ghost", STOLEN), ("plantboss", OF_PLANT)):
        assert may_nothing(doors(pc).with_password(name, secret), ground.office)
    with pc.opened.site.read() as session:
        assert [one.id for one in keys_of(session, ground.boss)] == [own_key(ground)]
        assert not is_ended(session, own_key(ground))


def opens(pc: Pc, name: str, secret: str) -> bool:
    """Tell whether a secret opens the account that a name means, without a try that counts."""
    kind = CredentialKind.PIN if secret == PIN else CredentialKind.PASSWORD
    with pc.opened.site.read() as session:
        named = named_by(session, name, kind, pc.opened.site_id)
    return named.account_id is not None and SecretHasher(LIGHT).fits(named.secret, secret)


def may_nothing(actor: Actor, office: UUID) -> bool:
    """Tell whether somebody may nothing there that not everybody may."""
    scopes = [
        actor.scope_of(one)
        for one in set(Capability) - {Capability.LEARN, Capability.VIEW_COURSES}
        if actor.may(one)
    ]
    return all(scope is not None and office not in scope for scope in scopes)


def spoken(pc: Pc) -> dict[str, list[tuple[object, ...]]]:
    """Return the tables of which not everybody may speak."""
    return {name: rows for name, rows in tables(pc).items() if model_of(name).spoken}


def told(pc: Pc) -> int:
    return sum(one.count for one in pc.sync.board(ACTOR).claims)


def test_nothing_that_an_altered_plant_says_of_headquarters_counts(
    ground: Ground, tmp_path: Path, clock: TurnedClock
) -> None:
    """Each in a file of its own at one PC; at another of the site before headquarters' own entries."""
    hq, plant, second = ground.hq, ground.plant, another_pc(ground.hq, tmp_path / "second", clock)
    down(hq, plant, ground.stick)  # whereby it knows the keys of both PCs
    for attack in ATTACKS:
        says(ground, *attack(ground))
        before = told(hq)
        up(hq, plant, ground.stick)
        assert told(hq) > before, attack.__name__
    nothing_came_of_it(ground, hq)
    assert {one.site for one in hq.sync.board(ACTOR).claims} == {"Plant PUN"}
    assert "Plant PUN wrote about the account of Boss" in "".join(
        claims_in_words(claims_of(hq.opened.site, hq.opened.keys))
    )

    second.take(send(plant, hq, ground.stick))
    second.take(hq.send(ground.stick, second))
    hq.take(second.send(ground.stick, hq))
    settle(second)

    nothing_came_of_it(ground, second)
    assert told(second) == told(hq)
    assert spoken(second) == spoken(hq)
    assert is_sound(hq)
    assert is_sound(second)
    hq.sync.note_claims_seen(ACTOR)
    assert told(hq) == 0


def test_what_other_sites_say_of_a_plant_counts_where_they_are_headquarters_alone(
    ground: Ground, tmp_path: Path, clock: TurnedClock
) -> None:
    """A plant with an altered program writes a file for another plant, past headquarters."""
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(ground.hq, other)
    assert other.opened.site_id is not None
    boss = create_first_administrator(
        other.opened.site, login="boss", name="Boss of NAG", password=OF_HQ, cost=LIGHT
    )
    now = other.opened.site.clock.now()
    says(
        ground,
        begun(
            CredentialRow, account_id=boss, kind=CredentialKind.PASSWORD, secret=stolen(),
            must_change=False, set_at=now,
        ),
    )  # fmt: skip
    up(ground.hq, other, ground.stick)
    up(ground.hq, ground.plant, ground.stick)

    for pc in (ground.hq, other):
        assert not opens(pc, "nag/boss", STOLEN)
        assert doors(pc).with_password("nag/boss", OF_HQ).account_id == boss

    doors(ground.hq).accounts.set_pin(ACTOR, boss, PIN, must_change=False)
    down(ground.hq, other, ground.stick)
    assert doors(other).sign_in("boss", PIN).actor.account_id == boss
    assert told(other) == 0
    assert is_sound(other)


def test_records_of_a_program_that_believed_everybody_are_judged_anew(ground: Ground) -> None:
    """What stands in the tables when the rule comes is taken out of them, and told."""
    with ground.hq.opened.site.database.write() as connection:
        connection.execute(sa.delete(table_of(WriterRow)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Relations, "note_writers", lambda *_about: None)
        for attack in (a_new_account, another_password, a_login, a_home, the_account_once_more):
            says(ground, *attack(ground))
            up(ground.hq, ground.plant, ground.stick)
        assert not opens(ground.hq, "boss", OF_HQ)
        assert told(ground.hq) == 0

    ground.hq.sync.importing.catch_up()
    settle(ground.hq)

    nothing_came_of_it(ground, ground.hq)
    assert told(ground.hq) > 0
    assert is_sound(ground.hq)
