"""The report of a qualification: every step with what was expected and what was seen, signed by the site."""

from collections.abc import Sequence
from datetime import datetime

from app.core.assurance.qualification.types import (
    RESULTS,
    Qualification,
    Step,
    outcome_in_words,
    parts_in_words,
)
from app.core.base.words import _, current_language
from app.core.certificates import sign_pdf
from app.core.documents import Column, Paper, TableDocument, render_table
from app.core.keys import SiteAuthority

_PLACES, _NUMBER, _TITLE, _RESULT = 260.0, 28.0, 130.0, 74.0


def report_pdf(done: Qualification, site: str) -> bytes:
    """Return the report as pages, not signed yet."""
    document = TableDocument(
        title=_("Qualification"),
        subtitle=parts_in_words(done.parts),
        columns=(
            Column("#", width=_NUMBER),
            Column(_("Step"), width=_TITLE),
            Column(_("Expected"), width=_PLACES),
            Column(_("Seen")),
            Column(_("Result"), width=_RESULT),
        ),
        rows=tuple(_rows(done.steps)),
        site=site,
        made_by=done.by,
        made_at=done.at,
        filters=(
            _("Daksha {version}").format(version=done.version),
            _("PC: {pc}").format(pc=done.pc),
            outcome_in_words(done),
            _("Signed by the site's key")
            if done.is_signed
            else _("Not signed: this PC does not hold the site's key"),
        ),
        paper=Paper.A4_LANDSCAPE,
        language=current_language(),
    )
    return render_table(document)


def signed(pdf: bytes, authority: SiteAuthority, at: datetime) -> bytes:
    """Return the report with the site's signature, which any reader of PDF can check."""
    key, certificate = authority.pdf_signing_material()
    return sign_pdf(
        pdf,
        key=key,
        certificate=certificate,
        at=at,
        reason=_("Qualification"),
        location=authority.name,
    )


def _rows(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    return [
        (str(number), step.title, step.expected, step.actual, _(RESULTS[step.result]))
        for number, step in enumerate(steps, start=1)
    ]
