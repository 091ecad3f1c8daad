"""What leaves is written whole, noted with its hash, and never stands on a stick unnoted."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.paging import PageRequest
from app.core.base.words import use_language
from app.core.egress import CannotSave, Document, Egress, FileKind, FileTaken, Leaving, SavedFileRow
from app.core.journal import Journal, Site
from app.core.reports import FILES_THAT_LEFT, Reports
from app.core.storage.faults import PlaceGone
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.sites import STATION
from tests.ui.reports.opened import auditor, somebody

PROGRAM = system_actor()
_TRAINER = (Capability.VIEW_REPORTS, Capability.VIEW_RECORDS)


def document(content: bytes = b"rows", title: str = "Overdue", **more: object) -> Document:
    leaving = Leaving(kind=FileKind.REPORT, title=title, records=2, **more)  # type: ignore[arg-type]  # a test's shorthand
    return Document(content=content, leaving=leaving)


def stopped_half_way(site: Site, path: Path) -> None:
    with Egress(site).writing(PROGRAM, path, document().leaving) as outgoing:
        outgoing.file.write(b"half")
        raise ZeroDivisionError


def noted(site: Site) -> list[SavedFileRow]:
    with site.read() as session:
        return list(session.scalars(sa.select(SavedFileRow).order_by(SavedFileRow.id)))


def test_is_02_a_file_is_whole_and_in_the_register_with_its_hash(
    site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "overdue.csv"

    Egress(site).save(PROGRAM, path, document())

    (row,) = noted(site)
    assert path.read_bytes() == b"rows"
    assert row.sha256 == hashlib.sha256(b"rows").hexdigest()
    assert (row.title, row.records, row.size, row.saved_to) == ("Overdue", 2, 4, str(path))
    assert row.station == site.station.fingerprint
    assert [one for one in tmp_path.iterdir() if one.suffix == ".part"] == []
    assert Journal(site, STATION).verify(PROGRAM).ok


def test_another_file_is_never_written_over_unasked(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "overdue.csv"
    path.write_bytes(b"mine")

    with pytest.raises(FileTaken):
        Egress(site).save(PROGRAM, path, document())
    assert (path.read_bytes(), noted(site)) == (b"mine", [])

    Egress(site).save(PROGRAM, path, document(), overwrite=True)
    assert path.read_bytes() == b"rows"


def test_what_fails_under_way_leaves_neither_file_nor_line(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "out" / "overdue.csv"
    with pytest.raises(PlaceGone):
        Egress(site).save(PROGRAM, path, document())
    path.parent.mkdir()

    with pytest.raises(ZeroDivisionError):
        stopped_half_way(site, path)

    assert list(path.parent.iterdir()) == []
    assert noted(site) == []


def test_a_folder_that_is_not_there_is_told_by_the_name_that_was_asked_for(
    site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "gone" / "overdue.csv"
    with pytest.raises(PlaceGone) as told:
        Egress(site).save(PROGRAM, path, document())
    assert told.value.sentence.startswith(f"This can no longer be reached: {path}. Everything")


def test_a_file_takes_its_name_only_after_it_is_noted(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "overdue.csv"
    folder.mkdir()
    (folder / "kept").write_bytes(b"")

    with pytest.raises(CannotSave):
        Egress(site).save(PROGRAM, folder, document(), overwrite=True)

    assert len(noted(site)) == 1
    assert [one.name for one in tmp_path.iterdir() if ".part" in one.name] == []


def test_how_many_rows_it_holds_may_be_told_at_the_end(site: Site, tmp_path: Path) -> None:
    leaving = Leaving(kind=FileKind.STATEMENTS, title="Everybody")
    with Egress(site).writing(PROGRAM, tmp_path / "out.jsonl", leaving) as outgoing:
        outgoing.file.write(b"{}\n")
        outgoing.records = 1

    assert [row.records for row in noted(site)] == [1]


def test_no_hash_is_kept_of_what_it_would_give_away(site: Site, tmp_path: Path) -> None:
    Egress(site).save(PROGRAM, tmp_path / "pins.pdf", document(is_guessable=True))
    Egress(site).note_printed(PROGRAM, document(is_guessable=True), "Laser 1")

    assert [(row.sha256, row.is_paper, row.saved_to) for row in noted(site)] == [
        ("", False, str(tmp_path / "pins.pdf")),
        ("", True, "Laser 1"),
    ]


class TestRegister:
    """One list of sync files, saved files and printed pages."""

    @pytest.fixture
    def pc(self, tmp_path: Path, clock: TurnedClock) -> Pc:
        return first_pc(tmp_path / "one", clock)

    def rows(self, pc: Pc, request: PageRequest | None = None, actor: Actor = ACTOR) -> list[str]:
        page = Reports(pc.opened.site).page(actor, FILES_THAT_LEFT, request or PageRequest())
        return [f"{row[2]} {row[3]} {row[6]}" for row in page.rows]

    @pytest.fixture
    def left(self, pc: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
        """A PC that wrote a sync file for another, saved a report and printed slips."""
        other = another_pc(pc, tmp_path / "two", clock)
        (tmp_path / "stick").mkdir()
        pc.send(tmp_path / "stick", other)
        egress = Egress(pc.opened.site)
        egress.save(ACTOR, tmp_path / "overdue.csv", document())
        egress.note_printed(ACTOR, document(title="PIN slips"), "Laser 1")
        return pc

    def test_all_of_it_newest_first(self, left: Pc) -> None:
        (label,) = {peer.label for peer in left.sync.peers(ACTOR)}

        assert sorted(self.rows(left)) == [
            f"records for {label} file",
            "report Overdue file",
            "report PIN slips paper",
        ]

    def test_searched_and_filtered(self, left: Pc) -> None:
        label = left.sync.peers(ACTOR)[0].label
        every = PageRequest()

        assert self.rows(left, every.searching("laser")) == ["report PIN slips paper"]
        assert self.rows(left, every.searching(label)) == [f"records for {label} file"]
        assert self.rows(left, every.filtered_by([("way", "paper")])) == ["report PIN slips paper"]
        assert len(self.rows(left, every.filtered_by([("kind", "report")]))) == 2

    def test_auditors_see_it_and_who_sees_no_journal_does_not(self, left: Pc) -> None:
        reports = Reports(left.opened.site)

        assert len(self.rows(left, actor=auditor())) == 3
        assert FILES_THAT_LEFT not in {
            offer.key for offer in reports.offers(somebody("Trainer", *_TRAINER))
        }

    def test_every_kind_has_words(self, left: Pc) -> None:
        table = Reports(left.opened.site).table(ACTOR, FILES_THAT_LEFT, PageRequest())
        use_language("en")

        assert {row[2] for row in table.text_rows} == {"Sync file", "Report"}
        assert set(table.columns[2].words) >= {kind.value for kind in FileKind}

    def test_it_comes_with_the_records_to_the_other_pcs(
        self, left: Pc, tmp_path: Path, clock: TurnedClock
    ) -> None:
        third = another_pc(left, tmp_path / "three", clock)
        third.take(left.send(tmp_path / "stick", third))

        assert "report Overdue file" in self.rows(third)
