"""What others made of which the program consists, with versions and licences (Annex 11, 3)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.parts import third_party_parts
from app.core.base.words import mark
from app.core.reports.columns import Row, chip, text
from app.core.reports.worked_out import Wanted, WorkedOutReport

_STATES = {"as-released": mark("As released"), "other": mark("Another version")}


def _work(_session: Session, wanted: Wanted) -> Sequence[Row]:
    if wanted.scope is not None:
        return []  # of the program on this PC: it is no department's
    return [
        (
            part.name,
            part.version,
            part.licence,
            part.what,
            "as-released" if part.is_as_locked else "other",
        )
        for part in third_party_parts()
    ]


REPORT = WorkedOutReport(
    key="third-party-parts",
    title=mark("Parts by others, with licences"),
    question=mark("Which parts by others does the program hold, and by which licence?"),
    icon="blocks",
    columns=(
        text("name", mark("Part")),
        text("version", mark("Version")),
        text("licence", mark("Licence")),
        text("what", mark("What it is for")),
        chip("state", mark("Status"), _STATES),
    ),
    filters=(),
    default_sort=Sort("name"),
    work=_work,
    capability=Capability.VIEW_JOURNAL,
)
