"""The looks a certificate can have. A new one is one module and one line here."""

from app.core.certificates.page import CertificateTemplate
from app.core.certificates.template_classic import CLASSIC
from app.core.certificates.template_modern import MODERN

TEMPLATES: tuple[CertificateTemplate, ...] = (CLASSIC, MODERN)


def template(key: str) -> CertificateTemplate:
    """Return the template called `key`, or the first when there is none (any more) of that name."""
    return next((candidate for candidate in TEMPLATES if candidate.key == key), TEMPLATES[0])
