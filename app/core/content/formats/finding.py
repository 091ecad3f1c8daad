"""Finding a manifest: at the top of the archive, or in the one folder that somebody zipped."""

from app.core.content.packages import Archive


def find_manifest(archive: Archive, file_name: str) -> str | None:
    """Return the name of the manifest that lies highest, whatever its case; None when there is none.

    Of several equally high the first by name: the others are packages of their own.
    """
    found = manifests(archive, file_name)
    return found[0] if found else None


def manifests(archive: Archive, file_name: str) -> list[str]:
    """Return every file of that name, the highest first."""
    found = [
        name
        for name in archive.entries
        if name.rpartition("/")[2].casefold() == file_name.casefold()
    ]
    return sorted(found, key=lambda name: (name.count("/"), name))
