"""What becomes of keys of people that come from elsewhere."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.personal import Keyring, PersonKey, take_keys
from app.core.journal.projection import Projection


def receive_keys(
    connection: sa.Connection, untrusted_keys: Iterable[PersonKey]
) -> Mapping[str, set[UUID]]:
    """Keep keys that came, and read the entries again that waited for them; return the rows changed.

    Keys come before the entries that they open, or after: in the end the tables say the same.
    """
    waited = take_keys(connection, untrusted_keys)
    projection = Projection(connection)
    if waited:
        keyring = Keyring(connection)
        for person in waited:
            keyring.want_no_more(person)  # an entry that still cannot be read wants it again
        projection.read_again(waited)
        projection.flush()
    return projection.touched
