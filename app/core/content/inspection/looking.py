"""One look over a file that may be a package: its standard, its activities, its troubles."""

from dataclasses import dataclass
from pathlib import Path

from app.core.base.figures import size
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content.assets import FileUnreadable
from app.core.content.formats import (
    PACKAGE_FORMATS,
    ManifestFault,
    PackageFormat,
    ReadPackage,
    Remark,
    known_but_refused,
    read_structure,
    read_tincan,
)
from app.core.content.packages import Archive, PackageManifest, Standard

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
    is_archive: bool = True


def look_over(path: Path, progress: Progress) -> LookedOver:
    """Look at an archive, or at a manifest of cmi5 or xAPI that comes alone. Writes nothing.

    Raises ArchiveRefused and FileUnreadable.
    """
    if path.suffix.casefold() == ".xml":
        return _look_at_manifest(path)
    with Archive(path) as archive:
        progress.step(0, len(archive.entries), path.name)
        try:
            read = _read(archive)
        except ManifestFault as fault:
            return _refused(archive, Remark(text=fault.reason, file=fault.file, blocks=True))
        return LookedOver(
            manifest=read.manifest,
            remarks=read.remarks,
            files=len(archive.entries),
            size=archive.size,
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
        raise FileUnreadable(path.name, refusal.strerror or "") from refusal
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


def _refused(archive: Archive, remark: Remark) -> LookedOver:
    return LookedOver(
        manifest=None, remarks=(remark,), files=len(archive.entries), size=archive.size
    )
