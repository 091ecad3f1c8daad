"""The corpora beside the repository, and what they say of their own files: INDEX.md, one row a file."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("DAKSHA_CORPORA", _ROOT.parent / "shared" / "corpora"))
"""Where the packages, banks and hostile files lie that others made; it may be absent."""
IS_WHOLE = bool(os.environ.get("DAKSHA_WHOLE"))
"""Whether all of them are played, and not a sample."""

_COUNT = re.compile(r"(items|sco|launchable|AUs|blocks|activities)=(\d+)")


@dataclass(frozen=True)
class Probed:
    """What an independent script read in a file."""

    path: Path
    expected: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.name


def probed(index: Path) -> dict[str, list[Probed]]:
    """Return the rows of an index by section."""
    sections: dict[str, list[Probed]] = {}
    section = ""
    for line in index.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        path = index.parent / section / cells[0]
        if section and len(cells) == 8 and path.is_file():
            counts = {name: int(count) for name, count in _COUNT.findall(cells[5])}
            sections.setdefault(section, []).append(Probed(path, cells[4], counts))
    return sections


def rows_of(section: str) -> list[Probed]:
    """Return the rows of a section of the corpora that are there; none where the corpora are absent."""
    index = CORPORA / "INDEX.md"
    return probed(index).get(section, []) if index.is_file() else []
