"""Making anew what is worked out from the records: the lists, the search, the sums.

None of it is a record, so a wrong row here proves nothing wrong; but people look at it. What stands
there is compared with what the records say, the difference is told, and then it stands there right.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import ANEW_SOURCES, rebuild_anew, refresh_anew
from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, mark
from app.core.courses import CourseIndex, indexed_words
from app.core.journal import Site, Unit, index_mentions, rebuild_mentions
from app.core.learning import (
    rebuild_documents,
    rebuild_progress,
    rebuild_shared,
    rebuild_statement_index,
    refresh_shared,
)
from app.core.people import rebuild_listing, rebuild_reach, refresh_touched
from app.core.reports import bring_up_figures, rebuild_figures
from app.core.storage.tables import model_of, table_of
from app.core.sync import rebuild_ends, refresh_ends

Touched = Mapping[str, Collection[UUID]]
"""Rows that came or changed, by table."""
Rows = Counter[bytes]
"""How often each row is there, by its hash."""
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What came of one line of the registry."""

    key: str
    title: str
    tables: tuple[str, ...]
    rows: int
    """How many there are now."""
    wrong: int
    """How many stood there that the records do not bear out; a changed one is wrong and missing."""
    missing: int

    @property
    def was_right(self) -> bool:
        """Tell whether everything stood there as the records say."""
        return not (self.wrong or self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedTables:
    """Tables that are made anew together. A new one is one line in `DERIVED`."""

    key: str
    title: str
    tables: tuple[str, ...]
    rebuild: Callable[[Unit], None] | None = None
    """None for the index of courses, which reads files and so does not hold the write lock."""
    bring_up: Callable[[Site], None] = lambda _site: None
    """Does first what is put off until somebody looks: it is late, not wrong."""
    compared: Callable[[], sa.Select[*tuple[Any, ...]]] | None = None
    """What is compared where it is not the whole table."""
    sources: tuple[str, ...] = ()
    """Tables of which rows that came from elsewhere change these."""
    refresh: Callable[[Unit, Touched], None] | None = None
    """Takes over such rows; without it, all is made anew."""


DERIVED: tuple[DerivedTables, ...] = (
    DerivedTables(
        key="departments",
        title=mark("Departments and what lies below them"),
        tables=("org_unit_reach",),
        rebuild=rebuild_reach,
        sources=("org_unit",),
    ),
    DerivedTables(
        key="people",
        title=mark("List of people"),
        tables=("person_listing",),
        rebuild=rebuild_listing,
        sources=("person", "placement", "org_unit", "job_role", "site"),
        refresh=refresh_touched,
    ),
    DerivedTables(
        key="scores",
        title=mark("Scores without questions left out"),
        tables=("attempt_anew",),
        rebuild=rebuild_anew,
        sources=ANEW_SOURCES,
        refresh=refresh_anew,
    ),
    DerivedTables(
        key="progress",
        title=mark("Progress in courses"),
        tables=("course_progress",),
        rebuild=rebuild_progress,
    ),
    DerivedTables(
        key="figures",
        title=mark("Figures of the overview"),
        tables=("person_figures", "unit_figures", "figures_head"),
        rebuild=rebuild_figures,
        bring_up=bring_up_figures,
    ),
    DerivedTables(
        key="courses",
        title=mark("Search in courses"),
        tables=("search_text", "search_place"),
        compared=indexed_words,
        sources=("course", "course_version", "asset"),
    ),
    DerivedTables(
        key="statements",
        title=mark("Index of xAPI statements"),
        tables=("statement_key", "xapi_activity"),
        rebuild=rebuild_statement_index,
        sources=("statement",),
    ),
    DerivedTables(
        key="documents",
        title=mark("xAPI documents"),
        tables=("xapi_document",),
        rebuild=rebuild_documents,
        sources=("xapi_document_version",),
    ),
    DerivedTables(
        key="shared",
        title=mark("What packages know of each other"),
        tables=("package_shared_state",),
        rebuild=rebuild_shared,
        sources=("package_shared_report", "person"),
        refresh=refresh_shared,
    ),
    DerivedTables(
        key="sent",
        title=mark("How far files that left bring their readers"),
        tables=("sent_end",),
        rebuild=rebuild_ends,
        sources=("sent_file",),
        refresh=refresh_ends,
    ),
    DerivedTables(
        key="journal",
        title=mark("Index of the journal"),
        tables=("journal_mention", "journal_mention_head"),
        rebuild=rebuild_mentions,
        bring_up=index_mentions,
    ),
)


class Derivations:
    """Compares and mends. Who may: holders of MANAGE_SITE."""

    def __init__(self, site: Site, index: CourseIndex) -> None:
        self._site = site
        self._index = index

    def rebuild(self, actor: Actor, progress: Progress | None = None) -> tuple[Rebuilt, ...]:
        """Make everything that is derived anew; return what had stood there wrong."""
        actor.require(Capability.MANAGE_SITE)
        progress = progress or NoProgress()
        found = []
        for done, line in enumerate(DERIVED):
            progress.step(done, len(DERIVED), _(line.title))
            found.append(self._rebuilt(actor, line))
        progress.step(len(DERIVED), len(DERIVED))
        return tuple(found)

    def settle(self, touched: Touched) -> None:
        """Bring up what is derived from rows that came from elsewhere, by table."""
        if not touched:
            return
        for line in DERIVED:
            if touched.keys().isdisjoint(line.sources):
                continue
            if line.rebuild is None:
                self._index.rebuild(NoProgress())
                continue
            with self._site.transaction(system_actor(), "derived.settle") as unit:
                if line.refresh is not None:
                    line.refresh(unit, touched)
                else:
                    line.rebuild(unit)

    def _rebuilt(self, actor: Actor, line: DerivedTables) -> Rebuilt:
        line.bring_up(self._site)
        if line.rebuild is not None:
            with self._site.transaction(actor, "derived.rebuild") as unit:
                before = _rows(unit, line)
                line.rebuild(unit)
                unit.flush()
                after = _rows(unit, line)
        else:
            with self._site.read() as session:
                before = _rows(session, line)
            self._index.rebuild(NoProgress())
            with self._site.read() as session:
                after = _rows(session, line)
        return Rebuilt(
            key=line.key,
            title=_(line.title),
            tables=line.tables,
            rows=after.total(),
            wrong=(before - after).total(),
            missing=(after - before).total(),
        )


def _rows(session: Session, line: DerivedTables) -> Rows:
    selects = [sa.select(table_of(model_of(name))) for name in line.tables]
    if line.compared is not None:
        selects = [line.compared()]
    rows: Rows = Counter()
    for number, select in enumerate(selects):
        streamed = session.connection().execute(select.execution_options(yield_per=_AT_ONCE))
        rows.update(_digest(number, tuple(row)) for row in streamed)
    return rows


def _digest(table: int, row: tuple[Any, ...]) -> bytes:
    return hashlib.blake2b(repr((table, row)).encode(), digest_size=16).digest()
