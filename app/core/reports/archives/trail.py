"""The journal of a year: entries in the bytes they were written in, in words, and the proofs in them."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import system_actor
from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.words import _
from app.core.journal.changes import Change, Inserted, decode_changes
from app.core.journal.entries import EntryWire, LogName, entry_hash
from app.core.journal.ledger.fetching import entries_between
from app.core.journal.ledger.logs import hashes_between
from app.core.journal.personal import LentKeyring, Opening
from app.core.reports.archives.cells import Names
from app.core.reports.archives.errors import JournalBroken
from app.core.reports.archives.packing import Lines, Packing
from app.core.reports.archives.pages import Listed, TableParts
from app.core.reports.archives.stretches import SealOf, YearOfLog
from app.core.reports.archives.telling import Telling
from app.core.reports.audit import worded_change
from app.core.reports.audit_actions import action_in_words
from app.core.reports.audit_words import SECRET
from app.core.signatures.models import SignatureRow

_AT_ONCE = 1000
_MOST_CHANGES = 50
"""Told in words of one entry: an import has thousands. The entry itself has all."""
_PROGRAM = system_actor().name
_SIGNATURES = SignatureRow.__tablename__


@dataclass(slots=True, kw_only=True)
class Counted:
    """What was put in."""

    entries: int = 0
    withheld: int = 0
    signatures: int = 0


class TrailWriter:
    """Walks the entries of a year once, and puts them in."""

    def __init__(self, session: Session, packing: Packing, names: Names, telling: Telling) -> None:
        self.counted = Counted()
        self._connection = session.connection()
        self._packing = packing
        self._names = names
        self._telling = telling
        self._opening = Opening(LentKeyring(self._connection), self._connection)
        self._proofs = Lines(packing, "signatures/proofs")
        self._trail = TableParts(packing, "trail/entries", _("Audit trail"), _headings())

    def put(self, stretches: Sequence[YearOfLog]) -> tuple[list[dict[str, object]], Listed]:
        """Put all entries in; return what is said of each log, and of the trail in words.

        Raises JournalBroken for an entry that is not what was written.
        """
        logs = [self._put_log(one) for one in stretches]
        self._proofs.finish()
        return logs, self._trail.finish()

    def _put_log(self, year: YearOfLog) -> dict[str, object]:
        name = year.log.name
        place = f"journal/{name.scope.value}-{name.station[:4].hex()}-{name.incarnation[:4].hex()}"
        place += f"-{year.log.branch}" if year.log.branch else ""
        lines = Lines(self._packing, place)
        previous = year.previous
        for seq, entry, kept in self._entries(year):
            previous = entry_hash(name.bytes, seq, previous, entry)
            if previous != kept:
                raise JournalBroken(name.position(seq))
            self._put_entry(lines, name, seq, entry, previous)
        for begun in range(year.last + 1, year.end + 1, _AT_ONCE):
            end = min(year.end, begun + _AT_ONCE - 1)
            found = hashes_between(self._connection, year.log, begun, end)
            for seq, hash_ in enumerate(found, begun):
                lines.add({"seq": seq, "hash": hash_.hex()})
        lines.finish()
        return {
            "name": place,
            "station": name.station.hex(),
            "incarnation": name.incarnation.hex(),
            "scope": name.scope.value,
            "first": year.first,
            "last": year.last,
            "previous": year.previous.hex(),
            "peaks": [peak.hex() for peak in year.peaks],
            "files": lines.files,
            "seals": list(map(_told, year.seals)),
        }

    def _entries(self, year: YearOfLog) -> Iterator[tuple[int, EntryWire, bytes]]:
        """Yield each entry with its number and the hash that is kept of it."""
        seq = year.first
        log = year.log
        for run in entries_between(self._connection, log.id, year.first, year.last):
            hashes = hashes_between(self._connection, log, seq, seq + len(run) - 1)
            for entry, kept in zip(run, hashes, strict=True):
                yield seq, entry, kept
                seq += 1
        if seq != year.last + 1:
            raise JournalBroken(log.name.position(seq))

    def _put_entry(
        self, lines: Lines, log: LogName, seq: int, entry: EntryWire, hash_: bytes
    ) -> None:
        stamp, wall, offset, actor, action, reason, body = entry
        changes = decode_changes(body)
        opened = self._opening.opened(changes)
        why = _withheld(changes, opened)
        said = {"withheld": why} if why else {"body": base64.b64encode(body).decode()}
        lines.add(
            {
                "seq": seq,
                "stamp": stamp,
                "wall": wall,
                "offset": offset,
                "actor": None if actor is None else actor.hex(),
                "action": action,
                "reason": reason,
                "hash": hash_.hex(),
                **said,
            }
        )
        self._trail.add(
            (
                log.position(seq),
                _local(wall, offset),
                _PROGRAM if actor is None else self._names.of("account", UUID(bytes=actor)),
                action_in_words(action),
                reason,
                _in_words(opened),
                hash_.hex(),
            )
        )
        for change in opened:
            if isinstance(change, Inserted) and change.table == _SIGNATURES and not why:
                self._proofs.add(_proof(change))
                self.counted.signatures += 1
        self.counted.entries += 1
        self.counted.withheld += bool(why)
        self._telling.more(_("Audit trail"))


def _headings() -> list[str]:
    return [
        _("Entry"),
        _("When"),
        _("Who"),
        _("Action"),
        _("Reason"),
        _("What changed"),
        _("Hash"),
    ]


def _withheld(changes: Sequence[Change], opened: Sequence[Change]) -> str:
    """Return why the bytes of an entry do not go out; "" where they do.

    Keys under a password are for nobody to try passwords on. An entry of before people's words were
    sealed names somebody who was erased since.
    """
    for change, read in zip(changes, opened, strict=True):
        if any((change.table, column) in SECRET for column in _columns(change)):
            return "secret"
        if not change.sealed and read != change:
            return "erased"
    return ""


def _columns(change: Change) -> frozenset[str]:
    """Return the columns of a change that are there to be read, not sealed."""
    if isinstance(change, Inserted):
        return frozenset(change.values)
    return frozenset(name for name, edit in change.edits.items() if edit.new is not None)


def _in_words(changes: Sequence[Change]) -> str:
    told = []
    for change in map(worded_change, changes[:_MOST_CHANGES]):
        columns = (
            f"{one.title}: {one.new}" if change.is_new else f"{one.title}: {one.old} → {one.new}"
            for one in change.columns
        )
        told.append(f"{change.title} ({'; '.join(columns)})")
    if len(changes) > _MOST_CHANGES:
        told.append(_("and {count} more").format(count=len(changes) - _MOST_CHANGES))
    return "\n".join(told)


def _proof(signature: Inserted) -> dict[str, object]:
    """Return what proves a signature, as the window's “Copy the proof” gives it."""
    said = signature.values
    return {
        "id": str(signature.key),
        "payload": said["payload"],
        "record_as_signed": said["record"],
        "shown": said["shown"],
        "public_key": _hex(said["public_key"]),
        "signature": _hex(said["signature"]),
        "key_certificate": _hex(said["paper"]),
    }


def _hex(wire: object) -> str:
    return wire.hex() if isinstance(wire, bytes) else ""


def _told(seal: SealOf) -> dict[str, object]:
    return {
        "seq": seal.seq,
        "root": seal.root.hex(),
        "sealed_at": to_microseconds(seal.sealed_at),
        "public_key": seal.public_key.hex(),
        "signature": seal.signature.hex(),
    }


def _local(wall: int, offset: int) -> str:
    there = timezone(timedelta(minutes=offset))
    at: datetime = from_microseconds(wall).astimezone(there)
    return at.isoformat(sep=" ", timespec="seconds")
