"""Addresses of a launch's pages, and what a launch adds to them."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from uuid import UUID

COURSE_SCHEME: Final = "daksha"
"""Addresses of packages: daksha://<registration>/<file>. One host is one origin.

Letters alone: scripts in the wild, such as those of H5P, take nothing else before :// for an address."""

ENDPOINT_HOST: Final = "statements.localhost"
"""What pages call the endpoint's PC. Names below localhost are this PC without being looked up (RFC 6761),
and the engine knows no other name or number."""

RETURN_PAGE: Final = ".daksha/return.html"
"""Where a package goes to say that the learner is done with a part of it."""


def page_address(registration: UUID, place: str) -> str:
    """Return the full address of a place in a launch's package."""
    return f"{COURSE_SCHEME}://{registration.hex}/{place.lstrip('/')}"


def seen_by_pages(address: str) -> str:
    """Return an address of the endpoint as pages are to call it."""
    scheme, mark, rest = address.partition("://")
    _host, colon, port = rest.partition(":")
    return f"{scheme}{mark}{ENDPOINT_HOST}{colon}{port}"


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Return an address with further parameters; its own query and fragment stay as they are."""
    front, mark, fragment = address.partition("#")
    added = "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters.items()
    )
    joint = "" if front.endswith(("?", "&")) else "&" if "?" in front else "?"
    return f"{front}{joint}{added}{mark}{fragment}"
