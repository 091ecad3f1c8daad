"""Where and when backups are made: chosen by the administrator, kept in the data folder of this PC."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from app.core.operations.backups.place import Place
from app.core.storage.faults import told_plainly

_FILE = "backups.json"
FOLDER = "backups"
"""In the data folder, where nobody chose a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where and when."""

    place: Path
    daily: bool = True
    is_chosen: bool = False
    """Whether somebody chose the place; else it lies in the data folder, on the same disk."""

    @property
    def with_assets(self) -> bool:
        """Tell whether stored files are copied: within the data folder they would only be doubled."""
        return self.is_chosen


def place_of(plan: Plan) -> Place:
    """Return the place of a plan. Only the one in the data folder is made when it is not there."""
    if not plan.is_chosen:
        with told_plainly():
            plan.place.mkdir(exist_ok=True)
    return Place(plan.place)


def read_plan(folder: Path) -> Plan:
    """Return the plan of a data folder; one that cannot be read is as good as none."""
    try:
        untrusted = json.loads((folder / _FILE).read_text("utf-8"))
        place, daily = untrusted["place"], untrusted["daily"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return Plan(place=folder / FOLDER)
    if not isinstance(daily, bool) or not (place is None or (isinstance(place, str) and place)):
        return Plan(place=folder / FOLDER)
    if place is None:
        return Plan(place=folder / FOLDER, daily=daily)
    return Plan(place=Path(place), daily=daily, is_chosen=True)


def write_plan(folder: Path, place: Path | None, *, daily: bool) -> Plan:
    """Keep a plan; without a place backups lie in the data folder."""
    fresh = folder / f"{_FILE}.new"
    with told_plainly():
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"place": str(place) if place else None, "daily": daily}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / _FILE)
    return read_plan(folder)
