"""The standards by the names people know."""

from collections.abc import Mapping

from app.core.base.words import _, mark
from app.core.content.packages import PackageManifest, Standard

_NAMES: Mapping[Standard, str] = {
    Standard.SCORM12: "SCORM",
    Standard.SCORM2004: "SCORM 2004",
    Standard.CMI5: "cmi5",
    Standard.XAPI: "xAPI",
    Standard.H5P: "H5P",
    Standard.HTML: mark("Web content"),
}
_EDITIONS = {
    "2nd": mark("2nd Edition"),
    "3rd": mark("3rd Edition"),
    "4th": mark("4th Edition"),
}


def standard_words(manifest: PackageManifest) -> str:
    """Return standard and edition as people write them: SCORM 1.2, SCORM 2004 4th Edition, cmi5."""
    name = _(_NAMES[manifest.standard])
    if manifest.standard is Standard.SCORM12:
        return f"{name} {manifest.edition}"
    edition = _EDITIONS.get(manifest.edition)
    return name if edition is None else f"{name} {_(edition)}"
