"""Packages in the asset store, imported as the product imports them, as lessons for tests."""

from pathlib import Path

from app.core.base.progress import NoProgress
from app.core.content import (
    Archive,
    AssetStore,
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


SCO = """<!doctype html><title>{title}</title><p>{title}</p><script>
function find(w) {{ while (w && !w.API && !w.API_1484_11 && w !== w.parent) w = w.parent; return w.API || w.API_1484_11; }}
const api = find(window) || (window.opener && find(window.opener));
{script}
</script>"""


def scos(*titles: str, script: str = "") -> dict[str, str]:
    """Return the files of a SCORM 1.2 package of SCOs, each with the same script (`api` is found)."""
    items = "".join(
        f'<item identifier="I{n}" identifierref="R{n}"><title>{title}</title></item>'
        for n, title in enumerate(titles)
    )
    resources = "".join(
        f'<resource identifier="R{n}" type="webcontent" adlcp:scormtype="sco" href="sco{n}.html">'
        f'<file href="sco{n}.html"/></resource>'
        for n, _title in enumerate(titles)
    )
    manifest = (
        '<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>'
        "<schemaversion>1.2</schemaversion></metadata>"
        f'<organizations default="O"><organization identifier="O"><title>Course</title>{items}'
        f"</organization></organizations><resources>{resources}</resources></manifest>"
    )
    pages = {
        f"sco{n}.html": SCO.format(title=title, script=script) for n, title in enumerate(titles)
    }
    return {"imsmanifest.xml": manifest, **pages}
