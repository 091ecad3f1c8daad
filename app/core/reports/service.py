"""Reports as people ask for them: a page on screen, a whole table, a file; the overview; the trail."""

import io
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site, index_mentions
from app.core.keys import KnownKeys, KnownStation, known_stations
from app.core.keys.models import SiteRow
from app.core.reports.as_of import MOMENTS, asked_of, filters_of, reading, told_as_of_now
from app.core.reports.asking import Report
from app.core.reports.audit import AuditTrail
from app.core.reports.columns import ReportColumn, Row
from app.core.reports.dashboard import Dashboard, Overview
from app.core.reports.dossier import Dossiers
from app.core.reports.errors import (
    ToldOfNowOnly,
    TooManyRows,
    UnknownFormat,
    UnknownReport,
)
from app.core.reports.formats import FORMATS, TableFormat
from app.core.reports.kinds import REPORTS
from app.core.reports.pairs import Scope
from app.core.reports.settings_in_force import settings_fingerprint
from app.core.reports.statements import StatementExport
from app.core.reports.tables import ReportTable
from app.core.reports.travel import Travel
from app.core.reports.where_used import WhereUsed
from app.core.sync import Source, sources_in_words, sources_of

_MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOffer:
    """A filter that a report takes; `choices` are all its values with their words, if some."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOffer:
    """A report that somebody may ask for."""

    key: str
    title: str
    question: str
    icon: str
    columns: tuple[ReportColumn, ...]
    filters: tuple[FilterOffer, ...]
    default_sort: Sort


class Reports:
    """Reads everything, writes nothing but files, that they left, and the figures that it keeps. People outside an actor's scope are not counted."""

    def __init__(self, site: Site, keys: KnownKeys | None = None) -> None:
        """Take the open site; by its keys it is told from whom records came, and as of when."""
        self._site = site
        self._keys = keys
        self._egress = Egress(site)
        self._dashboard = Dashboard(site)
        self.audit = AuditTrail(site)
        self.dossiers = Dossiers(site, keys)
        self.statements = StatementExport(site)
        self.travel = Travel(site)
        self.where_used = WhereUsed(site)

    def offers(self, actor: Actor) -> tuple[ReportOffer, ...]:
        """Return the reports that the actor may see."""
        actor.require_anywhere(Capability.VIEW_REPORTS)
        return tuple(_offer(report) for report in REPORTS if actor.may(report.capability))

    def stations(self, actor: Actor) -> tuple[KnownStation, ...]:
        """Return the PCs on record, by which what left can be narrowed."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            return known_stations(session)

    def overview(self, actor: Actor, progress: Progress | None = None) -> Overview:
        """Return the figures of the first page, which are kept: only what has changed is counted."""
        return self._dashboard.overview(actor, progress)

    def page(self, actor: Actor, key: str, request: PageRequest) -> Page[Row]:
        """Return one stretch of a report. Raises UnknownReport, FilterRefused, SortRefused."""
        report, scope = self._asked(actor, key, request)
        asked = asked_of(self._site, request)
        with reading(self._site, asked.then) as session:
            return report.rows(session, asked.request, scope, asked.today)

    def table(
        self, actor: Actor, key: str, request: PageRequest, *, most: int = _MOST_ROWS
    ) -> ReportTable:
        """Return a whole report, however the request is cut. Raises TooManyRows beyond `most`."""
        report, scope = self._asked(actor, key, request)
        asked = asked_of(self._site, request)
        with reading(self._site, asked.then) as session:
            page = report.rows(session, asked.request.stretch(0, most), scope, asked.today)
            site = session.scalar(sa.select(SiteRow.name).limit(1)) or ""
            filters = _filters_line(session, report, request)
            sources = self._sources(session)
            settings = settings_fingerprint(session, asked.today)
        if page.total > most:
            raise TooManyRows(page.total, most)
        return ReportTable(
            key=report.key,
            title=_(report.title),
            columns=report.columns_for(request),
            rows=page.rows,
            site=site,
            made_by=actor.name,
            generated_at=self._site.clock.now(),
            filters=(*filters, *told_as_of_now(self._site, asked.then)),
            sources=sources_in_words(sources),
            settings=settings,
        )

    def told_as_of_now(self, actor: Actor, request: PageRequest) -> tuple[str, ...]:
        """Return what a look back tells as of now, in words. Raises FilterRefused."""
        actor.require_anywhere(Capability.VIEW_REPORTS)
        return told_as_of_now(self._site, asked_of(self._site, request).then)

    def sources(self, actor: Actor) -> tuple[Source, ...]:
        """Return which other PCs and sites have records here, and as of when, the oldest first."""
        actor.require_anywhere(Capability.VIEW_REPORTS)
        with self._site.read() as session:
            return self._sources(session)

    def write(
        self,
        actor: Actor,
        key: str,
        form: str,
        path: Path,
        request: PageRequest | None = None,
        *,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> ReportTable:
        """Write a whole report to a file, which is there whole or not at all; return the table.

        Raises UnknownReport, UnknownFormat, FilterRefused, TooManyRows, FileTaken, CannotSave.
        """
        written_as = format_of(form)
        table = self.table(actor, key, request or PageRequest(), most=written_as.most_rows)
        leaving = Leaving(kind=FileKind.REPORT, title=table.title, records=table.total)
        with self._egress.writing(actor, path, leaving, overwrite=overwrite) as outgoing:
            written_as.write(table, outgoing.file, progress or NoProgress())
        return table

    def _asked(self, actor: Actor, key: str, request: PageRequest) -> tuple[Report, Scope]:
        """Return a report and for whom the actor may have it."""
        report = _report(key)
        if not report.looks_back and any(request.values(one.key) for one in MOMENTS):
            raise ToldOfNowOnly(_(report.title), (one.key for one in REPORTS if one.looks_back))
        scope = actor.scope_of(report.capability)
        if report.capability is Capability.VIEW_JOURNAL:
            index_mentions(self._site)  # these may tell who wrote what
        return report, scope

    def _sources(self, session: Session) -> tuple[Source, ...]:
        return () if self._keys is None else sources_of(session, self._keys)


def table_document(
    table: ReportTable, form: str, kind: FileKind, progress: Progress | None = None
) -> Document:
    """Return a table as a file that somebody takes away. Raises UnknownFormat, TooManyRows."""
    leaving = Leaving(kind=kind, title=table.title, records=table.total)
    return Document(content=table_bytes(table, form, progress), leaving=leaving)


def table_bytes(table: ReportTable, form: str, progress: Progress | None = None) -> bytes:
    """Return a table as the bytes of a file. Raises UnknownFormat, TooManyRows."""
    file, written_as = io.BytesIO(), format_of(form)
    if table.total > written_as.most_rows:
        raise TooManyRows(table.total, written_as.most_rows)
    written_as.write(table, file, progress or NoProgress())
    return file.getvalue()


def format_of(key: str) -> TableFormat:
    """Return a format by its name. Raises UnknownFormat."""
    for one in FORMATS:
        if one.key == key:
            return one
    raise UnknownFormat(key, (one.key for one in FORMATS))


def _report(key: str) -> Report:
    for report in REPORTS:
        if report.key == key:
            return report
    raise UnknownReport(key, (report.key for report in REPORTS))


def _offer(report: Report) -> ReportOffer:
    return ReportOffer(
        key=report.key,
        title=_(report.title),
        question=_(report.question),
        icon=report.icon,
        columns=report.columns,
        filters=tuple(
            FilterOffer(
                key=one.key,
                title=_(one.title),
                choices=tuple((value, _(words)) for value, words in one.choices.items()),
            )
            for one in filters_of(report)
        ),
        default_sort=report.default_sort,
    )


def _filters_line(session: Session, report: Report, request: PageRequest) -> tuple[str, ...]:
    known = {one.key: one for one in filters_of(report)}
    line = [
        f"{_(known[key].title)}: {known[key].worded(session, value)}"
        for key, value in request.filters
    ]
    if request.text:
        line.append(_("Search: {text}").format(text=request.text))
    return tuple(line)
