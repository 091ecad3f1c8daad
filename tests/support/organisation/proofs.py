"""What has to hold after each history, by the invariants of records-and-sync."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import sqlalchemy as sa

from app.core.base.progress import NoProgress
from app.core.journal import stored_logs
from app.core.journal.changes import decode_changes
from app.core.journal.models import EntryRow
from app.core.journal.verify import verify_journal
from app.core.storage.tables import journalled_models, model_of, table_of
from tests.support.organisation.places import ACTOR, GOA, HQ, PUNE, Place
from tests.support.traces import traces

_OWN_NOTES = frozenset({"saved_file", "sent_file"})
"""What each PC writes of the files that it wrote: the last of them are on no stick yet."""

Row = tuple[object, ...]
Rows = dict[str, dict[bytes, Row]]


class Holdings:
    """Every entry that was ever written, who wrote it, and which of them a disk took with it."""

    def __init__(self) -> None:
        self.written: dict[bytes, bytes] = {}
        """The station that wrote each entry, by the entry's hash."""
        self.lost: set[bytes] = set()
        """What nobody had but a PC that went back to a backup."""
        self.sites: dict[bytes, str] = {}
        """The code of each station's site."""
        self.revoked: bytes | None = None
        self.known_at_revocation: set[bytes] = set()

    def meet(self, place: Place) -> None:
        """Note a PC."""
        self.sites[place.station] = place.code
        self.note([place])

    def note(self, places: Iterable[Place]) -> None:
        """Note what is there now."""
        for place in places:
            for entry, station in writers_of(place):
                self.written.setdefault(entry, station)

    def lose(self, places: Iterable[Place]) -> None:
        """Note what nobody has any more; what somebody brought back is lost no longer."""
        held = set[bytes]().union(*map(hashes_of, places))
        self.lost = self.written.keys() - held

    def revoke(self, station: bytes, by: Place) -> None:
        """Note what was known of a station when it was revoked."""
        self.revoked = station
        self.known_at_revocation = {entry for entry, writer in writers_of(by) if writer == station}

    def due(self) -> dict[str, set[bytes]]:
        """Return by site the entries that its stations wrote and that have to be somewhere."""
        found: dict[str, set[bytes]] = {code: set() for code in (HQ, PUNE, GOA)}
        for entry, station in self.written.items():
            if entry not in self.lost and station != self.revoked:
                found[self.sites[station]].add(entry)
        return found


def hashes_of(place: Place) -> set[bytes]:
    """Return the hash of every entry that a PC holds."""
    with place.services.open_site.site.read() as session:
        return set(session.scalars(sa.select(EntryRow.hash)))


def writers_of(place: Place) -> list[tuple[bytes, bytes]]:
    """Return the hash of every entry that a PC holds, each with the station that wrote it."""
    with place.services.open_site.site.read() as session:
        found = session.execute(
            sa.text(
                "SELECT journal_entry.hash, journal_log.station FROM journal_entry "
                "JOIN journal_log ON journal_log.id = journal_entry.place >> 40"
            )
        )
        return [(entry, station) for entry, station in found]


def heads_of(place: Place) -> dict[int, int]:
    """Return the number of the newest entry that a PC holds of each log."""
    with place.services.open_site.site.read() as session:
        return {log.id: log.last for log in stored_logs(session.connection())}


def copies_are_told(believed: Sequence[Place], copies: Sequence[Place]) -> None:
    """I9: headquarters know of a plant's PC that goes on in two places."""
    told = [
        twin
        for place in believed
        if place.code == HQ
        for twin in place.services.open_site.incarnations.unseen(ACTOR)
        if twin.is_twin
    ]
    of_plants = [place for place in copies if place in believed and place.code != HQ]
    assert told or not of_plants, f"I9: nobody is told of {[one.name for one in of_plants]}"


