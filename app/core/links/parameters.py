"""Query parameters, told right from wrong: a misspelt filter must not quietly match everything."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from app.core.learning import is_iri, parse_timestamp, read_uuid
from app.core.links.messages import Request, bad_request

_T = TypeVar("_T")


def require_known(request: Request, known: Iterable[str]) -> None:
    """Raise HttpError (400) for a parameter that the resource does not have."""
    for name in request.query.keys() - set(known):
        raise bad_request(f"there is no parameter {name}")


def required(request: Request, name: str) -> str:
    """Return a parameter. Raises HttpError (400) when it is missing or empty."""
    value = request.query.get(name)
    if not value:
        raise bad_request(f"the parameter {name} must be given")
    return value


def uuid_of(request: Request, name: str) -> UUID | None:
    """Return a UUID, or None when it is not given. Raises HttpError (400)."""
    return _read(request, name, read_uuid, "a UUID")


def iri_of(request: Request, name: str) -> str | None:
    """Return an IRI, or None when it is not given. Raises HttpError (400)."""
    value = request.query.get(name)
    if value is not None and not is_iri(value):
        raise bad_request(f"the parameter {name} must be an IRI")
    return value


def instant_of(request: Request, name: str) -> datetime | None:
    """Return an instant, or None when it is not given. Raises HttpError (400)."""
    return _read(request, name, parse_timestamp, "an ISO 8601 time")


def flag_of(request: Request, name: str) -> bool:
    """Return a flag, false when it is not given. Raises HttpError (400)."""
    value = request.query.get(name, "false").lower()
    if value not in {"true", "false"}:
        raise bad_request(f"the parameter {name} must be true or false")
    return value == "true"


def count_of(request: Request, name: str) -> int:
    """Return a count, 0 when it is not given. Raises HttpError (400)."""
    value = request.query.get(name, "0")
    if not (value.isascii() and value.isdigit()):
        raise bad_request(f"the parameter {name} must be a whole number")
    return int(value[:9])


def _read(request: Request, name: str, read: Callable[[str], _T | None], what: str) -> _T | None:
    value = request.query.get(name)
    if value is None:
        return None
    found = read(value)
    if found is None:
        raise bad_request(f"the parameter {name} must be {what}")
    return found
