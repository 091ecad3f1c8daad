"""The folder that HR drops files into: looked at, never moved, applied only where that was allowed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.base.errors import NotAllowed, NotFound
from app.core.journal import Site
from app.core.people import People, WatchedState
from app.core.people.imports import Coverage, HrFolder, HrFolderChoice, HrFolderUnreachable
from app.core.spreadsheets import GivenFile
from tests.core.people.conftest import SYSTEM, somebody
from tests.support.dropped import lay

HEAD = "Emp No,Name,Department\n"
FIRST = HEAD + "E-1,Meena,Press\nE-2,Ravi,Press\n"


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(site: Site, people: People, tmp_path: Path, drop: Path) -> HrFolder:
    """A folder that is watched, at a site that knows how to read what comes there."""
    made = HrFolder(site, people.imports, tmp_path)
    made.choose(SYSTEM, HrFolderChoice(folder=drop))
    return made


@pytest.fixture
def mapped(people: People) -> None:
    """The columns of the files are known, and they name the whole site."""
    hr_set = people.imports.read(SYSTEM, [GivenFile(name="hr.csv", content=FIRST.encode())])
    plan = people.imports.look(SYSTEM, hr_set)
    people.imports.apply(SYSTEM, plan)
    mapping = replace(plan.mapping, name="Keka", coverage=Coverage.SITE)
    people.imports.mappings.keep(SYSTEM, mapping)


def states(watched: HrFolder) -> list[tuple[str, WatchedState]]:
    return [(one.path.name, one.state) for one in watched.files(SYSTEM)]


def test_a_file_of_a_saved_mapping_waits_with_what_it_would_do(
    mapped: None, watched: HrFolder, drop: Path, people: People
) -> None:
    lay(drop / "Keka.csv", HEAD + "E-1,Meena Rao,Press\nE-3,Bob,Press\n")

    assert watched.look(SYSTEM) == 1
    (one,) = watched.waiting(SYSTEM)
    assert (one.state, one.mapping) == (WatchedState.WAITING, "Keka")
    assert (one.counts["new"], one.counts["changed"], one.counts["gone"]) == (1, 1, 1)
    assert people.find(SYSTEM, "E-1").name == "Meena"
    assert watched.look(SYSTEM) == 0
    assert [path.name for path in drop.iterdir()] == ["Keka.csv"]


def test_a_file_is_looked_at_again_when_it_came_again(
    mapped: None, watched: HrFolder, drop: Path
) -> None:
    lay(drop / "a.csv", FIRST + "\n")
    assert watched.look(SYSTEM) == 1
    assert states(watched) == [("a.csv", WatchedState.SAME)]
    assert watched.look(SYSTEM) == 0
    lay(drop / "b.csv", FIRST + "\n")
    assert watched.look(SYSTEM) == 1
    lay(drop / "b.csv", FIRST + "E-9,Uma,Press\n")
    assert watched.look(SYSTEM) == 1
    lay(drop / "b.csv", FIRST + "\n")
    assert watched.look(SYSTEM) == 1
    assert states(watched)[0] == ("b.csv", WatchedState.SAME)


def test_what_hr_takes_back_by_the_file_of_before_is_told(
    mapped: None, watched: HrFolder, drop: Path, people: People
) -> None:
    moved = FIRST.replace("E-1,Meena,Press", "E-1,Meena,Paint")
    for name, text in (("mon.csv", FIRST), ("tue.csv", moved), ("wed.csv", FIRST)):
        lay(drop / name, text)
        assert watched.look(SYSTEM) == 1
        for one in watched.waiting(SYSTEM):
            hr_set = people.imports.read(SYSTEM, [watched.file(SYSTEM, one.sha256)])
            people.imports.apply(SYSTEM, people.imports.look(SYSTEM, hr_set))
    place = people.find(SYSTEM, "E-1").placement
    assert place is not None
    assert place.org_unit == "Press"


def test_every_file_is_looked_at_however_many_there_are(
    mapped: None, watched: HrFolder, drop: Path
) -> None:
    for night in range(203):
        lay(drop / f"{night:03}.csv", FIRST + f"N-{night},Uma,Press\n")
    assert watched.look(SYSTEM) == 200
    assert watched.look(SYSTEM) == 3


def test_what_is_not_looked_at_is_told_with_the_reason(watched: HrFolder, drop: Path) -> None:
    lay(drop / "hr.xlsm", b"x")
    (drop / "May").mkdir()
    lay(drop / "~$hr.xlsx", b"x")

    assert watched.look(SYSTEM) == 0
    assert [(one.path.name, one.words) for one in watched.not_taken(SYSTEM)] == [
        ("May", "A folder: put its files beside it."),
        ("hr.xlsm", "Not of a kind that is read: save it as XLSX, XLS or CSV."),
    ]


def test_a_file_is_not_looked_at_while_it_is_being_copied(
    mapped: None, site: Site, people: People, watched: HrFolder, drop: Path
) -> None:
    watched.choose(SYSTEM, HrFolderChoice(folder=drop, applies_additions=True))
    just_now = site.clock.now().timestamp()
    for text in (FIRST + "E-9,As", FIRST + "E-9,Asha,Press\n"):
        (drop / "hr.csv").write_text(text, "utf-8")
        os.utime(drop / "hr.csv", (just_now, just_now))
        assert watched.look(SYSTEM) == 0
        (told,) = watched.not_taken(SYSTEM)
        assert "only just come" in told.words
        just_now += 1

    assert watched.look(SYSTEM) == 1
    assert watched.not_taken(SYSTEM) == ()
    assert people.find(SYSTEM, "E-9").name == "Asha"


def test_a_file_that_was_replaced_is_not_opened_for_the_one_before(
    mapped: None, watched: HrFolder, drop: Path
) -> None:
    lay(drop / "hr.csv", FIRST + "E-3,Bob,Press\n")
    watched.look(SYSTEM)
    (before,) = watched.waiting(SYSTEM)
    lay(drop / "hr.csv", FIRST + "E-4,Uma,Press\n")
    with pytest.raises(NotFound):
        watched.file(SYSTEM, before.sha256)
    watched.look(SYSTEM)
    (now,) = watched.waiting(SYSTEM)
    assert now.sha256 != before.sha256


def test_a_move_to_come_keeps_its_file_waiting(
    mapped: None, watched: HrFolder, drop: Path, people: People
) -> None:
    kept = people.imports.mappings.named(SYSTEM, "Keka")
    headings = (*kept.headings, "w e f")
    people.imports.mappings.keep(SYSTEM, replace(kept, headings=headings))
    text = "Emp No,Name,Department,W.E.F.\nE-1,Meena,Paint,24-Dec-2026\nE-2,Ravi,Press,\n"
    lay(drop / "a.csv", text)

    assert watched.look(SYSTEM) == 1
    assert states(watched) == [("a.csv", WatchedState.WAITING)]


def test_files_of_other_kinds_and_half_written_ones_are_left_alone(
    watched: HrFolder, drop: Path
) -> None:
    for name in ("~$Keka.xlsx", ".hr.csv", "photo.png"):
        lay(drop / name, b"x")

    assert watched.look(SYSTEM) == 0


def test_what_cannot_be_read_or_is_strange_is_told(watched: HrFolder, drop: Path) -> None:
    lay(drop / "bad.xlsx", b"PK\x03\x04 and nothing else")
    lay(drop / "new.csv", FIRST)

    assert watched.look(SYSTEM) == 2
    assert dict(states(watched)) == {
        "bad.xlsx": WatchedState.REFUSED,
        "new.csv": WatchedState.STRANGE,
    }
    refused = [one.words for one in watched.files(SYSTEM) if one.state is WatchedState.REFUSED]
    assert "This spreadsheet cannot be read." in refused[0]


def test_nothing_is_applied_by_itself_unless_it_only_adds_and_that_was_switched_on(
    mapped: None, watched: HrFolder, drop: Path, people: People
) -> None:
    adds = FIRST + "E-3,Bob,Press\n"
    lay(drop / "1.csv", adds)
    watched.look(SYSTEM)
    assert states(watched) == [("1.csv", WatchedState.WAITING)]
    watched.choose(SYSTEM, HrFolderChoice(folder=drop, applies_additions=True))
    lay(drop / "2.csv", adds.replace("E-3", "E-4"))
    lay(drop / "3.csv", adds.replace("Meena", "Mina"))
    lay(drop / "4.csv", HEAD + "E-1,Meena,Press\nE-7,New,Press\n")
    watched.look(SYSTEM)

    found = dict(states(watched))
    assert found["2.csv"] is WatchedState.APPLIED
    assert found["3.csv"] is found["4.csv"] is WatchedState.WAITING
    assert people.find(SYSTEM, "E-4").name == "Bob"
    assert people.find(SYSTEM, "E-2").active


def test_a_file_that_was_applied_or_put_aside_waits_no_longer(
    mapped: None, watched: HrFolder, drop: Path, people: People
) -> None:
    lay(drop / "1.csv", FIRST + "E-3,Bob,Press\n")
    lay(drop / "2.csv", FIRST + "E-4,Uma,Press\n")
    watched.look(SYSTEM)
    first, second = watched.waiting(SYSTEM)
    hr_set = people.imports.read(SYSTEM, [watched.file(SYSTEM, first.sha256)])
    people.imports.apply(SYSTEM, people.imports.look(SYSTEM, hr_set))
    watched.dismiss(SYSTEM, second.sha256)

    assert watched.waiting(SYSTEM) == ()
    assert {state for _name, state in states(watched)} == {
        WatchedState.APPLIED,
        WatchedState.DISMISSED,
    }
    with pytest.raises(NotFound):
        watched.file(SYSTEM, "0" * 64)


def test_a_folder_that_is_not_there_is_told(
    site: Site, people: People, watched: HrFolder, drop: Path, tmp_path: Path
) -> None:
    drop.rmdir()
    with pytest.raises(HrFolderUnreachable, match="drop"):
        watched.look(SYSTEM)
    with pytest.raises(HrFolderUnreachable):
        watched.choose(SYSTEM, HrFolderChoice(folder=tmp_path / "nowhere"))
    watched.choose(SYSTEM, HrFolderChoice())
    assert HrFolder(site, people.imports, tmp_path).choice == HrFolderChoice()
    assert watched.look(SYSTEM) == 0
    (tmp_path / "hr_folder.json").write_text("[", "utf-8")
    assert watched.choice == HrFolderChoice()


def test_only_who_imports_people_sees_the_folder(watched: HrFolder) -> None:
    with pytest.raises(NotAllowed):
        watched.files(somebody())