def rows_of(place: Place) -> Rows:
    """Return every journalled row that travels, by table and key."""
    found: Rows = {}
    with place.services.open_site.site.read() as session:
        connection = session.connection()
        for model in journalled_models():
            table = table_of(model)
            if table.name not in _OWN_NOTES:
                names = ", ".join(column.name for column in table.columns)
                rows = connection.exec_driver_sql(f"SELECT id, {names} FROM {table.name}")
                found[table.name] = {row[0]: tuple(row) for row in rows}
    return found


def is_whole(place: Place) -> None:
    """I7, I15: every row is what proved chains say, and in each log stamps rise."""
    with place.services.open_site.site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
        stamps = session.execute(
            sa.text("SELECT place >> 40, stamp FROM journal_entry ORDER BY place")
        ).all()
    assert verdict.ok, f"I7 at {place.name}: {verdict.first_bad}"
    for (log, stamp), (next_log, later) in pairwise(stamps):
        assert log != next_log or later > stamp, f"I15 at {place.name}"


def all_is_somewhere(
    holdings: Holdings, due: Mapping[str, set[bytes]], believed: Sequence[Place]
) -> None:
    """I6, I9: what was written is at all PCs of its site, and at headquarters.

    Two that work under one key, and have no third PC between them, each keep what is their own.
    """
    held = {place.name: hashes_of(place) for place in believed}
    for place in believed:
        twins = [one for one in believed if one.station == place.station and one is not place]
        elsewhere = set[bytes]().union(*(held[one.name] for one in twins))
        for code, entries in due.items():
            if place.code in {code, HQ}:
                missing = entries - held[place.name]
                if place.code == code == HQ:
                    missing -= elsewhere
                assert not missing, f"I6: {place.name} lacks {_told(holdings, missing)}"


def no_plant_holds_another(believed: Sequence[Place], holdings: Holdings) -> None:
    """A plant holds no entry of another, no key of its people, and no word that it wrote."""
    keys = {code: _people_of(believed, code) for code in (PUNE, GOA)}
    for place in believed:
        for other in {PUNE, GOA} - {place.code} if place.code != HQ else ():
            stations = {station for _entry, station in writers_of(place)}
            foreign = [one for one in stations if holdings.sites.get(one) == other]
            assert not foreign, f"{place.name} holds logs of {other}"
            found = traces(place.services.open_site.site, f"of-{other}")
            assert not found, f"{place.name} shows words of {other}: {found}"
            known = _keys_at(place)
            assert not known & keys[other], f"{place.name} has keys of people of {other}"


def alike(believed: Sequence[Place]) -> None:
    """I1-I4: PCs of one site hold the same entries, so their tables are the same."""
    for code in (HQ, PUNE, GOA):
        first, *others = [place for place in believed if place.code == code]
        expected = rows_of(first) if others else {}
        for place in others:
            if code == HQ and place.station == first.station:
                continue  # with no third PC between them neither hears of the other
            told = _difference(expected, rows_of(place))
            assert not told, f"I4: {first.name} and {place.name} differ: {told}"


def as_headquarters_show_it(believed: Sequence[Place]) -> None:
    """I4: what a plant shows headquarters show alike, but for rows of which they know what it is not told."""
    for headquarters in believed:
        for place in believed if headquarters.code == HQ else ():
            if place.code != HQ and hashes_of(place) - hashes_of(headquarters) <= set():
                _show_alike(place, headquarters)


def _show_alike(place: Place, headquarters: Place) -> None:
    there = rows_of(headquarters)
    untold = _touched(headquarters, but_by=hashes_of(place))
    for table, rows in rows_of(place).items():
        for key, row in rows.items():
            shown = there[table].get(key)
            told = (table, key) in untold or shown == row
            assert told, (
                f"I4: {place.name}, {headquarters.name}: {table} {_apart(table, row, shown)}"
            )


def stay_gone(believed: Sequence[Place], names: Sequence[str]) -> None:
    """I12: of who is erased no name stands anywhere but in what was signed (ADR 56)."""
    for place in believed if names else ():
        found = traces(place.services.open_site.site, *names, but_for="signature")
        assert not found, f"I12: {place.name} shows one of {names}: {found}"


