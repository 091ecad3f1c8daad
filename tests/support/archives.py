"""Zip archives made for the tests: of names and contents."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of names and contents, packed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def zip_at(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a zip of names and contents, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_bytes(files))
    return path
