"""Packages in the asset store, imported as the product imports them, as lessons for tests."""

from pathlib import Path

from app.core.base.progress import NoProgress
from app.core.content import (
    Archive,
    AssetStore,
    PackageIndex,
    add_package,
    look_over,
    take_package,
)
from app.core.courses import CompletionRule, LessonPlan, Variant
from app.core.journal import Site
from tests.support.teaching import ACTOR, a_lesson


def store_package(site: Site, assets: AssetStore, archive: Path) -> str:
    """Import an archive and return the SHA-256 of its index."""
    seen = look_over(archive, NoProgress())
    assert seen.manifest is not None, [remark.text for remark in seen.remarks]
    with assets.staging() as staging:
        with Archive(archive) as opened:
            index = take_package(staging, opened, seen.manifest, NoProgress())
        with site.transaction(ACTOR, "package.add") as unit:
            sha256 = add_package(unit, staging, index, archive.name)
            staging.settle()
    return sha256


def a_package_lesson(
    site: Site, assets: AssetStore, archive: Path, rule: CompletionRule | None = None
) -> LessonPlan:
    """Return a lesson that shows the package in an archive."""
    variant = Variant(language="en", asset=store_package(site, assets, archive))
    return a_lesson("package", archive.stem, variants=(variant,), rule=rule or CompletionRule())


__all__ = ["PackageIndex", "a_package_lesson", "store_package"]
