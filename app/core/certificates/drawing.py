"""A certificate drawn: the template draws its look, and the page itself who signed (21 CFR 11.50(b))."""

from app.core.certificates.furniture import SIGNATURE_HEIGHT, draw_signatures
from app.core.certificates.page import CertificateFacts, CertificateTemplate, SignedRoom
from app.core.documents import Pages, Paper

_NARROWEST = 150.0
"""In which a signature is read."""


def draw_certificate(facts: CertificateFacts, template: CertificateTemplate) -> bytes:
    """Return the certificate as a one-page PDF, A4 landscape, worded in the language in use.

    The token is also kept among the document's keywords, where `find_token` reads it. Who signed is drawn
    last, over whatever the template drew. Raises ValueError for a template that leaves no room for that.
    """
    pages = Pages(
        Paper.A4_LANDSCAPE,
        title=f"{facts.number} · {facts.person_name} · {facts.course_title}",
        author=facts.site_name,
        made_at=facts.issued_at,
        language=facts.language,
        keywords=facts.token,
    )
    room = template.signed(facts)
    _require_readable(pages, room, facts)
    template.draw(pages, facts)
    draw_signatures(pages, room, facts)
    return pages.finish()


def _require_readable(pages: Pages, room: SignedRoom, facts: CertificateFacts) -> None:
    """Raise ValueError unless every signature is on the page and wide enough to be read."""
    high = len(facts.signatures) * SIGNATURE_HEIGHT
    is_on_page = 0 <= room.x <= pages.width - room.width and high <= room.top <= pages.height
    if room.width < _NARROWEST or not is_on_page:
        raise ValueError("a template of certificates must leave room for who signed")
