"""A server of the records that is not there, or lets nobody in, is told in a sentence."""

import pytest
import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.storage.database import Database, PostgresServer
from app.core.storage.faults import AddressUnreadable, ServerSilent
from tests.support.postgres import postgres_server


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", AddressUnreadable),
        ("", AddressUnreadable),
        ("mysql://boss@localhost/site", AddressUnreadable),
        ("sqlite:///site.db", AddressUnreadable),
        ("postgresql://boss@127.0.0.1:1/site", ServerSilent),
        ("postgresql+psycopg2://boss@127.0.0.1:1/site", ServerSilent),
    ],
)
def test_an_address_that_leads_nowhere_is_told(url: str, told: type[UserFacingError]) -> None:
    with pytest.raises(told):
        Database(PostgresServer(url=url))


def test_a_database_that_is_not_on_the_server_is_told() -> None:
    with postgres_server() as url:
        elsewhere = sa.make_url(url).set(drivername="postgresql", database="of_somebody_else")
        address = elsewhere.render_as_string(hide_password=False)
        with pytest.raises(ServerSilent):
            Database(PostgresServer(url=address))
