"""Codes that were read and wait for the rest of theirs, on this PC's disk, over as many days as it takes.

What lies there is as sealed as it was on the paper. A file of them that cannot be read is as good
as none: the paper is still there.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec

from app.core.base.clock import Clock
from app.core.storage.faults import told_plainly
from app.core.sync.sheets.codes import (
    MOST_CODES,
    PIECE_BYTES,
    OnPaper,
    SheetCode,
    SheetKind,
    sheet_of,
)
from app.core.sync.sheets.refusals import SheetsDiffer, TooManyOnPaper

MOST_WAITING = 16
_ENDING = ".sheets"
_MOST_BYTES = 1 << 20

_Number = Annotated[int, msgspec.Meta(ge=1, le=MOST_CODES)]
_Piece = Annotated[bytes, msgspec.Meta(min_length=1, max_length=PIECE_BYTES)]


class Kept(msgspec.Struct, kw_only=True):
    """What was read of one file on paper."""

    kind: SheetKind
    bundle_id: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    digest: bytes
    count: _Number
    pieces: dict[_Number, _Piece]
    began_at: datetime

    @property
    def of(self) -> OnPaper:
        """Return which file it is."""
        return OnPaper(self.kind, UUID(bytes=self.bundle_id), self.digest)

    @property
    def is_whole(self) -> bool:
        """Tell whether every code was read."""
        return len(self.pieces) == self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSheets:
    """A file on paper some of whose codes were read."""

    of: OnPaper
    count: int
    missing: tuple[int, ...]
    """Numbers of the codes that were not read yet."""
    began_at: datetime

    @property
    def missing_sheets(self) -> tuple[int, ...]:
        """Return the sheets on which the missing codes are."""
        return tuple(dict.fromkeys(sheet_of(number) for number in self.missing))


class KeptCodes:
    """A folder with a file for each file on paper that is not whole yet."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def add(self, codes: Iterable[SheetCode]) -> list[Kept]:
        """Keep codes; return what is kept of each file that they are of. Raises BundleRefused.

        Two codes of one number that differ cannot both be right: then all of that file are put away.
        """
        by_file: dict[OnPaper, list[SheetCode]] = {}
        for code in codes:
            by_file.setdefault(code.of, []).append(code)
        waiting = {kept.of: kept for kept in self._all()}
        if len(waiting.keys() | by_file.keys()) > MOST_WAITING:
            raise TooManyOnPaper(MOST_WAITING)
        return [self._added(waiting.get(of), of, found) for of, found in by_file.items()]

    def waiting(self) -> tuple[WaitingSheets, ...]:
        """Return what is not whole yet, the oldest first."""
        found = sorted(self._all(), key=lambda kept: (kept.began_at, kept.of.name))
        return tuple(_waiting(kept) for kept in found)

    def put_away(self, of: OnPaper) -> None:
        """Let go of what was read of a file."""
        with told_plainly():
            self._place(of.name).unlink(missing_ok=True)

    def _added(self, before: Kept | None, of: OnPaper, codes: list[SheetCode]) -> Kept:
        kept = before or Kept(
            kind=of.kind,
            bundle_id=of.bundle_id.bytes,
            digest=of.digest,
            count=codes[0].count,
            pieces={},
            began_at=self._clock.now(),
        )
        for code in codes:
            is_another = kept.pieces.setdefault(code.number, code.piece) != code.piece
            if is_another or code.count != kept.count:
                self.put_away(of)
                raise SheetsDiffer
        self._write(kept)
        return kept

    def _write(self, kept: Kept) -> None:
        place = self._place(kept.of.name)
        partial = place.with_suffix(f".{os.urandom(4).hex()}.part")
        with told_plainly():
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with partial.open("wb") as file:
                    file.write(msgspec.msgpack.encode(kept))
                    file.flush()
                    os.fsync(file.fileno())
                partial.replace(place)
            finally:
                partial.unlink(missing_ok=True)

    def _all(self) -> Iterator[Kept]:
        with told_plainly():
            places = sorted(self._folder.glob(f"*{_ENDING}"))
        for place in places:
            with told_plainly(), place.open("rb") as file:
                content = file.read(_MOST_BYTES)
            try:
                kept = msgspec.msgpack.decode(content, type=Kept)
            except (msgspec.DecodeError, UnicodeDecodeError):
                kept = None
            if kept is not None and self._place(kept.of.name) == place:
                yield kept
            else:
                place.unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}{_ENDING}"


def _waiting(kept: Kept) -> WaitingSheets:
    return WaitingSheets(
        of=kept.of,
        count=kept.count,
        missing=tuple(n for n in range(1, kept.count + 1) if n not in kept.pieces),
        began_at=kept.began_at,
    )
