"""Identifiers on the web (RFC 3987), as far as a manifest must get them right."""

import re

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_HIERARCHICAL = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_WITH_HOST = re.compile(r"[a-z]+://[^/?#\s]+", re.IGNORECASE)
MAX_IRI = 2_000


def is_iri(untrusted_text: str) -> bool:
    """Tell whether a text is an absolute IRI: it begins with a scheme."""
    if len(untrusted_text) > MAX_IRI or not _ABSOLUTE.fullmatch(untrusted_text):
        return False
    return not _HIERARCHICAL.match(untrusted_text) or bool(_WITH_HOST.match(untrusted_text))


def is_reference(untrusted_text: str) -> bool:
    """Tell whether a text is a URI reference, absolute or relative, as an address must be."""
    return bool(untrusted_text) and not re.search(r"[\s<>\"{}|\\^`]", untrusted_text)
