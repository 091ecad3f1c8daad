"""What lies in a shared folder: looked at once in a round, since each look goes over the network."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from app.core.sync.acknowledging import RECEIPT_ENDING
from app.core.sync.exports import BUNDLE_ENDING
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.tallies import TALLY_NAME

NAME_LETTERS = 16
_ALONE = "for-"


def part_of(folder: Path, station: bytes) -> Path:
    """Return where a PC lays its files."""
    return folder / station.hex()[:NAME_LETTERS]


def part_for(part: Path, reader: bytes) -> Path:
    """Return where, in a PC's part, files lie that are for one reader alone."""
    return part / f"{_ALONE}{reader.hex()[:NAME_LETTERS]}"


class Listing:
    """The parts of a folder and the files in them, as they were a moment ago."""

    def __init__(self, folder: Path, station: bytes) -> None:
        """Look at the folder for a station. Raises OSError."""
        self.folder = folder
        self.own = part_of(folder, station)
        self._alone = part_for(self.own, station).name
        parts = [Path(one.path) for one in _entries(folder) if one.is_dir()]
        self.parts = frozenset(parts)
        """The PCs' parts, those in which nothing lies among them."""
        self._files = sorted(file for part in parts for file in _files_under(part))

    @cached_property
    def tallies(self) -> tuple[Path, ...]:
        """Return the tallies of others."""
        return tuple(file for file in self._of_others if file.name == TALLY_NAME)

    @cached_property
    def receipts(self) -> tuple[Path, ...]:
        """Return the receipts for files of ours."""
        return tuple(
            file
            for file in self._files
            if file.suffix == RECEIPT_ENDING and file.parent == self.own
        )

    @cached_property
    def bundles(self) -> tuple[Path, ...]:
        """Return others' bundles for all, then those for this PC alone."""
        found = [file for file in self._of_others if file.suffix == BUNDLE_ENDING]
        for_all = [file for file in found if file.parent.parent == self.folder]
        return (*for_all, *(file for file in found if file.parent.name == self._alone))

    @cached_property
    def volumes(self) -> tuple[Path, ...]:
        """Return others' volumes."""
        return tuple(file for file in self._of_others if file.suffix == VOLUME_ENDING)

    @cached_property
    def own_bundles(self) -> tuple[Path, ...]:
        """Return our bundles, those for one reader among them."""
        return tuple(file for file in self._own if file.suffix == BUNDLE_ENDING)

    @cached_property
    def own_volumes(self) -> tuple[Path, ...]:
        """Return our volumes."""
        return tuple(file for file in self._own if file.suffix == VOLUME_ENDING)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return what all bundles and volumes are called."""
        endings = (BUNDLE_ENDING, VOLUME_ENDING)
        return frozenset(file.name for file in self._files if file.suffix in endings)

    def is_served(self, reader: bytes) -> bool:
        """Tell whether somebody else's file for one reader alone lies there."""
        return part_for(self.own, reader).name in self._served

    def writer(self, file: Path) -> Path:
        """Return the part of the PC that laid a file."""
        return file.parent.parent if self._is_alone(file) else file.parent

    def tells(self, file: Path) -> Path | None:
        """Return where a receipt for a file goes; None where its writer keeps a tally."""
        part = self.writer(file)
        return None if any(tally.parent == part for tally in self.tallies) else part

    @cached_property
    def _served(self) -> frozenset[str]:
        return frozenset(file.parent.name for file in self._of_others if self._is_alone(file))

    @cached_property
    def _own(self) -> tuple[Path, ...]:
        return tuple(file for file in self._files if self.writer(file) == self.own)

    @cached_property
    def _of_others(self) -> tuple[Path, ...]:
        return tuple(file for file in self._files if self.writer(file) != self.own)

    def _is_alone(self, file: Path) -> bool:
        return file.parent.parent != self.folder


def _files_under(part: Path) -> Iterator[Path]:
    """Yield the files in a part, and in what lies there for one reader."""
    for found in _entries(part):
        if found.is_file():
            yield Path(found.path)
        elif found.name.startswith(_ALONE):
            yield from (Path(one.path) for one in _entries(found.path) if one.is_file())


def _entries(folder: str | Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:  # somebody tidied it away meanwhile
        return []
