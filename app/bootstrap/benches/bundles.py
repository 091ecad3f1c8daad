"""Records packed into a bundle, sealed and signed, and read back; beside the libraries alone."""

import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

import msgspec
import pyrage
import sqlalchemy as sa
from backports import zstd

from app.bootstrap.benches.rounds import alternately, compared
from app.bootstrap.benches.small_site import answer_in_turn, open_small_site
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.keys import KeyFolder
from app.core.sync import (
    NO_BUNDLE,
    BundleReader,
    BundleWriter,
    LogRef,
    Manifest,
    Receiver,
    Recipient,
    Row,
    SegmentNote,
    cut_into_segments,
)

_ROUNDS = 7
_LEVEL = 3
_THOUSAND = 1000
_ANSWERS = sa.text(
    "SELECT stamp, wall, offset_minutes, actor, action, reason, body FROM journal_entry"
    " WHERE action = 'attempt.answer' ORDER BY place"
)


class BundleBench:
    """A whole bundle, written and read, against msgpack, zstd and age over the same entries."""

    name: ClassVar[str] = "bundle"
    about: ClassVar[str] = "n answers as a bundle, written and read back"
    default_n: ClassVar[int] = 5000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` entries a round; the figure is a thousand of them, there and back."""
        identity = pyrage.x25519.Identity.generate()
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            rows = _answers(folder, n)
            courier = _Courier(folder, identity)
            packed = zstd.compress(msgspec.msgpack.encode(rows), _LEVEL)

            def bare() -> None:
                content = zstd.compress(msgspec.msgpack.encode(rows), _LEVEL)
                sealed = pyrage.encrypt(content, [identity.to_public()])
                msgspec.msgpack.decode(zstd.decompress(pyrage.decrypt(sealed, [identity])))

            ours, theirs = alternately(_ROUNDS, lambda: courier.carry(rows), bare, progress)
        return compared(
            self,
            n,
            ours,
            theirs,
            each=max(1, n // _THOUSAND),
            goal="at most 30 bytes an entry",
            details={
                "bytes_an_entry": round(courier.size / n, 1),
                "raw_bytes_an_entry": round(len(packed) / n, 1),
            },
        )


class _Courier:
    """Writes rows into a bundle and reads them out of it."""

    def __init__(self, folder: Path, identity: pyrage.x25519.Identity) -> None:
        self._folder = folder
        self._station = KeyFolder(folder / "sender", uuid4()).station()
        self._recipient = Recipient(label="Bench", address=str(identity.to_public()))
        self._receiver = Receiver(
            identities=[str(identity)], organisation=bytes(32), trust=_Everybody()
        )
        self._log = LogRef(self._station.fingerprint, self._station.incarnation, "records")
        self.size = 0

    def carry(self, rows: Sequence[Row]) -> None:
        """Write the rows, read them back, and note how large the file was."""
        file = io.BytesIO()
        with BundleWriter(_outline(), [self._recipient], self._station, self._folder) as writer:
            first = 1
            for stretch in cut_into_segments(rows):
                writer.add_segment(self._log, first, (NO_BUNDLE, NO_BUNDLE), stretch)
                first += len(stretch)
            self.size = writer.write(file, "Bench").size
        BundleReader(file, self._receiver).read_segments(_forget)


class _Everybody:
    """Lets everybody send."""

    def objection_to(self, _sender: bytes, _untrusted_papers: Sequence[bytes]) -> None:
        return None


def _forget(_note: SegmentNote, _rows: Sequence[Row]) -> None:
    """Take a segment."""


def _outline() -> Manifest:
    return Manifest(
        bundle_id=os.urandom(16),
        organisation=bytes(32),
        sender=bytes(32),
        recipients=(),
        number=1,
        previous_bundle=NO_BUNDLE,
        revocation_version=0,
        made_at=0,
    )


def _answers(folder: Path, count: int) -> list[Row]:
    """Return the journal's entries of so many answers."""
    school = open_small_site(folder)
    attempt = school.services.quizzes.start(school.learner, school.quiz_lesson)
    answer_in_turn(school, attempt, count)
    with school.services.open_site.site.database.read() as session:
        rows: list[Row] = [tuple(row) for row in session.execute(_ANSWERS)]
    school.services.close()
    return rows
