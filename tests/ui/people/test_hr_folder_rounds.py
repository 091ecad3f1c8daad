"""The folder for HR files is looked at while the program runs, and trouble is told once."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.core.people.imports import HrFolderChoice
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.people.hr_folder_rounds import HrFolderRounds
from tests.support.dropped import lay
from tests.ui.reports.opened import Desk, settle


def test_a_round_finds_what_came_and_trouble_is_told_once(
    services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    told: list[str] = []
    parent = QObject()

    def tell(words: str) -> bool:
        told.append(words)
        return True

    rounds = HrFolderRounds(services.hr_folder, jobs, tell, parent)
    rounds.go()
    settle(jobs)
    drop = tmp_path / "drop"
    drop.mkdir()
    services.hr_folder.choose(desk.actor, HrFolderChoice(folder=drop))
    lay(drop / "hr.csv", "Emp No,Name\nE-1,Meena\n")
    rounds.go()
    rounds.go()
    settle(jobs)
    assert [one.path.name for one in services.hr_folder.waiting(desk.actor)] == ["hr.csv"]
    assert told == []

    (drop / "hr.csv").unlink()
    drop.rmdir()
    for _again in range(2):
        rounds.go()
        settle(jobs)
    (words,) = told
    assert "cannot be reached" in words
    rounds.stop()
    parent.deleteLater()
