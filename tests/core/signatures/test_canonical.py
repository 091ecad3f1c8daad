"""One spelling of what is signed, and an outsider who checks it with nothing of this program."""

import hashlib
import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.actor import Actor
from app.core.signatures import Proof
from app.core.signatures.canonical import (
    Payload,
    PayloadUnreadable,
    Signatory,
    SignedRecord,
    canonical_record,
    changed_columns,
    payload_text,
    read_payload,
)
from tests.core.signatures.records import SHOWN, approve, require
from tests.support.in_touch import ACTOR
from tests.support.signers import LOGIN, PASSWORD, Door

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
WORDS = st.text(max_size=60)
PAYLOADS = st.builds(
    Payload,
    id=st.uuids(),
    signer=st.builds(
        Signatory, account=st.uuids(), person=st.none() | st.uuids(), number=WORDS, name=WORDS
    ),
    meaning=WORDS,
    reason=WORDS,
    signed_at=WORDS,
    stamp=st.integers(0, 2**63 - 1),
    clock=WORDS,
    record=st.builds(SignedRecord, kind=WORDS, id=st.uuids(), sha256=HASHES),
    shown=HASHES,
    components=st.lists(WORDS, max_size=3).map(tuple),
    station=HASHES,
    site=st.uuids(),
    key=HASHES,
)
WIRES = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | WORDS | st.binary(max_size=40)
ROWS = st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=8), WIRES, max_size=6)
SOME = UUID(int=7)


@given(PAYLOADS)
def test_a_payload_is_read_as_it_was_written_and_written_as_it_was_read(payload: Payload) -> None:
    text = payload_text(payload)

    assert read_payload(text) == payload
    assert payload_text(read_payload(text)) == text


@given(PAYLOADS, PAYLOADS)
def test_two_payloads_have_one_spelling_only_if_they_are_one(one: Payload, other: Payload) -> None:
    assert (payload_text(one) == payload_text(other)) == (one == other)


@given(st.text(max_size=200))
def test_what_is_no_payload_is_said_to_be_none(untrusted: str) -> None:
    with pytest.raises(PayloadUnreadable):
        read_payload(untrusted)


@given(ROWS, ROWS)
def test_records_have_one_spelling_only_if_they_hold_the_same(one: dict, other: dict) -> None:  # type: ignore[type-arg]  # of whatever a column may hold
    spelled = (
        canonical_record("requirement", SOME, one),
        canonical_record("requirement", SOME, other),
    )

    alike = {(n, type(v), v) for n, v in one.items()} == {(n, type(v), v) for n, v in other.items()}
    assert (spelled[0] == spelled[1]) == alike


@given(ROWS, st.data())
def test_every_column_that_changes_is_named_and_no_other(row: dict, data: st.DataObject) -> None:  # type: ignore[type-arg]  # of whatever a column may hold
    changed = data.draw(st.sets(st.sampled_from(sorted(row)))) if row else set()
    after = {name: f"{value!r}!" if name in changed else value for name, value in row.items()}

    signed = canonical_record("requirement", SOME, row)
    now = canonical_record("requirement", SOME, {**after, "added by an upgrade": 1})

    assert changed_columns(signed, now) == tuple(sorted(changed))


def test_an_outsider_checks_a_signature_with_python_alone(door: Door, meera: Actor) -> None:
    """The lines that the manual gives to whoever has a copied proof and no Daksha."""
    found = door.signatures.signature(ACTOR, approve(door, meera, require(door.pc)))
    payload, record, shown = found.payload, found.record, found.shown
    public_key, signature = found.public_key.hex(), found.signature.hex()

    def check(payload: str) -> None:
        message = b"daksha-signature-v1\0" + hashlib.sha256(payload.encode()).digest()
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), message)
        says = json.loads(payload)
        assert says["key"] == hashlib.sha256(bytes.fromhex(public_key)).hexdigest()
        assert says["record"]["sha256"] == hashlib.sha256(record.encode()).hexdigest()
        assert says["shown"] == hashlib.sha256(shown.encode()).hexdigest()

    check(payload)
    says = json.loads(payload)
    assert says["signer"]["name"] == "Meera Joshi"
    assert says["signed_at"].endswith("+05:30")
    assert json.loads(record)["columns"]["valid_months"] == 12
    assert shown == SHOWN
    with pytest.raises(InvalidSignature):
        check(payload.replace("approved", "reviewed"))


def test_a11_17_a_signature_says_both_components_and_local_time_with_its_offset(
    door: Door, meera: Actor
) -> None:
    door.signatures.end_series()
    proof = Proof(name=LOGIN, password=PASSWORD)

    says = json.loads(
        door.signatures.signature(ACTOR, approve(door, meera, require(door.pc), proof)).payload
    )

    assert says["components"] == ["id", "password"]
    assert datetime.fromisoformat(says["signed_at"]).utcoffset() == timedelta(hours=5, minutes=30)
