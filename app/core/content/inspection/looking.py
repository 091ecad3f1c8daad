"""One look over a file that may be a package: its standard, its activities, its troubles."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.core.base.figures import size
from app.core.base.progress import Progress, SharedProgress
from app.core.base.refusals import why_refused
from app.core.base.sharing import made_of_each
from app.core.base.words import _, plural
from app.core.content.asset_files import FileUnreadable
from app.core.content.formats import (
    PACKAGE_FORMATS,
    ManifestFault,
    PackageFormat,
    ReadPackage,
    Remark,
    known_but_refused,
    named,
    read_structure,
    read_tincan,
)
from app.core.content.inspection.addresses import Addresses, Hosts, hosts_in, scanned
from app.core.content.inspection.media import Media, Trouble, trouble_of
from app.core.content.inspection.tools import tool_of
from app.core.content.packages import (
    MAX_PLAYLIST_BYTES,
    Archive,
    ArchiveRefused,
    Entry,
    FilmInPieces,
    PackageManifest,
    Standard,
    films_in_pieces,
)

MAX_XML_BYTES = 20_000_000
_ALONE = {b"courseStructure": read_structure, b"tincan": read_tincan}
"""Manifests that may come without an archive, by their root element."""
_HEAD_BYTES = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedOver:
    """What was found. A package without a manifest is none, and `remarks` say why."""

    manifest: PackageManifest | None
    remarks: tuple[Remark, ...]
    files: int
    size: int
    """Bytes of all files, unpacked."""
    tool: str = ""
    """The authoring tool that made it, where that shows."""
    is_archive: bool = True

    @property
    def is_blocked(self) -> bool:
        """Tell whether something keeps it from being imported."""
        return any(remark.blocks for remark in self.remarks)


def look_over(path: Path, progress: Progress) -> LookedOver:
    """Look at an archive, or at a manifest of cmi5 or xAPI that comes alone. Writes nothing.

    Raises FileUnreadable; what is wrong with the archive itself is a remark.
    """
    if path.suffix.casefold() == ".xml":
        return _look_at_manifest(path)
    try:
        with Archive(path) as archive:
            return _look_at_archive(archive, progress)
    except ArchiveRefused as refused:
        remark = Remark(text=f"{refused.reason} {refused.remedy}", blocks=True)
        return LookedOver(manifest=None, remarks=(remark,), files=0, size=0)


def _look_at_archive(archive: Archive, progress: Progress) -> LookedOver:
    progress.step(0, len(archive.entries), archive.name)
    files, unpacked = len(archive.entries), archive.size
    try:
        read = _read(archive)
    except ManifestFault as fault:
        remark = Remark(text=fault.reason, file=fault.file, blocks=True)
        return LookedOver(manifest=None, remarks=(remark,), files=files, size=unpacked)
    return LookedOver(
        manifest=read.manifest,
        remarks=(*read.remarks, *_contents(archive, read, progress)),
        files=files,
        size=unpacked,
        tool=tool_of(archive, read.manifest),
    )


def is_manifest(path: Path) -> bool:
    """Tell whether an XML file is the manifest of a package that may come alone."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    return any(b"<" + name in head or b":" + name in head for name in _ALONE)


def _read(archive: Archive) -> ReadPackage:
    found = _format_of(archive)
    if found is None or Standard.HTML in found[0].standards:
        refusal = known_but_refused(archive)
        if refusal:
            raise ManifestFault(refusal)
    if found is None:
        raise ManifestFault(
            _(
                "There is no course in it: no imsmanifest.xml, cmi5.xml, tincan.xml, h5p.json "
                "and no start page."
            )
        )
    package_format, name = found
    return package_format.read(archive, name)


def _contents(archive: Archive, read: ReadPackage, progress: Progress) -> Iterator[Remark]:
    """Yield what is to be said of the files themselves."""
    addresses, media = Addresses(), Media()
    look = partial(
        _look_at, archive, scanned(archive), SharedProgress(progress, len(archive.entries))
    )
    entries = archive.entries.values()
    for entry, (trouble, hosts) in zip(entries, made_of_each(look, entries), strict=True):
        if trouble is not None:
            media.add(trouble, entry.name)
        if hosts is not None:
            addresses.add(hosts)
    media.put_together(_films(archive))
    for sentence in (*media.sentences(), *addresses.sentences()):
        yield Remark(text=sentence)
    unlisted = _unlisted(archive, read)
    if unlisted:
        what = plural(
            "{count} file is in the package and not listed: ",
            "{count} files are in the package and not listed: ",
            len(unlisted),
        )
        yield Remark(text=what + named(unlisted))


def _films(archive: Archive) -> tuple[FilmInPieces, ...]:
    sizes = {name: entry.size for name, entry in archive.entries.items()}
    return films_in_pieces(
        sizes, lambda name: archive.read(archive.entries[name], MAX_PLAYLIST_BYTES)
    )


def _look_at(
    archive: Archive, texts: Collection[str], told: SharedProgress, entry: Entry
) -> tuple[Trouble | None, Hosts | None]:
    told.passed(1, entry.name)
    hosts = hosts_in(archive, entry) if entry.name in texts else None
    return trouble_of(archive, entry), hosts


def _unlisted(archive: Archive, read: ReadPackage) -> list[str]:
    """Return files that the manifest should list and does not; schemas and metadata need not be."""
    if read.listed is None:
        return []
    return [
        name
        for name in archive.entries
        if name not in read.listed and not name.casefold().endswith((".xsd", ".dtd", ".xml"))
    ]


def _format_of(archive: Archive) -> tuple[PackageFormat, str] | None:
    for package_format in PACKAGE_FORMATS:
        name = package_format.manifest_in(archive)
        if name is not None:
            return package_format, name
    return None


def _look_at_manifest(path: Path) -> LookedOver:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_XML_BYTES + 1)
    except OSError as refusal:
        raise FileUnreadable(path.name, why_refused(refusal)) from refusal
    if len(content) > MAX_XML_BYTES:
        text = _("It is larger than {limit}.").format(limit=size(MAX_XML_BYTES))
        return _alone(None, (Remark(text=text, blocks=True),), content)
    head = content[:_HEAD_BYTES]
    reader = next((read for name, read in _ALONE.items() if name in head), read_structure)
    try:
        read = reader(content, path.name)
    except ManifestFault as fault:
        return _alone(None, (Remark(text=fault.reason, blocks=True),), content)
    return _alone(read.manifest, read.remarks, content)


def _alone(
    manifest: PackageManifest | None, remarks: tuple[Remark, ...], content: bytes
) -> LookedOver:
    return LookedOver(
        manifest=manifest, remarks=remarks, files=1, size=len(content), is_archive=False
    )
