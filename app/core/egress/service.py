"""The one way out: a file is written whole, noted in the register, and only then takes its name."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.refusals import why_refused
from app.core.egress.errors import CannotSave, FileTaken
from app.core.egress.kinds import FileKind
from app.core.egress.models import SavedFileRow
from app.core.journal import Site, Unit
from app.core.storage.faults import told_plainly

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What somebody is about to take away."""

    kind: FileKind
    title: str
    records: int | None = None
    about: UUID | None = None
    """The one person whom it is about: the register then says its title and place of them alone."""
    is_guessable: bool = False
    """Whether what is in it could be found from its hash by trying: then none is kept."""


@dataclass(slots=True)
class Outgoing:
    """A file under way: write to `file`; how many records it holds may be told at its end."""

    file: BinaryIO
    records: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something made to be taken away: its bytes, and what they are."""

    content: bytes
    leaving: Leaving


def key_paper(content: bytes, title: str) -> Document:
    """Return a paper that makes PCs and sites known, or proves what they sign."""
    return Document(content=content, leaving=Leaving(kind=FileKind.KEY_PAPER, title=title))


class Egress:
    """Writes the files that leave. Whoever hands one out has checked that it may be seen."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def save(
        self, actor: Actor, path: Path, document: Document, *, overwrite: bool = False
    ) -> None:
        """Write a file and note that it left. Raises as `writing` does."""
        with self.writing(actor, path, document.leaving, overwrite=overwrite) as outgoing:
            outgoing.file.write(document.content)

    @contextmanager
    def writing(
        self, actor: Actor, path: Path, leaving: Leaving, *, overwrite: bool = False
    ) -> Iterator[Outgoing]:
        """Give a file that takes the name `path` once all of it is on disk and noted.

        A power cut leaves a line too many in the register, never a file too many on a stick.
        Raises FileTaken, CannotSave, DiskFull, PlaceGone, PlaceReadOnly.
        """
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
        with _told_of(path):
            _check_free(path, overwrite=overwrite)
            try:
                with part.open("xb") as file:
                    outgoing = Outgoing(file=file, records=leaving.records)
                    yield outgoing
                    file.flush()
                    os.fsync(file.fileno())
                _check_free(path, overwrite=overwrite)
                sha256, size = _hashed(part)
                left = replace(leaving, records=outgoing.records)
                self._note(actor, left, sha256, size, path)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def save_set(
        self,
        actor: Actor,
        folder: Path,
        files: Iterable[tuple[str, bytes | Path]],
        leaving: Leaving,
    ) -> int:
        """Write files into a new folder, all of them or none, with one line in the register.

        A file is given by what it holds, or by where that lies; its name may lead into a folder.

        The line's hash is that of the list of names and hashes. Raises as `writing` does. Return how
        many there are.
        """
        part = folder.with_name(f"{folder.name}.{os.urandom(4).hex()}.part")
        with _told_of(folder):
            _check_free(folder, overwrite=False)
            try:
                part.mkdir()
                listed, size = _written_into(part, files)
                digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
                left = replace(leaving, records=len(listed))
                self._note(actor, left, digest, size, folder)
                part.rename(folder)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        return len(listed)

    def note_written(self, actor: Actor, leaving: Leaving, path: Path) -> None:
        """Note a file that was written whole where it lies, such as a backup on a stick."""
        sha256, size = _hashed(path)
        self._note(actor, leaving, sha256, size, path)

    def note_beside(
        self, unit: Unit, actor: Actor, written: Iterable[tuple[Path, Document]]
    ) -> None:
        """Note, in the caller's act, small files beside what somebody brought: receipts, stamps."""
        for path, document in written:
            content = document.content
            sha256 = hashlib.sha256(content).hexdigest()
            unit.add(self._row(actor, document.leaving, sha256, len(content), str(path)))

    def note_mailed(self, actor: Actor, document: Document, to: str) -> None:
        """Note what a mail relay took: `to` names the address, or the relay for many."""
        sha256 = hashlib.sha256(document.content).hexdigest()
        row = self._row(actor, document.leaving, sha256, len(document.content), to)
        with self._site.transaction(actor, "file.mail") as unit:
            unit.add(row)

    def note_printed(self, actor: Actor, document: Document, printer: str) -> None:
        """Note pages that a printer took."""
        sha256 = hashlib.sha256(document.content).hexdigest()
        row = self._row(actor, document.leaving, sha256, len(document.content), printer)
        row.is_paper = True
        with self._site.transaction(actor, "file.print") as unit:
            unit.add(row)

    def _note(self, actor: Actor, leaving: Leaving, sha256: str, size: int, path: Path) -> None:
        with self._site.transaction(actor, "file.save") as unit:
            unit.add(self._row(actor, leaving, sha256, size, str(path)))

    def _row(
        self, actor: Actor, leaving: Leaving, sha256: str, size: int, place: str
    ) -> SavedFileRow:
        return SavedFileRow(
            kind=leaving.kind,
            about_id=leaving.about,
            title=leaving.title,
            station=self._site.station.fingerprint,
            account_id=actor.account_id,
            saved_at=self._site.clock.now(),
            records=leaving.records,
            size=size,
            sha256="" if leaving.is_guessable else sha256,
            saved_to=place,
            is_paper=False,
        )


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        with told_plainly(), _by_its_name(path):
            yield
    except OSError as refusal:
        raise CannotSave(path, why_refused(refusal)) from refusal


@contextmanager
def _by_its_name(path: Path) -> Iterator[None]:
    """Let a refusal name the file that somebody asked for, not the one that is written before it."""
    try:
        yield
    except OSError as refusal:
        refusal.filename = refusal.filename and str(path)
        raise


def _check_free(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise FileTaken(path)


def _written_into(folder: Path, files: Iterable[tuple[str, bytes | Path]]) -> tuple[list[str], int]:
    """Write files; return a line of name and hash for each, and how many bytes they have."""
    listed, whole = [], 0
    for name, content in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())
        sha256, size = _hashed(place)
        listed.append(f"{name} {sha256}")
        whole += size
    return listed, whole


def _hashed(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
