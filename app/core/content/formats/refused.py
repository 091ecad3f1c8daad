"""What is known and not imported: said by its name, not as "no course in it"."""

from app.core.base.words import _
from app.core.content.packages import Archive

_AICC = frozenset({".au", ".crs", ".cst", ".des"})


def known_but_refused(archive: Archive) -> str:
    """Return why an archive of a known kind is not imported, as a sentence; empty for others."""
    endings = {name[name.rfind(".") :].casefold() for name in archive.entries if "." in name}
    if endings & _AICC:
        return _("AICC is not supported. Export the course again as SCORM or cmi5.")
    names = {name.casefold() for name in archive.entries}
    if any(name.count("/") == 1 and name.endswith("/library.json") for name in names):
        return _("It holds libraries of H5P and no content (h5p.json).")
    if "moodle_backup.xml" in names:
        return _("It is a backup of Moodle. Export the activity itself, as SCORM or H5P.")
    return ""
