"""Zip archives from anywhere, read as streams within limits. Nothing is ever unpacked to a path.

The standard library finds the entries; what it believes of them is checked here: its `extractall`
writes CON, alternate streams, links, colliding names and bombs without a word.
"""

import hashlib
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.content.packages.directory import DirectoryFault, check_directory
from app.core.content.packages.names import is_left_behind, name_fault, name_of
from app.core.content.packages.unpacking import PackedBytes, unpacked

_BLOCK = 1 << 18
_ENCRYPTED = 0x1
_UNUSUAL = 0x20 | 0x40
"""A patch of another file, or encrypted in a way that the first flag does not tell (APPNOTE.TXT 4.4.4)."""
_UNIX = 3
_ENTRY_HEAD = 30
"""Bytes of an entry's own header before its name (APPNOTE.TXT 4.3.7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much one archive may hold."""

    entries: int = 20_000
    entry_bytes: int = 4 << 30
    total_bytes: int = 16 << 30
    ratio: int = 200
    """Unpacked to packed: of an entry beyond `ratio_from`, and of the whole beyond eight of those."""
    ratio_from: int = 32 << 20


_USUAL = ArchiveLimits()


class ArchiveRefused(UserFacingError):
    """An archive cannot be read, or should not be."""

    def __init__(self, name: str, reason: str, remedy: str = "") -> None:
        self.reason = reason
        super().__init__(
            _("{name} cannot be opened. {reason}").format(name=name, reason=reason),
            safe=_("Nothing was imported."),
            remedy=remedy or _("Export the package again, or copy it again from its source."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in an archive, as its directory describes it."""

    name: str
    """Relative, with `/`, NFC; compared and shown, never used as a path."""
    size: int
    """As declared; reading more or less of it is refused."""
    packed: int


class Archive:
    """The files of a zip archive. A context: the archive is closed on leaving.

    Raises ArchiveRefused on opening and on reading.
    """

    def __init__(
        self, source: Path | BytesIO, limits: ArchiveLimits = _USUAL, name: str = ""
    ) -> None:
        self.name = name or (source.name if isinstance(source, Path) else "")
        self._source = source
        self._limits = limits
        self._file = self._opened(source)
        try:
            with self._told_plainly():
                check_directory(self._file, limits.entries)
                self._zip = ZipFile(self._file)
            self._packed = PackedBytes(self._file)
            self._infos = self._checked(self._zip.infolist())
        except BaseException:
            self._file.close()
            raise
        self.entries = {
            name: Entry(name=name, size=info.file_size, packed=info.compress_size)
            for name, info in self._infos.items()
        }
        """By name, in the order of the directory."""

    @property
    def size(self) -> int:
        """Return the bytes of all files, unpacked, as declared."""
        return sum(entry.size for entry in self.entries.values())

    def find(self, untrusted_name: str) -> Entry | None:
        """Return the entry of a name, first as it is written, then whatever its case."""
        exact = self.entries.get(untrusted_name)
        if exact is not None:
            return exact
        folded = untrusted_name.casefold()
        return next((e for name, e in self.entries.items() if name.casefold() == folded), None)

    def blocks(self, entry: Entry) -> Iterator[bytes]:
        """Yield an entry's bytes, block by block: as many as it declares, and those it was made of.

        Several threads may read different entries at once.
        """
        left = entry.size
        with self._told_plainly():
            for block in unpacked(self._packed, self._infos[entry.name]):
                left -= len(block)
                yield block
        if left:
            raise self._refusal(
                _("{file} is not as long as the archive says.").format(file=entry.name)
            )

    def read(self, entry: Entry, most: int) -> bytes:
        """Return a whole entry. Raises ArchiveRefused when it is larger than `most`."""
        if entry.size > most:
            raise self._refusal(
                _("{file} in it is larger than {limit}.").format(file=entry.name, limit=size(most))
            )
        return b"".join(self.blocks(entry))

    def head(self, entry: Entry, most: int) -> bytes:
        """Return how an entry begins."""
        head = bytearray()
        with self._told_plainly():
            for block in unpacked(self._packed, self._infos[entry.name]):
                head += block
                if len(head) >= most:
                    break
        return bytes(head[:most])

    def sha256(self, at_each_block: Callable[[], None]) -> str:
        """Return the hash of the archive itself, hexadecimal; entries may be read meanwhile."""
        digest = hashlib.sha256()
        with self._opened(self._source) as file:
            try:
                while block := file.read(_BLOCK):
                    at_each_block()
                    digest.update(block)
            except OSError as refusal:
                raise self._refusal(why_refused(refusal)) from refusal
        return digest.hexdigest()

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _opened(self, source: Path | BytesIO) -> BufferedReader | BytesIO:
        if isinstance(source, BytesIO):
            return BytesIO(source.getvalue())
        try:
            return source.open("rb")
        except OSError as refusal:
            raise self._refusal(why_refused(refusal)) from refusal

    def _checked(self, infos: list[ZipInfo]) -> dict[str, ZipInfo]:
        self._check_places(infos)
        kept: dict[str, ZipInfo] = {}
        total = 0
        for info in infos:
            untrusted_name = name_of(info)
            if fault := name_fault(untrusted_name) or self._entry_fault(info):
                raise self._refusal(fault)
            if untrusted_name.endswith("/") or is_left_behind(untrusted_name):
                continue
            if untrusted_name in kept:
                text = _("It holds two files of one name: {name}.")
                raise self._refusal(text.format(name=untrusted_name))
            kept[untrusted_name] = info
            total += info.file_size
        packed = sum(info.compress_size for info in kept.values())
        if total > self._limits.total_bytes or self._is_bomb(
            total, packed, 8 * self._limits.ratio_from
        ):
            text = _("It unpacks to {total}, which is too much.")
            raise self._refusal(text.format(total=size(total)))
        return kept

    def _check_places(self, infos: list[ZipInfo]) -> None:
        """Refuse entries that lie in each other: how small archives become endless."""
        if len(infos) > self._limits.entries:
            raise self._refusal(_too_many(self._limits.entries))
        end = self._zip.start_dir
        for info in sorted(infos, key=lambda one: one.header_offset, reverse=True):
            if info.header_offset + _ENTRY_HEAD + info.compress_size > end:
                raise self._refusal(_("Files in it overlap or reach beyond its end."))
            end = info.header_offset

    def _entry_fault(self, info: ZipInfo) -> str:
        if info.flag_bits & _ENCRYPTED:
            return _("It is encrypted; make it again without a password.")
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or info.flag_bits & _UNUSUAL:
            return _("It is packed in a way that is not supported ({method}).").format(
                method=info.compress_type
            )
        mode = info.external_attr >> 16
        if info.create_system == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            return _("It holds a link to another place: {name}.").format(name=name_of(info)[:80])
        if info.file_size > self._limits.entry_bytes:
            return _("A file in it is larger than {limit}.").format(
                limit=size(self._limits.entry_bytes)
            )
        if self._is_bomb(info.file_size, info.compress_size, self._limits.ratio_from):
            return _("A file in it unpacks to far more than it holds: {name}.").format(
                name=name_of(info)[:80]
            )
        return ""

    def _is_bomb(self, unpacked: int, packed: int, beyond: int) -> bool:
        return unpacked > beyond and unpacked > packed * self._limits.ratio

    def _refusal(self, reason: str) -> ArchiveRefused:
        return ArchiveRefused(self.name, reason)

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        """Turn whatever reading a foreign archive raises into one refusal."""
        try:
            yield
        except DirectoryFault as fault:
            raise self._refusal(fault.reason) from fault
        except (BadZipFile, zlib.error, EOFError, ValueError, OverflowError) as damage:
            raise self._refusal(_("It is damaged or cut short.")) from damage
        except (NotImplementedError, RuntimeError) as lack:
            raise self._refusal(_("It is packed in a way that is not supported.")) from lack
        except OSError as refusal:
            raise self._refusal(why_refused(refusal)) from refusal


def _too_many(limit: int) -> str:
    return _("It holds more than {limit} files.").format(limit=number(limit))
