"""Packages: SCORM, cmi5, xAPI, H5P and plain web content, each one lesson."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import (
    Archive,
    AssetStore,
    LookedOver,
    PackageIndex,
    PackageManifest,
    Remark,
    Staging,
    add_package,
    is_manifest,
    look_over,
    take_lone_manifest,
    take_package,
)
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.lesson_sources.drafts import problems, with_asset
from app.core.courses.names import KNOWN_LANGUAGES, MAX_TITLE, visible
from app.core.courses.outline import LessonPlan, Variant
from app.core.courses.sources import Finding, LessonDraft, SourceFile
from app.core.journal import Unit

_UNPACKED = "imsmanifest.xml"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPackage:
    """A package that is unpacked while the import copies."""

    path: Path
    manifest: PackageManifest
    size: int
    is_archive: bool

    def copy_in(self, staging: Staging, progress: Progress) -> PackageIndex:
        """Write every file into the staging. Raises ArchiveRefused for what turns out damaged."""
        if not self.is_archive:
            return take_lone_manifest(staging, self.path, self.manifest, progress)
        with Archive(self.path) as archive:
            return take_package(staging, archive, self.manifest, progress)


class PackageSource:
    """Reads packages. An XML file is one only when it is the manifest of cmi5 or xAPI."""

    kind = "package"
    suffixes = frozenset({".zip", ".h5p", ".xml"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:
        """Say what is in it, and what keeps it from being played."""
        plan = LessonPlan(kind=self.kind, title=file.title)
        if file.path.name.casefold() == _UNPACKED:
            text = _("This package was unpacked. Import its .zip, or zip this folder.")
            return LessonDraft(plan=plan, findings=problems(file, (text,)))
        if file.path.suffix.casefold() == ".xml" and not is_manifest(file.path):
            return LessonDraft(plan=plan, is_foreign=True)
        seen = look_over(file.path, progress)
        findings = tuple(_finding(file, remark) for remark in seen.remarks)
        if seen.manifest is None:
            return LessonDraft(plan=plan, findings=findings, package=seen)
        return LessonDraft(
            plan=_plan(file, seen.manifest),
            findings=findings,
            package=seen,
            packed=_packed(file, seen, seen.manifest),
            description=visible(seen.manifest.description).strip(),
        )

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Name every file of the package, and the package itself."""
        if not isinstance(draft.parsed, PackageIndex) or not isinstance(assets, Staging):
            raise TypeError("a package is taken into a staging before it is stored")
        return with_asset(draft.plan, add_package(unit, assets, draft.parsed, file.path.name))


def _plan(file: SourceFile, manifest: PackageManifest) -> LessonPlan:
    title = visible(manifest.title).strip()[:MAX_TITLE] or file.title
    titles = {
        code: visible(text)[:MAX_TITLE]
        for language, text in manifest.titles.items()
        if _LANGUAGE.fullmatch(code := language.casefold()) and text != manifest.title
    }
    return LessonPlan(
        kind=PackageSource.kind,
        title=title,
        titles=titles,
        variants=(Variant(language=_language(file, manifest), asset="", title=title),),
        seconds=manifest.seconds,
        rule=lesson_kind(PackageSource.kind).default_rule,
    )


def _language(file: SourceFile, manifest: PackageManifest) -> str:
    """Return the language in the file's name, else in the manifest where it is one that is known."""
    spoken = manifest.language.casefold().partition("-")[0]
    return file.language or (spoken if spoken in KNOWN_LANGUAGES else "")


def _packed(file: SourceFile, seen: LookedOver, manifest: PackageManifest) -> PackedPackage:
    return PackedPackage(
        path=file.path, manifest=manifest, size=seen.size, is_archive=seen.is_archive
    )


def _finding(file: SourceFile, remark: Remark) -> Finding:
    name = file.untrusted_name
    place = name if remark.file in {"", file.path.name} else f"{name}: {remark.file}"
    return Finding(file=visible(place), text=visible(remark.text), blocks=remark.blocks)
