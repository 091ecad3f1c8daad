"""The rows that were not taken, as a list to mend: the columns of before, with line and reason in front."""

import csv
import io

from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.spreadsheets import harmless
from app.core.training.legacy.types import LegacyPlan


def rejected_file(plan: LegacyPlan) -> Document:
    """Return the rejected rows as CSV: mended and with its headings as they are, it is a list again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width = max((len(one.cells) for one in plan.troubles), default=0)
    headings = [*plan.headings, *[""] * (width - len(plan.headings))]
    writer.writerow([*headings, _("Sheet"), _("Line"), _("Why it was not taken")])
    for one in plan.troubles:
        cells = [*one.cells, *[""] * (len(headings) - len(one.cells))]
        writer.writerow([*map(harmless, cells), one.sheet, one.line, one.reason])
    title = _("Rejected rows of {file}").format(file=plan.file_name)
    return Document(
        content=out.getvalue().encode("utf-8-sig"),
        leaving=Leaving(kind=FileKind.LIST, title=title),
    )
