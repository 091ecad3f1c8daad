"""Saving a document where somebody wants it: whole or not at all, and never over another file."""

import os
from pathlib import Path

from app.core.base.refusals import why_refused
from app.core.certificates.errors import CannotSave, FileExists


def save_safely(content: bytes, path: Path, *, replace: bool) -> None:
    """Write a file that is on disk when this returns. Raises FileExists and CannotSave."""
    if path.exists() and not replace:
        raise FileExists(path)
    fresh = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise CannotSave(path, why_refused(error)) from error
