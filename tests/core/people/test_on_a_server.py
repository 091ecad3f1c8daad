"""On PostgreSQL: two stations at work at once, and names in every script."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import SignIn
from tests.core.people.conftest import LIGHT, SYSTEM
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import open_site

pytestmark = pytest.mark.postgresql


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


@pytest.mark.parametrize("text", ["ÉMILE", "öz", "शर्मा"])
def test_names_are_found_whatever_their_capitals(site: Site, clock: TurnedClock, text: str) -> None:
    door, now = SignIn(site, LIGHT), clock.now()
    door.accounts.give_auditor_account(
        SYSTEM,
        login="emile",
        name="Émile ÖZ शर्मा",
        opens_at=now,
        closes_at=now + timedelta(days=1),
    )

    assert [one.login for one in door.visits.list(SYSTEM, PageRequest(text=text)).rows] == ["emile"]
    assert door.visits.list(SYSTEM, PageRequest(text="nobody")).total == 0
