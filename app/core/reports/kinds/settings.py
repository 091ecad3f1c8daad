"""The settings of a site that are in force, over which papers print one fingerprint (Annex 11, 10)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.audit_words import column_in_words, table_in_words, value_in_words
from app.core.reports.columns import Row, day, text
from app.core.reports.settings_in_force import settings_fingerprint, settings_in_force
from app.core.reports.worked_out import Wanted, WorkedOutReport


def _work(session: Session, wanted: Wanted) -> Sequence[Row]:
    fingerprint = settings_fingerprint(session, wanted.today)
    return [
        (
            table_in_words(one.table),
            column_in_words(one.column),
            value_in_words(one.table, one.column, one.value),
            one.from_on,
            fingerprint,
        )
        for one in settings_in_force(session, wanted.today)
    ]


REPORT = WorkedOutReport(
    key="settings",
    title=mark("Settings in force"),
    question=mark("Which settings are in force here, and since when?"),
    icon="sliders-horizontal",
    columns=(
        text("setting", mark("Setting")),
        text("what", mark("What")),
        text("value", mark("Value")),
        day("from_on", mark("From")),
        text("fingerprint", mark("Fingerprint of all")),
    ),
    filters=(),
    default_sort=Sort("setting"),
    work=_work,
    capability=Capability.VIEW_JOURNAL,
)
"""Stands where nothing was set as well, with no row: then everything is as it came."""
