"""What is sealed is read with its own key, in its own place, and with nothing else."""

from uuid import UUID

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.actor import system_actor
from app.core.journal import Site
from app.core.journal.changes import (
    BodyUnreadable,
    Edit,
    Edited,
    Inserted,
    decode_changes,
    encode_changes,
    people_sealed_in,
)
from app.core.journal.models import EntryRow
from app.core.journal.personal import opened_changes, personal_tables
from app.core.journal.personal.cipher import Sealer, fresh_key, unseal
from app.core.people.account_models import AccountRow, CredentialRow
from app.core.people.models import PersonDecisionRow, PersonRow
from app.core.storage.tables import journalled_models, table_of

ids = st.uuids()
said = st.dictionaries(
    st.text(max_size=12), st.one_of(st.none(), st.text(max_size=40), st.integers(0, 9)), max_size=6
)


@given(person=ids, row=ids, values=said)
def test_what_is_sealed_is_read_with_its_key(
    person: UUID, row: UUID, values: dict[str, object]
) -> None:
    key = fresh_key()
    assert (
        unseal(key, Sealer(key, person.bytes).seal("person", row, values), "person", row) == values
    )


@given(person=ids, row=ids, other=ids, values=said)
def test_nothing_is_read_with_another_key_or_in_another_place(
    person: UUID, row: UUID, other: UUID, values: dict[str, object]
) -> None:
    key = fresh_key()
    sealed = Sealer(key, person.bytes).seal("person", row, values)
    assert unseal(fresh_key(), sealed, "person", row) is None
    assert unseal(key, sealed, "account", row) is None
    if other != row:
        assert unseal(key, sealed, "person", other) is None
    if other != person:
        assert unseal(key, other.bytes + sealed[16:], "person", row) is None


@given(person=ids, row=ids, values=said, place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_changed_bit_is_not_read(
    person: UUID, row: UUID, values: dict[str, object], place: int, bit: int
) -> None:
    key = fresh_key()
    sealed = bytearray(Sealer(key, person.bytes).seal("person", row, values))
    sealed[place % len(sealed)] ^= 1 << bit
    assert unseal(key, bytes(sealed), "person", row) is None


@given(st.binary(max_size=80))
def test_what_nobody_sealed_is_read_by_nobody(untrusted: bytes) -> None:
    assert unseal(fresh_key(), untrusted, "person", UUID(int=1)) is None


@given(person=ids, row=ids, sealed=st.binary(min_size=1, max_size=60))
def test_a_body_keeps_what_is_sealed_as_it_is(person: UUID, row: UUID, sealed: bytes) -> None:
    changes = [
        Inserted("person", row, {"language": "en"}, sealed),
        Edited("person", row, {"name": Edit(bytes(16), None, None)}, sealed),
    ]
    body = encode_changes(changes)
    assert decode_changes(body) == changes
    assert people_sealed_in([body]) == ({sealed[:16]} if len(sealed) >= 16 else set())


@pytest.mark.parametrize("strange", [7, "text", None, [b"", None], [b"", None, 3]])
def test_a_body_whose_sealed_part_is_no_bytes_is_not_read(strange: object) -> None:

    for code in (0, 1):
        packed = [[code, "person", bytes(16), {"~who": strange}]]
        with pytest.raises(BodyUnreadable):
            decode_changes(msgspec.msgpack.encode(packed))
        assert people_sealed_in([msgspec.msgpack.encode(packed)]) == set()


def test_every_name_written_down_leads_to_its_person(site: Site) -> None:
    with site.transaction(system_actor(), "test.act") as unit:
        person = PersonRow(number="E-1", name="Asha", search_text="e-1 asha")
        unit.add(person)
        unit.flush()
        account = AccountRow(login="asha", person_id=person.id)
        unit.add(account)
        unit.flush()
        at = site.clock.now()
        unit.add(CredentialRow(account_id=account.id, kind="pin", secret="hash", set_at=at))
        unit.add(
            PersonDecisionRow(
                verdict="apart",
                stays_id=person.id,
                other_id=person.id,
                reason="two",
                at=at,
                by=account.id,
                by_name="Asha",
            )
        )
    with site.read() as session:
        (body,) = session.scalars(sa.select(EntryRow.body))
        opened = opened_changes(session.connection(), decode_changes(body))
    sealed = decode_changes(body)
    assert {one.sealed[:16] for one in sealed} == {person.id.bytes}
    assert b"Asha" not in body
    assert b"hash" not in body
    said = {one.table: one.values for one in opened if isinstance(one, Inserted)}
    assert (said["person"]["name"], said["person_decision"]["by_name"]) == ("Asha", "Asha")
    assert said["credential"]["secret"] == "hash"


def test_what_is_nobodys_stays_open(site: Site) -> None:
    with site.transaction(system_actor(), "test.act") as unit:
        unit.add(AccountRow(login="auditor", name="From outside", person_id=None))
    with site.read() as session:
        (body,) = session.scalars(sa.select(EntryRow.body))
        assert session.execute(sa.text("SELECT count(*) FROM person_key")).scalar_one() == 0
    assert b"auditor" in body


def test_no_personal_column_says_what_is_one_or_refers_to_anything() -> None:
    models = {table_of(model).name: model for model in journalled_models()}
    for name, personal in personal_tables().items():
        table = table_of(models[name])
        unique = {
            column.name
            for key in table.constraints
            if isinstance(key, sa.UniqueConstraint)
            for column in key.columns
        }
        referring = {column.name for column in table.columns if column.foreign_keys}
        assert not (unique | referring) & personal.columns.keys()
        blanks = personal.blanks(bytes(16), {})
        assert blanks.keys() == personal.columns.keys()
