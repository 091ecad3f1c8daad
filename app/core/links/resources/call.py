"""What a resource is given to answer one request, and what it answers with most often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from app.core.learning import Statements, XapiVersion
from app.core.links.access import Access
from app.core.links.messages import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request of somebody who was let in."""

    request: Request
    access: Access
    version: XapiVersion
    statements: Statements
    base: str
    """Path of the endpoint on this host, without a slash at its end: `/xapi`."""


Handler = Callable[[Call], Response]
Methods = Mapping[str, Handler]
"""What a resource does, by HTTP method."""

NO_CONTENT = Response(status=204)


def told(text: str, headers: dict[str, str] | None = None) -> Response:
    """Return a JSON text as the answer."""
    return Response(body=text.encode(), headers=headers or {})


def http_date(instant: datetime) -> str:
    """Return an instant as HTTP headers have it, to the second."""
    return format_datetime(instant.astimezone(UTC).replace(microsecond=0), usegmt=True)
