"""What proving a signature finds: copies, edits, other keys, other times; and which of them it is."""

import json
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.keys import SigningKey, sign_digest
from app.core.people import AccountId
from app.core.signatures import (
    Meaning,
    Pen,
    Proof,
    SignatureState,
    Undersigned,
    WordsMissing,
)
from app.core.signatures.canonical import SIGNATURE, digest_of
from app.core.signatures.keeping import stamp_of
from app.core.signatures.models import SignatureRow
from app.core.storage.columns import canonical_json
from app.core.training.models import RequirementRow
from tests.core.signatures.records import approve, change, require
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import LOGIN, PASSWORD, Door

PROOF = Proof(password=PASSWORD)
COLUMNS = [column.key for column in SignatureRow.__table__.columns]


def signature_of(pc: Pc, key: UUID) -> dict[str, object]:
    """Return the columns of a signature."""
    with pc.opened.site.read() as session:
        row = session.get_one(SignatureRow, key)
        return {name: getattr(row, name) for name in COLUMNS}


def put(pc: Pc, columns: dict[str, object]) -> UUID:
    """Let a signature be on record that somebody made up."""
    row = SignatureRow(**{**columns, "id": columns.get("id") or new_id()})
    with pc.opened.site.transaction(ACTOR, "signature.forge") as unit:
        unit.add(row)
    return row.id


def state(door: Door, key: UUID) -> SignatureState:
    return door.signatures.signature(ACTOR, key).state


def test_p11_15_a11_14_a_signature_copied_to_another_record_is_called_a_copy(
    door: Door, meera: Actor
) -> None:
    """P11-15: it cannot be cut out and put under something else."""
    one, other = require(door.pc, "A"), require(door.pc, "B")
    genuine = approve(door, meera, one)

    copied = put(door.pc, {**signature_of(door.pc, genuine), "id": None, "record_id": other})
    again = put(door.pc, {**signature_of(door.pc, genuine), "id": None})

    assert state(door, copied) is SignatureState.COPIED
    assert state(door, again) is SignatureState.COPIED
    assert state(door, genuine) is SignatureState.VALID


def test_p11_15_a11_14_a_signed_record_that_is_edited_is_called_changed_and_where(
    door: Door, meera: Actor
) -> None:
    """P11-15: the signature stays on the version that was signed; the new one is unsigned."""
    key = require(door.pc)
    genuine = approve(door, meera, key)

    change(door.pc, key, 24)

    found = door.signatures.signature(ACTOR, genuine)
    assert found.state is SignatureState.RECORD_CHANGED
    assert found.changed == ("valid_months",)
    assert '"valid_months":12' in found.record
    change(door.pc, key, 12)
    assert state(door, genuine) is SignatureState.VALID


@pytest.mark.parametrize(
    "column", ["payload", "record", "shown", "name", "number", "meaning", "reason", "signature"]
)
def test_a_letter_that_is_changed_anywhere_is_found(door: Door, meera: Actor, column: str) -> None:
    genuine = signature_of(door.pc, approve(door, meera, require(door.pc)))
    value = genuine[column]
    changed = bytes(64) if isinstance(value, bytes) else str(value).replace("e", "i", 1) + " "

    forged = put(door.pc, {**genuine, "id": None, column: changed})

    assert state(door, forged) in {SignatureState.FORGED, SignatureState.COPIED}
    row = signature_of(door.pc, forged)
    assert row[column] != value


def test_another_key_with_the_signers_paper_is_nobodys(door: Door, meera: Actor) -> None:
    """Whoever makes a key of their own has no station that says it is hers."""
    genuine = signature_of(door.pc, approve(door, meera, require(door.pc)))
    key = SigningKey.make()
    payload = str(genuine["payload"]).replace(
        json.loads(str(genuine["payload"]))["key"], key.fingerprint.hex()
    )
    fresh = new_id()
    payload = payload.replace(f'"id":"{genuine["id"]}"', f'"id":"{fresh}"', 1)
    signed = {
        **genuine,
        "id": fresh,
        "payload": payload,
        "public_key": key.public_key,
        "signature": sign_digest(SIGNATURE, digest_of(payload), key),
    }

    assert state(door, put(door.pc, signed)) is SignatureState.UNKNOWN_KEY


