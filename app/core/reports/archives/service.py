"""Archives of a year, written as one file that is read and proved without this program (ADR 66)."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app import VERSION
from app.core.base.actor import Actor, Capability
from app.core.base.clock import start_of
from app.core.base.figures import day, moment, number
from app.core.base.progress import NoProgress, Progress
from app.core.base.resources import resource
from app.core.base.words import _, plural
from app.core.egress import Egress, FileKind, Leaving
from app.core.journal import Journal, Site
from app.core.keys import KnownKeys, fingerprint
from app.core.reports.archives.cells import Names
from app.core.reports.archives.errors import NothingInYear
from app.core.reports.archives.packing import Packing, as_json
from app.core.reports.archives.pages import first_page
from app.core.reports.archives.stretches import first_and_last, years_of_logs
from app.core.reports.archives.tables import Year, count_rows, put_tables
from app.core.reports.archives.telling import Telling
from app.core.reports.archives.trail import Counted, TrailWriter

_BESIDE = ("README.txt", "verify.py")
"""What goes along with every archive: how it is read, and what proves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An archive that was written."""

    year: int
    entries: int
    withheld: int
    """Entries whose content does not go out."""
    signatures: int
    rows: int
    """Of all tables."""
    sha256: str
    """Of the signed list of its files."""


def archived_in_words(told: Archived, path: Path) -> str:
    """Return what was written, for whoever had it written."""
    return _("Saved as {file}: {entries}, {rows}, {signatures}.").format(
        file=path,
        entries=plural(
            "{count} entry of the journal", "{count} entries of the journal", told.entries
        ),
        rows=plural("{count} row", "{count} rows", told.rows),
        signatures=plural("{count} signature", "{count} signatures", told.signatures),
    )


class Archives:
    """Writes archives. For those who may see the journal of the whole site."""

    def __init__(self, site: Site, keys: KnownKeys, journal: Journal) -> None:
        """Take the open site, its keys, and its journal, which is sealed before an archive is written."""
        self._site = site
        self._keys = keys
        self._journal = journal
        self._egress = Egress(site)

    def years(self, actor: Actor) -> tuple[int, ...]:
        """Return the years in which something may have been recorded, the newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            found = first_and_last(session.connection())
        if found is None:
            return ()
        oldest, newest = (one.astimezone().year for one in found)
        return tuple(range(newest, oldest - 1, -1))

    def write(
        self,
        actor: Actor,
        year: int,
        path: Path,
        *,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Archived:
        """Write the archive of a year, as this PC's calendar has it; whole or not at all.

        Raises NothingInYear, JournalBroken, and as `Egress.writing` does.
        """
        if year not in self.years(actor):
            raise NothingInYear(year)
        self._journal.seal(actor)
        leaving = Leaving(
            kind=FileKind.ARCHIVE, title=_("Archive of the year {year}").format(year=year)
        )
        of = Year(number=year, begin=start_of(date(year, 1, 1)), end=start_of(date(year + 1, 1, 1)))
        with (
            self._site.read() as session,
            self._egress.writing(actor, path, leaving, overwrite=overwrite) as outgoing,
            Packing(outgoing.file) as packing,
        ):
            writing = _Writing(self._site, self._keys, actor, of)
            archived = writing.write(session, packing, progress or NoProgress())
            outgoing.records = archived.entries
        return archived


class _Writing:
    """One archive under way."""

    def __init__(self, site: Site, keys: KnownKeys, actor: Actor, year: Year) -> None:
        self._now = site.clock.now()
        self._keys = keys
        self._actor = actor
        self._year = year
        self._name = keys.register.identity().name

    def write(self, session: Session, packing: Packing, progress: Progress) -> Archived:
        year = self._year
        progress.step(0, 0, _("Looking through the journal"))
        stretches = years_of_logs(session.connection(), year.begin, year.end)
        if not stretches:
            raise NothingInYear(year.number)
        total = sum(one.entries for one in stretches) + count_rows(session, year)
        names, telling = Names(session), Telling(progress, total)
        trail = TrailWriter(session, packing, names, telling)
        logs, listed = trail.put(stretches)
        packing.add("journal/logs.json", as_json(logs))
        packing.add("keys.json", as_json(self._papers()))
        groups = put_tables(session, year, packing, names, telling)
        for name in _BESIDE:
            packing.add(name, resource("archive", name).read_bytes())
        groups = [(_("Journal"), [listed]), *groups]
        facts = self._facts(trail.counted)
        packing.add("index.html", first_page(self._title, facts, groups, self._about()))
        sha256 = packing.seal(self._says(trail.counted), self._keys.station)
        return Archived(
            year=year.number,
            entries=trail.counted.entries,
            withheld=trail.counted.withheld,
            signatures=trail.counted.signatures,
            rows=sum(one.rows for _title, tables in groups[1:] for one in tables),
            sha256=sha256,
        )

    @property
    def _title(self) -> str:
        return _("{site}: records of the year {year}").format(
            site=self._name, year=self._year.number
        )

    def _about(self) -> list[str]:
        lines = [
            _(
                "Every page here opens in any browser, every CSV file in any spreadsheet."
                " README.txt says in plain words what each file is, and verify.py proves all of it"
                " with nothing but Python."
            )
        ]
        if self._now < self._year.end:
            lines.append(
                _("The year was not over when this was written: {day}.").format(
                    day=day(self._now.astimezone().date())
                )
            )
        return lines

    def _facts(self, counted: Counted) -> list[tuple[str, str]]:
        return [
            (_("Written"), moment(self._now)),
            (_("By"), self._actor.name),
            (_("Program"), f"Daksha {VERSION}"),
            (_("Entries of the journal"), number(counted.entries)),
            (_("Of these without their content"), number(counted.withheld)),
            (_("Electronic signatures"), number(counted.signatures)),
            (_("Key of the site (SHA-256)"), fingerprint(self._keys.anchor).hex()),
        ]

    def _says(self, counted: Counted) -> dict[str, object]:
        return {
            "site": self._name,
            "site_id": str(self._keys.site_id),
            "year": self._year.number,
            "from": _iso(self._year.begin),
            "until": _iso(self._year.end),
            "made_at": _iso(self._now),
            "made_by": self._actor.name,
            "program": f"Daksha {VERSION}",
            "entries": counted.entries,
            "withheld": counted.withheld,
            "signatures": counted.signatures,
        }

    def _papers(self) -> dict[str, object]:
        certificates, revocations = self._keys.papers()
        return {
            "site_id": str(self._keys.site_id),
            "site_key": self._keys.anchor.hex(),
            "certificates": [base64.b64encode(one).decode() for one in sorted(certificates)],
            "revocations": [base64.b64encode(one).decode() for one in sorted(revocations)],
        }


def _iso(at: datetime) -> str:
    return at.astimezone().isoformat(timespec="seconds")
