"""PCs of one site with a stick between them, one of which has a desk with every service."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.bootstrap.assembly import assemble
from app.core.people.models import OrgUnitRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.ui.reports.opened import Desk, administrator


@dataclass
class Pair:
    """This PC, another one, and the stick."""

    here: Pc
    there: Pc
    stick: Path

    def brings(self, *codes: str) -> Path:
        """Let the other PC write departments and a file with them."""
        add(self.there, *codes)
        return self.there.send(self.stick, self.here)


def add(pc: Pc, *codes: str) -> None:
    """Add departments on a PC."""
    for code in codes:
        with pc.opened.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))


def rename(pc: Pc, code: str, name: str) -> None:
    """Rename a department on a PC."""
    with pc.opened.site.transaction(ACTOR, "unit.edit", reason=f"{name} is right") as unit:
        unit.scalars(sa.select(OrgUnitRow).where(OrgUnitRow.code == code)).one().name = name


def units(pc: Pc) -> dict[str, str]:
    """Return the departments of a PC, their names by their codes."""
    with pc.opened.site.read() as session:
        return {row.code: row.name for row in session.scalars(sa.select(OrgUnitRow))}


def said(widget: QWidget) -> str:
    """Return all words that are seen, chips too."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    chips = [one.text() for one in widget.findChildren(StatusChip) if one.isVisibleTo(widget)]
    return "\n".join([*labels, *chips]).replace("\u200b", "")


@pytest.fixture
def alone(tmp_path: Path, clock: TurnedClock) -> Pc:
    """A site of one PC."""
    return first_pc(tmp_path / "here", clock)


@pytest.fixture
def pair(alone: Pc, tmp_path: Path, clock: TurnedClock) -> Pair:
    """Two PCs of one site."""
    stick = tmp_path / "stick"
    stick.mkdir()
    return Pair(alone, another_pc(alone, tmp_path / "there", clock), stick)


@pytest.fixture
def desk(
    alone: Pc, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    """The desk of an administrator at this PC."""
    services = assemble(alone.opened)
    yield WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


Shown = Callable[..., None]
