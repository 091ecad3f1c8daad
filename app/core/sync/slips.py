"""Courier slips: what lies on a stick, said on paper beside it, and whether what arrived is that."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys import fingerprint_words
from app.core.people import name_of_account
from app.core.signatures import SignatureLine
from app.core.sync.drafts import RECORDS
from app.core.sync.models import SentFileRow
from app.core.sync.one_way import one_ways
from app.core.sync.relations import Relations
from app.core.sync.releasing import release_lines

PREFIX = "DAKSHA:SLIP:1:"
_KEY_HEX, _HASH_HEX = 32, 64
_CODE = re.compile(
    PREFIX + rf"([0-9A-F]{{32}}):([0-9A-F]{{{_KEY_HEX}}}):(\d{{1,12}}):(\d{{1,6}}):(\d{{1,18}})"
    rf":([0-9A-F]{{{_HASH_HEX}}}):([0-9A-F]{{{_HASH_HEX}}})"
)


class NoSuchSentFile(UserFacingError):
    """A file that is in no register of what left."""

    def __init__(self) -> None:
        super().__init__(
            _("No sync file of that kind is known to have left here."),
            safe=_("Nothing was written."),
            remedy=_("Look at the files that left, or write the sync file anew."),
        )


class NoSlip(UserFacingError):
    """What was given holds no courier slip's code."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not the code of a courier slip."),
            safe=_("Nothing was compared."),
            remedy=_("Scan the square code on the slip again, from near and without a shadow."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFile:
    """One of the files on the stick."""

    name: str
    is_records: bool
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What a stick carries. The records come first, volumes of courses in their order."""

    bundle_id: UUID
    number: int
    station: bytes
    sender: str
    """The PC that wrote it."""
    sender_site: str
    sender_words: str
    """Of the key that signed the files; empty where that key is not known here."""
    recipients: tuple[str, ...]
    made_at: datetime
    entries: int
    files: tuple[SlipFile, ...]
    sheets: int | None = None
    """On how many sheets of codes it goes; None for a stick."""
    is_one_way: bool = False
    """Nothing comes back by file from whom it is for."""
    prepared_by: str = ""
    """Who wrote it; "" where nobody here knows."""
    confirmed: SignatureLine | None = None
    """What a second person signed before it was written; None where the site did not ask for it."""

    @property
    def size(self) -> int:
        """Return how long the files are together."""
        return sum(file.size for file in self.files)

    @property
    def code(self) -> "SlipCode":
        """Return what its QR code tells the receiver."""
        return SlipCode(
            bundle_id=self.bundle_id,
            key=self.station.hex()[:_KEY_HEX],
            number=self.number,
            files=len(self.files),
            size=self.size,
            records=self.files[0].sha256,
            all_files=hash_of_all(file.sha256 for file in self.files),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipCode:
    """What the receiver compares: which file of whom, how many, how long, and their hashes."""

    bundle_id: UUID
    key: str
    """How the fingerprint of the sender's key begins."""
    number: int
    files: int
    size: int
    records: str
    """SHA-256 of the file with the records."""
    all_files: str
    """SHA-256 of the hashes of all files, the records' first, then the volumes' in their order."""

    @property
    def text(self) -> str:
        """Return it as the QR code holds it: capitals, digits and colons alone."""
        parts = (self.bundle_id.hex, self.key, str(self.number), str(self.files), str(self.size))
        return PREFIX + ":".join((*parts, self.records, self.all_files)).upper()


def read_slip(untrusted_texts: Iterable[str]) -> SlipCode:
    """Return the first courier slip's code among texts that were scanned or typed. Raises NoSlip."""
    for text in untrusted_texts:
        found = _CODE.fullmatch("".join(text.split()).upper())
        if found is not None:
            bundle, key, number, files, size, records, all_files = found.groups()
            return SlipCode(
                bundle_id=UUID(bundle),
                key=key.lower(),
                number=int(number),
                files=int(files),
                size=int(size),
                records=records.lower(),
                all_files=all_files.lower(),
            )
    raise NoSlip


def read_slips(untrusted_texts: Iterable[str]) -> tuple[SlipCode, ...]:
    """Return the codes of all courier slips among texts, each once; a text may hold several.

    Raises NoSlip where there is none, or where one of them is not whole: it must not be left out
    in silence.
    """
    codes: list[SlipCode] = []
    for text in untrusted_texts:
        _before, *pieces = "".join(text.split()).upper().split(PREFIX)
        codes += [read_slip([PREFIX + piece]) for piece in pieces]
    if not codes:
        raise NoSlip
    return tuple(dict.fromkeys(codes))


def hash_of_all(hashes: Iterable[str]) -> str:
    """Return the SHA-256 of hashes one after another."""
    return hashlib.sha256(b"".join(map(bytes.fromhex, hashes))).hexdigest()


def slip_of(session: Session, relations: Relations, bundle_id: UUID, own_name: str) -> Slip:
    """Return the slip of a sync file by what the register says of it. Raises NoSuchSentFile."""
    row = session.get(SentFileRow, bundle_id)
    if row is None or row.kind != RECORDS:
        raise NoSuchSentFile
    paper = next(
        (p for p, _lists in relations.ring.certificates() if p.fingerprint == row.station), None
    )
    site = relations.sites.get(row.station, relations.own_site)
    ways = one_ways(session)
    return Slip(
        bundle_id=row.id,
        number=row.number,
        station=row.station,
        sender=relations.labels.get(row.station, ""),
        sender_site=own_name if site == relations.own_site else relations.site_labels.get(site, ""),
        sender_words=fingerprint_words(paper.subject) if paper is not None else "",
        recipients=tuple(one["label"] for one in row.recipients),
        made_at=row.made_at,
        entries=row.entries,
        files=(_file(row, is_records=True), *_volumes(session, row)),
        sheets=row.sheets,
        is_one_way=all(one["key"] in ways for one in row.recipients),
        prepared_by=name_of_account(session, row.account_id) if row.account_id else "",
        confirmed=release_lines(session, [row.id]).get(row.id),
    )


def _volumes(session: Session, records: SentFileRow) -> Iterable[SlipFile]:
    """Yield the volumes that were written beside a file of records, in their order."""
    beside = PurePath(records.written_to).parent
    rows = session.scalars(
        sa.select(SentFileRow)
        .where(
            SentFileRow.kind != RECORDS,
            SentFileRow.station == records.station,
            SentFileRow.destination == records.destination,
            SentFileRow.number == records.number,
            SentFileRow.made_at >= records.made_at,
        )
        .order_by(SentFileRow.made_at, SentFileRow.id)
    )
    for row in rows:
        if PurePath(row.written_to).parent == beside:
            yield _file(row, is_records=False)


def _file(row: SentFileRow, *, is_records: bool) -> SlipFile:
    return SlipFile(
        name=PurePath(row.written_to).name,
        is_records=is_records,
        size=row.size,
        sha256=row.sha256,
    )
