"""What the corpora say of their own files: INDEX.md, one row a file."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_COUNT = re.compile(r"(items|sco|launchable|AUs|blocks|activities)=(\d+)")


@dataclass(frozen=True)
class Probed:
    """What an independent script read in a file."""

    path: Path
    expected: str
    counts: dict[str, int] = field(default_factory=dict)


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
