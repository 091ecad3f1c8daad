"""Seals: a station signs how far its logs go and what they hold (records-and-sync, Journal)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec
import sqlalchemy as sa

from app.core.base.clock import to_microseconds
from app.core.journal.entries import LogName
from app.core.journal.merkle import MerkleTree
from app.core.journal.models import EntryRow, KeptSealRow, LogRow, SealRow
from app.core.journal.unit import Unit

_WORD_BITS = 11
_WORDS = 12


class Signer(Protocol):
    """The station's signing key, wherever it is kept."""

    @property
    def public_key(self) -> bytes:
        """Return the 32-byte Ed25519 public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SealName:
    """What a seal says: this log, up to this entry, had this root at this time."""

    log: LogName
    seq: int
    root: bytes
    sealed_at: datetime

    @property
    def words(self) -> str:
        """Return the root's first 132 bits as twelve words that people can read out and compare."""
        from mnemonic import Mnemonic  # reads its word list on import

        bits = int.from_bytes(self.root, "big") >> (256 - _WORD_BITS * _WORDS)
        words = Mnemonic("english").wordlist
        places = range(_WORDS - 1, -1, -1)
        return " ".join(words[bits >> place * _WORD_BITS & 0x7FF] for place in places)


def seal_bytes(seal: SealName) -> bytes:
    """Return what is signed."""
    fields = [seal.log.bytes, seal.seq, seal.root, to_microseconds(seal.sealed_at)]
    return b"daksha-seal-v1\0" + hashlib.sha256(msgspec.msgpack.encode(fields)).digest()


SEALED = "journal.seal"
"""The action of entries that keep seals."""


def trees_to_seal(
    connection: sa.Connection, station: bytes, but_for: Collection[str] = ()
) -> dict[int, MerkleTree]:
    """Return the trees of the logs of `station` that have grown since their last seal, by the log's id.

    Only what was written here: a log that a twin has gone on with is not ours to vouch for. Entries of
    seals, and of the actions `but_for`, are no growth. All hashes are read: not for under the write lock.
    """
    trees = {
        log: MerkleTree()
        for log in connection.execute(
            sa.select(LogRow.id).where(LogRow.station == station, LogRow.applied.is_(None))
        ).scalars()
        if _has_grown(connection, log, (SEALED, *but_for))
    }
    for log, tree in trees.items():
        _go_on(connection, log, tree)
    return trees


def seal_logs(
    unit: Unit, trees: dict[int, MerkleTree], signer: Signer, now: datetime
) -> list[SealName]:
    """Sign the heads of logs, whose trees are brought up to what was written since; keep it on record."""
    made, connection = [], unit.outer
    logs = sa.select(LogRow.__table__).where(LogRow.id.in_(trees)).order_by(LogRow.id)
    for log in connection.execute(logs).all():
        tree = trees[log.id]
        _go_on(connection, log.id, tree)
        name = LogName(log.station, log.incarnation, log.scope)
        seal = SealName(log=name, seq=tree.size, root=tree.root(), sealed_at=now)
        signed = {
            "seq": seal.seq,
            "root": seal.root,
            "sealed_at": now,
            "public_key": signer.public_key,
            "signature": signer.sign(seal_bytes(seal)),
        }
        connection.execute(sa.insert(SealRow), {"log_id": log.id, **signed})
        unit.insert_many(
            KeptSealRow,
            [
                {
                    "station": name.station,
                    "incarnation": name.incarnation,
                    "scope": name.scope.value,
                    **signed,
                }
            ],
        )
        made.append(seal)
    return made


def _go_on(connection: sa.Connection, log_id: int, tree: MerkleTree) -> None:
    """Take the entries of a log that a tree has not got."""
    beyond = EntryRow.entries_of(log_id, after=tree.size)
    hashes = sa.select(EntryRow.hash).where(beyond).order_by(EntryRow.place)
    for leaf in connection.execute(hashes.execution_options(yield_per=5000)).scalars():
        tree.append(leaf)


def _has_grown(connection: sa.Connection, log_id: int, but_for: Collection[str]) -> bool:
    """Tell whether a log has entries since its last seal, other than of some actions."""
    last = sa.select(sa.func.max(SealRow.seq)).where(SealRow.log_id == log_id)
    sealed = connection.execute(last).scalar_one() or 0
    more = sa.select(EntryRow.place).where(
        EntryRow.entries_of(log_id, after=sealed), EntryRow.action.not_in(list(but_for))
    )
    return connection.execute(more.limit(1)).first() is not None
