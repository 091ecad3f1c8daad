"""The periodic evaluation of the system: what an evaluator needs of some days, gathered in one paper (Annex 11, 11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core.assurance.errors import DaysNotOver
from app.core.assurance.incidents.service import Incidents
from app.core.assurance.incidents.types import SEVERITIES, Incident
from app.core.assurance.qualification.service import Qualifications
from app.core.assurance.qualification.types import outcome_in_words, parts_in_words
from app.core.assurance.reviews.service import AuditReviews
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site
from app.core.operations import BACKUP_EVENTS, backup_deeds
from app.core.reports import AuditSearch, Reports, ReportTable, Value, listed_table, table_bytes


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Of which days it is, who asks, and under which settings."""

    actor: Actor
    first: date
    last: date
    settings: ReportTable

    def hold(self, at: datetime) -> bool:
        """Tell whether a moment lies in these days."""
        return self.first <= at.astimezone().date() <= self.last


class Evaluations:
    """Gathers; decides nothing. Whoever evaluates reads it, and signs on paper or as an incident's closing."""

    def __init__(
        self,
        site: Site,
        name: str,
        reports: Reports,
        sources: tuple[Qualifications, AuditReviews, Incidents],
    ) -> None:
        self._site = site
        self._name = name
        self._reports = reports
        self._qualifications, self._reviews, self._incidents = sources

    def made(self, actor: Actor, first: date, last: date, progress: Progress) -> Document:
        """Return the paper of some days. Raises NotAllowed, DaysNotOver for days in the wrong order."""
        actor.require(Capability.VIEW_JOURNAL)
        if first > last or first > local_day(self._site.clock):
            raise DaysNotOver
        tables = list(self._tables(actor, first, last))
        parts = []
        for done, table in enumerate(tables):
            progress.step(done, len(tables), table.title)
            parts.append(table_bytes(table, "pdf"))
        progress.step(len(tables), len(tables))
        from app.core.documents import joined_pdf  # fonts and ReportLab, only here

        leaving = Leaving(
            kind=FileKind.REPORT,
            title=_("Periodic evaluation"),
            records=sum(table.total for table in tables),
        )
        return Document(content=joined_pdf(parts), leaving=leaving)

    def _tables(self, actor: Actor, first: date, last: date) -> Iterator[ReportTable]:
        """Yield the parts, each with the settings under which it was made."""
        settings = self._reports.table(actor, "settings", PageRequest())
        wanted = _Wanted(actor, first, last, settings)
        yield self._changes(wanted)
        yield self._incident_table(wanted)
        yield self._review_table(wanted)
        yield self._qualification_table(wanted)
        yield self._backup_table(wanted)
        yield settings
        yield self._reports.table(actor, "access", PageRequest())
        yield self._reports.table(actor, "third-party-parts", PageRequest())

    def _changes(self, wanted: _Wanted) -> ReportTable:
        search = AuditSearch(first_day=wanted.first, last_day=wanted.last)
        rows = [(one.title, one.count) for one in self._reports.audit.actions(wanted.actor, search)]
        columns = (("action", _("What was done")), ("count", _("How often")))
        return self._table(_("Periodic evaluation: what was done"), columns, rows, wanted)

    def _incident_table(self, wanted: _Wanted) -> ReportTable:
        found = [
            one
            for one in self._incidents.incidents(wanted.actor)
            if one.is_open or wanted.hold(one.happened_at)
        ]
        columns = (
            ("when", _("When")),
            ("title", _("Incident")),
            ("severity", _("Severity")),
            ("cause", _("Cause")),
            ("done", _("Done")),
        )
        return self._table(_("Incidents"), columns, [_incident(one) for one in found], wanted)

    def _review_table(self, wanted: _Wanted) -> ReportTable:
        rows = [
            (one.first_on, one.last_on, one.entries, one.findings, one.by, one.at)
            for one in self._reviews.reviews(wanted.actor)
            if one.first_on <= wanted.last and one.last_on >= wanted.first
        ]
        columns = (
            ("first", _("From")),
            ("last", _("To")),
            ("entries", _("Entries")),
            ("findings", _("What was found")),
            ("by", _("Signed by")),
            ("at", _("When")),
        )
        return self._table(_("Reviews of the audit trail"), columns, rows, wanted)

    def _qualification_table(self, wanted: _Wanted) -> ReportTable:
        rows = [
            (one.at, one.pc, one.version, parts_in_words(one.parts), outcome_in_words(one))
            for one in self._qualifications.past(wanted.actor)
            if wanted.hold(one.at)
        ]
        columns = (
            ("at", _("When")),
            ("pc", _("PC")),
            ("version", _("Version")),
            ("parts", _("What")),
            ("outcome", _("Result")),
        )
        return self._table(_("Qualifications"), columns, rows, wanted)

    def _backup_table(self, wanted: _Wanted) -> ReportTable:
        with self._site.read() as session:
            deeds = backup_deeds(session)
        rows = [
            (one.at, _(BACKUP_EVENTS[one.event]), one.place, one.what)
            for one in deeds
            if wanted.hold(one.at)
        ]
        columns = (
            ("at", _("When")),
            ("event", _("What was done")),
            ("place", _("Place")),
            ("trouble", _("What did not work")),
        )
        return self._table(_("Backups"), columns, rows, wanted)

    def _table(
        self,
        title: str,
        columns: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[Value]],
        wanted: _Wanted,
    ) -> ReportTable:
        return listed_table(
            wanted.actor,
            key="evaluation",
            title=title,
            site=self._name,
            at=wanted.settings.generated_at,
            columns=columns,
            rows=rows,
            filters=(
                _("From {first} to {last}").format(first=day(wanted.first), last=day(wanted.last)),
            ),
            settings=wanted.settings.settings,
        )


def _incident(one: Incident) -> tuple[Value, ...]:
    closing = next((step for step in one.steps if step.closes), None)
    done = closing.done if closing else _("Open")
    cause = closing.cause if closing else ""
    return (one.happened_at, one.title, _(SEVERITIES[one.severity]), cause, done)
