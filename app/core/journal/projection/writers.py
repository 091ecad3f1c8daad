"""Which stations may speak for whom: noted by whoever proves the papers of keys, read by the projection.

Without a note of it a station may speak of everything: so it is with what was never exchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.journal.projection.beside import wired
from app.core.journal.projection.models import WriterRow
from app.core.storage.columns import id_wire
from app.core.storage.prepared import Prepared

_NAME_BYTES = 8
_WRITER = wired(WriterRow)
_ALL = Prepared(sa.select(_WRITER.c.station, _WRITER.c.site_id, _WRITER.c.for_all))


@dataclass(frozen=True, slots=True)
class Writer:
    """A station: of which site it is, and whether that speaks for every site, as headquarters do."""

    station: bytes
    site: bytes
    for_all: bool


Writers = Mapping[bytes, Writer]
"""By what versions have of a station's name."""


def writers_of(connection: sa.Connection) -> Writers:
    """Return the stations that are noted in some records."""
    rows = _ALL.run(connection, {})
    found = [Writer(bytes(one), id_wire(site), bool(for_all)) for one, site, for_all in rows]
    return {one.station[:_NAME_BYTES]: one for one in found}


def writer_of(writers: Writers, version: bytes) -> Writer | None:
    """Return who wrote a version; None for a station that is not noted."""
    return writers.get(version[-_NAME_BYTES:])


def home_of_births(
    writers: Writers, claimed: bytes | None, births: Sequence[bytes]
) -> bytes | None:
    """Return the site that a row is of: what its beginning said, else that of whoever began it.

    `NOBODYS` where stations of several sites began one row, none of them headquarters'; None where
    nothing is known of who began it.
    """
    began = _site_that_began(writers, births)
    return began if began == NOBODYS else claimed or began


def _site_that_began(writers: Writers, births: Sequence[bytes]) -> bytes | None:
    """Return headquarters where it is among who began a row, else the one site that all are of."""
    found = [writer_of(writers, one) for one in births]
    known = [one for one in found if one is not None]
    for one in known:
        if one.for_all:
            return one.site
    if len(known) < len(found):
        return None
    sites = {one.site for one in known}
    return NOBODYS if len(sites) > 1 else next(iter(sites), None)


NOBODYS = bytes(16)
"""In the place of a site: several say that a row is theirs."""
