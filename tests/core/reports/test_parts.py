"""What the program consists of stands in a report, as it is installed."""

from importlib.metadata import version

from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.base.parts import LOCK, altered_files, locked_parts, missing_parts
from app.core.journal import Site
from app.core.reports import Reports

BOSS = system_actor()


def test_a11_03_every_part_that_was_released_is_listed_with_version_and_licence(site: Site) -> None:
    table = Reports(site).table(BOSS, "third-party-parts", PageRequest())
    listed = {str(row[0]).casefold().replace("_", "-").replace(".", "-"): row for row in table.rows}

    for name, locked, must in locked_parts():
        if must:
            assert listed[name.replace(".", "-")][1] == locked == version(name)
    assert len(listed) >= 60
    assert [row[0] for row in table.rows if not row[2]] == []
    assert {"python", "inter", "lucide"} <= set(listed)
    assert missing_parts() == ()


def test_a_search_finds_a_part(site: Site) -> None:
    table = Reports(site).table(BOSS, "third-party-parts", PageRequest(text="sqlcipher3"))

    assert [(row[0], row[2], row[4]) for row in table.rows] == [
        ("sqlcipher3", "Zlib", "as-released")
    ]


def test_the_files_of_a_part_are_as_its_maker_made_them() -> None:
    checked, altered = altered_files("segno")

    assert LOCK.is_file()
    assert checked > 10
    assert altered == ()
