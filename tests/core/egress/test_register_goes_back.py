"""The register of what left when a PC's records go back, and at headquarters: whose line it is, and what is missing."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.figures import moment
from app.core.base.paging import PageRequest
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Journal, Site
from app.core.operations import OpenSite, backups_of
from app.core.reports import FILES_THAT_LEFT, FilterRefused, Reports
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other, pc_of
from tests.support.left_open import note_opened
from tests.support.plant_pc import PASSWORD, PlantPc

MINUTE = timedelta(minutes=1)


def leave(opened: OpenSite, title: str, to: Path) -> None:
    """Let a report leave."""
    document = Document(content=title.encode(), leaving=Leaving(kind=FileKind.REPORT, title=title))
    Egress(opened.site).save(ACTOR, to / f"{title}.csv", document)


def register(site: Site, *filters: tuple[str, str], text: str = "") -> list[dict[str, object]]:
    """Return the register as people read it, the oldest first."""
    reports = Reports(site)
    request = PageRequest(sort="at", filters=filters, text=text)
    (offer,) = (one for one in reports.offers(ACTOR) if one.key == FILES_THAT_LEFT)
    keys = [column.key for column in offer.columns]
    page = reports.page(ACTOR, FILES_THAT_LEFT, request)
    return [dict(zip(keys, row, strict=True)) for row in page.rows]


def titles(site: Site, *filters: tuple[str, str], text: str = "") -> list[object]:
    return [one["what"] for one in register(site, *filters, text=text)]


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    return PlantPc(tmp_path / "pc", clock).found()


@pytest.fixture
def backup(pc: PlantPc, tmp_path: Path, clock: TurnedClock) -> Path:
    """A backup, after which one more report left."""
    opened = pc.open()
    leave(opened, "before", tmp_path)
    clock.turn(MINUTE)
    path = tmp_path / "one.dkbk"
    backups_of(opened, bring_up_to_date).make_at(ACTOR, path)
    clock.turn(MINUTE)
    leave(opened, "after", tmp_path)
    clock.turn(MINUTE)
    opened.site.close()
    return path


def shown(pc: PlantPc) -> list[object]:
    opened = pc.open()
    note_opened(opened.site.database)
    found = titles(opened.site)
    assert Journal(opened.site, opened.station).verify(ACTOR).ok
    opened.site.close()
    return found


def test_is_02_lines_that_the_records_of_before_had_are_brought_over(
    pc: PlantPc, backup: Path
) -> None:
    before = shown(pc)
    pc.restoring().restore(backup)
    assert shown(pc) == before == ["before", "Backup 1", "after"]

    pc.restoring().restore(backup)
    assert shown(pc) == before


def test_where_nobody_can_read_them_the_register_tells_of_the_gap(
    pc: PlantPc, backup: Path, clock: TurnedClock
) -> None:
    made = clock.now() - 2 * MINUTE
    shutil.rmtree(pc.data)
    pc.restoring().restore(backup, PASSWORD)

    (before, gap) = shown(pc)
    assert before == "before"
    assert str(gap).startswith(
        f"Between {moment(made)} and {moment(clock.now())} files may have left that stand here"
    )


def test_an_older_copy_that_somebody_laid_there_leaves_a_gap_too(
    pc: PlantPc, tmp_path: Path
) -> None:
    shutil.copytree(pc.data, tmp_path / "earlier")
    opened = pc.open()
    leave(opened, "hidden", tmp_path)
    opened.site.close()
    shutil.rmtree(pc.data)
    (tmp_path / "earlier").rename(pc.data)

    (gap,) = shown(pc)
    assert "an older copy took the place of the records" in str(gap)


class TestSeveral:
    """PCs and sites."""

    @pytest.fixture
    def stick(self, tmp_path: Path) -> Path:
        (tmp_path / "stick").mkdir()
        return tmp_path / "stick"

    def test_what_comes_back_from_another_pc_stands_there_once(
        self, tmp_path: Path, stick: Path, clock: TurnedClock
    ) -> None:
        one = first_pc(tmp_path / "one", clock)
        two = another_pc(one, tmp_path / "two", clock)
        backup = tmp_path / "one.dkbk"
        backups_of(one.opened, bring_up_to_date).make_at(ACTOR, backup, with_assets=False)
        clock.turn(MINUTE)
        leave(one.opened, "after", tmp_path)
        two.take(one.send(stick, two))
        expected = titles(one.opened.site)
        one.close()
        PlantPc(tmp_path / "one", clock).restoring().restore(backup)
        one = pc_of(one.folder, one.folder.open(bring_up_to_date))
        assert titles(one.opened.site) == expected

        back = tmp_path / "back"
        back.mkdir()
        one.take(two.send(back, one))

        found = titles(one.opened.site)
        assert [found.count(each) for each in expected] == [1] * len(expected)
        one.close()

    def test_at_headquarters_each_line_says_whose_it_is_and_can_be_picked_by_it(
        self, tmp_path: Path, stick: Path, clock: TurnedClock
    ) -> None:
        hq = first_pc(tmp_path / "hq", clock, "HQ")
        plant = first_pc(tmp_path / "plant", clock, "PUN")
        know_each_other(hq, plant)
        leave(hq.opened, "ours", tmp_path)
        leave(plant.opened, "theirs", tmp_path)
        _send(plant, stick)
        hq.take(stick)

        lines = {one["what"]: one for one in register(hq.opened.site)}

        assert (lines["ours"]["site"], lines["theirs"]["site"]) == ("Plant HQ", "Plant PUN")
        assert lines["theirs"]["pc"]
        assert titles(hq.opened.site, ("site", "pun")) == ["theirs"]
        assert "theirs" not in titles(hq.opened.site, ("site", "HQ"))
        assert titles(hq.opened.site, ("site", "PUN"), ("pc", str(lines["theirs"]["pc"])))
        assert titles(hq.opened.site, text="plant pun theirs") == ["theirs"]
        with pytest.raises(FilterRefused, match="PUN"):
            register(hq.opened.site, ("site", "NAG"))


def _send(sender: Pc, stick: Path) -> None:
    peers = [one for one in sender.sync.peers(ACTOR) if not one.is_own_site]
    sender.sync.export(ACTOR, peers, stick)
