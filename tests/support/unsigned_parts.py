"""Signatures as programs before ADR 85 made them: over the record's own row alone."""

import json
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.keys import sign_digest
from app.core.signatures import Proof
from app.core.signatures.canonical import SIGNATURE, digest_of, sha256_of
from app.core.signatures.keeping import stamp_of
from app.core.signatures.models import SignatureRow
from app.core.storage.columns import canonical_json
from tests.support.signers import LOGIN, PASSWORD, Door

_COLUMNS = [column.key for column in SignatureRow.__table__.columns]


def forget_parts(door: Door, actor: Actor, signature: UUID) -> UUID:
    """Sign anew what a signature is under, without its parts; return the new one's id."""
    pen = door.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    with door.pc.opened.site.transaction(actor, "session.sign") as unit:
        row = unit.get_one(SignatureRow, signature)
        columns = {name: getattr(row, name) for name in _COLUMNS}
        whole = json.loads(row.record)
        assert whole.pop("parts")
        record, fresh = canonical_json(whole), new_id()
        says = json.loads(row.payload)
        says |= {"id": str(fresh), "stamp": stamp_of(unit)}
        says["record"]["sha256"] = sha256_of(record)
        payload = canonical_json(says)
        signed = {
            "id": fresh,
            "record": record,
            "payload": payload,
            "signature": sign_digest(SIGNATURE, digest_of(payload), pen.key),
        }
        unit.add(SignatureRow(**{**columns, **signed}))
    return fresh
