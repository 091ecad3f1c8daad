"""On PostgreSQL: several stations share the records, and one site's keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.journal import Site
from app.core.keys import KeyRevoked, SiteRegister, StationKey
from app.core.keys.papers import heads_of
from tests.support.clock import TurnedClock
from tests.support.on_a_server import keys_of, site_on_a_server
from tests.support.sites import STATION, another_station, open_site
from tests.support.two_pcs import BOSS, join, pc

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with site_on_a_server(clock) as opened:
        yield opened


def test_a_site_on_a_server_lets_a_pc_in_and_revokes_it(
    site: Site, tmp_path: Path, clock: TurnedClock
) -> None:
    keys = keys_of(site, tmp_path, clock)
    new_pc = pc(tmp_path, "second", clock)
    asked = new_pc.request()
    paired = keys.pairing.pair(BOSS, asked.document, asked.words)
    assert paired.answer is not None
    joined = join(new_pc, paired.answer)
    joined.site.close()
    keys.care.revoke(BOSS, paired.key, "lost")

    with pytest.raises(KeyRevoked):
        keys.ring().trusted(paired.key)


def test_how_far_the_log_of_each_station_goes(
    site: Site, tmp_path: Path, clock: TurnedClock
) -> None:
    keys = keys_of(site, tmp_path, clock)
    other: StationKey = another_station()
    beside = open_site(site.database, clock, other)
    keys.register.add_station(BOSS, STATION, "the server's PC")
    SiteRegister(beside, keys.site_id).add_station(BOSS, other, "a PC beside it")
    with site.read() as session:
        heads = {one.fingerprint: heads_of(session, one.fingerprint) for one in (STATION, other)}

    assert [(head.scope, head.seq) for head in heads[STATION.fingerprint]] == [("identity", 2)]
    assert [(head.scope, head.seq) for head in heads[other.fingerprint]] == [("identity", 1)]
    assert {head.incarnation for head in heads[other.fingerprint]} == {other.incarnation}
