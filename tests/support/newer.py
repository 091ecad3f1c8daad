"""A newer program, as far as its entries go: it writes a log in a scope that this program does not have."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.core.base.clock import to_microseconds
from app.core.journal import LogName
from app.core.journal.changes import Change, encode_changes
from app.core.journal.entries import GENESIS
from app.core.journal.heads import Head, append
from app.core.journal.models import EntryRow, LogRow
from app.core.journal.projection import Projection
from app.core.journal.stamps import stamp_after, version_of
from app.core.keys import certificates
from app.core.storage.prepared import Hand
from app.core.storage.tables import Scope
from tests.support.in_touch import Pc

OF_TOMORROW = Scope("of-tomorrow")


@contextmanager
def certified_for_tomorrow() -> Iterator[None]:
    """Let keys be certified for a scope more."""
    scopes = (*certificates.ALL_SCOPES, OF_TOMORROW.value)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("notary", "joining"):
            patch.setattr(f"app.core.keys.{module}.ALL_SCOPES", scopes)
        yield


def write_of_tomorrow(pc: Pc, *entries: Sequence[Change]) -> None:
    """Write a log in the scope of tomorrow, an entry for each of some changes."""
    station, now = pc.opened.station, pc.opened.site.clock.now()
    name = LogName(station.fingerprint, station.incarnation, OF_TOMORROW)
    named = {"station": name.station, "incarnation": name.incarnation, "scope": name.scope}
    with pc.opened.site.database.write() as connection:
        newest = connection.execute(sa.select(sa.func.max(EntryRow.stamp))).scalar_one()
        log_id = connection.execute(sa.insert(LogRow).returning(LogRow.id), named).scalar_one()
        head = Head(name.bytes, log_id, 0, newest, GENESIS)
        projection = Projection(connection)
        for changes in entries:
            stamp, body = stamp_after(head.stamp, now), encode_changes(list(changes))
            said = (stamp, to_microseconds(now), 0, None, "tomorrow.do", "", body)
            head = append(Hand(connection), head, said)
            projection.apply(version_of(stamp, station.fingerprint), changes)
        projection.flush()