def the_last_word_holds(believed: Sequence[Place], name: str) -> None:
    """I10: an edit of who has seen every other holds at once, and nothing of it waits for a decision."""
    for place in believed:
        if place.code in {HQ, PUNE}:
            shown = [one.name for one in place.services.people.organisation.org_units(ACTOR)]
            assert name in shown, f"I10: {place.name} shows {shown}"


def the_revoked_wrote_no_more(believed: Sequence[Place], holdings: Holdings) -> None:
    """I11, I13: of who is revoked nobody shows more than was known then to who revoked."""
    if holdings.revoked is None:
        return
    for place in believed:
        shown = {entry for entry in _applied(place) if holdings.written[entry] == holdings.revoked}
        assert shown <= holdings.known_at_revocation, f"I11 at {place.name}"


def _applied(place: Place) -> set[bytes]:
    """Return the hashes of the entries that stand in the tables."""
    with place.services.open_site.site.read() as session:
        found = session.execute(
            sa.text(
                "SELECT journal_entry.hash FROM journal_entry "
                "JOIN journal_log ON journal_log.id = journal_entry.place >> 40 "
                "WHERE (journal_entry.place & 1099511627775) <= journal_log.applied"
            )
        )
        return {entry for (entry,) in found}


def _keys_at(place: Place) -> set[bytes]:
    with place.services.open_site.site.read() as session:
        return {key for (key,) in session.execute(sa.text("SELECT person_id FROM person_key"))}


def _people_of(places: Sequence[Place], code: str) -> set[bytes]:
    """Return the people whose number says that they are of a site, as headquarters know."""
    headquarters = next(place for place in places if place.code == HQ)
    with headquarters.services.open_site.site.read() as session:
        numbered = sa.text("SELECT id FROM person WHERE number LIKE :of")
        found = session.execute(numbered, {"of": f"{code}-%"})
        return {key for (key,) in found}


def _touched(place: Place, but_by: set[bytes]) -> set[tuple[str, bytes]]:
    """Return the rows of which entries that a PC holds speak, some entries left out."""
    with place.services.open_site.site.read() as session:
        found = session.execute(sa.select(EntryRow.hash, EntryRow.body)).all()
    return {
        (change.table, change.key.bytes)
        for entry, body in found
        if entry not in but_by
        for change in decode_changes(body)
    }


def _difference(one: Rows, other: Rows) -> list[str]:
    """Return in which tables, and at most three rows of each in which columns, two PCs differ."""
    told = []
    for table in one:
        apart = [
            key
            for key in one[table].keys() | other[table].keys()
            if one[table].get(key) != other[table].get(key)
        ]
        for key in sorted(apart)[:3]:
            here, there = one[table].get(key), other[table].get(key)
            told += [f"{table} {_apart(table, here, there)}"]
    return told


def _apart(table: str, one: Row | None, other: Row | None) -> str:
    if one is None or other is None:
        return f"only at the {'second' if one is None else 'first'}: {one or other}"
    names = ["id", *(column.name for column in model_columns(table))]
    pairs = zip(names, one, other, strict=True)
    return str({name: (here, there) for name, here, there in pairs if here != there})


def model_columns(table: str) -> Sequence[sa.Column[object]]:
    """Return the columns of a table in the order in which they were asked for."""
    return list(table_of(model_of(table)).columns)


def _told(holdings: Holdings, entries: set[bytes]) -> str:
    return ", ".join(
        f"{one.hex()[:8]} of {holdings.sites[holdings.written[one]]}" for one in sorted(entries)[:5]
    )


__all__ = [
    "Holdings",
    "alike",
    "all_is_somewhere",
    "as_headquarters_show_it",
    "hashes_of",
    "heads_of",
    "is_whole",
    "no_plant_holds_another",
    "stay_gone",
    "the_revoked_wrote_no_more",
]
