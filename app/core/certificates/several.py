"""Several certificates on paper: their pages to print, cards for the wallet, stickers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.base.words import _
from app.core.certificates.types import CertificateSummary
from app.core.egress import Document, FileKind, Leaving

if TYPE_CHECKING:
    from app.core.certificates.page import CertificateFacts


def papers_together(
    certificates: Collection[CertificateSummary],
    pages: Iterable[bytes],
    facts: "Sequence[CertificateFacts]",
    *,
    site: str,
    made_at: datetime,
) -> Iterator[tuple[str, Document]]:
    """Yield each paper with the name of its file, which says from which number to which it goes.

    The pages bear their codes, but none a signature any more; cards lie ten on a sheet, round
    stickers of 50 mm fifteen. `certificates` are not empty.
    """
    # fonts and ReportLab, as in freezing
    from app.core.certificates.cards import draw_cards
    from app.core.certificates.stickers import draw_stickers
    from app.core.documents import joined_pdf

    numbers = sorted(one.number for one in certificates)
    named = f"{numbers[0]} - {numbers[-1]}"
    for words, title, content in (
        (_("pages to print"), _("Certificates to print"), joined_pdf(pages)),
        (_("cards"), _("Certificate cards"), draw_cards(facts, site=site, made_at=made_at)),
        (
            _("stickers"),
            _("Certificate stickers"),
            draw_stickers(facts, site=site, made_at=made_at),
        ),
    ):
        yield f"{named} {words}.pdf", _leaving(content, title, certificates)


def _leaving(content: bytes, title: str, certificates: Collection[CertificateSummary]) -> Document:
    people = {one.person_id for one in certificates}
    about = people.pop() if len(people) == 1 else None
    leaving = Leaving(
        kind=FileKind.CERTIFICATE, title=title, records=len(certificates), about=about
    )
    return Document(content=content, leaving=leaving)
