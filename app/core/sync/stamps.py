"""A stamp beside a file that travels: somebody without a key says that they looked at it, when and with what result.

The file itself is not touched. A stamp is readable text and bears the file's id and SHA-256, and a hash of
its own against damage. Anybody can write one: it is shown as a statement, never as proof.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site
from app.core.sync.scanning import Scan, ScanResult

STAMP_ENDING = ".dksi"
VERSION = 1
_KIND = "daksha-inspected"
_MOST_BYTES, _MOST, _LONGEST_NAME = 200_000, 100, 100

_Name = Annotated[str, msgspec.Meta(max_length=200)]
_Said = Annotated[str, msgspec.Meta(max_length=2000)]
_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_At = Annotated[datetime, msgspec.Meta(tz=True)]


class StampRefused(UserFacingError):
    """No stamp can be put beside a file."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("The file itself was not changed."), remedy=remedy)


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says who looked at a file."""

    by: _Name
    at: _At
    """By the clock of their PC."""
    result: ScanResult
    scanner: _Name = ""
    exit_code: int | None = None
    said: _Said = ""

    @property
    def scan(self) -> Scan:
        """Return what the scanner said."""
        return Scan(
            result=self.result, scanner=self.scanner, exit_code=self.exit_code, said=self.said
        )

    @property
    def words(self) -> str:
        """Return it as it is shown: who, when, and the result."""
        told = _("Inspected by {name} at {time}: {result}")
        return told.format(name=self.by, time=moment(self.at), result=self.scan.words)


class _Stamp(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    version: int
    file: _Name
    bundle_id: UUID
    part: int
    size: int
    sha256: _Hash
    inspections: Annotated[tuple[Inspection, ...], msgspec.Meta(min_length=1, max_length=_MOST)]
    check: str = ""
    """SHA-256 of all this with nothing here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What lies beside a file: what was said of it, or why that says nothing."""

    inspections: tuple[Inspection, ...] = ()
    trouble: str = ""
    """One sentence where the stamp is damaged, or that of another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What a stamp is bound to."""

    name: str
    bundle_id: UUID
    part: int
    size: int
    sha256: str


def stamp_beside(path: Path) -> Path:
    """Return where the stamp of a file lies."""
    return path.with_name(path.name + STAMP_ENDING)


def stamps_beside(path: Path, sha256: str) -> Stamps:
    """Return what the stamp beside a file says, whose hash is `sha256`."""
    place = stamp_beside(path)
    if not place.is_file():
        return Stamps()
    try:
        with place.open("rb") as file:
            stamp = msgspec.json.decode(file.read(_MOST_BYTES), type=_Stamp)
    except (OSError, msgspec.DecodeError):
        return Stamps(trouble=bad_stamp_in_words(path.name))
    if stamp.kind != _KIND or stamp.check != _check(stamp) or stamp.sha256 != sha256:
        return Stamps(trouble=bad_stamp_in_words(path.name))
    return Stamps(inspections=stamp.inspections)


def bad_stamp_in_words(name: str) -> str:
    """Return the one sentence about a stamp that says nothing."""
    told = _(
        "The stamp beside {file} is damaged, or that of another file: it says nothing of this one."
    )
    return told.format(file=name)


def put_stamp(path: Path, file: Stamped, by: str, seen: Scan, at: datetime) -> Inspection:
    """Add to the stamp beside a file that somebody looked at it; return that. Raises StampRefused."""
    inspection, _text = _put(path, file, by, seen, at)
    return inspection


def put_noted_stamp(
    site: Site, actor: Actor, path: Path, file: Stamped, by: str, seen: Scan
) -> Inspection:
    """Put a stamp where a site is open: it is noted in the register of what left. Raises StampRefused."""
    inspection, text = _put(path, file, by, seen, site.clock.now())
    title = _("Stamp beside {file}").format(file=file.name)
    document = Document(content=text, leaving=Leaving(kind=FileKind.STAMP, title=title))
    with site.transaction(actor, "sync.stamp") as unit:
        Egress(site).note_beside(unit, actor, [(stamp_beside(path), document)])
    return inspection


def _put(path: Path, file: Stamped, by: str, seen: Scan, at: datetime) -> tuple[Inspection, bytes]:
    by = " ".join(by.split())
    if not by or len(by) > _LONGEST_NAME:
        raise StampRefused(_("A stamp needs a name."), _("Say who looked at the file."))
    before = stamps_beside(path, file.sha256)
    if before.trouble or len(before.inspections) >= _MOST:
        raise StampRefused(
            before.trouble or bad_stamp_in_words(path.name),
            _("Move it away from beside the file, and stamp again."),
        )
    inspection = Inspection(
        by=by,
        at=at.replace(microsecond=0),
        result=seen.result,
        scanner=seen.scanner,
        exit_code=seen.exit_code,
        said=seen.said,
    )
    stamp = _Stamp(
        kind=_KIND,
        version=VERSION,
        file=file.name,
        bundle_id=file.bundle_id,
        part=file.part,
        size=file.size,
        sha256=file.sha256,
        inspections=(*before.inspections, inspection),
    )
    stamp = msgspec.structs.replace(stamp, check=_check(stamp))
    text = msgspec.json.format(msgspec.json.encode(stamp), indent=2)
    _write(stamp_beside(path), text)
    return inspection, text


def _check(stamp: _Stamp) -> str:
    bare = msgspec.structs.replace(stamp, check="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def _write(place: Path, text: bytes) -> None:
    part = place.with_name(place.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError as refusal:
        part.unlink(missing_ok=True)
        raise StampRefused(
            _("The stamp could not be written. {reason}").format(reason=why_refused(refusal)),
            _("See whether the stick is in, and not locked against writing."),
        ) from refusal
