"""A site on a PostgreSQL server: its backups are the server's, its logs are watched all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.journal.models import EntryRow
from app.core.keys import NewLogsReason, SlotCost
from app.core.operations import Founding, OpenSite, Restoring, ServerKeepsRecords, SiteFolder
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import PostgresServer
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PlantPc, backups, write
from tests.support.postgres import postgres_database, postgres_server

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own, on a server that is started in the test's own world."""
    with postgres_database(request.getfixturevalue("server")) as database:
        assert isinstance(database.location, PostgresServer)
        yield database.location.url


@pytest.fixture
def opened(url: str, tmp_path: Path, clock: TurnedClock) -> Iterator[OpenSite]:
    founding = Founding(
        name="Pune plant",
        code="PUN",
        password="correct horse battery",
        database_url=url,
        cost=SlotCost(memory=256, passes=1),
    )
    site = SiteFolder(tmp_path / "data", tmp_path / "keys", clock).found(founding, bring_up_to_date)
    yield site
    site.site.close()


def test_no_backup_is_pretended(opened: OpenSite, tmp_path: Path, clock: TurnedClock) -> None:
    service = backups(opened)

    assert not service.are_made_here
    assert service.last_good(ACTOR) is None
    assert service.make_if_due() is None
    for refused in (
        lambda: service.make(ACTOR),
        lambda: service.make_at(ACTOR, tmp_path / "one.dkbk"),
        lambda: service.change_plan(ACTOR, tmp_path, daily=True),
    ):
        with pytest.raises(ServerKeepsRecords, match="pg_dump"):
            refused()
    assert not (tmp_path / "one.dkbk").exists()

    other = PlantPc(tmp_path / "other", clock).found()
    path = other.back_up()
    assert service.verify(ACTOR, path, "correct horse battery").ok  # of another site, on trial
    elsewhere = other.open()
    elsewhere.site.close()
    marker = (opened.folder / "daksha.json").read_text()
    ours = marker.replace(str(opened.site_id), str(elsewhere.site_id))
    (opened.folder / "daksha.json").write_text(ours)
    with pytest.raises(ServerKeepsRecords):
        Restoring(opened.folder, tmp_path / "keys", clock, bring_up_to_date).loss(path)


def test_a_server_that_was_rolled_back_is_found_out(
    opened: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    write(opened, "A", "B")
    opened.incarnations.anchor()
    with opened.site.database.write() as connection:  # what a restored dump lacks
        connection.exec_driver_sql("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        newest = sa.select(sa.func.max(EntryRow.place)).scalar_subquery()
        connection.execute(sa.delete(EntryRow).where(EntryRow.place == newest))
    opened.site.on_close.clear()

    again = SiteFolder(tmp_path / "data", tmp_path / "keys", clock).open(bring_up_to_date)

    assert again.station.incarnation != opened.station.incarnation
    assert [each.reason for each in again.incarnations.unseen(ACTOR)] == [NewLogsReason.ROLLED_BACK]
    write(again, "C")
    again.site.close()