def test_a_time_that_no_entry_has_is_found(door: Door, meera: Actor) -> None:
    """A signature made elsewhere and slipped in later names a moment at which nothing was written."""
    key = require(door.pc)
    pen = door.signatures.pen(meera, PROOF)
    kept = _signed_and_not_kept(door, pen, key)

    assert state(door, put(door.pc, kept)) is SignatureState.NOT_IN_JOURNAL


def test_what_was_signed_after_the_key_was_ended_does_not_hold(door: Door, meera: Actor) -> None:
    """A thief of the key signs on; what was signed before the end stays valid."""
    assert meera.account_id is not None
    key = require(door.pc)
    before = approve(door, meera, key)
    pen = door.signatures.pen(meera, PROOF)
    stolen = pen.key
    door.signatures.end_key(meera, meera.account_id, "stolen")  # type: ignore[arg-type]  # it is hers

    forged = _signed_by_a_thief(door, meera, stolen, signature_of(door.pc, before))

    assert state(door, forged) is SignatureState.KEY_ENDED
    assert state(door, before) is SignatureState.VALID


def test_what_was_signed_while_somebody_else_may_have_known_the_password_is_doubted(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    assert meera.account_id is not None
    key = require(door.pc)
    before = approve(door, meera, key)
    clock.turn(timedelta(days=3))
    known = local_day(clock)
    during = approve(door, door.enter(), key, Proof(name=LOGIN, password=PASSWORD))
    clock.turn(timedelta(days=1))
    account = AccountId(meera.account_id)
    with pytest.raises(WordsMissing):
        door.signatures.end_key(
            meera, account, "Seen by a colleague", local_day(clock) + timedelta(days=1)
        )

    door.signatures.end_key(meera, account, "Seen by a colleague", known)

    assert state(door, before) is SignatureState.VALID
    assert state(door, during) is SignatureState.DOUBTED


def test_checking_all_tells_one_by_one(door: Door, meera: Actor) -> None:
    one, other = require(door.pc, "A"), require(door.pc, "B")
    approve(door, meera, one)
    approve(door, meera, other)
    change(door.pc, other, 24)

    request = PageRequest().filtered_by([("meaning", "approved")])
    found = {one.line.record_id: one.state for one in door.signatures.check(ACTOR, request)}

    assert found == {one: SignatureState.VALID, other: SignatureState.RECORD_CHANGED}
    only = PageRequest().filtered_by([("record", str(one))])
    assert len(door.signatures.check(ACTOR, only)) == 1


def _signed_and_not_kept(door: Door, pen: Pen, key: UUID) -> dict[str, object]:
    """Sign within a unit that is thrown away, and return the signature."""
    kept: dict[str, object] = {}
    with (
        suppress(_ThrownAway),
        door.pc.opened.site.transaction(pen.actor, "requirement.approve") as unit,
    ):
        row = unit.get_one(RequirementRow, key)
        signature = Undersigned(pen, "x").sign(unit, row, Meaning.APPROVED, "x")
        made = unit.get_one(SignatureRow, signature)
        kept.update({name: getattr(made, name) for name in COLUMNS})
        raise _ThrownAway
    return kept


class _ThrownAway(Exception):
    """Ends a unit of work."""


def _signed_by_a_thief(
    door: Door, actor: Actor, key: SigningKey, genuine: dict[str, object]
) -> UUID:
    """Sign with a key that was ended, by a program that does not ask whether it was."""
    with door.pc.opened.site.transaction(actor, "requirement.approve") as unit:
        fresh = new_id()
        says = json.loads(str(genuine["payload"]))
        says |= {"id": str(fresh), "stamp": stamp_of(unit)}
        payload = canonical_json(says)
        signature = sign_digest(SIGNATURE, digest_of(payload), key)
        unit.add(
            SignatureRow(**{**genuine, "id": fresh, "payload": payload, "signature": signature})
        )
    return fresh
