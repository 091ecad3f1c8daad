"""Which files of ours lie in a folder, whatever system wrote their names."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.sync.acknowledging import RECEIPT_ENDING
from app.core.sync.exports import BUNDLE_ENDING
from app.core.sync.loading import VOLUME_ENDING

_ENDINGS = (BUNDLE_ENDING, RECEIPT_ENDING, VOLUME_ENDING)
_OF_A_MAC = "._"
"""Begins the name of what a Mac writes beside a file about it."""


class NothingToTakeIn(UserFacingError):
    """A folder holds no file of ours."""

    def __init__(self, folder: Path, beneath: Sequence[Path] = ()) -> None:
        """Say which of its folders has some, where that is so."""
        remedy = _("Choose the stick or folder that the other site wrote to.")
        if beneath:
            names = ", ".join(one.name for one in beneath)
            remedy = _("Some lie in folders within it: choose one of {names}.").format(names=names)
        super().__init__(
            _("There is no sync file in {folder}.").format(folder=folder),
            safe=_("Nothing was changed."),
            remedy=remedy,
        )


def files_in(folder: Path) -> list[Path]:
    """Return the files of ours in a folder: records by name, then receipts, then volumes.

    Records bring the papers of PCs that joined since, whose receipts may lie beside them.
    """
    files = _ours_in(folder)
    if not files:
        raise NothingToTakeIn(folder, [one for one in _folders_in(folder) if _ours_in(one)])
    return sorted(files, key=lambda file: (_ENDINGS.index(ending_of(file)), file.name))


def _ours_in(folder: Path) -> list[Path]:
    return [
        file
        for file in folder.iterdir()
        if ending_of(file) in _ENDINGS and not is_of_a_mac(file) and file.is_file()
    ]


def _folders_in(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_dir() and os.access(one, os.R_OK))


def ending_of(path: Path) -> str:
    """Return what a file is by its name, which another system may have written in capitals."""
    return path.suffix.lower()


def is_of_a_mac(path: Path) -> bool:
    """Tell whether a file bears the name of another and is what a Mac keeps of that."""
    return path.name.startswith(_OF_A_MAC)
